//! `machiaruki archive`: the key of yearly archives, and checking archives years later, without a database or a network.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Subcommand};

use crate::{
    app::system_random,
    config::PrintConfig,
    print::fonts::Fonts,
    training::archive::{ArchiveKey, PublicKey, Verified, report, verify},
};

/// Check yearly archives of the training, print them, and make the key that signs them.
#[derive(Args, Debug)]
pub struct Archive {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the key that signs archives, or show the public half of one that is there
    Key(Key),
    /// Say whether an archive is as it was made; ends with 1 when it is not
    Verify(Verify),
    /// Write the report of an archive as a PDF
    Report(Report),
}

#[derive(Args, Debug)]
struct Key {
    /// The file of the secret key. Its owner alone may read it; keep a copy where the database's backups are not
    file: PathBuf,
}

#[derive(Args, Debug)]
struct Known {
    /// The archive
    file: PathBuf,
    /// The public key that must have signed it, as `machiaruki archive key` prints it; may be given several times, for keys of
    /// former years
    #[arg(long, value_name = "KEY")]
    public_key: Vec<PublicKey>,
}

#[derive(Args, Debug)]
struct Verify {
    #[command(flatten)]
    known: Known,
}

#[derive(Args, Debug)]
struct Report {
    #[command(flatten)]
    known: Known,
    /// The PDF; the archive's name with `.pdf` when not given
    #[arg(long, short, env = "MACHIARUKI_ARCHIVE_OUTPUT", value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    print: PrintConfig,
}

impl Archive {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Key(key) => key.run(),
            Command::Verify(verify) => verify.run(),
            Command::Report(report) => report.run(),
        }
    }
}

impl Key {
    fn run(self) -> anyhow::Result<ExitCode> {
        let is_new = !self.file.exists();
        let key = if is_new {
            let key = ArchiveKey::new(&system_random().bytes());
            key.write_new(&self.file)?;
            key
        } else {
            ArchiveKey::read(&self.file)?
        };
        println!("{}: {}", self.file.display(), if is_new { "key made" } else { "key found" });
        println!("public key   {}", key.public());
        println!("fingerprint  {}", key.public().fingerprint());
        println!(
            "Print both lines and keep them where archives are kept: archives are checked against them."
        );
        Ok(ExitCode::SUCCESS)
    }
}

impl Known {
    /// The archive, if it is as it was made; else it is said why not.
    fn checked(&self) -> anyhow::Result<Option<Verified>> {
        let shown = self.file.display();
        let bytes = fs::read(&self.file).with_context(|| format!("cannot read {shown}"))?;
        match verify(&bytes, &self.public_key) {
            Ok(verified) => Ok(Some(verified)),
            Err(why) => {
                println!("✗ {shown}: {why}");
                Ok(None)
            }
        }
    }
}

impl Verify {
    fn run(self) -> anyhow::Result<ExitCode> {
        let Some(Verified { archive, digest, key }) = self.known.checked()? else {
            return Ok(ExitCode::FAILURE);
        };
        println!("✓ {}: it is as it was signed", self.known.file.display());
        let (year, municipality) = (archive.fiscal_year, &archive.municipality);
        println!("  {} ({}) of {} ({})", year.year(), year.in_era(), municipality.name, municipality.code);
        let state = if archive.provisional { "provisional (速報): the year was not over" } else { "final" };
        println!("  as of {}, made at {}, {state}", archive.as_of, archive.made_at);
        if archive.sample {
            println!("  a sample (見本): invented");
        }
        for programme in &archive.programmes {
            let total = &programme.total;
            let people = programme.people.as_ref().map(|people| format!(", {} people by name", people.len()));
            println!(
                "  {}: have to {}, completed {}, deferred {}, exempt {}{}",
                programme.code,
                total.due,
                total.completed,
                total.deferred,
                total.exempt,
                people.unwrap_or_default()
            );
        }
        println!("  sha-256      {digest}");
        println!("  public key   {key}");
        println!("  fingerprint  {}", key.fingerprint());
        if self.known.public_key.is_empty() {
            println!(
                "Whose key this is was not checked: compare the fingerprint with paper, or give --public-key."
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Report {
    fn run(self) -> anyhow::Result<ExitCode> {
        let Some(verified) = self.known.checked()? else { return Ok(ExitCode::FAILURE) };
        let path = self.output.unwrap_or_else(|| self.known.file.with_extension("pdf"));
        let pdf = report::report(&verified, &Fonts::new(self.print.font_dir))?;
        fs::write(&path, pdf).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{}", path.display());
        Ok(ExitCode::SUCCESS)
    }
}
