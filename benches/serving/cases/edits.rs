//! One feature edited: how soon readers see it, and what the swap costs in memory.

use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use machiaruki::{
    app::{App, system_clock, system_random},
    catalogue::LayerId,
    db::{DatabaseUrl, Db, DbError, Tx},
    geo::Bbox,
    http::{Municipality, Site},
    on,
    places::Purpose,
    text::Text3,
};
use serde_json::{Map, Value};

use crate::{
    data::{DATASET, code, id},
    http::Client,
    process::{Memory, memory, reset_peak},
    report::{Line, Section, Spread, Target, Unit},
    server::Server,
    stage::Layer,
};

const EDITS: usize = 20;
/// Longer than any edit takes that is worth waiting for.
const PATIENCE: Duration = Duration::from_mins(2);

/// How long after it was asked for an edit was seen, and how long after it was stored.
struct Seen {
    asked: Vec<f64>,
    stored: Vec<f64>,
}

/// Edits by another process, as the command line makes them: seen by the running server, which looks for
/// them, and what the swap costs it in memory.
pub fn across_processes(layer: &Layer, server: &Server) -> anyhow::Result<Section> {
    let mut section = Section::new(
        format!("Swaps in a layer of {}", layer.size()),
        "Another process edits the database of the running server, which looks for such changes. Memory is \
         what the server's process has resident: the highest during the swap by what it was before.",
    );
    let runtime = tokio::runtime::Runtime::new()?;
    let before = memory(server.id())?;
    reset_peak(server.id())?;
    let seen = runtime.block_on(async {
        let db = open(&layer.database).await?;
        let seen = edits(&db, layer, server.address).await;
        db.close().await;
        seen
    })?;
    let after = settled(server)?;
    section.push(
        seen.line("a feature edited by another process, until readers see it", Target::NeverAbove(2000.0)),
    );
    section.push(Line {
        what: format!("memory at most during {EDITS} swaps of one edit each"),
        target: Target::AtMost(1.3),
        measured: Spread::one(after.peak / before.resident),
        unit: Unit::Ratio,
        remark: format!("afterwards {:.2} ×", after.resident / before.resident),
        absolute: format!("{:.0} MiB before, {:.0} MiB at most", before.resident, after.peak),
    });
    for (what, one_in) in [("one feature in a hundred", 100), ("every feature", 1)] {
        let before = memory(server.id())?;
        reset_peak(server.id())?;
        let took = runtime.block_on(touched(layer, server.address, one_in))?;
        let after = settled(server)?;
        section.push(Line {
            what: format!("memory at most when {what} changes at once, as by an import"),
            target: Target::None,
            measured: Spread::one(after.peak / before.resident),
            unit: Unit::Ratio,
            remark: format!("afterwards {:.2} ×", after.resident / before.resident),
            absolute: format!(
                "{:.0} MiB before, {:.0} MiB at most, seen after {took:.1} s",
                before.resident, after.peak
            ),
        });
    }
    Ok(section)
}

/// The peak so far, and what stays once the allocator has had time to give back what is free.
fn settled(server: &Server) -> anyhow::Result<Memory> {
    std::thread::sleep(Duration::from_secs(5));
    memory(server.id())
}

/// Edits by the server's own process: the whole application in this one, over its own HTTP.
pub fn in_process(layers: [(&Layer, f64); 2]) -> anyhow::Result<Section> {
    let mut section = Section::new(
        "One feature edited, until readers see it",
        "The application in one process, over HTTP: from the call that writes, with its fsync, to the first \
         response that shows the edit. The target holds for the slowest.",
    );
    for (layer, most) in layers {
        // A runtime of its own: its end is the end of everything that the application has started.
        let runtime = tokio::runtime::Runtime::new()?;
        runtime.block_on(async {
            let app =
                App::start(open(&layer.database).await?, system_clock(), system_random(), Purpose::Ward)
                    .await?;
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
            let address = listener.local_addr()?;
            tokio::spawn(machiaruki::http::server::serve(
                listener,
                app.router(site()),
                std::future::pending(),
            ));
            let seen = edits(&app.db, layer, address).await?;
            section.push(seen.line(&format!("in a layer of {}", layer.size()), Target::NeverAbove(most)));
            for coding in ["gzip", "br"] {
                section.push(compressed_again(&app.db, layer, address, coding).await?);
            }
            app.db.close().await;
            anyhow::Ok(())
        })?;
        runtime.shutdown_timeout(Duration::from_secs(5));
    }
    Ok(section)
}

impl Seen {
    fn line(&self, what: &str, target: Target) -> Line {
        let stored = Spread::of(self.stored.iter().copied());
        Line {
            what: what.to_owned(),
            target,
            measured: Spread::of(self.asked.iter().copied()),
            unit: Unit::Milliseconds,
            remark: format!("after it was stored: {:.1} ms (at most {:.1})", stored.median, stored.max),
            absolute: String::new(),
        }
    }
}

/// Edits features here and there, one after the other, waiting for each.
async fn edits(db: &Db, layer: &Layer, address: SocketAddr) -> anyhow::Result<Seen> {
    let mut client = Client::connect(address)?;
    let mut seen = Seen { asked: Vec::new(), stored: Vec::new() };
    let step = layer.dataset.points.len() / EDITS;
    for number in 0..EDITS {
        let index = number * step;
        let note = format!("edit {number} at {address}");
        let asked = Instant::now();
        edit(db, index, note.clone()).await?;
        let stored = Instant::now();
        wait_for(&mut client, index, &note)?;
        seen.asked.push(milliseconds(asked));
        seen.stored.push(milliseconds(stored));
    }
    Ok(seen)
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// Asks for a feature until it has that note.
fn wait_for(client: &mut Client, index: usize, note: &str) -> anyhow::Result<()> {
    let path = format!("{}/{}", super::API, id(index));
    let wanted = format!("\"note\":\"{note}\"");
    let started = Instant::now();
    loop {
        let body = client.body(&path, "")?;
        if memchr::memmem::find(&body, wanted.as_bytes()).is_some() {
            return Ok(());
        }
        ensure!(started.elapsed() < PATIENCE, "an edit was not seen within {PATIENCE:?}");
        std::thread::sleep(Duration::from_micros(500));
    }
}

/// How long the first compressed response after an edit takes: only what changed is compressed again.
async fn compressed_again(db: &Db, layer: &Layer, address: SocketAddr, coding: &str) -> anyhow::Result<Line> {
    let path = format!("{}?limit=10000", super::OGC);
    let mut client = Client::connect(address)?;
    let first = Instant::now();
    client.body(&path, coding)?;
    let first = milliseconds(first);
    let mut took = Vec::new();
    for number in 0..EDITS {
        // Among the page's features, so that there is something to compress.
        let index = first_of_page(&mut client)?;
        let note = format!("{coding} {number}");
        edit(db, index, note.clone()).await?;
        wait_for(&mut client, index, &note)?;
        let asked = Instant::now();
        client.body(&path, coding)?;
        took.push(milliseconds(asked));
    }
    Ok(Line {
        what: format!("the first 10,000 of {} as {coding} right after an edit", layer.size()),
        target: Target::None,
        measured: Spread::of(took),
        unit: Unit::Milliseconds,
        remark: format!("the first time of all: {first:.0} ms"),
        absolute: String::new(),
    })
}

fn first_of_page(client: &mut Client) -> anyhow::Result<usize> {
    let page: Value = serde_json::from_slice(&client.body(&format!("{}?limit=1", super::OGC), "")?)?;
    let code = page["features"][0]["properties"]["code"].as_str().context("no code")?;
    Ok(code.trim_start_matches('F').parse()?)
}

async fn open(database: &Path) -> anyhow::Result<Db> {
    Ok(Db::open(&DatabaseUrl::Sqlite(database.to_owned())).await?)
}

/// What the store does for one changed record, without reading a file of all of them.
async fn edit(db: &Db, index: usize, note: String) -> Result<(), DbError> {
    db.write(move |tx| {
        Box::pin(async move {
            let version = bump(tx).await?;
            let key = code(index);
            let stored: String = on!(tx, conn => sqlx::query_scalar(
                "SELECT properties FROM record WHERE dataset = $1 AND key = $2")
                .bind(DATASET).bind(&key).fetch_one(conn).await)?;
            let corrupt = |error: serde_json::Error| DbError::Corrupt(error.to_string());
            let mut properties: Map<String, Value> = serde_json::from_str(&stored).map_err(corrupt)?;
            properties.insert("note".into(), note.into());
            let properties = Value::Object(properties).to_string();
            // Any new digest will do.
            on!(tx, conn => sqlx::query(
                "UPDATE record SET properties = $3, digest = $4, changed_at = changed_at + 1
                 WHERE dataset = $1 AND key = $2")
                .bind(DATASET).bind(&key).bind(&properties).bind(version.to_be_bytes().repeat(2))
                .execute(conn).await.map(|_| ()))?;
            on!(tx, conn => sqlx::query("UPDATE place SET version = $2 WHERE id = $1")
                .bind(id(index).as_str()).bind(version)
                .execute(conn).await.map(|_| ()))?;
            Ok(())
        })
    })
    .await
}

async fn bump(tx: &mut Tx) -> Result<i64, DbError> {
    Ok(on!(tx, conn => sqlx::query_scalar(
        "UPDATE layer SET version = version + 1, changed_at = $2 WHERE id = $1 RETURNING version")
        .bind(LayerId::Facilities.as_str())
        .bind(system_clock().now().as_microsecond())
        .fetch_one(conn).await)?)
}

/// Marks one feature in so many as changed, and waits until the server has read them. Returns seconds.
async fn touched(layer: &Layer, address: SocketAddr, one_in: i64) -> anyhow::Result<f64> {
    let db = open(&layer.database).await?;
    db.write(move |tx| {
        Box::pin(async move {
            let version = bump(tx).await?;
            on!(tx, conn => sqlx::query(
                "UPDATE place SET version = $2 WHERE layer = $1 AND abs(position) % $3 = 0")
                .bind(LayerId::Facilities.as_str()).bind(version).bind(one_in)
                .execute(conn).await.map(|_| ()))?;
            Ok::<(), DbError>(())
        })
    })
    .await?;
    let stored = Instant::now();
    // A layer's versions are read in order: whoever sees the next edit has seen these.
    let note = format!("after one in {one_in}");
    edit(&db, 0, note.clone()).await?;
    db.close().await;
    wait_for(&mut Client::connect(address)?, 0, &note)?;
    Ok(stored.elapsed().as_secs_f64())
}

/// Any ward.
pub fn site() -> Site {
    Site {
        public_url: None,
        municipality: Municipality {
            code: "131032".into(),
            name: Text3::new("港区", "Minato City", "みなとく"),
            bbox: Bbox { west: 139.70, south: 35.62, east: 139.79, north: 35.69 },
        },
        base_map: None,
        embedding: machiaruki::http::Embedding::Anybody,
        demo: false,
        signs_in: true,
        font_folders: Vec::new(),
    }
}
