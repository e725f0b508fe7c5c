//! The register on both engines: what is sealed, found again, sealed anew and erased.

use std::sync::Arc;

use machiaruki::{
    app::SEALED,
    auth::AccountId,
    clock::{Clock as _, Date},
    commands::{fill_register, seed},
    councils::{
        Residencies, file,
        model::{AddressRule, CouncilId, DistrictLink, ImportId, ResidencyId, RuleId, Span},
        service::{
            Choice, Done, Register, RegisterError, Shown, Vault, confirm_import, decide, forget_import, own,
            preview_import, reseal,
        },
        store,
    },
    db::{Db, DbError},
    layers::PlaceId,
    on,
    places::Purpose,
    random::{SeededRandom, SharedRandom, SystemRandom},
    retention::Retained as _,
    vault::Keyring,
};
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
    let clock = test.clock.clone() as machiaruki::clock::SharedClock;
    machiaruki::app::prepare(&test.db, &clock, Purpose::Demo).await.unwrap();
    seed(&test.db, &clock, &random()).await.unwrap();
    let keys = Keyring::draw(&SeededRandom::new("stores"));
    fill_register(&test.db, &clock, &vault(&keys)).await.unwrap();
    keys
}

async fn register(db: &Db, keys: &Keyring) -> Result<Register, RegisterError> {
    Register::read(&mut db.read().await.unwrap(), &vault(keys)).await
}

fn council() -> CouncilId {
    CouncilId(PlaceId::of_record("councils", "C-01"))
}

async fn choose(db: &Db, keys: &Keyring, choice: Choice) -> Result<(), RegisterError> {
    let (vault, now) = (vault(keys), "2026-11-20T03:00:00Z".parse().unwrap());
    db.write(move |tx| {
        Box::pin(async move { decide(tx, &vault, choice, (AccountId(Uuid::nil()), now)).await })
    })
    .await
}

fn choice(residency: ResidencyId, from: Date, after: i64) -> Choice {
    Choice { residency, council: Some(council()), from, as_suggested: false, reason: "見本".into(), after }
}

#[tokio::test]
async fn it_opens_with_its_key_and_with_no_other() {
    for test in databases().await {
        let keys = ward(&test).await;
        let found = register(&test.db, &keys).await.unwrap();
        assert_eq!((found.housing.len(), found.residencies.len()), (8, 18));
        let other = Keyring::draw(&SeededRandom::new("another"));
        assert!(matches!(register(&test.db, &other).await, Err(RegisterError::Unopened(_))));
        // Filling it again changes nothing.
        let clock = test.clock.clone() as machiaruki::clock::SharedClock;
        fill_register(&test.db, &clock, &vault(&keys)).await.unwrap();
        assert_eq!(register(&test.db, &keys).await.unwrap().residencies.len(), 18);
    }
}

#[tokio::test]
async fn somebodys_home_is_found_before_during_and_after_a_rotation() {
    for test in databases().await {
        let keys = ward(&test).await;
        let today = test.clock.today();
        let found = register(&test.db, &keys).await.unwrap();
        let residency = found.residencies.values().find(|one| one.facts.span.holds(today)).unwrap().clone();
        choose(&test.db, &keys, choice(residency.id, today, 0)).await.unwrap();
        let both = keys.rotated(&*random());
        for keys in [&keys, &both] {
            let mut tx = test.db.read().await.unwrap();
            let home = own(&mut tx, &vault(keys), residency.facts.staff, today).await.unwrap().unwrap();
            assert_eq!(home.residency, residency);
            assert_eq!(home.decision.unwrap().council, Some(council()));
        }
        let done = reseal(&test.db, &vault(&both), SEALED).await.unwrap();
        assert_eq!(done.sealed_anew, done.all);
        assert!(done.all > 8 + 18, "{done:?}");
        assert_eq!(reseal(&test.db, &vault(&both), SEALED).await.unwrap().sealed_anew, 0);
        let after = both.newest();
        let mut tx = test.db.read().await.unwrap();
        let home = own(&mut tx, &vault(&after), residency.facts.staff, today).await.unwrap().unwrap();
        assert_eq!(home.residency.facts, residency.facts);
        assert!(
            own(&mut tx, &vault(&keys), residency.facts.staff, today).await.unwrap().is_none(),
            "the old key finds it"
        );
    }
}

#[tokio::test]
async fn of_two_who_decide_at_once_one_is_told() {
    for test in databases().await {
        let keys = ward(&test).await;
        let today = test.clock.today();
        let found = register(&test.db, &keys).await.unwrap();
        let id = found.residencies.values().find(|one| one.facts.span.holds(today)).unwrap().id;
        let (one, other) = tokio::join!(
            choose(&test.db, &keys, choice(id, today, 0)),
            choose(&test.db, &keys, choice(id, today, 0))
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        assert!(matches!(one.and(other), Err(RegisterError::Changed)));
        assert_eq!(register(&test.db, &keys).await.unwrap().assignments.history(id).len(), 1);
    }
}

#[tokio::test]
async fn a_row_that_is_moved_to_another_does_not_open() {
    for test in databases().await {
        let keys = ward(&test).await;
        test.db
            .write::<(), DbError, _>(|tx| {
                Box::pin(async move {
                    let rows = store::residency_rows(tx).await?;
                    let tag = Keyring::draw(&SeededRandom::new("stores")).tag("residency.staff", b"nobody");
                    store::reseal_residency(tx, rows[0].id, tag, &rows[1].sealed).await
                })
            })
            .await
            .unwrap();
        assert!(matches!(register(&test.db, &keys).await, Err(RegisterError::Unopened(_))));
    }
}

#[tokio::test]
async fn what_is_past_its_period_is_erased_without_the_keys() {
    for test in databases().await {
        let keys = ward(&test).await;
        let found = register(&test.db, &keys).await.unwrap();
        let over: Vec<ResidencyId> = found
            .residencies
            .values()
            .filter(|one| one.facts.span.until().is_some())
            .map(|one| one.id)
            .collect();
        assert_eq!(over.len(), 1);
        choose(&test.db, &keys, choice(over[0], Date::constant(2026, 9, 1), 0)).await.unwrap();
        let erase = |before: Date| {
            let db = test.db.clone();
            async move {
                db.write::<_, DbError, _>(move |tx| {
                    Box::pin(async move {
                        let due = store::residencies_due(tx, before).await?;
                        Ok((due, store::erase_residencies(tx, before, 100).await?))
                    })
                })
                .await
                .unwrap()
            }
        };
        assert_eq!(erase(Date::constant(2026, 9, 30)).await, (0, (0, 0)));
        assert_eq!(erase(Date::constant(2026, 10, 1)).await, (1, (1, 2)));
        let left = register(&test.db, &keys).await.unwrap();
        assert_eq!(left.residencies.len(), found.residencies.len() - 1);
        assert!(left.assignments.history(over[0]).is_empty());
        assert_eq!(Residencies.class().id, "residencies");
    }
}

#[tokio::test]
async fn links_of_councils_come_back_as_they_were_said() {
    for test in databases().await {
        let link = DistrictLink {
            district: PlaceId::of_record("school_districts", "1"),
            council: Some(council()),
            span: Span::new(Date::constant(2026, 4, 1), Some(Date::constant(2027, 3, 31))).unwrap(),
            note: "見本".into(),
        };
        let undecided = DistrictLink {
            council: None,
            span: Span::new(Date::constant(2027, 4, 1), None).unwrap(),
            ..link.clone()
        };
        let rule = AddressRule {
            id: RuleId(Uuid::from_u128(1)),
            beginning: "見本町1丁目".into(),
            council: council(),
            span: Span::new(Date::constant(2026, 4, 1), None).unwrap(),
        };
        let said = (link.clone(), undecided.clone(), rule.clone());
        let links = test
            .db
            .write::<_, DbError, _>(move |tx| {
                Box::pin(async move {
                    store::put_district_link(tx, &said.0).await?;
                    store::put_district_link(tx, &said.1).await?;
                    store::put_address_rule(tx, &said.2).await?;
                    store::links(tx).await
                })
            })
            .await
            .unwrap();
        assert_eq!((links.districts, links.rules), (vec![link, undecided], vec![rule]));
    }
}

const LIST: &str = "住宅名,住所,部屋番号,職員番号,入居日,退居日,備考,経度,緯度
【見本】あらた寮,架空町9-9-9,101,900009,2026-11-01,,鍵は2本,139.75,35.66
【見本】あらた寮,,102,,,,,,
【見本】あらた寮,,103,123456,2026-11-01,,,,
";

async fn bring(test: &TestDb, keys: &Keyring) -> Shown {
    let (vault, moment) = (vault(keys), (test.clock.now(), test.clock.today()));
    let listing = file::read(LIST.as_bytes()).unwrap();
    test.db
        .write(move |tx| Box::pin(async move { preview_import(tx, &vault, listing, moment).await }))
        .await
        .unwrap()
}

async fn confirm(
    test: &TestDb,
    keys: &Keyring,
    (id, version): (ImportId, i64),
    accepts_refused: bool,
) -> Result<Done, RegisterError> {
    let (vault, moment) = (vault(keys), (test.clock.now(), test.clock.today()));
    test.db
        .write(move |tx| {
            Box::pin(async move { confirm_import(tx, &vault, (id, version), accepts_refused, moment).await })
        })
        .await
}

#[tokio::test]
async fn a_list_is_taken_in_as_it_was_shown_or_not_at_all() {
    for test in databases().await {
        let keys = ward(&test).await;
        let before = register(&test.db, &keys).await.unwrap();
        let shown = bring(&test, &keys).await;
        let meant = (shown.id, shown.version);
        let refused = confirm(&test, &keys, meant, false).await;
        assert!(matches!(refused, Err(RegisterError::RefusedRows(1))), "{refused:?}");
        let done = confirm(&test, &keys, meant, true).await.unwrap();
        assert_eq!(done.counts, shown.plan.counts());
        assert_eq!((done.counts.units_new, done.residencies.len()), (2, 1));
        let after = register(&test.db, &keys).await.unwrap();
        assert_eq!(after.housing.len(), before.housing.len() + 1);
        let residency = &after.residencies[&done.residencies[0]];
        assert_eq!(residency.facts.note, "鍵は2本");
        let mut tx = test.db.read().await.unwrap();
        let home =
            own(&mut tx, &vault(&keys), residency.facts.staff, test.clock.today()).await.unwrap().unwrap();
        assert_eq!((&*home.housing.facts.name, &*home.unit.facts.name), ("【見本】あらた寮", "101"));
        drop(tx);
        assert!(matches!(confirm(&test, &keys, meant, true).await, Err(RegisterError::Absent)));
    }
}

#[tokio::test]
async fn of_two_lists_that_were_shown_one_is_taken_in() {
    for test in databases().await {
        let keys = ward(&test).await;
        let [one, other] = [bring(&test, &keys).await, bring(&test, &keys).await];
        let (first, second) = tokio::join!(
            confirm(&test, &keys, (one.id, one.version), true),
            confirm(&test, &keys, (other.id, other.version), true)
        );
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        assert!(matches!(first.and(second), Err(RegisterError::OutOfDate)));
        assert_eq!(register(&test.db, &keys).await.unwrap().housing.len(), 9);
    }
}

#[tokio::test]
async fn a_list_that_waits_opens_with_its_key_alone_and_goes_with_time_and_rotation() {
    for test in databases().await {
        let keys = ward(&test).await;
        let shown = bring(&test, &keys).await;
        let meant = (shown.id, shown.version);
        let other = Keyring::draw(&SeededRandom::new("another"));
        assert!(matches!(confirm(&test, &other, meant, true).await, Err(RegisterError::Unopened(_))));
        // Whoever is no more on the roster: it is not what was shown.
        test.db
            .write::<(), DbError, _>(|tx| {
                Box::pin(async move {
                    on!(tx, conn => sqlx::query("UPDATE staff SET number = '900999' WHERE number = '900009'")
                        .execute(conn).await.map(|_| ()))?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        assert!(matches!(confirm(&test, &keys, meant, true).await, Err(RegisterError::OutOfDate)));
        // What is sealed anew leaves nothing that only old keys open.
        reseal(&test.db, &vault(&keys.rotated(&*random())), SEALED).await.unwrap();
        let waiting = |before: &'static str| {
            let db = test.db.clone();
            async move {
                let before = before.parse().unwrap();
                db.write::<_, DbError, _>(move |tx| {
                    Box::pin(async move {
                        Ok((
                            store::imports_due(tx, before).await?,
                            store::erase_imports(tx, before, 10).await?,
                        ))
                    })
                })
                .await
                .unwrap()
            }
        };
        assert_eq!(waiting("2030-01-01T00:00:00Z").await, (0, 0));
    }
}

#[tokio::test]
async fn lists_are_forgotten_one_by_one_and_by_their_age() {
    for test in databases().await {
        let keys = ward(&test).await;
        let (one, _) = (bring(&test, &keys).await, bring(&test, &keys).await);
        let id = one.id;
        let forget = || {
            let db = test.db.clone();
            async move { db.write(move |tx| Box::pin(async move { forget_import(tx, id).await })).await }
        };
        forget().await.unwrap();
        assert!(matches!(forget().await, Err(RegisterError::Absent)));
        let now = test.clock.now();
        let (due, gone) = test
            .db
            .write::<_, DbError, _>(move |tx| {
                Box::pin(async move {
                    let later = now + jiff::SignedDuration::from_secs(1);
                    let early = store::erase_imports(tx, now, 10).await?;
                    Ok((
                        store::imports_due(tx, later).await?,
                        early + store::erase_imports(tx, later, 10).await?,
                    ))
                })
            })
            .await
            .unwrap();
        assert_eq!((due, gone), (1, 1));
    }
}

#[tokio::test]
async fn who_has_which_numbers_is_asked_at_once() {
    for test in databases().await {
        ward(&test).await;
        let numbers: Vec<String> =
            (0..1_200).map(|number| (900_001 + number).to_string()).chain(["x".to_owned()]).collect();
        let mut tx = test.db.read().await.unwrap();
        let found = machiaruki::staff::store::ids_of_numbers(&mut tx, &numbers).await.unwrap();
        assert!((60..100).contains(&found.len()) && !found.contains_key("x"), "{}", found.len());
        let one = machiaruki::staff::store::id_of_number(&mut tx, "900060").await.unwrap();
        assert_eq!(found.get("900060"), one.as_ref());
    }
}
