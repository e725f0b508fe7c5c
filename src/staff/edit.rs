//! Edits by hand. Pure: spells in, spells out; what was before the day of the edit stays as it was.

use crate::clock::Date;

use super::model::{Employment, Facts, LEFT_OPEN, Spell, TierId};

/// What an edit changes; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// The name.
    pub name: Option<String>,
    /// How it is read.
    pub name_kana: Option<Option<String>>,
    /// The code of the department.
    pub department: Option<String>,
    /// The 職級 and the tier to which it is mapped.
    pub grade: Option<(String, TierId)>,
    /// The employment.
    pub employment: Option<Employment>,
    /// The e-mail address.
    pub email: Option<Option<String>>,
}

/// They are not on the roster on that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("they are not on the roster on {0}")]
pub struct NotThere(pub Date);

impl Edit {
    /// The facts after the edit, of spells that said `was` before it. A later spell that says something else
    /// already knows better.
    fn applied(&self, facts: &Facts, was: &Facts) -> Facts {
        fn pick<T: Clone + PartialEq>(new: Option<&T>, present: &T, was: &T) -> T {
            new.filter(|_| present == was).unwrap_or(present).clone()
        }
        let grade = self.grade.as_ref().filter(|_| facts.grade == was.grade);
        Facts {
            name: pick(self.name.as_ref(), &facts.name, &was.name),
            name_kana: pick(self.name_kana.as_ref(), &facts.name_kana, &was.name_kana),
            department: pick(self.department.as_ref(), &facts.department, &was.department),
            tier: grade.map_or(&facts.tier, |(_, tier)| tier).clone(),
            grade: grade.map_or(&facts.grade, |(grade, _)| grade).clone(),
            employment: pick(self.employment.as_ref(), &facts.employment, &was.employment),
            email: pick(self.email.as_ref(), &facts.email, &was.email),
        }
    }
}

/// Somebody's spells after an edit that counts from a day on.
///
/// # Errors
/// When they are not on the roster on that day.
pub fn edited(spells: &[Spell], day: Date, edit: &Edit) -> Result<Vec<Spell>, NotThere> {
    let was = spells.iter().find(|spell| spell.holds(day)).ok_or(NotThere(day))?.facts.clone();
    let mut out = Vec::with_capacity(spells.len() + 1);
    for spell in spells {
        let facts = edit.applied(&spell.facts, &was);
        if spell.to <= day || facts == spell.facts {
            out.push(spell.clone());
        } else if spell.from >= day {
            out.push(Spell { facts, ..spell.clone() });
        } else {
            out.push(Spell { to: day, ..spell.clone() });
            out.push(Spell { from: day, to: spell.to, facts });
        }
    }
    Ok(out)
}

/// Somebody's spells when they leave after `last`; with none, when it turns out that they stay.
#[must_use]
pub fn ended(spells: &[Spell], last: Option<Date>) -> Vec<Spell> {
    let to = last.and_then(|last| last.tomorrow().ok()).unwrap_or(LEFT_OPEN);
    let mut out: Vec<Spell> = spells.iter().filter(|spell| spell.from < to).cloned().collect();
    if let Some(spell) = out.last_mut() {
        spell.to = if last.is_some() { spell.to.min(to) } else { to };
    }
    out
}

/// Somebody's spells when they come, or come back, on a day.
///
/// # Errors
/// With the day on which they already are there.
pub fn joined(spells: &[Spell], day: Date, facts: Facts) -> Result<Vec<Spell>, Date> {
    if let Some(spell) = spells.iter().find(|spell| spell.to > day) {
        return Err(spell.from.max(day));
    }
    let mut out = spells.to_vec();
    out.push(Spell { from: day, to: LEFT_OPEN, facts });
    Ok(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn facts(department: &str) -> Facts {
        Facts {
            name: "見本 あゆみ".into(),
            name_kana: None,
            department: department.into(),
            tier: "general".into(),
            grade: "係員".into(),
            employment: Employment::Regular,
            email: None,
        }
    }

    fn day(month: i8) -> Date {
        Date::constant(2026, month, 1)
    }

    fn history() -> Vec<Spell> {
        vec![
            Spell { from: day(1), to: day(4), facts: facts("A") },
            Spell { from: day(4), to: day(8), facts: facts("B") },
            Spell { from: day(8), to: LEFT_OPEN, facts: facts("C") },
        ]
    }

    fn on(spells: &[Spell], day: Date) -> Option<&Facts> {
        spells.iter().find(|spell| spell.holds(day)).map(|spell| &spell.facts)
    }

    #[test]
    fn a_move_counts_until_the_next_and_a_new_name_goes_on() {
        let edit = Edit { department: Some("X".into()), name: Some("見本 歩".into()), ..Edit::default() };
        let spells = edited(&history(), day(5), &edit).unwrap();
        assert_eq!(on(&spells, day(4)).unwrap().department, "B");
        assert_eq!(on(&spells, day(5)).unwrap().department, "X");
        assert_eq!(on(&spells, day(8)).unwrap().department, "C");
        assert_eq!(on(&spells, day(9)).unwrap().name, "見本 歩");
        assert_eq!(on(&spells, day(4)).unwrap().name, "見本 あゆみ");
    }

    #[test]
    fn who_leaves_can_come_back_and_a_mistake_be_undone() {
        let left = ended(&history(), Some(Date::constant(2026, 6, 30)));
        assert_eq!(on(&left, Date::constant(2026, 6, 30)).unwrap().department, "B");
        assert_eq!(on(&left, day(7)), None);
        assert_eq!(left.len(), 2);
        let stays = ended(&left, None);
        assert_eq!(on(&stays, day(12)).unwrap().department, "B");
        let back = joined(&left, day(10), facts("D")).unwrap();
        assert_eq!(on(&back, day(9)), None);
        assert_eq!(on(&back, day(10)).unwrap().department, "D");
        assert_eq!(joined(&history(), day(10), facts("D")), Err(day(10)));
        assert_eq!(edited(&left, day(7), &Edit::default()), Err(NotThere(day(7))));
    }

    proptest! {
        /// What was before the day of an edit stays; spells never overlap and never are empty.
        #[test]
        fn the_past_stays(at in 1_i8..=12, department in "[A-D]") {
            let edit = Edit { department: Some(department.clone()), ..Edit::default() };
            let before = history();
            let after = edited(&before, day(at), &edit).unwrap();
            for month in 1..at {
                prop_assert_eq!(on(&before, day(month)), on(&after, day(month)));
            }
            prop_assert_eq!(&on(&after, day(at)).unwrap().department, &department);
            prop_assert!(after.iter().all(|spell| spell.from < spell.to));
            prop_assert!(after.windows(2).all(|pair| pair[0].to <= pair[1].from));
            prop_assert_eq!(edited(&after, day(at), &edit).unwrap(), after);
        }
    }
}
