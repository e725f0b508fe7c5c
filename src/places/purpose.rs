//! What a database is for.

/// What a database is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A ward's own data.
    Ward,
    /// The demo ward, mostly invented. Takes no real import.
    Demo,
}

/// A database's own name and purpose, fixed when it is first used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    /// A random name: two databases never share an entity tag.
    pub instance: String,
    /// What it is for.
    pub purpose: Purpose,
}

impl Purpose {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Ward => "ward",
            Self::Demo => "demo",
        }
    }
}
