//! `machiaruki audit`: whether the audit log is whole.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use crate::{
    audit::{Sealer, hex, verify},
    clock::Timestamp,
    config::DatabaseConfig,
    db::Db,
};

/// Check the audit log.
#[derive(Args, Debug)]
pub struct Audit {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Find any entry that was edited, removed or moved; ends with 1 when there is one
    Verify(Verify),
}

#[derive(Args, Debug)]
struct Verify {
    /// A head that was noted elsewhere, as printed by an earlier run: NUMBER:LINK. Finds a log that was
    /// written anew from its start
    #[arg(long, value_name = "HEAD", value_parser = head)]
    head: Option<NotedHead>,
    #[command(flatten)]
    database: DatabaseConfig,
}

#[derive(Clone, Debug)]
struct NotedHead(i64, Vec<u8>);

impl Audit {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            AuditCommand::Verify(verify) => verify.run().await,
        }
    }
}

impl Verify {
    async fn run(self) -> anyhow::Result<ExitCode> {
        let db = Db::open_existing(&self.database.database_url)
            .await
            .with_context(|| format!("cannot open {}", self.database.database_url))?;
        // What nobody has sealed yet (the service is not running) is sealed now, so that it is checked too.
        Sealer::new(db.clone(), crate::app::system_clock()).seal_all().await?;
        let mut tx = db.read().await?;
        let noted = self.head.map(|NotedHead(seq, link)| (seq, link));
        let verdict = verify(&mut tx, noted).await?;
        drop(tx);
        db.close().await;
        let sealed_at = Timestamp::from_microsecond(verdict.head.sealed_at).unwrap_or(Timestamp::UNIX_EPOCH);
        println!("{} entries, the last sealed at {sealed_at}", verdict.entries);
        println!("head {}:{}", verdict.head.seq, hex(&verdict.head.digest));
        if verdict.defects.is_empty() {
            println!("the log is whole");
            return Ok(ExitCode::SUCCESS);
        }
        for defect in &verdict.defects {
            println!("✗ {defect}");
        }
        println!("the log is not whole: keep this database as it is, and compare it with a backup");
        Ok(ExitCode::FAILURE)
    }
}

fn head(text: &str) -> Result<NotedHead, String> {
    let wrong = || "a head looks like 120:0f3c… with 64 hexadecimal digits".to_owned();
    let (seq, link) = text.split_once(':').ok_or_else(wrong)?;
    let bytes: Option<Vec<u8>> =
        (0..link.len()).step_by(2).map(|at| u8::from_str_radix(link.get(at..at + 2)?, 16).ok()).collect();
    let bytes = bytes.filter(|bytes| bytes.len() == 32).ok_or_else(wrong)?;
    Ok(NotedHead(seq.parse().map_err(|_| wrong())?, bytes))
}
