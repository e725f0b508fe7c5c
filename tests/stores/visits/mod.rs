//! Visits, on both engines: each once, however they are sent, and erased as they should be.

mod imports;

use std::sync::Arc;

use machiaruki::{
    app::system_random,
    auth::{AccountId, Persona, seed_personas, store::account_by_persona},
    clock::Clock as _,
    db::DbError,
    on,
    retention::{Batch, Period, Retained as _},
    routes::{Design, DesignDocument, RouteId, RouteVersionId, store as routes},
    staff::seed_roster,
    visits::{
        VisitsKept,
        model::{FiscalYear, Outcome},
        service::{NoTrainerCodes, Received, Visits},
        store::{self, Decision, DecisionKind},
    },
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{TestDb, databases};

const STOP: &str = "019a9f6e-0000-7000-8000-000000000001";
const VERSION: &str = "019a9f6e-0000-7000-8000-0000000000f1";

/// A published route with one stop that is shown by a photo or a position, and two people.
async fn ward(test: &TestDb) -> (Visits, AccountId, AccountId) {
    let (random, now, today) = (system_random(), test.clock.now(), test.clock.today());
    let design: DesignDocument = serde_json::from_value(json!({
        "title": { "ja": "見本" }, "summary": { "ja": "見本" }, "languages": ["ja"], "slot_min": 120, "waypoints": [{
            "kind": "stop", "stop_id": STOP, "location": [139.75, 35.65], "radius_m": 40, "required": true,
            "evidence": ["gps", "photo"], "name": { "ja": "見本の場所" },
        }],
    }))
    .unwrap();
    let line = serde_json::from_value(json!({
        "coordinates": [[139.75, 35.65], [139.751, 35.65]], "distance_m": 90.5, "duration_s": 120,
        "estimated_duration_s": 700, "stairs": 0, "crossings": 1, "lifts": 0, "stairs_m": 0.0, "steep_m": 0.0,
        "away_m": [0.0], "legs": [], "attributions": ["見本の道"], "sample": true,
    }))
    .unwrap();
    let seeded = test.db.write(move |tx| {
        Box::pin(async move {
            seed_roster(tx, &random, now).await?;
            seed_personas(tx, &random, now).await?;
            let trainer = account_by_persona(tx, Persona::Trainer.as_str(), today).await?.unwrap();
            let walker = account_by_persona(tx, Persona::Staff.as_str(), today).await?.unwrap();
            let route = routes::Route {
                id: RouteId(Uuid::from_u128(1)),
                code: "test-01".into(),
                department: trainer.department.unwrap(),
                department_name: String::new(),
                sample: true,
                origin: None,
                archived_on: None,
            };
            routes::insert_route(tx, &route, now).await?;
            let code = routes::StopCode { stop: STOP.parse().unwrap(), code: "abcdefghjk".into() };
            routes::insert_stop(tx, route.id, &code, now).await?;
            let version = routes::NewVersion {
                id: RouteVersionId(VERSION.parse().unwrap()),
                route: route.id,
                number: 1,
                design: Design::new(design).unwrap(),
                line,
                effective_from: "2026-04-01".parse().unwrap(),
                published_by: trainer.id,
            };
            routes::insert_version(tx, &version, "2026-03-01T00:00:00Z".parse().unwrap()).await?;
            Ok::<_, DbError>((walker.id, trainer.id))
        })
    });
    let (walker, trainer) = seeded.await.unwrap();
    (Visits::new(test.db.clone(), test.shared_clock(), Arc::new(NoTrainerCodes)), walker, trainer)
}

fn item(number: u64, evidence: &Value) -> Vec<u8> {
    json!({
        "id": format!("019a9f6e-0000-7000-8000-{number:012x}"), "route_version_id": VERSION, "stop_id": STOP,
        "at": "2026-11-20T10:15:30+09:00", "evidence": evidence, "note": "メモ",
    })
    .to_string()
    .into_bytes()
}

fn inside() -> Value {
    json!([{ "kind": "gps", "location": [139.75, 35.65], "accuracy_m": 12, "age_s": 1 }])
}

async fn receive(visits: &Visits, account: AccountId, items: &[Vec<u8>]) -> Vec<Received> {
    let items: Vec<&[u8]> = items.iter().map(Vec::as_slice).collect();
    visits.receive(account, &items, None).await.unwrap()
}

async fn count(test: &TestDb, sql: &'static str) -> i64 {
    let mut tx = test.db.read().await.unwrap();
    on!(&mut tx, conn => sqlx::query_scalar(sql).fetch_one(conn).await).unwrap()
}

async fn execute(test: &TestDb, sql: &'static str) -> Result<(), DbError> {
    test.db
        .write(move |tx| {
            Box::pin(async move { Ok(on!(tx, conn => sqlx::query(sql).execute(conn).await.map(|_| ()))?) })
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_parallel_sends_of_the_same_ids_store_each_once() {
    for test in databases().await {
        let (visits, walker, other) = ward(&test).await;
        let items: Arc<Vec<Vec<u8>>> = Arc::new((0..200).map(|number| item(number, &inside())).collect());
        let sends: Vec<_> = (0..20_usize)
            .map(|turn| {
                let (visits, items) = (visits.clone(), items.clone());
                tokio::spawn(async move {
                    // Each in an order of its own.
                    let mut mine = (*items).clone();
                    mine.rotate_left(turn * 7);
                    if turn % 2 == 0 {
                        mine.reverse();
                    }
                    receive(&visits, walker, &mine).await
                })
            })
            .collect();
        let mut stored = 0;
        for send in sends {
            for received in send.await.unwrap() {
                let (duplicate, outcome) = match received {
                    Received::Kept { duplicate, outcome, .. } => (duplicate, outcome),
                    _ => (true, Outcome::Rejected),
                };
                assert_eq!(outcome, Outcome::Accepted);
                stored += usize::from(!duplicate);
            }
        }
        assert_eq!(stored, 200);
        assert_eq!(count(&test, "SELECT count(*) FROM visit").await, 200);
        // Others' ids, and the same id with other content, twice within one batch.
        assert_eq!(receive(&visits, other, &items[..1]).await, [Received::Conflict]);
        let two = [item(500, &inside()), item(500, &json!([])), item(500, &inside())];
        let received = receive(&visits, walker, &two).await;
        assert!(matches!(received[0], Received::Kept { duplicate: false, .. }), "{received:?}");
        assert_eq!(received[1], Received::Conflict);
        assert!(matches!(received[2], Received::Kept { duplicate: true, .. }), "{received:?}");
    }
}

#[tokio::test]
async fn visits_in_any_order_make_the_same_record() {
    let mut records = Vec::new();
    for reversed in [false, true] {
        for test in databases().await {
            let (visits, walker, _) = ward(&test).await;
            let mut items: Vec<Vec<u8>> = (0..6)
                .map(|number| item(number, &if number % 2 == 0 { inside() } else { json!([]) }))
                .collect();
            if reversed {
                items.reverse();
                items.extend(items.clone());
            }
            for one in items.chunks(2) {
                receive(&visits, walker, one).await;
            }
            let mut tx = test.db.read().await.unwrap();
            let found = store::of_account(&mut tx, walker, FiscalYear::new(2026).unwrap()).await.unwrap();
            records.push(
                found
                    .into_iter()
                    .map(|one| {
                        (one.id, one.outcome, one.verdict, one.flags, one.evidence, one.moment, one.note)
                    })
                    .collect::<Vec<_>>(),
            );
        }
    }
    assert_eq!(records[0].len(), 6);
    assert!(records.windows(2).all(|pair| pair[0] == pair[1]), "{records:?}");
}

#[tokio::test]
async fn decisions_and_photos_count_and_nothing_is_changed_or_deleted() {
    for test in databases().await {
        let (visits, walker, trainer) = ward(&test).await;
        let photo_id = "019a9f6e-0000-4000-8000-000000000009";
        receive(
            &visits,
            walker,
            &[item(1, &json!([{ "kind": "photo", "photo_id": photo_id }])), item(2, &json!([]))],
        )
        .await;
        let ids: Vec<machiaruki::visits::VisitId> =
            (1..3).map(|number| format!("019a9f6e-0000-7000-8000-{number:012x}").parse().unwrap()).collect();
        let (first, second, now) = (ids[0], ids[1], test.clock.now());
        let outcomes = async || {
            let mut tx = test.db.read().await.unwrap();
            let found = store::with_ids(&mut tx, &[first, second]).await.unwrap();
            found.into_iter().map(|one| one.outcome).collect::<Vec<_>>()
        };
        assert_eq!(outcomes().await, [Outcome::Pending, Outcome::Pending]);
        let kept = test.db.write(move |tx| {
            Box::pin(async move {
                let photo = machiaruki::photo::Photo { bytes: vec![1, 2, 3], width: 1, height: 1 };
                let of = (first, photo_id.parse().unwrap());
                store::add_part(tx, of, (0, 9), b"four", now).await?;
                let states = store::photo_states(tx, &[first]).await?;
                assert_eq!((states[0].2.received, states[0].2.complete), (4, false));
                store::keep(tx, of, ([7; 32], 9), &photo, now).await?;
                let (kind, reason) = (DecisionKind::Accept, "見ました".to_owned());
                store::decide(tx, &Decision { visit: second, kind, at: now, account: trainer, reason }).await
            })
        });
        kept.await.unwrap();
        assert_eq!(outcomes().await, [Outcome::Accepted, Outcome::Accepted]);
        let mut tx = test.db.read().await.unwrap();
        assert!(store::pending(&mut tx, "", 9).await.unwrap().is_empty());
        drop(tx);
        let reject = test.db.write(move |tx| {
            Box::pin(async move {
                let (kind, reason) = (DecisionKind::Void, "間違い".to_owned());
                store::decide(tx, &Decision { visit: second, kind, at: now, account: trainer, reason }).await
            })
        });
        reject.await.unwrap();
        assert_eq!(outcomes().await, [Outcome::Accepted, Outcome::Rejected]);
        for sql in [
            "DELETE FROM visit",
            "UPDATE visit SET outcome = 'accepted'",
            "UPDATE visit SET note = 'x'",
            "UPDATE visit SET erased_at = 1",
            "DELETE FROM visit_decision",
            "UPDATE visit_decision SET reason = ''",
        ] {
            assert!(execute(&test, sql).await.is_err(), "{sql}");
        }
        erased(&test).await;
        assert!(outcomes().await.is_empty(), "an id of a phone holds the time of the tap");
        let mut tx = test.db.read().await.unwrap();
        let found = store::with_ids(&mut tx, &[first.erased(), second.erased()]).await.unwrap();
        let left: Vec<_> = found.into_iter().map(|one| (one.id, one.outcome)).collect();
        drop(tx);
        assert_eq!(left.len(), 2);
        assert!(left.contains(&(first.erased(), Outcome::Accepted)), "{left:?}");
        assert!(left.contains(&(second.erased(), Outcome::Rejected)), "{left:?}");
        // What was erased is still known when it is sent again.
        let again = receive(&visits, walker, &[item(2, &json!([]))]).await;
        assert!(
            matches!(again[0], Received::Kept { duplicate: true, outcome: Outcome::Rejected, .. }),
            "{again:?}"
        );
        assert_eq!(count(&test, "SELECT count(*) FROM visit").await, 2, "it is not stored once more");
        for sql in [
            "UPDATE visit SET outcome = 'accepted'",
            "UPDATE visit_decision SET visit = (SELECT v.id FROM visit v WHERE v.id <> visit_decision.visit)",
            "UPDATE visit_decision SET kind = 'accept'",
        ] {
            assert!(execute(&test, sql).await.is_err(), "{sql}");
        }
    }
}

/// Erases what is past its period, seven years later.
async fn erased(test: &TestDb) {
    let later = "2033-11-20T03:00:00Z".parse().unwrap();
    let cutoff = Period::fiscal_years(3).cutoff(later);
    let batch = Batch { cutoff, limit: 10, now: later, random: system_random() };
    let done = test.db.write(move |tx| {
        Box::pin(async move {
            assert_eq!(VisitsKept.due(tx, cutoff).await?, 2);
            let erased = VisitsKept.erase(tx, &batch).await?;
            assert_eq!(VisitsKept.due(tx, cutoff).await?, 0);
            Ok::<_, DbError>(erased.subjects)
        })
    });
    assert_eq!(done.await.unwrap(), 2);
    let left = count(
        test,
        "SELECT count(*) FROM visit WHERE at IS NOT NULL OR evidence IS NOT NULL OR note IS NOT NULL
         OR digest IS NOT NULL OR received_at IS NOT NULL OR day <> '2026-11-20' OR substr(id, 15, 1) <> '8'",
    );
    assert_eq!(left.await, 0);
    let rest = "SELECT (SELECT count(*) FROM visit_photo) + (SELECT count(*) FROM visit_photo_part)
        + (SELECT count(*) FROM visit_decision WHERE reason <> '')";
    assert_eq!(count(test, rest).await, 0);
}
