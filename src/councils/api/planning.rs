//! Figures for planning: councils without residents, residents of each, and how far their homes are.

use axum::extract::{Path, State};
use http::HeaderMap;
use serde_json::{Value, json};

use crate::{
    audit::{self, Entry},
    auth::Caller,
    clock::Date,
    councils::{
        model::CouncilFigures,
        service::{Register, councils, planned},
        store,
    },
    http::{Download, FileName, Language, Private, Problem, ProblemDocument},
    table::{Cell, Table, download, table_format},
};

use super::{
    planning_documents::{PlanningCouncil, PlanningDocument, PlanningFigures},
    shared::CouncilsService,
};

/// Councils with the disaster housing of each: residents, units, and how far they are on foot. Each reading is in the audit log.
#[utoipa::path(get, tag = "housing", path = "/api/housing/planning", operation_id = "get_housing_planning",
    responses(
        (status = 200, body = PlanningDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn figures(
    State(service): State<CouncilsService>,
    caller: Caller,
) -> Result<Private<PlanningDocument>, Problem> {
    let entry = Entry::by(&caller, audit::Action::ReadRegister).with(json!({ "what": "planning" }));
    Ok(Private(counted(&service, entry).await?))
}

/// The same as a file. Each export is in the audit log.
#[utoipa::path(get, tag = "housing", path = "/api/housing/planning/export/{format}", operation_id = "export_housing_planning",
    params(("format" = String, Path, description = "xlsx, csv (UTF-8) or csv_cp932")),
    responses(
        (status = 200, description = "The file"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn export(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(format): Path<String>,
    headers: HeaderMap,
) -> Result<Download, Problem> {
    let format = table_format(&format)?;
    let detail: Value = json!({ "what": "planning", "format": format.as_str() });
    let document = counted(&service, Entry::by(&caller, audit::Action::Export).with(detail)).await?;
    let (day, end) = (document.as_of, format.extension());
    let name = FileName {
        ascii: format!("housing-by-council-{day}.{end}"),
        full: format!("協議会別_災害対策住宅_{day}現在.{end}"),
    };
    download(table(&document, day, Language::of(&headers)), format, name).await
}

async fn counted(service: &CouncilsService, entry: Entry) -> Result<PlanningDocument, Problem> {
    let (vault, today) = (service.vault()?, service.today());
    let (register, links) = service
        .written(
            move |_| entry,
            move |tx| {
                Box::pin(async move { Ok((Register::read(tx, &vault).await?, store::links(tx).await?)) })
            },
        )
        .await?;
    let (layers, network) = (service.layers.clone(), service.graph());
    let work = move || {
        let found = councils(&layers);
        let figures = planned(&register, (&layers, &network.graph), (&found, &links), today);
        let mut councils: Vec<PlanningCouncil> = found
            .into_iter()
            .map(|council| PlanningCouncil {
                id: council.id,
                name: council.name,
                meeting_place: council.meeting_place,
                figures: figures.councils.get(&council.id).unwrap_or(&CouncilFigures::default()).into(),
            })
            .collect();
        councils.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        PlanningDocument { as_of: today, councils, without_council: (&figures.without).into() }
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| crate::db::DbError::JobPanicked.into())
}

const HEADINGS: [(&str, &str); 12] = [
    ("基準日", "As of"),
    ("協議会", "Council"),
    ("集合場所の経度", "Longitude of meeting place"),
    ("集合場所の緯度", "Latitude of meeting place"),
    ("住宅数", "Buildings"),
    ("戸数", "Units"),
    ("入居中", "Lived in"),
    ("徒歩5分以内", "Up to 5 minutes on foot"),
    ("徒歩10分以内", "Up to 10 minutes"),
    ("徒歩15分以内", "Up to 15 minutes"),
    ("徒歩15分超", "More than 15 minutes"),
    ("徒歩で行けない・不明", "No way known"),
];

fn table(document: &PlanningDocument, made_on: Date, language: Language) -> Table<12> {
    let whole = |count: usize| Cell::Whole(u32::try_from(count).unwrap_or(u32::MAX));
    let row = |name: &str, place: Option<crate::geo::Position>, figures: &PlanningFigures| {
        let [longitude, latitude] =
            [0, 1].map(|axis| Cell::maybe_text(place.map(|at| at.0[axis].to_string()).as_deref()));
        let by = figures.units_by_minutes;
        [
            Cell::Day(document.as_of),
            Cell::text(name),
            longitude,
            latitude,
            whole(figures.buildings),
            whole(figures.units),
            whole(figures.residents),
            whole(by.to_5),
            whole(by.to_10),
            whole(by.to_15),
            whole(by.over_15),
            whole(by.unreachable),
        ]
    };
    let councils = document.councils.iter().map(|one| row(&one.name, one.meeting_place, &one.figures));
    let without = row(language.pick("(協議会なし)", "(no council)"), None, &document.without_council);
    Table {
        sheet: language.pick("協議会別", "By council"),
        made_on,
        headings: HEADINGS.map(|(ja, en)| language.pick(ja, en)),
        rows: councils.chain([without]).collect(),
    }
}
