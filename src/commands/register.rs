//! `machiaruki register`: the keys of the register of disaster housing, and sealing it anew.

use std::{path::PathBuf, sync::Arc};

use anyhow::Context as _;
use clap::{Args, Subcommand};

use crate::{
    app::system_random,
    config::DatabaseConfig,
    councils::service::{Vault, reseal},
    db::Db,
    gatherings,
    vault::Keyring,
};

use super::open_current;

/// Make, rotate and retire the keys of the register of disaster housing.
#[derive(Args, Debug)]
pub struct Register {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the file of keys, or show the ids of those that are in it
    Key(KeyFile),
    /// Put a new key before the others; from the next start of the service on it seals. Follow it with `reseal`
    Rotate(KeyFile),
    /// Seal everything anew with the newest key. The service may go on meanwhile, if it was started with the same file
    Reseal(Reseal),
}

#[derive(Args, Debug)]
struct KeyFile {
    /// The file of keys. Its owner alone may read it; keep a copy where the database's backups are not
    file: PathBuf,
}

#[derive(Args, Debug)]
struct Reseal {
    #[command(flatten)]
    database: DatabaseConfig,
    /// The file of keys
    #[arg(long, env = "MACHIARUKI_REGISTER_KEY", value_name = "FILE")]
    register_key: PathBuf,
    /// Then take the older keys out of the file: what they sealed, such as an old backup, opens no more without a copy of them
    #[arg(long)]
    retire: bool,
}

impl Register {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Key(file) => file.make(),
            Command::Rotate(file) => file.rotate(),
            Command::Reseal(command) => command.run().await,
        }
    }
}

impl KeyFile {
    fn make(self) -> anyhow::Result<()> {
        let is_new = !self.file.exists();
        if is_new {
            Keyring::draw(&*system_random()).write_new(&self.file)?;
        }
        show(&Keyring::read(&self.file)?);
        if is_new {
            println!(
                "Written to {}. Keep a copy where no backup of the database is: without it nobody can read the register again.",
                self.file.display()
            );
        }
        Ok(())
    }

    fn rotate(self) -> anyhow::Result<()> {
        let rotated = Keyring::read(&self.file)?.rotated(&*system_random());
        rotated.replace(&self.file)?;
        show(&rotated);
        println!(
            "Start the service again, then: machiaruki register reseal --register-key {}",
            self.file.display()
        );
        Ok(())
    }
}

fn show(keys: &Keyring) {
    for (index, id) in keys.ids().enumerate() {
        println!("{id}{}", if index == 0 { "  (seals)" } else { "  (opens)" });
    }
}

impl Reseal {
    async fn run(self) -> anyhow::Result<()> {
        let keys = Keyring::read(&self.register_key)?;
        let db = open_current(&self.database).await?;
        let vault = Vault::new(Arc::new(keys.clone()), system_random());
        let done = sealed_anew(&db, &vault).await;
        db.close().await;
        let (anew, all) = done?;
        println!("{anew} of {all} rows were sealed anew with {}.", first(&keys));
        if self.retire {
            keys.newest().replace(&self.register_key)?;
            println!("{} now holds that key alone.", self.register_key.display());
        }
        Ok(())
    }
}

/// Seals the register anew and then who takes part in gatherings. Returns how many rows, of how many. Done again, it goes on where it ended.
async fn sealed_anew(db: &Db, vault: &Vault) -> anyhow::Result<(usize, usize)> {
    let register = reseal(db, vault).await.context("nothing was sealed anew")?;
    let people = gatherings::service::reseal(db, vault).await;
    let people = people.context("the register was sealed anew, and gatherings were not")?;
    Ok((register.sealed_anew + people.sealed_anew, register.all + people.all))
}

fn first(keys: &Keyring) -> String {
    keys.ids().next().map(|id| id.to_string()).unwrap_or_default()
}
