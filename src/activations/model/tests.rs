//! Whose answer counts, whenever it arrives.

use jiff::{SignedDuration, ToSpan as _};
use proptest::prelude::*;
use uuid::{Builder, Uuid};

use crate::{
    auth::AccountId,
    clock::Timestamp,
    councils::model::{CouncilId, ResidencyId},
    geo::Position,
    layers::PlaceId,
    notify::State,
    staff::StaffId,
};

use super::*;

fn noon() -> Timestamp {
    "2026-11-20T03:00:00Z".parse().unwrap()
}

fn after(seconds: i64) -> Timestamp {
    noon() + SignedDuration::from_secs(seconds)
}

fn given(id: u128, answer: Answer, answered_at: Timestamp, sequence: i64) -> Given {
    let facts = AnswerFacts {
        residency: ResidencyId(Uuid::from_u128(1)),
        answer,
        answered_at,
        said_at: None,
        received_at: answered_at,
        by: By::Resident,
        note: String::new(),
        digest: [0; 32],
    };
    Given { id: AnswerId(Uuid::from_u128(id)), sequence, facts }
}

fn facts(staff: u128, council: Option<&str>) -> RollFacts {
    RollFacts {
        staff: StaffId(Uuid::from_u128(staff)),
        housing_name: "【見本】寮".into(),
        unit_name: "101".into(),
        home: Position([139.75, 35.66]),
        council: council.map(|name| CouncilId(PlaceId::of_record("councils", name))),
        council_name: council.map(str::to_owned),
        muster: None,
        told: Told::default(),
    }
}

fn row() -> Row {
    Row::new(ResidencyId(Uuid::from_u128(1)), 0, facts(1, None))
}

#[test]
fn the_latest_tap_counts_and_of_two_at_once_the_larger_id() {
    let mut one = row();
    assert_eq!(one.latest(), None);
    one.take(given(1, Answer::OnTheWay, after(60), 5));
    one.take(given(2, Answer::Safe, after(10), 6));
    assert_eq!(one.latest().unwrap().facts.answer, Answer::OnTheWay);
    one.take(given(3, Answer::Arrived, after(60), 7));
    assert_eq!((one.latest().unwrap().facts.answer, one.changed), (Answer::Arrived, 7));
    assert_eq!(one.first_at(), Some(after(10)));
    // What is known is not taken twice.
    one.take(given(3, Answer::Arrived, after(60), 7));
    assert_eq!(one.answers().len(), 3);
}

proptest! {
    #[test]
    fn the_order_of_arrival_never_matters(
        taps in prop::collection::vec((0_i64..5, 0_usize..4, 0_i64..120), 1..12),
        seed in any::<u64>(),
    ) {
        let all: Vec<Given> = taps
            .iter()
            .enumerate()
            .map(|(index, (second, answer, _))| given(index as u128, Answer::ALL[*answer], after(*second), index as i64))
            .collect();
        let mut shuffled = all.clone();
        // Any order will do, as long as it is another one.
        shuffled.sort_by_key(|one| (one.id.0.as_u128() as u64).wrapping_mul(seed | 1));
        let (mut one, mut other) = (row(), row());
        for given in &all {
            one.take(given.clone());
        }
        for given in shuffled {
            other.take(given);
        }
        prop_assert_eq!(&one, &other);
        let expected = all.iter().max_by_key(|given| given.order()).unwrap();
        prop_assert_eq!(one.latest(), Some(expected));
    }

    #[test]
    fn a_tap_by_a_clock_that_is_right_stands_whenever_it_arrives(
        drift in -TOLERANCE_S..=TOLERANCE_S, waits in 0_i64..100_000,
    ) {
        // Within the tolerance nothing is changed: neither by when it arrives, nor by how often it is sent.
        let said = after(drift);
        let received = after(waits);
        let sent = after(waits + drift);
        prop_assert_eq!(tap(said, Some(sent), received), Tap { at: said, said: None });
    }

    #[test]
    fn no_clock_loses_a_tap_and_none_is_later_than_it_arrived(
        off in -1_000_000_i64..1_000_000, waits in 0_i64..100_000, says_when in any::<bool>(),
    ) {
        let (said, received) = (after(off), after(waits));
        let sent = says_when.then(|| after(waits + off));
        let tap = tap(said, sent, received);
        prop_assert!(tap.at <= received + SignedDuration::from_secs(TOLERANCE_S));
        if says_when && off.abs() > TOLERANCE_S {
            // The clock is put right to the second.
            prop_assert_eq!(tap, Tap { at: noon(), said: Some(said) });
        }
    }
}

fn item(id: &str, answer: &str, at: &str) -> String {
    format!(
        r#"{{"id":"{id}","activation_id":"019a9f6e-0000-4000-8000-00000000000a","answer":"{answer}","answered_at":"{at}"}}"#
    )
}

#[test]
fn what_a_phone_sends_is_read_or_refused_by_its_kind() {
    let (id, at) = ("019a9f6e-0000-7000-8000-000000000001", "2026-11-20T12:00:00+09:00");
    let read = |text: &str| SentAnswer::read(text.as_bytes()).map_err(|refusal| refusal.0);
    let sent = read(&item(id, "on_the_way", at)).unwrap();
    assert_eq!((sent.answer, sent.said_at), (Answer::OnTheWay, noon()));
    // Other spaces and another order are the same answer.
    let same = format!(
        r#"{{ "answered_at": "{at}", "answer": "on_the_way", "activation_id": "019a9f6e-0000-4000-8000-00000000000a", "id": "{id}" }}"#
    );
    assert_eq!(read(&same).unwrap().digest, sent.digest);
    assert_ne!(read(&item(id, "safe", at)).unwrap().digest, sent.digest);
    for (text, code) in [
        ("{".to_owned(), RefusalCode::Malformed),
        (item(id, "happy", at), RefusalCode::Malformed),
        (item(id, "safe", at).replace("{\"id\"", "{\"answer\":\"safe\",\"id\""), RefusalCode::Malformed),
        (item("019a9f6e-0000-4000-8000-000000000001", "safe", at), RefusalCode::BadId),
        (item(&id.to_uppercase(), "safe", at), RefusalCode::BadId),
        (item(id, "safe", "yesterday"), RefusalCode::BadTime),
        (item(id, "safe", "1970-01-01T00:00:00Z"), RefusalCode::BadTime),
    ] {
        assert_eq!(read(&text), Err(code), "{text}");
        let message = Refusal(code).message();
        assert!(!message.ja.is_empty() && !message.en.is_empty());
    }
}

fn activation(ended_at: Option<Timestamp>) -> Activation {
    let announcement = Announcement {
        kind: Kind::Drill,
        title: "地震".into(),
        message: "参集してください。".into(),
        title_en: "Earthquake".into(),
        message_en: String::new(),
    };
    let facts = ActivationFacts { announcement, declared_at: noon(), by: AccountId(Uuid::nil()) };
    let id = ActivationId(Builder::from_u128(9).into_uuid());
    Activation { id, ended_at, sequence: 9, facts }
}

#[test]
fn a_drill_is_marked_and_what_has_no_english_is_said_in_japanese() {
    let announcement = activation(None).facts.announcement;
    assert_eq!(announcement.marked(), "【訓練】地震");
    assert_eq!(announcement.said(true), ("Earthquake", "参集してください。"));
    assert_eq!(announcement.said(false), ("地震", "参集してください。"));
    assert_eq!(Announcement { kind: Kind::Real, ..announcement }.marked(), "地震");
}

/// Four residents, of whom three answered: after 30 seconds, after 2 minutes, and after 10.
fn roll() -> Roll {
    let mut roll = Roll::default();
    for (number, council) in [(1, Some("C-01")), (2, Some("C-01")), (3, Some("C-02")), (4, None)] {
        roll.enter(Row::new(ResidencyId(Uuid::from_u128(number)), 0, facts(number, council)));
    }
    for (number, second, answer) in
        [(1, 30, Answer::Safe), (2, 130, Answer::Unable), (3, 600, Answer::OnTheWay)]
    {
        let mut one = given(number, answer, after(second), number as i64);
        one.facts.residency = ResidencyId(Uuid::from_u128(number));
        roll.take(one);
    }
    roll
}

#[test]
fn the_roll_is_counted_and_keeps_its_answers_when_a_resident_is_changed() {
    let mut roll = roll();
    let counts = Counts { safe: 1, on_the_way: 1, arrived: 0, unable: 1, none: 1 };
    assert_eq!(roll.counts(), counts);
    assert_eq!((counts.answered(), counts.residents()), (3, 4));
    let one = ResidencyId(Uuid::from_u128(1));
    roll.enter(Row::new(one, 8, RollFacts { unit_name: "102".into(), ..facts(1, None) }));
    let row = roll.get(one).unwrap();
    assert_eq!((&*row.facts.unit_name, row.changed, row.answers().len()), ("102", 8, 1));
    // Whoever is not on the roll is not put on it by an answer.
    let mut stranger = given(7, Answer::Safe, noon(), 9);
    stranger.facts.residency = ResidencyId(Uuid::from_u128(7));
    roll.take(stranger);
    assert_eq!(roll.rows().count(), 4);
}

#[test]
fn afterwards_it_is_said_how_fast_they_answered() {
    let (activation, mut roll) = (activation(Some(noon() + 1.hour())), roll());
    // Nine in ten of four are all of them, and one never answered.
    assert_eq!(
        minutes_to(&activation, &roll),
        MinutesTo { half: Some(2), nine_in_ten: None, last: Some(10) }
    );
    let minutes: Vec<(i64, usize)> =
        per_minute(&activation, &roll).iter().map(|one| (one.minute, one.answered)).collect();
    assert_eq!(minutes, [(0, 1), (2, 1), (10, 1)]);
    let councils: Vec<(Option<String>, usize, usize, usize)> = per_council(&roll)
        .into_iter()
        .map(|one| (one.name, one.residents, one.answered, one.unable))
        .collect();
    assert_eq!(councils, [(Some("C-01".into()), 2, 2, 1), (Some("C-02".into()), 1, 1, 0), (None, 1, 0, 0)]);
    let told = Told { app: Some((State::Sent, noon())), mail: Some((State::Withheld, noon())) };
    roll.note_told(&[(ResidencyId(Uuid::from_u128(1)), told)].into_iter().collect());
    let all = happened(&activation, &roll);
    assert_eq!(all.first().unwrap().what, What::Declared);
    assert_eq!(all[1].what, What::Told { mail: false, count: 1 });
    assert_eq!((all.len(), all.last().unwrap().what), (6, What::Ended));
    assert_eq!(minutes_to(&activation, &Roll::default()), MinutesTo::default());
}
