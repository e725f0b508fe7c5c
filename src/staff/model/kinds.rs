//! Kinds of employment and of absence.

use serde::{Deserialize, Serialize};

/// How somebody is employed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Employment {
    /// 常勤.
    Regular,
    /// 再任用.
    Reappointed,
    /// 任期付.
    FixedTerm,
    /// 会計年度任用.
    FiscalYearAppointment,
    /// 臨時的任用.
    Temporary,
    /// 特別職.
    SpecialService,
    /// 派遣受入: lent by another organisation.
    SecondedIn,
}

impl Employment {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Regular,
        Self::Reappointed,
        Self::FixedTerm,
        Self::FiscalYearAppointment,
        Self::Temporary,
        Self::SpecialService,
        Self::SecondedIn,
    ];

    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Regular => "regular",
            Self::Reappointed => "reappointed",
            Self::FixedTerm => "fixed_term",
            Self::FiscalYearAppointment => "fiscal_year_appointment",
            Self::Temporary => "temporary",
            Self::SpecialService => "special_service",
            Self::SecondedIn => "seconded_in",
        }
    }

    /// The kind of that name in JSON and the database.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The kind that a ward's file means. Words within longer ones count, such as 会計年度任用職員(パートタイム).
    #[must_use]
    pub fn of_words(words: &str) -> Option<Self> {
        // The longer, the more special: 再任用(常勤) is no 常勤.
        const WORDS: [(&str, Employment); 16] = [
            ("会計年度", Employment::FiscalYearAppointment),
            ("再任用", Employment::Reappointed),
            ("任期付", Employment::FixedTerm),
            ("臨時", Employment::Temporary),
            ("特別職", Employment::SpecialService),
            ("派遣受入", Employment::SecondedIn),
            ("受入派遣", Employment::SecondedIn),
            ("常勤", Employment::Regular),
            ("正規", Employment::Regular),
            ("一般職", Employment::Regular),
            ("任期の定めなし", Employment::Regular),
            ("fiscal", Employment::FiscalYearAppointment),
            ("reappointed", Employment::Reappointed),
            ("fixed", Employment::FixedTerm),
            ("temporary", Employment::Temporary),
            ("regular", Employment::Regular),
        ];
        if words.contains("非常勤") && !words.contains("会計年度") && !words.contains("再任用") {
            return None;
        }
        Self::named(words)
            .or_else(|| WORDS.iter().find(|(word, _)| words.contains(word)).map(|(_, kind)| *kind))
    }
}

/// Why somebody does not work here for a time.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceKind {
    /// 休職・育休など.
    Leave,
    /// 派遣・出向: lent to another organisation.
    Secondment,
}

impl AbsenceKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Leave, Self::Secondment];

    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Leave => "leave",
            Self::Secondment => "secondment",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_employment_is_known_by_the_words_of_wards() {
        for (words, kind) in [
            ("常勤", Some(Employment::Regular)),
            ("正規職員", Some(Employment::Regular)),
            ("会計年度任用職員(パートタイム)", Some(Employment::FiscalYearAppointment)),
            ("再任用(短時間勤務)", Some(Employment::Reappointed)),
            ("再任用常勤", Some(Employment::Reappointed)),
            ("任期付職員", Some(Employment::FixedTerm)),
            ("臨時的任用", Some(Employment::Temporary)),
            ("派遣受入", Some(Employment::SecondedIn)),
            ("fiscal_year_appointment", Some(Employment::FiscalYearAppointment)),
            ("非常勤", None),
            ("謎", None),
        ] {
            assert_eq!(Employment::of_words(words), kind, "{words}");
        }
        for kind in Employment::ALL {
            assert_eq!(Employment::named(kind.as_str()), Some(kind));
        }
    }
}
