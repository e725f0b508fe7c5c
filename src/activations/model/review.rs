//! What is looked at afterwards.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    clock::Timestamp,
    councils::model::{CouncilId, ResidencyId},
    notify::State,
};

use super::{Activation, Answer, By, Roll, Row};

/// In how many minutes from the declaration so many had answered; none where they never did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct MinutesTo {
    /// Half of the residents.
    pub half: Option<i64>,
    /// Nine in ten.
    pub nine_in_ten: Option<i64>,
    /// The last of those who answered.
    pub last: Option<i64>,
}

/// How many had their first answer in a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PerMinute {
    /// The minute from the declaration on, from 0.
    pub minute: i64,
    /// How many tapped their first answer in it. Minutes without any are left out.
    pub answered: usize,
}

/// How a council's residents answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerCouncil {
    /// The council; none of those for whom none was decided.
    pub council: Option<CouncilId>,
    /// What it was called.
    pub name: Option<String>,
    /// How many residents it has.
    pub residents: usize,
    /// How many of them answered.
    pub answered: usize,
    /// How many were there in the end.
    pub arrived: usize,
    /// How many could not come.
    pub unable: usize,
}

/// The minute of a moment. What a clock sets before the declaration was at once.
fn minute(activation: &Activation, at: Timestamp) -> i64 {
    (at.as_second() - activation.facts.declared_at.as_second()).max(0) / 60
}

/// When those who answered did so first, in order.
fn first_answers(activation: &Activation, roll: &Roll) -> Vec<i64> {
    let mut minutes: Vec<i64> =
        roll.rows().filter_map(Row::first_at).map(|at| minute(activation, at)).collect();
    minutes.sort_unstable();
    minutes
}

/// In how many minutes so many had answered.
#[must_use]
pub fn minutes_to(activation: &Activation, roll: &Roll) -> MinutesTo {
    let (minutes, residents) = (first_answers(activation, roll), roll.rows().count());
    // So many in ten, rounded up: half of three are two.
    let of = |tenths: usize| {
        (residents * tenths).div_ceil(10).checked_sub(1).and_then(|index| minutes.get(index).copied())
    };
    MinutesTo { half: of(5), nine_in_ten: of(9), last: minutes.last().copied() }
}

/// How many had their first answer in which minute.
#[must_use]
pub fn per_minute(activation: &Activation, roll: &Roll) -> Vec<PerMinute> {
    let mut counted: BTreeMap<i64, usize> = BTreeMap::new();
    for minute in first_answers(activation, roll) {
        *counted.entry(minute).or_default() += 1;
    }
    counted.into_iter().map(|(minute, answered)| PerMinute { minute, answered }).collect()
}

/// How the residents of each council answered, by what it is called; those without one come last.
#[must_use]
pub fn per_council(roll: &Roll) -> Vec<PerCouncil> {
    let mut of: BTreeMap<(bool, Option<String>, Option<CouncilId>), PerCouncil> = BTreeMap::new();
    for row in roll.rows() {
        let (council, name) = (row.facts.council, row.facts.council_name.clone());
        let one = of.entry((council.is_none(), name.clone(), council)).or_insert(PerCouncil {
            council,
            name,
            residents: 0,
            answered: 0,
            arrived: 0,
            unable: 0,
        });
        one.residents += 1;
        if let Some(latest) = row.latest() {
            one.answered += 1;
            one.arrived += usize::from(latest.facts.answer == Answer::Arrived);
            one.unable += usize::from(latest.facts.answer == Answer::Unable);
        }
    }
    of.into_values().collect()
}

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It was declared.
    Declared,
    /// So many were told, the last of them then: in the app, or by mail.
    Told {
        /// Whether by mail.
        mail: bool,
        /// How many.
        count: usize,
    },
    /// Somebody answered.
    Answer {
        /// Who.
        residency: ResidencyId,
        /// What.
        answer: Answer,
        /// From whom it came.
        by: By,
        /// When it arrived.
        received_at: Timestamp,
    },
    /// It ended.
    Ended,
}

/// What happened, in order.
#[must_use]
pub fn happened(activation: &Activation, roll: &Roll) -> Vec<Happened> {
    let mut all = vec![Happened { at: activation.facts.declared_at, what: What::Declared }];
    for mail in [false, true] {
        let sent = roll.rows().filter_map(|row| {
            let told = if mail { row.facts.told.mail } else { row.facts.told.app };
            told.filter(|(state, _)| *state == State::Sent).map(|(_, at)| at)
        });
        let moments: Vec<Timestamp> = sent.collect();
        if let Some(at) = moments.iter().max() {
            all.push(Happened { at: *at, what: What::Told { mail, count: moments.len() } });
        }
    }
    for row in roll.rows() {
        all.extend(row.answers().iter().map(|given| Happened {
            at: given.facts.answered_at,
            what: What::Answer {
                residency: row.residency,
                answer: given.facts.answer,
                by: given.facts.by,
                received_at: given.facts.received_at,
            },
        }));
    }
    if let Some(at) = activation.ended_at {
        all.push(Happened { at, what: What::Ended });
    }
    // Stable: what stands first above was first of what has the same moment.
    all.sort_by_key(|one| one.at);
    all
}
