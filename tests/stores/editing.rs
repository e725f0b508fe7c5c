//! What editors say of places, on both engines.

use std::collections::HashMap;

use machiaruki::{
    app::system_random,
    auth::{AccountId, Persona, seed_personas, store},
    catalogue::LayerId,
    clock::{Clock as _, Date},
    db::DbError,
    layers::PlaceId,
    on,
    places::{
        ImportOptions,
        editing::{self, Author, Change, EditError, Patch, PlaceView, Stewards},
    },
    staff::seed_roster,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{TestDb, databases};

const FILE: &str = "名称,緯度,経度,電話番号\n甲会,35.65,139.75,03-1111-1111\n乙会,35.66,139.75,\n";

async fn prepared(test: &TestDb) -> Author {
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
    import(test, FILE).await;
    let mut tx = test.db.read().await.unwrap();
    let today = test.clock.today();
    let editor = store::account_by_persona(&mut tx, Persona::Editor.as_str(), today).await.unwrap().unwrap();
    author(test, editor.id)
}

fn author(test: &TestDb, account: AccountId) -> Author {
    Author { account, now: test.clock.now(), today: test.clock.today(), reason: String::new() }
}

async fn import(test: &TestDb, text: &str) {
    let options = ImportOptions {
        steward: Some("協働課".into()),
        key: Some(vec!["name".into()]),
        ..ImportOptions::default()
    };
    test.import(LayerId::Organisations, "list", text, options).await.unwrap();
}

fn place(name: &str) -> PlaceId {
    PlaceId::of_record("list", name)
}

async fn edit(
    test: &TestDb,
    author: &Author,
    (id, tag): (PlaceId, Option<i64>),
    change: Change,
) -> Result<PlaceView, EditError> {
    let author = author.clone();
    let edited = test.db.write(move |tx| {
        Box::pin(async move { editing::edit(tx, &Stewards::Any, (id, tag), &author, change).await })
    });
    edited.await.map(|edited| edited.view)
}

async fn view(test: &TestDb, id: PlaceId) -> PlaceView {
    let mut tx = test.db.read().await.unwrap();
    editing::view(&mut tx, &Stewards::Any, id).await.unwrap().unwrap()
}

fn saying(field: &str, value: impl Into<Value>) -> Change {
    let mut patch = Patch::default();
    patch.fields.insert(field.into(), value.into());
    Change::Patch(Box::new(patch))
}

#[tokio::test]
async fn what_editors_say_outlives_every_import() {
    for test in databases().await {
        let author = prepared(&test).await;
        let id = place("甲会");
        edit(&test, &author, (id, None), saying("phone", "03-2222-2222")).await.unwrap();
        // The file changes, loses the place, and has it back.
        import(&test, &FILE.replace("03-1111-1111", "03-3333-3333")).await;
        import(&test, "名称,緯度,経度,電話番号\n乙会,35.66,139.75,\n").await;
        let gone = view(&test, id).await;
        assert_eq!(gone.said.fields["retired_on"], "2026-11-20");
        assert_eq!(gone.said.fields["phone"], "03-2222-2222");
        let back = edit(&test, &author, (id, None), Change::Restore).await.unwrap();
        assert_eq!(back.said.fields.get("retired_on"), None);
        import(&test, FILE).await;
        let now = view(&test, id).await;
        assert_eq!(
            (&now.files.fields["phone"], &now.said.fields["phone"]),
            (&json!("03-1111-1111"), &json!("03-2222-2222"))
        );
    }
}

#[tokio::test]
async fn the_history_is_only_ever_added_to() {
    for test in databases().await {
        let author = prepared(&test).await;
        let id = place("甲会");
        edit(&test, &author, (id, None), saying("note", "一")).await.unwrap();
        for statement in [
            "DELETE FROM place_edit",
            "UPDATE place_edit SET reason = 'x'",
            "UPDATE place_edit SET state = '{}', changes = '[]'",
        ] {
            let tried: Result<(), DbError> = test
                .db
                .write(move |tx| {
                    Box::pin(async move {
                        on!(tx, conn => sqlx::query(statement).execute(conn).await.map(|_| ()))?;
                        Ok(())
                    })
                })
                .await;
            assert!(tried.is_err(), "{statement}");
        }
        let mut tx = test.db.read().await.unwrap();
        let history = editing::history(&mut tx, &Stewards::Any, id).await.unwrap().unwrap();
        assert_eq!(history.len(), 1);
    }
}

#[tokio::test]
async fn of_two_at_once_one_is_told() {
    for test in databases().await {
        let author = prepared(&test).await;
        let id = place("甲会");
        let tag = Some(view(&test, id).await.tag);
        let (one, other) = tokio::join!(
            edit(&test, &author, (id, tag), saying("note", "一")),
            edit(&test, &author, (id, tag), saying("url", "https://example.jp")),
        );
        assert_eq!([&one, &other].iter().filter(|result| result.is_ok()).count(), 1);
        assert!([one, other].into_iter().any(|result| matches!(result, Err(EditError::Stale))));
        // An import in between counts as somebody else, too; the others of its places do not mind.
        let (mine, theirs) = (view(&test, id).await.tag, view(&test, place("乙会")).await.tag);
        import(&test, &FILE.replace("03-1111-1111", "03-4444-4444")).await;
        assert!(matches!(
            edit(&test, &author, (id, Some(mine)), saying("note", "二")).await,
            Err(EditError::Stale)
        ));
        edit(&test, &author, (place("乙会"), Some(theirs)), saying("note", "二")).await.unwrap();
    }
}

#[tokio::test]
async fn out_of_reach_is_absent() {
    for test in databases().await {
        let author = prepared(&test).await;
        let reach = Stewards::Named(["ほかの課".to_owned()].into());
        let id = place("甲会");
        let mut tx = test.db.read().await.unwrap();
        assert!(editing::view(&mut tx, &reach, id).await.unwrap().is_none());
        assert!(editing::history(&mut tx, &reach, id).await.unwrap().is_none());
        drop(tx);
        let tried = test.db.write(move |tx| {
            Box::pin(async move { editing::edit(tx, &reach, (id, None), &author, saying("note", "x")).await })
        });
        assert!(matches!(tried.await, Err(EditError::Absent)));
    }
}

/// One step of an editor.
#[derive(Clone, Debug)]
enum Step {
    Say(usize, Option<u8>),
    Hide(usize, bool),
    Retire(i8),
    Restore,
    Undo(usize),
}

const FIELDS: [&str; 3] = ["note", "phone", "url"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0..3_usize, proptest::option::of(0..4_u8)).prop_map(|(field, value)| Step::Say(field, value)),
        (0..3_usize, any::<bool>()).prop_map(|(field, hide)| Step::Hide(field, hide)),
        (1..28_i8).prop_map(Step::Retire),
        Just(Step::Restore),
        (0..12_usize).prop_map(Step::Undo),
    ];
    proptest::collection::vec(step, 1..14)
}

/// What is seen of a place: values by field, and what is hidden.
type Model = (HashMap<&'static str, String>, Vec<&'static str>);

fn text(field: usize, value: u8) -> String {
    match FIELDS[field] {
        "phone" => format!("03-0000-000{value}"),
        "url" => format!("https://example.jp/{value}"),
        _ => format!("{value}番"),
    }
}

fn apply(model: &mut Vec<Model>, step: &Step) -> Option<Change> {
    let mut next = model.last().cloned().unwrap_or_default();
    let mut patch = Patch::default();
    let change = match step {
        Step::Say(field, value) => {
            let name = FIELDS[*field];
            let value = value.map(|value| text(*field, value));
            match &value {
                Some(value) => next.0.insert(name, value.clone()),
                None => next.0.remove(name),
            };
            patch.fields.insert(name.into(), value.map_or(Value::Null, Into::into));
            Change::Patch(Box::new(patch))
        }
        Step::Hide(field, hide) => {
            let name = FIELDS[*field];
            next.1.retain(|hidden| *hidden != name);
            if *hide {
                next.1.push(name);
                next.1.sort_unstable();
            }
            patch.hidden.insert(name.into(), *hide);
            Change::Patch(Box::new(patch))
        }
        Step::Retire(day) => {
            let day = Date::constant(2026, 11, *day);
            next.0.insert("retired_on", day.to_string());
            Change::Retire(day)
        }
        Step::Restore => {
            next.0.remove("retired_on");
            Change::Restore
        }
        Step::Undo(to) => {
            let to = to % model.len();
            next = model[to].clone();
            if next == *model.last()? {
                return None;
            }
            model.push(next);
            return Some(Change::UndoTo(i64::try_from(to).unwrap()));
        }
    };
    // What changes nothing is no edit.
    if Some(&next) != model.last() {
        model.push(next);
    }
    Some(change)
}

fn seen(view: &PlaceView) -> Model {
    let fields = FIELDS.into_iter().chain(["retired_on"]);
    let values = fields.filter_map(|name| Some((name, view.said.fields.get(name)?.as_str()?.to_owned())));
    let hidden = FIELDS.into_iter().filter(|name| view.over.hidden.contains(*name));
    let mut hidden: Vec<&str> = hidden.collect();
    hidden.sort_unstable();
    (values.collect(), hidden)
}

/// Any sequence of edits and undos gives what a plain list of states gives.
#[test]
fn edits_and_undos_are_what_a_list_of_states_is() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let config = ProptestConfig { cases: 24, ..ProptestConfig::default() };
    proptest!(config, |(steps in steps())| {
        runtime.block_on(async {
            for test in databases().await.into_iter().take(1) {
                let author = prepared(&test).await;
                let id = place("甲会");
                let mut model: Vec<Model> = vec![seen(&view(&test, id).await)];
                for step in &steps {
                    let Some(change) = apply(&mut model, step) else { continue };
                    let after = edit(&test, &author, (id, None), change).await.unwrap();
                    assert_eq!(&seen(&after), model.last().unwrap(), "{step:?}");
                    assert_eq!(after.edits as usize, model.len() - 1, "{step:?}");
                }
                assert_eq!(&seen(&view(&test, id).await), model.last().unwrap());
            }
        });
    });
}
