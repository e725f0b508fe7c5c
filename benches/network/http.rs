//! Paths over HTTP: the application in this process, behind its own accept loop, asked by somebody signed in.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::ensure;
use machiaruki::{
    app::{App, prepare, system_clock, system_random},
    auth::Persona,
    commands::seed,
    db::{DatabaseUrl, Db},
    network::{
        import::{NetworkImport, import_network},
        store,
    },
    places::Purpose,
};
use serde_json::json;

use crate::{http::Client, stage::Stage};

use super::{Point, microseconds};

/// A server with the network of the extract, and connections of several people: each may ask so much a second.
pub struct Served {
    clients: Vec<(Client, String)>,
    _runtime: tokio::runtime::Runtime,
}

impl Served {
    pub fn start(stage: &Stage, extract: &[u8]) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Runtime::new()?;
        let address = runtime.block_on(serve(stage, extract))?;
        let mut clients = Vec::new();
        for persona in Persona::ALL {
            let mut client = Client::connect(address)?;
            let signed =
                client.post("/api/demo/sign-in", "", &json!({ "persona": persona.as_str() }).to_string())?;
            ensure!(signed.status < 300, "{} was not signed in: {}", persona.as_str(), signed.status);
            let cookie = signed.cookie.split(';').next().unwrap_or_default().to_owned();
            clients.push((client, cookie));
        }
        Ok(Self { clients, _runtime: runtime })
    }

    /// How long each path takes, in microseconds.
    pub fn ask(&mut self, pairs: &[Vec<Point>]) -> anyhow::Result<Vec<f64>> {
        let mut times = Vec::new();
        for (index, pair) in pairs.iter().enumerate() {
            let body = json!({ "points": pair }).to_string();
            let person = index % self.clients.len();
            let (client, cookie) = &mut self.clients[person];
            loop {
                let started = Instant::now();
                let answer = client.post("/api/network/path", cookie, &body)?;
                let took = microseconds(started.elapsed());
                match answer.status {
                    200 => break times.push(took),
                    // More than one person may ask at once: their turn comes again.
                    429 => std::thread::sleep(Duration::from_secs(5)),
                    other => anyhow::bail!("a path is answered with {other}"),
                }
            }
        }
        Ok(times)
    }
}

async fn serve(stage: &Stage, extract: &[u8]) -> anyhow::Result<SocketAddr> {
    let (clock, random) = (system_clock(), system_random());
    let db = Db::open(&DatabaseUrl::Sqlite(stage.folder().join("paths.sqlite"))).await?;
    prepare(&db, &clock, Purpose::Demo).await?;
    seed(&db, &clock, &random).await?;
    // Shibuya alone, as Valhalla has it.
    db.write(|tx| Box::pin(async move { store::remove(tx, "demo-network").await })).await?;
    let what = NetworkImport {
        id: "bench".into(),
        source: "OpenStreetMap".into(),
        licence: "ODbL 1.0".into(),
        attribution: None,
        area: None,
        sample: false,
        dry_run: false,
    };
    import_network(&db, &clock, what, &[("shibuya.osm.pbf".into(), extract.to_vec())]).await?;
    let app = App::start(db, clock, random, Purpose::Demo).await?;
    let router = app.router(crate::cases::edits::site());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(machiaruki::http::server::serve(listener, router, std::future::pending()));
    Ok(address)
}
