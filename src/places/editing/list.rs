//! Finding places to edit.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    catalogue::LayerId,
    db::{DbError, Tx},
    geo::representative_point,
    layers::{PlaceId, fold},
    places::{
        merge::{Said, said_by_files},
        store::{self, PlaceRow},
    },
};

use super::{EDITABLE, Stewards};

/// Which places to list.
#[derive(Clone, Debug)]
pub struct PlaceQuery {
    /// Of which layer.
    pub layer: LayerId,
    /// What the name, a former name, the address or the code contains.
    pub text: String,
    /// The last place of the page before.
    pub after: Option<(String, String)>,
    /// At most so many.
    pub limit: usize,
}

/// A place in a list.
#[derive(Clone, Debug)]
pub struct ListItem {
    /// Its id.
    pub id: PlaceId,
    /// What is said of it.
    pub said: Said,
    /// Whether editors say anything over the files.
    pub edited: bool,
    /// Whether it is no longer in any of its files.
    pub vanished: bool,
    /// A point that stands for it: longitude and latitude in degrees.
    pub point: [f64; 2],
}

/// The fields that the list searches.
const SEARCHED: [&str; 6] = ["name", "name_kana", "name_en", "former_names", "address", "code"];

/// Places within reach, retired ones too, by name; and whether there are more.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(
    tx: &mut Tx,
    reach: &Stewards,
    query: &PlaceQuery,
) -> Result<(Vec<ListItem>, bool), DbError> {
    if !EDITABLE.contains(&query.layer) {
        return Ok((Vec::new(), false));
    }
    let layer = query.layer.layer();
    let within: BTreeSet<String> = store::datasets(tx, query.layer)
        .await?
        .into_iter()
        .filter(|dataset| reach.cover(&dataset.steward))
        .map(|dataset| dataset.id)
        .collect();
    let overrides = store::overrides(tx, query.layer, 0).await?;
    let text = fold(&query.text);
    let mut found: Vec<ListItem> = Vec::new();
    let mut take = |rows: &[PlaceRow]| -> Result<(), DbError> {
        let Some(first) = rows.first() else { return Ok(()) };
        if !rows.iter().any(|row| within.contains(&row.dataset)) {
            return Ok(());
        }
        let mut said = said_by_files(layer.public_fields(), rows)?;
        let over = overrides.get(&first.id);
        if let Some(over) = over {
            said = said.edited(layer, over);
        }
        if !text.is_empty() && !SEARCHED.iter().any(|field| contains(said.fields.get(*field), &text)) {
            return Ok(());
        }
        if let Some((name, id)) = &query.after
            && (said.name(), first.id.as_str()) <= (name.as_str(), id.as_str())
        {
            return Ok(());
        }
        let point = representative_point(&said.geometry).unwrap_or_default();
        found.push(ListItem {
            id: said.id,
            edited: over.is_some_and(|over| !over.is_empty()),
            vanished: rows.iter().all(|row| row.vanished),
            point,
            said,
        });
        Ok(())
    };
    let mut group: Vec<PlaceRow> = Vec::new();
    store::place_rows(tx, query.layer, 0, |row| {
        if group.first().is_some_and(|first| first.id != row.id) {
            take(&group)?;
            group.clear();
        }
        group.push(row);
        Ok(())
    })
    .await?;
    take(&group)?;
    found.sort_by(|a, b| (a.said.name(), a.id).cmp(&(b.said.name(), b.id)));
    let more = found.len() > query.limit;
    found.truncate(query.limit);
    Ok((found, more))
}

fn contains(value: Option<&Value>, text: &str) -> bool {
    match value {
        Some(Value::String(said)) => fold(said).contains(text),
        Some(Value::Array(items)) => items.iter().any(|item| contains(Some(item), text)),
        _ => false,
    }
}
