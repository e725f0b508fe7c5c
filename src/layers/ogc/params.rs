//! Query parameters, validated. An unknown one is an error (17-069r4, requirement 8).

use std::hash::Hash;

use crate::{
    catalogue::{Layer, LayerId},
    clock::{Date, Timestamp, tokyo_date},
    geo::QueryBox,
    http::{Message, Problem},
    layers::{Cursor, Filter, Query, When},
};

/// How many items a page has when nobody says.
pub(super) const DEFAULT_LIMIT: usize = 100;
/// How many items a page has at most; a larger wish is granted so far.
pub(super) const MAX_LIMIT: usize = 10_000;

/// The parameters of a query, decoded, each at most once, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Params(Vec<(String, String)>);

impl Params {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The query again, without `without` and with `with` in their place.
    pub(super) fn encoded(&self, without: &[&str], with: &[(&str, &str)]) -> String {
        let kept = self
            .0
            .iter()
            .filter(|(name, _)| !without.contains(&name.as_str()))
            .map(|(name, value)| (name.as_str(), value.as_str()));
        let mut query = String::new();
        for (name, value) in kept.chain(with.iter().copied()) {
            query.push(if query.is_empty() { '?' } else { '&' });
            encode(name, &mut query);
            query.push('=');
            encode(value, &mut query);
        }
        query
    }
}

/// Percent-encoding of everything but unreserved characters and what reads well in a query.
fn encode(text: &str, out: &mut String) {
    use std::fmt::Write as _;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,:/".contains(&byte) {
            out.push(byte as char);
        } else {
            // Writing into a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let hex = std::str::from_utf8(rest.get(..2)?).ok()?;
                bytes.push(u8::from_str_radix(hex, 16).ok()?);
                rest = &rest[2..];
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).ok()
}

/// The parameters, if all of them are among `known`.
pub(super) fn only(query: Option<&str>, known: &[&str]) -> Result<Params, Problem> {
    parse(query, |name| known.contains(&name), || known.join(", "))
}

fn parse(
    query: Option<&str>,
    is_known: impl Fn(&str) -> bool,
    list: impl Fn() -> String,
) -> Result<Params, Problem> {
    let mut params: Vec<(String, String)> = Vec::new();
    for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (Some(name), Some(value)) = (decode(name), decode(value)) else {
            return Err(Problem::parameter(
                "query",
                Message::new(
                    "パラメーターの%記号の並びが正しくありません。",
                    "A parameter's percent-encoding is broken.",
                ),
            ));
        };
        if !is_known(&name) {
            return Err(unknown(&name, &list()));
        }
        if params.iter().any(|(known, _)| *known == name) {
            return Err(Problem::parameter(
                &name,
                Message::new(format!("{name} が二度書かれています。"), format!("{name} is given twice.")),
            ));
        }
        params.push((name, value));
    }
    params.sort_unstable();
    Ok(Params(params))
}

fn unknown(name: &str, list: &str) -> Problem {
    let name: String = name.chars().take(40).collect();
    Problem::parameter(
        &name,
        Message::new(
            format!("「{name}」というパラメーターはありません。使えるのは {list} です。"),
            format!("There is no parameter {name:?}. These can be used: {list}."),
        ),
    )
}

const GENERAL: [&str; 5] = ["f", "bbox", "limit", "datetime", "cursor"];
/// Accepted because clients send them, when they ask for what is served anyway.
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// A question for items.
pub(super) struct ItemsParams {
    pub(super) params: Params,
    pub(super) query: Query,
}

impl ItemsParams {
    pub(super) fn read(layer: &Layer, query: Option<&str>) -> Result<Self, Problem> {
        let is_field = |name: &str| layer.field(name).is_some_and(|field| field.public);
        let list = || {
            let fields = layer.public_fields().map(|field| field.name);
            GENERAL.into_iter().chain(fields).collect::<Vec<_>>().join(", ")
        };
        let known =
            |name: &str| GENERAL.contains(&name) || matches!(name, "crs" | "bbox-crs") || is_field(name);
        let params = parse(query, known, list)?;
        for name in ["crs", "bbox-crs"] {
            if params.get(name).is_some_and(|crs| crs != CRS84) {
                return Err(Problem::parameter(
                    name,
                    Message::new(
                        format!("{name} に使えるのは {CRS84} だけです。"),
                        format!("{name} can only be {CRS84}."),
                    ),
                ));
            }
        }
        let filters = params
            .0
            .iter()
            .filter_map(|(name, value)| {
                layer.field(name).filter(|field| field.public).map(|field| Filter::new(field, value))
            })
            .collect();
        let query = Query {
            bbox: params.get("bbox").map(bbox).transpose()?,
            when: params.get("datetime").map(datetime).transpose()?.unwrap_or_default(),
            filters,
            after: params.get("cursor").map(cursor).transpose()?,
            limit: params.get("limit").map(limit).transpose()?.unwrap_or(DEFAULT_LIMIT),
        };
        Ok(Self { params, query })
    }
}

pub(in crate::layers) fn bbox(text: &str) -> Result<QueryBox, Problem> {
    text.parse().map_err(|error: crate::geo::BadBbox| {
        Problem::parameter(
            "bbox",
            Message::new(
                format!("bbox は「西,南,東,北」の度数です。例: 139.70,35.62,139.78,35.68({error})"),
                format!("bbox is west,south,east,north in degrees, like 139.70,35.62,139.78,35.68: {error}"),
            ),
        )
    })
}

fn limit(text: &str) -> Result<usize, Problem> {
    match text.parse::<u64>() {
        Ok(limit) if limit > 0 => Ok((limit as usize).min(MAX_LIMIT)),
        _ => Err(Problem::parameter(
            "limit",
            Message::new(
                format!("limit は 1 から {MAX_LIMIT} までの整数です。"),
                format!("limit is a whole number from 1 to {MAX_LIMIT}."),
            ),
        )),
    }
}

fn datetime(text: &str) -> Result<When, Problem> {
    let wrong = || {
        Problem::parameter(
            "datetime",
            Message::new(
                "datetime は 2026-04-01T00:00:00Z のような時点か、2026-04-01T00:00:00Z/.. のような期間です。",
                "datetime is an instant like 2026-04-01T00:00:00Z or an interval like 2026-04-01T00:00:00Z/..",
            ),
        )
    };
    match text.split_once('/') {
        None => {
            let day = day(text).ok_or_else(wrong)?;
            Ok(When::Between(Some(day), Some(day)))
        }
        Some((start, end)) => {
            let edge = |text: &str| match text {
                "" | ".." => Ok(None),
                text => day(text).map(Some).ok_or_else(wrong),
            };
            let (start, end) = (edge(start)?, edge(end)?);
            if start.is_some() && end.is_some() && start > end {
                return Err(wrong());
            }
            Ok(When::Between(start, end))
        }
    }
}

/// The day in Tokyo of an instant or a date.
fn day(text: &str) -> Option<Date> {
    if text.len() == 10 {
        return text.parse().ok();
    }
    text.parse::<Timestamp>().ok().map(tokyo_date)
}

fn cursor(text: &str) -> Result<Cursor, Problem> {
    let read = || {
        let (position, id) = text.split_once('-')?;
        Some(Cursor { position: i64::from_str_radix(position, 16).ok()?, id: id.parse().ok()? })
    };
    read().ok_or_else(|| {
        Problem::parameter(
            "cursor",
            Message::new(
                "cursor が正しくありません。前のページの「next」のリンクをそのままお使いください。",
                "The cursor is not valid. Please follow the previous page's next link as it is.",
            ),
        )
    })
}

/// A cursor as a `next` link carries it.
pub(super) fn write_cursor(cursor: Cursor) -> String {
    format!("{:x}-{}", cursor.position, cursor.id)
}

/// The collections whose items can be asked for, for messages.
pub(super) fn layer_names() -> String {
    LayerId::ALL.map(LayerId::as_str).join(", ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn read(query: &str) -> Result<Query, Problem> {
        ItemsParams::read(LayerId::Shelters.layer(), Some(query)).map(|params| params.query)
    }

    #[test]
    fn known_parameters_are_read_and_others_refused() {
        let query = read("bbox=139,35,140,36&limit=5&flood=true&f=json").unwrap();
        assert_eq!(query.limit, 5);
        assert_eq!(query.filters.len(), 1);
        for bad in [
            "bbox=1,2,3",
            "limit=0",
            "limit=-1",
            "limit=x",
            "colour=red",
            "contact_phone=1",
            "cursor=zz",
            "datetime=yesterday",
            "datetime=2026-02-01/2026-01-01",
            "limit=1&limit=2",
            "f=%zz",
            "name=%ff",
            "crs=http://www.opengis.net/def/crs/EPSG/0/6677",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert_eq!(read("limit=1000000").unwrap().limit, MAX_LIMIT);
    }

    #[test]
    fn a_moment_is_a_day_in_tokyo() {
        let when = |text: &str| read(&format!("datetime={text}")).unwrap().when;
        let april = Some(date(2026, 4, 1));
        assert_eq!(when("2026-03-31T15:00:00Z"), When::Between(april, april));
        assert_eq!(when("2026-04-01T00:00:00%2B09:00"), When::Between(april, april));
        assert_eq!(when("2026-04-01/.."), When::Between(april, None));
        assert_eq!(when("../2026-04-01"), When::Between(None, april));
        assert_eq!(when("/"), When::Between(None, None));
    }

    proptest! {
        #[test]
        fn encoding_survives_decoding(name in "[a-z_]{1,9}", value in "\\PC{0,20}") {
            let params = Params(vec![(name, value)]);
            let query = params.encoded(&[], &[]);
            prop_assert_eq!(parse(Some(&query[1..]), |_| true, String::new).unwrap(), params);
        }

        #[test]
        fn no_query_makes_it_panic(query in any::<String>()) {
            let _ = read(&query);
        }
    }
}
