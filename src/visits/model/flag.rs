//! What makes a trainer look twice at a visit. A flag never drops anything.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::Message;

use super::UnknownName;

/// A reason to look twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = VisitFlag)]
pub enum Flag {
    /// The phone says that the position was made up.
    MockFix,
    /// From one visit to the next nobody walks that fast.
    ImpossibleSpeed,
    /// The phone's clock was off by more than an hour when it sent.
    ClockOff,
    /// A code was shown that is not this stop's.
    WrongCode,
    /// The visit says to be from before its version of the route counted.
    BeforePublication,
    /// A trainer took it, or something of it, in from a file, and its phone has not sent it.
    Imported,
}

impl Flag {
    /// Every flag.
    pub const ALL: [Self; 6] = [
        Self::MockFix,
        Self::ImpossibleSpeed,
        Self::ClockOff,
        Self::WrongCode,
        Self::BeforePublication,
        Self::Imported,
    ];

    /// Its name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MockFix => "mock_fix",
            Self::ImpossibleSpeed => "impossible_speed",
            Self::ClockOff => "clock_off",
            Self::WrongCode => "wrong_code",
            Self::BeforePublication => "before_publication",
            Self::Imported => "imported",
        }
    }

    /// Whether a visit with it waits for a trainer, whatever else it shows. A wrong code does not: people scan the
    /// neighbour's poster. Speed does not either: it depends on what other visits arrive, and an outcome must not. What was imported
    /// waits too, but not by a flag in its row: that ends when its phone sends it.
    #[must_use]
    pub const fn holds_up(self) -> bool {
        match self {
            Self::MockFix | Self::ClockOff | Self::BeforePublication => true,
            Self::ImpossibleSpeed | Self::WrongCode | Self::Imported => false,
        }
    }

    /// In words.
    #[must_use]
    pub fn message(self) -> Message {
        let (ja, en) = match self {
            Self::MockFix => (
                "位置情報が擬似的なもの(開発者向け設定など)だと端末が伝えています。",
                "The phone says that the position was made up.",
            ),
            Self::ImpossibleSpeed => (
                "前後の訪問との間が、歩いて移動できる速さを超えています。",
                "From one visit to the next is farther than anybody walks in that time.",
            ),
            Self::ClockOff => {
                ("端末の時計が1時間以上ずれていました。", "The phone's clock was off by more than an hour.")
            }
            Self::WrongCode => (
                "この立ち寄り点のものではないコードが読み取られました。",
                "A code was shown that is not this stop's.",
            ),
            Self::BeforePublication => (
                "コースのこの版が始まる前の日時になっています。",
                "It says to be from before this version of the route counted.",
            ),
            Self::Imported => (
                "研修担当がファイルから取り込みました。端末からはまだ届いていません。",
                "A trainer took it in from a file. The phone has not sent it.",
            ),
        };
        Message::new(ja, en)
    }
}

/// Flags of a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags(pub BTreeSet<Flag>);

impl Flags {
    /// Whether any of them makes the visit wait for a trainer.
    #[must_use]
    pub fn hold_up(&self) -> bool {
        self.0.iter().any(|flag| flag.holds_up())
    }
}

impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, flag) in self.0.iter().enumerate() {
            write!(f, "{}{}", if index == 0 { "" } else { " " }, flag.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for Flags {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        text.split(' ')
            .filter(|name| !name.is_empty())
            .map(|name| {
                let found = Flag::ALL.into_iter().find(|flag| flag.as_str() == name);
                found.ok_or_else(|| UnknownName(name.to_owned()))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}
