//! Disks that are full.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use crate::{
    chance::Chance,
    phone::{Phones, send, visit},
    postgres::Cluster,
    support::{Connection, eventually},
    times,
    ward::Ward,
};

/// A small disk in memory.
struct Small(PathBuf);

impl Small {
    /// Says why and gives nothing where disks may not be mounted.
    fn mount(folder: &Path, kibibytes: u64) -> Option<Self> {
        std::fs::create_dir_all(folder).unwrap();
        let size = format!("size={kibibytes}k,mode=0777");
        let done =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder).output().unwrap();
        if !done.status.success() {
            eprintln!(
                "skipped: no disk can be mounted here: {}",
                String::from_utf8_lossy(&done.stderr).trim()
            );
            return None;
        }
        Some(Self(folder.to_owned()))
    }

    /// Makes it so large; not if more than that is taken.
    fn resize(&self, kibibytes: u64) -> bool {
        let size = format!("remount,size={kibibytes}k");
        Command::new("mount").args(["-o", &size]).arg(&self.0).output().unwrap().status.success()
    }

    /// Leaves so much room, in KiB, while others go on writing.
    fn leave(&self, kibibytes: u64) {
        eventually("the disk is small", Duration::from_mins(1), || self.resize(self.used() + kibibytes));
    }

    /// How much is taken, in KiB.
    fn used(&self) -> u64 {
        let done = Command::new("df").args(["-k", "--output=used"]).arg(&self.0).output().unwrap();
        String::from_utf8(done.stdout).unwrap().lines().nth(1).unwrap().trim().parse().unwrap()
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// More than a ward needs for one round, in KiB.
const PLENTY: u64 = 400_000;

/// Phones send until the disk is full, and go on; then there is room again.
fn filled(ward: &Ward, folder: &Path, disk: &Small, rounds: u32, mut revive: impl FnMut()) {
    let mut chance = Chance::new(4);
    let (mut acknowledged, mut refused) = (0, 0);
    for round in 0..rounds {
        // A server of its own: how much one person may send is counted in memory, and these send more than anybody.
        let server = ward.serve(folder);
        disk.leave(100 + chance.below(1_000));
        let phones = Phones::start(ward, server.address, 4, 900);
        let mut connection = Connection::open(server.address).unwrap();
        eventually("the disk is full", Duration::from_mins(1), || {
            let answer = send(&mut connection, &ward.cookies[0], &[visit(900)]);
            if let Ok(answer) = &answer {
                return answer.status >= 500;
            }
            connection = Connection::open(server.address).unwrap();
            false
        });
        // Full is not the end: what comes now is refused, or has room after all.
        std::thread::sleep(Duration::from_millis(50));
        let sent = phones.sent();
        disk.leave(PLENTY);
        eventually("it takes visits again", Duration::from_mins(1), || {
            revive();
            let Ok(mut connection) = Connection::open(server.address) else { return false };
            send(&mut connection, &ward.cookies[0], &[visit(1)]).is_ok_and(|answer| answer.status == 200)
        });
        acknowledged += sent.acknowledged.len();
        refused += sent.refusals.len();
        assert!(sent.refusals.iter().all(|status| *status >= 500), "{:?}", sent.refusals);
        assert_eq!(sent.check(ward, server.address), 0, "round {round}: acknowledged visits were lost");
    }
    println!(
        "{rounds} full disks: {acknowledged} acknowledged visits, none lost; {refused} requests refused"
    );
}

#[test]
fn a_full_disk_loses_nothing_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Small::mount(&folder.path().join("disk"), PLENTY) else { return };
    let ward = Ward::seed(&format!("sqlite:{}", disk.0.join("ward.sqlite").display()));
    filled(&ward, folder.path(), &disk, times(50, 2), || ());
}

#[test]
fn a_full_disk_loses_nothing_on_postgresql() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = Small::mount(&folder.path().join("disk"), PLENTY) else { return };
    let Some(cluster) = Cluster::new(&disk.0) else { return };
    let mut postgres = cluster.start(&[], |_| ());
    let ward = Ward::seed(&cluster.url());
    filled(&ward, folder.path(), &disk, times(50, 2), || cluster.revive(&mut postgres));
    cluster.kill(postgres);
}
