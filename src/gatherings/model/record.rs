//! What somebody's participation, or that of a council, adds up to.

use std::collections::BTreeMap;

use crate::{clock::Timestamp, visits::model::FiscalYear};

use super::{Duty, Gathering, GatheringId, GatheringKind};

/// How often and how long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// How often somebody was there.
    pub times: u32,
    /// Minutes in all.
    pub minutes: i64,
}

impl Hours {
    /// With one more.
    pub const fn add(&mut self, minutes: i64) {
        self.times += 1;
        self.minutes += minutes;
    }
}

/// A figure: of one kind and one duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What kind of gathering.
    pub kind: GatheringKind,
    /// How it counted as duty.
    pub duty: Duty,
    /// How often and how long.
    pub hours: Hours,
}

/// One gathering in which somebody took part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The gathering.
    pub id: GatheringId,
    /// What kind.
    pub kind: GatheringKind,
    /// How it counted as duty.
    pub duty: Duty,
    /// What it is called.
    pub title: String,
    /// When it started.
    pub starts_at: Timestamp,
    /// How long it took, in minutes.
    pub duration_min: i64,
}

/// A fiscal year of somebody's participation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The year.
    pub year: FiscalYear,
    /// In what they took part, the latest first.
    pub lines: Vec<Line>,
    /// What that adds up to, by kind and duty.
    pub figures: Vec<Figure>,
}

/// What the gatherings in which somebody was there add up to, by fiscal year, the latest first. Each counts once.
#[must_use]
pub fn record<'g>(attended: impl IntoIterator<Item = &'g Gathering>) -> Vec<Record> {
    let once: BTreeMap<GatheringId, &Gathering> = attended.into_iter().map(|one| (one.id, one)).collect();
    let mut years: BTreeMap<FiscalYear, Vec<&Gathering>> = BTreeMap::new();
    for gathering in once.into_values() {
        years.entry(FiscalYear::of(gathering.day())).or_default().push(gathering);
    }
    let year = |(year, mut gatherings): (FiscalYear, Vec<&Gathering>)| {
        gatherings.sort_by_key(|one| std::cmp::Reverse((one.starts_at, one.id)));
        let mut hours: BTreeMap<(GatheringKind, Duty), Hours> = BTreeMap::new();
        for one in &gatherings {
            hours.entry((one.kind, one.duty)).or_default().add(one.duration_min);
        }
        let figures = hours.into_iter().map(|((kind, duty), hours)| Figure { kind, duty, hours }).collect();
        Record { year, lines: gatherings.into_iter().map(line).collect(), figures }
    };
    years.into_iter().rev().map(year).collect()
}

fn line(gathering: &Gathering) -> Line {
    Line {
        id: gathering.id,
        kind: gathering.kind,
        duty: gathering.duty,
        title: gathering.title.clone(),
        starts_at: gathering.starts_at,
        duration_min: gathering.duration_min,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::gatherings::model::{Audience, GatheringState};

    fn gathering(id: u128, kind: GatheringKind, duty: Duty, at: &str, minutes: i64) -> Gathering {
        Gathering {
            id: GatheringId(Uuid::from_u128(id)),
            version: 1,
            kind,
            duty,
            title: "見本".into(),
            place: "見本".into(),
            location: None,
            starts_at: at.parse().unwrap(),
            duration_min: minutes,
            audience: Audience::Every,
            note: String::new(),
            state: GatheringState::Held,
            reason: String::new(),
            updated_at: at.parse().unwrap(),
        }
    }

    #[test]
    fn a_year_begins_in_april_in_tokyo_and_each_kind_of_duty_is_counted_apart() {
        use {Duty as D, GatheringKind as K};
        let all = [
            // 31 March, 23:59 in Tokyo, and a minute later.
            gathering(1, K::Meeting, D::Overtime, "2026-03-31T14:59:00Z", 60),
            gathering(2, K::Meeting, D::Overtime, "2026-03-31T15:00:00Z", 90),
            gathering(3, K::Meeting, D::Official, "2026-06-01T01:00:00Z", 60),
            gathering(4, K::Drill, D::Official, "2026-09-01T01:00:00Z", 120),
            gathering(5, K::Meeting, D::Overtime, "2026-10-01T09:00:00Z", 30),
        ];
        let years = record(&all);
        let of = |index: usize| years[index].figures.iter().map(|one| (one.kind, one.duty, one.hours));
        assert_eq!(years.iter().map(|one| one.year.year()).collect::<Vec<_>>(), [2026, 2025]);
        assert_eq!(
            of(0).collect::<Vec<_>>(),
            [
                (K::Meeting, D::Official, Hours { times: 1, minutes: 60 }),
                (K::Meeting, D::Overtime, Hours { times: 2, minutes: 120 }),
                (K::Drill, D::Official, Hours { times: 1, minutes: 120 }),
            ]
        );
        assert_eq!(of(1).count(), 1);
        assert_eq!(years[0].lines[0].id, all[4].id);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_counted_twice_in_whatever_order_it_comes(
            some in prop::collection::vec((0_u128..20, 0_i64..60_000, 10_i64..300), 0..20).prop_shuffle()
        ) {
            let kinds = [GatheringKind::Meeting, GatheringKind::Assembly, GatheringKind::Drill];
            let duties = [Duty::Official, Duty::Private];
            let mut all: BTreeMap<u128, Gathering> = BTreeMap::new();
            for (id, hour, minutes) in &some {
                let at = Timestamp::from_second(1_700_000_000 + hour * 3_600).unwrap().to_string();
                let pick = *hour as usize;
                all.insert(*id, gathering(*id, kinds[pick % 3], duties[pick % 2], &at, *minutes));
            }
            let order: Vec<&Gathering> = some.iter().map(|(id, ..)| &all[id]).collect();
            let years = record(order.iter().copied());
            prop_assert_eq!(&years, &record(all.values().rev()));
            let figures = || years.iter().flat_map(|year| &year.figures);
            prop_assert_eq!(figures().map(|one| one.hours.times as usize).sum::<usize>(), all.len());
            let minutes: i64 = all.values().map(|one| one.duration_min).sum();
            prop_assert_eq!(figures().map(|one| one.hours.minutes).sum::<i64>(), minutes);
            prop_assert_eq!(years.iter().map(|year| year.lines.len()).sum::<usize>(), all.len());
        }
    }
}
