//! Gatherings on both engines: sealed, found again, marked in any order, sealed anew and erased.

use std::{collections::BTreeSet, sync::Arc};

use machiaruki::{
    app::SEALED,
    attendance::{MarkId, WINDOW, step_of},
    audit::Pseudonyms as _,
    auth::{AccountId, Reach},
    calendar::Entries as _,
    clock::{Clock as _, Date, Timestamp},
    commands::{fill_register, seed},
    councils::{
        model::{CouncilId, Residency, ResidencyId},
        service::{Choice, Register, Vault, decide, reseal},
    },
    db::DbError,
    gatherings::{
        GatheringEntries, HandoversKept, ParticipationKept,
        model::{
            Duty, GatheringDocument, GatheringId, GatheringKind, GatheringState, HandoverFor, HandoverState,
            Plan,
        },
        service::{self, Actor, Decision, GatheringError, Marked, NewMark},
        store::{self, Within},
    },
    layers::PlaceId,
    notify, on,
    places::Purpose,
    random::{SeededRandom, SharedRandom, SystemRandom},
    retention::Retained as _,
    text::ReaderLanguage,
    vault::Keyring,
    visits::model::FiscalYear,
};
use uuid::Uuid;

use crate::support::{TestDb, databases};

/// Runs a job of an actor.
macro_rules! job {
    ($setting:expr, $actor:expr, |$tx:ident, $who:ident| $body:expr) => {{
        let $who = $actor.clone();
        $setting.test.db.write::<_, GatheringError, _>(move |$tx| Box::pin(async move { $body.await })).await
    }};
}

struct Setting {
    test: TestDb,
    keys: Keyring,
    /// People who live in disaster housing today, each with their home; their council is the demo's first.
    homes: Vec<Residency>,
    registrar: Actor,
}

const STARTS: &str = "2026-12-01T09:00:00Z";

fn random() -> SharedRandom {
    Arc::new(SystemRandom)
}

fn vault(keys: &Keyring) -> Vault {
    Vault::new(Arc::new(keys.clone()), random())
}

fn council(key: &str) -> CouncilId {
    CouncilId(PlaceId::of_record("councils", key))
}

async fn settings() -> Vec<Setting> {
    let mut all = Vec::new();
    for test in databases().await {
        let clock = test.shared_clock();
        machiaruki::app::prepare(&test.db, &clock, Purpose::Demo).await.unwrap();
        seed(&test.db, &clock, &random()).await.unwrap();
        let keys = Keyring::draw(&SeededRandom::new("gatherings"));
        fill_register(&test.db, &clock, &vault(&keys)).await.unwrap();
        let today = test.clock.today();
        let register = Register::read(&mut test.db.read().await.unwrap(), &vault(&keys)).await.unwrap();
        let mut homes: Vec<Residency> = Vec::new();
        for home in register.residencies.into_values().filter(|one| one.facts.span.holds(today)) {
            // Whoever is on leave is told less than the others. Which homes come first is drawn anew each time.
            let mut tx = test.db.read().await.unwrap();
            let reader = notify::store::reader(&mut tx, home.facts.staff, today).await.unwrap();
            if homes.len() < 4 && reader.is_some_and(|reader| !reader.absent) {
                homes.push(home);
            }
        }
        let registrar = Actor {
            account: AccountId(Uuid::nil()),
            staff: None,
            reach: Reach::Any,
            is_registrar: true,
            now: test.clock.now(),
            today,
            vault: vault(&keys),
        };
        let setting = Setting { test, keys, homes, registrar };
        // Three of them belong to one council, the fourth to another.
        for (index, key) in ["C-01", "C-01", "C-01", "C-02"].into_iter().enumerate() {
            setting.belongs(index, key).await;
        }
        all.push(setting);
    }
    all
}

impl Setting {
    async fn belongs(&self, index: usize, key: &str) {
        let choice = Choice {
            residency: self.homes[index].id,
            council: Some(council(key)),
            from: self.registrar.today,
            as_suggested: false,
            reason: "見本".into(),
            after: 0,
        };
        let (vault, by) = (vault(&self.keys), (self.registrar.account, self.registrar.now));
        self.test
            .db
            .write(move |tx| Box::pin(async move { decide(tx, &vault, choice, by).await }))
            .await
            .unwrap();
    }

    fn resident(&self, index: usize) -> Actor {
        let account = AccountId(Uuid::from_u128(0xacc0_0000 + index as u128));
        let staff = Some(self.homes[index].facts.staff);
        Actor { account, staff, reach: Reach::Own(account), is_registrar: false, ..self.registrar.clone() }
    }

    async fn made(&self, document: GatheringDocument) -> GatheringId {
        let plan = Plan::new(document).unwrap();
        job!(self, self.registrar, |tx, actor| service::create(tx, &actor, &plan)).unwrap()
    }

    async fn code(&self, id: GatheringId, at: &str) -> String {
        let stored = store::gathering(&mut self.test.db.read().await.unwrap(), id).await.unwrap().unwrap();
        let at: Timestamp = at.parse().unwrap();
        service::leading(&self.registrar.vault, &stored).unwrap().key().code(step_of(at))
    }

    async fn check_in(
        &self,
        actor: &Actor,
        (id, mark): (GatheringId, u128),
        (code, at): (&str, &str),
    ) -> Result<Marked, GatheringError> {
        let (code, at) = (code.to_owned(), at.parse().unwrap());
        let mark = MarkId(Uuid::from_u128(mark));
        job!(
            self,
            actor,
            |tx, who| async move { Ok(service::check_in(tx, &who, (id, mark), (&code, at)).await?) }
        )
        .unwrap()
    }

    async fn roll(&self, id: GatheringId) -> Vec<(ResidencyId, bool, Option<bool>)> {
        let mut tx = self.test.db.read().await.unwrap();
        let roll = service::roll(&mut tx, &self.registrar, id).await.unwrap();
        let line =
            |line: service::RollLine| (line.residency, line.signed_up, line.mark.map(|mark| mark.present));
        roll.lines.into_iter().map(line).collect()
    }
}

/// Somebody at another time.
fn at(actor: &Actor, now: &str) -> Actor {
    Actor { now: now.parse().unwrap(), ..actor.clone() }
}

fn document() -> GatheringDocument {
    GatheringDocument {
        kind: GatheringKind::Drill,
        duty: Duty::Official,
        title: "【見本】訓練".into(),
        place: "【見本】校庭".into(),
        location: None,
        starts_at: STARTS.parse().unwrap(),
        duration_min: 120,
        council_ids: BTreeSet::from([council("C-01")]),
        note: String::new(),
        roll_caller_numbers: None,
    }
}

fn mark(id: u128, residency: ResidencyId, present: bool, at: &str) -> NewMark {
    NewMark { id: MarkId(Uuid::from_u128(id)), residency, present, at: at.parse().unwrap() }
}

#[tokio::test]
async fn residents_join_what_is_theirs_and_find_it_again() {
    for setting in settings().await {
        let id = setting.made(document()).await;
        let (own, other) = (setting.resident(0), setting.resident(3));
        job!(setting, own, |tx, who| service::sign_up(tx, &who, id)).unwrap();
        // Said again, it changes nothing.
        job!(setting, own, |tx, who| service::sign_up(tx, &who, id)).unwrap();
        let refused = job!(setting, other, |tx, who| service::sign_up(tx, &who, id));
        assert!(matches!(refused, Err(GatheringError::Absent)), "{refused:?}");
        let mine = async |actor: &Actor| {
            let mut tx = setting.test.db.read().await.unwrap();
            let within = Within::since(actor.now);
            service::my_gatherings(&mut tx, &actor.vault, actor.staff.unwrap(), within).await.unwrap()
        };
        let found = mine(&own).await;
        assert_eq!((found.len(), found[0].signed_up, found[0].there), (1, true, None));
        assert!(!mine(&setting.resident(1)).await[0].signed_up);
        assert!(mine(&other).await.is_empty());
        let on_roll: Vec<(ResidencyId, bool)> =
            setting.roll(id).await.into_iter().map(|(residency, comes, _)| (residency, comes)).collect();
        assert_eq!(on_roll.len(), 3);
        assert!(on_roll.contains(&(setting.homes[0].id, true)));
        // It is in their calendar.
        let entries = GatheringEntries { vault: Some(own.vault.clone()) };
        let mut tx = setting.test.db.read().await.unwrap();
        let events = entries.of(&mut tx, own.staff.unwrap(), ReaderLanguage::En, own.now).await.unwrap();
        assert_eq!(events.len(), 1);
        drop(tx);
        job!(setting, own, |tx, who| service::withdraw(tx, &who, id)).unwrap();
        assert!(!mine(&own).await[0].signed_up);
        // Every council's: also theirs.
        let every = setting.made(GatheringDocument { council_ids: BTreeSet::new(), ..document() }).await;
        assert_eq!(mine(&other).await[0].gathering.id, every);
        assert_eq!(mine(&own).await.len(), 2);
    }
}

#[tokio::test]
async fn a_code_counts_hours_later_and_guessing_ends() {
    for setting in settings().await {
        let id = setting.made(document()).await;
        let typed = "2026-12-01T09:10:00Z";
        let code = setting.code(id, typed).await;
        let late = at(&setting.resident(0), "2026-12-01T15:00:00Z");
        assert_eq!(setting.check_in(&late, (id, 1), (&code, typed)).await.unwrap(), Marked::Stored);
        assert_eq!(setting.check_in(&late, (id, 1), (&code, typed)).await.unwrap(), Marked::Duplicate);
        // Another's mark of the same id.
        let second = at(&setting.resident(1), "2026-12-01T15:00:00Z");
        assert_eq!(setting.check_in(&second, (id, 1), (&code, typed)).await.unwrap(), Marked::Conflict);
        assert!(WINDOW.as_secs() < 120, "the code of two minutes later counts");
        let wrong = setting.check_in(&second, (id, 2), (&code, "2026-12-01T09:12:31Z")).await;
        assert!(matches!(wrong, Err(GatheringError::WrongCode)), "{wrong:?}");
        for number in 3..8 {
            let _ = setting.check_in(&second, (id, number), ("abcdef", typed)).await;
        }
        let blocked = setting.check_in(&second, (id, 9), (&code, typed)).await;
        assert!(matches!(blocked, Err(GatheringError::TooManyTries { .. })), "{blocked:?}");
        // Whose gathering it is not finds none; who sees the code does not use it.
        let other = at(&setting.resident(3), "2026-12-01T15:00:00Z");
        let absent = setting.check_in(&other, (id, 10), (&code, typed)).await;
        assert!(matches!(absent, Err(GatheringError::Absent)), "{absent:?}");
        let keeper = Actor { is_registrar: true, ..at(&setting.resident(2), "2026-12-01T15:00:00Z") };
        let own = setting.check_in(&keeper, (id, 11), (&code, typed)).await;
        assert!(matches!(own, Err(GatheringError::OwnRoll)), "{own:?}");
        // It was held, for somebody was there.
        let mut tx = setting.test.db.read().await.unwrap();
        let stored = store::gathering(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((stored.gathering.state, stored.gathering.version), (GatheringState::Held, 2));
    }
}

#[tokio::test]
async fn of_a_roll_call_the_latest_mark_counts_in_whatever_order_they_arrive() {
    use Marked::{BadTime, Conflict, Duplicate, NotOnRoll};
    for setting in settings().await {
        let [first, second] = [setting.made(document()).await, setting.made(document()).await];
        let home = setting.homes[0].id;
        let now = at(&setting.registrar, "2026-12-01T12:00:00Z");
        let marks = |from: u128| {
            [
                mark(from, home, true, "2026-12-01T09:00:00Z"),
                mark(from + 1, home, false, "2026-12-01T09:20:00Z"),
                mark(from + 2, home, true, "2026-12-01T09:10:00Z"),
            ]
        };
        for (id, sent) in [(first, marks(100)), (second, marks(200))] {
            let mut sent = sent.to_vec();
            if id == second {
                sent.reverse();
            }
            for mark in sent {
                let outcome =
                    job!(setting, now, |tx, who| async move { service::mark(tx, &who, id, &[mark]).await });
                assert_eq!(outcome.unwrap(), [Marked::Stored]);
            }
            let roll = setting.roll(id).await;
            assert_eq!(roll.iter().find(|line| line.0 == home).unwrap().2, Some(false));
        }
        // Each mark for itself: a time that cannot be, somebody whose it is not, the same again.
        let mixed = [
            mark(300, home, true, "2026-12-01T07:59:59Z"),
            mark(301, home, true, "2026-12-01T12:05:01Z"),
            mark(302, setting.homes[3].id, true, "2026-12-01T09:00:00Z"),
            mark(100, home, true, "2026-12-01T09:00:00Z"),
            mark(100, home, false, "2026-12-01T09:00:00Z"),
        ];
        let outcomes =
            job!(setting, now, |tx, who| async move { service::mark(tx, &who, first, &mixed).await });
        assert_eq!(outcomes.unwrap(), [BadTime, BadTime, NotOnRoll, Duplicate, Conflict]);
    }
}

#[tokio::test]
async fn who_is_named_calls_the_roll_and_nobody_marks_themselves() {
    for setting in settings().await {
        let named = at(&setting.resident(1), "2026-12-01T10:00:00Z");
        let staff = named.staff.unwrap();
        let mut tx = setting.test.db.read().await.unwrap();
        let called =
            machiaruki::staff::store::called(&mut tx, &[staff], setting.registrar.today).await.unwrap();
        drop(tx);
        let number = called[&staff].number.clone().unwrap();
        let callers = Some(BTreeSet::from([number]));
        let id = setting.made(GatheringDocument { roll_caller_numbers: callers, ..document() }).await;
        let (home, own) = (setting.homes[0].id, setting.homes[1].id);
        let marks = [mark(1, home, true, "2026-12-01T09:00:00Z"), mark(2, own, true, "2026-12-01T09:00:00Z")];
        let outcomes =
            job!(setting, named, |tx, who| async move { service::mark(tx, &who, id, &marks).await });
        assert_eq!(outcomes.unwrap(), [Marked::Stored, Marked::Own]);
        let other = at(&setting.resident(2), "2026-12-01T10:00:00Z");
        for result in [
            job!(
                setting,
                other,
                |tx, who| async move { service::mark(tx, &who, id, &marks).await.map(|_| ()) }
            ),
            job!(setting, other, |tx, who| async move { service::roll(tx, &who, id).await.map(|_| ()) }),
            job!(setting, other, |tx, who| async move { service::codes(tx, &who, id).await.map(|_| ()) }),
            job!(setting, other, |tx, who| async move { service::counted(tx, &who, id).await.map(|_| ()) }),
        ] {
            assert!(matches!(result, Err(GatheringError::Absent)), "{result:?}");
        }
        // A change that does not speak of them leaves them.
        let plan = Plan::new(document()).unwrap();
        job!(setting, setting.registrar, |tx, who| service::change(tx, &who, (id, 2), &plan)).unwrap();
        job!(setting, named, |tx, who| service::codes(tx, &who, id)).unwrap();
        let stale = Plan::new(document()).unwrap();
        let stale = job!(setting, setting.registrar, |tx, who| service::change(tx, &who, (id, 2), &stale));
        assert!(matches!(stale, Err(GatheringError::Stale)), "{stale:?}");
        let nobody = GatheringDocument {
            roll_caller_numbers: Some(BTreeSet::from(["no such number".to_owned()])),
            ..document()
        };
        let plan = Plan::new(nobody).unwrap();
        let refused = job!(setting, setting.registrar, |tx, who| service::create(tx, &who, &plan));
        assert!(matches!(refused, Err(GatheringError::NoRollCaller)), "{refused:?}");
    }
}

#[tokio::test]
async fn what_was_cancelled_is_closed_and_what_was_held_adds_up() {
    for setting in settings().await {
        let cancelled = setting.made(document()).await;
        let reason = "大雨のため".to_owned();
        job!(setting, setting.registrar, |tx, who| service::cancel(tx, &who, cancelled, reason)).unwrap();
        let resident = setting.resident(0);
        let closed = job!(setting, resident, |tx, who| service::sign_up(tx, &who, cancelled));
        assert!(matches!(closed, Err(GatheringError::Closed)), "{closed:?}");
        let again =
            job!(setting, setting.registrar, |tx, who| service::cancel(tx, &who, cancelled, String::new()));
        assert!(matches!(again, Err(GatheringError::Closed)), "{again:?}");
        let drill = setting.made(document()).await;
        let meeting = GatheringDocument {
            kind: GatheringKind::Meeting,
            duty: Duty::Overtime,
            starts_at: "2026-12-08T09:00:00Z".parse().unwrap(),
            duration_min: 60,
            council_ids: BTreeSet::new(),
            ..document()
        };
        let meeting = setting.made(meeting).await;
        let now = at(&setting.registrar, "2026-12-09T00:00:00Z");
        let all: Vec<ResidencyId> = setting.homes.iter().map(|home| home.id).collect();
        for (id, marks) in [
            (drill, vec![mark(1, all[0], true, STARTS), mark(2, all[1], false, STARTS)]),
            (meeting, vec![mark(3, all[0], true, "2026-12-08T09:00:00Z")]),
            (meeting, vec![mark(4, all[3], true, "2026-12-08T09:00:00Z")]),
        ] {
            job!(setting, now, |tx, who| async move { service::mark(tx, &who, id, &marks).await }).unwrap();
        }
        let mut tx = setting.test.db.read().await.unwrap();
        let staff = setting.homes[0].facts.staff;
        let years = service::participation(&mut tx, &now.vault, staff).await.unwrap();
        assert_eq!((years.len(), years[0].year.year()), (1, 2026));
        let figures: Vec<_> =
            years[0].figures.iter().map(|one| (one.kind, one.hours.times, one.hours.minutes)).collect();
        assert_eq!(figures, [(GatheringKind::Meeting, 1, 60), (GatheringKind::Drill, 1, 120)]);
        let absent = setting.homes[1].facts.staff;
        assert!(service::participation(&mut tx, &now.vault, absent).await.unwrap().is_empty());
        let year = FiscalYear::new(2026).unwrap();
        let councils = service::figures(&mut tx, &now.vault, year).await.unwrap();
        let figures: Vec<_> = councils
            .iter()
            .map(|one| {
                let minutes: i64 = one.lines.iter().map(|line| line.hours.minutes).sum();
                (one.council, one.lines.len(), minutes)
            })
            .collect();
        assert_eq!(figures.len(), 2);
        assert!(figures.contains(&(Some(council("C-01")), 2, 180)), "{figures:?}");
        assert!(figures.contains(&(Some(council("C-02")), 1, 60)), "{figures:?}");
        let before = FiscalYear::new(2025).unwrap();
        assert!(service::figures(&mut tx, &now.vault, before).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn notes_go_from_who_leaves_through_the_registrar_to_who_comes_next() {
    for setting in settings().await {
        // Two of one council; who moved in first leaves.
        let mut pair: Vec<usize> = vec![0, 1, 2];
        pair.sort_by_key(|index| setting.homes[*index].facts.span.from());
        let (leaver, newcomer) = (pair[0], pair[2]);
        assert!(setting.homes[leaver].facts.span.from() < setting.homes[newcomer].facts.span.from());
        let (leaver, newcomer) = (setting.resident(leaver), setting.resident(newcomer));
        let note = |text: &str| (HandoverFor::Council, text.to_owned());
        let mine = async |actor: &Actor| {
            service::my_handover(&mut setting.test.db.read().await.unwrap(), actor).await.unwrap()
        };
        assert!(mine(&leaver).await.may_write && mine(&leaver).await.own.is_none());
        let first = note("鍵は会長");
        job!(setting, leaver, |tx, who| service::write_handover(tx, &who, 0, first)).unwrap();
        let stale = note("もう一つ");
        let stale = job!(setting, leaver, |tx, who| service::write_handover(tx, &who, 0, stale));
        assert!(matches!(stale, Err(GatheringError::Stale)), "{stale:?}");
        // Nobody reads it yet.
        assert!(mine(&newcomer).await.received.is_empty());
        let id = mine(&leaver).await.own.unwrap().row.id;
        let back = Decision::Return("電話番号を消してください".into());
        job!(setting, setting.registrar, |tx, who| service::decide(tx, &who, (id, 1), back)).unwrap();
        let own = mine(&leaver).await.own.unwrap();
        assert_eq!(
            (own.row.state, &*own.facts.remark),
            (HandoverState::Returned, "電話番号を消してください")
        );
        let second = note("鍵は集会室");
        job!(setting, leaver, |tx, who| service::write_handover(tx, &who, 2, second)).unwrap();
        job!(setting, setting.registrar, |tx, who| service::decide(tx, &who, (id, 3), Decision::Release))
            .unwrap();
        let received = mine(&newcomer).await.received;
        assert_eq!((received.len(), &*received[0].text), (1, "鍵は集会室"));
        // Of another council, and whoever wrote it: nothing was handed over to them.
        assert!(mine(&setting.resident(3)).await.received.is_empty());
        assert!(mine(&leaver).await.received.is_empty());
        let third = note("もう一度");
        let released = job!(setting, leaver, |tx, who| service::write_handover(tx, &who, 4, third));
        assert!(matches!(released, Err(GatheringError::Released)), "{released:?}");
        let nobody = Actor { staff: None, ..leaver.clone() };
        let fourth = note("見本");
        let refused = job!(setting, nobody, |tx, who| service::write_handover(tx, &who, 0, fourth));
        assert!(matches!(refused, Err(GatheringError::NoHandover)), "{refused:?}");
        // What is past its period goes without the keys.
        let erased = |before: &str| {
            let before: Date = before.parse().unwrap();
            setting.test.db.write::<_, DbError, _>(move |tx| {
                Box::pin(async move {
                    let due = store::handovers_due(tx, before).await?;
                    Ok((due, store::erase_handovers(tx, before, 10).await?))
                })
            })
        };
        assert_eq!(erased("2026-11-20").await.unwrap(), (0, 0));
        assert_eq!(erased("2026-11-21").await.unwrap(), (1, 1));
        assert!(mine(&newcomer).await.received.is_empty());
        assert_eq!(HandoversKept.class().id, "handovers");
    }
}

#[tokio::test]
async fn it_opens_with_its_key_alone_is_sealed_anew_and_forgotten_without_it() {
    for setting in settings().await {
        let id = setting.made(document()).await;
        let resident = setting.resident(0);
        job!(setting, resident, |tx, who| service::sign_up(tx, &who, id)).unwrap();
        let code = setting.code(id, STARTS).await;
        let late = at(&resident, "2026-12-01T15:00:00Z");
        setting.check_in(&late, (id, 1), (&code, STARTS)).await.unwrap();
        let text = (HandoverFor::Unit, "見本".to_owned());
        job!(setting, resident, |tx, who| service::write_handover(tx, &who, 0, text)).unwrap();
        let other = Keyring::draw(&SeededRandom::new("another"));
        assert!(Register::check(&setting.test.db, &vault(&other), SEALED).await.is_err());
        let both = setting.keys.rotated(&*random());
        let done = reseal(&setting.test.db, &vault(&both), SEALED).await.unwrap();
        assert_eq!(done.all, done.sealed_anew);
        assert_eq!(reseal(&setting.test.db, &vault(&both), SEALED).await.unwrap().sealed_anew, 0);
        Register::check(&setting.test.db, &vault(&both.newest()), SEALED).await.unwrap();
        assert!(
            Register::check(&setting.test.db, &setting.registrar.vault, SEALED).await.is_err(),
            "the old key"
        );
        // A mark that is moved to somebody else does not open.
        let moved = setting.homes[1].id.to_string();
        setting
            .test
            .db
            .write::<_, DbError, _>(move |tx| {
                Box::pin(async move {
                    on!(tx, conn => sqlx::query("UPDATE gathering_mark SET residency = $1")
                        .bind(moved).execute(conn).await.map(|_| ()))?;
                    Ok(())
                })
            })
            .await
            .unwrap();
        assert!(
            Register::check(&setting.test.db, &vault(&both), SEALED).await.is_err(),
            "it opens for another"
        );
        let erase = |before: &str| {
            let before: Timestamp = before.parse().unwrap();
            setting.test.db.write::<_, DbError, _>(move |tx| {
                Box::pin(async move {
                    let due = store::participation_due(tx, before).await?;
                    Ok((due, store::erase_participation(tx, before, 10, before).await?))
                })
            })
        };
        assert_eq!(erase(STARTS).await.unwrap(), (0, (0, 0)));
        assert_eq!(erase("2026-12-01T09:00:01Z").await.unwrap(), (1, (1, 2)));
        let mut tx = setting.test.db.read().await.unwrap();
        let stored = store::gathering(&mut tx, id).await.unwrap().unwrap();
        assert!(stored.sealed.is_none() && stored.gathering.title == "【見本】訓練");
        assert!(store::sealed_marks(&mut tx).await.unwrap().is_empty());
        let roll = service::roll(&mut tx, &setting.registrar, id).await;
        assert!(matches!(roll, Err(GatheringError::Closed)), "{roll:?}");
        drop(tx);
        let counted = job!(setting, setting.registrar, |tx, who| service::counted(tx, &who, id)).unwrap();
        assert_eq!((counted.signed_up, counted.present), (0, 0));
        assert_eq!(ParticipationKept.class().id, "participation");
    }
}

#[tokio::test]
async fn no_table_of_gatherings_names_a_member_of_staff() {
    for setting in settings().await {
        let named = setting.resident(1);
        let id = setting.made(document()).await;
        let resident = setting.resident(0);
        job!(setting, resident, |tx, who| service::sign_up(tx, &who, id)).unwrap();
        let code = setting.code(id, STARTS).await;
        let late = at(&resident, "2026-12-01T15:00:00Z");
        setting.check_in(&late, (id, 1), (&code, STARTS)).await.unwrap();
        let text = (HandoverFor::Unit, "見本".to_owned());
        job!(setting, named, |tx, who| service::write_handover(tx, &who, 0, text)).unwrap();
        let mut tx = setting.test.db.read().await.unwrap();
        let mut columns: Vec<String> = Vec::new();
        for sql in [
            "SELECT id || kind || title || place || note || reason FROM gathering",
            "SELECT gathering || council FROM gathering_council",
            "SELECT gathering || residency FROM gathering_sign_up",
            "SELECT id || gathering || residency FROM gathering_mark",
            "SELECT id || residency || state || changed_on FROM handover_note",
        ] {
            let found: Vec<String> =
                on!(&mut tx, conn => sqlx::query_scalar(sql).fetch_all(conn).await).unwrap();
            columns.extend(found);
        }
        assert!(columns.len() >= 5, "{columns:?}");
        for actor in [&resident, &named] {
            let (staff, account) = (actor.staff.unwrap().to_string(), actor.account.to_string());
            assert!(!columns.iter().any(|text| text.contains(&staff) || text.contains(&account)));
        }
    }
}

#[tokio::test]
async fn residents_are_told_and_the_queue_does_not_say_who_they_are() {
    for setting in settings().await {
        let id = setting.made(document()).await;
        // What is past is told to nobody.
        setting
            .made(GatheringDocument { starts_at: "2026-11-01T09:00:00Z".parse().unwrap(), ..document() })
            .await;
        let moved = GatheringDocument { place: "【見本】体育館".into(), ..document() };
        let plan = Plan::new(moved.clone()).unwrap();
        job!(setting, setting.registrar, |tx, who| service::change(tx, &who, (id, 1), &plan)).unwrap();
        // The same place again says nothing new.
        let plan = Plan::new(GatheringDocument { note: "見本".into(), ..moved }).unwrap();
        job!(setting, setting.registrar, |tx, who| service::change(tx, &who, (id, 2), &plan)).unwrap();
        let reason = "大雨のため".to_owned();
        job!(setting, setting.registrar, |tx, who| service::cancel(tx, &who, id, reason)).unwrap();
        let vault = setting.registrar.vault.clone();
        let mut tx = setting.test.db.read().await.unwrap();
        for (index, expected) in [(0, 3), (3, 0)] {
            let staff = setting.homes[index].facts.staff;
            let pseudonyms = vault.of(&mut tx, staff).await.unwrap();
            let owner = notify::Mailbox { staff, pseudonyms };
            let wanted = notify::store::Wanted::default();
            let found = notify::store::notices(&mut tx, owner.clone(), wanted, 9).await.unwrap();
            assert_eq!(found.len(), expected, "{found:?}");
            assert_eq!(notify::store::unread(&mut tx, owner).await.unwrap(), expected as i64);
            // By their place on the roster alone nothing is found.
            assert!(notify::store::notices(&mut tx, staff, wanted, 9).await.unwrap().is_empty());
        }
        let rows: Vec<String> = on!(&mut tx, conn => sqlx::query_scalar(
            "SELECT coalesce(staff, '') || payload || dedup FROM notice WHERE kind LIKE 'gathering%'")
            .fetch_all(conn).await)
        .unwrap();
        assert_eq!(rows.len(), 9);
        let people: Vec<String> = setting.homes.iter().map(|home| home.facts.staff.to_string()).collect();
        assert!(!rows.iter().any(|row| people.iter().any(|staff| row.contains(staff))), "{rows:?}");
        drop(tx);
        // They mark them as read, and get them by mail.
        let (staff, mailed) = (setting.homes[0].facts.staff, Arc::new(Sent::default()));
        let read = setting.test.db.write::<_, DbError, _>(move |tx| {
            Box::pin(async move {
                let owner = notify::Mailbox { staff, pseudonyms: vault.of(tx, staff).await? };
                let now = "2026-11-20T04:00:00Z".parse().unwrap();
                notify::store::mark_all_read(tx, owner.clone(), now, now).await?;
                notify::store::unread(tx, owner).await
            })
        });
        assert_eq!(read.await.unwrap(), 0);
        let worker = notify::Worker {
            db: setting.test.db.clone(),
            clock: setting.test.shared_clock(),
            random: random(),
            kinds: machiaruki::app::notice_kinds(),
            mailer: Some(mailed.clone()),
            pseudonyms: Some(Arc::new(setting.registrar.vault.clone())),
            public_url: None,
        };
        while worker.step().await.unwrap().claimed > 0 {}
        let subjects = mailed.0.lock().unwrap().clone();
        assert_eq!(subjects.iter().filter(|subject| subject.contains("中止")).count(), 3, "{subjects:?}");
    }
}

/// What was sent: the subjects.
#[derive(Default)]
struct Sent(std::sync::Mutex<Vec<String>>);

impl notify::Mailer for Sent {
    fn send<'m>(
        &'m self,
        mail: &'m notify::Mail,
    ) -> futures_util::future::BoxFuture<'m, Result<(), notify::MailError>> {
        self.0.lock().unwrap().push(mail.subject.clone());
        Box::pin(async { Ok(()) })
    }
}
