//! How many stand how.

use std::collections::HashMap;

use axum::extract::{Query, State};
use http::HeaderMap;
use serde::Deserialize;

use crate::{
    auth::{Caller, Reach, absent},
    catalogue::LayerId,
    clock::Date,
    db::{DbError, Tx},
    http::{Language, Message, Private, Problem, ProblemDocument},
    staff::{self, DepartmentId},
    training::{
        model::{Count, Grouping, ProgrammeId},
        service::{Book, counted, kept_totals},
        store::{KeptTotal, ProgrammeYear},
        words::told_apart,
    },
    visits::model::FiscalYear,
};

use super::{
    documents::{ReportDocument, ReportRow},
    shared::{TrainingService, day},
};

#[derive(Deserialize)]
pub(super) struct ReportParams {
    fiscal_year: Option<String>,
    programme: Option<String>,
    by: Option<String>,
    as_of: Option<String>,
}

/// Which programme is meant, and as of which day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) year: FiscalYear,
    pub(super) programme: Option<ProgrammeId>,
    pub(super) as_of: Date,
}

impl Asked {
    /// Reads a query. Whoever is not HR asks as of today or the end of a month: from one day to the next, figures would tell of
    /// single people.
    pub(super) fn read(
        service: &TrainingService,
        reach: &Reach,
        (fiscal_year, programme, as_of): (Option<&str>, Option<&str>, Option<&str>),
    ) -> Result<Self, Problem> {
        let (today, year) = (service.today(), service.year(fiscal_year)?);
        let last = year.last().min(today);
        let as_of = match as_of {
            None => last,
            Some(text) => {
                let asked = day("as_of", text)?;
                if asked < year.first() || asked > year.last() {
                    let message = Message::new(
                        "年度の中の日付を指定してください。",
                        "Please give a day of the fiscal year.",
                    );
                    return Err(Problem::impossible("as_of", message));
                }
                if *reach != Reach::Any && asked != last && asked != asked.last_of_month() {
                    let message = Message::new(
                        "今日か月末の日付を指定してください。",
                        "Please give today or the end of a month.",
                    );
                    return Err(Problem::impossible("as_of", message));
                }
                asked.min(last)
            }
        };
        let unknown = |_| {
            let message =
                Message::new("研修プログラムを選び直してください。", "Please choose a programme again.");
            Problem::impossible("programme", message)
        };
        let programme = programme.map(str::parse).transpose().map_err(unknown)?;
        Ok(Self { year, programme, as_of })
    }

    /// The programme in a book: the one that is meant, or the first one.
    pub(super) fn programme<'a>(&self, book: &'a Book) -> Option<&'a ProgrammeYear> {
        match self.programme {
            Some(id) => book.programme(id),
            None => book.programmes.first(),
        }
    }
}

/// How many have to do a programme, and how many have, as of a day: of everybody for HR, of their department and below for managers.
#[utoipa::path(get, tag = "training", path = "/api/training/report", operation_id = "training_report",
    params(
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The year in which the fiscal year begins; this one when it is left out"),
        ("programme" = Option<String>, Query, format = "uuid", description = "The programme; the first one when it is left out"),
        ("by" = Option<Grouping>, Query, description = "By what people are grouped; by division when it is left out"),
        ("as_of" = Option<String>, Query, pattern = r"^\d{4}-\d{2}-\d{2}$",
            description = "As of the end of that day of the year; today, or its last day, when it is left out")),
    responses(
        (status = 200, body = ReportDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn report(
    State(service): State<TrainingService>,
    caller: Caller,
    Query(params): Query<ReportParams>,
    headers: HeaderMap,
) -> Result<Private<ReportDocument>, Problem> {
    figures(&service, &caller.reach(), &params, Language::of(&headers)).await.map(Private)
}

/// The figures that somebody may know.
pub(super) async fn figures(
    service: &TrainingService,
    reach: &Reach,
    params: &ReportParams,
    language: Language,
) -> Result<ReportDocument, Problem> {
    let by = grouping(params.by.as_deref())?;
    let text = (params.fiscal_year.as_deref(), params.programme.as_deref(), params.as_of.as_deref());
    let asked = Asked::read(service, reach, text)?;
    let counted = {
        let reach = reach.clone();
        service.training.books.with(asked.year, move |book| {
            let programme = asked.programme(book)?;
            let (total, groups) = counted(book, programme, by, asked.as_of, &reach);
            Some((programme.clone(), total, groups))
        })
    };
    let (programme, total, groups) = counted.await?.ok_or_else(absent)?;
    if total.people() == 0 && *reach == Reach::Any {
        let mut tx = service.read().await?;
        if let Some(kept) = kept_totals(&mut tx, &programme, asked.year, by).await? {
            return Ok(of_kept(programme, by, kept));
        }
    }
    let names = names(service, by, asked.as_of, language).await?;
    let row = |key: String, count: Option<Count>| ReportRow {
        name: names.get(&key).cloned(),
        rate: count.and_then(|count| count.rate()),
        key,
        count,
    };
    Ok(ReportDocument {
        fiscal_year: asked.year.year(),
        programme_id: programme.programme.id,
        title: programme.rule.title,
        as_of: asked.as_of.to_string(),
        by,
        total: row("all".to_owned(), Some(total)),
        groups: groups.into_iter().map(|group| row(group.key, group.count)).collect(),
    })
}

/// What is kept of a year whose people were forgotten: as of its end.
fn of_kept(
    programme: ProgrammeYear,
    by: Grouping,
    (all, groups): (KeptTotal, Vec<KeptTotal>),
) -> ReportDocument {
    let row = |KeptTotal { key, name, count, .. }: KeptTotal| ReportRow {
        key,
        name,
        rate: count.rate(),
        count: Some(count),
    };
    ReportDocument {
        fiscal_year: programme.year.year(),
        programme_id: programme.programme.id,
        title: programme.rule.title,
        as_of: programme.year.last().to_string(),
        by,
        total: row(KeptTotal { key: "all".to_owned(), ..all }),
        groups: groups.into_iter().map(row).collect(),
    }
}

/// By what is to be grouped.
pub(super) fn grouping(by: Option<&str>) -> Result<Grouping, Problem> {
    by.map_or(Ok(Grouping::Division), |name| {
        name.parse().map_err(|_| {
            let message =
                Message::new("集計の分け方を選び直してください。", "Please choose another grouping.");
            Problem::impossible("by", message)
        })
    })
}

/// What groups are called, where they have names of their own.
pub(super) async fn names(
    service: &TrainingService,
    by: Grouping,
    day: Date,
    language: Language,
) -> Result<HashMap<String, String>, Problem> {
    let mut tx = service.read().await?;
    match by {
        Grouping::Division | Grouping::Department => {
            let names = department_names(&mut tx, day).await?;
            Ok(names.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
        }
        Grouping::Tier => {
            let tiers = staff::store::tiers(&mut tx).await?;
            let name = |tier: staff::Tier| {
                let name = language.pick(tier.name.ja, tier.name.en);
                (tier.id, name)
            };
            Ok(tiers.into_iter().map(name).collect())
        }
        Grouping::District => {
            let districts = service.surroundings.places(LayerId::Districts).into_iter();
            let named = districts.map(|place| {
                let english = place.name_en.unwrap_or_else(|| place.name.clone());
                (place.name.clone(), language.pick(place.name, english))
            });
            let unknown = (String::new(), language.pick("不明", "Not known").to_owned());
            Ok(named.chain([unknown]).collect())
        }
        Grouping::Employment | Grouping::Month => Ok(HashMap::new()),
    }
}

/// What departments are called on a day, no two the same.
pub(super) async fn department_names(
    tx: &mut Tx,
    day: Date,
) -> Result<HashMap<DepartmentId, String>, DbError> {
    Ok(told_apart(&staff::store::departments(tx, day).await?))
}
