//! Gatherings in people's calendars.

use futures_util::future::BoxFuture;
use jiff::SignedDuration;

use crate::{
    calendar::{Entries, Event, Status, When},
    clock::Timestamp,
    councils::service::Vault,
    db::{DbError, Tx},
    staff::StaffId,
    text::ReaderLanguage,
};

use super::{
    model::{Duty, GatheringState},
    service::{GatheringError, Mine, my_gatherings},
    store::Within,
};

/// How far back a calendar goes.
const BACK: SignedDuration = SignedDuration::from_hours(24 * 366);

/// Puts the gatherings of somebody's councils into their calendar; those to which they mean to come as certain.
#[derive(Clone)]
pub struct GatheringEntries {
    /// Knows whose they are; none until the register's keys are set.
    pub vault: Option<Vault>,
}

impl Entries for GatheringEntries {
    fn of<'t>(
        &'t self,
        tx: &'t mut Tx,
        staff: StaffId,
        language: ReaderLanguage,
        now: Timestamp,
    ) -> BoxFuture<'t, Result<Vec<Event>, DbError>> {
        Box::pin(async move {
            let Some(vault) = &self.vault else { return Ok(Vec::new()) };
            let within = Within::since(now.saturating_sub(BACK).unwrap_or(now));
            let mine = my_gatherings(tx, vault, staff, within).await.map_err(|error| match error {
                GatheringError::Db(error) => error,
                other => DbError::Corrupt(other.to_string()),
            })?;
            Ok(mine.into_iter().map(|one| event(one, language)).collect())
        })
    }
}

fn event(mine: Mine, language: ReaderLanguage) -> Event {
    let comes = mine.signed_up || mine.calls_roll || mine.there == Some(true);
    let ends_at = mine.gathering.ends_at();
    let gathering = mine.gathering;
    let status = match gathering.state {
        GatheringState::Cancelled => Status::Cancelled,
        _ if comes => Status::Confirmed,
        _ => Status::Tentative,
    };
    let title = gathering.title;
    let title = match status {
        Status::Cancelled => language.pick(
            format!("【中止】{title}"),
            format!("Cancelled: {title}"),
            format!("なくなりました: {title}"),
        ),
        _ => title,
    };
    let duty = match gathering.duty {
        Duty::Official => language.pick("公務", "On duty", "しごと"),
        Duty::Overtime => language.pick("公務(時間外)", "On duty, overtime", "しごと(じかんがい)"),
        Duty::Exempted => {
            language.pick("職免", "Freed from duty for it", "しごとを やすんで でます(しょくめん)")
        }
        Duty::Private => language.pick("公務外", "Off duty", "しごとでは ありません"),
    };
    let lines = [duty, &gathering.note, &gathering.reason];
    let text: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    Event {
        uid: format!("{}@machiaruki", gathering.id),
        sequence: gathering.version,
        changed_at: gathering.updated_at,
        when: When::At { starts_at: gathering.starts_at, ends_at },
        title,
        place: gathering.place,
        text: text.join("\n"),
        status,
    }
}
