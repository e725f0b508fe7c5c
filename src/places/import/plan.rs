//! What an import would change, and changing it.

use std::collections::HashSet;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::{
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    geo::{from_wkb, representative_point, to_wkb},
    layers::{PlaceId, fold},
    places::{
        dataset::{DatasetInfo, UNKNOWN_LICENCE},
        editing::Difference,
        link::{Candidates, Match, links},
        record::Record,
        store::{self, Stored},
    },
};

use super::{
    Import, Progress,
    prepare::Prepared,
    report::{Changed, EditedPlace, Linked},
};

/// The differences between a file and its dataset. Indexes are into the prepared records.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) added: Vec<(usize, PlaceId)>,
    pub(super) changed: Vec<(usize, PlaceId)>,
    pub(super) returned: Vec<(usize, PlaceId)>,
    pub(super) unchanged: u64,
    pub(super) vanished: Vec<(Box<str>, PlaceId)>,
    pub(super) linked: Vec<Linked>,
    pub(super) ambiguous: Vec<Linked>,
    pub(super) changed_sample: Vec<Changed>,
    pub(super) edited: Vec<EditedPlace>,
    /// The digests that the changed records had.
    old_digests: Vec<[u8; 16]>,
    /// Places that exist already because another dataset describes them.
    linked_places: HashSet<PlaceId>,
    live_before: u64,
    pub(super) before: Option<Stored>,
}

/// Fewer than this many may always vanish.
const FEW: usize = 5;

impl Plan {
    /// Whether most of what the dataset holds is not in the file: rather a wrong file than a change.
    pub(super) fn vanishes_too_much(&self) -> bool {
        self.vanished.len() >= FEW && 2 * self.vanished.len() as u64 > self.live_before
    }

    /// Names all that this plan would do: two plans of the same name store the same.
    pub(super) fn digest(&self, import: &Import, prepared: &Prepared) -> String {
        let mut hash = Sha256::new();
        let mut say = |part: &[u8]| {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        };
        for part in [import.layer.as_str(), import.dataset.as_str(), &prepared.key_fields.join("+")] {
            say(part.as_bytes());
        }
        for (kind, list) in [("added", &self.added), ("changed", &self.changed), ("returned", &self.returned)]
        {
            say(kind.as_bytes());
            for (index, place) in list {
                let record = &prepared.records[*index];
                say(record.key.as_bytes());
                say(place.as_str().as_bytes());
                say(&record.digest());
            }
        }
        say(b"before");
        self.old_digests.iter().for_each(|digest| say(digest));
        say(b"vanished");
        self.vanished.iter().for_each(|(key, _)| say(key.as_bytes()));
        say(b"refused");
        prepared.refused.iter().for_each(|row| say(row.at.as_bytes()));
        let digest = hash.finalize();
        crate::audit::hex(&digest[..16])
    }

    fn touches_records(&self) -> bool {
        !(self.added.is_empty()
            && self.changed.is_empty()
            && self.returned.is_empty()
            && self.vanished.is_empty())
    }
}

/// Compares the records with what is stored.
pub(super) async fn make(tx: &mut Tx, import: &Import, prepared: &Prepared) -> Result<Plan, DbError> {
    let mut known = store::known_records(tx, &import.dataset).await?;
    let mut plan = Plan {
        before: store::dataset(tx, &import.dataset).await?,
        live_before: known.values().filter(|record| !record.vanished).count() as u64,
        ..Plan::default()
    };
    let candidates = if links(import.layer) { candidates(tx, import).await? } else { Candidates::default() };
    let mut taken: HashSet<PlaceId> = known.values().map(|record| record.place).collect();
    for (index, record) in prepared.records.iter().enumerate() {
        match known.remove(&record.key) {
            Some(stored) if stored.vanished => plan.returned.push((index, stored.place)),
            Some(stored) if stored.digest == record.digest() => plan.unchanged += 1,
            Some(stored) => {
                plan.changed.push((index, stored.place));
                plan.old_digests.push(stored.digest);
            }
            None => {
                let own = PlaceId::of_record(import.dataset.as_str(), &record.key);
                let place = match candidates.find(&record.name, record.point) {
                    Match::One(place) if taken.insert(place) => {
                        plan.linked.push(Linked::new(record, place));
                        plan.linked_places.insert(place);
                        place
                    }
                    Match::None => own,
                    Match::One(_) | Match::Ambiguous => {
                        plan.ambiguous.push(Linked::new(record, own));
                        own
                    }
                };
                plan.added.push((index, place));
            }
        }
    }
    plan.vanished = known
        .into_iter()
        .filter(|(key, record)| !record.vanished && !prepared.refused_keys.contains(key))
        .map(|(key, record)| (key, record.place))
        .collect();
    plan.vanished.sort_unstable();
    plan.changed_sample = changed_sample(tx, import, prepared, &plan).await?;
    plan.edited = edited(tx, import, prepared).await?;
    Ok(plan)
}

/// How many changed records are shown with what is different.
const SHOWN: usize = 100;

async fn changed_sample(
    tx: &mut Tx,
    import: &Import,
    prepared: &Prepared,
    plan: &Plan,
) -> Result<Vec<Changed>, DbError> {
    let shown: Vec<&Record> =
        plan.changed.iter().take(SHOWN).map(|(index, _)| &prepared.records[*index]).collect();
    let keys: Vec<&str> = shown.iter().map(|record| &*record.key).collect();
    let before = store::contents(tx, &import.dataset, &keys).await?;
    let mut sample = Vec::with_capacity(shown.len());
    for record in shown {
        let Some((properties, geometry)) = before.get(&record.key) else { continue };
        let (old, new) = (fields_of(properties)?, fields_of(&record.properties)?);
        let names = import.layer.layer().fields.iter().map(|field| field.name);
        let mut changes: Vec<Difference> = names
            .filter(|name| old.get(*name) != new.get(*name))
            .map(|name| Difference {
                field: name.to_owned(),
                before: old.get(name).cloned().unwrap_or_default(),
                after: new.get(name).cloned().unwrap_or_default(),
            })
            .collect();
        if **geometry != *record.geometry {
            let point = |wkb: &[u8]| -> Result<Value, DbError> {
                let geometry = from_wkb(wkb).map_err(|error| DbError::Corrupt(error.to_string()))?;
                Ok(representative_point(&geometry).map_or(Value::Null, |[lon, lat]| vec![lon, lat].into()))
            };
            let (before, after) = (point(geometry)?, point(&record.geometry)?);
            changes.push(Difference { field: "geometry".to_owned(), before, after });
        }
        changes.retain(|change| change.field != "sample");
        sample.push(Changed { at: record.at.to_string(), key: record.key.replace('\u{1f}', " / "), changes });
    }
    Ok(sample)
}

/// The places of the dataset of which editors say something else than this file.
async fn edited(tx: &mut Tx, import: &Import, prepared: &Prepared) -> Result<Vec<EditedPlace>, DbError> {
    let overrides = store::overrides_of_dataset(tx, &import.dataset).await?;
    if overrides.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for record in &prepared.records {
        let Some((place, over)) = overrides.get(&*record.key) else { continue };
        let said = fields_of(&record.properties)?;
        let differs = |(name, value): &(&String, &Value)| said.get(*name).unwrap_or(&Value::Null) != *value;
        let mut fields: Vec<String> =
            over.fields.iter().filter(differs).map(|(name, _)| name.clone()).collect();
        if over.geometry.as_ref().is_some_and(|moved| to_wkb(moved) != *record.geometry) {
            fields.push("geometry".to_owned());
        }
        if !fields.is_empty() {
            let key = record.key.replace('\u{1f}', " / ");
            found.push(EditedPlace { key, place: place.clone(), fields });
        }
    }
    Ok(found)
}

fn fields_of(properties: &str) -> Result<Map<String, Value>, DbError> {
    serde_json::from_str(properties).map_err(|error| DbError::Corrupt(error.to_string()))
}

async fn candidates(tx: &mut Tx, import: &Import) -> Result<Candidates, DbError> {
    let mut candidates = Candidates::default();
    for (place, properties, point) in store::records_of_others(tx, import.layer, &import.dataset).await? {
        let fields: Map<String, Value> =
            serde_json::from_str(&properties).map_err(|error| DbError::Corrupt(error.to_string()))?;
        if let Some(name) = fields.get("name").and_then(Value::as_str) {
            candidates.add(&fold(name), place, point);
        }
    }
    Ok(candidates)
}

/// Writes the differences. Returns whether there were any.
pub(super) async fn apply(
    tx: &mut Tx,
    import: &Import,
    prepared: &Prepared,
    plan: &Plan,
    (now, today): (Timestamp, Date),
    progress: &dyn Progress,
) -> Result<bool, DbError> {
    let after = Stored {
        layer: import.layer,
        info: info(import, prepared, plan, today),
        live_count: (prepared.records.len() + prepared.refused_keys.len()) as i64,
        vanished_count: 0,
    };
    let after = counted(after, plan);
    let same_info = plan.before.as_ref().is_some_and(|before| before.info == after.info);
    if same_info && !plan.touches_records() {
        return Ok(false);
    }
    let version = store::bump_layer(tx, import.layer, now).await?;
    store::save_dataset(tx, &import.dataset, &after, now).await?;

    let written: Vec<&(usize, PlaceId)> =
        plan.added.iter().chain(&plan.changed).chain(&plan.returned).collect();
    let total = (written.len() + plan.vanished.len()) as u64;
    let new_places: Vec<(PlaceId, i64)> = plan
        .added
        .iter()
        .filter(|(_, place)| !plan.linked_places.contains(place))
        .map(|(index, place)| (*place, prepared.records[*index].position))
        .collect();
    let mut done = 0;
    store::insert_places(tx, import.layer, version, &new_places).await?;
    for part in written.chunks(10_000) {
        let records: Vec<_> = part.iter().map(|(index, place)| (*place, &prepared.records[*index])).collect();
        store::upsert_records(tx, &import.dataset, now, &records).await?;
        done += part.len() as u64;
        progress.advance("writing", done, Some(total));
    }
    let keys: Vec<&str> = plan.vanished.iter().map(|(key, _)| &**key).collect();
    store::retire_records(tx, &import.dataset, &keys, today, now).await?;
    let touched: Vec<PlaceId> = plan
        .changed
        .iter()
        .chain(&plan.returned)
        .map(|(_, place)| *place)
        .chain(plan.linked_places.iter().copied())
        .chain(plan.vanished.iter().map(|(_, place)| *place))
        .collect();
    store::touch_places(tx, version, &touched).await?;
    progress.advance("writing", total, Some(total));
    Ok(true)
}

fn counted(mut after: Stored, plan: &Plan) -> Stored {
    let (live, vanished) =
        plan.before.as_ref().map_or((0, 0), |before| (before.live_count, before.vanished_count));
    let gone = plan.vanished.len() as i64;
    let back = plan.returned.len() as i64;
    after.live_count = live + plan.added.len() as i64 + back - gone;
    after.vanished_count = vanished + gone - back;
    after
}

/// What is known of the dataset after this import.
fn info(import: &Import, prepared: &Prepared, plan: &Plan, today: Date) -> DatasetInfo {
    let options = &import.options;
    let before = plan.before.as_ref().map(|before| &before.info);
    let text = |said: &Option<String>, known: fn(&DatasetInfo) -> &String, default: &str| {
        said.clone().or_else(|| before.map(|info| known(info).clone())).unwrap_or_else(|| default.to_owned())
    };
    let source = text(&options.source, |info| &info.source, "出典未記入");
    DatasetInfo {
        title: text(&options.title, |info| &info.title, &import.file_name),
        attribution: text(&options.attribution, |info| &info.attribution, &source),
        source,
        source_url: options.source_url.clone().or_else(|| before?.source_url.clone()),
        licence: text(&options.licence, |info| &info.licence, UNKNOWN_LICENCE),
        licence_url: options.licence_url.clone().or_else(|| before?.licence_url.clone()),
        as_of: options.as_of.or_else(|| before?.as_of),
        steward: text(&options.steward, |info| &info.steward, "担当未定"),
        refresh_days: options.refresh_days.or_else(|| before?.refresh_days),
        // A file that brings something new was looked at by somebody; the same file again was not.
        last_confirmed: options
            .last_confirmed
            .or_else(|| if plan.touches_records() { Some(today) } else { before?.last_confirmed }),
        key_fields: prepared.key_fields.clone(),
        sample: options.sample || before.is_some_and(|info| info.sample),
    }
}
