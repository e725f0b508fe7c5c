//! How many visits are made durable, and how long one waits.

use std::{
    net::SocketAddr,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use machiaruki::{
    app::{App, prepare, system_clock, system_random},
    auth::{Persona, Surface},
    commands::seed,
    db::{DatabaseUrl, Db},
    places::Purpose,
};
use serde_json::{Value, json};
use sqlx::{
    AssertSqlSafe, Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use uuid::{Builder, Uuid};

use crate::{
    http::Client,
    report::{Line, Section, Spread, Target, Unit},
    stage::Stage,
};

use super::access::{cookie, served};

/// Phones that send at the same time, each waiting for its answer before it sends on.
const CLIENTS: usize = 64;
/// Visits a second of a busy day.
const BUSY: u64 = 50;
/// What one of them may wait at the 99th percentile, in milliseconds.
const WAIT: f64 = 300.0;

/// Every visit has an id of its own.
static NUMBER: AtomicU64 = AtomicU64::new(0);

pub fn run(stage: &Stage) -> anyhow::Result<Section> {
    let mut section = Section::new(
        "Visits",
        format!(
            "`POST /api/visits` with one visit each, to the whole application in one process, on SQLite with `synchronous=FULL`: \
             an answer is an acknowledgement, after the fsync. {CLIENTS} clients, each waiting for its answer, by a bare loop of \
             `INSERT … COMMIT` of the same row, with the same settings, on a copy of the same database. A round asks both in turn."
        ),
    );
    let runtime = tokio::runtime::Runtime::new()?;
    let (database, bare) = (stage.folder().join("visits.sqlite"), stage.folder().join("visits-bare.sqlite"));
    let ward = runtime.block_on(ward(&database))?;
    ward.send(&mut ward.client()?, 0)?;
    let mut loop_of_inserts = runtime.block_on(Bare::copy(&database, &bare))?;
    let seconds = Duration::from_secs(stage.rounds.seconds);
    let (mut ratios, mut rates) = (Vec::new(), Vec::new());
    for _ in 0..stage.rounds.count {
        let ours = ward.rate(seconds)?;
        let bare = runtime.block_on(loop_of_inserts.rate(seconds))?;
        ratios.push(ours / bare);
        rates.push([ours, bare]);
    }
    let median = |side: usize| Spread::of(rates.iter().map(|pair| pair[side])).median;
    section.push(Line {
        what: format!("durable visits per second from {CLIENTS} clients, by the bare loop"),
        target: Target::AtLeast(1.0),
        measured: Spread::of(ratios),
        unit: Unit::Ratio,
        remark: "one commit for all that wait".into(),
        absolute: format!("{:.0}/s : {:.0}/s", median(0), median(1)),
    });
    let mut waits = ward.waits(seconds * stage.rounds.count as u32)?;
    waits.sort_by(f64::total_cmp);
    let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
    section.push(Line {
        what: format!("{BUSY} visits a second: one waits at the 99th percentile"),
        target: Target::NeverAbove(WAIT),
        measured: Spread::one(at(0.99)),
        unit: Unit::Milliseconds,
        remark: format!("{} visits; median {:.1} ms, longest {:.1} ms", waits.len(), at(0.5), at(1.0)),
        absolute: String::new(),
    });
    runtime.shutdown_background();
    Ok(section)
}

/// The demo, and what can be visited in it.
struct Ward {
    address: SocketAddr,
    cookies: Vec<String>,
    version: String,
    stop: String,
}

async fn ward(database: &Path) -> anyhow::Result<Ward> {
    let (clock, random) = (system_clock(), system_random());
    let db = Db::open(&DatabaseUrl::Sqlite(database.to_owned())).await?;
    prepare(&db, &clock, Purpose::Demo).await?;
    seed(&db, &clock, &random).await?;
    let app = App::start(db, clock, random, Purpose::Demo).await?;
    app.keep(&Surface::ALL).await?;
    let mut cookies = Vec::new();
    for persona in Persona::ALL {
        cookies.push(cookie(app.router(super::edits::site()), persona.as_str()).await?);
    }
    let address = served(app.router(super::edits::site())).await?;
    let cookie = cookies.first().context("the demo has no personas")?.clone();
    let routes = move || Client::connect(address)?.with_cookie(&cookie).body("/api/routes", "");
    let routes: Value = serde_json::from_slice(&tokio::task::spawn_blocking(routes).await??)?;
    let route = &routes["routes"][0];
    let text = |value: &Value| value.as_str().map(ToOwned::to_owned).context("the demo has no route");
    Ok(Ward {
        address,
        cookies,
        version: text(&route["route_version_id"])?,
        stop: text(&route["stops"][0]["stop_id"])?,
    })
}

impl Ward {
    fn client(&self) -> anyhow::Result<Client> {
        Client::connect(self.address)
    }

    /// Sends a visit, which must be stored.
    fn send(&self, client: &mut Client, who: usize) -> anyhow::Result<()> {
        let now = system_clock().now();
        let visit = json!({ "visits": [{
            "id": id(), "route_version_id": self.version, "stop_id": self.stop,
            "at": now.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string(),
            "evidence": [{ "kind": "self" }, { "kind": "gps", "location": [139.75, 35.65], "accuracy_m": 12, "age_s": 1 }],
        }] });
        let cookie = &self.cookies[who % self.cookies.len()];
        let answer = client.post("/api/visits", cookie, &visit.to_string())?;
        let results: Value = serde_json::from_slice(&answer.body)?;
        ensure!(results["results"][0]["status"] == "stored", "{results}");
        Ok(())
    }

    /// Visits per second from all clients.
    fn rate(&self, seconds: Duration) -> anyhow::Result<f64> {
        let began = Instant::now();
        let counts = std::thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|who| {
                    scope.spawn(move || {
                        let (mut client, mut count) = (self.client()?, 0_u64);
                        while began.elapsed() < seconds {
                            self.send(&mut client, who)?;
                            count += 1;
                        }
                        anyhow::Ok(count)
                    })
                })
                .collect();
            clients.into_iter().map(join).collect::<anyhow::Result<Vec<u64>>>()
        })?;
        Ok(counts.iter().sum::<u64>() as f64 / began.elapsed().as_secs_f64())
    }

    /// How long visits wait that come at a steady pace, in milliseconds, each from the moment at which it was due.
    fn waits(&self, seconds: Duration) -> anyhow::Result<Vec<f64>> {
        let (began, total) = (Instant::now(), seconds.as_secs() * BUSY);
        let next = AtomicU64::new(0);
        std::thread::scope(|scope| {
            let clients: Vec<_> = (0..16)
                .map(|who| {
                    let next = &next;
                    scope.spawn(move || {
                        let (mut client, mut waits) = (self.client()?, Vec::new());
                        loop {
                            let number = next.fetch_add(1, Ordering::Relaxed);
                            if number >= total {
                                return anyhow::Ok(waits);
                            }
                            let due = began + Duration::from_secs(1) * number as u32 / BUSY as u32;
                            std::thread::sleep(due.saturating_duration_since(Instant::now()));
                            self.send(&mut client, who)?;
                            waits.push(due.elapsed().as_secs_f64() * 1e3);
                        }
                    })
                })
                .collect();
            let waits = clients.into_iter().map(join).collect::<anyhow::Result<Vec<Vec<f64>>>>()?;
            Ok(waits.concat())
        })
    }
}

fn join<T>(thread: std::thread::ScopedJoinHandle<'_, anyhow::Result<T>>) -> anyhow::Result<T> {
    thread.join().map_err(|_| anyhow::anyhow!("a client panicked"))?
}

/// An id as a phone makes it.
pub(super) fn id() -> Uuid {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&NUMBER.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    Builder::from_unix_timestamp_millis(system_clock().now().as_millisecond() as u64, &random).into_uuid()
}

/// The yardstick: one connection that inserts and commits, again and again.
struct Bare {
    connection: SqliteConnection,
    insert: String,
}

impl Bare {
    /// On a copy of a database that holds one visit.
    async fn copy(database: &Path, copy: &Path) -> anyhow::Result<Self> {
        let mut original =
            SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(database)).await?;
        sqlx::query("VACUUM INTO $1").bind(copy.to_string_lossy()).execute(&mut original).await?;
        original.close().await?;
        let options = SqliteConnectOptions::new()
            .filename(copy)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let mut connection = SqliteConnection::connect_with(&options).await?;
        let columns: Vec<String> =
            sqlx::query_scalar("SELECT name FROM pragma_table_info('visit') WHERE name <> 'id' ORDER BY cid")
                .fetch_all(&mut connection)
                .await?;
        let literals: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        let row = format!("SELECT {} FROM visit LIMIT 1", literals.join(" || ', ' || "));
        let row: String = sqlx::query_scalar(AssertSqlSafe(row)).fetch_one(&mut connection).await?;
        let insert = format!("INSERT INTO visit (id, {}) VALUES ($1, {row})", columns.join(", "));
        Ok(Self { connection, insert })
    }

    /// Rows per second.
    async fn rate(&mut self, seconds: Duration) -> anyhow::Result<f64> {
        let (began, mut count) = (Instant::now(), 0_u64);
        while began.elapsed() < seconds {
            let mut transaction = self.connection.begin().await?;
            sqlx::query(AssertSqlSafe(self.insert.as_str()))
                .bind(id().to_string())
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
            count += 1;
        }
        Ok(count as f64 / began.elapsed().as_secs_f64())
    }
}
