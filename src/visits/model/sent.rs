//! Items as phones send them, each read by itself.

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    clock::Timestamp,
    geo::Position,
    routes::{RouteVersionId, StopId},
};

use super::{
    AdditionId, Evidence, Fix, Moment, Refusal, RefusalCode as Code, Strict, VisitId,
    canonical::{DOUBLED, digest},
    moment::BadMoment,
};

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 1_000;
/// The longest answer, in characters.
const LONGEST_ANSWER: usize = 500;
/// The longest code, in characters.
const LONGEST_CODE: usize = 64;
/// Pieces of evidence of one item.
const MOST_EVIDENCE: usize = 20;
/// How far ahead a phone's clock may be, in seconds.
const AHEAD_S: i64 = 15 * 60;
/// The coarsest position, in metres.
const WIDEST_M: f64 = 100_000.0;

/// A visit as a phone sends it. Names that are not known here are left alone: a newer phone may say more.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SentVisit)]
pub(in crate::visits) struct VisitItem {
    /// A UUIDv7, made at the tap.
    #[schema(format = "uuid")]
    id: String,
    /// The version of the route that was walked.
    #[schema(format = "uuid")]
    route_version_id: String,
    /// The stop.
    #[schema(format = "uuid")]
    stop_id: String,
    /// The time of the tap by the phone's clock, with its offset.
    #[schema(format = DateTime)]
    at: String,
    /// What shows the visit.
    #[schema(max_items = 20)]
    evidence: Vec<Evidence>,
    /// A note.
    #[serde(default)]
    #[schema(max_length = 1000)]
    note: Option<String>,
}

/// What an owner adds to a visit later, as a phone sends it.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SentAddition)]
pub(in crate::visits) struct AdditionItem {
    /// A UUIDv7, made at the tap.
    #[schema(format = "uuid")]
    id: String,
    /// The time of the tap by the phone's clock, with its offset.
    #[schema(format = DateTime)]
    at: String,
    /// What shows the visit.
    #[serde(default)]
    #[schema(max_items = 20)]
    evidence: Vec<Evidence>,
    /// A note.
    #[serde(default)]
    #[schema(max_length = 1000)]
    note: Option<String>,
}

/// A visit that was sent and can be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct SentVisit {
    /// Its id.
    pub id: VisitId,
    /// The version of the route.
    pub route_version: RouteVersionId,
    /// The stop.
    pub stop: StopId,
    /// When, as the phone says.
    pub moment: Moment,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// A note; never blank.
    pub note: Option<String>,
    /// What tells the item from any other.
    pub digest: [u8; 32],
}

/// Something added to a visit that was sent and can be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct SentAddition {
    /// Its id.
    pub id: AdditionId,
    /// When, as the phone says.
    pub moment: Moment,
    /// What shows the visit.
    pub evidence: Vec<Evidence>,
    /// A note; never blank.
    pub note: Option<String>,
    /// What tells the item from any other.
    pub digest: [u8; 32],
}

/// Reads JSON that says everything once.
pub(super) fn strict(bytes: &[u8]) -> Result<Value, Refusal> {
    match serde_json::from_slice(bytes) {
        Ok(Strict(value)) => Ok(value),
        Err(error) if error.to_string().starts_with(DOUBLED) => Err(Code::DuplicateKey.into()),
        Err(_) => Err(Code::Malformed.into()),
    }
}

/// Reads an item of a documented form.
pub(super) fn item<T: for<'de> Deserialize<'de>>(value: &Value) -> Result<T, Refusal> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        Refusal::of(Code::Malformed, if path == "." { String::new() } else { path })
    })
}

/// An id that a phone made: a UUIDv7, written as the database writes it, so that one id has one spelling.
pub(super) fn phone_id(text: &str) -> Result<Uuid, Refusal> {
    let id = uuid(text, "id").map_err(|_| Refusal::of(Code::BadId, "id"))?;
    if id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122 {
        Ok(id)
    } else {
        Err(Refusal::of(Code::BadId, "id"))
    }
}

pub(super) fn uuid(text: &str, field: &str) -> Result<Uuid, Refusal> {
    let id: Uuid = text.parse().map_err(|_| Refusal::of(Code::Malformed, field))?;
    if id.hyphenated().to_string() == text { Ok(id) } else { Err(Refusal::of(Code::Malformed, field)) }
}

/// A time by a phone's clock that can be meant.
pub(super) fn moment(text: &str, now: Timestamp) -> Result<Moment, Refusal> {
    let moment = Moment::parse(text).map_err(|bad| match bad {
        BadMoment::Text => Refusal::of(Code::BadTime, "at"),
        BadMoment::Offset => Refusal::of(Code::BadOffset, "at"),
    })?;
    if moment.at.as_second() - now.as_second() > AHEAD_S {
        return Err(Refusal::of(Code::Future, "at"));
    }
    // 2020-01-01T00:00:00 in Tokyo.
    if moment.at.as_second() < 1_577_804_400 {
        return Err(Refusal::of(Code::TooOld, "at"));
    }
    Ok(moment)
}

/// A text within its length, trimmed; none when it is blank.
pub(super) fn text(said: Option<String>, longest: usize, field: &str) -> Result<Option<String>, Refusal> {
    let Some(said) = said else { return Ok(None) };
    if said.chars().count() > longest {
        return Err(Refusal::of(Code::TooLong, field));
    }
    // NUL is no text on PostgreSQL.
    let said = said.replace('\0', "");
    let said = said.trim();
    Ok((!said.is_empty()).then(|| said.to_owned()))
}

/// A position in the world, and not obviously with its numbers swapped.
pub(super) fn position(position: Position, field: &str) -> Result<(), Refusal> {
    let [lon, lat] = position.0;
    if position.is_in_world() {
        return Ok(());
    }
    let swapped = Position([lat, lon]).is_in_world();
    Err(Refusal::of(if swapped { Code::SwappedCoordinates } else { Code::BadCoordinates }, field))
}

fn fix(fix: &Fix, field: &str) -> Result<(), Refusal> {
    position(fix.location, &format!("{field}.location"))?;
    if !(fix.accuracy_m > 0.0 && fix.accuracy_m <= WIDEST_M) {
        return Err(Refusal::of(Code::BadAccuracy, format!("{field}.accuracy_m")));
    }
    if !(fix.age_s >= 0.0 && fix.age_s.is_finite()) {
        return Err(Refusal::of(Code::BadAccuracy, format!("{field}.age_s")));
    }
    Ok(())
}

fn evidence(list: Vec<Evidence>) -> Result<Vec<Evidence>, Refusal> {
    if list.len() > MOST_EVIDENCE {
        return Err(Refusal::of(Code::TooMuch, "evidence"));
    }
    let mut checked = Vec::with_capacity(list.len());
    for (index, one) in list.into_iter().enumerate() {
        let field = format!("evidence[{index}]");
        let short = |said: String, longest: usize, name: &str| {
            let field = format!("{field}.{name}");
            Ok::<_, Refusal>(text(Some(said), longest, &field)?.unwrap_or_default())
        };
        checked.push(match one {
            Evidence::Gps(found) => {
                fix(&found, &field)?;
                Evidence::Gps(found)
            }
            Evidence::Qr { code } => Evidence::Qr { code: short(code, LONGEST_CODE, "code")? },
            Evidence::Trainer { code, outing_id } => {
                Evidence::Trainer { code: short(code, LONGEST_CODE, "code")?, outing_id }
            }
            Evidence::Answer { text } => Evidence::Answer { text: short(text, LONGEST_ANSWER, "text")? },
            other => other,
        });
    }
    Ok(checked)
}

impl SentVisit {
    /// Reads an item as it was sent.
    ///
    /// # Errors
    /// When it cannot be meant; which version and stop there are is looked up by whoever judges it.
    pub fn read(bytes: &[u8], now: Timestamp) -> Result<Self, Refusal> {
        let value = strict(bytes)?;
        let item: VisitItem = item(&value)?;
        Ok(Self {
            id: VisitId(phone_id(&item.id)?),
            route_version: RouteVersionId(uuid(&item.route_version_id, "route_version_id")?),
            stop: StopId(uuid(&item.stop_id, "stop_id")?),
            moment: moment(&item.at, now)?,
            evidence: evidence(item.evidence)?,
            note: text(item.note, LONGEST_NOTE, "note")?,
            digest: digest(&value),
        })
    }
}

impl SentAddition {
    /// Reads an item as it was sent.
    ///
    /// # Errors
    /// When it cannot be meant.
    pub fn read(bytes: &[u8], now: Timestamp) -> Result<Self, Refusal> {
        let value = strict(bytes)?;
        let item: AdditionItem = item(&value)?;
        Ok(Self {
            id: AdditionId(phone_id(&item.id)?),
            moment: moment(&item.at, now)?,
            evidence: evidence(item.evidence)?,
            note: text(item.note, LONGEST_NOTE, "note")?,
            digest: digest(&value),
        })
    }
}
