//! The queue of notices, on both engines, with a mail server of our own.

#[path = "../support/smtp.rs"]
pub mod smtp;

use std::{collections::BTreeSet, sync::Arc};

use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use machiaruki::{
    app::system_random,
    clock::{Clock as _, Timestamp},
    db::DbError,
    notify::{
        Channel, Kind, Kinds, LEASE, Mail, MailError, Mailer, NewNotice, Security, Smtp, SmtpSettings, State,
        Step, Words, Worker, store, tell,
    },
    on,
    staff::{StaffId, seed_roster},
    text::ReaderLanguage,
};
use serde_json::{Value, json};

use crate::support::{TestDb, databases};
use smtp::{Mood, Sink};

fn words(payload: &Value, language: ReaderLanguage) -> Words {
    let what = payload["what"].as_str().unwrap_or_default();
    Words {
        title: language.pick("見本のお知らせ", "A sample notice", "みほんの おしらせ").to_owned(),
        text: language.pick(format!("{what}です。"), format!("It is {what}."), format!("{what}です。")),
        link: Some("/account".to_owned()),
    }
}

static PLAIN: Kind = Kind { id: "test_plain", urgent: false, mail: true, words };
static URGENT: Kind = Kind { id: "test_urgent", urgent: true, mail: true, words };
static KINDS: &[&Kind] = &[&PLAIN, &URGENT];

async fn execute(test: &TestDb, sql: &'static str, staff: StaffId) {
    let job = test.db.write::<_, DbError, _>(move |tx| {
        Box::pin(async move {
            on!(tx, conn => sqlx::query(sql).bind(staff.to_string()).execute(conn).await.map(|_| ()))?;
            Ok(())
        })
    });
    job.await.unwrap();
}

/// People of the demo's roster.
async fn people(test: &TestDb) -> Vec<StaffId> {
    let (random, now) = (system_random(), test.clock.now());
    let job = test
        .db
        .write::<_, DbError, _>(move |tx| Box::pin(async move { seed_roster(tx, &random, now).await }));
    job.await.unwrap();
    let mut tx = test.db.read().await.unwrap();
    let ids: Vec<String> = on!(&mut tx, conn => sqlx::query_scalar(
        "SELECT s.id FROM staff s JOIN staff_spell p ON p.staff = s.id AND p.valid_from <= '2026-11-20'
             AND p.valid_to > '2026-11-20'
         WHERE NOT EXISTS (SELECT 1 FROM absence b WHERE b.staff = s.id) ORDER BY s.number")
        .fetch_all(conn).await)
    .unwrap();
    drop(tx);
    let ids: Vec<StaffId> = ids.iter().map(|id| id.parse().unwrap()).collect();
    for id in &ids {
        execute(test, "UPDATE staff_spell SET email = 'p' || $1 || '@example.lg.jp' WHERE staff = $1", *id)
            .await;
    }
    ids
}

async fn told(
    test: &TestDb,
    staff: StaffId,
    kind: &'static Kind,
    key: &str,
    due_at: Option<Timestamp>,
) -> bool {
    let (random, now) = (system_random(), test.clock.now());
    let notice = NewNotice {
        staff,
        pseudonym: None,
        kind,
        payload: json!({ "what": "見本" }),
        dedup: format!("{key}:{staff}"),
        due_at,
    };
    let job = test
        .db
        .write::<_, DbError, _>(move |tx| Box::pin(async move { tell(tx, &notice, &random, now).await }));
    job.await.unwrap()
}

fn worker(test: &TestDb, mailer: Option<Arc<dyn Mailer>>) -> Worker {
    Worker {
        db: test.db.clone(),
        clock: test.shared_clock(),
        random: system_random(),
        kinds: Kinds(KINDS),
        mailer,
        pseudonyms: None,
        public_url: Some("https://walk.example.lg.jp".into()),
    }
}

pub fn smtp_to(sink: &Sink, security: Security) -> Arc<dyn Mailer> {
    let settings = SmtpSettings {
        host: "127.0.0.1".into(),
        port: Some(sink.address.port()),
        security,
        credentials: None,
        from: "まちあるき <walk@example.lg.jp>".into(),
        authority: None,
    };
    Arc::new(Smtp::new(settings).unwrap())
}

async fn states(test: &TestDb) -> Vec<(Channel, State, i64)> {
    store::counts(&mut test.db.read().await.unwrap()).await.unwrap()
}

async fn in_app(test: &TestDb, staff: StaffId) -> usize {
    store::notices(&mut test.db.read().await.unwrap(), staff, store::Wanted::default(), 100)
        .await
        .unwrap()
        .len()
}

fn message_ids(sink: &Sink) -> BTreeSet<String> {
    let id = |mail: &String| mail.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_owned();
    sink.mails().iter().map(id).collect()
}

fn later(test: &TestDb, by: SignedDuration) {
    test.clock.set(test.clock.now() + by);
}

#[tokio::test]
async fn the_same_thing_is_told_once_in_the_app_at_once_and_by_mail() {
    for test in databases().await {
        let person = people(&test).await[0];
        assert!(told(&test, person, &PLAIN, "a", None).await);
        assert!(!told(&test, person, &PLAIN, "a", None).await);
        assert_eq!(in_app(&test, person).await, 1);
        let sink = Sink::start().await;
        let worker = worker(&test, Some(smtp_to(&sink, Security::None)));
        assert_eq!(worker.step().await.unwrap(), Step { shown: 0, claimed: 1, sent: 1 });
        assert_eq!(worker.step().await.unwrap(), Step::default());
        let mails = sink.mails();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains(&format!("To: p{person}@example.lg.jp")), "{}", mails[0]);
        assert!(mails[0].contains("Message-ID: <") && mails[0].contains("@example.lg.jp>"), "{}", mails[0]);
        assert!(mails[0].contains("Content-Type: text/plain; charset=utf-8"), "{}", mails[0]);
        assert_eq!(states(&test).await, [(Channel::App, State::Sent, 1), (Channel::Mail, State::Sent, 1)]);
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(store::unread(&mut tx, person).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn what_is_for_later_waits_and_can_be_taken_back() {
    for test in databases().await {
        let people = people(&test).await;
        let due = test.clock.now() + SignedDuration::from_hours(2);
        told(&test, people[0], &PLAIN, "later", Some(due)).await;
        told(&test, people[1], &PLAIN, "never", Some(due)).await;
        let sink = Sink::start().await;
        let worker = worker(&test, Some(smtp_to(&sink, Security::None)));
        assert_eq!(worker.step().await.unwrap(), Step::default());
        let (key, now) = (format!("never:{}", people[1]), test.clock.now());
        let job = test
            .db
            .write::<_, DbError, _>(move |tx| Box::pin(async move { store::take_back(tx, &key, now).await }));
        assert_eq!(job.await.unwrap(), 2);
        later(&test, SignedDuration::from_hours(2));
        assert_eq!(worker.step().await.unwrap(), Step { shown: 1, claimed: 1, sent: 1 });
        assert_eq!((in_app(&test, people[0]).await, in_app(&test, people[1]).await), (1, 0));
        assert_eq!(sink.mails().len(), 1);
    }
}

#[tokio::test]
async fn who_is_absent_is_told_what_is_urgent_and_who_has_left_is_told_nothing() {
    for test in databases().await {
        let people = people(&test).await;
        execute(
            &test,
            "INSERT INTO absence (staff, kind, since, until) VALUES ($1, 'leave', '2026-10-01', '2026-11-21')",
            people[0],
        )
        .await;
        execute(
            &test,
            "UPDATE staff_spell SET valid_to = '2026-11-01' WHERE staff = $1 AND valid_to > '2026-11-01'",
            people[1],
        )
        .await;
        execute(&test, "UPDATE staff_spell SET email = NULL WHERE staff = $1", people[2]).await;
        for person in &people[..3] {
            told(&test, *person, &PLAIN, "plain", None).await;
            told(&test, *person, &URGENT, "urgent", None).await;
        }
        let sink = Sink::start().await;
        worker(&test, Some(smtp_to(&sink, Security::None))).step().await.unwrap();
        assert_eq!(in_app(&test, people[0]).await, 1);
        assert_eq!(in_app(&test, people[1]).await, 0);
        assert_eq!(in_app(&test, people[2]).await, 2);
        assert_eq!(sink.mails().len(), 1);
        assert!(sink.mails()[0].contains(&people[0].to_string()));
        assert_eq!(
            states(&test).await,
            [
                (Channel::App, State::Sent, 3),
                (Channel::App, State::Withheld, 3),
                (Channel::Mail, State::Sent, 1),
                (Channel::Mail, State::Withheld, 5)
            ]
        );
        // Back at work.
        test.clock.set("2026-11-20T15:00:00Z".parse().unwrap());
        told(&test, people[0], &PLAIN, "next", None).await;
        assert_eq!(in_app(&test, people[0]).await, 2);
    }
}

#[tokio::test]
async fn two_workers_send_each_mail_once() {
    for test in databases().await {
        let people = people(&test).await;
        for round in 0..4 {
            for person in people.iter().take(15) {
                told(&test, *person, &PLAIN, &format!("round-{round}"), None).await;
            }
        }
        let sink = Sink::start().await;
        let other = TestDb::beside(&test).await;
        let run = async |test: &TestDb| {
            let worker = worker(test, Some(smtp_to(&sink, Security::None)));
            let mut sent = 0;
            loop {
                let step = worker.step().await.unwrap();
                if step.claimed == 0 {
                    return sent;
                }
                sent += step.sent;
            }
        };
        let (one, two) = tokio::join!(run(&test), run(&other));
        assert_eq!(one + two, 60);
        assert!(one > 0 && two > 0, "{one} and {two}");
        assert_eq!((message_ids(&sink).len(), sink.mails().len()), (60, 60));
    }
}

/// A mailer that says when it is asked and never comes back, as when its process is killed.
#[derive(Default)]
struct Killed(tokio::sync::Notify);

impl Mailer for Killed {
    fn send<'m>(&'m self, _: &'m Mail) -> BoxFuture<'m, Result<(), MailError>> {
        self.0.notify_one();
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn what_a_killed_worker_had_claimed_is_taken_up_once_by_one_of_two_others() {
    for test in databases().await {
        let people = people(&test).await;
        for person in &people[..12] {
            told(&test, *person, &PLAIN, "crash", None).await;
        }
        let killed = Arc::new(Killed::default());
        let first = worker(&test, Some(killed.clone()));
        let task = tokio::spawn(async move { first.step().await });
        // It has claimed ten, and is at the first.
        killed.0.notified().await;
        task.abort();
        let sink = Sink::start().await;
        let other = TestDb::beside(&test).await;
        let second = worker(&test, Some(smtp_to(&sink, Security::None)));
        let third = worker(&other, Some(smtp_to(&sink, Security::None)));
        assert_eq!(second.step().await.unwrap(), Step { shown: 0, claimed: 2, sent: 2 });
        assert_eq!(third.step().await.unwrap(), Step::default());
        later(&test, LEASE - SignedDuration::from_secs(1));
        assert_eq!(second.step().await.unwrap(), Step::default());
        later(&test, SignedDuration::from_secs(1));
        let (one, two) = tokio::join!(second.step(), third.step());
        assert_eq!(one.unwrap().sent + two.unwrap().sent, 10);
        assert_eq!(message_ids(&sink).len(), 12);
        assert_eq!(sink.mails().len(), 12);
    }
}

#[tokio::test]
async fn whose_claim_has_ended_changes_nothing_any_more() {
    for test in databases().await {
        let person = people(&test).await[0];
        told(&test, person, &PLAIN, "slow", None).await;
        let claim = async |name: &'static str| {
            let (now, lease) = (test.clock.now(), test.clock.now() + LEASE);
            let job = test.db.write::<_, DbError, _>(move |tx| {
                Box::pin(async move { store::claim(tx, name, now, lease, 10).await })
            });
            job.await.unwrap()
        };
        let settle = async |name: &'static str, notice, state| {
            let now = test.clock.now();
            let job = test.db.write::<_, DbError, _>(move |tx| {
                Box::pin(async move { store::settle(tx, (notice, name), (state, now), now).await })
            });
            job.await.unwrap()
        };
        let notice = claim("slow").await[0].notice;
        assert!(claim("quick").await.is_empty());
        later(&test, LEASE);
        let taken = claim("quick").await;
        assert_eq!((taken[0].notice, taken[0].attempts), (notice, 2));
        assert!(!settle("slow", notice, State::Failed).await);
        assert!(states(&test).await.contains(&(Channel::Mail, State::Claimed, 1)));
        assert!(settle("quick", notice, State::Sent).await);
        assert!(!settle("quick", notice, State::Failed).await);
        assert!(states(&test).await.contains(&(Channel::Mail, State::Sent, 1)));
    }
}

#[tokio::test]
async fn a_busy_server_is_tried_again_and_one_that_took_it_silently_gets_the_same_message_id() {
    for test in databases().await {
        let person = people(&test).await[0];
        told(&test, person, &PLAIN, "again", None).await;
        let sink = Sink::start().await;
        let worker = worker(&test, Some(smtp_to(&sink, Security::None)));
        sink.mood(Mood::Busy);
        assert_eq!(worker.step().await.unwrap(), Step { shown: 0, claimed: 1, sent: 0 });
        assert_eq!(worker.step().await.unwrap(), Step::default());
        later(&test, SignedDuration::from_mins(1));
        sink.mood(Mood::TakesSilently);
        assert_eq!(worker.step().await.unwrap().sent, 0);
        later(&test, SignedDuration::from_mins(2));
        sink.mood(Mood::Takes);
        assert_eq!(worker.step().await.unwrap().sent, 1);
        let mails = sink.mails();
        let id = |mail: &str| mail.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_owned();
        assert_eq!(mails.len(), 2);
        assert_eq!(id(&mails[0]), id(&mails[1]));
        // Whom the server does not know is not tried again; nor is what is long past.
        told(&test, person, &PLAIN, "refused", None).await;
        sink.mood(Mood::Refuses);
        worker.step().await.unwrap();
        told(&test, person, &PLAIN, "old", None).await;
        later(&test, SignedDuration::from_hours(73));
        assert_eq!(worker.step().await.unwrap(), Step::default());
        assert!(states(&test).await.contains(&(Channel::Mail, State::GivenUp, 2)));
    }
}

#[tokio::test]
async fn nothing_is_said_to_a_server_that_has_no_tls() {
    for test in databases().await {
        let person = people(&test).await[0];
        told(&test, person, &PLAIN, "tls", None).await;
        let sink = Sink::start().await;
        let worker = worker(&test, Some(smtp_to(&sink, Security::Starttls)));
        assert_eq!(worker.step().await.unwrap(), Step { shown: 0, claimed: 1, sent: 0 });
        assert!(sink.mails().is_empty());
    }
}

/// Keeps what it is to send.
#[derive(Default)]
struct Kept(std::sync::Mutex<Vec<Mail>>);

impl Mailer for Kept {
    fn send<'m>(&'m self, mail: &'m Mail) -> BoxFuture<'m, Result<(), MailError>> {
        self.0.lock().unwrap().push(mail.clone());
        Box::pin(async { Ok(()) })
    }
}

#[tokio::test]
async fn a_mail_is_in_the_readers_language_and_links_to_the_service() {
    for test in databases().await {
        let people = people(&test).await;
        execute(
            &test,
            "INSERT INTO account (id, login, staff, language, created_at) VALUES ('019a9f6e-0000-7000-8000-000000000001',
             'reader', $1, 'en', 0)",
            people[1],
        )
        .await;
        told(&test, people[0], &PLAIN, "ja", None).await;
        told(&test, people[1], &PLAIN, "en", None).await;
        let kept = Arc::new(Kept::default());
        worker(&test, Some(kept.clone())).step().await.unwrap();
        let mails = kept.0.lock().unwrap().clone();
        let of = |person: StaffId| mails.iter().find(|mail| mail.to.contains(&person.to_string())).unwrap();
        assert_eq!(of(people[0]).subject, "見本のお知らせ");
        assert_eq!(of(people[0]).text, "見本です。\n\nhttps://walk.example.lg.jp/account");
        assert_eq!(of(people[1]).subject, "A sample notice");
        assert!(!format!("{mails:?}").contains("example.lg.jp"), "addresses are in Debug");
    }
}
