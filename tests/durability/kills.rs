//! Killed without warning while visits are acknowledged.

use std::{path::Path, time::Duration};

use crate::{
    chance::Chance,
    phone::Phones,
    support::PostgresDatabase,
    times,
    ward::Ward,
};

fn killed(ward: &Ward, folder: &Path, rounds: u32) {
    let mut chance = Chance::new(1);
    let mut acknowledged = 0;
    let mut server = ward.serve(folder);
    for round in 0..rounds {
        let phones = Phones::start(ward, server.address, 8, 3);
        std::thread::sleep(Duration::from_millis(30 + chance.below(300)));
        // An answer that is read was sent before the kill.
        server.kill();
        let sent = phones.sent();
        acknowledged += sent.acknowledged.len();
        server = ward.serve(folder);
        assert_eq!(sent.check(ward, server.address), 0, "round {round}: acknowledged visits were lost");
    }
    assert!(acknowledged > 0, "nothing was acknowledged: nothing is shown");
    println!("{rounds} kills: {acknowledged} acknowledged visits, none lost");
}

#[test]
fn a_killed_program_loses_nothing_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("ward.sqlite").display());
    killed(&Ward::seed(&url), folder.path(), times(200, 4));
}

#[test]
fn a_killed_program_loses_nothing_on_postgresql() {
    let Some(database) = PostgresDatabase::create() else { return };
    let folder = tempfile::tempdir().unwrap();
    killed(&Ward::seed(&database.url), folder.path(), times(200, 4));
}
