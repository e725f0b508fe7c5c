//! The rule that judges a visit. Pure; its name is kept with each visit, so that an old verdict can be understood.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    clock::{Date, Timestamp},
    geo::distance_m,
    routes::model::Stop,
};

use super::{Evidence, Fix, Flag, Flags, Moment, Outcome, Shown, UnknownName, Weighed, answers_match};

/// The name of the rule below. Whoever changes what it says gives it another name.
pub const RULE: &str = "2026-1";
/// An older fix says where somebody was, not where they are, in seconds.
pub const OLDEST_FIX_S: f64 = 60.0;
/// A coarser fix is no position but a guess by the network, in metres.
pub const COARSEST_M: f64 = 200.0;
/// A clock that is farther off than that is wrong, in seconds.
const CLOCK_OFF_S: i64 = 3_600;

/// Where a position is to a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PositionVerdict)]
pub enum Verdict {
    /// The whole circle of its accuracy is outside the stop's radius.
    Outside,
    /// The circle crosses the radius, or the fix is too old or too coarse to say. Between towers this is normal.
    Undecidable,
    /// The whole circle is within the radius.
    Inside,
}

impl Verdict {
    /// Its name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Undecidable => "undecidable",
            Self::Inside => "inside",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Verdict {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        [Self::Outside, Self::Undecidable, Self::Inside]
            .into_iter()
            .find(|one| one.as_str() == text)
            .ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// Judges a fix that is `distance_m` from a stop. Inside and outside are said only when the whole circle of accuracy
/// says so: with the accuracy of browsers (95 %) an `inside` is then wrong less than once in twenty times.
#[must_use]
pub fn verdict(distance_m: f64, radius_m: f64, fix: &Fix) -> Verdict {
    if fix.age_s > OLDEST_FIX_S || fix.accuracy_m > COARSEST_M {
        Verdict::Undecidable
    } else if distance_m + fix.accuracy_m <= radius_m {
        Verdict::Inside
    } else if distance_m - fix.accuracy_m > radius_m {
        Verdict::Outside
    } else {
        Verdict::Undecidable
    }
}

/// What has to be known to judge a visit.
pub struct Facts<'a> {
    /// The stop, as the version has it that was walked.
    pub stop: &'a Stop,
    /// The code on its poster.
    pub code: Option<&'a str>,
    /// When the version was published.
    pub published_at: Timestamp,
    /// The first day on which it counts.
    pub effective_from: Date,
    /// By how much the phone's clock was ahead when it sent, in seconds.
    pub clock_off_s: Option<i64>,
    /// What the outings say of a trainer's code at a time. See [`super::super::service::TrainerCodes`].
    pub trainer: &'a dyn Fn(&Evidence, Moment) -> Shown,
}

/// What the rule says of a visit, or of what was added to one.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Accepted or pending.
    pub outcome: Outcome,
    /// Whether a pending one is accepted once a photo that it names is here.
    pub by_photo: bool,
    /// Of its positions the best.
    pub verdict: Option<Verdict>,
    /// Reasons to look twice.
    pub flags: Flags,
    /// Each piece of evidence with what the rule says of it, in the order sent.
    pub evidence: Vec<Weighed>,
}

/// Judges what was shown at a moment. It is accepted when anything that the stop asks for holds and no flag holds it up;
/// otherwise a trainer decides. `earlier` are the flags of the visit to which it is added.
#[must_use]
pub fn judge(evidence: &[Evidence], moment: Moment, facts: &Facts<'_>, earlier: &Flags) -> Judgement {
    let mut flags = BTreeSet::new();
    if facts.clock_off_s.is_some_and(|off| off.saturating_abs() > CLOCK_OFF_S) {
        flags.insert(Flag::ClockOff);
    }
    if moment.at < facts.published_at || moment.day() < facts.effective_from {
        flags.insert(Flag::BeforePublication);
    }
    let weighed: Vec<Weighed> = evidence
        .iter()
        .map(|one| {
            let mut weighed = Weighed {
                evidence: one.clone(),
                shown: Shown::No,
                asked: facts.stop.evidence.contains(&one.kind()),
                verdict: None,
                distance_m: None,
            };
            match one {
                Evidence::SelfReport => weighed.shown = Shown::Yes,
                Evidence::Gps(fix) => {
                    if fix.mocked == Some(true) {
                        flags.insert(Flag::MockFix);
                    }
                    let distance = distance_m(fix.location.into(), facts.stop.location.into());
                    let found = verdict(distance, f64::from(facts.stop.radius_m), fix);
                    weighed.distance_m = Some((distance * 10.0).round() / 10.0);
                    weighed.verdict = Some(found);
                    weighed.shown = match found {
                        Verdict::Inside => Shown::Yes,
                        Verdict::Undecidable => Shown::Undecided,
                        Verdict::Outside => Shown::No,
                    };
                }
                Evidence::Qr { code } => {
                    if facts.code.is_some_and(|real| same(code, real)) {
                        weighed.shown = Shown::Yes;
                    } else {
                        flags.insert(Flag::WrongCode);
                    }
                }
                Evidence::Trainer { .. } => {
                    weighed.shown = (facts.trainer)(one, moment);
                    if weighed.shown == Shown::No {
                        flags.insert(Flag::WrongCode);
                    }
                }
                Evidence::Photo { .. } => weighed.shown = Shown::Undecided,
                Evidence::Answer { text } => {
                    let right = facts
                        .stop
                        .question
                        .as_ref()
                        .is_some_and(|question| answers_match(text, &question.answers));
                    weighed.shown = if right { Shown::Yes } else { Shown::No };
                }
            }
            weighed
        })
        .collect();
    let flags = Flags(flags);
    let held_up = flags.hold_up() || earlier.hold_up();
    let holds = weighed.iter().any(|one| one.asked && one.shown == Shown::Yes);
    let photo = weighed.iter().any(|one| one.asked && matches!(one.evidence, Evidence::Photo { .. }));
    Judgement {
        outcome: if holds && !held_up { Outcome::Accepted } else { Outcome::Pending },
        by_photo: photo && !held_up,
        verdict: weighed.iter().filter_map(|one| one.verdict).max(),
        flags,
        evidence: weighed,
    }
}

/// Compares codes in a time that does not tell how much of them is right. Case does not count: codes are typed as well.
fn same(said: &str, real: &str) -> bool {
    let said = said.to_ascii_lowercase();
    said.len() == real.len() && said.bytes().zip(real.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
