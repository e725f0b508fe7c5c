//! Where the database is: `sqlite:PATH` or `postgres://…`.

use std::{fmt, path::PathBuf, str::FromStr};

use sqlx::postgres::PgConnectOptions;

/// A database address that was understood.
#[derive(Clone)]
pub enum DatabaseUrl {
    /// A file, `sqlite:data/ward.sqlite`.
    Sqlite(PathBuf),
    /// A server, `postgres://user:password@host/database`. Boxed: the options are large.
    Postgres(Box<PgConnectOptions>),
}

/// The address was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a database address is sqlite:PATH (a file) or postgres://USER:PASSWORD@HOST/DATABASE: {0}")]
pub struct BadDatabaseUrl(String);

impl FromStr for DatabaseUrl {
    type Err = BadDatabaseUrl;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            // `sqlite:///abs`, `sqlite://rel` and `sqlite:path` all name a file.
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path.contains(":memory:") || path.contains('?') {
                return Err(BadDatabaseUrl("name a file".into()));
            }
            return Ok(Self::Sqlite(path.into()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            // The parser's message may quote the address, and with it the password.
            return url
                .parse()
                .map(|options| Self::Postgres(Box::new(options)))
                .map_err(|_: sqlx::Error| BadDatabaseUrl("this postgres address is malformed".into()));
        }
        Err(BadDatabaseUrl("the scheme is neither".into()))
    }
}

/// Never shows a password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(options) => write!(
                f,
                "postgres://{}:{}/{}",
                options.get_host(),
                options.get_port(),
                options.get_database().unwrap_or_default()
            ),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_understood_and_never_show_a_password() {
        for (url, shown) in [
            ("sqlite:a/b.sqlite", "sqlite:a/b.sqlite"),
            ("sqlite:///var/ward.sqlite", "sqlite:/var/ward.sqlite"),
            ("postgres://u:s3cret@db.example/ward", "postgres://db.example:5432/ward"),
        ] {
            let parsed: DatabaseUrl = url.parse().unwrap();
            assert_eq!(parsed.to_string(), shown);
            assert_eq!(format!("{parsed:?}"), shown);
        }
    }

    #[test]
    fn what_is_no_address_is_refused_without_quoting_it() {
        for url in ["", "mysql://x", "sqlite:", "sqlite::memory:", "postgres://u:s3cret@h:notaport/d"] {
            let error = url.parse::<DatabaseUrl>().unwrap_err().to_string();
            assert!(!error.contains("s3cret"), "{error}");
        }
    }
}
