//! Ids: UUIDs that cannot be mixed up with one another.

/// Makes types of ids. Each is a UUID, stored and sent as text.
///
/// ```
/// machiaruki::ids! {
///     /// The id of a bench in a park.
///     BenchId
/// }
/// let id: BenchId = "019a9f6e-0000-7000-8000-000000000000".parse().unwrap();
/// assert_eq!(id.to_string(), "019a9f6e-0000-7000-8000-000000000000");
/// assert!("bench".parse::<BenchId>().is_err());
/// ```
#[macro_export]
macro_rules! ids {
    ($($(#[$about:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub ::uuid::Uuid);

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0.hyphenated(), f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}
