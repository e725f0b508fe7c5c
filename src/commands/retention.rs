//! `machiaruki retention`: what is past its period, and erasing it.

use clap::{Args, Subcommand};

use crate::{
    app::{retention, system_clock, system_random},
    audit::{Action, Entry},
    config::DatabaseConfig,
    retention::{Cause, CountedFrom, Period, Retention},
};

use super::open_current;

/// Show or erase what is past its retention period.
#[derive(Args, Debug)]
pub struct RetentionCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show how long each class of data is kept, and how much is past that
    Show {
        #[command(flatten)]
        database: DatabaseConfig,
    },
    /// Erase what is past its period now (serve does it once a day)
    Run {
        #[command(flatten)]
        database: DatabaseConfig,
        /// Say only what would be erased
        #[arg(long)]
        dry_run: bool,
    },
}

impl RetentionCommand {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self.what {
            What::Show { database } => {
                let service = open(&database).await?;
                show(&service).await
            }
            What::Run { database, dry_run: true } => {
                let service = open(&database).await?;
                let due: Vec<_> = service.states().await?.into_iter().filter(|state| state.due > 0).collect();
                for state in &due {
                    println!("{}: {} would be erased", state.class.id, state.due);
                }
                if due.is_empty() {
                    println!("nothing is past its period");
                }
                Ok(())
            }
            What::Run { database, dry_run: false } => {
                let service = open(&database).await?;
                let entry = Entry::by_service(Action::Erase);
                let outcome = service.run(Cause::Command, None, &entry, None).await?;
                for (class, erased) in &outcome.erased {
                    println!("{class}: {} erased ({} rows)", erased.subjects, erased.rows);
                }
                if outcome.erased.is_empty() {
                    println!("nothing was past its period");
                }
                Ok(())
            }
        }
    }
}

async fn open(database: &DatabaseConfig) -> anyhow::Result<Retention> {
    Ok(retention(open_current(database).await?, system_clock(), system_random()))
}

async fn show(service: &Retention) -> anyhow::Result<()> {
    for state in service.states().await? {
        println!("{} ({})", state.class.id, state.class.title.ja);
        println!("  kept     {}", words(state.period));
        println!("  due now  {}", state.due);
        if !state.reason.is_empty() {
            println!("  because  {}", state.reason);
        }
    }
    match service.runs(1).await?.first() {
        Some(run) => println!("last run: {} ({})", run.started_at, run.cause.as_str()),
        None => println!("last run: never"),
    }
    Ok(())
}

fn words(period: Period) -> String {
    let from = match period.counted_from() {
        CountedFrom::Event => "the event",
        CountedFrom::FiscalYearEnd => "the 1 April that follows it",
    };
    format!("{} {} from {from}", period.amount(), period.unit().as_str())
}
