//! The figures of a year outlive its people: they are counted for good before anybody is forgotten.

use std::collections::HashMap;

use crate::{
    auth::Reach,
    clock::Date,
    db::{DbError, Tx},
    staff,
    training::{
        model::{Grouping, Tally},
        store::{self, KeptTotal, ProgrammeYear},
        words::told_apart,
    },
    visits::model::FiscalYear,
};

use super::{Book, by_month};

/// By what figures are kept.
const GROUPINGS: [Grouping; 5] =
    [Grouping::Division, Grouping::Department, Grouping::District, Grouping::Tier, Grouping::Employment];

/// Counts the years that are past their period by a day, where that was not done yet. Small groups are left out: what is kept for
/// ever tells of nobody.
///
/// # Errors
/// When the database cannot be used.
pub async fn keep_totals(tx: &mut Tx, day: Date) -> Result<(), DbError> {
    for year in store::years_without_totals(tx, day).await? {
        let book = Book::read(tx, year).await?;
        let names = names(tx, year.last()).await?;
        for programme in &book.programmes {
            for mut total in totals(&book, programme) {
                total.name = names.get(&total.key).cloned();
                store::insert_total(tx, (programme.programme.id, year), &total).await?;
            }
        }
    }
    Ok(())
}

fn totals(book: &Book, programme: &ProgrammeYear) -> Vec<KeptTotal> {
    let last = book.year.last();
    let tally = |by| {
        let entries: Vec<_> = book.entries(programme, last).collect();
        Tally::of(entries.iter().map(|entry| entry.standing()), by, last, &book.town)
    };
    let kept = |by: &str, key: String, count| KeptTotal { by: by.to_owned(), key, name: None, count };
    let mut found = vec![kept("all", String::new(), tally(Grouping::Tier).total)];
    for by in GROUPINGS {
        let groups = tally(by).without_small().into_iter();
        found.extend(groups.filter_map(|group| Some(kept(by.as_str(), group.key, group.count?))));
    }
    let months = by_month(book, programme, last, &Reach::Any).into_iter();
    found.extend(
        months.map(|(day, count)| kept(Grouping::Month.as_str(), day.strftime("%Y-%m").to_string(), count)),
    );
    found
}

/// What departments and tiers were called.
async fn names(tx: &mut Tx, day: Date) -> Result<HashMap<String, String>, DbError> {
    let departments = told_apart(&staff::store::departments(tx, day).await?);
    let tiers = staff::store::tiers(tx).await?;
    let tiers = tiers.into_iter().map(|tier| (tier.id, tier.name.ja));
    Ok(departments.into_iter().map(|(id, name)| (id.to_string(), name)).chain(tiers).collect())
}

/// What is kept of a programme in a year whose people were forgotten: everybody, and the groups. None where nothing is kept.
///
/// # Errors
/// When the database cannot be read.
pub async fn kept_totals(
    tx: &mut Tx,
    programme: &ProgrammeYear,
    year: FiscalYear,
    by: Grouping,
) -> Result<Option<(KeptTotal, Vec<KeptTotal>)>, DbError> {
    let totals = store::totals(tx, (programme.programme.id, year), by.as_str()).await?;
    let (all, groups): (Vec<_>, Vec<_>) = totals.into_iter().partition(|total| total.by == "all");
    Ok(all.into_iter().next().map(|all| (all, groups)))
}
