//! The yearly training of a large ward with a long memory: dashboards, one's own record, and the opening of a year.

mod history;

use std::{
    net::SocketAddr,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use machiaruki::{
    app::{App, prepare, system_clock, system_random},
    auth::Surface,
    commands::seed,
    db::{DatabaseUrl, Db},
    places::Purpose,
    staff::import::{Consent, What, import_file},
};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::{
    http::Client,
    report::{Line, Section, Spread, Target, Unit, percentile},
    server::Server,
    stage::{Stage, grouped},
};

use super::{
    access::{cookie, served},
    engines::{engine_name, on_each},
    roster::{APRIL, PEOPLE, file},
    visits::id,
};

/// How often each question is asked.
const TIMES: usize = 200;
/// What a dashboard may take warm and cold, and one's own record, in milliseconds.
const WARM: f64 = 200.0;
const COLD: f64 = 2_000.0;
const OWN: f64 = 20.0;
/// What opening a year may take, and how long others may wait meanwhile, in milliseconds.
const OPENING: f64 = 60_000.0;
const MEANWHILE: f64 = 300.0;
/// How soon a visit is in the dashboards, in milliseconds.
const SOON: f64 = 5_000.0;
/// Mebibytes of a server that has several years in memory.
const MEMORY: f64 = 500.0;

pub fn run(stage: &Stage) -> anyhow::Result<Section> {
    let years = history::YEARS.count();
    let mut section = Section::new(
        format!(
            "The training of {} people over {years} fiscal years, with {} visits",
            grouped(PEOPLE),
            grouped(PEOPLE * years * history::VISITS_A_YEAR)
        ),
        format!(
            "Over HTTP to the whole application in one process, as HR, as a manager and as somebody with their own record, {TIMES} times \
             each; a question is cold when its year is not in memory. PostgreSQL runs on the same machine, without fsync."
        ),
    );
    let runtime = Runtime::new()?;
    on_each(stage, "training", &runtime, |url| {
        let bench = runtime.block_on(Bench::start(url))?;
        bench.measure(&runtime, &mut section)?;
        let engine = engine_name(&bench.app.db);
        runtime.block_on(bench.app.stop());
        drop(bench);
        if let DatabaseUrl::Sqlite(file) = url {
            memory(stage, file, engine, &mut section)?;
        }
        Ok(())
    })?;
    runtime.shutdown_background();
    Ok(section)
}

/// A running application with the whole history.
struct Bench {
    app: App,
    engine: &'static str,
    address: SocketAddr,
    hr: String,
    manager: String,
    walker: String,
    routes: Vec<Value>,
}

impl Bench {
    async fn start(url: &DatabaseUrl) -> anyhow::Result<Self> {
        let (clock, random) = (system_clock(), system_random());
        let db = Db::open(url).await?;
        let engine = engine_name(&db);
        prepare(&db, &clock, Purpose::Demo).await?;
        seed(&db, &clock, &random).await?;
        let what = What {
            file_name: "roster.csv".into(),
            effective_on: APRIL,
            account: None,
            consent: Consent { refused_rows: false, leavers: true },
            shown: None,
        };
        import_file(&db, &clock, &random, file(0).into_bytes(), what, false).await?;
        let app = App::start(db, clock, random, Purpose::Demo).await?;
        let router = app.router(super::edits::site());
        let sign_in = |persona| cookie(router.clone(), persona);
        let (hr, manager, walker) =
            (sign_in("hr").await?, sign_in("manager").await?, sign_in("staff").await?);
        let address = served(router).await?;
        let mut bench = Self { app, engine, address, hr, manager, walker, routes: Vec::new() };
        let client = || Client::connect(address);
        let routes = ask(&mut client()?.with_cookie(&bench.walker), "/api/routes")?.1;
        bench.routes = routes["routes"].as_array().context("the demo has no routes")?.clone();
        bench.visit(&mut client()?, &bench.hr, 0)?;
        // The years of the demo's programmes open before there is any history.
        bench.app.training.look().await?;
        let began = Instant::now();
        let visits = history::write(&bench.app.db, &bench.routes).await?;
        history::write_past_years(&bench.app.db).await?;
        println!(
            "  {engine}: {} visits, written in {:.0} s",
            grouped(visits as usize),
            began.elapsed().as_secs_f64()
        );
        bench.app.keep(&Surface::ALL).await?;
        Ok(bench)
    }
}

impl Bench {
    fn client(&self, cookie: &str) -> anyhow::Result<Client> {
        Ok(Client::connect(self.address)?.with_cookie(cookie))
    }

    fn measure(&self, runtime: &Runtime, section: &mut Section) -> anyhow::Result<()> {
        self.cold(section)?;
        self.warm(section)?;
        self.own(section)?;
        self.new_visits(section)?;
        self.opening(runtime, section)
    }

    fn push(&self, section: &mut Section, what: &str, target: Target, took: Spread, remark: String) {
        section.push(Line {
            what: format!("{}: {what}", self.engine),
            target,
            measured: took,
            unit: Unit::Milliseconds,
            remark,
            absolute: String::new(),
        });
    }

    /// The first question of each year: no more are kept than are asked for in between.
    fn cold(&self, section: &mut Section) -> anyhow::Result<()> {
        let mut hr = self.client(&self.hr)?;
        let (mut took, mut due) = (Vec::new(), 0);
        for year in history::YEARS {
            let (time, report) = ask(&mut hr, &report(year, "division"))?;
            due = report["total"]["count"]["due"].as_u64().unwrap_or_default();
            ensure!(due >= PEOPLE as u64, "{year}: {report}");
            took.push(time);
        }
        let remark = format!("{} people each", grouped(due as usize));
        self.push(
            section,
            "a year's first dashboard, cold",
            Target::NeverAbove(COLD),
            Spread::of(took),
            remark,
        );
        Ok(())
    }

    fn warm(&self, section: &mut Section) -> anyhow::Result<()> {
        let last = *history::YEARS.end();
        for (what, cookie, path) in [
            ("HR, by division", &self.hr, report(last, "division")),
            ("HR, by department", &self.hr, report(last, "department")),
            ("HR, by tier", &self.hr, report(last, "tier")),
            ("HR, by employment", &self.hr, report(last, "employment")),
            ("HR, by month", &self.hr, report(last, "month")),
            ("HR, as of a past day", &self.hr, format!("{}&as_of=2026-06-30", report(last, "department"))),
            ("HR, a past year by month", &self.hr, report(last - 1, "month")),
            (
                "HR, a page of 200 who are missing",
                &self.hr,
                format!("/api/training/people?fiscal_year={last}&limit=200"),
            ),
            ("a manager, by department", &self.manager, report(last, "department")),
            (
                "where walks went, over five years",
                &self.hr,
                format!("/api/training/coverage?fiscal_year={last}"),
            ),
            ("a manager, by month", &self.manager, report(last, "month")),
        ] {
            let mut client = self.client(cookie)?;
            ask(&mut client, &path)?;
            let took = times(&mut client, &path)?;
            let remark = format!("longest of {TIMES}: {:.1} ms", took.max);
            self.push(
                section,
                &format!("{what}, 99th percentile"),
                Target::NeverAbove(WARM),
                Spread::one(took.p99),
                remark,
            );
        }
        Ok(())
    }

    fn own(&self, section: &mut Section) -> anyhow::Result<()> {
        let mut walker = self.client(&self.walker)?;
        let last = *history::YEARS.end();
        for (what, year) in [("this year", last), ("a past year", last - 1)] {
            let path = format!("/api/me/training?fiscal_year={year}");
            let (_, own) = ask(&mut walker, &path)?;
            let walks = own["walks"].as_array().map_or(0, Vec::len);
            ensure!(year == last || walks > 0, "nothing was walked in {year}: {own}");
            let took = times(&mut walker, &path)?;
            let remark = format!("{walks} walks; longest of {TIMES}: {:.1} ms", took.max);
            self.push(
                section,
                &format!("one's own record, {what}, 99th percentile"),
                Target::NeverAbove(OWN),
                Spread::one(took.p99),
                remark,
            );
        }
        Ok(())
    }

    /// Somebody walks a route: at once in their own record, and soon in the dashboards.
    fn new_visits(&self, section: &mut Section) -> anyhow::Result<()> {
        let (mut hr, mut walker) = (self.client(&self.hr)?, self.client(&self.walker)?);
        let path = report(*history::YEARS.end(), "division");
        let completed =
            |hr: &mut Client| anyhow::Ok(ask(hr, &path)?.1["total"]["count"]["completed"].as_u64());
        let before = completed(&mut hr)?.context("nobody is counted")?;
        let sent = Instant::now();
        self.visit(&mut walker, &self.walker, 0)?;
        let (_, own) = ask(&mut walker, "/api/me/training")?;
        ensure!(own["obligations"][0]["completed_on"].is_string(), "it is not in their own record: {own}");
        while completed(&mut hr)? != Some(before + 1) {
            ensure!(sent.elapsed() < Duration::from_mins(1), "it is not in the dashboard after a minute");
            std::thread::sleep(Duration::from_millis(20));
        }
        let took = Spread::one(sent.elapsed().as_secs_f64() * 1e3);
        self.push(
            section,
            "a walk is in the dashboard",
            Target::NeverAbove(SOON),
            took,
            "in their own record at once".into(),
        );
        Ok(())
    }

    /// A new programme for everybody, while others walk and look at their records.
    fn opening(&self, runtime: &Runtime, section: &mut Section) -> anyhow::Result<()> {
        let year = *history::YEARS.end();
        let mut hr = self.client(&self.hr)?;
        let rule = json!({ "title": { "ja": "計測用", "en": "measured", "easy": "" }, "requirement": { "routes": 2 },
            "deadline": "03-31" });
        let new = json!({ "code": "measured", "frequency": "yearly", "fiscal_year": year, "rule": rule });
        let made = hr.post("/api/programmes", &self.hr, &new.to_string())?;
        ensure!(made.status == 201, "{}", String::from_utf8_lossy(&made.body));
        let made: Value = serde_json::from_slice(&made.body)?;
        let path = format!("/api/programmes/{}/years/{year}/open", text(&made["id"])?);
        let opened = AtomicBool::new(false);
        let (took, waits) = std::thread::scope(|scope| {
            let meanwhile = scope.spawn(|| {
                let (mut walker, mut waits) = (self.client(&self.walker)?, Vec::new());
                while !opened.load(Ordering::Relaxed) {
                    let began = Instant::now();
                    self.visit(&mut walker, &self.walker, 1)?;
                    ask(&mut walker, "/api/me/training")?;
                    waits.push(began.elapsed().as_secs_f64() * 1e3);
                }
                anyhow::Ok(waits)
            });
            let began = Instant::now();
            let headers = format!("Cookie: {}\r\nIf-Match: \"1\"\r\n", self.hr);
            let answer = hr.post_with(&path, &headers, "");
            let took = began.elapsed().as_secs_f64() * 1e3;
            opened.store(true, Ordering::Relaxed);
            let answer = answer?;
            ensure!(answer.status == 200, "{}", String::from_utf8_lossy(&answer.body));
            let waits = meanwhile.join().map_err(|_| anyhow::anyhow!("a client panicked"))??;
            anyhow::Ok((took, waits))
        })?;
        let asked = format!("{}&programme={}", report(year, "division"), text(&made["id"])?);
        let (_, report) = ask(&mut hr, &asked)?;
        ensure!(report["total"]["count"]["due"].as_u64() >= Some(PEOPLE as u64), "{report}");
        self.push(
            section,
            "a programme opens for everybody",
            Target::NeverAbove(OPENING),
            Spread::one(took),
            String::new(),
        );
        let remark = format!("{} times; longest {:.0} ms", waits.len(), Spread::of(waits.clone()).max);
        let wait = Spread::one(percentile(waits, 0.99));
        self.push(
            section,
            "meanwhile, visits to a whole route and one's own record, 99th percentile",
            Target::NeverAbove(MEANWHILE),
            wait,
            remark,
        );
        // What came in meanwhile is derived before the next engine's turn.
        runtime.block_on(self.app.training.look())?;
        Ok(())
    }

    /// Somebody visits every stop of a route.
    fn visit(&self, client: &mut Client, cookie: &str, route: usize) -> anyhow::Result<()> {
        let route = &self.routes[route];
        let now = system_clock().now().strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string();
        let stops = route["stops"].as_array().context("a route has no stops")?;
        let visits: Vec<Value> = stops
            .iter()
            .map(|stop| {
                json!({
                    "id": id(), "route_version_id": route["route_version_id"], "stop_id": stop["stop_id"], "at": now,
                    "evidence": [{ "kind": "self" },
                        { "kind": "gps", "location": stop["location"], "accuracy_m": 8, "age_s": 1 }],
                })
            })
            .collect();
        let answer = client.post("/api/visits", cookie, &json!({ "visits": visits }).to_string())?;
        let results: Value = serde_json::from_slice(&answer.body)?;
        let results = results["results"].as_array().context("no results")?;
        ensure!(results.iter().all(|result| result["status"] == "stored"), "{results:?}");
        Ok(())
    }
}

/// What a server has resident that was asked for more years than it keeps.
fn memory(stage: &Stage, file: &Path, engine: &str, section: &mut Section) -> anyhow::Result<()> {
    let folder = stage.folder().join("training");
    std::fs::create_dir(&folder)?;
    std::fs::rename(file, folder.join("demo.sqlite"))?;
    let server = Server::demo(&folder, &stage.log("training"))?;
    let mut hr = server.client()?;
    let signed_in = hr.post("/api/demo/sign-in", "", r#"{"persona":"hr"}"#)?;
    let cookie = signed_in.cookie.split(';').next().unwrap_or_default().to_owned();
    let mut hr = server.client()?.with_cookie(&cookie);
    for year in history::YEARS {
        ask(&mut hr, &report(year, "month"))?;
    }
    let memory = server.memory()?;
    section.push(Line {
        what: format!("{engine}: memory of a server that was asked for every year"),
        target: Target::NeverAbove(MEMORY),
        measured: Spread::one(memory.peak),
        unit: Unit::Mebibytes,
        remark: format!("at most; {:.0} MiB afterwards", memory.resident),
        absolute: String::new(),
    });
    drop(server);
    // It is large, and what comes after it wants the disk.
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

fn report(year: i16, by: &str) -> String {
    format!("/api/training/report?fiscal_year={year}&by={by}")
}

/// How long a question takes, in milliseconds, and the answer.
fn ask(client: &mut Client, path: &str) -> anyhow::Result<(f64, Value)> {
    let asked = Instant::now();
    let body = client.body(path, "")?;
    Ok((asked.elapsed().as_secs_f64() * 1e3, serde_json::from_slice(&body)?))
}

/// The slower answers to a question that is asked many times.
struct Slow {
    p99: f64,
    max: f64,
}

fn times(client: &mut Client, path: &str) -> anyhow::Result<Slow> {
    let took = (0..TIMES).map(|_| Ok(ask(client, path)?.0)).collect::<anyhow::Result<Vec<f64>>>()?;
    Ok(Slow { max: Spread::of(took.clone()).max, p99: percentile(took, 0.99) })
}

fn text(value: &Value) -> anyhow::Result<&str> {
    value.as_str().context("not a text")
}
