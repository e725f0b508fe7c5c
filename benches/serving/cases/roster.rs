//! The roster of a large city: how long its page takes at the server, and how long its file takes to be taken in.

use std::{fmt::Write as _, time::Instant};

use anyhow::{Context as _, ensure};
use machiaruki::{
    app::{App, prepare, system_clock, system_random},
    auth::Surface,
    clock::Date,
    commands::seed,
    db::{DatabaseUrl, Db},
    places::Purpose,
    staff::import::{Consent, What, import_file},
    training::store::looked,
};

use crate::{
    http::Client,
    report::{Line, Section, Spread, Target, Unit, percentile},
    stage::{Stage, grouped},
};

use super::{
    access::{cookie, served},
    engines::{engine_name, on_each},
};

/// How many people there are besides those of the demo, who look at them.
pub(super) const PEOPLE: usize = 60_000;
/// How often each page is asked for.
const TIMES: usize = 100;
/// What a page may take at the server, in milliseconds.
const PAGE: f64 = 50.0;
/// What a file may take, in milliseconds.
const FILE: f64 = 30_000.0;
/// The day of the demo's roster.
pub(super) const APRIL: Date = Date::constant(2026, 4, 1);

pub fn run(stage: &Stage) -> anyhow::Result<Section> {
    let mut section = Section::new(
        format!("A roster of {} people", grouped(PEOPLE)),
        format!(
            "What an HR officer asks for on `/roster`, over HTTP to the whole application in one process: the look-up of the \
             session, the page and the number of all who match, and the entry of the audit log with its fsync. {TIMES} \
             times each; the target holds for the 95th percentile. PostgreSQL runs on the same machine, without fsync."
        ),
    );
    let runtime = tokio::runtime::Runtime::new()?;
    on_each(stage, "roster", &runtime, |url| runtime.block_on(measure(url, &mut section)))?;
    runtime.shutdown_background();
    Ok(section)
}

/// The people of a year, after those of the demo. In the second, a fifth has moved, a twentieth has left, and as many
/// have come.
pub(super) fn file(year: usize) -> String {
    let mut text = include_str!("../../../geodata/roster.sample.csv").trim_end().to_owned();
    let first = year * PEOPLE / 20;
    for number in first..first + PEOPLE {
        let moved = if number % 5 == 0 { year * 13 } else { 0 };
        let place = (number * 7 + moved) % 300;
        let (division, section) = (place / 30, place / 6);
        let grade = match number % 40 {
            0 => "部長",
            1..=3 => "課長",
            4..=10 => "係長",
            11..=20 => "主任",
            _ => "係員",
        };
        // Writing into memory cannot fail.
        let _ = write!(
            text,
            "\n{},見本 太郎{number},ミホン タロウ,,部{division},課{section},係{place},{grade},常勤,,,,,,,s{number}@staff.example.jp",
            1_000_000 + number,
        );
    }
    text
}

async fn measure(url: &DatabaseUrl, section: &mut Section) -> anyhow::Result<()> {
    let (clock, random) = (system_clock(), system_random());
    let db = Db::open(url).await?;
    let engine = engine_name(&db);
    prepare(&db, &clock, Purpose::Demo).await?;
    seed(&db, &clock, &random).await?;
    for (year, effective_on, words) in [
        (0, APRIL, "everybody is new"),
        (1, clock.today(), "a fifth has moved, a twentieth left and as many came"),
    ] {
        let what = What {
            file_name: "roster.csv".into(),
            effective_on,
            account: None,
            consent: Consent { refused_rows: false, leavers: true },
            shown: None,
        };
        let began = Instant::now();
        let (_, done) = import_file(&db, &clock, &random, file(year).into_bytes(), what, false).await?;
        let took = began.elapsed();
        let counts = done.context("nothing was taken in")?.counts;
        let expected = if year == 0 { PEOPLE } else { PEOPLE / 20 };
        ensure!(counts.joined == expected as u64 && counts.refused == 0, "{counts:?}");
        section.push(Line {
            what: format!("{engine}: a file where {words}"),
            target: Target::NeverAbove(FILE),
            measured: Spread::one(took.as_secs_f64() * 1e3),
            unit: Unit::Milliseconds,
            remark: "read, compared, stored".to_owned(),
            absolute: String::new(),
        });
    }
    let today = clock.today();
    let app = App::start(db, clock, random, Purpose::Demo).await?;
    app.keep(&Surface::ALL).await?;
    let cookie = cookie(app.router(super::edits::site()), "hr").await?;
    let address = served(app.router(super::edits::site())).await?;
    let mut client = Client::connect(address)?.with_cookie(&cookie);
    // Everybody is new: the training assesses them once, whoever asks for what meanwhile.
    let mut took = Vec::new();
    while looked(&mut app.db.read().await?).await?.on != Some(today) {
        let asked = Instant::now();
        client.body("/api/staff?limit=100", "")?;
        took.push(asked.elapsed().as_secs_f64() * 1e3);
    }
    section.push(Line {
        what: format!("{engine}: a page of 100, while the training assesses all of them for the first time"),
        target: Target::None,
        remark: format!("{} times", took.len()),
        measured: Spread::of(took),
        unit: Unit::Milliseconds,
        absolute: String::new(),
    });
    pages(&mut client, engine, section)?;
    app.stop().await;
    Ok(())
}

/// Asks for every kind of page.
fn pages(client: &mut Client, engine: &str, section: &mut Section) -> anyhow::Result<()> {
    let everybody = PEOPLE + 60;
    let document = json(client, "/api/departments")?;
    let department =
        document["departments"][0]["id"].as_str().context("there are no departments")?.to_owned();
    let (last, past) = (1_000_000 + PEOPLE + PEOPLE / 20 - 30, "as_of=2026-04-01");
    // What is asked, and how many match where that is known.
    for (what, query, total) in [
        ("the first page", String::new(), Some(everybody)),
        ("a page of 100", "limit=100".into(), Some(everybody)),
        ("the last page", format!("after={last}"), Some(everybody)),
        ("a number", format!("q={last}"), Some(1)),
        ("a name that nearly all have", "q=%E5%A4%AA%E9%83%8E".into(), Some(PEOPLE)),
        ("a name that one has", format!("q=%E5%A4%AA%E9%83%8E{}", PEOPLE - 1), Some(1)),
        ("a name that nobody has", "q=%E3%81%84%E3%81%AA%E3%81%84".into(), Some(0)),
        ("a department and those below", format!("department={department}"), None),
        ("a tier", "tier=manager".into(), None),
        ("an employment that nearly all have", "employment=regular".into(), None),
        ("a past day", past.into(), Some(everybody)),
        ("a name on a past day", format!("{past}&q=%E5%A4%AA%E9%83%8E12"), None),
        ("who left", "state=left".into(), None),
        ("who is absent", "state=absent".into(), None),
    ] {
        let path = format!("/api/staff?{query}");
        let found = json(client, &path)?;
        if let Some(total) = total {
            ensure!(found["total"] == total, "{path}: {} match, and not {total}", found["total"]);
        }
        let mut took = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let asked = Instant::now();
            client.body(&path, "")?;
            took.push(asked.elapsed().as_secs_f64() * 1e3);
        }
        section.push(Line {
            what: format!("{engine}: {what}, 95th percentile"),
            target: Target::NeverAbove(PAGE),
            measured: Spread::one(percentile(took.clone(), 0.95)),
            unit: Unit::Milliseconds,
            remark: format!(
                "{} match; median {:.1} ms, longest {:.1} ms",
                grouped(found["total"].as_u64().unwrap_or_default() as usize),
                Spread::of(took.clone()).median,
                Spread::of(took).max
            ),
            absolute: String::new(),
        });
    }
    Ok(())
}

fn json(client: &mut Client, path: &str) -> anyhow::Result<serde_json::Value> {
    Ok(serde_json::from_slice(&client.body(path, "")?)?)
}
