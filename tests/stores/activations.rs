//! Activations on both engines: declared once, answered in any order, sealed anew and erased.

use std::sync::Arc;

use jiff::SignedDuration;
use machiaruki::{
    activations::{
        RollCallsKept,
        model::{ActivationId, Announcement, Answer, AnswerId, Kind, RefusalCode},
        service::{
            ActivationError, Declared, Meetings, Received, RollCalls, declare, end, enter, find, listed,
            move_muster, own, receive, roll,
        },
        store,
    },
    app::SEALED,
    auth::AccountId,
    clock::{Clock as _, SharedClock, Timestamp},
    commands::{fill_register, seed},
    councils::{
        model::{Muster, ResidencyId},
        service::{Register, Vault, reseal},
    },
    db::{Db, DbError},
    notify::{self, Channel, State, tell},
    on,
    places::Purpose,
    random::{SeededRandom, SharedRandom, SystemRandom},
    retention::{Batch, Cutoff, Retained as _},
    staff::StaffId,
    vault::Keyring,
};
use serde_json::json;
use uuid::Uuid;

use crate::support::{TestDb, databases};

fn random() -> SharedRandom {
    Arc::new(SystemRandom)
}

fn vault(keys: &Keyring) -> Vault {
    Vault::new(Arc::new(keys.clone()), random())
}

/// The demo ward with its register.
async fn ward(test: &TestDb) -> Keyring {
    let clock = test.clock.clone() as SharedClock;
    machiaruki::app::prepare(&test.db, &clock, Purpose::Demo).await.unwrap();
    seed(&test.db, &clock, &random()).await.unwrap();
    let keys = Keyring::draw(&SeededRandom::new("stores"));
    fill_register(&test.db, &clock, &vault(&keys)).await.unwrap();
    keys
}

fn announcement(title: &str) -> Announcement {
    Announcement {
        kind: Kind::Drill,
        title: title.into(),
        message: "【見本】参集してください。".into(),
        title_en: String::new(),
        message_en: String::new(),
    }
}

fn id(number: u128) -> ActivationId {
    ActivationId(Uuid::from_u128(number))
}

async fn declared(
    test: &TestDb,
    keys: &Keyring,
    number: u128,
    title: &str,
) -> Result<Declared, ActivationError> {
    let (vault, random, now, said) = (vault(keys), random(), test.clock.now(), announcement(title));
    test.db
        .write(move |tx| {
            Box::pin(async move {
                let by = (AccountId(Uuid::nil()), now);
                declare(tx, (&vault, &random), &Meetings::new(), (id(number), said), by).await
            })
        })
        .await
}

/// Two who live there today.
async fn residents(db: &Db, keys: &Keyring, today: machiaruki::clock::Date) -> Vec<(ResidencyId, StaffId)> {
    let register = Register::read(&mut db.read().await.unwrap(), &vault(keys)).await.unwrap();
    let lives = register.residencies.values().filter(|one| one.facts.span.holds(today));
    lives.map(|one| (one.id, one.facts.staff)).collect()
}

fn tapped(number: u128, answer: &str, at: Timestamp) -> (String, Vec<u8>) {
    let id = uuid::Builder::from_unix_timestamp_millis(at.as_millisecond() as u64, &[number as u8; 10])
        .into_uuid();
    let item =
        json!({ "id": id, "activation_id": self::id(1), "answer": answer, "answered_at": at.to_string() });
    (id.to_string(), item.to_string().into_bytes())
}

async fn sent(test: &TestDb, keys: &Keyring, staff: StaffId, items: &[Vec<u8>]) -> Vec<Received> {
    let items: Vec<&[u8]> = items.iter().map(Vec::as_slice).collect();
    let now = test.clock.now();
    receive(&test.db, &vault(keys), Some(staff), &items, (Some(now), now)).await.unwrap()
}

async fn ended(test: &TestDb, keys: &Keyring, number: u128) {
    let (vault, now) = (vault(keys), test.clock.now());
    test.db
        .write::<_, ActivationError, _>(move |tx| {
            Box::pin(async move { end(tx, &vault, id(number), now).await })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn of_two_who_declare_at_once_one_does_and_everybody_is_told_once() {
    for test in databases().await {
        let keys = ward(&test).await;
        let (one, other) =
            tokio::join!(declared(&test, &keys, 1, "【見本】一"), declared(&test, &keys, 2, "【見本】二"));
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        assert!(matches!(one.as_ref().and(other.as_ref()), Err(ActivationError::OtherOpen)));
        let (number, title) = if one.is_ok() { (1, "【見本】一") } else { (2, "【見本】二") };
        let Declared::Now(enrolled) = one.or(other).unwrap() else { panic!("not declared") };
        assert_eq!(enrolled.len(), 17);
        assert_eq!(declared(&test, &keys, number, title).await.unwrap(), Declared::Before);
        let changed = declared(&test, &keys, number, "【見本】三").await;
        assert!(matches!(changed, Err(ActivationError::Conflict)));
        // Each was told once, under a pseudonym: no notice says who lives there.
        let mut tx = test.db.read().await.unwrap();
        let told: Vec<(Option<String>, Option<String>)> = on!(&mut tx, conn => sqlx::query_as(
            "SELECT staff, pseudonym FROM notice WHERE kind = 'activation_drill'").fetch_all(conn).await)
        .unwrap();
        assert_eq!(told.len(), 17);
        assert!(told.iter().all(|(staff, pseudonym)| staff.is_none() && pseudonym.is_some()));
        let seen = roll(&mut tx, &vault(&keys), id(number)).await.unwrap();
        assert!(seen.rows().all(|row| row.facts.told.app.is_some_and(|(state, _)| state == State::Sent)));
    }
}

#[tokio::test]
async fn answers_are_taken_once_and_the_latest_tap_counts() {
    for test in databases().await {
        let keys = ward(&test).await;
        let start = test.clock.now();
        let people = residents(&test.db, &keys, test.clock.today()).await;
        let [(home, staff), (other, _)] = [people[0], people[1]];
        declared(&test, &keys, 1, "【見本】").await.unwrap();
        let at = move |minutes: i64| start + SignedDuration::from_mins(minutes);
        test.clock.set(at(30));
        let (_, late) = tapped(2, "arrived", at(20));
        let (_, early) = tapped(1, "safe", at(5));
        assert_eq!(sent(&test, &keys, staff, std::slice::from_ref(&late)).await, [Received::Stored]);
        let both = sent(&test, &keys, staff, &[early.clone(), late.clone()]).await;
        assert_eq!(both, [Received::Stored, Received::Known]);
        // Phones that send the same at once.
        let (_, third) = tapped(3, "unable", at(21));
        let same = [third];
        let (one, two) = tokio::join!(sent(&test, &keys, staff, &same), sent(&test, &keys, staff, &same));
        let mut became = [one[0] == Received::Stored, two[0] == Received::Stored];
        became.sort_unstable();
        assert_eq!(became, [false, true], "{one:?} {two:?}");
        // Others cannot answer for them, nor take their ids.
        let stranger = people[2].1;
        let taken = sent(&test, &keys, stranger, &[late]).await;
        assert_eq!(taken, [Received::from(RefusalCode::Conflict)]);
        let nobody = StaffId(Uuid::from_u128(7));
        let refused = sent(&test, &keys, nobody, &[early]).await;
        assert_eq!(refused, [Received::from(RefusalCode::UnknownActivation)]);
        // By phone.
        let (vault_, now) = (vault(&keys), test.clock.now());
        let phoned = test.db.write::<_, ActivationError, _>(move |tx| {
            Box::pin(async move {
                let of = (AnswerId(Uuid::from_u128(9)), id(1));
                let given = (other, Answer::Safe, "【見本】".to_owned());
                enter(tx, &vault_, of, given.clone(), (None, now), [1; 32]).await?;
                enter(tx, &vault_, of, given.clone(), (None, now), [1; 32]).await?;
                let absent = (ResidencyId(Uuid::nil()), Answer::Safe, String::new());
                assert!(matches!(
                    enter(tx, &vault_, of, absent, (None, now), [1; 32]).await,
                    Err(ActivationError::Absent)
                ));
                assert!(matches!(
                    enter(tx, &vault_, of, given, (None, now), [2; 32]).await,
                    Err(ActivationError::Conflict)
                ));
                Ok(())
            })
        });
        phoned.await.unwrap();
        let mut tx = test.db.read().await.unwrap();
        let seen = roll(&mut tx, &vault(&keys), id(1)).await.unwrap();
        let row = seen.get(home).unwrap();
        assert_eq!((row.latest().unwrap().facts.answer, row.answers().len()), (Answer::Unable, 3));
        assert_eq!((seen.counts().answered(), seen.counts().unable), (2, 1));
        let mine = own(&mut tx, &vault(&keys), staff).await.unwrap().unwrap();
        assert_eq!(mine.latest.unwrap().facts.answer, Answer::Unable);
        assert!(own(&mut tx, &vault(&keys), nobody).await.unwrap().is_none());
        let (activation, counts) = listed(&mut tx, &vault(&keys)).await.unwrap().remove(0);
        assert_eq!((activation.id, counts), (id(1), seen.counts()));
        drop(tx);
        // After the end: what was tapped before is taken.
        ended(&test, &keys, 1).await;
        test.clock.set(at(60));
        let (_, before) = tapped(4, "on_the_way", at(29));
        let (_, after) = tapped(5, "safe", at(31));
        let became = sent(&test, &keys, staff, &[after, before]).await;
        assert_eq!(became, [Received::from(RefusalCode::Ended), Received::Stored]);
        let mut tx = test.db.read().await.unwrap();
        assert!(own(&mut tx, &vault(&keys), staff).await.unwrap().is_none());
        let found = find(&mut tx, &vault(&keys), id(1)).await.unwrap();
        assert_eq!(found.ended_at, Some(at(30)));
        // How telling went stays known when the notices are gone.
        drop(tx);
        test.db
            .write::<_, DbError, _>(move |tx| {
                Box::pin(async move { notify::store::erase_notices(tx, at(90), 1_000).await })
            })
            .await
            .unwrap();
        let mut tx = test.db.read().await.unwrap();
        let seen = roll(&mut tx, &vault(&keys), id(1)).await.unwrap();
        assert!(seen.rows().all(|row| row.facts.told.app.is_some_and(|(state, _)| state == State::Sent)));
    }
}

#[tokio::test]
async fn it_is_sealed_anew_and_opens_with_the_new_key_alone() {
    for test in databases().await {
        let keys = ward(&test).await;
        let people = residents(&test.db, &keys, test.clock.today()).await;
        declared(&test, &keys, 1, "【見本】").await.unwrap();
        let (_, item) = tapped(1, "safe", test.clock.now());
        sent(&test, &keys, people[0].1, &[item]).await;
        let both = keys.rotated(&*random());
        Register::check(&test.db, &vault(&both), SEALED).await.unwrap();
        let done = reseal(&test.db, &vault(&both), SEALED).await.unwrap();
        assert_eq!(done.sealed_anew, done.all);
        // Buildings, units and residencies; two activations with their rolls, and an answer.
        assert!(done.all > 8 + 18 + 2 * 18 + 1, "{done:?}");
        let after = both.newest();
        Register::check(&test.db, &vault(&after), SEALED).await.unwrap();
        assert!(Register::check(&test.db, &vault(&keys), SEALED).await.is_err());
        let mut tx = test.db.read().await.unwrap();
        let mine = own(&mut tx, &vault(&after), people[0].1).await.unwrap().unwrap();
        assert_eq!(mine.latest.unwrap().facts.answer, Answer::Safe);
        assert_eq!(reseal(&test.db, &vault(&after), SEALED).await.unwrap().sealed_anew, 0);
    }
}

#[tokio::test]
async fn what_is_past_its_period_is_erased_without_the_keys() {
    for test in databases().await {
        let keys = ward(&test).await;
        declared(&test, &keys, 1, "【見本】").await.unwrap();
        let far = test.clock.now() + SignedDuration::from_hours(1);
        let cutoff = Cutoff { moment: far, day: test.clock.today() };
        let batch = Batch { cutoff, limit: 10, now: far, random: random() };
        let erased = test.db.write::<_, DbError, _>(move |tx| {
            Box::pin(async move {
                let due = RollCallsKept.due(tx, batch.cutoff).await?;
                Ok((due, RollCallsKept.erase(tx, &batch).await?))
            })
        });
        let (due, erased) = erased.await.unwrap();
        // The demo's drill has ended; the other goes on.
        assert_eq!((due, erased.subjects), (1, 1));
        assert!(erased.rows > 17 + 1, "{}", erased.rows);
        let mut tx = test.db.read().await.unwrap();
        let left: Vec<ActivationId> =
            store::activations(&mut tx).await.unwrap().into_iter().map(|row| row.id).collect();
        assert_eq!(left, [id(1)]);
        assert_eq!(store::every_roll_row(&mut tx).await.unwrap().len(), 17);
        assert!(store::every_answer(&mut tx).await.unwrap().is_empty());
        assert_eq!(RollCallsKept.class().id, "roll_calls");
    }
}

#[tokio::test]
async fn a_page_learns_of_what_another_process_takes_in() {
    for test in databases().await {
        let keys = ward(&test).await;
        let people = residents(&test.db, &keys, test.clock.today()).await;
        declared(&test, &keys, 1, "【見本】").await.unwrap();
        let roll_calls = Arc::new(RollCalls::new(test.db.clone(), test.clock.clone()));
        let following = tokio::spawn({
            let roll_calls = roll_calls.clone();
            async move { roll_calls.follow().await }
        });
        let mut views = roll_calls.subscribe(&vault(&keys), id(1)).await.unwrap();
        assert_eq!(views.borrow_and_update().counts.answered(), 0);
        let beside = TestDb::beside(&test).await;
        let (_, item) = tapped(1, "safe", test.clock.now());
        sent(&beside, &keys, people[0].1, &[item]).await;
        let (vault_, muster) = (vault(&keys), Muster { name: "【見本】本庁舎".into(), location: None });
        let home = people[1].0;
        beside
            .db
            .write::<_, ActivationError, _>(move |tx| {
                Box::pin(async move { move_muster(tx, &vault_, &Meetings::new(), home, Some(muster)).await })
            })
            .await
            .unwrap();
        let seen = async {
            loop {
                views.changed().await.unwrap();
                let view = views.borrow_and_update().clone();
                if view.activation.sequence == 2 {
                    return view;
                }
            }
        };
        let view = tokio::time::timeout(std::time::Duration::from_secs(2), seen).await.unwrap();
        assert_eq!(view.counts.answered(), 1);
        assert_eq!(view.news(1, view.number).count(), 1);
        let row = view.roll.get(home).unwrap();
        assert_eq!(row.facts.muster.as_ref().unwrap().name, "【見本】本庁舎");
        // How telling goes is followed too.
        let residency = people[2].0;
        test.db
            .write::<_, DbError, _>(move |tx| {
                Box::pin(async move {
                    on!(tx, conn => sqlx::query(
                        "UPDATE delivery SET state = 'given_up' WHERE channel = 'mail' AND notice = (
                             SELECT id FROM notice WHERE pseudonym = $1)")
                        .bind(residency.to_string()).execute(conn).await.map(|_| ()))?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        let number = view.number;
        let seen = async {
            loop {
                views.changed().await.unwrap();
                let view = views.borrow_and_update().clone();
                let news: Vec<ResidencyId> = view.news(2, number).map(|row| row.residency).collect();
                if news == [residency] {
                    return;
                }
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(5), seen).await.unwrap();
        following.abort();
    }
}

#[tokio::test]
async fn a_mailbox_holds_what_is_kept_under_pseudonyms_too() {
    for test in databases().await {
        let keys = ward(&test).await;
        let people = residents(&test.db, &keys, test.clock.today()).await;
        declared(&test, &keys, 1, "【見本】").await.unwrap();
        let (staff, now) = (people[0].1, test.clock.now());
        let mut notice =
            machiaruki::activations::notices::notice(id(1), &announcement("x"), people[0].0, staff);
        // Told under the roster's place, as all others are.
        (notice.pseudonym, notice.dedup) = (None, "other".into());
        let told = test.db.write::<_, DbError, _>(move |tx| {
            Box::pin(async move { tell(tx, &notice, &random(), now).await })
        });
        assert!(told.await.unwrap());
        let mut tx = test.db.read().await.unwrap();
        let wanted = notify::store::Wanted::default();
        assert_eq!(notify::store::notices(&mut tx, staff, wanted, 10).await.unwrap().len(), 1);
        let mailbox = notify::Mailbox { staff, pseudonyms: vec![people[0].0.0] };
        assert_eq!(notify::store::notices(&mut tx, mailbox.clone(), wanted, 10).await.unwrap().len(), 2);
        assert_eq!(notify::store::unread(&mut tx, mailbox).await.unwrap(), 2);
        let keys = ["other".to_owned(), "nothing".to_owned()];
        let delivered = notify::store::delivered(&mut tx, &keys).await.unwrap();
        let mut channels: Vec<&str> = delivered.iter().map(|one| one.channel.as_str()).collect();
        channels.sort_unstable();
        assert_eq!(channels, [Channel::App.as_str(), Channel::Mail.as_str()]);
    }
}
