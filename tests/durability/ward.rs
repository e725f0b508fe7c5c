//! A ward with one published route, people who are signed in, and the program that serves it.

use std::{collections::BTreeSet, path::Path, process::Command};

use machiaruki::{
    app::{prepare, system_clock, system_random},
    auth::{
        Persona, SessionId, SignInMethod, Token, seed_personas,
        store::{NewSession, account_by_persona, insert_session},
    },
    clock::tokyo_date,
    db::{DatabaseUrl, Db, DbError, self_check},
    on,
    places::Purpose,
    routes::{Design, DesignDocument, RouteId, RouteVersionId, store as routes},
    staff::seed_roster,
};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Server, program};

pub const STOP: &str = "019a9f6e-0000-7000-8000-000000000001";
pub const VERSION: &str = "019a9f6e-0000-7000-8000-0000000000f1";

/// Its database, and how to be somebody in it.
#[derive(Clone)]
pub struct Ward {
    pub url: String,
    /// `Cookie` headers of different people.
    pub cookies: Vec<String>,
}

/// Lets something async run to its end.
pub fn block_on<T>(run: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run)
}

impl Ward {
    /// Makes one in an empty database.
    pub fn seed(url: &str) -> Self {
        let people = [Persona::Staff, Persona::Trainer, Persona::Manager, Persona::Hr];
        let tokens: Vec<Token> = (1..=people.len() as u8).map(|number| Token::new([number; 32])).collect();
        let cookies = tokens.iter().map(|token| format!("Cookie: machiaruki={}\r\n", token.reveal())).collect();
        let database: DatabaseUrl = url.parse().unwrap();
        block_on(async move {
            let (clock, random) = (system_clock(), system_random());
            let db = Db::open(&database).await.unwrap();
            prepare(&db, &clock, Purpose::Ward).await.unwrap();
            let (now, today) = (clock.now(), tokyo_date(clock.now()));
            let seeded = db.write(move |tx| {
                Box::pin(async move {
                    seed_roster(tx, &random, now).await?;
                    seed_personas(tx, &random, now).await?;
                    for (persona, token) in people.iter().zip(&tokens) {
                        let account = account_by_persona(tx, persona.as_str(), today).await?.unwrap();
                        let session = NewSession {
                            token: token.hash(),
                            id: SessionId(Uuid::from_bytes(random.bytes())),
                            account: account.id,
                            method: SignInMethod::Persona,
                            device: "見本の端末".into(),
                            id_token: None,
                        };
                        insert_session(tx, &session, now).await?;
                    }
                    publish(tx, now).await
                })
            });
            seeded.await.unwrap();
            db.close().await;
        });
        Self { url: url.to_owned(), cookies }
    }

    /// The program serving it.
    pub fn serve(&self, folder: &Path) -> Server {
        Server::spawn(self.command(folder), folder)
    }

    /// The command that serves it.
    pub fn command(&self, folder: &Path) -> Command {
        let mut command = program(folder);
        command.args(["serve", "--database-url", &self.url, "--listen", "127.0.0.1:0"]);
        command
    }

    /// The ids of all visits, once the database has been found sound.
    pub fn stored(&self) -> BTreeSet<String> {
        block_on(async {
            let db = Db::open_existing(&self.url.parse().unwrap()).await.unwrap();
            self_check(&db).await.unwrap();
            let mut tx = db.read().await.unwrap();
            let ids: Vec<String> =
                on!(&mut tx, conn => sqlx::query_scalar("SELECT id FROM visit").fetch_all(conn).await).unwrap();
            drop(tx);
            db.close().await;
            let count = ids.len();
            let ids: BTreeSet<String> = ids.into_iter().collect();
            assert_eq!(ids.len(), count, "some visit is stored twice");
            ids
        })
    }
}

/// A route with one stop, published long ago.
async fn publish(tx: &mut machiaruki::db::Tx, now: machiaruki::clock::Timestamp) -> Result<(), DbError> {
    let design: DesignDocument = serde_json::from_value(json!({
        "title": { "ja": "見本" }, "summary": { "ja": "見本" }, "languages": ["ja"], "slot_min": 120, "waypoints": [{
            "kind": "stop", "stop_id": STOP, "location": [139.75, 35.65], "radius_m": 40, "required": true,
            "evidence": ["self"], "name": { "ja": "見本の場所" },
        }],
    }))
    .unwrap();
    let line = serde_json::from_value(json!({
        "coordinates": [[139.75, 35.65], [139.751, 35.65]], "distance_m": 90.5, "duration_s": 120,
        "estimated_duration_s": 700, "stairs": 0, "crossings": 1, "lifts": 0, "stairs_m": 0.0, "steep_m": 0.0,
        "away_m": [0.0], "legs": [], "attributions": ["見本の道"], "sample": true,
    }))
    .unwrap();
    let today = tokyo_date(now);
    let trainer = account_by_persona(tx, Persona::Trainer.as_str(), today).await?.unwrap();
    let route = routes::Route {
        id: RouteId(Uuid::from_u128(1)),
        code: "test-01".into(),
        department: trainer.department.unwrap(),
        department_name: String::new(),
        sample: true,
        origin: None,
        archived_on: None,
    };
    routes::insert_route(tx, &route, now).await?;
    let code = routes::StopCode { stop: STOP.parse().unwrap(), code: "abcdefghjk".into() };
    routes::insert_stop(tx, route.id, &code, now).await?;
    let version = routes::NewVersion {
        id: RouteVersionId(VERSION.parse().unwrap()),
        route: route.id,
        number: 1,
        design: Design::new(design).unwrap(),
        line,
        effective_from: "2026-04-01".parse().unwrap(),
        published_by: trainer.id,
    };
    routes::insert_version(tx, &version, "2026-03-01T00:00:00Z".parse().unwrap()).await?;
    Ok(())
}
