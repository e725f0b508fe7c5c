//! The file of keys.
//!
//! One key per line: its id (eight hexadecimal digits) and its 32 bytes in base64, separated by a space. The first line is the key
//! that seals. Lines that begin with `#` are remarks.

use std::{fmt, fs, io, path::Path, str::FromStr};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroize as _;

use crate::random::Random;

const REMARK: &str = "# Keys of Machiaruki's register. Whoever has this file and the database can read the register.\n\
                      # Keep a copy where no backup of the database is: without it nobody can read the register again.\n";

/// Which key sealed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyId(pub(super) [u8; 4]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl FromStr for KeyId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let is_id = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let id = if is_id { u32::from_str_radix(text, 16) } else { return Err(()) };
        id.map(|id| Self(id.to_be_bytes())).map_err(|_| ())
    }
}

/// A key. Each of its uses has a key of its own that follows from it.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) id: KeyId,
    master: [u8; 32],
    pub(super) sealing: [u8; 32],
    pub(super) tagging: [u8; 32],
}

impl Key {
    fn new(id: KeyId, master: [u8; 32]) -> Self {
        let derived = |what: &[u8]| {
            // HMAC takes keys of any length.
            Hmac::<Sha256>::new_from_slice(&master)
                .map_or([0; 32], |mac| mac.chain_update(what).finalize().into_bytes().into())
        };
        Self { id, master, sealing: derived(b"machiaruki seal 1"), tagging: derived(b"machiaruki tag 1") }
    }

    fn drawn(random: &dyn Random) -> Self {
        let (mut id, mut master) = ([0; 4], [0; 32]);
        random.fill(&mut id);
        random.fill(&mut master);
        let key = Self::new(KeyId(id), master);
        master.zeroize();
        key
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.master.zeroize();
        self.sealing.zeroize();
        self.tagging.zeroize();
    }
}

/// The keys of a deployment. There is always one that seals.
#[derive(Clone)]
pub struct Keyring {
    pub(super) first: Key,
    pub(super) older: Vec<Key>,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.ids().map(|id| id.to_string())).finish()
    }
}

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum BadKeyring {
    /// The file cannot be read.
    #[error("the register's key file {0} cannot be read: {1}")]
    Unreadable(String, io::Error),
    /// The file cannot be written.
    #[error("the register's key file {0} cannot be written: {1}")]
    Unwritable(String, io::Error),
    /// It holds no keys of this kind.
    #[error("line {1} of {0} is no key of the register: machiaruki register key FILE makes one")]
    NoKey(String, usize),
    /// It holds none at all.
    #[error("{0} holds no key: machiaruki register key FILE makes one")]
    Empty(String),
    /// Two keys have one id.
    #[error("{0} holds the key {1} twice")]
    Twice(String, KeyId),
    /// Others can read it.
    #[error("others can read the register's key file {0}: chmod 600 {0}")]
    Open(String),
}

impl Keyring {
    /// One new key.
    #[must_use]
    pub fn draw(random: &dyn Random) -> Self {
        Self { first: Key::drawn(random), older: Vec::new() }
    }

    /// The same keys, with a new one that seals from now on.
    #[must_use]
    pub fn rotated(&self, random: &dyn Random) -> Self {
        let older = [&self.first].into_iter().chain(&self.older).cloned().collect();
        Self { first: Key::drawn(random), older }
    }

    /// The key that seals, alone.
    #[must_use]
    pub fn newest(&self) -> Self {
        Self { first: self.first.clone(), older: Vec::new() }
    }

    /// The ids of the keys, the one that seals first.
    pub fn ids(&self) -> impl Iterator<Item = KeyId> + '_ {
        self.all().map(|key| key.id)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Key> {
        [&self.first].into_iter().chain(&self.older)
    }

    /// Reads a file of keys, which nobody but its owner may be able to read.
    ///
    /// # Errors
    /// When it cannot be read, is open to others, or holds no keys.
    pub fn read(path: &Path) -> Result<Self, BadKeyring> {
        use std::os::unix::fs::PermissionsExt as _;
        let shown = path.display().to_string();
        let unreadable = |error| BadKeyring::Unreadable(shown.clone(), error);
        let mode = fs::metadata(path).map_err(unreadable)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(BadKeyring::Open(shown));
        }
        let mut text = fs::read_to_string(path).map_err(unreadable)?;
        let keyring = Self::parse(&text, &shown);
        text.zeroize();
        keyring
    }

    fn parse(text: &str, shown: &str) -> Result<Self, BadKeyring> {
        let mut keys: Vec<Key> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let key = key_of(line).ok_or_else(|| BadKeyring::NoKey(shown.to_owned(), index + 1))?;
            if keys.iter().any(|other| other.id == key.id) {
                return Err(BadKeyring::Twice(shown.to_owned(), key.id));
            }
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        let first = keys.next().ok_or_else(|| BadKeyring::Empty(shown.to_owned()))?;
        Ok(Self { first, older: keys.collect() })
    }

    fn text(&self) -> String {
        let line = |key: &Key| format!("{} {}\n", key.id, BASE64.encode(key.master));
        format!("{REMARK}{}", self.all().map(line).collect::<String>())
    }

    /// Writes the keys to a file that does not exist yet, for its owner alone.
    ///
    /// # Errors
    /// When it exists, or cannot be written.
    pub fn write_new(&self, path: &Path) -> Result<(), BadKeyring> {
        self.write_to(path).map_err(|error| BadKeyring::Unwritable(path.display().to_string(), error))
    }

    /// Puts the keys in place of a file's: at no moment is there no file, or half of one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn replace(&self, path: &Path) -> Result<(), BadKeyring> {
        let beside = path.with_extension("new");
        let replaced = match fs::remove_file(&beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => self.write_to(&beside).and_then(|()| fs::rename(&beside, path)).and_then(|()| synced(path)),
        };
        replaced.map_err(|error| BadKeyring::Unwritable(path.display().to_string(), error))
    }

    fn write_to(&self, path: &Path) -> io::Result<()> {
        use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
        let mut text = self.text();
        let written = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()));
        text.zeroize();
        written.and_then(|()| synced(path))
    }
}

/// Makes the file's name durable.
fn synced(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::File::open(folder)?.sync_all()
}

fn key_of(line: &str) -> Option<Key> {
    let (id, master) = line.split_once(' ')?;
    let mut bytes = BASE64.decode(master.trim()).ok()?;
    let key =
        <[u8; 32]>::try_from(&bytes[..]).ok().and_then(|master| Some(Key::new(id.parse().ok()?, master)));
    bytes.zeroize();
    key
}
