//! Counts a book.

use crate::{
    auth::Reach,
    clock::Date,
    routes::store::reaches,
    training::{
        model::{Count, Group, Grouping, Tally},
        store::ProgrammeYear,
    },
    visits::model::FiscalYear,
};

use super::Book;

/// What people within reach are counted to.
#[must_use]
pub fn counted(
    book: &Book,
    programme: &ProgrammeYear,
    by: Grouping,
    as_of: Date,
    reach: &Reach,
) -> (Count, Vec<Group>) {
    let tally = |as_of| {
        let entries: Vec<_> =
            book.entries(programme, as_of).filter(|entry| reaches(reach, entry.piece.department)).collect();
        Tally::of(entries.iter().map(|entry| entry.standing()), by, as_of, &book.departments)
    };
    let whole = tally(as_of);
    let total = whole.total;
    let groups = match by {
        Grouping::Month => months(book.year, as_of)
            .map(|day| Group { key: day.strftime("%Y-%m").to_string(), count: Some(tally(day).total) })
            .collect(),
        _ if *reach == Reach::Any => whole.whole(),
        _ => whole.without_small(),
    };
    (total, groups)
}

/// The ends of the months of a year, and the last day that is asked for.
pub fn months(year: FiscalYear, until: Date) -> impl Iterator<Item = Date> {
    let ends = std::iter::successors(Some(year.first().last_of_month()), |end| {
        Some(end.tomorrow().ok()?.last_of_month())
    });
    let whole: Vec<Date> = ends.take_while(|end| *end < until).collect();
    whole.into_iter().chain([until])
}
