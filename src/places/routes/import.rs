//! Files into datasets, over HTTP: looked at, tried, and then stored as they were tried.

use axum::{
    extract::{Path, Query, Request, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    audit::{self, Entry, Recorder},
    auth::{Caller, absent},
    catalogue::LayerId,
    clock::{Date, SharedClock},
    db::Db,
    http::{Message, Private, Problem, ProblemDocument, ProblemKind, body_bytes},
    layers::routes::FieldDocument,
    places::{
        DatasetId, Import, ImportError, ImportOptions, NoProgress, Outcome, PlacesService, Preview, Purpose,
        Report,
        editing::Stewards,
        import::{self as importer, AfterImport},
        store,
    },
};

/// What an address says of an import. Repeated parameters are why this is no plain struct.
#[derive(Debug, Default)]
struct Params {
    layer: Option<LayerId>,
    dry_run: bool,
    plan: Option<String>,
    file: Option<String>,
    options: ImportOptions,
}

fn wrong(name: &str, ja: &str, en: &str) -> Problem {
    Problem::impossible(name, Message::new(ja, en))
}

fn flag(name: &str, value: &str) -> Result<bool, Problem> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(wrong(name, "true か false です。", "Either true or false.")),
    }
}

fn day(name: &str, value: &str) -> Result<Option<Date>, Problem> {
    let wrong =
        |_| wrong(name, "日付を 2026-04-01 のように指定してください。", "A day like 2026-04-01, please.");
    if value.is_empty() { Ok(None) } else { value.parse().map(Some).map_err(wrong) }
}

/// Texts of a dataset are no longer than this.
const LONGEST: usize = 500;

fn text(name: &str, value: &str) -> Result<Option<String>, Problem> {
    let value = value.trim();
    if value.chars().count() > LONGEST || value.chars().any(char::is_control) {
        return Err(wrong(
            name,
            "500文字以内の1行にしてください。",
            "At most 500 characters in one line, please.",
        ));
    }
    Ok((!value.is_empty()).then(|| value.to_owned()))
}

fn web_address(name: &str, value: &str) -> Result<Option<String>, Problem> {
    let value = text(name, value)?;
    if value.as_ref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
        return Err(wrong(
            name,
            "https:// で始まるアドレスにしてください。",
            "An address with https://, please.",
        ));
    }
    Ok(value)
}

/// `column:field`; a column's name may hold colons, a field's never does.
fn pair(name: &str, value: &str, mark: char) -> Result<(String, String), Problem> {
    let split = if mark == ':' { value.rsplit_once(mark) } else { value.split_once(mark) };
    let (column, field) = split.ok_or_else(|| {
        wrong(
            name,
            "「列名:項目名」または「項目名=値」の形で指定してください。",
            "Written as column:field, or field=value.",
        )
    })?;
    Ok((column.to_owned(), field.trim().to_owned()))
}

impl Params {
    fn read(pairs: Vec<(String, String)>) -> Result<Self, Problem> {
        let mut params = Self::default();
        for (name, value) in pairs {
            let options = &mut params.options;
            match name.as_str() {
                "layer" => {
                    let unknown = |_| wrong("layer", "そのレイヤーはありません。", "There is no such layer.");
                    params.layer = Some(value.parse().map_err(unknown)?);
                }
                "dry_run" => params.dry_run = flag(&name, &value)?,
                "accept_valid" => options.accept_valid = flag(&name, &value)?,
                "accept_vanished" => options.accept_vanished = flag(&name, &value)?,
                "plan" => params.plan = text(&name, &value)?,
                "file" => params.file = text(&name, &value)?,
                "map" => options.mapping.push(pair(&name, &value, ':')?),
                "set" => options.constants.push(pair(&name, &value, '=')?),
                "key" => options.key.get_or_insert_default().push(value),
                "title" => options.title = text(&name, &value)?,
                "source" => options.source = text(&name, &value)?,
                "source_url" => options.source_url = web_address(&name, &value)?,
                "licence" => options.licence = text(&name, &value)?,
                "licence_url" => options.licence_url = web_address(&name, &value)?,
                "attribution" => options.attribution = text(&name, &value)?,
                "as_of" => options.as_of = day(&name, &value)?,
                "refresh_days" if value.is_empty() => {}
                "refresh_days" => {
                    let days = value.parse().ok().filter(|days| (1..=36_500).contains(days));
                    let problem =
                        || wrong("refresh_days", "1〜36500の整数です。", "A number from 1 to 36500.");
                    options.refresh_days = Some(days.ok_or_else(problem)?);
                }
                _ => {
                    let message = Message::new("この指定はありません。", "There is no such parameter.");
                    return Err(Problem::impossible(&name, message));
                }
            }
        }
        Ok(params)
    }
}

/// Where a file is meant to go, when that is within reach. A dataset that does not exist yet will be the
/// caller's department's.
async fn target(
    service: &PlacesService,
    caller: &Caller,
    dataset: &str,
    params: &mut Params,
) -> Result<(DatasetId, LayerId), Problem> {
    let id: DatasetId = dataset.parse().map_err(|_| {
        wrong(
            "dataset",
            "データセットの名前は、半角の英小文字・数字・ハイフンで64文字以内です。",
            "A dataset's id is 1 to 64 of a-z, 0-9 and -.",
        )
    })?;
    let mut tx = service.gate.db().read().await?;
    let stored = store::dataset(&mut tx, &id).await?;
    drop(tx);
    match stored {
        Some(stored) if Stewards::of(caller).cover(&stored.info.steward) => {
            Ok((id, params.layer.unwrap_or(stored.layer)))
        }
        Some(_) => Err(absent()),
        None => {
            let steward = caller.principal.stewards.first().ok_or_else(|| {
                Problem::new(
                    ProblemKind::Conflict,
                    Message::new(
                        "所属がないため、どの課のデータか決められません。名簿の担当に所属を登録してもらってください。",
                        "You belong to no department, so nobody would look after the data. Please ask those who keep the roster.",
                    ),
                )
            })?;
            params.options.steward = Some(steward.clone());
            let layer = params.layer.ok_or_else(|| {
                wrong(
                    "layer",
                    "新しいデータセットにはレイヤーを指定してください。",
                    "A new dataset needs a layer.",
                )
            })?;
            Ok((id, layer))
        }
    }
}

/// Shows what a file holds: its columns and what they would be taken for.
#[utoipa::path(post, tag = "datasets", path = "/api/datasets/{dataset}/preview",
    operation_id = "preview_file",
    params(
        ("dataset" = String, Path, description = "The dataset, which need not exist yet"),
        ("layer" = Option<LayerId>, Query, description = "The layer, for a new dataset"),
        ("map" = Option<Vec<String>>, Query, description = "column:field, for columns that are something else than their headings say")),
    request_body(content = String, content_type = "application/octet-stream", description = "The file"),
    responses(
        (status = 200, body = PreviewDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn preview(
    State(service): State<PlacesService>,
    caller: Caller,
    Path(dataset): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Result<Response, Problem> {
    let mut params = Params::read(pairs)?;
    let (_, layer) = target(&service, &caller, &dataset, &mut params).await?;
    let turn = service.imports().acquire_owned().await;
    let bytes = body_bytes(request.into_body()).await?;
    let shown = tokio::task::spawn_blocking(move || {
        let shown = importer::preview(layer, &params.options.mapping, &bytes);
        drop(turn);
        shown
    });
    let shown = shown.await.map_err(|error| Problem::internal(&error))?.map_err(problem)?;
    let fields = layer.layer().fields.iter().map(|field| FieldDocument::new(field)).collect();
    Ok(Private(PreviewDocument { layer, file: shown, fields }).into_response())
}

/// What a file holds, and what its columns can be.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewDocument {
    /// The layer that it is meant for.
    layer: LayerId,
    /// What it holds.
    file: Preview,
    /// The layer's fields, those that are never public too.
    fields: Vec<FieldDocument>,
}

/// Imports a file into a dataset; first as a dry run, then with the `plan` that the dry run named, so that
/// what was looked at is what is stored.
#[utoipa::path(post, tag = "datasets", path = "/api/datasets/{dataset}/import",
    operation_id = "import_dataset",
    params(
        ("dataset" = String, Path, description = "The dataset, which need not exist yet"),
        ("layer" = Option<LayerId>, Query, description = "The layer, for a new dataset"),
        ("dry_run" = Option<bool>, Query, description = "Only say what would happen"),
        ("plan" = Option<String>, Query, description = "The plan of the dry run; needed to store anything"),
        ("accept_valid" = Option<bool>, Query, description = "Take the valid rows even when others are refused"),
        ("accept_vanished" = Option<bool>, Query, description = "Go on even when most of the dataset would be retired"),
        ("map" = Option<Vec<String>>, Query, description = "column:field, for columns that are something else than their headings say"),
        ("set" = Option<Vec<String>>, Query, description = "field=value, for every record"),
        ("key" = Option<Vec<String>>, Query, description = "A field that tells records apart"),
        ("file" = Option<String>, Query, description = "The file's name"),
        ("title" = Option<String>, Query, description = "The dataset's title"),
        ("source" = Option<String>, Query, description = "Who made the data"),
        ("source_url" = Option<String>, Query, description = "Where the data was found"),
        ("licence" = Option<String>, Query, description = "The data's licence"),
        ("licence_url" = Option<String>, Query, description = "Where the licence can be read"),
        ("attribution" = Option<String>, Query, description = "What must be said wherever the data is shown"),
        ("as_of" = Option<String>, Query, description = "The day that the data describes"),
        ("refresh_days" = Option<i64>, Query, description = "Within how many days the data is to be confirmed again")),
    request_body(content = String, content_type = "application/octet-stream", description = "The file"),
    responses(
        (status = 200, body = Report),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 428, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn import(
    State(service): State<PlacesService>,
    caller: Caller,
    Path(dataset): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    request: Request,
) -> Result<Response, Problem> {
    let mut params = Params::read(pairs)?;
    let (dataset, layer) = target(&service, &caller, &dataset, &mut params).await?;
    let demo = service.purpose == Purpose::Demo;
    if demo && !params.dry_run {
        return Err(problem(ImportError::DemoDatabase));
    }
    if !params.dry_run && params.plan.is_none() {
        return Err(Problem::new(
            ProblemKind::PreconditionRequired,
            Message::new(
                "先に試し読み(dry_run=true)をして、その plan を付けて取り込んでください。",
                "Please make a dry run first (dry_run=true), and import with the plan that it names.",
            ),
        ));
    }
    let what = Import {
        layer,
        file_name: params.file.unwrap_or_else(|| dataset.to_string()),
        dataset,
        options: ImportOptions {
            dry_run: params.dry_run,
            expected_plan: params.plan,
            // A dry run stores nothing: even the demo may show what it would do.
            into_demo: demo,
            ..params.options
        },
    };
    let turn = service.imports().acquire_owned().await;
    let bytes = body_bytes(request.into_body()).await?;
    let (db, clock) = (service.gate.db().clone(), service.gate.clock().clone());
    let record = audited(&service.recorder, &caller);
    let report = tokio::task::spawn_blocking(move || {
        let report = run(&db, &clock, what, &bytes, record);
        drop(turn);
        report
    });
    let report = report.await.map_err(|error| Problem::internal(&error))?.map_err(problem)?;
    if report.outcome == Outcome::Stored {
        service.publish(layer).await;
    }
    Ok(Private(report).into_response())
}

/// Reading a file keeps a processor busy: it is done apart from what answers others.
fn run(
    db: &Db,
    clock: &SharedClock,
    what: Import,
    bytes: &Bytes,
    record: AfterImport,
) -> Result<Report, ImportError> {
    let progress = std::sync::Arc::new(NoProgress);
    tokio::runtime::Handle::current().block_on(importer::import_and(
        db,
        &**clock,
        what,
        bytes,
        progress,
        Some(record),
    ))
}

/// Records an import in its own transaction.
fn audited(recorder: &Recorder, caller: &Caller) -> AfterImport {
    let (recorder, entry) = (recorder.clone(), Entry::by(caller, audit::Action::ImportDataset));
    Box::new(move |tx, report| {
        let detail = json!({
            "layer": report.layer,
            "read": report.read,
            "added": report.added,
            "changed": report.changed,
            "vanished": report.vanished,
            "returned": report.returned,
            "refused": report.refused_count,
        });
        let entry = entry.on("dataset", &report.dataset).with(detail);
        Box::pin(async move { recorder.record(tx, entry).await.map(|_| ()) })
    })
}

fn problem(error: ImportError) -> Problem {
    let unprocessable =
        |ja: String, en: String| Problem::new(ProblemKind::Unprocessable, Message::new(ja, en));
    let conflict = |ja: &str, en: &str| Problem::new(ProblemKind::Conflict, Message::new(ja, en));
    match error {
        ImportError::Db(error) => Problem::internal(&error),
        ImportError::DemoDatabase => conflict(
            "これはデモのデータベースです。見本のデータだけを表示し、実際のデータは取り込みません(混ざらないようにするため)。自治体用のデータベースを用意して取り込んでください。",
            "This is a demo database: it shows invented data marked 見本 and takes no real data, so that the two are never mixed up. Please import into a database of your own.",
        ),
        ImportError::OtherPlan => conflict(
            "確認した内容と、いま取り込まれる内容が違います(ファイルかデータが変わりました)。もう一度、試し読みで確かめてください。",
            "What would be stored is no longer what you looked at: the file or the data has changed. Please make another dry run.",
        ),
        ImportError::OwnDataset(_) => conflict(
            "このデータセットは手で追加した場所のためのものです。ファイルは別のデータセットへ取り込んでください。",
            "This dataset is filled by hand. Please import files into another dataset.",
        ),
        ImportError::OtherLayer { actual, .. } => Problem::new(
            ProblemKind::Conflict,
            Message::new(
                format!("このデータセットは別のレイヤー({})のものです。", actual.layer().title.ja),
                format!("This dataset belongs to another layer ({}).", actual.layer().title.en),
            ),
        ),
        ImportError::OtherKey { known, .. } => Problem::new(
            ProblemKind::Conflict,
            Message::new(
                format!(
                    "このデータセットの行は「{}」で見分けています。ほかの項目には変えられません。",
                    known.join("+")
                ),
                format!("This dataset tells its records apart by {}; that cannot change.", known.join("+")),
            ),
        ),
        ImportError::File(error) => unprocessable(
            format!("ファイルを読み取れません。GeoJSON、JSON配列、CSVのどれかか確かめてください({error})。"),
            format!("The file cannot be read: {error}."),
        ),
        ImportError::Mapping(error) => Problem::impossible(
            "map",
            Message::new(
                format!("列の割り当てを確かめてください({error})。"),
                format!("Please check what the columns are: {error}."),
            ),
        ),
        ImportError::NoKey { tried } => unprocessable(
            format!("行を見分ける項目がありません。番号や名称の列を割り当ててください({tried})。"),
            format!("Nothing tells the rows apart ({tried}). Please say which column does."),
        ),
        ImportError::NoName { columns } => unprocessable(
            format!("名称の列が分かりません。どの列が名称かを選んでください(列: {columns})。"),
            format!("No column is known to be the name. Please choose it; the columns are: {columns}."),
        ),
    }
}
