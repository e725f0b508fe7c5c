//! Closed lists of names: what a column or a field of JSON may be.

/// There is no such thing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {0:?}")]
pub struct NoSuchName(pub String);

/// Makes a type of a few things, each with one name in JSON and the database.
///
/// ```
/// machiaruki::names! {
///     /// How a bench is.
///     BenchState {
///         /// One can sit on it.
///         Sound = "sound",
///         /// Better not.
///         Broken = "broken",
///     }
/// }
/// assert_eq!("sound".parse(), Ok(BenchState::Sound));
/// assert_eq!(BenchState::Broken.as_str(), "broken");
/// assert!("wet".parse::<BenchState>().is_err());
/// ```
#[macro_export]
macro_rules! names {
    ($(#[$about:meta])* $type:ident { $($(#[$each:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize,
            ::utoipa::ToSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $type {
            $($(#[$each])* $variant),+
        }

        impl $type {
            /// The name in JSON and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = $crate::db::NoSuchName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($name => Ok(Self::$variant),)+
                    other => Err($crate::db::NoSuchName(other.to_owned())),
                }
            }
        }
    };
}
