//! What published routes say on the public layers.

use std::collections::BTreeSet;

use crate::{
    catalogue::LayerId,
    clock::Date,
    db::{DbError, Tx},
    places::{DatasetId, DatasetInfo, write_records},
    routes::{
        model::{RouteId, Version},
        publication::records,
        store::{self, Route},
    },
};

use super::{Actor, DesignError, held};

/// Says from which day on a route no longer counts, or, without one, that it does again.
///
/// # Errors
/// When it was never published.
pub async fn archive(
    tx: &mut Tx,
    actor: &Actor,
    id: RouteId,
    on: Option<Date>,
    publisher: &Publisher,
) -> Result<(), DesignError> {
    let route = held(tx, actor, id).await?;
    if store::versions(tx, id).await?.is_empty() {
        return Err(DesignError::Absent);
    }
    store::set_archived(tx, id, on).await?;
    Ok(publisher.publish(tx, &route, on, actor).await?)
}

/// Who publishes: the municipality, in whose name the layers are.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// The municipality's name.
    pub municipality: String,
    /// The licence under which published routes are given out.
    pub licence: String,
    /// The licence's text.
    pub licence_url: Option<String>,
}

impl Publisher {
    /// The demo ward: invented, and free for everybody.
    #[must_use]
    pub fn demo() -> Self {
        Self {
            municipality: "まちあるき見本データ".to_owned(),
            licence: "CC0 1.0".to_owned(),
            licence_url: Some("https://creativecommons.org/publicdomain/zero/1.0/deed.ja".to_owned()),
        }
    }

    /// Writes the records of a route's versions into the public layers.
    pub(super) async fn publish(
        &self,
        tx: &mut Tx,
        route: &Route,
        archived_on: Option<Date>,
        actor: &Actor,
    ) -> Result<(), DbError> {
        let versions = store::versions(tx, route.id).await?;
        let (routes, stops) = records(&versions, archived_on);
        let in_force = store::versions_in_force(tx, actor.today).await?;
        for (layer, id, title, written) in [
            (LayerId::Routes, "walking-routes", "まちあるきコース", routes),
            (LayerId::Stops, "walking-stops", "まちあるきコースの立ち寄り点", stops),
        ] {
            let dataset: DatasetId =
                id.parse().map_err(|error| DbError::Corrupt(format!("dataset {id}: {error}")))?;
            let info = self.info(title, &versions, &in_force, actor.today);
            write_records(tx, (layer, &dataset, info), &written, actor.now).await?;
        }
        Ok(())
    }

    fn info(&self, title: &str, versions: &[Version], in_force: &[Version], today: Date) -> DatasetInfo {
        let mut attribution = self.municipality.clone();
        let all = versions.iter().chain(in_force);
        let networks: BTreeSet<&str> =
            all.flat_map(|version| version.line.attributions.iter().map(String::as_str)).collect();
        for network in networks {
            attribution.push_str(" / ");
            attribution.push_str(network);
        }
        DatasetInfo {
            title: title.to_owned(),
            source: self.municipality.clone(),
            source_url: None,
            licence: self.licence.clone(),
            licence_url: self.licence_url.clone(),
            attribution,
            as_of: Some(today),
            steward: versions.last().map(|version| version.department_name.clone()).unwrap_or_default(),
            refresh_days: None,
            last_confirmed: Some(today),
            key_fields: Vec::new(),
            sample: versions.iter().any(|version| version.sample),
        }
    }
}
