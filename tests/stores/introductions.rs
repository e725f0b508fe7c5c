//! Consents, sheets and links on both engines: what is sealed, given once, sealed anew and erased.

use std::{collections::BTreeMap, sync::Arc};

use machiaruki::{
    app::SEALED,
    auth::{AccountId, Token},
    clock::{Clock as _, Date, Timestamp},
    commands::{fill_register, seed},
    councils::{
        model::{Council, CouncilId, Residency, ResidencyId},
        service::{Choice, Register, RegisterError, Sealing as _, Vault, decide, remove_residency, reseal},
        store as register,
    },
    db::{Db, DbError},
    introductions::{
        model::{Consent, Field, How, Shared, SheetId, Standing},
        service::{self, IntroductionError, IntroductionSeals, Ledger, Made, Opening, Wanted},
        store,
    },
    layers::PlaceId,
    places::Purpose,
    random::{SeededRandom, SharedRandom, SystemRandom},
    vault::Keyring,
};
use uuid::Uuid;

use crate::support::{TestDb, databases};

fn random() -> SharedRandom {
    Arc::new(SystemRandom)
}

fn council() -> CouncilId {
    CouncilId(PlaceId::of_record("councils", "C-01"))
}

fn councils() -> BTreeMap<CouncilId, Council> {
    let one = Council { id: council(), name: "見本協議会".into(), area: None, meeting_place: None };
    BTreeMap::from([(one.id, one)])
}

fn shared(name: &str) -> Shared {
    Shared::new([(Field::Name, name.to_owned()), (Field::Phone, "03-0000-0000".to_owned())]).unwrap()
}

/// A ward in which two homes belong to a council.
struct Wards {
    db: Db,
    vault: Vault,
    now: Timestamp,
    today: Date,
    homes: Vec<Residency>,
}

impl Wards {
    async fn new(test: &TestDb) -> Self {
        let clock = test.clock.clone() as machiaruki::clock::SharedClock;
        machiaruki::app::prepare(&test.db, &clock, Purpose::Demo).await.unwrap();
        seed(&test.db, &clock, &random()).await.unwrap();
        let vault = Vault::new(Arc::new(Keyring::draw(&SeededRandom::new("stores"))), random());
        fill_register(&test.db, &clock, &vault).await.unwrap();
        let (now, today) = (test.clock.now(), test.clock.today());
        let found = Register::read(&mut test.db.read().await.unwrap(), &vault).await.unwrap();
        let lived_in = found.residencies.into_values().filter(|one| one.facts.span.holds(today));
        let ward = Self { db: test.db.clone(), vault, now, today, homes: lived_in.take(2).collect() };
        for home in &ward.homes {
            let (vault, choice) = (ward.vault.clone(), ward.choice(home.id, Some(council()), 0));
            ward.db
                .write::<_, RegisterError, _>(move |tx| {
                    Box::pin(async move { decide(tx, &vault, choice, (AccountId(Uuid::nil()), now)).await })
                })
                .await
                .unwrap();
        }
        ward
    }

    fn choice(&self, residency: ResidencyId, council: Option<CouncilId>, after: i64) -> Choice {
        Choice { residency, council, from: self.today, as_suggested: false, reason: "見本".into(), after }
    }

    async fn consent(&self, index: usize, shared: Shared) -> Result<(), IntroductionError> {
        let (vault, staff, today) = (self.vault.clone(), self.homes[index].facts.staff, self.today);
        let consent = Consent { council: council(), shared, at: self.now };
        self.db
            .write(move |tx| {
                Box::pin(
                    async move { service::consent(tx, &vault, &councils(), staff, consent, today).await },
                )
            })
            .await
    }

    async fn withdraw(&self, index: usize) {
        let (vault, staff) = (self.vault.clone(), self.homes[index].facts.staff);
        self.db
            .write(move |tx| Box::pin(async move { service::withdraw(tx, &vault, staff).await }))
            .await
            .unwrap();
    }

    async fn make(&self, id: u128, how: How, homes: &[usize]) -> Result<Made, IntroductionError> {
        let wanted = Wanted {
            id: SheetId(Uuid::from_u128(id)),
            council: council(),
            recipient: "会長".into(),
            residents: homes.iter().map(|index| self.homes[*index].id).collect(),
            how,
            by: AccountId(Uuid::nil()),
        };
        let (vault, at) = (self.vault.clone(), (self.now, self.today));
        self.db
            .write(move |tx| {
                Box::pin(async move { service::make(tx, &vault, &councils(), &wanted, at).await })
            })
            .await
    }

    async fn open(&self, token: &Token) -> Opening {
        let (vault, token, at) = (self.vault.clone(), token.clone(), (self.now, self.today));
        self.db
            .write(move |tx| Box::pin(async move { service::open(tx, &vault, &token, at).await }))
            .await
            .unwrap()
    }

    async fn revoke(&self, id: u128) -> Result<(), IntroductionError> {
        let (id, now) = (SheetId(Uuid::from_u128(id)), self.now);
        self.db.write(move |tx| Box::pin(async move { service::revoke(tx, id, now).await })).await
    }

    async fn ledger(&self) -> Ledger {
        let (vault, today) = (self.vault.clone(), self.today);
        self.db
            .write::<_, IntroductionError, _>(move |tx| {
                Box::pin(async move { service::ledger(tx, &vault, today).await })
            })
            .await
            .unwrap()
    }

    async fn rows(&self) -> (usize, usize, usize) {
        let mut tx = self.db.read().await.unwrap();
        let consents = store::consents(&mut tx).await.unwrap().len();
        let sheets = store::sheets(&mut tx).await.unwrap().len();
        (consents, sheets, store::given(&mut tx).await.unwrap().len())
    }
}

fn names(opening: &Opening) -> Vec<String> {
    match opening {
        Opening::Opened(_, people) => {
            people.iter().map(|(_, shared)| shared.get(Field::Name).unwrap_or_default().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn what_is_consented_to_is_given_to_that_council_and_kept() {
    for test in databases().await {
        let ward = Wards::new(&test).await;
        ward.consent(0, shared("一")).await.unwrap();
        let refused = ward.make(1, How::Printed, &[0, 1]).await;
        assert!(matches!(refused, Err(IntroductionError::NoConsent(1))), "{refused:?}");
        assert_eq!(ward.rows().await, (1, 0, 0), "half of it was made");
        let made = ward.make(1, How::Printed, &[0]).await.unwrap();
        assert_eq!((made.people, made.token.is_none()), (vec![shared("一")], true));
        assert_eq!(ward.make(1, How::Printed, &[0]).await.unwrap().people, [shared("一")]);
        ward.consent(0, shared("別")).await.unwrap();
        let ledger = ward.ledger().await;
        assert_eq!(ledger.last_given(ward.homes[0].id), Some(ward.now));
        assert_eq!(ledger.sheets[0].1[0].given, Some(shared("一")), "what was given is what was given");
        let mut tx = ward.db.read().await.unwrap();
        let staff = ward.homes[0].facts.staff;
        let mine = service::mine(&mut tx, &ward.vault, &councils(), staff, ward.today).await.unwrap();
        assert_eq!(mine.consent.unwrap().shared, shared("別"));
        assert_eq!(mine.sheets[0].given, Some(shared("一")));
        assert_eq!(mine.council.unwrap().id, council());
    }
}

#[tokio::test]
async fn a_link_opens_once_whoever_comes_first() {
    for test in databases().await {
        let ward = Wards::new(&test).await;
        ward.consent(0, shared("一")).await.unwrap();
        let token = ward.make(1, How::Link, &[0]).await.unwrap().token.unwrap();
        let (one, other) = tokio::join!(ward.open(&token), ward.open(&token));
        assert_eq!(names(&one).len() + names(&other).len(), 1, "{one:?} {other:?}");
        assert!(matches!(ward.open(&token).await, Opening::Closed(_, Standing::Opened)));
        assert!(matches!(ward.open(&Token::new([7; 32])).await, Opening::Nothing));
        assert!(matches!(ward.revoke(1).await, Err(IntroductionError::Final)));
    }
}

#[tokio::test]
async fn whoever_withdraws_while_a_link_is_opened_is_in_it_and_on_record_or_neither() {
    for test in databases().await {
        let ward = Wards::new(&test).await;
        for (id, wait) in (1..9).zip([false, true].into_iter().cycle()) {
            ward.consent(0, shared("一")).await.unwrap();
            ward.consent(1, shared("二")).await.unwrap();
            let token = ward.make(id, How::Link, &[0, 1]).await.unwrap().token.unwrap();
            let withdraw = async {
                if wait {
                    tokio::task::yield_now().await;
                }
                ward.withdraw(0).await;
            };
            let (opening, ()) = tokio::join!(ward.open(&token), withdraw);
            let seen = names(&opening);
            assert!(seen.contains(&"二".to_owned()), "{opening:?}");
            let ledger = ward.ledger().await;
            let sheet = ledger.sheets.iter().find(|(sheet, _)| sheet.id.0 == Uuid::from_u128(id)).unwrap();
            let kept = sheet.1.iter().any(|one| one.residency == ward.homes[0].id && one.given.is_some());
            assert_eq!(kept, seen.contains(&"一".to_owned()), "{opening:?}");
        }
    }
}

#[tokio::test]
async fn withdrawing_takes_one_out_of_links_and_leaves_the_others() {
    for test in databases().await {
        let ward = Wards::new(&test).await;
        ward.consent(0, shared("一")).await.unwrap();
        ward.consent(1, shared("二")).await.unwrap();
        let both = ward.make(1, How::Link, &[0, 1]).await.unwrap().token.unwrap();
        let alone = ward.make(2, How::Link, &[0]).await.unwrap().token.unwrap();
        ward.make(3, How::Printed, &[0]).await.unwrap();
        ward.withdraw(0).await;
        // The link on which nobody is left is gone, and what was given stays.
        assert_eq!(ward.rows().await, (1, 2, 2));
        assert!(matches!(ward.open(&alone).await, Opening::Nothing));
        assert_eq!(names(&ward.open(&both).await), ["二"]);
    }
}

#[tokio::test]
async fn a_consent_ends_when_another_council_is_decided() {
    for test in databases().await {
        let ward = Wards::new(&test).await;
        ward.consent(0, shared("一")).await.unwrap();
        let token = ward.make(1, How::Link, &[0]).await.unwrap().token.unwrap();
        let other = CouncilId(PlaceId::of_record("councils", "C-02"));
        let (vault, now, today, id) = (ward.vault.clone(), ward.now, ward.today, ward.homes[0].id);
        let choices = [ward.choice(id, Some(other), 1), ward.choice(id, Some(council()), 2)];
        for (choice, settles) in choices.into_iter().zip([true, false]) {
            let vault = vault.clone();
            ward.db
                .write::<_, RegisterError, _>(move |tx| {
                    Box::pin(async move {
                        decide(tx, &vault, choice, (AccountId(Uuid::nil()), now)).await?;
                        if settles {
                            service::settle(tx, &vault, id, today).await?;
                        }
                        Ok(())
                    })
                })
                .await
                .unwrap();
        }
        assert_eq!(ward.rows().await, (0, 0, 0));
        assert!(matches!(ward.open(&token).await, Opening::Nothing));
        let again = ward.make(1, How::Printed, &[0]).await;
        assert!(matches!(again, Err(IntroductionError::NoConsent(0))), "{again:?}");
    }
}

#[tokio::test]
async fn a_link_can_be_made_anew_or_revoked_while_it_waits() {
    for test in databases().await {
        let ward = Wards::new(&test).await;
        ward.consent(0, shared("一")).await.unwrap();
        let first = ward.make(1, How::Link, &[0]).await.unwrap().token.unwrap();
        let second = ward.make(1, How::Link, &[0]).await.unwrap().token.unwrap();
        assert!(matches!(ward.open(&first).await, Opening::Nothing));
        assert!(matches!(ward.make(1, How::Printed, &[0]).await, Err(IntroductionError::Another)));
        assert!(ward.make(1, How::Link, &[0, 1]).await.is_ok(), "some may have withdrawn");
        let third = ward.make(1, How::Link, &[0]).await.unwrap().token.unwrap();
        assert!(matches!(ward.open(&second).await, Opening::Nothing));
        ward.revoke(1).await.unwrap();
        assert!(matches!(ward.revoke(1).await, Err(IntroductionError::Final)));
        assert!(matches!(ward.open(&third).await, Opening::Closed(_, Standing::Revoked)));
        let gone = ward.revoke(2).await;
        assert!(matches!(gone, Err(IntroductionError::Register(RegisterError::Absent))), "{gone:?}");
    }
}

#[tokio::test]
async fn everything_is_sealed_anew_with_a_new_key() {
    for test in databases().await {
        let mut ward = Wards::new(&test).await;
        ward.consent(0, shared("一")).await.unwrap();
        ward.make(1, How::Printed, &[0]).await.unwrap();
        let token = ward.make(2, How::Link, &[0]).await.unwrap().token.unwrap();
        let old = ward.vault.clone();
        let both = Vault::new(Arc::new(old.keys().rotated(&*random())), random());
        // The consent, two sheets, and what was given on paper.
        let both_ways = IntroductionSeals.reseal(&mut ward.db.read().await.unwrap(), &old).await.unwrap();
        assert_eq!((both_ways.sealed_anew, both_ways.all), (0, 4));
        let done = reseal(&ward.db, &both, SEALED).await.unwrap();
        assert_eq!(done.sealed_anew, done.all);
        assert_eq!(reseal(&ward.db, &both, SEALED).await.unwrap().sealed_anew, 0);
        ward.vault = Vault::new(Arc::new(both.keys().newest()), random());
        Register::check(&ward.db, &ward.vault, SEALED).await.unwrap();
        assert!(matches!(Register::check(&ward.db, &old, SEALED).await, Err(RegisterError::Unopened(_))));
        assert_eq!(ward.ledger().await.sheets.len(), 2);
        assert_eq!(names(&ward.open(&token).await), ["一"]);
    }
}

#[tokio::test]
async fn keys_that_open_the_register_and_not_what_was_given_are_found_out() {
    for test in databases().await {
        let ward = Wards::new(&test).await;
        ward.consent(0, shared("一")).await.unwrap();
        ward.make(1, How::Printed, &[0]).await.unwrap();
        let id = (SheetId(Uuid::from_u128(1)), ward.homes[0].id);
        // What was sealed for another row does not open here.
        let moved = ward.vault.sealed("introduction.sealed", &id.1.to_string(), &shared("一")).unwrap();
        ward.db
            .write::<_, DbError, _>(move |tx| {
                Box::pin(async move { store::reseal_given(tx, id, &moved).await })
            })
            .await
            .unwrap();
        let error = Register::check(&ward.db, &ward.vault, SEALED).await;
        assert!(matches!(error, Err(RegisterError::Unopened(_))), "{error:?}");
    }
}

#[tokio::test]
async fn all_of_it_goes_with_the_residency() {
    for test in databases().await {
        let ward = Wards::new(&test).await;
        ward.consent(0, shared("一")).await.unwrap();
        ward.consent(1, shared("二")).await.unwrap();
        ward.make(1, How::Printed, &[0, 1]).await.unwrap();
        ward.make(2, How::Printed, &[0]).await.unwrap();
        let id = ward.homes[0].id;
        ward.db
            .write::<_, RegisterError, _>(move |tx| Box::pin(async move { remove_residency(tx, id).await }))
            .await
            .unwrap();
        // The sheet on which nobody is left is gone as well.
        assert_eq!(ward.rows().await, (1, 1, 1));
        // The other moves out, and is past its period.
        let other = ward.homes[1].clone();
        let (vault, today) = (ward.vault.clone(), ward.today);
        let (due, rows) = ward
            .db
            .write::<_, RegisterError, _>(move |tx| {
                Box::pin(async move {
                    let facts = machiaruki::councils::model::ResidencyFacts {
                        span: machiaruki::councils::model::Span::new(other.facts.span.from(), Some(today))
                            .unwrap(),
                        ..other.facts
                    };
                    machiaruki::councils::service::change_residency(
                        tx,
                        &vault,
                        (other.id, other.version),
                        &facts,
                    )
                    .await?;
                    let before = today.tomorrow().unwrap();
                    Ok(register::erase_residencies(tx, before, 100).await?)
                })
            })
            .await
            .unwrap();
        assert!(due >= 1 && rows > due, "{due} {rows}");
        assert_eq!(ward.rows().await, (0, 0, 0));
    }
}
