//! Retention: what is past its period is erased, every count stays right, and the audit log stays whole.

use std::{collections::BTreeMap, sync::Arc};

use machiaruki::{
    app::{retention, system_random},
    audit::{Action, Entry, Person, Recorder, Verdict, links_to, seal, verify},
    auth::{
        AccountId, SessionId, SignInMethod,
        store::{NewAccount, NewSession, create_account, insert_session},
    },
    clock::{Clock as _, Date, Timestamp},
    db::{DbError, Tx},
    on,
    retention::{Cause, Period, Retention, RunOutcome},
    staff::StaffId,
};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{TestDb, databases};

fn service(test: &TestDb) -> Retention {
    retention(test.db.clone(), test.shared_clock(), system_random())
}

/// Somebody of the roster, with an account.
#[derive(Clone, Debug)]
struct Somebody {
    number: String,
    hired_on: Date,
    left_on: Option<Date>,
    /// The days on which they moved, and where to.
    moves: Vec<(Date, usize)>,
}

async fn run(tx: &mut Tx, sql: &'static str, values: &[Option<String>]) -> Result<(), DbError> {
    on!(tx, conn => {
        let mut query = sqlx::query(sql);
        for value in values {
            query = query.bind(value.clone());
        }
        query.execute(conn).await.map(|_| ())
    })?;
    Ok(())
}

const TIERS: [&str; 3] = ["general", "chief", "manager"];

async fn write<T: Send + 'static>(
    test: &TestDb,
    job: impl for<'t> FnOnce(&'t mut Tx) -> machiaruki::db::JobFuture<'t, T, DbError> + Send + 'static,
) -> T {
    test.db.write(job).await.unwrap()
}

/// Puts people on the roster; each has an account, a session, and entries in the audit log.
async fn enrol(test: &TestDb, people: Vec<Somebody>) -> Vec<(StaffId, AccountId)> {
    let (now, clock) = (test.clock.now(), test.shared_clock());
    write(test, move |tx| {
        Box::pin(async move {
            let random = system_random();
            let recorder = Recorder::new(clock, random.clone());
            let departments: Vec<_> =
                (0..3).map(|_| machiaruki::staff::DepartmentId(random.id())).collect();
            for (index, id) in departments.iter().enumerate() {
                let code = format!("{index}-{id}");
                let micros = now.as_microsecond().to_string();
                run(
                    tx,
                    "INSERT INTO department (id, code, created_at) VALUES ($1, $2, CAST($3 AS BIGINT))",
                    &[Some(id.to_string()), Some(code), Some(micros)],
                )
                .await?;
                run(
                    tx,
                    "INSERT INTO department_spell (department, valid_from, name, rank)
                     VALUES ($1, '2000-04-01', $2, 0)",
                    &[Some(id.to_string()), Some("見本課".into())],
                )
                .await?;
            }
            let mut made = Vec::new();
            for person in people {
                let (id, account) = (StaffId(random.id()), AccountId(random.id()));
                let hired = person.hired_on.to_string();
                run(
                    tx,
                    "INSERT INTO staff (id, number, hired_on, left_on, version, created_at) VALUES ($1, $2, $3, $4, 1, 0)",
                    &[
                        Some(id.to_string()),
                        Some(person.number.clone()),
                        Some(hired.clone()),
                        person.left_on.map(|day| day.to_string()),
                    ],
                )
                .await?;
                let mut starts = vec![(person.hired_on, 0)];
                starts.extend(person.moves.iter().copied());
                for (index, (day, department)) in starts.iter().enumerate() {
                    let until = starts.get(index + 1).map(|next| next.0).or(person.left_on);
                    let until = until.unwrap_or(Date::constant(9999, 12, 31));
                    run(
                        tx,
                        "INSERT INTO staff_spell (staff, valid_from, valid_to, name, name_kana, search, department,
                             tier, grade, employment, email)
                         VALUES ($1, $2, coalesce($3, '9999-12-31'), '見本 消子', 'ミホン ケシコ', $4, $5, $6, '係員', 'regular', 'k@example.jp')",
                        &[
                            Some(id.to_string()),
                            Some(day.to_string()),
                            Some(until.to_string()),
                            Some(format!("見本消子 {}", person.number)),
                            Some(departments[department % 3].to_string()),
                            Some(TIERS[department % 3].to_owned()),
                        ],
                    )
                    .await?;
                }
                let new = NewAccount {
                    id: account,
                    login: person.number.clone(),
                    staff: Some(id),
                    display_name: Some("見本 消子".into()),
                    persona: None,
                };
                create_account(tx, &new, now).await?;
                run(tx, "UPDATE account SET password = 'hash' WHERE id = $1", &[Some(account.to_string())]).await?;
                run(
                    tx,
                    "INSERT INTO roster_change (id, kind, staff, effective_on, reason, summary, made_at)
                     VALUES ($1, 'edit', $1, '2015-04-01', '見本 消子の改姓', '{}', 0)",
                    &[Some(id.to_string())],
                )
                .await?;
                let session = NewSession {
                    token: random.bytes(),
                    id: SessionId(random.id()),
                    account,
                    method: SignInMethod::Password,
                    device: "canary".into(),
                    id_token: None,
                };
                insert_session(tx, &session, now).await?;
                let entry = Entry::by_service(Action::ReadStaff).about_staff([id]);
                recorder
                    .record(tx, Entry { actor: Some(Person::Account(account)), ..entry })
                    .await?;
                made.push((id, account));
            }
            Ok(made)
        })
    })
    .await
}

/// How many people were where on a day, by department and tier.
async fn counts(test: &TestDb, day: Date) -> BTreeMap<(String, String), i64> {
    let mut tx = test.db.read().await.unwrap();
    let rows: Vec<(String, String, i64)> = on!(&mut tx, conn => sqlx::query_as(
        "SELECT department, tier, count(*) FROM staff_spell
         WHERE valid_from <= $1 AND valid_to > $1 GROUP BY department, tier")
        .bind(day.to_string()).fetch_all(conn).await)
    .unwrap();
    rows.into_iter().map(|(department, tier, count)| ((department, tier), count)).collect()
}

async fn verdict(test: &TestDb) -> Verdict {
    let now = test.clock.now();
    while write(test, move |tx| Box::pin(seal(tx, now))).await > 0 {}
    let mut tx = test.db.read().await.unwrap();
    verify(&mut tx, None).await.unwrap()
}

async fn erase(test: &TestDb) -> RunOutcome {
    let entry = Entry::by_service(Action::Erase);
    service(test).run(Cause::Command, None, &entry, None).await.unwrap()
}

async fn texts(test: &TestDb, sql: &'static str) -> Vec<Option<String>> {
    let mut tx = test.db.read().await.unwrap();
    on!(&mut tx, conn => sqlx::query_scalar(sql).fetch_all(conn).await).unwrap()
}

fn subjects(outcome: &RunOutcome) -> BTreeMap<&'static str, i64> {
    outcome.erased.iter().map(|(class, erased)| (*class, erased.subjects)).collect()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn somebody(number: &str, left_on: Option<Date>) -> Somebody {
    Somebody {
        number: number.into(),
        hired_on: Date::constant(2010, 4, 1),
        left_on,
        moves: vec![(Date::constant(2015, 4, 1), 1)],
    }
}

#[tokio::test]
async fn leavers_become_nobody_and_every_count_stays_right() {
    for test in databases().await {
        let left = Date::constant(2021, 3, 31);
        let people = vec![
            somebody("100", Some(left)),
            somebody("101", Some(Date::constant(2021, 4, 1))),
            somebody("102", None),
        ];
        let made = enrol(&test, people).await;
        let days = [Date::constant(2012, 1, 1), Date::constant(2018, 1, 1), Date::constant(2026, 1, 1)];
        let mut before = Vec::new();
        for day in days {
            before.push(counts(&test, day).await);
        }
        // 31 March 2021 and five fiscal years: until 31 March 2026.
        test.clock.set(at("2026-03-31T23:00:00+09:00"));
        assert!(!subjects(&erase(&test).await).contains_key("leavers"));
        test.clock.set(at("2026-04-01T00:00:00+09:00"));
        assert_eq!(subjects(&erase(&test).await)["leavers"], 1);
        assert!(!subjects(&erase(&test).await).contains_key("leavers"), "{:?}", test.url);

        for (day, before) in days.into_iter().zip(before) {
            assert_eq!(counts(&test, day).await, before, "{day}");
        }
        assert_eq!(
            texts(&test, "SELECT number FROM staff WHERE erased_at IS NOT NULL").await,
            [None],
            "the number is gone"
        );
        let spells = texts(
            &test,
            "SELECT coalesce(p.name, '') || coalesce(p.name_kana, '') || coalesce(p.search, '') || coalesce(p.email, '')
             FROM staff_spell p JOIN staff s ON s.id = p.staff WHERE s.erased_at IS NOT NULL",
        )
        .await;
        assert_eq!(spells, [Some(String::new()), Some(String::new())]);
        let reasons =
            "SELECT reason FROM roster_change c JOIN staff s ON s.id = c.staff WHERE s.erased_at IS NOT NULL";
        assert_eq!(texts(&test, reasons).await, [Some(String::new())]);
        let account = texts(
            &test,
            "SELECT a.login || coalesce(a.password, '') || coalesce(a.display_name, '') FROM account a
             JOIN staff s ON s.id = a.staff WHERE s.erased_at IS NOT NULL AND a.disabled_at IS NOT NULL",
        )
        .await;
        let login = account[0].clone().unwrap();
        assert!(login.starts_with("erased-") && login.len() == 39, "{login}");
        let mut tx = test.db.read().await.unwrap();
        for person in [Person::Staff(made[0].0), Person::Account(made[0].1)] {
            assert_eq!(links_to(&mut tx, person).await.unwrap(), 0);
        }
        assert_eq!(links_to(&mut tx, Person::Staff(made[1].0)).await.unwrap(), 1);
        drop(tx);
        let verdict = verdict(&test).await;
        assert_eq!(verdict.defects, []);
        assert_eq!(verdict.unsealed, 0);
        // Nothing of the person is in the entry that tells of it.
        let told =
            texts(&test, "SELECT detail FROM audit_entry WHERE action = 'erase' AND object_id = 'leavers'")
                .await;
        let told: serde_json::Value = serde_json::from_str(told[0].as_deref().unwrap()).unwrap();
        assert_eq!((&told["subjects"], &told["links"]), (&json!(1), &json!(2)));
    }
}

#[tokio::test]
async fn links_that_are_erased_by_hand_are_found() {
    for test in databases().await {
        let made =
            enrol(&test, vec![somebody("100", Some(Date::constant(2010, 5, 1))), somebody("102", None)])
                .await;
        erase(&test).await;
        assert_eq!(verdict(&test).await.defects, []);
        // Under the name of an erasure that has been told of something else.
        let victim = made[1].0;
        write(&test, move |tx| {
            Box::pin(async move {
                run(
                    tx,
                    "UPDATE audit_person SET person = NULL, salt = NULL,
                         erased_by = (SELECT id FROM audit_entry WHERE action = 'erase' LIMIT 1) WHERE person = $1",
                    &[Some(format!("staff:{victim}"))],
                )
                .await
            })
        })
        .await;
        assert_eq!(verdict(&test).await.defects.len(), 1);
    }
}

#[tokio::test]
async fn the_audit_log_forgets_people_and_stays_whole() {
    for test in databases().await {
        let made = enrol(&test, (0..130).map(|n| somebody(&n.to_string(), None)).collect()).await;
        verdict(&test).await;
        // Written in November 2026: kept to the end of March 2032.
        test.clock.set(at("2032-03-31T12:00:00+09:00"));
        assert!(!subjects(&erase(&test).await).contains_key("audit_persons"));
        test.clock.set(at("2032-04-01T12:00:00+09:00"));
        let later = enrol(&test, vec![somebody("later", None)]).await;
        let outcome = erase(&test).await;
        assert_eq!(subjects(&outcome)["audit_persons"], 130, "more than one batch");
        let mut tx = test.db.read().await.unwrap();
        assert_eq!(links_to(&mut tx, Person::Staff(made[7].0)).await.unwrap(), 0);
        assert_eq!(links_to(&mut tx, Person::Staff(later[0].0)).await.unwrap(), 1);
        drop(tx);
        assert_eq!(verdict(&test).await.defects, []);
    }
}

#[tokio::test]
async fn sessions_links_failures_and_files_go_when_their_time_is_over() {
    for test in databases().await {
        let made = enrol(&test, vec![somebody("100", None)]).await;
        let (account, now) = (made[0].1.to_string(), test.clock.now().as_microsecond());
        write(&test, move |tx| {
            Box::pin(async move {
                on!(tx, conn => sqlx::query("INSERT INTO attempt (key, failures, last_at, blocked_until) VALUES ($1, 3, $2, 0)")
                    .bind(vec![1_u8; 32]).bind(now).execute(conn).await.map(|_| ()))?;
                on!(tx, conn => sqlx::query("INSERT INTO activation (token, account, created_at, expires_at) VALUES ($1, $2, 0, $3)")
                    .bind(vec![1_u8; 32]).bind(&account).bind(now).execute(conn).await.map(|_| ()))?;
                on!(tx, conn => sqlx::query(
                    "INSERT INTO oidc_flow (state, browser, nonce, verifier, return_to, expires_at) VALUES ($1, $1, 'n', 'v', '/', $2)")
                    .bind(vec![1_u8; 32]).bind(now).execute(conn).await.map(|_| ()))?;
                on!(tx, conn => sqlx::query(
                    "INSERT INTO roster_preview (id, account, file_name, effective_on, summary, content, plan_digest, made_at)
                     VALUES ('p', $1, 'f', '2026-04-01', '{}', $2, $2, $3)")
                    .bind(&account).bind(vec![1_u8]).bind(now).execute(conn).await.map(|_| ()))?;
                on!(tx, conn => sqlx::query("INSERT INTO register_import (id, made_at, sealed) VALUES ('i', $1, $2)")
                    .bind(now).bind(vec![1_u8]).execute(conn).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await;
        let day = |days: i64| {
            test.clock.set(at("2026-11-20T12:00:00+09:00") + jiff::SignedDuration::from_hours(24 * days));
        };
        let mut seen = Vec::new();
        for days in [0, 1, 2, 3, 4, 29, 30, 31, 89, 90, 91, 92] {
            day(days);
            seen.extend(subjects(&erase(&test).await).into_iter().map(|(class, count)| (days, class, count)));
        }
        assert_eq!(
            seen,
            [
                (2, "register_imports", 1),
                (2, "sign_on_flows", 1),
                (4, "roster_previews", 1),
                (30, "activations", 1),
                (30, "attempts", 1),
                (90, "sessions", 1)
            ]
        );
    }
}

#[tokio::test]
async fn the_defaults_in_the_database_are_those_of_the_program() {
    for test in databases().await {
        for state in service(&test).states().await.unwrap() {
            assert_eq!(state.period, state.class.default, "{}", state.class.id);
            assert!(!state.period.ends_before(state.class.shortest), "{}", state.class.id);
            assert!(state.class.units.contains(&state.period.unit()), "{}", state.class.id);
            for text in [state.class.title, state.class.erases, state.class.counted_from] {
                let is_han = |letter: char| ('\u{3400}'..='\u{9fff}').contains(&letter);
                assert!(!text.easy.contains(is_han), "{}: {}", state.class.id, text.easy);
            }
        }
        let rows = texts(&test, "SELECT class FROM retention_period").await;
        assert_eq!(rows.len(), service(&test).classes().count());
    }
}

#[tokio::test]
async fn one_server_does_the_daily_run_once_a_day() {
    for test in databases().await {
        let other = TestDb::beside(&test).await;
        let (here, there) = (service(&test), service(&other));
        let (a, b) = tokio::join!(here.daily(), there.daily());
        assert_eq!([a.unwrap().is_some(), b.unwrap().is_some()].iter().filter(|ran| **ran).count(), 1);
        assert_eq!(here.daily().await.unwrap(), None);
        assert_eq!(here.last_daily().await.unwrap(), Some(Date::constant(2026, 11, 20)));
        test.clock.set(at("2026-11-21T00:00:01+09:00"));
        assert!(there.daily().await.unwrap().is_some());
        // A server that went away in the middle is taken over, but not at once.
        write(&test, |tx| {
            Box::pin(async move { run(tx, "UPDATE retention_run SET ended_at = NULL", &[]).await })
        })
        .await;
        assert_eq!(here.daily().await.unwrap(), None);
        test.clock.set(at("2026-11-21T00:20:00+09:00"));
        assert!(here.daily().await.unwrap().is_some());
    }
}

#[tokio::test]
async fn what_somebody_writes_of_a_leaver_meanwhile_is_never_lost_to_the_log() {
    // Erasing and recording at once: whatever wins, the log stays whole.
    for test in databases().await {
        let people: Vec<Somebody> =
            (0..40).map(|n| somebody(&n.to_string(), Some(Date::constant(2011, 4, 1)))).collect();
        let made = Arc::new(enrol(&test, people).await);
        let recorder = Recorder::new(test.shared_clock(), system_random());
        let writing = {
            let (db, made) = (test.db.clone(), made.clone());
            tokio::spawn(async move {
                for (staff, _) in made.iter().copied() {
                    let recorder = recorder.clone();
                    let entry = Entry::by_service(Action::ReadStaff).about_staff([staff]);
                    let wrote: Result<_, DbError> =
                        db.write(move |tx| Box::pin(async move { recorder.record(tx, entry).await })).await;
                    wrote.unwrap();
                }
            })
        };
        // May be refused when somebody writes in the same moment; then it is tried again.
        let mut tries = 0;
        while service(&test).run(Cause::Command, None, &Entry::by_service(Action::Erase), None).await.is_err()
        {
            tries += 1;
            assert!(tries < 50);
        }
        writing.await.unwrap();
        assert_eq!(verdict(&test).await.defects, []);
    }
}

fn anybody() -> impl Strategy<Value = Somebody> {
    let day = |from: i16| {
        (0_i64..2_000)
            .prop_map(move |ahead| Date::constant(from, 4, 1).saturating_add(jiff::Span::new().days(ahead)))
    };
    (day(2000), prop::option::of(day(2015)), prop::collection::btree_map(day(2006), 0_usize..3, 0..4))
        .prop_map(|(hired_on, left_on, moves)| Somebody {
            number: String::new(),
            hired_on,
            left_on,
            moves: moves.into_iter().collect(),
        })
}

#[test]
fn whoever_is_erased_no_count_of_any_day_changes() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(people in prop::collection::vec(anybody(), 1..25), year in 2016_i16..2036)| {
        runtime.block_on(async {
            for test in databases().await {
                let people: Vec<Somebody> = people.iter().cloned().enumerate()
                    .map(|(index, mut person)| {
                        person.number = index.to_string();
                        // Nobody moves after having left.
                        person.moves.retain(|(day, _)| *day > person.hired_on && person.left_on.is_none_or(|left| *day < left));
                        person
                    })
                    .collect();
                test.clock.set(at(&format!("{year}-06-01T00:00:00+09:00")));
                enrol(&test, people.clone()).await;
                let days: Vec<Date> = (2001..2022).map(|year| Date::constant(year, 7, 1)).collect();
                let mut before = Vec::new();
                for day in &days { before.push(counts(&test, *day).await); }
                let cutoff = Period::fiscal_years(5).cutoff(test.clock.now()).day;
                let due = people.iter().filter(|person| person.left_on.is_some_and(|left| left < cutoff)).count();
                let outcome = erase(&test).await;
                assert_eq!(subjects(&outcome).get("leavers").copied().unwrap_or(0), due as i64);
                for (day, before) in days.iter().zip(before) { assert_eq!(counts(&test, *day).await, before); }
                assert_eq!(texts(&test, "SELECT id FROM staff WHERE number IS NULL").await.len(), due);
                assert_eq!(verdict(&test).await.defects, []);
            }
        });
    });
}
