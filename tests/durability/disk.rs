//! A disk that loses what was not synchronised. `powercut.c` keeps a copy of each file as it was last synchronised; here the
//! power is cut, and the disk is what a disk may be then.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use crate::chance::Chance;

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;
/// Not on any disk: memory that processes share, and who runs.
const VOLATILE: [&str; 3] = ["-shm", "postmaster.pid", "postmaster.opts"];

/// The folder that a program uses, and what of it is on the disk.
pub struct Disk {
    pub live: PathBuf,
    kept: PathBuf,
}

impl Disk {
    /// An empty one in a folder.
    pub fn new(folder: &Path) -> Self {
        let disk = Self { live: folder.join("live"), kept: folder.join("kept") };
        fs::create_dir_all(&disk.live).unwrap();
        disk
    }

    /// Everything has reached the disk.
    pub fn settle(&self) {
        let _ = fs::remove_dir_all(&self.kept);
        copy(&self.live, &self.kept);
    }

    /// Lets a command work on this disk. `deaf_to`: files whose names end so are never synchronised.
    pub fn preload(&self, command: &mut Command, deaf_to: Option<&str>) {
        command
            .env("LD_PRELOAD", shim())
            .env("POWERCUT_LIVE", &self.live)
            .env("POWERCUT_KEPT", &self.kept)
            .env("POWERCUT_DEAF_TO", deaf_to.unwrap_or_default());
    }

    /// Cuts the power: nothing is kept any more. The programs still run, without any sense.
    pub fn cut(&self) {
        let lock = fs::File::options().create(true).append(true).open(self.kept.join(".lock")).unwrap();
        lock.lock().unwrap();
        fs::write(self.kept.join(".cut"), "").unwrap();
    }

    /// What is there when the power is back, once the programs are gone: all that was synchronised, and of what was not,
    /// some sectors or none.
    pub fn restore(&self, chance: &mut Chance) {
        let mut names = BTreeSet::new();
        files(&self.live, Path::new(""), &mut names);
        files(&self.kept, Path::new(""), &mut names);
        for name in names {
            let (live, kept) = (self.live.join(&name), self.kept.join(&name));
            let text = name.to_string_lossy();
            if text.starts_with('.') || VOLATILE.iter().any(|end| text.ends_with(end)) {
                let _ = fs::remove_file(&live);
                continue;
            }
            let before = fs::read(&kept);
            if before.is_err() && chance.coin() {
                // It was made, and the folder that says so was not written.
                let _ = fs::remove_file(&live);
                continue;
            }
            let left = torn(before.unwrap_or_default(), &fs::read(&live).unwrap_or_default(), chance);
            // In place, so that its owner stays.
            if live.exists() {
                fs::write(&live, left).unwrap();
            } else if kept.exists() {
                fs::copy(&kept, &live).unwrap();
            }
        }
        self.settle();
    }
}

/// Sectors of both: of the kept file all, of the live one some.
fn torn(mut kept: Vec<u8>, live: &[u8], chance: &mut Chance) -> Vec<u8> {
    // All, none, or any of them: one coin for each would never let a long file be whole.
    let how = chance.below(3);
    for (number, sector) in live.chunks(SECTOR).enumerate() {
        let at = number * SECTOR;
        let is_written = match how {
            0 => false,
            1 => true,
            _ => chance.coin(),
        };
        if !is_written || kept.get(at..at + sector.len()) == Some(sector) {
            continue;
        }
        if kept.len() < at + sector.len() {
            kept.resize(at + sector.len(), 0);
        }
        kept[at..at + sector.len()].copy_from_slice(sector);
    }
    kept
}

fn files(folder: &Path, below: &Path, names: &mut BTreeSet<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder.join(below)) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = below.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            files(folder, &name, names);
        } else {
            names.insert(name);
        }
    }
}

/// With owners and modes.
fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap();
    assert!(done.success());
}

/// The shim, compiled once.
fn shim() -> &'static Path {
    static SHIM: OnceLock<PathBuf> = OnceLock::new();
    SHIM.get_or_init(|| {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/durability/powercut.c");
        let shim = std::env::temp_dir().join(format!("machiaruki-powercut-{}.so", std::process::id()));
        let mut compile = Command::new("cc");
        compile.args(["-shared", "-fPIC", "-O1", "-Wall", "-o"]).arg(&shim).arg(source);
        let status = compile.status().unwrap();
        assert!(status.success());
        shim
    })
}
