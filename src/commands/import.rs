//! `machiaruki import`: a file into a layer, or files into the pedestrian network, with a report of what was done.

use std::{
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Context as _;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    app::{prepare, system_clock},
    catalogue::LayerId,
    clock::Date,
    config::DatabaseConfig,
    db::Db,
    network::import::NetworkImport,
    places::{
        DatasetId, Import, ImportOptions, Note, Obstacle, Outcome, Progress, Purpose, Refused, Report,
        import, slug,
    },
};

use super::import_network;

/// Import a file into a layer.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct ImportCommand {
    /// The layer: routes, stops, organisations, councils, shelters, facilities, schools,
    /// `school_districts`, districts, localities or boundary; or network
    #[arg(value_name = "LAYER|network")]
    target: Target,
    /// The file: GeoJSON, a JSON array with latitude and longitude, or CSV in UTF-8 or CP932. For the
    /// network one or more: OpenStreetMap (.osm, .osm.pbf), or 歩行空間ネットワーク as CSV or GeoJSON
    #[arg(required = true)]
    file: Vec<PathBuf>,
    #[command(flatten)]
    database: DatabaseConfig,
    /// The dataset that the file belongs to; LAYER-FILE when not given. What a new file of a dataset no
    /// longer contains is retired
    #[arg(long, env = "MACHIARUKI_DATASET", value_name = "ID")]
    dataset: Option<DatasetId>,
    /// The fields or columns that tell records apart, separated by commas; chosen when not given
    #[arg(long, env = "MACHIARUKI_KEY", value_delimiter = ',', value_name = "FIELDS")]
    key: Option<Vec<String>>,
    /// A field that every record gets, such as kind=aed
    #[arg(long = "set", env = "MACHIARUKI_SET", value_name = "FIELD=VALUE", value_parser = assignment, value_delimiter = ',')]
    set: Vec<(String, String)>,
    /// The dataset's title
    #[arg(long, env = "MACHIARUKI_TITLE")]
    title: Option<String>,
    /// Who made the data
    #[arg(long, env = "MACHIARUKI_SOURCE")]
    source: Option<String>,
    /// Where the data was found
    #[arg(long, env = "MACHIARUKI_SOURCE_URL", value_name = "URL")]
    source_url: Option<String>,
    /// The data's licence
    #[arg(long, env = "MACHIARUKI_LICENCE")]
    licence: Option<String>,
    /// Where the licence can be read
    #[arg(long, env = "MACHIARUKI_LICENCE_URL", value_name = "URL")]
    licence_url: Option<String>,
    /// What must be said wherever the data is shown
    #[arg(long, env = "MACHIARUKI_ATTRIBUTION")]
    attribution: Option<String>,
    /// The day that the data describes
    #[arg(long, env = "MACHIARUKI_AS_OF", value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// The department that looks after the data
    #[arg(long, env = "MACHIARUKI_STEWARD")]
    steward: Option<String>,
    /// Within how many days the data is to be confirmed again
    #[arg(long, env = "MACHIARUKI_REFRESH_DAYS", value_name = "DAYS", value_parser = clap::value_parser!(i64).range(1..=36_500))]
    refresh_days: Option<i64>,
    /// The day on which somebody confirmed that the data is true; today when the file brings something new
    #[arg(long, env = "MACHIARUKI_LAST_CONFIRMED", value_name = "YYYY-MM-DD")]
    last_confirmed: Option<Date>,
    /// The area that a source of the network covers: west,south,east,north or a GeoJSON file with polygons.
    /// What is outside is left out
    #[arg(long, env = "MACHIARUKI_AREA", value_name = "BOX|FILE")]
    area: Option<String>,
    /// Mark every record as 見本 (invented)
    #[arg(long, env = "MACHIARUKI_SAMPLE")]
    sample: bool,
    /// Say what would happen and change nothing
    #[arg(long, env = "MACHIARUKI_DRY_RUN")]
    dry_run: bool,
    /// Import the valid rows even when others are refused
    #[arg(long, env = "MACHIARUKI_ACCEPT_VALID")]
    accept_valid: bool,
    /// Go on even when most of the dataset would be retired
    #[arg(long, env = "MACHIARUKI_ACCEPT_VANISHED")]
    accept_vanished: bool,
    /// Print the report as JSON
    #[arg(long, env = "MACHIARUKI_JSON")]
    json: bool,
}

/// Where a file goes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Target {
    Layer(LayerId),
    Network,
}

impl std::str::FromStr for Target {
    type Err = <LayerId as std::str::FromStr>::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "network" { Ok(Self::Network) } else { text.parse().map(Self::Layer) }
    }
}

fn assignment(text: &str) -> Result<(String, String), String> {
    let (field, value) = text.split_once('=').ok_or("FIELD=VALUE is expected, such as kind=aed")?;
    Ok((field.trim().to_owned(), value.trim().to_owned()))
}

impl ImportCommand {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let layer = match self.target {
            Target::Layer(layer) => layer,
            Target::Network => return self.into_network().await,
        };
        anyhow::ensure!(self.area.is_none(), "--area is for the network alone");
        let [file] = &self.file[..] else {
            anyhow::bail!("a layer takes one file at a time; only the network takes several");
        };
        let url = &self.database.database_url;
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let db = Db::open(url).await.with_context(|| format!("cannot open {url}"))?;
        let clock = system_clock();
        prepare(&db, &clock, Purpose::Ward).await?;
        let file_name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        let dataset = self.dataset.unwrap_or_else(|| slug(layer.as_str(), &stem));
        let what = Import {
            layer,
            file_name,
            dataset,
            options: ImportOptions {
                key: self.key,
                constants: self.set,
                mapping: Vec::new(),
                expected_plan: None,
                title: self.title,
                source: self.source,
                source_url: self.source_url,
                licence: self.licence,
                licence_url: self.licence_url,
                attribution: self.attribution,
                as_of: self.as_of,
                steward: self.steward,
                refresh_days: self.refresh_days,
                last_confirmed: self.last_confirmed,
                sample: self.sample,
                dry_run: self.dry_run,
                accept_valid: self.accept_valid,
                accept_vanished: self.accept_vanished,
                into_demo: false,
            },
        };
        let bar = Arc::new(Bar::new());
        let report = import(&db, &*clock, what, &bytes, bar.clone()).await;
        bar.clear();
        let report = report?;
        db.close().await;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&report)?);
        } else {
            print(&report);
        }
        Ok(match report.outcome {
            Outcome::Stored | Outcome::Unchanged | Outcome::DryRun => ExitCode::SUCCESS,
            Outcome::Stopped => ExitCode::FAILURE,
        })
    }

    async fn into_network(self) -> anyhow::Result<ExitCode> {
        let of_layers =
            self.key.is_some() || !self.set.is_empty() || self.accept_valid || self.accept_vanished;
        anyhow::ensure!(
            !of_layers,
            "--key, --set, --accept-valid and --accept-vanished are for layers, not for the network"
        );
        let stem = self.file[0].file_stem().unwrap_or_default().to_string_lossy();
        // `shibuya.osm.pbf` and `shibuya.osm` are the same source.
        let stem = stem.strip_suffix(".osm").unwrap_or(&stem).to_owned();
        let what = NetworkImport {
            id: self.dataset.unwrap_or_else(|| slug("network", &stem)).to_string(),
            source: self.source.context("say who made the data with --source")?,
            licence: self.licence.context("say under which licence the data is with --licence")?,
            attribution: self.attribution,
            area: self.area,
            sample: self.sample,
            dry_run: self.dry_run,
        };
        import_network::run(&self.database.database_url, &self.file, what, self.json).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A progress bar on standard error; nothing where that is no terminal.
struct Bar {
    bar: ProgressBar,
    stage: Mutex<&'static str>,
}

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg:8} {bar:30} {human_pos}/{human_len} {eta}") {
            bar.set_style(style);
        }
        Self { bar, stage: Mutex::new("") }
    }

    fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn advance(&self, stage: &'static str, done: u64, total: Option<u64>) {
        let mut known = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        if *known != stage {
            *known = stage;
            self.bar.set_message(stage);
            self.bar.reset();
        }
        self.bar.set_length(total.unwrap_or(done));
        self.bar.set_position(done);
    }
}

/// A report on paper lists at most this many of anything.
const SHOWN: usize = 10;

fn print(report: &Report) {
    let ended = match report.outcome {
        Outcome::Stored => "stored",
        Outcome::Unchanged => "nothing to change",
        Outcome::DryRun => "dry run: nothing was stored",
        Outcome::Stopped => "nothing was stored",
    };
    println!("{}: {ended}", report.file);
    match report.obstacle {
        Some(Obstacle::RefusedRows) => {
            println!("  rows are refused: mend them, or import the others with --accept-valid");
        }
        Some(Obstacle::MostWouldVanish) => {
            println!("  most of the dataset is not in this file: if that is right, add --accept-vanished");
        }
        None => {}
    }
    let new = if report.dataset_is_new { " (new)" } else { "" };
    println!("  layer {}, dataset {}{new}", report.layer, report.dataset);
    println!("  {} in {}", report.format, report.encoding);
    let chosen = if report.key_was_chosen { " (chosen; --key says another)" } else { "" };
    println!("  key: {}{chosen}", report.key.join(", "));
    println!(
        "  read {}, added {}, changed {}, unchanged {}, vanished {}, returned {}, repaired {}, refused {}",
        report.read,
        report.added,
        report.changed,
        report.unchanged,
        report.vanished,
        report.returned,
        report.repaired_count,
        report.refused_count
    );
    for (field, value) in &report.constants {
        println!("  every record has {field} = {value}");
    }
    if !report.ignored_columns.is_empty() {
        println!("  columns that are not stored: {}", report.ignored_columns.join(", "));
    }
    let notes = |notes: &[Note]| -> Vec<String> {
        notes.iter().map(|note| format!("{}: {}", note.at, note.text)).collect()
    };
    let refused: Vec<String> =
        report.refused.iter().map(|row: &Refused| format!("{}: {}", row.at, row.reason)).collect();
    let linked = |linked: &[crate::places::Linked]| -> Vec<String> {
        linked.iter().map(|one| format!("{}: {} → {}", one.at, one.key, one.place)).collect()
    };
    let repaired = counted(&report.repaired);
    list("refused", &refused, report.refused_count);
    list("repaired", &repaired, report.repaired_count);
    list("cells left out", &notes(&report.left_out), report.left_out_count);
    list("vanished (retired from today)", &report.vanished_keys, report.vanished);
    list("linked to places of other datasets", &linked(&report.linked), report.linked.len() as u64);
    list(
        "perhaps places of other datasets, not linked",
        &linked(&report.ambiguous),
        report.ambiguous.len() as u64,
    );
}

/// Each text once, with the first place where it holds and how many more there are.
fn counted(notes: &[Note]) -> Vec<String> {
    let mut lines: Vec<(&Note, usize)> = Vec::new();
    for note in notes {
        match lines.iter_mut().find(|(known, _)| known.text == note.text) {
            Some((_, count)) => *count += 1,
            None => lines.push((note, 0)),
        }
    }
    let line = |(note, more): (&Note, usize)| match more {
        0 => format!("{}: {}", note.at, note.text),
        more => format!("{} and {more} more: {}", note.at, note.text),
    };
    lines.into_iter().map(line).collect()
}

fn list(title: &str, lines: &[String], count: u64) {
    if count == 0 {
        return;
    }
    println!("  {title}: {count}");
    for line in lines.iter().take(SHOWN) {
        println!("    {line}");
    }
    if lines.len() > SHOWN {
        println!("    … and more (--json lists up to 1,000)");
    }
}
