//! What the cases share: datasets, databases, servers and the yardstick, all in one temporary folder.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::{child, data::Dataset, duel::Rounds, nginx::Nginx, server};

/// The small layer.
pub const SMALL: usize = 10_000;

/// A layer of the bench.
pub struct Layer {
    /// Its points.
    pub dataset: Dataset,
    /// The database that holds it.
    pub database: PathBuf,
}

impl Layer {
    /// How many features it has, with separators.
    pub fn size(&self) -> String {
        grouped(self.dataset.points.len())
    }
}

/// The stage.
pub struct Stage {
    /// 10,000 features.
    pub small: Layer,
    /// 1,000,000 features; fewer in the quick form.
    pub large: Layer,
    /// The yardstick.
    pub nginx: Nginx,
    /// How long to measure.
    pub rounds: Rounds,
    folder: tempfile::TempDir,
}

impl Stage {
    /// Makes the data and imports them.
    pub fn build(large: usize, rounds: Rounds) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("machiaruki-bench-").tempdir()?;
        child::remove_at_exit(folder.path());
        Ok(Self {
            small: layer(folder.path(), "small", SMALL)?,
            large: layer(folder.path(), "large", large)?,
            nginx: Nginx::start(folder.path())?,
            rounds,
            folder,
        })
    }

    /// The temporary folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where a server of that name writes its log.
    pub fn log(&self, name: &str) -> PathBuf {
        self.folder().join(format!("{name}.log"))
    }
}

fn layer(folder: &Path, name: &str, count: usize) -> anyhow::Result<Layer> {
    println!("importing {} features", grouped(count));
    let (file, database) = (folder.join(format!("{name}.csv")), folder.join(format!("{name}.sqlite")));
    let dataset = Dataset::generate(count);
    dataset.write(&file)?;
    server::import(&file, &database).with_context(|| format!("{count} features"))?;
    std::fs::remove_file(file)?;
    Ok(Layer { dataset, database })
}

/// `1,000,000`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}
