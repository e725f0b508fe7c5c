//! What a resident shares: field by field, each with the very words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

/// Something that can be shared, in the order of the sheet.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = IntroductionField)]
pub enum Field {
    /// Their name.
    Name,
    /// How it is read.
    Reading,
    /// What the building is called.
    Housing,
    /// The unit.
    Unit,
    /// Their telephone.
    Phone,
    /// Their mail.
    Email,
    /// How and when they want to be contacted.
    Contact,
    /// Which languages they speak.
    Languages,
    /// Licences, and what they can do (資格・できること).
    Skills,
    /// A message.
    Message,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Reading,
        Self::Housing,
        Self::Unit,
        Self::Phone,
        Self::Email,
        Self::Contact,
        Self::Languages,
        Self::Skills,
        Self::Message,
    ];

    /// The longest text, in characters.
    #[must_use]
    pub const fn longest(self) -> usize {
        match self {
            Self::Phone => 30,
            Self::Name | Self::Reading | Self::Housing | Self::Unit | Self::Languages => 100,
            Self::Email | Self::Contact => 200,
            Self::Skills | Self::Message => 500,
        }
    }

    /// Whether it may have several lines.
    #[must_use]
    pub const fn has_lines(self) -> bool {
        matches!(self, Self::Contact | Self::Skills | Self::Message)
    }
}

/// Why a text cannot be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is nothing in it.
    Empty,
    /// It is longer than so many characters.
    TooLong(usize),
    /// It holds a character that cannot be printed, or a line break where there is one line.
    Control,
    /// The same field is there twice.
    Twice,
    /// It is no telephone number.
    NoPhone,
    /// It is no mail address.
    NoEmail,
}

/// A field that cannot be shared so; none where nothing at all is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field:?} cannot be shared: {why:?}")]
pub struct Unfit {
    /// The field.
    pub field: Option<Field>,
    /// Why.
    pub why: Why,
}

/// What is shared: at least one field, each with a text that can be read and printed. What is not shared is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<(Field, String)>", into = "Vec<(Field, String)>")]
pub struct Shared(BTreeMap<Field, String>);

impl Shared {
    /// These fields with these texts.
    ///
    /// # Errors
    /// Names the field that cannot be shared so, and why.
    pub fn new(fields: impl IntoIterator<Item = (Field, String)>) -> Result<Self, Unfit> {
        let mut shared = BTreeMap::new();
        for (field, text) in fields {
            let unfit = |why| Unfit { field: Some(field), why };
            let text = fit(field, &text).map_err(unfit)?;
            if shared.insert(field, text).is_some() {
                return Err(unfit(Why::Twice));
            }
        }
        if shared.is_empty() { Err(Unfit { field: None, why: Why::Empty }) } else { Ok(Self(shared)) }
    }

    /// The text of a field; none where it is not shared.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }

    /// The order in which people stand on a sheet: as they live, and what is not known comes last.
    #[must_use]
    pub fn by_home(one: &Self, other: &Self) -> std::cmp::Ordering {
        let key = |shared: &Self| {
            [Field::Housing, Field::Unit, Field::Reading, Field::Name].map(|field| {
                let text = shared.get(field);
                (text.is_none(), text.unwrap_or_default().to_owned())
            })
        };
        key(one).cmp(&key(other))
    }

    /// Every field that is shared, in the order of the sheet.
    pub fn fields(&self) -> impl Iterator<Item = Field> + '_ {
        self.0.keys().copied()
    }

    /// Every field with its text, in the order of the sheet.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, text)| (*field, &**text))
    }
}

impl TryFrom<Vec<(Field, String)>> for Shared {
    type Error = Unfit;

    fn try_from(fields: Vec<(Field, String)>) -> Result<Self, Unfit> {
        Self::new(fields)
    }
}

impl From<Shared> for Vec<(Field, String)> {
    fn from(shared: Shared) -> Self {
        shared.0.into_iter().collect()
    }
}

/// A text as it is shared: trimmed, with one kind of line break.
fn fit(field: Field, text: &str) -> Result<String, Why> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Why::Empty);
    }
    if text.chars().count() > field.longest() {
        return Err(Why::TooLong(field.longest()));
    }
    if text.chars().any(|letter| letter.is_control() && !(letter == '\n' && field.has_lines())) {
        return Err(Why::Control);
    }
    match field {
        Field::Phone if !is_phone(text) => Err(Why::NoPhone),
        Field::Email if !is_email(text) => Err(Why::NoEmail),
        _ => Ok(text.to_owned()),
    }
}

/// Digits, as people write a telephone number. In full width they are digits as well.
fn is_phone(text: &str) -> bool {
    let text: String = text.nfkc().collect();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_fit = |letter: char| letter.is_ascii_digit() || "+-‐−–ー() #*".contains(letter);
    digits >= 3 && text.chars().all(is_fit)
}

/// Something at something. Whether somebody reads it there, nobody knows before they write.
fn is_email(text: &str) -> bool {
    let is_bare = !text.chars().any(char::is_whitespace);
    is_bare && text.split_once('@').is_some_and(|(who, place)| !who.is_empty() && !place.is_empty())
}
