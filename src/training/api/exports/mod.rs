//! What the training's lists say, as files: Excel and CSV. Each is made of what its list answers to the same person, so that nobody
//! gets from a file what the page would hide.

mod tables;
mod words;

use axum::extract::{Path, Query, State};
use http::HeaderMap;

use crate::{
    auth::Caller,
    clock::Date,
    http::{Download, FileName, Language, Problem, ProblemDocument},
    staff::{self, TierId},
    table::{TableFormat, download, table_format},
    training::{
        model::Grouping,
        store,
        words::{self as common, Names},
    },
    visits::model::FiscalYear,
};

use super::{
    change::{self, ChangeParams},
    coverage,
    documents::Stands,
    exemptions,
    people::{self, Page, PeopleParams, Wanted},
    programmes,
    report::{self, ReportParams, department_names},
    shared::TrainingService,
};

/// The figures of a programme as a file, as far as whoever asks may know them.
#[utoipa::path(get, tag = "training", path = "/api/training/report/export/{format}", operation_id = "export_training_report",
    params(
        ("format" = String, Path, description = "xlsx, csv (UTF-8) or csv_cp932"),
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The year in which the fiscal year begins; this one when it is left out"),
        ("programme" = Option<String>, Query, format = "uuid", description = "The programme; the first one when it is left out"),
        ("by" = Option<Grouping>, Query, description = "By what people are grouped; by division when it is left out"),
        ("as_of" = Option<String>, Query, pattern = r"^\d{4}-\d{2}-\d{2}$",
            description = "As of the end of that day of the year; today, or its last day, when it is left out")),
    responses(
        (status = 200, description = "The file"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn report(
    State(service): State<TrainingService>,
    caller: Caller,
    Path(format): Path<String>,
    Query(params): Query<ReportParams>,
    headers: HeaderMap,
) -> Result<Download, Problem> {
    let (format, language) = (table_format(&format)?, Language::of(&headers));
    let document = report::figures(&service, &caller.reach(), &params, language).await?;
    let by = common::grouping(document.by);
    let name = named(
        FiscalYear::new(document.fiscal_year),
        (&format!("受講状況_{}別", by.0), &format!("training-report-{}", document.by)),
        Some(&document.as_of),
        format,
    );
    download(tables::report(&document, service.today(), language), format, name).await
}

/// Who stands how to a programme, by name, as a file of everybody whom the list has on its pages. Each reading is in the audit log.
#[utoipa::path(get, tag = "training", path = "/api/training/people/export/{format}", operation_id = "export_training_people",
    params(
        ("format" = String, Path, description = "xlsx, csv (UTF-8) or csv_cp932"),
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The year in which the fiscal year begins; this one when it is left out"),
        ("programme" = Option<String>, Query, format = "uuid", description = "The programme; the first one when it is left out"),
        ("as_of" = Option<String>, Query, pattern = r"^\d{4}-\d{2}-\d{2}$",
            description = "As of the end of that day of the year; today, or its last day, when it is left out"),
        ("stands" = Option<Stands>, Query, description = "Who stands so; who has to and has not when it is left out"),
        ("department" = Option<String>, Query, format = "uuid", description = "In that department and below")),
    responses(
        (status = 200, description = "The file"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn people(
    State(service): State<TrainingService>,
    caller: Caller,
    Path(format): Path<String>,
    Query(params): Query<PeopleParams>,
    headers: HeaderMap,
) -> Result<Download, Problem> {
    let (format, language) = (table_format(&format)?, Language::of(&headers));
    let wanted = Wanted::read(&service, &caller, &params)?;
    let (asked, stands) = (wanted.asked, wanted.stands);
    let listed = people::listed(&service, &caller, wanted, Page::WHOLE, Some(format)).await?;
    let names = names(&service, asked.as_of, language).await?;
    let name = named(
        Some(asked.year),
        (&format!("対象者_{}", words::stands(stands).0), &format!("training-people-{}", stands.as_str())),
        Some(&asked.as_of.to_string()),
        format,
    );
    let of =
        tables::Listing { title: listed.programme.rule.title, as_of: asked.as_of, today: service.today() };
    download(tables::people(&listed.items, &of, &names, language), format, name).await
}

/// What was asked for in a fiscal year, as a file. Each reading is in the audit log.
#[utoipa::path(get, tag = "training", path = "/api/training/exemptions/export/{format}", operation_id = "export_exemptions",
    params(
        ("format" = String, Path, description = "xlsx, csv (UTF-8) or csv_cp932"),
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The year in which the fiscal year begins; this one when it is left out")),
    responses(
        (status = 200, description = "The file"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn exemptions(
    State(service): State<TrainingService>,
    caller: Caller,
    Path(format): Path<String>,
    Query(params): Query<exemptions::ListParams>,
    headers: HeaderMap,
) -> Result<Download, Problem> {
    let (format, language) = (table_format(&format)?, Language::of(&headers));
    let list = exemptions::listed(&service, &caller, &params, Some(format)).await?;
    let year = FiscalYear::new(list.fiscal_year);
    let name = named(year, ("免除・延期・代替学習の申請", "training-exemptions"), None, format);
    download(tables::exemptions(&list, service.today(), language), format, name).await
}

/// Where walks went over the years, as a file.
#[utoipa::path(get, tag = "training", path = "/api/training/coverage/export/{format}", operation_id = "export_training_coverage",
    params(
        ("format" = String, Path, description = "xlsx, csv (UTF-8) or csv_cp932"),
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The last one: the year in which it begins; this one when it is left out"),
        ("years" = Option<u8>, Query, minimum = 1, maximum = 20, description = "How many fiscal years; five when it is left out")),
    responses(
        (status = 200, description = "The file"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn coverage(
    State(service): State<TrainingService>,
    Path(format): Path<String>,
    Query(params): Query<coverage::CoverageParams>,
    headers: HeaderMap,
) -> Result<Download, Problem> {
    let (format, language) = (table_format(&format)?, Language::of(&headers));
    let document = coverage::places(&service, &params, language).await?;
    let last = document.fiscal_years.last().copied().and_then(FiscalYear::new);
    let name = named(last, ("歩かれた場所", "training-coverage"), None, format);
    download(tables::coverage(&document, service.today(), language), format, name).await
}

/// The programmes of a fiscal year, as a file.
#[utoipa::path(get, tag = "training", path = "/api/programmes/export/{format}", operation_id = "export_programmes",
    params(
        ("format" = String, Path, description = "xlsx, csv (UTF-8) or csv_cp932"),
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The year in which the fiscal year begins; this one when it is left out")),
    responses(
        (status = 200, description = "The file"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn programmes(
    State(service): State<TrainingService>,
    Path(format): Path<String>,
    Query(params): Query<programmes::ListParams>,
    headers: HeaderMap,
) -> Result<Download, Problem> {
    let (format, language) = (table_format(&format)?, Language::of(&headers));
    let year = service.year(params.fiscal_year.as_deref())?;
    let found = store::years_of(&mut service.read().await?, year).await?;
    let today = service.today();
    // What departments are called in the year, as far as that is known today.
    let names = names(&service, today.clamp(year.first(), year.last()), language).await?;
    let name = named(Some(year), ("研修プログラム", "training-programmes"), None, format);
    download(tables::programmes(&found, today, &names, language), format, name).await
}

/// How answers before and after a programme changed, as a file of what the page shows.
#[utoipa::path(get, tag = "training", path = "/api/training/change/export/{format}", operation_id = "export_training_change",
    params(
        ("format" = String, Path, description = "xlsx, csv (UTF-8) or csv_cp932"),
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The year in which the fiscal year begins; this one when it is left out"),
        ("programme" = Option<String>, Query, format = "uuid",
            description = "The programme; the first one that asks anything when it is left out")),
    responses(
        (status = 200, description = "The file"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(service): State<TrainingService>,
    Path(format): Path<String>,
    Query(params): Query<ChangeParams>,
    headers: HeaderMap,
) -> Result<Download, Problem> {
    let (format, language) = (table_format(&format)?, Language::of(&headers));
    let found = change::found(&service, &params).await?;
    let year = FiscalYear::new(found.fiscal_year);
    let name = named(year, ("事前・事後アンケートの変化", "training-change"), None, format);
    download(tables::change(&found, service.today(), language), format, name).await
}

/// What a file is called: the fiscal year first, so that files stand in the order of years.
fn named(
    year: Option<FiscalYear>,
    (full, ascii): (&str, &str),
    as_of: Option<&str>,
    format: TableFormat,
) -> FileName {
    let (era, number) =
        year.map_or_else(Default::default, |year| (year.in_era(), format!("{}", year.year())));
    let day = as_of.map(|day| format!("_{day}時点")).unwrap_or_default();
    let plain_day = as_of.map(|day| format!("-as-of-{day}")).unwrap_or_default();
    let (coding, plain_coding) =
        if format == TableFormat::CsvCp932 { ("_CP932", "-cp932") } else { ("", "") };
    let extension = format.extension();
    FileName {
        ascii: format!("{ascii}-{number}{plain_day}{plain_coding}.{extension}"),
        full: format!("{era}_{full}{day}{coding}.{extension}"),
    }
}

/// What tiers and departments are called on a day.
pub(super) async fn names(
    service: &TrainingService,
    day: Date,
    language: Language,
) -> Result<Names, Problem> {
    let mut tx = service.read().await?;
    let departments = department_names(&mut tx, day).await?;
    let tiers = staff::store::tiers(&mut tx).await?;
    let tiers: Vec<(TierId, String)> =
        tiers.into_iter().map(|tier| (tier.id, language.pick(tier.name.ja, tier.name.en))).collect();
    Ok(Names { tiers: tiers.into_iter().collect(), departments })
}
