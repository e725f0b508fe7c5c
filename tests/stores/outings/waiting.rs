//! Whatever people do, in whatever order: never over capacity, and first come, first served.

use jiff::SignedDuration;
use machiaruki::{
    clock::Clock as _,
    outings::{
        OutingId, SignUpState,
        service::{self, Actor, Decision, OutingError},
        store,
    },
};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};

use super::{Setting, made, plan, setting, state, told};
use crate::support::{TestDb, databases};

/// What somebody does.
#[derive(Clone, Copy, Debug)]
enum Step {
    SignUp(usize),
    Withdraw(usize),
    Accept(usize),
    Refuse(usize),
    /// The trainer makes it a place larger.
    Grow,
}

const PEOPLE: usize = 6;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = 0..PEOPLE;
    let step = prop_oneof![
        5 => who.clone().prop_map(Step::SignUp),
        4 => who.clone().prop_map(Step::Withdraw),
        1 => who.clone().prop_map(Step::Accept),
        1 => who.prop_map(Step::Refuse),
        1 => Just(Step::Grow),
    ];
    proptest::collection::vec(step, 10..40)
}

/// The rule, said once more and simply.
struct Model {
    capacity: usize,
    /// How each stands, and when they came.
    people: [Option<(SignUpState, usize)>; PEOPLE],
    /// How many have come so far.
    came: usize,
    /// How often each moved up.
    promoted: [usize; PEOPLE],
}

impl Model {
    fn new(capacity: usize) -> Self {
        Self { capacity, people: [None; PEOPLE], came: 0, promoted: [0; PEOPLE] }
    }

    fn is_full(&self) -> bool {
        let has = |one: &&Option<(SignUpState, usize)>| matches!(one, Some((SignUpState::Confirmed, _)));
        self.people.iter().filter(has).count() >= self.capacity
    }

    fn free_or(&self, otherwise: SignUpState) -> SignUpState {
        if self.is_full() { otherwise } else { SignUpState::Confirmed }
    }

    fn take(&mut self, step: Step) {
        use SignUpState::{Confirmed, Refused, Waiting, Withdrawn};
        match step {
            Step::SignUp(who) => {
                if matches!(self.people[who], None | Some((Withdrawn, _))) {
                    self.came += 1;
                    self.people[who] = Some((self.free_or(Waiting), self.came));
                }
            }
            Step::Withdraw(who) => {
                if let Some((state @ (Confirmed | Waiting), _)) = &mut self.people[who] {
                    *state = Withdrawn;
                }
            }
            Step::Accept(who) => {
                if let Some((Waiting | Refused, came)) = self.people[who] {
                    self.people[who] = Some((self.free_or(Waiting), came));
                }
            }
            Step::Refuse(who) => {
                if let Some((state @ (Confirmed | Waiting), _)) = &mut self.people[who] {
                    *state = Refused;
                }
            }
            Step::Grow => self.capacity += 1,
        }
        while !self.is_full() {
            let waiting = (0..PEOPLE).filter(|who| matches!(self.people[*who], Some((Waiting, _))));
            let Some(first) = waiting.min_by_key(|who| self.people[*who].map(|(_, came)| came)) else {
                break;
            };
            self.people[first] = self.people[first].map(|(_, came)| (Confirmed, came));
            self.promoted[first] += 1;
        }
    }
}

/// Does it for real. What cannot be done is refused, and changes nothing.
async fn take(test: &TestDb, setting: &Setting, id: OutingId, (step, capacity): (Step, u16)) {
    let trainer = Actor { now: test.clock.now(), ..setting.trainer.clone() };
    match step {
        Step::SignUp(who) => {
            let somebody = setting.somebody(who, test);
            let done = step!(test, somebody, |tx, actor| service::sign_up(tx, &actor, id));
            assert!(matches!(done, Ok(_) | Err(OutingError::RefusedBefore)), "{done:?}");
        }
        Step::Withdraw(who) => {
            let somebody = setting.somebody(who, test);
            let done = step!(test, somebody, |tx, actor| service::withdraw(tx, &actor, id));
            assert!(matches!(done, Ok(()) | Err(OutingError::Absent)), "{done:?}");
        }
        Step::Accept(who) | Step::Refuse(who) => {
            let accept = matches!(step, Step::Accept(_));
            let decisions = [Decision { staff: setting.staff[who], accept }];
            let done = step!(test, trainer, |tx, actor| service::decide(tx, &actor, id, &decisions));
            assert!(matches!(done, Ok(_) | Err(OutingError::NotSignedUp)), "{done:?}");
        }
        Step::Grow => {
            let seen = store::outing(&mut test.db.read().await.unwrap(), id).await.unwrap().unwrap().version;
            let larger = plan(setting, capacity);
            step!(test, trainer, |tx, actor| service::change(tx, &actor, (id, seen), &larger)).unwrap();
        }
    }
}

#[tokio::test]
async fn whatever_people_do_the_list_is_as_the_rule_says() {
    let samples: Vec<Vec<Step>> = {
        let mut runner = TestRunner::deterministic();
        (0..8).map(|_| steps().new_tree(&mut runner).unwrap().current()).collect()
    };
    for test in databases().await {
        let setting = setting(&test).await;
        let mut promoted = [0; PEOPLE];
        for steps in &samples {
            let id = made(&test, &setting, 1).await;
            let mut model = Model::new(1);
            for step in steps {
                // Each at a moment of its own.
                test.clock.set(test.clock.now() + SignedDuration::from_secs(1));
                model.take(*step);
                take(&test, &setting, id, (*step, model.capacity as u16)).await;
                for who in 0..PEOPLE {
                    let expected = model.people[who].map(|(state, _)| state);
                    assert_eq!(
                        state(&test, &setting, id, who).await,
                        expected,
                        "{who} after {step:?} of {steps:?}"
                    );
                }
            }
            for (sum, times) in promoted.iter_mut().zip(model.promoted) {
                *sum += times;
            }
        }
        // Whoever moved up was told so, each time once.
        for (who, times) in promoted.iter().enumerate() {
            let kinds = told(&test, setting.staff[who]).await;
            assert_eq!(kinds.iter().filter(|kind| *kind == "outing_promoted").count(), *times, "{who}");
        }
        assert!(promoted.iter().sum::<usize>() > 3, "{promoted:?}");
    }
}
