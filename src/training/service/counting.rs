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
    if by == Grouping::Month {
        let months = by_month(book, programme, as_of, reach);
        let total = months.last().map_or_else(Count::default, |(_, count)| *count);
        let group = |(day, count): (Date, Count)| Group {
            key: day.strftime("%Y-%m").to_string(),
            count: Some(count),
        };
        return (total, months.into_iter().map(group).collect());
    }
    let entries: Vec<_> =
        book.entries(programme, as_of).filter(|entry| reaches(reach, entry.piece.department)).collect();
    let tally = Tally::of(entries.iter().map(|entry| entry.standing()), by, as_of, &book.town);
    let total = tally.total;
    let groups = if *reach == Reach::Any { tally.whole() } else { tally.without_small() };
    (total, groups)
}

/// What people within reach were counted to at the end of each month, and are on the last day that is asked for.
#[must_use]
pub fn by_month(book: &Book, programme: &ProgrammeYear, until: Date, reach: &Reach) -> Vec<(Date, Count)> {
    let days: Vec<Date> = months(book.year, until).collect();
    let totals = book.totals(programme, &days, |piece| reaches(reach, piece.department));
    days.into_iter().zip(totals).collect()
}

/// The ends of the months of a year, and the last day that is asked for.
fn months(year: FiscalYear, until: Date) -> impl Iterator<Item = Date> {
    let ends = std::iter::successors(Some(year.first().last_of_month()), |end| {
        Some(end.tomorrow().ok()?.last_of_month())
    });
    let whole: Vec<Date> = ends.take_while(|end| *end < until).collect();
    whole.into_iter().chain([until])
}
