//! Lists of outings, whoever is put on one by number, and when a calendar's address was made.

use machiaruki::{
    clock::Clock as _,
    outings::{
        OutingDocument, OutingId, Plan, SignUpState,
        service::{self, Actor, OutingError},
        store::{self, Span, Whose},
    },
    staff::{self, StaffId},
};

use super::{Setting, made, plan, setting, signed_up, told};
use crate::support::{TestDb, databases};

async fn made_at(test: &TestDb, setting: &Setting, starts_at: &str) -> OutingId {
    let document = plan(setting, 3).document().clone();
    let plan = Plan::new(OutingDocument { starts_at: starts_at.parse().unwrap(), ..document }).unwrap();
    step!(test, setting.trainer, |tx, actor| service::create(tx, &actor, &plan)).unwrap()
}

async fn listed(test: &TestDb, span: Span, whose: Whose, limit: i64) -> Vec<OutingId> {
    let mut tx = test.db.read().await.unwrap();
    let found = store::listed(&mut tx, span, whose, limit).await.unwrap();
    found.into_iter().map(|outing| outing.id).collect()
}

#[tokio::test]
async fn lists_go_forth_and_back_in_the_same_order() {
    for test in databases().await {
        let setting = setting(&test).await;
        let early = "2026-12-01T01:00:00Z";
        let mut ids = [made_at(&test, &setting, early).await, made_at(&test, &setting, early).await];
        ids.sort_by_key(ToString::to_string);
        let [first, second] = ids;
        let third = made_at(&test, &setting, "2026-12-02T01:00:00Z").await;
        let moment = early.parse().unwrap();
        let all = Whose::All;
        assert_eq!(listed(&test, Span::From(moment, None), all, 9).await, [first, second, third]);
        assert_eq!(listed(&test, Span::From(moment, Some(first)), all, 9).await, [second, third]);
        assert_eq!(listed(&test, Span::From(moment, None), all, 1).await, [first]);
        let later = "2026-12-03T00:00:00Z".parse().unwrap();
        assert_eq!(listed(&test, Span::Before(later, None), all, 9).await, [third, second, first]);
        assert_eq!(listed(&test, Span::Before(moment, Some(second)), all, 9).await, [first]);
        assert_eq!(listed(&test, Span::Before(moment, None), all, 9).await, Vec::<OutingId>::new());
    }
}

#[tokio::test]
async fn ones_own_are_joined_or_led() {
    for test in databases().await {
        let setting = setting(&test).await;
        let (joined, other) = (made(&test, &setting, 1).await, made(&test, &setting, 1).await);
        signed_up(&test, &setting, joined, 0).await;
        signed_up(&test, &setting, other, 1).await;
        // Waiting is joining as well; having withdrawn is not.
        signed_up(&test, &setting, other, 0).await;
        let span = Span::From(test.clock.now(), None);
        let mut both = vec![joined, other];
        both.sort_by_key(ToString::to_string);
        assert_eq!(listed(&test, span, Whose::Joined(setting.staff[0]), 9).await, both);
        let walker = setting.somebody(0, &test);
        step!(test, walker, |tx, actor| service::withdraw(tx, &actor, other)).unwrap();
        assert_eq!(listed(&test, span, Whose::Joined(setting.staff[0]), 9).await, [joined]);
        assert_eq!(listed(&test, span, Whose::Led(setting.staff[0]), 9).await, Vec::<OutingId>::new());
        assert_eq!(listed(&test, span, Whose::Led(setting.trainer.staff.unwrap()), 9).await, both);
    }
}

async fn numbers(test: &TestDb, people: &[StaffId]) -> Vec<String> {
    let mut tx = test.db.read().await.unwrap();
    let mut numbers = Vec::new();
    for staff in people {
        numbers.push(staff::store::person(&mut tx, *staff).await.unwrap().unwrap().number.unwrap());
    }
    numbers
}

#[tokio::test]
async fn a_trainer_puts_people_on_the_list_by_number() {
    for test in databases().await {
        let setting = setting(&test).await;
        let id = made(&test, &setting, 1).await;
        let mut list = numbers(&test, &setting.staff[..2]).await;
        list.push("000000".into());
        let enlist = async |actor: &Actor, list: Vec<String>| {
            let found =
                step!(test, actor, |tx, who| async move { service::enlist(tx, &who, id, &list).await });
            found.map(|found| found.into_iter().map(|one| one.map(|one| one.state)).collect::<Vec<_>>())
        };
        let stranger = enlist(&setting.stranger, list.clone()).await;
        assert!(matches!(stranger, Err(OutingError::Absent)));
        let waits = vec![Some(SignUpState::Confirmed), Some(SignUpState::Waiting), None];
        assert_eq!(enlist(&setting.trainer, list.clone()).await.unwrap(), waits);
        assert_eq!(enlist(&setting.trainer, list.clone()).await.unwrap(), waits);
        assert_eq!(told(&test, setting.staff[1]).await, ["outing_waiting"]);
        // Once it has begun, whoever came has a place.
        let now = "2026-12-01T01:30:00Z".parse().unwrap();
        let late = Actor { now, ..setting.trainer.clone() };
        let third = numbers(&test, &setting.staff[2..3]).await;
        assert_eq!(enlist(&late, third).await.unwrap(), [Some(SignUpState::Confirmed)]);
        assert_eq!(told(&test, setting.staff[2]).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_calendars_address_says_when_it_was_made() {
    for test in databases().await {
        let setting = setting(&test).await;
        let (staff, now) = (setting.staff[0], test.clock.now());
        let made = async || store::feed_made_at(&mut test.db.read().await.unwrap(), staff).await.unwrap();
        assert_eq!(made().await, None);
        step!(test, setting.trainer, |tx, _actor| async move {
            Ok(store::put_feed(tx, staff, &[7; 32], now).await?)
        })
        .unwrap();
        assert_eq!(made().await, Some(now));
    }
}
