//! The same visits from twenty phones at the same time.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use serde_json::Value;

use crate::{
    phone::{id, insist, visit},
    support::{Connection, PostgresDatabase},
    times,
    ward::Ward,
};

fn sent_by_twenty(ward: &Ward, folder: &Path) {
    let server = ward.serve(folder);
    let count = times(1_000, 200);
    let visits: Arc<Vec<Value>> = Arc::new((0..count).map(|_| visit(3)).collect());
    let threads: Vec<_> = (0..20_usize)
        .map(|turn| {
            let (visits, cookie, address) = (visits.clone(), ward.cookies[0].clone(), server.address);
            std::thread::spawn(move || {
                // Each in an order of its own.
                let mut own = (*visits).clone();
                own.rotate_left(turn * 7);
                if turn % 2 == 0 {
                    own.reverse();
                }
                let mut connection = Connection::open(address).unwrap();
                let answers =
                    own.chunks(own.len() / 2).map(|some| insist(&mut connection, address, &cookie, some));
                answers.flatten().collect::<Vec<_>>()
            })
        })
        .collect();
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for thread in threads {
        let answers = thread.join().unwrap();
        assert_eq!(answers.len(), count as usize);
        for (id, status) in answers {
            assert!(status == "stored" || status == "duplicate", "{status}");
            *first.entry(id).or_default() += usize::from(status == "stored");
        }
    }
    assert!(first.values().all(|count| *count == 1), "each is stored by one of them");
    let ids = visits.iter().map(id).collect();
    assert_eq!(ward.stored(), ids);
}

#[test]
fn twenty_phones_with_the_same_visits_store_each_once_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("ward.sqlite").display());
    sent_by_twenty(&Ward::seed(&url), folder.path());
}

#[test]
fn twenty_phones_with_the_same_visits_store_each_once_on_postgresql() {
    let Some(database) = PostgresDatabase::create() else { return };
    let folder = tempfile::tempdir().unwrap();
    sent_by_twenty(&Ward::seed(&database.url), folder.path());
}
