//! `machiaruki roster import`: a roster file, for operators.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Subcommand};

use crate::{
    app::{prepare, system_clock, system_random},
    clock::Date,
    config::DatabaseConfig,
    db::Db,
    places::Purpose,
    staff::{
        import::{Consent, What, import_file},
        plan::Summary,
    },
};

/// Keep the roster of staff.
#[derive(Args, Debug)]
pub struct Roster {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take in a file that is the whole roster as of a day: whoever is not in it has left
    Import(Import),
}

#[derive(Args, Debug)]
struct Import {
    /// The file: CSV in UTF-8 or CP932, or an Excel workbook
    file: PathBuf,
    /// The day from which on it counts
    #[arg(long, env = "MACHIARUKI_EFFECTIVE_ON", value_name = "YYYY-MM-DD")]
    effective_on: Date,
    #[command(flatten)]
    database: DatabaseConfig,
    /// Say what would happen and change nothing
    #[arg(long, env = "MACHIARUKI_DRY_RUN")]
    dry_run: bool,
    /// Take in the other rows even when some are refused; whose they are stay as they are
    #[arg(long, env = "MACHIARUKI_ACCEPT_VALID")]
    accept_valid: bool,
    /// Go on even when more than one in ten would leave
    #[arg(long, env = "MACHIARUKI_ACCEPT_LEAVERS")]
    accept_leavers: bool,
}

impl Roster {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Import(command) => command.run().await,
        }
    }
}

impl Import {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let url = &self.database.database_url;
        let bytes =
            std::fs::read(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let db = Db::open(url).await.with_context(|| format!("cannot open {url}"))?;
        let clock = system_clock();
        prepare(&db, &clock, Purpose::Ward).await?;
        let file_name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let what = What {
            file_name: file_name.clone(),
            effective_on: self.effective_on,
            account: None,
            consent: Consent { refused_rows: self.accept_valid, leavers: self.accept_leavers },
            shown: None,
        };
        // What would happen is said even when it then may not.
        let (summary, _) =
            import_file(&db, &clock, &system_random(), bytes.clone(), what.clone(), true).await?;
        print(&file_name, &summary);
        if self.dry_run {
            println!("dry run: nothing was stored");
            db.close().await;
            return Ok(ExitCode::SUCCESS);
        }
        let done = import_file(&db, &clock, &system_random(), bytes, what, false).await;
        let (_, done) = done.context("nothing was stored")?;
        db.close().await;
        let is_new = done.is_some_and(|done| done.change.is_some());
        println!("{}", if is_new { "stored" } else { "nothing to change" });
        Ok(ExitCode::SUCCESS)
    }
}

/// Numbers, lines and reasons; no names: what a command prints may end in a log.
fn print(file_name: &str, summary: &Summary) {
    let counts = &summary.counts;
    println!("{file_name}: the roster as of {}", summary.effective_on);
    println!(
        "  joined {}, left {}, moved {}, tier changed {}, absence changed {}, otherwise changed {}, unchanged {}, refused {}",
        counts.joined,
        counts.left,
        counts.moved,
        counts.tier_changed,
        counts.absence_changed,
        counts.other_changed,
        counts.unchanged,
        counts.refused
    );
    println!("  departments that change: {}", counts.departments);
    if counts.left_before + counts.concurrent_posts > 0 {
        println!(
            "  rows passed over: {} of people who had left, {} of concurrent posts",
            counts.left_before, counts.concurrent_posts
        );
    }
    if !summary.ignored_columns.is_empty() {
        println!("  columns that are not stored: {}", summary.ignored_columns.join(", "));
    }
    for refused in summary.refused.iter().take(10) {
        println!("  line {}: {}", refused.line, refused.reason.en);
    }
    if counts.refused > 10 {
        println!("  … and {} more", counts.refused - 10);
    }
}
