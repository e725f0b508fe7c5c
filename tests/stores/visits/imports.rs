//! What trainers import from files, on both engines: the same in any order, never by itself counted, erased with its visit.

use machiaruki::{
    auth::AccountId,
    clock::Clock as _,
    db::DbError,
    photo::Photo,
    visits::{
        Outcome, VisitId,
        phone_file::FileItem,
        service::{Received, Visits},
        store,
    },
};
use serde_json::{Value, json};

use super::{count, erased, execute, inside, item, receive, ward};
use crate::support::{TestDb, databases};

/// A visit as a phone's file has it.
fn in_file(owner: AccountId, bytes: &[u8]) -> Vec<u8> {
    let body: Value = serde_json::from_slice(bytes).unwrap();
    json!({ "id": body["id"], "kind": "visit", "owner": owner, "body": body }).to_string().into_bytes()
}

async fn import(
    test: &TestDb,
    visits: &Visits,
    (owner, by): (AccountId, AccountId),
    items: &[Vec<u8>],
) -> Vec<Received> {
    let now = test.clock.now();
    let read = items.iter().map(|item| FileItem::read(&in_file(owner, item), now)).collect();
    let visits = visits.clone();
    test.db
        .write::<_, DbError, _>(move |tx| Box::pin(async move { visits.import(tx, by, read).await }))
        .await
        .unwrap()
}

async fn outcomes(test: &TestDb, ids: &[VisitId]) -> Vec<Outcome> {
    let mut tx = test.db.read().await.unwrap();
    store::with_ids(&mut tx, ids).await.unwrap().into_iter().map(|one| one.outcome).collect()
}

fn id(number: u64) -> VisitId {
    format!("019a9f6e-0000-7000-8000-{number:012x}").parse().unwrap()
}

#[tokio::test]
async fn a_file_and_its_phone_make_the_same_record_in_either_order() {
    for test in databases().await {
        let (visits, walker, trainer) = ward(&test).await;
        let (first, second) = (item(1, &inside()), item(2, &inside()));
        let kept = |received: &Received| match received {
            Received::Kept { duplicate, outcome, .. } => (*duplicate, *outcome),
            other => panic!("{other:?}"),
        };
        // The file first, then the phone; and the other way round.
        let imported = import(&test, &visits, (walker, trainer), std::slice::from_ref(&first)).await;
        assert_eq!(kept(&imported[0]), (false, Outcome::Pending));
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(store::pending(&mut tx, "", 9).await.unwrap(), [id(1)]);
        let notes = store::imported(&mut tx, &[id(1), id(2)]).await.unwrap();
        assert_eq!((notes.len(), notes[0].by, notes[0].kind), (1, trainer, store::ImportedKind::Visit));
        drop(tx);
        let sent = receive(&visits, walker, &[first.clone(), second.clone()]).await;
        assert_eq!([kept(&sent[0]), kept(&sent[1])], [(true, Outcome::Accepted), (false, Outcome::Accepted)]);
        let late = import(&test, &visits, (walker, trainer), &[first.clone(), second]).await;
        assert_eq!([kept(&late[0]), kept(&late[1])], [(true, Outcome::Accepted); 2]);
        assert_eq!(outcomes(&test, &[id(1), id(2)]).await, [Outcome::Accepted; 2]);
        let mut tx = test.db.read().await.unwrap();
        assert!(store::imported(&mut tx, &[id(1), id(2)]).await.unwrap().is_empty());
        drop(tx);
        // The phone may send as often as it likes: that it did is noted once.
        test.clock.set("2026-11-20T03:01:00Z".parse().unwrap());
        receive(&visits, walker, &[first]).await;
        let noted = "SELECT count(*) FROM visit_import WHERE sent_at = at";
        assert_eq!(
            (count(&test, noted).await, count(&test, "SELECT count(*) FROM visit_import").await),
            (1, 1)
        );
    }
}

#[tokio::test]
async fn nobody_elses_phone_makes_it_count_and_nothing_of_it_is_changed() {
    for test in databases().await {
        let (visits, walker, trainer) = ward(&test).await;
        import(&test, &visits, (walker, trainer), &[item(1, &inside()), item(2, &json!([]))]).await;
        // Other content with its id, and the same from another account.
        assert_eq!(receive(&visits, walker, &[item(1, &json!([]))]).await, [Received::Conflict]);
        assert_eq!(receive(&visits, trainer, &[item(1, &inside())]).await, [Received::Conflict]);
        assert_eq!(outcomes(&test, &[id(1), id(2)]).await, [Outcome::Pending; 2]);
        for sql in [
            "DELETE FROM visit_import",
            "UPDATE visit_import SET outcome = 'accepted'",
            "UPDATE visit_import SET account = (SELECT v.account FROM visit v LIMIT 1)",
            "UPDATE visit_import SET sent_at = NULL",
        ] {
            assert!(execute(&test, sql).await.is_err(), "{sql}");
        }
        // What the phone sends and the rule does not accept waits as any other.
        receive(&visits, walker, &[item(2, &json!([]))]).await;
        assert!(
            execute(&test, "UPDATE visit_import SET sent_at = 1 WHERE sent_at IS NOT NULL").await.is_err()
        );
        assert_eq!(outcomes(&test, &[id(2)]).await, [Outcome::Pending]);
        erased(&test).await;
        assert_eq!(count(&test, "SELECT count(*) FROM visit_import").await, 0);
        assert_eq!(outcomes(&test, &[id(1).erased(), id(2).erased()]).await, [Outcome::Pending; 2]);
    }
}

#[tokio::test]
async fn a_photo_of_a_file_shows_nothing_until_the_phone_sends_its_own() {
    for test in databases().await {
        let (visits, walker, trainer) = ward(&test).await;
        let photo_id = "019a9f6e-0000-4000-8000-000000000009";
        receive(&visits, walker, &[item(1, &json!([{ "kind": "photo", "photo_id": photo_id }]))]).await;
        let (of, now) = ((id(1), photo_id.parse().unwrap()), test.clock.now());
        let photo = |byte: u8| Photo { bytes: vec![byte; 3], width: 1, height: 1 };
        let (forged, own) = (photo(1), photo(2));
        let kept = test.db.write::<_, DbError, _>(move |tx| {
            Box::pin(async move {
                assert!(store::keep_imported(tx, of, ([1; 32], 3), &forged, (trainer, now)).await?);
                assert!(!store::keep_imported(tx, of, ([1; 32], 3), &forged, (trainer, now)).await?);
                store::photo(tx, of.0, of.1).await
            })
        });
        assert!(kept.await.unwrap().unwrap().imported);
        assert_eq!(outcomes(&test, &[id(1)]).await, [Outcome::Pending]);
        let kept = test.db.write::<_, DbError, _>(move |tx| {
            Box::pin(async move {
                store::keep(tx, of, ([2; 32], 3), &own, now).await?;
                // What a file says now comes too late.
                let late = Photo { bytes: vec![3; 3], width: 1, height: 1 };
                assert!(!store::keep_imported(tx, of, ([3; 32], 3), &late, (trainer, now)).await?);
                store::photo(tx, of.0, of.1).await
            })
        });
        let kept = kept.await.unwrap().unwrap();
        assert_eq!((kept.bytes, kept.imported), (vec![2; 3], false));
        assert_eq!(outcomes(&test, &[id(1)]).await, [Outcome::Accepted]);
    }
}
