//! The keys with which the register of disaster housing is sealed.

use std::{path::PathBuf, sync::Arc};

use clap::Args;

use crate::vault::{BadKeyring, Keyring};

/// The keys of the register; without them there is none.
#[derive(Args, Clone, Debug)]
pub struct RegisterConfig {
    /// The file with the keys by which the register of disaster housing is sealed, as `machiaruki register key FILE` makes it
    #[arg(long, env = "MACHIARUKI_REGISTER_KEY", value_name = "FILE")]
    pub register_key: Option<PathBuf>,
}

impl RegisterConfig {
    /// The keys, when a file is configured.
    ///
    /// # Errors
    /// When the file cannot be read, is open to others, or holds none.
    pub fn keys(&self) -> Result<Option<Arc<Keyring>>, BadKeyring> {
        self.register_key.as_ref().map(|path| Keyring::read(path).map(Arc::new)).transpose()
    }
}
