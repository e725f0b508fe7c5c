//! What a provider says of somebody.

use std::{collections::BTreeSet, str::FromStr};

use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization as _;

use crate::auth::Role;

use super::settings::RoleMap;

/// The name of a claim, or a dotted way to one inside others, such as `realm_access.roles`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimPath(String);

impl FromStr for ClaimPath {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim().is_empty() {
            Err("the name of a claim is expected")
        } else {
            Ok(Self(text.trim().to_owned()))
        }
    }
}

impl std::fmt::Display for ClaimPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The claims of somebody, from a token that was verified.
#[derive(Clone)]
pub(super) struct Claims {
    /// Who they are at the provider.
    pub(super) subject: String,
    /// All that it says.
    pub(super) all: Map<String, Value>,
}

impl Claims {
    fn find(&self, path: &ClaimPath) -> Option<&Value> {
        // Names like https://ward.example/roles have dots of their own.
        if let Some(value) = self.all.get(&path.0) {
            return Some(value).filter(|value| !value.is_null());
        }
        let mut parts = path.0.split('.');
        let first = self.all.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part)).filter(|value| !value.is_null())
    }

    /// Whether the claim is there.
    pub(super) fn has(&self, path: &ClaimPath) -> bool {
        self.find(path).is_some()
    }

    /// The employee number: half-width, without surrounding space.
    pub(super) fn number(&self, path: &ClaimPath) -> Option<String> {
        let text = match self.find(path)? {
            Value::String(text) => text.nfkc().collect::<String>().trim().to_owned(),
            Value::Number(number) if number.is_u64() => number.to_string(),
            _ => return None,
        };
        (!text.is_empty() && text.len() <= 64).then_some(text)
    }

    /// The roles that the values of a claim stand for. `None` when the provider leaves the values out because
    /// there are too many: that somebody lost their roles must not be concluded from it.
    pub(super) fn roles(&self, path: &ClaimPath, map: &[RoleMap]) -> Option<BTreeSet<Role>> {
        let found = self.find(path);
        let elsewhere = self.all.get("_claim_names").and_then(|names| names.get(&path.0)).is_some();
        if found.is_none() && elsewhere {
            return None;
        }
        let values: Vec<&str> = match found {
            Some(Value::String(value)) => vec![value],
            Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        Some(
            map.iter()
                .filter(|entry| values.contains(&entry.value.as_str()))
                .map(|entry| entry.role)
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(all: &Value) -> Claims {
        Claims { subject: "s".into(), all: all.as_object().unwrap().clone() }
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        let path = "employee_number".parse().unwrap();
        let number = |value: Value| claims(&json!({ "employee_number": value })).number(&path);
        assert_eq!(number(json!(" 900001 ")).as_deref(), Some("900001"));
        assert_eq!(number(json!("９００００１")).as_deref(), Some("900001"));
        assert_eq!(number(json!(900_001)).as_deref(), Some("900001"));
        for nothing in [json!(""), json!(null), json!(1.5), json!(-1), json!(["900001"]), json!({})] {
            assert_eq!(number(nothing.clone()), None, "{nothing}");
        }
    }

    #[test]
    fn roles_are_found_inside_other_claims() {
        let map = ["ward-hr=hr".parse().unwrap(), "ward-map=editor".parse().unwrap()];
        let roles = |all: Value, path: &str| {
            claims(&all)
                .roles(&path.parse().unwrap(), &map)
                .map(|roles| roles.into_iter().collect::<Vec<_>>())
        };
        let both = Some(vec![Role::Hr, Role::Editor]);
        assert_eq!(
            roles(json!({ "realm_access": { "roles": ["ward-map", "x", "ward-hr"] } }), "realm_access.roles"),
            both
        );
        assert_eq!(
            roles(json!({ "https://w.example/roles": ["ward-map", "ward-hr"] }), "https://w.example/roles"),
            both
        );
        assert_eq!(roles(json!({ "groups": "ward-hr" }), "groups"), Some(vec![Role::Hr]));
        assert_eq!(roles(json!({ "groups": ["hr", "WARD-HR", 7] }), "groups"), Some(vec![]));
        assert_eq!(roles(json!({}), "groups"), Some(vec![]));
        assert_eq!(roles(json!({ "_claim_names": { "groups": "src1" } }), "groups"), None);
    }
}
