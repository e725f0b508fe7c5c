//! The key by which yearly archives are signed.

use std::{path::PathBuf, sync::Arc};

use clap::Args;

use crate::training::archive::{ArchiveKey, BadKey};

/// The key of archives; without one none is made.
#[derive(Args, Clone, Debug)]
pub struct ArchiveConfig {
    /// The file with the key by which yearly archives of the training are signed, as `machiaruki archive key FILE` makes it
    #[arg(long, env = "MACHIARUKI_ARCHIVE_KEY", value_name = "FILE")]
    pub archive_key: Option<PathBuf>,
}

impl ArchiveConfig {
    /// The key, when one is configured.
    ///
    /// # Errors
    /// When its file cannot be read, or holds none.
    pub fn key(&self) -> Result<Option<Arc<ArchiveKey>>, BadKey> {
        self.archive_key.as_ref().map(|path| ArchiveKey::read(path).map(Arc::new)).transpose()
    }
}
