//! The rule of a programme in a fiscal year.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::routes::model::Text;

use super::{Audience, Deadline, Requirement, named, survey};

/// How often somebody has to do a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TrainingFrequency)]
pub enum Frequency {
    /// In every fiscal year anew.
    Yearly,
    /// Once: whoever completed it in any year is done with it.
    Once,
}

named!(Frequency { Yearly = "yearly", Once = "once" });

/// What counts for a programme in a fiscal year. Frozen when the year opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TrainingRule)]
pub struct Rule {
    /// What it is called.
    pub title: Text,
    /// For whom it is.
    #[serde(default)]
    pub audience: Audience,
    /// What has to be done.
    pub requirement: Requirement,
    /// The day of the fiscal year by which it is due, `MM-DD`.
    #[schema(value_type = String, pattern = "^[0-9]{2}-[0-9]{2}$", example = "02-28")]
    pub deadline: Deadline,
    /// Who begins later than planned has at least so many days.
    #[serde(default = "sixty")]
    #[schema(maximum = 365)]
    pub grace_days: u16,
    /// Who has fewer days than that until the end of the year need not do it in this year.
    #[serde(default = "thirty")]
    #[schema(maximum = 365)]
    pub too_late_days: u16,
    /// Reminders are sent so many days before it is due. They may be changed while the year is open.
    #[serde(default = "usual_reminders")]
    #[schema(value_type = Vec<u16>)]
    pub reminders: BTreeSet<u16>,
    /// What is asked before and after (事前・事後アンケート), in that order; nothing when it is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10)]
    pub questions: Vec<survey::Question>,
}

fn usual_reminders() -> BTreeSet<u16> {
    [60, 30, 7].into()
}

const fn sixty() -> u16 {
    60
}

const fn thirty() -> u16 {
    30
}

/// Why a rule cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnfitRule {
    /// The path of the field.
    pub field: &'static str,
    /// What is wrong, in Japanese and English.
    pub message: (&'static str, &'static str),
}

/// The longest title, in characters.
const LONGEST_TITLE: usize = 100;

/// What is wrong with days on which nobody can be reminded, in Japanese and English.
pub const NO_REMINDERS: (&str, &str) =
    ("お知らせは10回まで、365日前までにしてください。", "At most 10 reminders, at most 365 days before.");

/// Whether people can be reminded so many days before a deadline.
#[must_use]
pub fn are_reminders(days: &BTreeSet<u16>) -> bool {
    days.len() <= 10 && days.iter().all(|days| *days <= 365)
}

impl Rule {
    /// Says what of it cannot be.
    ///
    /// # Errors
    /// The first field that is unfit.
    pub fn check(&self) -> Result<(), UnfitRule> {
        let unfit = |field, ja, en| Err(UnfitRule { field, message: (ja, en) });
        let Self { title, audience, requirement, .. } = self;
        if title.ja.trim().is_empty() {
            return unfit("rule.title.ja", "名称を入力してください。", "Please give it a name.");
        }
        if [&title.ja, &title.en, &title.easy].iter().any(|text| text.chars().count() > LONGEST_TITLE) {
            return unfit(
                "rule.title",
                "名称は100文字以内にしてください。",
                "A name has at most 100 characters.",
            );
        }
        let empty = audience.tiers.as_ref().is_some_and(BTreeSet::is_empty)
            || audience.departments.as_ref().is_some_and(BTreeSet::is_empty)
            || audience.employments.as_ref().is_some_and(BTreeSet::is_empty);
        if empty {
            return unfit(
                "rule.audience",
                "対象を1つ以上選ぶか、条件を外してください。",
                "Choose at least one, or leave the condition out.",
            );
        }
        let long = |count: Option<usize>, most| count.is_some_and(|count| count > most);
        if long(audience.tiers.as_ref().map(BTreeSet::len), 50)
            || long(audience.departments.as_ref().map(BTreeSet::len), 500)
        {
            return unfit(
                "rule.audience",
                "階層は50、所属は500までにしてください。",
                "At most 50 tiers and 500 departments.",
            );
        }
        if audience.joined_within_years.is_some_and(|years| !(1..=60).contains(&years)) {
            return unfit(
                "rule.audience.joined_within_years",
                "1〜60年で指定してください。",
                "From 1 to 60 years.",
            );
        }
        if !(1..=50).contains(&requirement.routes) {
            return unfit(
                "rule.requirement.routes",
                "コース数は1〜50にしてください。",
                "From 1 to 50 routes.",
            );
        }
        if requirement.new_routes > requirement.routes {
            return unfit(
                "rule.requirement.new_routes",
                "新しいコースの数は、全体のコース数以下にしてください。",
                "No more new routes than routes in all.",
            );
        }
        if requirement.away_routes > requirement.routes {
            return unfit(
                "rule.requirement.away_routes",
                "ほかの地区のコースの数は、全体のコース数以下にしてください。",
                "No more routes in other districts than routes in all.",
            );
        }
        if !(1..=30).contains(&requirement.new_within_years) {
            return unfit(
                "rule.requirement.new_within_years",
                "1〜30年で指定してください。",
                "From 1 to 30 years.",
            );
        }
        if self.grace_days > 365 {
            return unfit("rule.grace_days", "365日以内にしてください。", "At most 365 days.");
        }
        if self.too_late_days > 365 {
            return unfit("rule.too_late_days", "365日以内にしてください。", "At most 365 days.");
        }
        if !are_reminders(&self.reminders) {
            return unfit("rule.reminders", NO_REMINDERS.0, NO_REMINDERS.1);
        }
        survey::check(&self.questions).map_err(|(field, message)| UnfitRule { field, message })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rule with other values in some places.
    fn rule(change: impl FnOnce(&mut Rule)) -> Rule {
        let mut rule: Rule = serde_json::from_value(serde_json::json!({
            "title": { "ja": "まち歩き研修(見本)" },
            "requirement": { "routes": 2 },
            "deadline": "02-28",
        }))
        .unwrap();
        change(&mut rule);
        rule
    }

    #[test]
    fn what_is_left_out_has_a_sensible_value() {
        let rule = rule(|_| ());
        assert_eq!(rule.check(), Ok(()));
        assert_eq!(rule.audience, Audience::default());
        assert_eq!((rule.grace_days, rule.too_late_days), (60, 30));
        assert_eq!(rule.requirement.new_within_years, 3);
        assert_eq!(rule.reminders, [7, 30, 60].into());
        assert!(!rule.requirement.or_outing && !rule.requirement.or_desk);
        assert!(rule.questions.is_empty());
        let written = serde_json::to_string(&rule).unwrap();
        assert!(
            !written.contains("questions") && !written.contains("away_routes"),
            "it is written as it was before"
        );
    }

    #[test]
    fn each_value_that_cannot_be_is_named() {
        type Change = fn(&mut Rule);
        let cases: [(&str, Change); 11] = [
            ("rule.title.ja", |rule| rule.title.ja = " ".into()),
            ("rule.title", |rule| rule.title.en = "x".repeat(101)),
            ("rule.audience", |rule| rule.audience.tiers = Some(BTreeSet::new())),
            ("rule.audience.joined_within_years", |rule| rule.audience.joined_within_years = Some(0)),
            ("rule.requirement.routes", |rule| rule.requirement.routes = 0),
            ("rule.requirement.new_routes", |rule| rule.requirement.new_routes = 3),
            ("rule.requirement.new_within_years", |rule| rule.requirement.new_within_years = 0),
            ("rule.grace_days", |rule| rule.grace_days = 366),
            ("rule.too_late_days", |rule| rule.too_late_days = 366),
            ("rule.reminders", |rule| rule.reminders = (0..11).collect()),
            ("rule.questions", |rule| {
                rule.questions = [survey::usual_questions(), survey::usual_questions()].concat();
            }),
        ];
        for (field, change) in cases {
            assert_eq!(rule(change).check().unwrap_err().field, field);
        }
    }
}
