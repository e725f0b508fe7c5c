//! A ward: a folder, a database in it or on PostgreSQL, and commands upon it.

use std::{path::Path, process::Stdio};

use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection, SqliteConnection};

use super::{PostgresDatabase, Ran, Server, program, run};

/// A ward without a server.
pub struct Ward {
    folder: tempfile::TempDir,
    pub url: String,
    // Goes with the test, after the servers that use it.
    _postgres: Option<PostgresDatabase>,
}

/// A ward on SQLite, and one on PostgreSQL where there is a server.
pub fn on_every_engine() -> Vec<Ward> {
    let mut wards = vec![Ward::new()];
    wards.extend(Ward::on_postgres());
    wards
}

impl Ward {
    /// On SQLite; the database does not exist yet.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("ward.sqlite").display());
        Self { folder, url, _postgres: None }
    }

    /// On PostgreSQL, where there is a server.
    pub fn on_postgres() -> Option<Self> {
        let database = PostgresDatabase::create()?;
        let url = database.url.clone();
        Some(Self { folder: tempfile::tempdir().unwrap(), url, _postgres: Some(database) })
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into the ward's folder and returns its name.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.folder().join(name), content).unwrap();
        name.to_owned()
    }

    /// Runs a command on the ward's database.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        run(self.folder(), &[arguments, &["--database-url", &self.url, "--log", "warn"]].concat())
    }

    /// Starts `serve`.
    pub fn serve(&self) -> Server {
        Server::start(self.folder(), &["serve", "--database-url", &self.url])
    }

    /// Starts `serve` with options.
    pub fn serve_with(&self, options: &[&str]) -> Server {
        Server::start(self.folder(), &[&["serve", "--database-url", &self.url], options].concat())
    }

    /// Imports a file; the report in words.
    pub fn import(&self, layer: &str, file: &str, options: &[&str]) -> Ran {
        self.run(&[&["import", layer, file], options].concat())
    }

    /// Imports a file; the exit code and the report.
    pub fn report(&self, layer: &str, file: &str, options: &[&str]) -> (i32, Value) {
        let ran = self.import(layer, file, &[options, &["--json"]].concat());
        let report = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:#?}"));
        (ran.code, report)
    }

    /// Imports a file, which must be stored; the report.
    #[track_caller]
    pub fn stored(&self, layer: &str, file: &str, options: &[&str]) -> Value {
        let (code, report) = self.report(layer, file, options);
        assert_eq!((code, &report["outcome"]), (0, &json!("stored")), "{report:#}");
        report
    }

    /// A layer as it would be published now, by the export.
    #[track_caller]
    pub fn features(&self, layer: &str) -> Vec<Value> {
        self.run(&["export", layer, "--output", "features.geojson"]).ok();
        let file = std::fs::read(self.folder().join("features.geojson")).unwrap();
        let collection: Value = serde_json::from_slice(&file).unwrap();
        collection["features"].as_array().unwrap().clone()
    }

    /// Runs a statement on the ward's database, as nobody should.
    pub fn execute(&self, statement: &'static str) {
        let run = async {
            if self.url.starts_with("sqlite") {
                let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
                sqlx::query(statement).execute(&mut connection).await.unwrap();
            } else {
                let mut connection = PgConnection::connect(&self.url).await.unwrap();
                sqlx::query(statement).execute(&mut connection).await.unwrap();
            }
        };
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run);
    }

    /// Runs a command in the background, without its output.
    pub fn spawn(&self, arguments: &[&str]) -> std::process::Child {
        let mut command = program(self.folder());
        command.args(arguments).args(["--database-url", &self.url, "--log", "warn"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }
}

/// The layer of that id in the answer of `/api/layers`.
pub fn layer<'a>(document: &'a Value, id: &str) -> &'a Value {
    document["layers"].as_array().unwrap().iter().find(|layer| layer["id"] == id).unwrap()
}

/// A CSV file of places in a row, with further columns.
pub fn csv(names: &[&str]) -> String {
    let rows = names.iter().enumerate().map(|(i, name)| format!("{name},35.65,139.7{i}\n"));
    format!("名称,緯度,経度\n{}", rows.collect::<String>())
}

/// A GeoJSON file of points in a row with these properties.
pub fn geojson(properties: &[Value]) -> String {
    let feature = |(i, properties): (usize, &Value)| {
        json!({
            "type": "Feature",
            "properties": properties,
            "geometry": { "type": "Point", "coordinates": [139.7 + i as f64 / 1000.0, 35.65] },
        })
    };
    let features: Vec<Value> = properties.iter().enumerate().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}
