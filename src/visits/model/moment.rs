//! A moment as a phone says it: with the offset of its clock.

use jiff::{
    fmt::temporal::{Pieces, PiecesOffset},
    tz::Offset,
};

use crate::clock::{Date, Timestamp, tokyo_date};

/// A moment and the offset with which it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// The offset from UTC, in seconds.
    pub offset_s: i32,
}

/// The largest offset of any clock on land, in seconds.
const FARTHEST_S: i32 = 14 * 3_600;

/// Why a text is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadMoment {
    /// It is no RFC 3339, or no day of the calendar.
    Text,
    /// Its offset is beyond 14 hours.
    Offset,
}

impl Moment {
    /// Reads RFC 3339.
    pub(super) fn parse(text: &str) -> Result<Self, BadMoment> {
        // The parser takes other forms of ISO 8601 as well.
        let shape = text.as_bytes();
        let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
        if text.len() > 40
            || text.contains(['[', ','])
            || separators.iter().any(|(index, mark)| shape.get(*index) != Some(mark))
        {
            return Err(BadMoment::Text);
        }
        let pieces = Pieces::parse(text).map_err(|_| BadMoment::Text)?;
        let time = pieces.time().ok_or(BadMoment::Text)?;
        let offset = match pieces.offset().ok_or(BadMoment::Text)? {
            PiecesOffset::Zulu => Offset::UTC,
            PiecesOffset::Numeric(numeric) => numeric.offset(),
            _ => return Err(BadMoment::Text),
        };
        if offset.seconds().abs() > FARTHEST_S {
            return Err(BadMoment::Offset);
        }
        let at = offset.to_timestamp(pieces.date().to_datetime(time)).map_err(|_| BadMoment::Text)?;
        // The database counts microseconds.
        let at = Timestamp::from_microsecond(at.as_microsecond()).map_err(|_| BadMoment::Text)?;
        Ok(Self { at, offset_s: offset.seconds() })
    }

    /// Reads RFC 3339; none where it is none, or no moment by any clock on land.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::parse(text).ok()
    }

    /// Its day in Tokyo.
    #[must_use]
    pub fn day(self) -> Date {
        tokyo_date(self.at)
    }

    /// As the phone wrote it: RFC 3339 with its offset.
    #[must_use]
    pub fn text(self) -> String {
        let offset = Offset::from_seconds(self.offset_s).unwrap_or(Offset::UTC);
        self.at.display_with_offset(offset).to_string()
    }
}
