//! Contact persons go from the history of places after their period, and stay where they are in force.

use machiaruki::{
    app::{retention, system_random},
    auth::{Persona, seed_personas, store},
    catalogue::LayerId,
    clock::Clock as _,
    db::DbError,
    layers::PlaceId,
    on,
    places::{
        ImportOptions,
        editing::{self, Author, Change, EditError, Patch, Stewards},
    },
    retention::Cause,
    staff::seed_roster,
};
use serde_json::json;

use crate::support::{TestDb, databases};

const FILE: &str = "名称,緯度,経度\n甲会,35.65,139.75\n";

async fn author(test: &TestDb) -> Author {
    let mut tx = test.db.read().await.unwrap();
    let (now, today) = (test.clock.now(), test.clock.today());
    let editor = store::account_by_persona(&mut tx, Persona::Editor.as_str(), today).await.unwrap().unwrap();
    Author { account: editor.id, now, today, reason: String::new() }
}

async fn edit(test: &TestDb, change: Change) -> Result<(), EditError> {
    let (author, place) = (author(test).await, PlaceId::of_record("list", "甲会"));
    let edited = test.db.write(move |tx| {
        Box::pin(async move { editing::edit(tx, &Stewards::Any, (place, None), &author, change).await })
    });
    edited.await.map(|_| ())
}

fn saying(fields: &[(&str, &str)]) -> Change {
    let mut patch = Patch::default();
    for (field, value) in fields {
        patch.fields.insert((*field).into(), json!(value));
    }
    Change::Patch(Box::new(patch))
}

async fn history(test: &TestDb) -> Vec<(i64, String, String, Option<i64>)> {
    let mut tx = test.db.read().await.unwrap();
    on!(&mut tx, conn => sqlx::query_as("SELECT version, state, changes, erased_at FROM place_edit ORDER BY version")
        .fetch_all(conn).await)
    .unwrap()
}

async fn erased(test: &TestDb) -> i64 {
    let retention = retention(test.db.clone(), test.shared_clock(), system_random());
    let entry = machiaruki::audit::Entry::by_service(machiaruki::audit::Action::Erase);
    let outcome = retention.run(Cause::Command, None, &entry, None).await.unwrap();
    let of = |class: &&(&str, machiaruki::retention::Erased)| class.0 == "contact_history";
    outcome.erased.iter().find(of).map_or(0, |(_, erased)| erased.subjects)
}

#[tokio::test]
async fn the_history_forgets_contact_persons_and_nothing_else() {
    for test in databases().await {
        let (random, now) = (system_random(), test.clock.now());
        test.db
            .write(move |tx| {
                Box::pin(async move {
                    seed_roster(tx, &random, now).await?;
                    seed_personas(tx, &random, now).await
                })
            })
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        let options = ImportOptions { key: Some(vec!["name".into()]), ..ImportOptions::default() };
        test.import(LayerId::Organisations, "list", FILE, options).await.unwrap();
        edit(&test, saying(&[("contact_name", "見本 花子"), ("contact_phone", "03-1111-1111")]))
            .await
            .unwrap();
        edit(&test, saying(&[("phone", "03-2222-2222")])).await.unwrap();
        edit(&test, saying(&[("contact_name", "見本 次郎")])).await.unwrap();
        // Made in November: kept for the year that begins on 1 April.
        test.clock.set("2028-03-31T23:00:00+09:00".parse().unwrap());
        assert_eq!(erased(&test).await, 0);
        edit(&test, saying(&[("contact_email", "jiro@example.jp")])).await.unwrap();
        test.clock.set("2028-04-01T00:30:00+09:00".parse().unwrap());
        assert_eq!(erased(&test).await, 3);
        assert_eq!(erased(&test).await, 0, "once");

        let history = history(&test).await;
        for (version, state, changes, erased_at) in &history[..3] {
            assert!(erased_at.is_some(), "{version}");
            for canary in ["花子", "次郎", "1111-1111"] {
                assert!(!state.contains(canary) && !changes.contains(canary), "{version}: {state} {changes}");
            }
        }
        assert!(history[0].2.contains("contact_name"), "what was changed stays: {}", history[0].2);
        assert!(history[1].1.contains("03-2222-2222") && history[1].2.contains("03-2222-2222"));
        // The last edit is young: it still knows all.
        assert!(history[3].1.contains("次郎") && history[3].3.is_none());
        // Whom editors name now stays.
        let mut tx = test.db.read().await.unwrap();
        let place = PlaceId::of_record("list", "甲会");
        let view = editing::view(&mut tx, &Stewards::Any, place).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(view.said.fields["contact_name"], "見本 次郎");
        assert_eq!(view.said.fields["contact_phone"], "03-1111-1111");
        // What is not known any more cannot be put back, and takes nothing away.
        assert!(matches!(edit(&test, Change::UndoTo(1)).await, Err(EditError::Invalid(_))));
    }
}
