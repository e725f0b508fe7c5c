//! Reminders of the training: by the clock and by hand, told once, in the reader's language.

use std::collections::BTreeMap;

use jiff::civil::date;
use machiaruki::{
    app::{notice_kinds, system_random},
    auth::{
        AccountId, GrantId, Role,
        store::{GrantState, NewAccount, NewGrant, create_account, insert_grant, set_language},
    },
    clock::Date,
    db::DbError,
    notify::{Security, Worker},
    on,
    training::{
        model::ProgrammeId,
        service::{
            Training,
            reminding::{self, ByHand, Chosen},
        },
        store,
    },
    visits::model::FiscalYear,
};
use uuid::Uuid;

use super::{
    YEAR,
    ward::{Ward, rule},
    year,
};
use crate::{
    notices::{smtp::Sink, smtp_to},
    support::databases,
};

/// Ten people of two departments; number 4 is on leave since May.
const PEOPLE: [&str; 10] = [
    "1,総務課,常勤,",
    "2,総務課,常勤,",
    "3,総務課,常勤,",
    "4,総務課,常勤,2026-05-01",
    "5,総務課,常勤,",
    "6,総務課,常勤,",
    "7,総務課,常勤,",
    "8,防災課,常勤,",
    "9,防災課,常勤,",
    "10,防災課,常勤,",
];

/// A ward with a programme that is due on 31 December and reminds 60, 30 and 7 days before.
async fn ward(test: crate::support::TestDb) -> (Ward, ProgrammeId) {
    let ward = Ward::new(test).await;
    ward.roster(date(2026, 4, 1), &PEOPLE).await;
    ward.at("2026-05-01T00:00:00+09:00");
    let programme = ward.programme("all", "yearly", YEAR, rule(1)).await;
    ward.training.look().await.unwrap();
    (ward, programme)
}

/// How many notices of a kind each number was told in the app, and how many mails wait for them.
async fn told(ward: &Ward, kind: &'static str) -> BTreeMap<String, (i64, i64)> {
    let mut tx = ward.test.db.read().await.unwrap();
    let rows: Vec<(String, i64, i64)> = on!(&mut tx, conn => sqlx::query_as(
        "SELECT s.number, count(*) FILTER (WHERE d.channel = 'app' AND d.state = 'sent'),
                count(*) FILTER (WHERE d.channel = 'mail')
         FROM notice n JOIN staff s ON s.id = n.staff JOIN delivery d ON d.notice = n.id
         WHERE n.kind = $1 GROUP BY s.number")
        .bind(kind).fetch_all(conn).await)
    .unwrap();
    rows.into_iter().map(|(number, app, mail)| (number, (app, mail))).collect()
}

fn each(numbers: &[u8], times: i64) -> BTreeMap<String, (i64, i64)> {
    numbers.iter().map(|number| (number.to_string(), (times, times))).collect()
}

async fn look(ward: &Ward, moment: &str) -> Option<usize> {
    ward.at(moment);
    ward.look().await;
    reminding::look(&ward.training).await.unwrap()
}

#[tokio::test]
async fn who_is_not_done_is_told_on_each_day_once_and_nobody_else() {
    for test in databases().await {
        let (ward, _) = ward(test).await;
        ward.walked("1", 1, YEAR, date(2026, 10, 20)).await;
        // On the day before, nothing; before the office opens, nothing.
        assert_eq!(look(&ward, "2026-10-31T12:00:00+09:00").await, Some(0));
        assert_eq!(look(&ward, "2026-11-01T07:59:59+09:00").await, None);
        assert_eq!(look(&ward, "2026-11-01T08:00:00+09:00").await, Some(8));
        let first = each(&[2, 3, 5, 6, 7, 8, 9, 10], 1);
        assert_eq!(told(&ward, "training_reminder").await, first, "not who is done, not who is on leave");
        // Whoever looks again on the day does nothing; the days after neither.
        assert_eq!(look(&ward, "2026-11-01T20:00:00+09:00").await, None);
        assert_eq!(look(&ward, "2026-11-02T08:00:00+09:00").await, Some(0));
        // The server was down over the second and the third day: the latest is told, and that one alone.
        ward.walked("2", 1, YEAR, date(2026, 12, 20)).await;
        assert_eq!(look(&ward, "2026-12-25T08:00:00+09:00").await, Some(7));
        let mut second = each(&[3, 5, 6, 7, 8, 9, 10], 2);
        second.extend(each(&[2], 1));
        assert_eq!(told(&ward, "training_reminder").await, second);
        // A clock that went back tells nothing again.
        assert_eq!(look(&ward, "2026-12-05T08:00:00+09:00").await, None);
        assert_eq!(look(&ward, "2027-01-02T08:00:00+09:00").await, Some(0), "past the deadline nobody");
        // No payload names anybody.
        let mut tx = ward.test.db.read().await.unwrap();
        let payloads: Vec<String> = on!(&mut tx, conn =>
            sqlx::query_scalar("SELECT payload FROM notice").fetch_all(conn).await)
        .unwrap();
        assert!(payloads.iter().all(|payload| !payload.contains("見本 ")), "{payloads:?}");
    }
}

#[tokio::test]
async fn two_servers_at_once_tell_each_once() {
    for test in databases().await {
        let (ward, _) = ward(test).await;
        ward.at("2026-11-01T08:00:00+09:00");
        ward.look().await;
        let other = ward.beside().await;
        let (a, b) = tokio::join!(reminding::look(&ward.training), reminding::look(&other));
        let told_by: Vec<usize> = [a.unwrap(), b.unwrap()].into_iter().flatten().collect();
        assert_eq!(told_by, [9], "one of them does it");
        assert_eq!(told(&ward, "training_reminder").await, each(&[1, 2, 3, 5, 6, 7, 8, 9, 10], 1));
        // One crashed half-way: its claim ends, and another tells who was not told.
        ward.write(|tx| {
            Box::pin(async move {
                on!(tx, conn => sqlx::query("UPDATE training_state SET reminded_on = '', reminding_until = 9000000000000000")
                    .execute(conn).await.map(|_| ()))?;
                on!(tx, conn => sqlx::query(
                    "DELETE FROM reminder WHERE staff = (SELECT id FROM staff WHERE number = '9')")
                    .execute(conn).await.map(|_| ()))?;
                on!(tx, conn => sqlx::query(
                    "DELETE FROM notice WHERE staff = (SELECT id FROM staff WHERE number = '9')")
                    .execute(conn).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await;
        assert_eq!(reminding::look(&other).await.unwrap(), None, "somebody is at it");
        ward.write(|tx| {
            Box::pin(async move {
                on!(tx, conn => sqlx::query("UPDATE training_state SET reminding_until = 1").execute(conn).await
                    .map(|_| ()))?;
                Ok(())
            })
        })
        .await;
        assert_eq!(reminding::look(&other).await.unwrap(), Some(1));
        assert_eq!(told(&ward, "training_reminder").await, each(&[1, 2, 3, 5, 6, 7, 8, 9, 10], 1));
    }
}

#[tokio::test]
async fn days_may_be_changed_while_a_year_is_open_and_the_rule_may_not() {
    for test in databases().await {
        let (ward, programme) = ward(test).await;
        let (by, now) = (ward.account, ward.now());
        let change = async |version: i64, days: &[u16]| {
            let days = days.iter().copied().collect();
            ward.write(move |tx| {
                Box::pin(async move {
                    store::change_reminders(tx, (programme, year(YEAR)), version, &days, by, now).await
                })
            })
            .await
        };
        assert!(!change(7, &[1]).await, "another version");
        assert!(change(1, &[45]).await);
        let found = async |of: i16| {
            let mut tx = ward.test.db.read().await.unwrap();
            store::year_of(&mut tx, programme, year(of)).await.unwrap().unwrap()
        };
        let changed = found(YEAR).await;
        assert_eq!((changed.version, &changed.rule.reminders), (2, &[45].into()));
        for sql in [
            "UPDATE programme_year SET rule = '{}'",
            "UPDATE programme_year SET opened_at = NULL",
            "UPDATE programme_year SET fiscal_year = 2030",
        ] {
            let refused = ward.test.db.write::<_, DbError, _>(move |tx| {
                Box::pin(async move {
                    on!(tx, conn => sqlx::query(sql).execute(conn).await.map(|_| ()))?;
                    Ok(())
                })
            });
            assert!(refused.await.is_err(), "{sql}");
        }
        assert_eq!(look(&ward, "2026-11-15T08:00:00+09:00").await, Some(0));
        assert_eq!(look(&ward, "2026-11-16T08:00:00+09:00").await, Some(9));
        // The next year goes on with what was changed.
        look(&ward, "2027-04-01T08:00:00+09:00").await;
        assert_eq!(found(2027).await.rule.reminders, [45].into());
    }
}

async fn chosen(training: &Training, programme: ProgrammeId, today: Date) -> Chosen {
    let of = FiscalYear::of(today);
    let chosen = training
        .books
        .with(of, move |book| Chosen::of(book, book.programme(programme).unwrap(), today, |_| true));
    chosen.await.unwrap()
}

#[tokio::test]
async fn by_hand_nobody_is_told_twice_in_a_week_whoever_does_it() {
    for test in databases().await {
        let (ward, programme) = ward(test).await;
        ward.walked("1", 1, YEAR, date(2026, 6, 1)).await;
        ward.at("2026-10-01T10:00:00+09:00");
        ward.look().await;
        // Number 2 goes on leave today, which no server has assessed yet.
        ward.write(|tx| {
            Box::pin(async move {
                on!(tx, conn => sqlx::query(
                    "INSERT INTO absence (staff, kind, since) SELECT id, 'leave', '2026-10-01' FROM staff WHERE number = '2'")
                    .execute(conn).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await;
        let today = date(2026, 10, 1);
        let (one, other) = (chosen(&ward.training, programme, today).await, ward.beside().await);
        let two = chosen(&other, programme, today).await;
        let preview = one.preview(&mut ward.test.db.read().await.unwrap(), today).await.unwrap();
        assert_eq!(preview, ByHand { told: 7, recently: 0, absent: 1 });
        // Two managers press at once: together they tell each once.
        let now = ward.now();
        let press = |chosen: Chosen, db: machiaruki::db::Db| async move {
            db.write::<_, DbError, _>(move |tx| {
                Box::pin(async move { chosen.remind(tx, &system_random(), now).await })
            })
            .await
            .unwrap()
        };
        let beside = crate::support::TestDb::beside(&ward.test).await;
        let (a, b) = tokio::join!(press(one, ward.test.db.clone()), press(two, beside.db.clone()));
        assert_eq!((a.told + b.told, a.recently + b.recently), (7, 7));
        assert_eq!((a.absent, b.absent), (1, 1));
        assert_eq!(told(&ward, "training_reminder").await, each(&[3, 5, 6, 7, 8, 9, 10], 1));
        // A week later they may be told again.
        ward.at("2026-10-07T10:00:00+09:00");
        let early = chosen(&ward.training, programme, date(2026, 10, 7)).await;
        let mut tx = ward.test.db.read().await.unwrap();
        assert_eq!(early.preview(&mut tx, date(2026, 10, 7)).await.unwrap().told, 0);
        assert_eq!(early.preview(&mut tx, date(2026, 10, 8)).await.unwrap().told, 7);
        drop(tx);
        // Who was reminded is forgotten with the rest of the year.
        ward.write(|tx| Box::pin(async move { store::erase_training(tx, date(2027, 4, 1), 100).await }))
            .await;
        let mut tx = ward.test.db.read().await.unwrap();
        assert!(store::told_in_year(&mut tx, year(YEAR)).await.unwrap().is_empty());
    }
}

/// Gives somebody an account, with a language and perhaps a role.
async fn account(ward: &Ward, number: &'static str, language: &'static str, role: Option<Role>) {
    let (staff, now) = (ward.staff(number).await, ward.now());
    ward.write(move |tx| {
        Box::pin(async move {
            let id = AccountId(Uuid::from_u128(number.parse::<u128>().unwrap() + 1_000));
            let new = NewAccount {
                id,
                login: number.into(),
                staff: Some(staff),
                display_name: None,
                persona: None,
            };
            create_account(tx, &new, now).await?;
            set_language(tx, id, Some(language)).await?;
            if let Some(role) = role {
                let grant = NewGrant {
                    id: GrantId(system_random().id()),
                    account: id,
                    role,
                    state: GrantState::Active,
                    source: "person",
                    reason: "見本".into(),
                    requested_by: None,
                };
                insert_grant(tx, &grant, now).await?;
            }
            on!(tx, conn => sqlx::query("UPDATE staff_spell SET email = $2 WHERE staff = $1")
                .bind(staff.to_string()).bind(format!("p{number}@example.lg.jp")).execute(conn).await.map(|_| ()))?;
            Ok(())
        })
    })
    .await;
}

/// The mails to a number.
fn mail_to<'m>(mails: &'m [String], number: &str) -> Vec<&'m String> {
    mails.iter().filter(|mail| mail.contains(&format!("To: p{number}@example.lg.jp"))).collect()
}

#[tokio::test]
async fn mails_are_in_the_readers_language_and_managers_hear_numbers_once_a_week() {
    for test in databases().await {
        let (ward, _) = ward(test).await;
        account(&ward, "5", "en", Some(Role::Manager)).await;
        account(&ward, "6", "ja", None).await;
        // Three people are too few to speak of.
        account(&ward, "8", "en", Some(Role::Manager)).await;
        ward.walked("1", 1, YEAR, date(2026, 10, 20)).await;
        // On Sunday the first look tells of its week, on Monday of the next one, on Tuesday nothing.
        look(&ward, "2026-11-01T08:00:00+09:00").await;
        look(&ward, "2026-11-02T08:00:00+09:00").await;
        look(&ward, "2026-11-03T08:00:00+09:00").await;
        let sink = Sink::start().await;
        let worker = Worker {
            db: ward.test.db.clone(),
            clock: ward.test.shared_clock(),
            random: system_random(),
            kinds: notice_kinds(),
            mailer: Some(smtp_to(&sink, Security::None)),
            pseudonyms: None,
            public_url: Some("https://walk.example.lg.jp".into()),
        };
        while worker.step().await.unwrap().claimed > 0 {}
        let mails = sink.mails();
        let english: Vec<String> = mail_to(&mails, "5").into_iter().map(|mail| said(mail)).collect();
        assert!(
            english.iter().any(|mail| mail.contains("Due: Thu 31 Dec 2026")
                && mail.contains("Left: 1 route")
                && mail.contains("https://walk.example.lg.jp/training")),
            "{english:?}"
        );
        let japanese: Vec<String> = mail_to(&mails, "6").into_iter().map(|mail| said(mail)).collect();
        assert_eq!(japanese.len(), 1, "once");
        assert!(japanese[0].contains("期限: 2026年12月31日(木)"), "{japanese:?}");
        // Of seven in the department one is done and one is on leave.
        let digests: Vec<&String> = english.iter().filter(|mail| mail.contains("/completion")).collect();
        let counts = told(&ward, "training_digest").await;
        assert_eq!(counts.keys().collect::<Vec<_>>(), ["5", "8"]);
        assert!(digests.iter().any(|mail| mail.contains("5 not completed")), "{digests:?}");
        assert!(mails.iter().all(|mail| !said(mail).contains("見本 ")), "no names");
        let small: Vec<String> = mail_to(&mails, "8").into_iter().map(|mail| said(mail)).collect();
        let small = small.iter().find(|mail| mail.contains("/completion")).unwrap();
        assert!(small.contains("a small group") && !small.contains("3 not"), "{small}");
        assert!(counts.values().all(|(app, _)| *app == 2), "once a week: {counts:?}");
    }
}

/// What a mail says: its body is base64 or quoted-printable where it is not plain English.
fn said(mail: &str) -> String {
    use base64::Engine as _;
    let (headers, body) = mail.split_once("\n\n").unwrap();
    if headers.to_ascii_lowercase().contains("content-transfer-encoding: base64") {
        let packed: String = body.split_whitespace().collect();
        String::from_utf8(base64::prelude::BASE64_STANDARD.decode(packed).unwrap()).unwrap()
    } else {
        body.replace("=\n", "")
    }
}

#[tokio::test]
async fn a_deadline_is_in_the_calendar_until_it_is_met() {
    use machiaruki::{
        calendar::{Entries as _, Status, When},
        text::ReaderLanguage,
        training::Deadlines,
    };
    for test in databases().await {
        let (ward, _) = ward(test).await;
        ward.at("2026-11-20T12:00:00+09:00");
        ward.look().await;
        let events = async |number: &str| {
            let staff = ward.staff(number).await;
            let mut tx = ward.test.db.read().await.unwrap();
            Deadlines.of(&mut tx, staff, ReaderLanguage::Ja, ward.now()).await.unwrap()
        };
        let open = events("3").await;
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].when, When::Day(date(2026, 12, 31)));
        assert_eq!((open[0].title.as_str(), open[0].status), ("【研修の期限】見本の研修", Status::Confirmed));
        assert_eq!(open[0].text, "残り: 1コース");
        ward.walked("3", 1, YEAR, date(2026, 11, 20)).await;
        let met = events("3").await;
        assert_eq!((met[0].title.as_str(), met[0].status), ("【修了】見本の研修", Status::Cancelled));
        assert_eq!(met[0].uid, open[0].uid);
        assert!(met[0].sequence > open[0].sequence);
        assert!(events("4").await.is_empty(), "who is on leave has no day to keep");
    }
}
