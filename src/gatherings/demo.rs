//! The demo's gatherings: invented, each marked 見本, around the day on which it is started.

use std::collections::BTreeSet;

use jiff::ToSpan as _;

use crate::{
    clock::{Timestamp, tokyo_date, tokyo_midnight},
    councils::service::Vault,
    db::Tx,
};

use super::{
    model::{Audience, Duty, Gathering, GatheringId, GatheringKind, GatheringState, Leading},
    service::{GatheringError, seal_leading},
    store::{self, Within},
};

struct Sample {
    /// How many days from today.
    days: i64,
    /// At which hour.
    hour: i64,
    minutes: i64,
    kind: GatheringKind,
    duty: Duty,
    title: &'static str,
    place: &'static str,
    note: &'static str,
}

const SAMPLES: [Sample; 3] = [
    Sample {
        days: 4,
        hour: 18,
        minutes: 90,
        kind: GatheringKind::Meeting,
        duty: Duty::Overtime,
        title: "【見本】定例会",
        place: "【見本】区民センター集会室",
        note: "",
    },
    Sample {
        days: 11,
        hour: 9,
        minutes: 180,
        kind: GatheringKind::Drill,
        duty: Duty::Official,
        title: "【見本】避難所の開設訓練",
        place: "【見本】小学校の校庭",
        note: "動きやすい服で来てください。\n雨のときは体育館で行います。",
    },
    Sample {
        days: 18,
        hour: 10,
        minutes: 60,
        kind: GatheringKind::StorehouseCheck,
        duty: Duty::Exempted,
        title: "【見本】備蓄倉庫の点検",
        place: "【見本】備蓄倉庫",
        note: "",
    },
];

/// Plans the demo's gatherings, unless one is still to come. Nobody is told.
///
/// # Errors
/// When the database cannot be written.
pub async fn seed_gatherings(tx: &mut Tx, vault: &Vault, now: Timestamp) -> Result<(), GatheringError> {
    if !store::gatherings(tx, Within::since(now)).await?.is_empty() {
        return Ok(());
    }
    for sample in SAMPLES {
        let midnight = tokyo_midnight(tokyo_date(now));
        let starts_at = midnight.saturating_add((sample.days * 24 + sample.hour).hours()).unwrap_or(midnight);
        let gathering = Gathering {
            id: GatheringId(vault.random().id_at(now)),
            version: 1,
            kind: sample.kind,
            duty: sample.duty,
            title: sample.title.to_owned(),
            place: sample.place.to_owned(),
            location: None,
            starts_at,
            duration_min: sample.minutes,
            audience: Audience::Every,
            note: sample.note.to_owned(),
            state: GatheringState::Planned,
            reason: String::new(),
            updated_at: now,
        };
        let leading = Leading::new(vault.random().bytes(), BTreeSet::new());
        store::insert(tx, &gathering, &seal_leading(vault, gathering.id, &leading)?).await?;
    }
    Ok(())
}
