//! Outings, on both engines.

use std::{collections::BTreeSet, sync::Arc};

use machiaruki::{
    app::system_random,
    auth::{
        AccountId, Persona, Reach,
        store::{account_by_persona, account_of_staff},
    },
    clock::{Clock as _, tokyo_midnight},
    db::DbError,
    notify, on,
    outings::{
        Answer, HostDocument, OutingCodes, OutingDocument, OutingId, OutingState, Outings, Plan, SignUpState,
        service::{self, Actor, Decision, MarkOutcome, NewMark, Nomination, OutingError},
        store,
    },
    retention::{Batch, Cutoff, Retained as _},
    routes::{RouteVersionId, model::HostKind},
    staff::StaffId,
    visits::{
        Outcome,
        model::{FiscalYear, Shown},
        service::Visits,
        store as visits,
    },
};
use serde_json::json;

use crate::{
    routes::{create as create_route, design, people, publish, stop, submit},
    support::{TestDb, databases},
};

/// The log of visits, with the codes of outings.
fn log(test: &TestDb) -> Visits {
    Visits::new(test.db.clone(), test.shared_clock(), Arc::new(OutingCodes))
}

/// The visits of somebody, by their account.
async fn visits_of(test: &TestDb, staff: StaffId) -> Vec<visits::Visit> {
    let mut tx = test.db.read().await.unwrap();
    let Some(owner) = account_of_staff(&mut tx, staff, test.clock.today()).await.unwrap() else {
        return Vec::new();
    };
    visits::of_account(&mut tx, owner.id, FiscalYear::new(2026).unwrap()).await.unwrap()
}

async fn outcomes_of(test: &TestDb, staff: StaffId) -> Vec<Outcome> {
    visits_of(test, staff).await.into_iter().map(|visit| visit.outcome).collect()
}

/// A ward with a published route, its trainer, and members of staff.
struct Setting {
    trainer: Actor,
    stranger: Actor,
    /// Somebody with an account of their own; they are `staff[walker]`.
    walker: Actor,
    version: RouteVersionId,
    /// Those without an account first.
    staff: Vec<StaffId>,
}

async fn actor(test: &TestDb, persona: Persona) -> Actor {
    let today = test.clock.today();
    let mut tx = test.db.read().await.unwrap();
    let account = account_by_persona(&mut tx, persona.as_str(), today).await.unwrap().unwrap();
    let department = account.department.unwrap();
    let staff: String = on!(&mut tx, conn => sqlx::query_scalar("SELECT staff FROM account WHERE id = $1")
        .bind(account.id.to_string()).fetch_one(conn).await)
    .unwrap();
    Actor {
        account: account.id,
        staff: Some(staff.parse().unwrap()),
        department: Some(department),
        reach: Reach::Departments([department].into()),
        now: test.clock.now(),
        today,
        random: system_random(),
    }
}

async fn setting(test: &TestDb) -> Setting {
    let routes = people(test).await;
    // Of the two stops one asks for a trainer's code.
    let mut guided = stop(2, 139.751);
    guided["evidence"] = json!(["trainer"]);
    let id = create_route(test, &routes.author, design("坂", &[stop(1, 139.75), guided])).await.unwrap();
    submit(test, &routes.author, id).await.unwrap();
    let version = publish(test, &routes.reviewer, id, None).await.unwrap().id;
    let trainer = actor(test, Persona::Trainer).await;
    let stranger = actor(test, Persona::Reviewer).await;
    let mut tx = test.db.read().await.unwrap();
    let staff: Vec<String> = on!(&mut tx, conn => sqlx::query_scalar(
        "SELECT s.id FROM staff s JOIN staff_spell p ON p.staff = s.id AND p.valid_from <= '2026-11-20'
             AND p.valid_to > '2026-11-20' WHERE NOT EXISTS (SELECT 1 FROM absence b WHERE b.staff = s.id)
         ORDER BY CASE WHEN EXISTS (SELECT 1 FROM account a WHERE a.staff = s.id) THEN 1 ELSE 0 END, s.number").fetch_all(conn).await)
    .unwrap();
    drop(tx);
    let walker = actor(test, Persona::Staff).await;
    let staff: Vec<StaffId> = staff.iter().map(|id| id.parse().unwrap()).collect();
    let others = staff.into_iter().filter(|id| Some(*id) != trainer.staff && Some(*id) != walker.staff);
    let staff = others.chain(walker.staff).collect();
    Setting { trainer, stranger, walker, version, staff }
}

fn plan(setting: &Setting, capacity: u16) -> Plan {
    Plan::new(OutingDocument {
        route_version_id: setting.version,
        starts_at: "2026-12-01T01:00:00Z".parse().unwrap(),
        duration_min: 120,
        meeting_point: "区役所ロビー".into(),
        capacity,
        trainer_numbers: BTreeSet::new(),
        hosts: vec![HostDocument { kind: HostKind::Organisation, name: "見本町会".into() }],
    })
    .unwrap()
}

/// Runs a step of the service in a transaction.
macro_rules! step {
    ($test:expr, $actor:expr, |$tx:ident, $who:ident| $body:expr) => {{
        let $who: Actor = $actor.clone();
        let done: Result<_, OutingError> =
            $test.db.write(move |$tx| Box::pin(async move { $body.await })).await;
        done
    }};
}

// After the macro: it is known below its definition.
mod codes;
mod lists;
mod waiting;

impl Setting {
    /// Somebody on the roster, through the trainer's account: for signing up only the roster matters.
    fn somebody(&self, index: usize, test: &TestDb) -> Actor {
        Actor { staff: Some(self.staff[index]), now: test.clock.now(), ..self.trainer.clone() }
    }
}

async fn made(test: &TestDb, setting: &Setting, capacity: u16) -> OutingId {
    let plan = plan(setting, capacity);
    step!(test, setting.trainer, |tx, actor| service::create(tx, &actor, &plan)).unwrap()
}

async fn signed_up(test: &TestDb, setting: &Setting, id: OutingId, index: usize) -> SignUpState {
    let walker = setting.somebody(index, test);
    step!(test, walker, |tx, actor| service::sign_up(tx, &actor, id)).unwrap().state
}

async fn state(test: &TestDb, setting: &Setting, id: OutingId, index: usize) -> Option<SignUpState> {
    let mut tx = test.db.read().await.unwrap();
    store::sign_up(&mut tx, id, setting.staff[index]).await.unwrap().map(|one| one.state)
}

/// Kinds of what somebody was told, by name: all of it happens at one moment.
async fn told(test: &TestDb, staff: StaffId) -> Vec<String> {
    let mut tx = test.db.read().await.unwrap();
    let notices =
        notify::store::notices(&mut tx, staff, notify::store::Wanted::default(), 500).await.unwrap();
    let mut kinds: Vec<String> = notices.into_iter().map(|notice| notice.kind).collect();
    kinds.sort();
    kinds
}

#[tokio::test]
async fn places_are_never_given_twice_however_many_ask_at_once() {
    for test in databases().await {
        let setting = Arc::new(setting(&test).await);
        let count = setting.staff.len().min(24);
        let id = made(&test, &setting, 5).await;
        let other = Arc::new(TestDb::beside(&test).await);
        let mut tasks = Vec::new();
        for index in 0..count {
            let walker = setting.somebody(index, &test);
            let db = if index % 2 == 0 { test.db.clone() } else { other.db.clone() };
            tasks.push(tokio::spawn(async move {
                db.write(move |tx| Box::pin(async move { service::sign_up(tx, &walker, id).await })).await
            }));
        }
        for task in tasks {
            task.await.unwrap().map_err(|error: OutingError| error).unwrap();
        }
        let counted =
            async |state| store::count_in(&mut test.db.read().await.unwrap(), id, state).await.unwrap();
        assert_eq!(counted(SignUpState::Confirmed).await, 5);
        assert_eq!(counted(SignUpState::Waiting).await, count as i64 - 5);
        // All withdraw at once: the five who have waited longest get their places, and each is told once.
        let all = store::sign_ups(&mut test.db.read().await.unwrap(), id).await.unwrap();
        let positions: BTreeSet<i64> = all.iter().map(|one| one.position).collect();
        assert_eq!(positions.len(), count);
        let with = |state| all.iter().filter(move |one| one.state == state);
        let index = |one: &store::SignUp| setting.staff.iter().position(|staff| *staff == one.staff).unwrap();
        let confirmed: Vec<usize> = with(SignUpState::Confirmed).map(index).collect();
        let next: Vec<usize> = with(SignUpState::Waiting).take(5).map(index).collect();
        assert!(with(SignUpState::Confirmed).all(|one| one.position <= 5), "who came first has a place");
        let mut tasks = Vec::new();
        for index in confirmed {
            let walker = setting.somebody(index, &test);
            let db = other.db.clone();
            tasks.push(tokio::spawn(async move {
                db.write(move |tx| Box::pin(async move { service::withdraw(tx, &walker, id).await })).await
            }));
        }
        for task in tasks {
            task.await.unwrap().map_err(|error: OutingError| error).unwrap();
        }
        assert_eq!(counted(SignUpState::Confirmed).await, 5);
        assert_eq!(counted(SignUpState::Waiting).await, count as i64 - 10);
        for index in next {
            assert_eq!(state(&test, &setting, id, index).await, Some(SignUpState::Confirmed));
            assert_eq!(told(&test, setting.staff[index]).await, ["outing_promoted"]);
        }
    }
}

#[tokio::test]
async fn who_has_waited_longest_moves_up_and_is_told() {
    for test in databases().await {
        let setting = setting(&test).await;
        let id = made(&test, &setting, 1).await;
        assert_eq!(signed_up(&test, &setting, id, 0).await, SignUpState::Confirmed);
        assert_eq!(signed_up(&test, &setting, id, 1).await, SignUpState::Waiting);
        assert_eq!(signed_up(&test, &setting, id, 2).await, SignUpState::Waiting);
        assert_eq!(signed_up(&test, &setting, id, 0).await, SignUpState::Confirmed);
        let first = setting.somebody(0, &test);
        step!(test, first, |tx, actor| service::withdraw(tx, &actor, id)).unwrap();
        assert_eq!(state(&test, &setting, id, 1).await, Some(SignUpState::Confirmed));
        assert_eq!(told(&test, setting.staff[1]).await, ["outing_promoted"]);
        assert!(told(&test, setting.staff[2]).await.is_empty());
        // Who comes back is at the end.
        assert_eq!(signed_up(&test, &setting, id, 0).await, SignUpState::Waiting);
        let larger = plan(&setting, 2);
        step!(test, setting.trainer, |tx, actor| service::change(tx, &actor, (id, 1), &larger)).unwrap();
        assert_eq!(state(&test, &setting, id, 2).await, Some(SignUpState::Confirmed));
        assert_eq!(state(&test, &setting, id, 0).await, Some(SignUpState::Waiting));
        let smaller = plan(&setting, 1);
        let refused =
            step!(test, setting.trainer, |tx, actor| service::change(tx, &actor, (id, 2), &smaller));
        assert!(matches!(refused, Err(OutingError::TooFewPlaces { confirmed: 2 })), "{refused:?}");
    }
}

#[tokio::test]
async fn changes_are_told_once_and_others_change_nothing() {
    for test in databases().await {
        let setting = setting(&test).await;
        let id = made(&test, &setting, 3).await;
        signed_up(&test, &setting, id, 0).await;
        let mut document = plan(&setting, 3).document().clone();
        document.meeting_point = "駅前".into();
        let moved = Plan::new(document).unwrap();
        let (again, foreign) = (moved.clone(), moved.clone());
        let absent =
            step!(test, setting.stranger, |tx, actor| service::change(tx, &actor, (id, 1), &foreign));
        assert!(matches!(absent, Err(OutingError::Absent)), "{absent:?}");
        step!(test, setting.trainer, |tx, actor| service::change(tx, &actor, (id, 1), &moved)).unwrap();
        let stale = step!(test, setting.trainer, |tx, actor| service::change(tx, &actor, (id, 1), &again));
        assert!(matches!(stale, Err(OutingError::Stale)), "{stale:?}");
        step!(test, setting.trainer, |tx, actor| service::cancel(tx, &actor, id, "大雨のため".into()))
            .unwrap();
        assert_eq!(told(&test, setting.staff[0]).await, ["outing_cancelled", "outing_changed"]);
        let walker = setting.somebody(1, &test);
        let closed = step!(test, walker, |tx, actor| service::sign_up(tx, &actor, id));
        assert!(matches!(closed, Err(OutingError::Closed)), "{closed:?}");
        let past = Plan::new(OutingDocument {
            starts_at: "2026-11-01T00:00:00Z".parse().unwrap(),
            ..plan(&setting, 1).document().clone()
        })
        .unwrap();
        let early = step!(test, setting.trainer, |tx, actor| service::create(tx, &actor, &past));
        assert!(matches!(early, Err(OutingError::InThePast)), "{early:?}");
    }
}

#[tokio::test]
async fn departments_put_forward_trainers_decide_and_people_are_told() {
    for test in databases().await {
        let setting = setting(&test).await;
        let id = made(&test, &setting, 2).await;
        // A coordinator of the whole ward, and one who reaches nobody.
        let all = Actor { reach: Reach::Any, ..setting.stranger.clone() };
        let none = Actor { reach: Reach::Departments([].into()), ..setting.stranger.clone() };
        let people: Vec<StaffId> = setting.staff[..3].to_vec();
        let named = people.clone();
        let outcome = step!(test, none, |tx, actor| service::nominate(tx, &actor, id, &named)).unwrap();
        assert_eq!(outcome, [Nomination::Absent; 3]);
        let named = people.clone();
        let outcome = step!(test, all, |tx, actor| service::nominate(tx, &actor, id, &named)).unwrap();
        assert_eq!(outcome, [Nomination::Nominated; 3]);
        let named = people.clone();
        let outcome = step!(test, all, |tx, actor| service::nominate(tx, &actor, id, &named)).unwrap();
        assert_eq!(outcome, [Nomination::Known(SignUpState::Nominated); 3]);
        // Being put forward takes no place yet.
        assert_eq!(signed_up(&test, &setting, id, 3).await, SignUpState::Confirmed);
        let decisions: Vec<Decision> =
            people[..2].iter().map(|staff| Decision { staff: *staff, accept: true }).collect();
        let (foreign, refuse) = (decisions.clone(), [Decision { staff: people[2], accept: false }]);
        let absent = step!(test, setting.stranger, |tx, actor| service::decide(tx, &actor, id, &foreign));
        assert!(matches!(absent, Err(OutingError::Absent)), "{absent:?}");
        step!(test, setting.trainer, |tx, actor| service::decide(tx, &actor, id, &decisions)).unwrap();
        step!(test, setting.trainer, |tx, actor| service::decide(tx, &actor, id, &refuse)).unwrap();
        assert_eq!(state(&test, &setting, id, 0).await, Some(SignUpState::Confirmed));
        assert_eq!(state(&test, &setting, id, 1).await, Some(SignUpState::Waiting));
        assert_eq!(told(&test, people[0]).await, ["outing_confirmed", "outing_nominated"]);
        assert_eq!(told(&test, people[1]).await, ["outing_nominated", "outing_waiting"]);
        assert_eq!(told(&test, people[2]).await, ["outing_nominated", "outing_refused"]);
        let walker = setting.somebody(2, &test);
        let refused = step!(test, walker, |tx, actor| service::sign_up(tx, &actor, id));
        assert!(matches!(refused, Err(OutingError::RefusedBefore)), "{refused:?}");
        // A coordinator sees those whom they put forward, the trainer everybody.
        let mut tx = test.db.read().await.unwrap();
        let today = test.clock.today();
        let own = store::participants(&mut tx, id, Some(all.account), today).await.unwrap();
        assert_eq!(own.len(), 3);
        assert!(own.iter().all(|one| one.name.is_some() && one.number.is_some()));
        let nobodys = AccountId(uuid::Uuid::nil());
        assert!(store::participants(&mut tx, id, Some(nobodys), today).await.unwrap().is_empty());
        assert_eq!(store::participants(&mut tx, id, None, today).await.unwrap().len(), 4);
    }
}

fn mark_of(setting: &Setting, number: u8, index: usize, present: bool, at: &str) -> NewMark {
    let id = format!("019a9f6e-0000-7000-8000-0000000001{number:02}");
    NewMark { id: id.parse().unwrap(), staff: setting.staff[index], present, at: at.parse().unwrap() }
}

#[tokio::test]
async fn a_roll_call_writes_a_visit_for_every_stop_once_in_whatever_order_it_arrives() {
    use MarkOutcome::{BadTime, Conflict, Duplicate, NotSignedUp, Own, Stored};
    for test in databases().await {
        let setting = setting(&test).await;
        let id = made(&test, &setting, 3).await;
        signed_up(&test, &setting, id, 0).await;
        signed_up(&test, &setting, id, 1).await;
        step!(test, setting.trainer, |tx, actor| service::sign_up(tx, &actor, id)).unwrap();
        // Sent hours later, when there is a network again.
        test.clock.set("2026-12-01T09:00:00Z".parse().unwrap());
        let trainer = Actor { now: test.clock.now(), ..setting.trainer.clone() };
        let log = log(&test);
        let call = async |marks: Vec<NewMark>| {
            let log = log.clone();
            step!(test, trainer, |tx, actor| service::mark(tx, &actor, id, &marks, &log)).unwrap()
        };
        let outcomes = async |marks: Vec<NewMark>| call(marks).await.outcomes;
        let present = mark_of(&setting, 1, 0, true, "2026-12-01T01:05:00.000000789Z");
        let absent = mark_of(&setting, 2, 1, false, "2026-12-01T01:05:00Z");
        let own = NewMark {
            staff: setting.trainer.staff.unwrap(),
            ..mark_of(&setting, 9, 0, true, "2026-12-01T01:05:00Z")
        };
        let called = call(vec![
            present,
            absent,
            mark_of(&setting, 3, 2, true, "2026-12-01T01:05:00Z"),
            mark_of(&setting, 4, 0, true, "2026-12-02T01:05:00Z"),
            mark_of(&setting, 5, 0, true, "1970-01-01T00:00:00Z"),
            own,
        ])
        .await;
        assert_eq!(called.outcomes, [Stored, Stored, NotSignedUp, BadTime, BadTime, Own]);
        // Who never signed in has an account that opens nothing, so that the visits are somebody's.
        assert_eq!(called.new_accounts, setting.staff[..2]);
        assert_eq!(outcomes(vec![present, absent]).await, [Duplicate, Duplicate]);
        assert_eq!(outcomes(vec![NewMark { present: false, ..present }]).await, [Conflict]);
        let written = visits_of(&test, setting.staff[0]).await;
        assert_eq!(written.len(), 2, "a visit for each stop");
        for visit in &written {
            assert_eq!((visit.outcome, visit.id.0.get_version_num()), (Outcome::Accepted, 8));
            assert_eq!(visit.moment.unwrap().text(), "2026-12-01T10:00:00+09:00", "the outing's time");
            assert_eq!(visit.evidence[0].shown, Shown::Yes);
        }
        // Only of the stop that asks for it.
        assert_eq!(written.iter().filter(|visit| visit.evidence[0].asked).count(), 1);
        assert!(visits_of(&test, setting.staff[1]).await.is_empty());
        // An earlier mark that arrives late changes nothing; a later one does, and may be corrected.
        let late = mark_of(&setting, 6, 0, false, "2026-12-01T01:01:00Z");
        assert_eq!(outcomes(vec![late]).await, [Stored]);
        assert_eq!(outcomes_of(&test, setting.staff[0]).await, [Outcome::Accepted; 2]);
        let gone = mark_of(&setting, 7, 0, false, "2026-12-01T01:30:00Z");
        assert_eq!(outcomes(vec![gone]).await, [Stored]);
        assert_eq!(outcomes_of(&test, setting.staff[0]).await, [Outcome::Rejected; 2]);
        let back = mark_of(&setting, 8, 0, true, "2026-12-01T01:40:00Z");
        assert_eq!(outcomes(vec![back, gone, late]).await, [Stored, Duplicate, Duplicate]);
        assert_eq!(outcomes_of(&test, setting.staff[0]).await, [Outcome::Accepted; 2]);
        // All stops at one time are no impossible speed.
        let mut tx = test.db.read().await.unwrap();
        let seen = visits::seen(&mut tx, FiscalYear::new(2026).unwrap(), None).await.unwrap();
        assert!(seen.is_empty(), "{seen:?}");
        assert_eq!(store::outing(&mut tx, id).await.unwrap().unwrap().state, OutingState::Held);
        drop(tx);
        let stranger = Actor { now: test.clock.now(), ..setting.stranger.clone() };
        let foreign = step!(test, stranger, |tx, actor| service::mark(tx, &actor, id, &[], &log));
        assert!(matches!(foreign, Err(OutingError::Absent)), "{foreign:?}");
    }
}

#[tokio::test]
async fn a_mark_and_its_visits_are_stored_together_or_not_at_all() {
    for test in databases().await {
        let setting = setting(&test).await;
        let id = made(&test, &setting, 3).await;
        signed_up(&test, &setting, id, 0).await;
        test.clock.set("2026-12-01T03:00:00Z".parse().unwrap());
        let trainer = Actor { now: test.clock.now(), ..setting.trainer.clone() };
        let log = log(&test);
        let marks = [mark_of(&setting, 1, 0, true, "2026-12-01T01:05:00Z")];
        // The transaction fails after the mark and its visits: neither stays.
        let failed: Result<(), OutingError> = test
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let called = service::mark(tx, &trainer, id, &marks, &log).await?;
                    assert_eq!(called.outcomes, [MarkOutcome::Stored]);
                    Err(OutingError::Stale)
                })
            })
            .await;
        assert!(matches!(failed, Err(OutingError::Stale)), "{failed:?}");
        assert!(visits_of(&test, setting.staff[0]).await.is_empty());
        assert!(!store::is_marked(&mut test.db.read().await.unwrap(), id).await.unwrap());
    }
}

#[tokio::test]
async fn hosts_answer_by_a_link_of_which_only_the_hash_is_kept() {
    for test in databases().await {
        let setting = setting(&test).await;
        let id = made(&test, &setting, 3).await;
        signed_up(&test, &setting, id, 0).await;
        let host = store::hosts(&mut test.db.read().await.unwrap(), id).await.unwrap()[0].id;
        let foreign = step!(test, setting.stranger, |tx, actor| service::ask(tx, &actor, (id, host)));
        assert!(matches!(foreign, Err(OutingError::Absent)));
        let (old, _) =
            step!(test, setting.trainer, |tx, actor| service::ask(tx, &actor, (id, host))).unwrap();
        let (token, until) =
            step!(test, setting.trainer, |tx, actor| service::ask(tx, &actor, (id, host))).unwrap();
        let now = test.clock.now();
        let mut tx = test.db.read().await.unwrap();
        assert!(service::briefing(&mut tx, &old, now).await.unwrap().is_none());
        let briefing = service::briefing(&mut tx, &token, now).await.unwrap().unwrap();
        assert_eq!((briefing.headcount, &*briefing.host.name), (1, "見本町会"));
        assert!(service::briefing(&mut tx, &token, until).await.unwrap().is_none());
        drop(tx);
        let says = token.clone();
        let done: Result<(), OutingError> = test
            .db
            .write(move |tx| {
                Box::pin(async move {
                    service::answer(tx, &says, (Answer::Yes, "お待ちしています"), now).await
                })
            })
            .await;
        done.unwrap();
        let hosts = store::hosts(&mut test.db.read().await.unwrap(), id).await.unwrap();
        assert_eq!((hosts[0].answer, hosts[0].by_phone), (Some(Answer::Yes), false));
        // A host that stays keeps its answer, whatever else changes.
        let same = plan(&setting, 4);
        step!(test, setting.trainer, |tx, actor| service::change(tx, &actor, (id, 1), &same)).unwrap();
        assert_eq!(
            store::hosts(&mut test.db.read().await.unwrap(), id).await.unwrap()[0].answer,
            Some(Answer::Yes)
        );
        step!(test, setting.trainer, |tx, actor| service::answer_by_phone(
            tx,
            &actor,
            (id, host),
            (Answer::No, "")
        ))
        .unwrap();
        assert!(store::hosts(&mut test.db.read().await.unwrap(), id).await.unwrap()[0].by_phone);
    }
}

#[tokio::test]
async fn after_the_period_nobody_knows_who_took_part() {
    for test in databases().await {
        let setting = setting(&test).await;
        let id = made(&test, &setting, 3).await;
        signed_up(&test, &setting, id, 0).await;
        let day = "2027-04-01".parse().unwrap();
        let cutoff = Cutoff { moment: tokyo_midnight(day), day };
        assert_eq!(Outings.due(&mut test.db.read().await.unwrap(), cutoff).await.unwrap(), 1);
        let batch = Batch { cutoff, limit: 100, now: test.clock.now(), random: system_random() };
        let erased = test
            .db
            .write::<_, DbError, _>(move |tx| Box::pin(async move { Outings.erase(tx, &batch).await }))
            .await
            .unwrap();
        assert_eq!(erased.subjects, 1);
        let mut tx = test.db.read().await.unwrap();
        let key = store::outing(&mut tx, id).await.unwrap().unwrap().key;
        assert_eq!(key.bytes(), &[0; 32], "by the key visits would still be known to be the outing's");
        assert_eq!(Outings.due(&mut tx, cutoff).await.unwrap(), 0);
        assert!(store::sign_ups(&mut tx, id).await.unwrap().is_empty());
        assert!(store::outing(&mut tx, id).await.unwrap().is_some());
    }
}
