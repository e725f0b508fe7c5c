//! Five hundred residents who answer within a minute, and the pages of registrars that follow them.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread::ScopedJoinHandle,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use machiaruki::{
    app::{App, prepare, system_clock, system_random},
    auth::{AccountId, Surface, Token},
    clock::{Date, Timestamp},
    commands::seed,
    councils::{
        model::{HousingFacts, ResidencyFacts, Span, UnitFacts},
        service::{RegisterError, Vault, add_housing, add_residency, add_unit},
    },
    db::{DatabaseUrl, Db, DbError, Tx},
    geo::Position,
    on,
    places::Purpose,
    staff::StaffId,
    vault::Keyring,
};
use serde_json::{Value, json};

use crate::{
    http::Client,
    report::{Line, Section, Spread, Target, Unit},
    stage::Stage,
};

use super::access::{cookie, served};

/// Residents, each with a phone.
const RESIDENTS: usize = 500;
/// In which time all of them answer.
const WITHIN: Duration = Duration::from_mins(1);
/// What one of them may wait at the 99th percentile, in milliseconds.
const WAIT: f64 = 300.0;
/// Pages that registrars have open.
const PAGES: usize = 3;
/// By how much a page may be late, in milliseconds.
const LAG: f64 = 2_000.0;
/// Phones that send at the same time, at most.
const SENDERS: usize = 16;

pub fn run(stage: &Stage) -> anyhow::Result<Section> {
    let mut section = Section::new(
        "Activations",
        format!(
            "{RESIDENTS} residents of disaster housing answer an activation within a minute, evenly spread, while {PAGES} pages of \
             registrars follow it. The whole application in one process, on SQLite with `synchronous=FULL`: an answer is \
             acknowledged after the fsync. A page is late by the time from the arrival of an answer until it has read it."
        ),
    );
    let runtime = tokio::runtime::Runtime::new()?;
    // What runs beside the requests goes on as long as the application is there.
    let (ward, _app) = runtime.block_on(ward(&stage.folder().join("activations.sqlite")))?;
    let id = ward.declare()?;
    let (mut waits, mut lags) = ward.minute(&id)?;
    ensure!(waits.len() == RESIDENTS, "{} answers", waits.len());
    ensure!(lags.len() >= RESIDENTS * PAGES, "only {} of {} were seen", lags.len(), RESIDENTS * PAGES);
    for (what, measured, share, limit) in [
        ("one waits at the 99th percentile", &mut waits, 0.99, WAIT),
        ("a page is late, at most", &mut lags, 1.0, LAG),
    ] {
        measured.sort_by(f64::total_cmp);
        let at = |share: f64| measured[((measured.len() - 1) as f64 * share) as usize];
        section.push(Line {
            what: format!("{RESIDENTS} answers in a minute: {what}"),
            target: Target::NeverAbove(limit),
            measured: Spread::one(at(share)),
            unit: Unit::Milliseconds,
            remark: format!("median {:.1} ms, longest {:.1} ms", at(0.5), at(1.0)),
            absolute: String::new(),
        });
    }
    runtime.shutdown_background();
    Ok(section)
}

/// The demo with residents, and their sessions.
struct Ward {
    address: SocketAddr,
    registrar: String,
    residents: Vec<String>,
}

async fn ward(database: &Path) -> anyhow::Result<(Ward, App)> {
    let (clock, random) = (system_clock(), system_random());
    let db = Db::open(&DatabaseUrl::Sqlite(database.to_owned())).await?;
    prepare(&db, &clock, Purpose::Demo).await?;
    seed(&db, &clock, &random).await?;
    let keys = Arc::new(Keyring::draw(&*random));
    let (vault, now) = (Vault::new(keys.clone(), random.clone()), clock.now());
    let residents = db
        .write::<_, RegisterError, _>(move |tx| Box::pin(async move { residents(tx, &vault, now).await }))
        .await?;
    let mut app = App::start(db, clock, random, Purpose::Demo).await?;
    app.register_keys = Some(keys);
    app.keep(&Surface::ALL).await?;
    let registrar = cookie(app.router(super::edits::site()), "registrar").await?;
    let address = served(app.router(super::edits::site())).await?;
    Ok((Ward { address, registrar, residents }, app))
}

/// A building full of residents. Returns their cookies.
async fn residents(tx: &mut Tx, vault: &Vault, now: Timestamp) -> Result<Vec<String>, RegisterError> {
    let random = system_random();
    let facts = HousingFacts {
        name: "【見本】寮".into(),
        address: "【見本】".into(),
        location: Position([139.75, 35.65]),
        note: String::new(),
    };
    let housing = add_housing(tx, vault, &facts).await?;
    let span = Span::new(Date::constant(2026, 1, 1), None);
    let mut cookies = Vec::with_capacity(RESIDENTS);
    for number in 0..RESIDENTS {
        let (staff, account) = (StaffId(random.id()), AccountId(random.id()));
        let token = Token::new(random.bytes());
        sign_in(tx, (staff, account, number), &token, now).await?;
        cookies.push(format!("machiaruki={}", token.reveal()));
        let unit = UnitFacts { name: number.to_string(), closed: false, note: String::new() };
        let unit = add_unit(tx, vault, housing, &unit).await?;
        let Some(span) = span else { continue };
        let facts = ResidencyFacts { staff, span, settled: false, note: String::new(), muster: None };
        add_residency(tx, vault, unit, &facts).await?;
    }
    Ok(cookies)
}

/// Somebody on the roster who is signed in.
async fn sign_in(
    tx: &mut Tx,
    (staff, account, number): (StaffId, AccountId, usize),
    token: &Token,
    now: Timestamp,
) -> Result<(), DbError> {
    let (staff, account, login) = (staff.to_string(), account.to_string(), format!("8{number:05}"));
    for sql in [
        "INSERT INTO staff (id, number, version, created_at) VALUES ($1, $3, 1, $4)",
        "INSERT INTO staff_spell (staff, valid_from, name, search, department, tier, grade, employment)
         SELECT $1, '2020-01-01', '見本 ' || $3, $3, department, tier, grade, employment FROM staff_spell LIMIT 1",
        "INSERT INTO account (id, login, staff, created_at) VALUES ($2, $3, $1, $4)",
    ] {
        on!(tx, conn => sqlx::query(sql).bind(&staff).bind(&account).bind(&login).bind(now.as_microsecond())
            .execute(conn).await.map(|_| ()))?;
    }
    on!(tx, conn => sqlx::query(
        "INSERT INTO session (token, id, account, method, device, created_at, seen_at) VALUES ($1, $2, $3, 'password', '', $4, $4)")
        .bind(token.hash().to_vec()).bind(system_random().id().to_string()).bind(&account)
        .bind(now.as_microsecond()).execute(conn).await.map(|_| ()))?;
    Ok(())
}

impl Ward {
    fn declare(&self) -> anyhow::Result<String> {
        let id = system_random().id().to_string();
        let body =
            json!({ "id": id, "kind": "drill", "title": "【見本】", "message": "【見本】" }).to_string();
        let answer = Client::connect(self.address)?.post("/api/activations", &self.registrar, &body)?;
        ensure!(answer.status == 201, "declared: {}", answer.status);
        Ok(id)
    }

    /// How long each waited, and by how much each page was late for each, in milliseconds.
    fn minute(&self, id: &str) -> anyhow::Result<(Vec<f64>, Vec<f64>)> {
        let (began, next) = (Instant::now(), &AtomicUsize::new(0));
        std::thread::scope(|scope| {
            let pages: Vec<_> = (0..PAGES).map(|_| scope.spawn(|| self.follow(id))).collect();
            let senders: Vec<_> =
                (0..SENDERS).map(|_| scope.spawn(move || self.send_in_turn(id, began, next))).collect();
            let waits = senders.into_iter().map(join).collect::<anyhow::Result<Vec<_>>>()?.concat();
            // So that the last one is seen before the end is.
            std::thread::sleep(Duration::from_secs(3));
            let end = format!("/api/activations/{id}/end");
            let answer = Client::connect(self.address)?.post(&end, &self.registrar, "{}")?;
            ensure!(answer.status == 204, "ended: {}", answer.status);
            let lags = pages.into_iter().map(join).collect::<anyhow::Result<Vec<_>>>()?.concat();
            Ok((waits, lags))
        })
    }

    /// Answers for one resident after the other, each when they are due.
    fn send_in_turn(&self, id: &str, began: Instant, next: &AtomicUsize) -> anyhow::Result<Vec<f64>> {
        let (mut client, mut waits) = (Client::connect(self.address)?, Vec::new());
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(cookie) = self.residents.get(number) else { return Ok(waits) };
            let due = began + WITHIN * number as u32 / RESIDENTS as u32;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let now = system_clock().now().to_string();
            let tap = super::visits::id();
            let body = json!({ "sent_at": now, "answers": [
                { "id": tap, "activation_id": id, "answer": "safe", "answered_at": now }] });
            let answer = client.post("/api/me/activation/answers", cookie, &body.to_string())?;
            let results: Value = serde_json::from_slice(&answer.body)?;
            ensure!(results["results"][0]["status"] == "stored", "{results}");
            waits.push(due.elapsed().as_secs_f64() * 1e3);
        }
    }

    /// Follows the roll-call until it ends. Returns by how much it was late for each answer, in milliseconds.
    fn follow(&self, id: &str) -> anyhow::Result<Vec<f64>> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        let path = format!("/api/activations/{id}/events?after=0");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n",
            self.address, self.registrar
        )?;
        let mut lags = Vec::new();
        for line in BufReader::new(stream).lines() {
            let line = line?;
            if line.starts_with("event: ended") {
                return Ok(lags);
            }
            let Some(data) = line.strip_prefix("data: ") else { continue };
            let (event, now): (Value, _) = (serde_json::from_str(data)?, system_clock().now());
            for row in event["rows"].as_array().context("no rows")? {
                let Some(arrived) = row["received_at"].as_str() else { continue };
                let arrived: Timestamp = arrived.parse()?;
                lags.push(now.duration_since(arrived).as_secs_f64() * 1e3);
            }
        }
        anyhow::bail!("the stream broke off")
    }
}

fn join<T>(thread: ScopedJoinHandle<'_, anyhow::Result<T>>) -> anyhow::Result<T> {
    thread.join().map_err(|_| anyhow::anyhow!("a client panicked"))?
}
