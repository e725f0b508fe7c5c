//! The columns of a layer's table: its public fields, typed. Pure.

use std::fmt::Write as _;

use crate::catalogue::{FieldKind, LayerId};

/// A column of a layer's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, which needs no escaping.
    pub name: &'static str,
    /// Its type on PostgreSQL.
    pub kind: &'static str,
    /// What it holds, in Japanese: QGIS shows it.
    pub label: &'static str,
}

const fn column(name: &'static str, kind: &'static str, label: &'static str) -> Column {
    Column { name, kind, label }
}

/// What every table has after the layer's own fields.
const COMMON: [Column; 4] = [
    column("valid_from", "date", "有効になった日(空欄は以前から)"),
    column("retired_on", "date", "廃止の日(空欄は今も有効)"),
    column("sample", "boolean", "見本(実在しない)"),
    column("datasets", "text[]", "出典のデータセット(datasets 表の id)"),
];

/// The columns of a layer's table but for its geometry, in order.
#[must_use]
pub fn columns(layer: LayerId) -> Vec<Column> {
    let mut columns = vec![column("id", "text", "地物の番号(リンクに使われ、変わらない)")];
    let is_common = |name: &str| name == "id" || COMMON.iter().any(|common| common.name == name);
    columns.extend(
        layer
            .layer()
            .public_fields()
            .filter(|field| !is_common(field.name))
            .map(|field| column(field.name, sql_type(field.kind), field.label.ja)),
    );
    columns.extend(COMMON);
    columns
}

const fn sql_type(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::Url | FieldKind::Choice(_) => "text",
        FieldKind::List => "text[]",
        FieldKind::Integer => "bigint",
        FieldKind::Number => "double precision",
        FieldKind::Flag => "boolean",
        FieldKind::Date => "date",
    }
}

/// What a table is made of, so that another release sees whether it is still the same.
pub(super) fn definition(columns: &[Column]) -> String {
    let mut text = String::new();
    for column in columns {
        // Writing into a string cannot fail.
        let _ = write!(text, "{} {}; ", column.name, column.kind);
    }
    text.push_str("geometry 4326");
    text
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn only_public_fields_become_columns_each_once_and_named_plainly() {
        for layer in LayerId::ALL {
            let columns = columns(layer);
            let mut names = HashSet::new();
            for column in &columns {
                assert!(names.insert(column.name), "{layer}: {} twice", column.name);
                assert!(column.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{}", column.name);
                let field = layer.layer().field(column.name);
                assert!(field.is_none_or(|field| field.public), "{layer}: {} is private", column.name);
            }
            for field in layer.layer().fields {
                assert_eq!(names.contains(field.name), field.public, "{layer}: {}", field.name);
            }
            assert!(!names.contains("geometry"), "{layer}");
        }
    }
}
