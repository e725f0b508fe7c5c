//! What published routes say on the public layers.

use std::collections::BTreeSet;

use crate::{
    catalogue::LayerId,
    clock::Date,
    db::{DbError, Tx},
    places::{DatasetId, DatasetInfo, UNKNOWN_LICENCE, write_records},
    routes::{
        model::{RouteId, Version},
        publication::records,
        store::{self, Route},
    },
    settings,
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
    /// The licence under which published routes are given out; without one, what the settings say when a route is
    /// published.
    pub licence: Option<Licence>,
}

/// A licence.
#[derive(Clone, Debug)]
pub struct Licence {
    /// Its name.
    pub name: String,
    /// Where it can be read.
    pub url: Option<String>,
}

impl Licence {
    /// The licence that the settings name, if they do.
    async fn of_settings(tx: &mut Tx) -> Result<Self, DbError> {
        let settings = settings::store::settings(tx).await?;
        let chosen = Some(settings.route_licence).filter(|name| !name.is_empty());
        Ok(Self {
            name: chosen.unwrap_or_else(|| UNKNOWN_LICENCE.to_owned()),
            url: Some(settings.route_licence_url).filter(|url| !url.is_empty()),
        })
    }
}

impl Publisher {
    /// The demo ward: invented, and free for everybody.
    #[must_use]
    pub fn demo() -> Self {
        Self {
            municipality: "まちあるき見本データ".to_owned(),
            licence: Some(Licence {
                name: "CC0 1.0".to_owned(),
                url: Some("https://creativecommons.org/publicdomain/zero/1.0/deed.ja".to_owned()),
            }),
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
        let licence = match &self.licence {
            Some(licence) => licence.clone(),
            None => Licence::of_settings(tx).await?,
        };
        for (layer, id, title, written) in [
            (LayerId::Routes, "walking-routes", "まちあるきコース", routes),
            (LayerId::Stops, "walking-stops", "まちあるきコースの立ち寄り点", stops),
        ] {
            let dataset: DatasetId =
                id.parse().map_err(|error| DbError::Corrupt(format!("dataset {id}: {error}")))?;
            let info = self.info(title, &licence, (&versions, &in_force), actor.today);
            write_records(tx, (layer, &dataset, info), &written, actor.now).await?;
        }
        Ok(())
    }

    fn info(
        &self,
        title: &str,
        licence: &Licence,
        (versions, in_force): (&[Version], &[Version]),
        today: Date,
    ) -> DatasetInfo {
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
            licence: licence.name.clone(),
            licence_url: licence.url.clone(),
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
