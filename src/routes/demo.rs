//! The demo's routes: designed with the designer, laid on the demo's network, reviewed and published by its personas.

use std::sync::Arc;

use serde::Deserialize;

use crate::{
    auth::{Persona, Reach, store::account_by_persona},
    clock::{Timestamp, tokyo_date},
    db::{DbError, Tx},
    network::Loaded,
    random::SeededRandom,
};

use super::{
    lay::lay,
    model::{Design, DesignDocument, RouteCode},
    service::{self, Actor, DesignError, NewRoute, Publisher},
    store,
};

/// A route of `geodata/designs.json`.
#[derive(Deserialize)]
struct DemoRoute {
    code: String,
    design: DesignDocument,
}

/// When the demo's routes were published: the same day whenever the demo is set up.
const PUBLISHED_AT: Timestamp = Timestamp::constant(1_793_505_600, 0);

/// Publishes the demo's routes. Doing it again changes nothing. Ids follow from the codes, so that links to them outlive
/// the database.
///
/// # Errors
/// When the database cannot be written, or a route cannot be laid on the network.
pub async fn seed_routes(tx: &mut Tx, network: &Loaded, designs: &[u8]) -> Result<(), DbError> {
    let corrupt = |error: &dyn std::fmt::Display| DbError::Corrupt(format!("the demo's routes: {error}"));
    let demo: Vec<DemoRoute> = serde_json::from_slice(designs).map_err(|error| corrupt(&error))?;
    let publisher = Publisher::demo();
    for route in demo {
        if store::is_code_taken(tx, &route.code).await? {
            continue;
        }
        let (Some(author), Some(reviewer)) = (
            actor(tx, Persona::Trainer, &route.code).await?,
            actor(tx, Persona::Reviewer, &route.code).await?,
        ) else {
            return Ok(());
        };
        let failed = |error: DesignError| match error {
            DesignError::Db(error) => error,
            other => corrupt(&format!("{}: {other}", route.code)),
        };
        let wrong = |wrong: Vec<super::Wrong>| corrupt(&format!("{}: {wrong:?}", route.code));
        let design = Design::new(route.design).map_err(wrong)?;
        let line = lay(network, &design).map_err(|error| corrupt(&format!("{}: {error}", route.code)))?;
        let code: RouteCode = route.code.parse().map_err(|error| corrupt(&error))?;
        let new = NewRoute { code: Some(code), design, origin: None, sample: true };
        let id = service::create(tx, &author, new).await.map_err(failed)?;
        service::submit(tx, &author, (id, None), line).await.map_err(failed)?;
        service::publish(tx, &reviewer, id, None, &publisher).await.map_err(failed)?;
    }
    Ok(())
}

async fn actor(tx: &mut Tx, persona: Persona, code: &str) -> Result<Option<Actor>, DbError> {
    let today = tokyo_date(PUBLISHED_AT);
    let Some(account) = account_by_persona(tx, persona.as_str(), today).await? else { return Ok(None) };
    Ok(Some(Actor {
        account: account.id,
        department: account.department,
        reach: Reach::Any,
        now: PUBLISHED_AT,
        today,
        random: Arc::new(SeededRandom::new(&format!("{code} {}", persona.as_str()))),
    }))
}
