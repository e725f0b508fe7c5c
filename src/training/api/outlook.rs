//! The years before, and what is to be expected of this one.

use axum::extract::{Query, State};
use http::HeaderMap;
use serde::Deserialize;

use crate::{
    auth::{Caller, Reach, absent},
    clock::{Date, tokyo_midnight},
    http::{Language, Message, Private, Problem, ProblemDocument},
    outings,
    training::{
        model::{Count, Forecast, Grouping, Observed, Odds, ProgrammeId, Seats},
        service::{Book, counted, kept_totals},
        store::KeptTotal,
    },
    visits::model::FiscalYear,
};

use super::{
    documents::ReportRow,
    outlook_documents::{ForecastDocument, ForecastRow, TrendDocument, TrendYear},
    report::{Asked, grouping, names},
    shared::TrainingService,
};

/// Fiscal years of a trend, with the one that is asked for.
const YEARS: i16 = 5;
/// What was done in so many last days goes on, where there is no year before.
const LAST_DAYS: u16 = 56;

#[derive(Deserialize)]
pub(super) struct TrendParams {
    fiscal_year: Option<String>,
    programme: Option<String>,
}

/// How many completed a programme in the last five fiscal years: until the same day, and in all.
#[utoipa::path(get, tag = "training", path = "/api/training/trend", operation_id = "training_trend",
    params(
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The last one: the year in which it begins; this one when it is left out"),
        ("programme" = Option<String>, Query, format = "uuid", description = "The programme; the first one when it is left out")),
    responses(
        (status = 200, body = TrendDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn trend(
    State(service): State<TrainingService>,
    caller: Caller,
    Query(params): Query<TrendParams>,
) -> Result<Private<TrendDocument>, Problem> {
    let reach = caller.reach();
    let text = (params.fiscal_year.as_deref(), params.programme.as_deref(), None);
    let asked = Asked::read(&service, &reach, text)?;
    let (last, title) = service
        .training
        .books
        .with(asked.year, move |book| {
            asked.programme(book).map(|found| (found.programme.id, found.rule.title.clone()))
        })
        .await?
        .ok_or_else(absent)?;
    let mut years = Vec::new();
    for year in (asked.year.year() - YEARS + 1..=asked.year.year()).filter_map(FiscalYear::new) {
        let as_of = if year == asked.year { asked.as_of } else { same_day(asked.as_of, year, &reach) };
        let has_ended = year.last() < service.today();
        let reach = reach.clone();
        let everybody = reach == Reach::Any;
        let found = service.training.books.with(year, move |book| {
            let programme = book.programme(last)?;
            let total = |day| counted(book, programme, Grouping::Tier, day, &reach).0;
            let (so_far, at_end) = (total(as_of), has_ended.then(|| total(year.last())));
            Some((programme.clone(), so_far, at_end))
        });
        let Some((programme, so_far, at_end)) = found.await? else { continue };
        if everybody && at_end.is_some_and(|count| count.people() == 0) {
            let mut tx = service.read().await?;
            let kept = kept_totals(&mut tx, &programme, year, Grouping::Month).await?;
            if let Some(kept) = kept {
                years.push(of_kept(year, as_of, kept));
                continue;
            }
        }
        years.push(TrendYear {
            fiscal_year: year.year(),
            as_of: as_of.to_string(),
            so_far: row(Some(so_far)),
            at_end: at_end.map(|count| row(Some(count))),
        });
    }
    Ok(Private(TrendDocument { programme_id: last, title, years }))
}

fn row(count: Option<Count>) -> ReportRow {
    ReportRow { key: "all".to_owned(), name: None, rate: count.and_then(|count| count.rate()), count }
}

/// A year whose people were forgotten: of its days the ends of months are known.
fn of_kept(year: FiscalYear, as_of: Date, (all, months): (KeptTotal, Vec<KeptTotal>)) -> TrendYear {
    let is_end = as_of == as_of.last_of_month();
    let end = if is_end { as_of } else { as_of.first_of_month().yesterday().unwrap_or(as_of) };
    let month = end.strftime("%Y-%m").to_string();
    let so_far = months.iter().find(|kept| kept.key == month).map(|kept| kept.count);
    TrendYear {
        fiscal_year: year.year(),
        as_of: end.max(year.first()).to_string(),
        so_far: row(so_far),
        at_end: Some(row(Some(all.count))),
    }
}

/// The same day of another fiscal year; outside HR the end of the month before it, as they may ask for no other day.
fn same_day(day: Date, year: FiscalYear, reach: &Reach) -> Date {
    let calendar_year = if day.month() >= 4 { year.year() } else { year.year() + 1 };
    // 29 February is the day before 1 March.
    let same = day
        .with()
        .year(calendar_year)
        .build()
        .unwrap_or_else(|_| Date::new(calendar_year, 2, 28).unwrap_or(year.last()));
    let is_allowed = *reach == Reach::Any || same == same.last_of_month();
    let before = || same.first_of_month().yesterday().unwrap_or(same).max(year.first());
    if is_allowed { same } else { before() }
}

#[derive(Deserialize)]
pub(super) struct ForecastParams {
    programme: Option<String>,
    by: Option<String>,
}

/// How many will not have completed a programme when this fiscal year ends, and how many outings they would need.
#[utoipa::path(get, tag = "training", path = "/api/training/forecast", operation_id = "training_forecast",
    params(
        ("programme" = Option<String>, Query, format = "uuid", description = "The programme; the first one when it is left out"),
        ("by" = Option<Grouping>, Query, description = "By what people are grouped, but not by month; by division when it is left out")),
    responses(
        (status = 200, body = ForecastDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn forecast(
    State(service): State<TrainingService>,
    caller: Caller,
    Query(params): Query<ForecastParams>,
    headers: HeaderMap,
) -> Result<Private<ForecastDocument>, Problem> {
    let reach = caller.reach();
    let by = grouping(params.by.as_deref())?;
    if by == Grouping::Month {
        let message = Message::new("見込みは月別に分けられません。", "A forecast cannot be by month.");
        return Err(Problem::impossible("by", message));
    }
    let asked = Asked::read(&service, &reach, (None, params.programme.as_deref(), None))?;
    let now = {
        let reach = reach.clone();
        service.training.books.with(asked.year, move |book| {
            let programme = asked.programme(book)?;
            let (total, groups) = counted(book, programme, by, asked.as_of, &reach);
            let or_outing = programme.rule.requirement.or_outing;
            Some((programme.programme.id, or_outing, total, groups))
        })
    };
    let (programme, or_outing, total, groups) = now.await?.ok_or_else(absent)?;
    let odds = odds(&service, asked.year, programme, asked.as_of).await?;
    let expected = |count: Option<Count>| odds.zip(count).map(|(odds, count)| Forecast::of(&count, &odds));
    let names = names(&service, by, asked.as_of, Language::of(&headers)).await?;
    let row = |key: String, count: Option<Count>| ForecastRow {
        name: names.get(&key).cloned(),
        forecast: expected(count),
        key,
    };
    let total = row("all".to_owned(), Some(total));
    let seats = match total.forecast.filter(|_| or_outing) {
        Some(forecast) => {
            let until = tokyo_midnight(asked.year.last().tomorrow().unwrap_or(Date::MAX));
            let mut tx = service.read().await?;
            let planned = outings::store::seats(&mut tx, service.now(), until).await?;
            Some(Seats::of(forecast.expected, &planned))
        }
        None => None,
    };
    Ok(Private(ForecastDocument {
        fiscal_year: asked.year.year(),
        programme_id: programme,
        as_of: asked.as_of.to_string(),
        until: asked.year.last().to_string(),
        basis: odds.map(|odds| odds.basis),
        by,
        total,
        groups: groups.into_iter().map(|group| row(group.key, group.count)).collect(),
        seats,
    }))
}

/// What is to be expected of everybody who is missing: of the whole ward, since a department is too small to tell.
async fn odds(
    service: &TrainingService,
    year: FiscalYear,
    programme: ProgrammeId,
    today: Date,
) -> Result<Option<Odds>, Problem> {
    let observed = |year: FiscalYear, from: Date, until: Date| {
        service.training.books.with(year, move |book: &Book| {
            book.programme(programme)
                .map_or_else(Observed::default, |programme| book.observed(programme, from, until))
        })
    };
    if let Some(before) = FiscalYear::new(year.year() - 1) {
        let then = same_day(today, before, &Reach::Any);
        let seen = observed(before, then, before.last()).await?;
        if let Some(odds) = Odds::of_the_year_before(&seen) {
            return Ok(Some(odds));
        }
    }
    let days = |from: Date, until: Date| u16::try_from((until - from).get_days()).unwrap_or(0);
    let since = (today - jiff::Span::new().days(i64::from(LAST_DAYS))).max(year.first());
    let seen = observed(year, since, today).await?;
    let (passed, left) = (days(since, today), days(today, year.last()));
    Ok(Odds::of_the_last_weeks(&seen, passed, left).filter(|_| passed >= LAST_DAYS / 2))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_same_day_is_in_the_other_fiscal_year() {
        let year = |year| FiscalYear::new(year).unwrap();
        assert_eq!(same_day(date(2026, 11, 28), year(2024), &Reach::Any), date(2024, 11, 28));
        assert_eq!(same_day(date(2027, 2, 3), year(2024), &Reach::Any), date(2025, 2, 3));
        assert_eq!(same_day(date(2028, 2, 29), year(2025), &Reach::Any), date(2026, 2, 28));
    }

    #[test]
    fn outside_hr_it_is_the_end_of_a_month() {
        let (year, below) = (FiscalYear::new(2024).unwrap(), Reach::Departments(Vec::new().into()));
        assert_eq!(same_day(date(2026, 11, 28), year, &below), date(2024, 10, 31));
        assert_eq!(same_day(date(2026, 11, 30), year, &below), date(2024, 11, 30));
        assert_eq!(same_day(date(2026, 4, 10), year, &below), date(2024, 4, 1));
    }
}
