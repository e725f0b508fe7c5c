//! What is given is never more than what is consented to.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    auth::AccountId,
    clock::{Date, Timestamp, tokyo_date},
    councils::model::{
        Assignments, CouncilId, Decided, Decision, Residency, ResidencyFacts, ResidencyId, Span, UnitId,
    },
    layers::PlaceId,
    staff::StaffId,
};

fn council(number: u8) -> CouncilId {
    CouncilId(PlaceId::of_record("councils", &number.to_string()))
}

fn day(number: i64) -> Date {
    Date::constant(2026, 11, 1) + jiff::Span::new().days(number)
}

/// Noon in Tokyo.
fn noon(number: i64) -> Timestamp {
    format!("{}T12:00:00+09:00", day(number)).parse().unwrap()
}

fn residency(from: i64, until: Option<i64>) -> Residency {
    let span = Span::new(day(from), until.map(day)).unwrap();
    let facts = ResidencyFacts {
        staff: StaffId(Uuid::nil()),
        span,
        settled: false,
        note: String::new(),
        muster: None,
    };
    Residency { id: ResidencyId(Uuid::nil()), unit: UnitId(Uuid::nil()), version: 1, facts }
}

fn assignments(decisions: &[(i64, Option<u8>)]) -> Assignments {
    Assignments::new(decisions.iter().enumerate().map(|(index, (from, decided))| Decided {
        residency: ResidencyId(Uuid::nil()),
        number: index as i64 + 1,
        decision: Decision {
            council: decided.map(council),
            from: day(*from),
            as_suggested: true,
            reason: String::new(),
            by: AccountId(Uuid::nil()),
            at: noon(*from),
        },
    }))
}

fn name(text: &str) -> Shared {
    Shared::new([(Field::Name, text.to_owned())]).unwrap()
}

fn consent(number: i64) -> Consent {
    Consent { council: council(1), shared: name("見本"), at: noon(number) }
}

#[test]
fn what_is_shared_is_trimmed_and_in_the_order_of_the_sheet() {
    let shared = Shared::new([
        (Field::Message, " よろしく\r\nお願いします ".to_owned()),
        (Field::Name, "見本 太郎".to_owned()),
    ])
    .unwrap();
    let all: Vec<_> = shared.iter().collect();
    assert_eq!(all, [(Field::Name, "見本 太郎"), (Field::Message, "よろしく\nお願いします")]);
    assert_eq!(shared.get(Field::Phone), None);
    let json = serde_json::to_string(&shared).unwrap();
    assert_eq!(serde_json::from_str::<Shared>(&json).unwrap(), shared);
}

#[test]
fn what_cannot_be_read_or_followed_is_not_shared() {
    let unfit = |field: Field, text: &str| {
        let error = Shared::new([(field, text.to_owned())]).unwrap_err();
        assert_eq!(error.field, Some(field));
        error.why
    };
    assert_eq!(unfit(Field::Name, " "), Why::Empty);
    assert_eq!(unfit(Field::Name, "一\n二"), Why::Control);
    assert_eq!(unfit(Field::Message, "\u{7}"), Why::Control);
    assert_eq!(unfit(Field::Name, &"あ".repeat(101)), Why::TooLong(100));
    assert_eq!(unfit(Field::Phone, "なし"), Why::NoPhone);
    assert_eq!(unfit(Field::Phone, "03"), Why::NoPhone);
    assert_eq!(unfit(Field::Email, "a b@example.jp"), Why::NoEmail);
    assert_eq!(unfit(Field::Email, "@example.jp"), Why::NoEmail);
    for phone in ["03-0000-0000", "+81 3 0000 0000", "０３ー００００ー００００"] {
        assert!(Shared::new([(Field::Phone, phone.to_owned())]).is_ok(), "{phone}");
    }
    let nothing = Shared::new([]).unwrap_err();
    assert_eq!(nothing, Unfit { field: None, why: Why::Empty });
    let twice = Shared::new([(Field::Name, "一".to_owned()), (Field::Name, "二".to_owned())]);
    assert_eq!(twice.unwrap_err().why, Why::Twice);
}

#[test]
fn a_consent_stands_while_the_council_is_theirs() {
    let one = consent(5);
    let home = residency(0, None);
    assert!(one.stands(&home, &assignments(&[(0, Some(1))]), day(9)));
    // Decided again, the same.
    assert!(one.stands(&home, &assignments(&[(0, Some(1)), (7, Some(1))]), day(9)));
    // Another from a later day on.
    let later = assignments(&[(0, Some(1)), (10, Some(2))]);
    assert!(one.stands(&home, &later, day(9)) && !one.stands(&home, &later, day(10)));
    // What has ended does not come back.
    let back = assignments(&[(0, Some(1)), (6, Some(2)), (8, Some(1))]);
    assert!(!one.stands(&home, &back, day(9)));
    assert!(!one.stands(&home, &assignments(&[(0, Some(1)), (6, None)]), day(9)));
    assert!(!one.stands(&home, &assignments(&[]), day(9)));
    // Before they consented it may have been another.
    assert!(one.stands(&home, &assignments(&[(0, Some(2)), (4, Some(1))]), day(9)));
}

#[test]
fn a_consent_ends_with_the_residency() {
    let decided = assignments(&[(0, Some(1))]);
    assert!(consent(5).stands(&residency(0, Some(9)), &decided, day(9)));
    assert!(!consent(5).stands(&residency(0, Some(8)), &decided, day(9)));
}

#[test]
fn a_sheet_stands_as_its_link_went() {
    let facts = SheetFacts {
        council: council(1),
        council_name: "見本".to_owned(),
        recipient: "会長".to_owned(),
        by: AccountId(Uuid::nil()),
    };
    let link = Link { expires_at: noon(14), opened_at: None, revoked_at: None };
    let sheet = |link| Sheet { id: SheetId(Uuid::nil()), made_at: noon(0), link, facts: facts.clone() };
    assert_eq!(sheet(None).standing(noon(20)), Standing::Printed);
    assert_eq!((sheet(None).how(), sheet(None).given_at()), (How::Printed, Some(noon(0))));
    assert_eq!(sheet(Some(link)).standing(noon(13)), Standing::Waiting);
    assert_eq!((sheet(Some(link)).how(), sheet(Some(link)).given_at()), (How::Link, None));
    assert_eq!(sheet(Some(link)).standing(noon(14)), Standing::Expired);
    let opened = Link { opened_at: Some(noon(3)), ..link };
    assert_eq!(sheet(Some(opened)).standing(noon(20)), Standing::Opened);
    assert_eq!(sheet(Some(opened)).given_at(), Some(noon(3)));
    let revoked = Link { revoked_at: Some(noon(3)), ..link };
    assert_eq!(sheet(Some(revoked)).standing(noon(20)), Standing::Revoked);
}

prop_compose! {
    fn some_decisions()(
        decisions in proptest::collection::vec((0_i64..20, proptest::option::of(0_u8..3)), 0..6)
    ) -> Vec<(i64, Option<u8>)> {
        decisions
    }
}

proptest! {
    /// Whatever is decided: something is given to the council that was consented to, and on a day on which the home belongs to it and
    /// somebody lives there; and then nothing but what was consented to.
    #[test]
    fn nothing_is_given_that_was_not_consented_to(
        decisions in some_decisions(),
        at in 0_i64..20,
        today in 0_i64..25,
        until in proptest::option::of(0_i64..25),
        asked in 0_u8..3,
    ) {
        let (home, decided, one) = (residency(0, until), assignments(&decisions), consent(at));
        if let Some(given) = one.given_to(council(asked), &home, &decided, day(today)) {
            prop_assert_eq!(given, &one.shared);
            prop_assert_eq!(council(asked), one.council);
            prop_assert!(home.facts.span.holds(day(today)));
            prop_assert!(tokyo_date(one.at) <= day(today));
            for number in at..=today {
                let on = decided.on(home.id, day(number)).and_then(|decision| decision.council);
                prop_assert_eq!(on, Some(one.council), "on day {}", number);
            }
        }
    }

    /// A consent that has ended stays ended, whatever day comes.
    #[test]
    fn what_has_ended_does_not_come_back(decisions in some_decisions(), at in 0_i64..20, today in 0_i64..25) {
        let (home, decided, one) = (residency(0, None), assignments(&decisions), consent(at));
        let stood: Vec<bool> = (at..=at.max(today)).map(|number| one.stands(&home, &decided, day(number))).collect();
        prop_assert!(stood.is_sorted_by_key(|stands| !stands), "{stood:?}");
    }

    /// What is shared is read back as it was, whatever people write.
    #[test]
    fn what_is_shared_is_kept_as_it_is(texts in proptest::collection::vec((0_usize..10, ".{0,40}"), 0..5)) {
        let fields = texts.into_iter().map(|(index, text)| (Field::ALL[index], text));
        if let Ok(shared) = Shared::new(fields) {
            let json = serde_json::to_vec(&shared).unwrap();
            prop_assert_eq!(serde_json::from_slice::<Shared>(&json).unwrap(), shared);
        }
    }
}
