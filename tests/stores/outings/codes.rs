//! The rotating code: by the check-in of an outing, and with visits.

use jiff::SignedDuration;
use machiaruki::{
    attendance::{MarkId, step_of},
    auth::AccountId,
    clock::{Clock as _, Timestamp},
    db::DbError,
    outings::{
        OutingId,
        service::{self, Actor, MarkOutcome, OutingError},
        store,
    },
    visits::{Outcome, VisitId, service::Received, store as visits},
};
use serde_json::{Value, json};

use super::{Setting, log, made, mark_of, outcomes_of, setting, visits_of};
use crate::support::{TestDb, databases};

/// A moment within the outing, hours before it is sent.
const TYPED: &str = "2026-12-01T01:10:00Z";

/// An outing in which the walker has a place, hours later.
async fn over(test: &TestDb) -> (Setting, OutingId, Actor) {
    let setting = setting(test).await;
    let id = made(test, &setting, 3).await;
    step!(test, setting.walker, |tx, actor| service::sign_up(tx, &actor, id)).unwrap();
    test.clock.set("2026-12-01T08:00:00Z".parse().unwrap());
    let walker = Actor { now: test.clock.now(), ..setting.walker.clone() };
    (setting, id, walker)
}

async fn code_at(test: &TestDb, id: OutingId, at: Timestamp) -> String {
    let outing = store::outing(&mut test.db.read().await.unwrap(), id).await.unwrap().unwrap();
    outing.key.code(step_of(at))
}

/// A code that is not shown anywhere near a moment.
async fn wrong_code(test: &TestDb, id: OutingId, at: Timestamp) -> String {
    let outing = store::outing(&mut test.db.read().await.unwrap(), id).await.unwrap().unwrap();
    let mut guesses = (0..).map(|guess: u32| format!("{guess:06}"));
    guesses.find(|guess| !outing.key.check(guess, at, SignedDuration::from_mins(5))).unwrap()
}

#[tokio::test]
async fn a_code_counts_at_the_time_it_was_typed_and_guessing_ends() {
    for test in databases().await {
        let (setting, id, walker) = over(&test).await;
        let key = store::outing(&mut test.db.read().await.unwrap(), id).await.unwrap().unwrap().key;
        assert!(!format!("{key:?}").contains(char::is_numeric));
        let typed: Timestamp = TYPED.parse().unwrap();
        let code = key.code(step_of(typed));
        let log = log(&test);
        let try_it = async |who: &Actor, number: u8, code: &str, at: Timestamp| {
            let mark: MarkId = format!("019a9f6e-0000-7000-8000-0000000002{number:02}").parse().unwrap();
            let (log, code, who) = (log.clone(), code.to_owned(), who.clone());
            let job = test.db.write::<_, DbError, _>(move |tx| {
                Box::pin(async move { service::check_in(tx, &who, (id, mark), (&code, at), &log).await })
            });
            job.await.unwrap()
        };
        // Who has no place, and whoever leads it: they have the code themselves.
        let stranger = Actor { now: test.clock.now(), ..setting.stranger.clone() };
        let no_place = try_it(&stranger, 9, &code, typed).await;
        assert!(matches!(no_place, Err(OutingError::NotSignedUp)), "{no_place:?}");
        // The right code of another time, and of an hour in which none is shown.
        let other = try_it(&walker, 1, &code, typed + SignedDuration::from_mins(5)).await;
        assert!(matches!(other, Err(OutingError::WrongCode)), "{other:?}");
        let early: Timestamp = "2026-11-30T01:10:00Z".parse().unwrap();
        let before = try_it(&walker, 2, &key.code(step_of(early)), early).await;
        assert!(matches!(before, Err(OutingError::WrongCode)), "{before:?}");
        let late = typed + SignedDuration::from_secs(50);
        assert_eq!(try_it(&walker, 3, &code, late).await.unwrap(), MarkOutcome::Stored);
        assert_eq!(try_it(&walker, 3, &code, late).await.unwrap(), MarkOutcome::Duplicate);
        let written = visits_of(&test, walker.staff.unwrap()).await;
        assert_eq!(written.len(), 2);
        assert!(written.iter().all(|visit| visit.outcome == Outcome::Accepted));
        assert!(serde_json::to_string(&written[0].evidence).unwrap().contains(&code));
        let wrong = wrong_code(&test, id, typed).await;
        for number in 4..7 {
            let refused = try_it(&walker, number, &wrong, typed).await;
            assert!(matches!(refused, Err(OutingError::WrongCode)), "{refused:?}");
        }
        let blocked = try_it(&walker, 8, &code, typed).await;
        assert!(matches!(blocked, Err(OutingError::TooManyTries { .. })), "{blocked:?}");
        // What is kept is answered again all the same.
        assert_eq!(try_it(&walker, 3, &code, late).await.unwrap(), MarkOutcome::Duplicate);
        // A trainer says that they were not there after all; the code has no further say in it.
        let trainer = Actor { now: test.clock.now(), ..setting.trainer.clone() };
        let index = setting.staff.iter().position(|one| Some(*one) == walker.staff).unwrap();
        let marks = [mark_of(&setting, 1, index, false, "2026-12-01T03:00:00Z")];
        step!(test, trainer, |tx, actor| service::mark(tx, &actor, id, &marks, &log)).unwrap();
        assert_eq!(outcomes_of(&test, walker.staff.unwrap()).await, [Outcome::Rejected; 2]);
    }
}

fn visit(setting: &Setting, number: u8, stop: u8, evidence: &Value) -> Vec<u8> {
    json!({
        "id": format!("019a9f6e-0000-7000-8000-0000000003{number:02}"), "route_version_id": setting.version,
        "stop_id": format!("019a9f6e-0000-7000-8000-0000000000{stop:02}"), "at": "2026-12-01T10:10:20+09:00",
        "evidence": [evidence],
    })
    .to_string()
    .into_bytes()
}

/// What became of visits that somebody sends together.
async fn sent(test: &TestDb, who: AccountId, items: &[Vec<u8>]) -> Vec<(Outcome, bool)> {
    let items: Vec<&[u8]> = items.iter().map(Vec::as_slice).collect();
    let received = log(test).receive(who, &items, None).await.unwrap();
    let kept = |one| match one {
        Received::Kept { duplicate, outcome, .. } => Some((outcome, duplicate)),
        Received::Conflict | Received::Refused(_) => None,
    };
    received.into_iter().map(kept).collect::<Option<_>>().unwrap()
}

#[tokio::test]
async fn a_code_that_comes_with_a_visit_is_checked_against_the_visits_own_time() {
    use Outcome::{Accepted, Pending};
    for test in databases().await {
        let (setting, id, walker) = over(&test).await;
        let code = code_at(&test, id, TYPED.parse().unwrap()).await;
        let named = json!({ "kind": "trainer", "code": code, "outing_id": id });
        let unnamed = json!({ "kind": "trainer", "code": code });
        let elsewhere =
            json!({ "kind": "trainer", "code": code, "outing_id": "019a9f6e-0000-7000-8000-00000000dead" });
        let items = [
            visit(&setting, 1, 2, &named),
            visit(&setting, 2, 2, &unnamed),
            visit(&setting, 3, 2, &elsewhere),
            // The stop does not ask for it.
            visit(&setting, 4, 1, &named),
        ];
        let expected = [(Accepted, false), (Accepted, false), (Pending, false), (Pending, false)];
        assert_eq!(sent(&test, walker.account, &items).await, expected);
        // Who has no place is for a trainer to decide.
        let other = [visit(&setting, 5, 2, &named)];
        assert_eq!(sent(&test, setting.stranger.account, &other).await, [(Pending, false)]);
        let flags = async |number: u8| {
            let visit: VisitId = format!("019a9f6e-0000-7000-8000-0000000003{number:02}").parse().unwrap();
            let mut tx = test.db.read().await.unwrap();
            visits::with_ids(&mut tx, &[visit]).await.unwrap()[0].flags.to_string()
        };
        assert_eq!((flags(1).await.as_str(), flags(5).await.as_str()), ("", ""));
        // Wrong codes are flagged, and after five of them nobody listens any more: not to the right one either. What is
        // sent again counts once.
        let wrong = json!({ "kind": "trainer", "code": wrong_code(&test, id, TYPED.parse().unwrap()).await, "outing_id": id });
        for number in 11..16 {
            let item = [visit(&setting, number, 2, &wrong)];
            assert_eq!(sent(&test, walker.account, &item).await, [(Pending, false)]);
            assert_eq!(sent(&test, walker.account, &item).await, [(Pending, true)]);
            assert_eq!(flags(number).await, "wrong_code");
        }
        let blocked = [visit(&setting, 16, 2, &named)];
        assert_eq!(sent(&test, walker.account, &blocked).await, [(Pending, false)]);
        assert_eq!(flags(16).await, "");
        // What was accepted stays so, and later the right one is heard again: as evidence that is added.
        assert_eq!(sent(&test, walker.account, &items[..1]).await, [(Accepted, true)]);
        test.clock.set("2026-12-01T09:00:00Z".parse().unwrap());
        let added = json!({ "id": "019a9f6e-0000-7000-8000-000000000399", "at": "2026-12-01T10:10:20+09:00", "evidence": [named] });
        let (added, blocked) = (added.to_string(), "019a9f6e-0000-7000-8000-000000000316".parse().unwrap());
        let received =
            log(&test).add(walker.account, blocked, &[added.as_bytes()], None).await.unwrap().unwrap();
        let kept = Received::Kept { duplicate: false, outcome: Accepted, verdict: None };
        assert_eq!(received, [kept]);
    }
}
