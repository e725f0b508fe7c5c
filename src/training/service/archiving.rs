//! Makes a year's archive of its book. Pure, but for the names.

use std::collections::HashMap;

use crate::{
    auth::Reach,
    clock::{Date, Timestamp},
    db::{DbError, Tx},
    http::Language,
    staff::{self, Employment, StaffId, store::Called},
    training::{
        archive::{
            Archive, ArchivedGroup, ArchivedMonth, ArchivedMunicipality, ArchivedPerson, ArchivedProgramme,
            FORMAT, VERSION,
        },
        model::{Completion, Count, Group, Grouping, Piece},
        store::{self, ProgrammeYear},
        words::{Names, audience, best, employment, requirement, told_apart},
    },
    visits::model::FiscalYear,
};

use super::{Book, by_month, counted};

/// What is archived.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Whose it is.
    pub municipality: ArchivedMunicipality,
    /// Whether it is invented.
    pub sample: bool,
    /// The fiscal year.
    pub year: FiscalYear,
    /// Today.
    pub today: Date,
    /// Now.
    pub now: Timestamp,
    /// Whether people are in it, by name.
    pub people: bool,
}

impl Wanted {
    /// As of the end of which day: of the year, or of today while it lasts.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.year.last().min(self.today)
    }

    /// Whether the year is not over yet.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        self.today <= self.year.last()
    }
}

/// A programme's figures, before it is known what anything is called.
#[derive(Clone, Debug)]
pub struct Counted {
    programme: ProgrammeYear,
    total: Count,
    groups: Vec<(Grouping, Vec<Group>)>,
    months: Vec<ArchivedMonth>,
    people: Option<Vec<(StaffId, Piece, Completion)>>,
}

/// The figures of a year's programmes, of everybody.
#[must_use]
pub fn count(book: &Book, wanted: &Wanted) -> Vec<Counted> {
    const GROUPINGS: [Grouping; 4] =
        [Grouping::Division, Grouping::Department, Grouping::Tier, Grouping::Employment];
    let as_of = wanted.as_of();
    let of_programme = |programme: &ProgrammeYear| {
        let groups = GROUPINGS.map(|by| (by, counted(book, programme, by, as_of, &Reach::Any).1));
        let months = by_month(book, programme, as_of, &Reach::Any);
        let people = wanted.people.then(|| {
            let entries = book.entries(programme, as_of);
            entries.map(|entry| (entry.staff, entry.piece.clone(), entry.completion)).collect()
        });
        Counted {
            programme: programme.clone(),
            total: counted(book, programme, Grouping::Employment, as_of, &Reach::Any).0,
            groups: groups.into(),
            months: months.into_iter().map(|(as_of, count)| ArchivedMonth { as_of, count }).collect(),
            people,
        }
    };
    book.programmes.iter().map(of_programme).collect()
}

/// Whether anybody at all is counted: after the retention period nobody is.
#[must_use]
pub fn is_anybody_known(counted: &[Counted]) -> bool {
    counted.iter().any(|one| one.total.people() > 0)
}

/// Who is in it by name.
#[must_use]
pub fn people(counted: &[Counted]) -> Vec<StaffId> {
    let all = counted.iter().flat_map(|one| one.people.iter().flatten());
    let mut people: Vec<StaffId> = all.map(|(staff, ..)| *staff).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// Whether obligations are as the roster of today has them. They are not yet while another server is at it.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_up_to_date(tx: &mut Tx, today: Date) -> Result<bool, DbError> {
    let looked = store::looked(tx).await?;
    Ok(looked.on == Some(today) && looked.roster == staff::store::revision(tx).await?)
}

/// Says what everything was called, and puts the archive together.
///
/// # Errors
/// When the database cannot be read.
pub async fn archive(tx: &mut Tx, wanted: Wanted, counted: Vec<Counted>) -> Result<Archive, DbError> {
    let as_of = wanted.as_of();
    let departments = staff::store::departments(tx, as_of).await?;
    let tiers = staff::store::tiers(tx).await?;
    // In the roster's own order, as people know it.
    let order: Vec<String> = departments
        .iter()
        .map(|row| row.id.clone())
        .chain(tiers.iter().map(|tier| tier.id.clone()))
        .chain(Employment::ALL.map(|kind| kind.as_str().to_owned()))
        .collect();
    let order: HashMap<String, usize> = order.into_iter().zip(0..).collect();
    let names = Names {
        tiers: tiers.into_iter().map(|tier| (tier.id, tier.name.ja)).collect(),
        departments: told_apart(&departments),
    };
    let called = staff::store::called(tx, &people(&counted), as_of).await?;
    let told = Told { names, order, called };
    let programmes = counted.into_iter().map(|one| told.programme(one));
    Ok(Archive {
        format: FORMAT.to_owned(),
        version: VERSION,
        sample: wanted.sample,
        fiscal_year: wanted.year,
        as_of,
        provisional: wanted.is_provisional(),
        made_at: wanted.now,
        programmes: programmes.collect::<Result<_, _>>()?,
        municipality: wanted.municipality,
    })
}

/// What everything was called, and in which order it stands.
struct Told {
    names: Names,
    order: HashMap<String, usize>,
    called: HashMap<StaffId, Called>,
}

impl Told {
    fn programme(&self, counted: Counted) -> Result<ArchivedProgramme, DbError> {
        let Counted { programme, total, groups, months, people } = counted;
        let mut by: HashMap<Grouping, Vec<ArchivedGroup>> =
            groups.into_iter().map(|(by, groups)| (by, self.groups(by, groups))).collect();
        let mut of = |grouping| by.remove(&grouping).unwrap_or_default();
        let rule = &programme.rule;
        Ok(ArchivedProgramme {
            id: programme.programme.id,
            code: programme.programme.code,
            title: best(&rule.title, Language::Ja).to_owned(),
            frequency: programme.programme.frequency,
            opened_at: programme.opened_at,
            due_on: rule.deadline.on(programme.year),
            rule: serde_json::to_value(rule).map_err(|error| DbError::Corrupt(error.to_string()))?,
            audience: audience(&rule.audience, &self.names, Language::Ja),
            requirement: requirement(&rule.requirement, Language::Ja),
            total,
            divisions: of(Grouping::Division),
            departments: of(Grouping::Department),
            tiers: of(Grouping::Tier),
            employments: of(Grouping::Employment),
            months,
            people: people.map(|people| people.into_iter().map(|person| self.person(person)).collect()),
        })
    }

    fn groups(&self, by: Grouping, groups: Vec<Group>) -> Vec<ArchivedGroup> {
        let name = |key: &str| match by {
            Grouping::Tier => self.names.tier(key).to_owned(),
            Grouping::Employment => Employment::named(key)
                .map_or_else(|| key.to_owned(), |kind| employment(kind).say(Language::Ja).to_owned()),
            _ => key.parse().map_or_else(|_| key.to_owned(), |id| self.names.department(id)),
        };
        let mut archived: Vec<ArchivedGroup> = groups
            .into_iter()
            .filter_map(|group| {
                Some(ArchivedGroup { name: name(&group.key), count: group.count?, key: group.key })
            })
            .collect();
        archived.sort_by_key(|group| self.order.get(&group.key).copied().unwrap_or(usize::MAX));
        archived
    }

    fn person(&self, (staff, piece, completion): (StaffId, Piece, Completion)) -> ArchivedPerson {
        let called = self.called.get(&staff).cloned().unwrap_or_default();
        ArchivedPerson {
            number: called.number,
            name: called.name,
            department: self.names.department(piece.department),
            tier: self.names.tier(&piece.tier).to_owned(),
            employment: piece.employment,
            state: piece.state,
            reason: piece.reason,
            due_on: piece.due_on,
            routes_needed: piece.routes,
            routes_done: completion.routes,
            completed_on: completion.day,
        }
    }
}
