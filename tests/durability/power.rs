//! The power is cut while visits are acknowledged: only what was synchronised is there afterwards.

use std::{path::Path, time::Duration};

use crate::{
    chance::Chance,
    disk::Disk,
    phone::{Phones, Sent},
    postgres::Cluster,
    support::Server,
    times,
    ward::Ward,
};

/// Phones send for a while; then the power is cut.
fn until_the_cut(ward: &Ward, server: Server, disk: &Disk, chance: &mut Chance) -> Sent {
    let phones = Phones::start(ward, server.address, 8, 3);
    phones.until(1 + chance.below(20));
    std::thread::sleep(Duration::from_millis(chance.below(100)));
    // No acknowledgement counts that came after this; whatever came before was synchronised by now.
    phones.over();
    disk.cut();
    server.kill();
    phones.sent()
}

/// How many cuts a weaker database may be lucky in: a disk sometimes keeps what it need not.
const WEAK: u32 = 15;

/// What came of the cuts, up to the first that lost something.
struct Outcome {
    acknowledged: usize,
    lost: usize,
}

impl Outcome {
    fn add(&mut self, sent: &Sent, lost: usize) {
        self.acknowledged += sent.acknowledged.len();
        self.lost += lost;
    }
}

fn cut_on_sqlite(rounds: u32, deaf_to: Option<&str>) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::new(folder.path());
    let ward = Ward::seed(&format!("sqlite:{}", disk.live.join("ward.sqlite").display()));
    disk.settle();
    let (mut chance, mut outcome) = (Chance::new(2), Outcome { acknowledged: 0, lost: 0 });
    let serve = || {
        let mut command = ward.command(folder.path());
        disk.preload(&mut command, deaf_to);
        Server::spawn(command, folder.path())
    };
    for _ in 0..rounds {
        let sent = until_the_cut(&ward, serve(), &disk, &mut chance);
        disk.restore(&mut chance);
        let server = serve();
        outcome.add(&sent, sent.check(&ward, server.address));
        server.kill();
        disk.settle();
        if outcome.lost > 0 {
            break;
        }
    }
    outcome
}

fn cut_on_postgresql(rounds: u32, settings: &[&str]) -> Option<Outcome> {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::new(folder.path());
    let cluster = Cluster::new(&disk.live)?;
    let postgres = cluster.start(&[], |_| ());
    let ward = Ward::seed(&cluster.url());
    cluster.stop(postgres);
    disk.settle();
    let (mut chance, mut outcome) = (Chance::new(3), Outcome { acknowledged: 0, lost: 0 });
    for _ in 0..rounds {
        let postgres = cluster.start(settings, |command| disk.preload(command, None));
        let sent = until_the_cut(&ward, ward.serve(folder.path()), &disk, &mut chance);
        cluster.kill(postgres);
        disk.restore(&mut chance);
        let postgres = cluster.start(settings, |_| ());
        let server = ward.serve(folder.path());
        outcome.add(&sent, sent.check(&ward, server.address));
        server.kill();
        cluster.stop(postgres);
        disk.settle();
        if outcome.lost > 0 {
            break;
        }
    }
    Some(outcome)
}

fn nothing_is_lost(rounds: u32, outcome: &Outcome) {
    assert!(outcome.acknowledged > 0, "nothing was acknowledged: nothing is shown");
    assert_eq!(outcome.lost, 0, "of {} acknowledged visits", outcome.acknowledged);
    println!("{rounds} power cuts: {} acknowledged visits, none lost", outcome.acknowledged);
}

#[test]
fn a_power_cut_loses_nothing_on_sqlite() {
    let rounds = times(200, 4);
    nothing_is_lost(rounds, &cut_on_sqlite(rounds, None));
}

#[test]
fn a_power_cut_loses_nothing_on_postgresql() {
    let rounds = times(200, 2);
    if let Some(outcome) = cut_on_postgresql(rounds, &[]) {
        nothing_is_lost(rounds, &outcome);
    }
}

/// A disk that never hears of the write-ahead log is one under `synchronous=NORMAL`.
#[test]
fn a_weaker_sqlite_would_be_noticed() {
    let outcome = cut_on_sqlite(WEAK, Some("-wal"));
    assert!(outcome.lost > 0, "{} visits, and none was lost: these tests show nothing", outcome.acknowledged);
    println!("weaker: {} of {} acknowledged visits lost", outcome.lost, outcome.acknowledged);
}

#[test]
fn a_weaker_postgresql_would_be_noticed() {
    let weaker = ["synchronous_commit=off", "wal_writer_delay=10s"];
    if let Some(outcome) = cut_on_postgresql(WEAK, &weaker) {
        assert!(
            outcome.lost > 0,
            "{} visits, and none was lost: these tests show nothing",
            outcome.acknowledged
        );
        println!("weaker: {} of {} acknowledged visits lost", outcome.lost, outcome.acknowledged);
    }
}

#[test]
fn a_restored_disk_holds_what_was_synchronised_and_perhaps_more() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::new(folder.path());
    let file = disk.live.join("file");
    let (before, after) = (vec![1_u8; 4096], vec![2_u8; 6144]);
    let mut lengths = std::collections::BTreeSet::new();
    for seed in 0..40 {
        std::fs::write(&file, &before).unwrap();
        disk.settle();
        std::fs::write(&file, &after).unwrap();
        disk.restore(&mut Chance::new(seed));
        let left = std::fs::read(&file).unwrap();
        assert!(left.len() >= before.len());
        assert!(left.chunks(512).all(|sector| sector.iter().all(|byte| *byte == sector[0])), "a torn sector");
        lengths.insert((left.len(), left.iter().map(|byte| usize::from(*byte == 2)).sum::<usize>()));
    }
    assert!(lengths.len() > 5, "{lengths:?}");
    assert!(Path::new(&file).exists());
}
