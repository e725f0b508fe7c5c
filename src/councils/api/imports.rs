//! Lists of homes: shown, then confirmed; and the register as such a list.

use std::collections::HashMap;

use axum::{
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode};
use serde_json::json;

use crate::{
    audit::{self, Entry, Person},
    auth::{Caller, absent},
    councils::{
        file::{self, BadListing, MOST_ROWS},
        model::ImportId,
        service::{self, Done, Register, Shown},
    },
    http::{
        Download, FileName, JsonBody, Language, Message, Private, Problem, ProblemDocument, ProblemKind,
        body_bytes,
    },
    import::BadFile,
    sheet::BadTable,
    staff::{StaffId, store::Called},
    table::{download, table_format},
};

use super::{
    import_documents::{ConfirmImport, ImportDone, RegisterImport},
    import_view::document,
    shared::CouncilsService,
};

/// The largest list that is read: as many rows as are read, in Excel, are a tenth of it.
pub(super) const FILE_LIMIT: usize = 4 * 1024 * 1024;

fn unreadable(bad: &BadListing) -> Problem {
    let (ja, en) = match bad {
        BadListing::Columns(missing) => (
            format!(
                "「{}」の列が見つかりません。1行目(Excelでは見出しの行)の列名を確かめてください。",
                missing.0.ja()
            ),
            format!("There is no column for “{}”. Please check the headings.", missing.0.en()),
        ),
        BadListing::NoRows => {
            ("見出しだけで、住戸の行がありません。".into(), "The file has headings and no rows.".into())
        }
        BadListing::TooManyRows(count) => (
            format!("{count}行あります。一度に読めるのは{MOST_ROWS}行までです。分けてください。"),
            format!("The file has {count} rows. At most {MOST_ROWS} are read at once; please divide it."),
        ),
        BadListing::Table(BadTable::File(BadFile::Empty)) => {
            ("ファイルが空です。".into(), "The file is empty.".into())
        }
        BadListing::Table(BadTable::File(BadFile::Text(why))) => (
            format!("文字コードを読み取れません。UTF-8 か Shift_JIS(CP932)で保存し直してください({why})。"),
            format!("The text cannot be read. Please save it again as UTF-8 or CP932 ({why})."),
        ),
        BadListing::Table(BadTable::NoSheet) => (
            "「住宅名」と「部屋番号」の見出しがあるシートが見つかりません。見出しの行を確かめてください。"
                .into(),
            "No sheet has headings with a housing name and a unit. Please check the headings.".into(),
        ),
        BadListing::Table(why) => (
            format!("ファイルを読み取れません。CSV か Excel で保存し直してください({why})。"),
            format!("The file cannot be read. Please save it again as CSV or Excel ({why})."),
        ),
    };
    Problem::new(ProblemKind::Unprocessable, Message::new(ja, en))
}

fn import_id(text: &str) -> Result<ImportId, Problem> {
    text.parse().map_err(|_| absent())
}

/// Reads a list of homes and says what it would change. The body is the file: CSV or Excel. Nothing is changed; the list waits, sealed, to
/// be confirmed within a day.
#[utoipa::path(post, tag = "housing", path = "/api/housing/imports", operation_id = "preview_register_import",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 201, body = RegisterImport),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn preview(
    State(service): State<CouncilsService>,
    caller: Caller,
    request: Request,
) -> Result<Response, Problem> {
    let (vault, today, now) = (service.vault()?, service.today(), service.now());
    let bytes = body_bytes(request.into_body()).await?;
    let read = tokio::task::spawn_blocking(move || file::read(&bytes)).await;
    let listing = read.map_err(|error| Problem::internal(&error))?.map_err(|bad| unreadable(&bad))?;
    let ignored = listing.ignored_columns.clone();
    let entry = Entry::by(&caller, audit::Action::ReadRegister);
    let shown = service
        .written(
            move |shown: &Shown| {
                entry
                    .on("register_import", shown.id)
                    .about(shown.plan.concerned().map(|id| Person::Pseudonym(id.0)))
                    .with(json!({ "what": "import", "counts": shown.plan.counts() }))
            },
            move |tx| {
                Box::pin(async move { service::preview_import(tx, &vault, listing, (now, today)).await })
            },
        )
        .await?;
    Ok((StatusCode::CREATED, Private(document(&shown, ignored))).into_response())
}

/// Forgets a list that waits. Nothing is changed.
#[utoipa::path(delete, tag = "housing", path = "/api/housing/imports/{import}", operation_id = "forget_register_import",
    params(("import" = String, Path, format = "uuid", description = "The list")),
    responses(
        (status = 204, description = "Forgotten"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn forget(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(import): Path<String>,
) -> Result<StatusCode, Problem> {
    let id = import_id(&import)?;
    let entry = Entry::by(&caller, audit::Action::ReadRegister).on("register_import", id);
    let entry = entry.with(json!({ "what": "import", "removed": true }));
    service
        .written(move |()| entry, move |tx| Box::pin(async move { service::forget_import(tx, id).await }))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Does what was shown of a list: all of it, or nothing. Answers 409 when the register or the roster has changed since.
#[utoipa::path(post, tag = "housing", path = "/api/housing/imports/{import}/confirmation",
    operation_id = "confirm_register_import", request_body = ConfirmImport,
    params(("import" = String, Path, format = "uuid", description = "The list")),
    responses(
        (status = 200, body = ImportDone),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn confirm(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(import): Path<String>,
    JsonBody(body): JsonBody<ConfirmImport>,
) -> Result<Private<ImportDone>, Problem> {
    let (vault, today, now) = (service.vault()?, service.today(), service.now());
    let id = import_id(&import)?;
    let entry = Entry::by(&caller, audit::Action::ChangeRegister).on("register_import", id);
    let done = service
        .written(
            move |done: &Done| {
                entry
                    .about(done.residencies.iter().map(|id| Person::Pseudonym(id.0)))
                    .with(json!({ "step": "import", "counts": done.counts }))
            },
            move |tx| {
                Box::pin(async move {
                    let meant = (id, body.version);
                    service::confirm_import(tx, &vault, meant, body.accept_refused, (now, today)).await
                })
            },
        )
        .await?;
    Ok(Private(ImportDone { counts: done.counts }))
}

/// A list without rows, to be filled in.
#[utoipa::path(get, tag = "housing", path = "/api/housing/imports/template/{format}", operation_id = "get_register_template",
    params(("format" = String, Path, description = "xlsx, csv (UTF-8) or csv_cp932")),
    responses(
        (status = 200, description = "The file"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn template(
    State(service): State<CouncilsService>,
    Path(format): Path<String>,
    headers: HeaderMap,
) -> Result<Download, Problem> {
    let format = table_format(&format)?;
    let table = file::table(&[], service.today(), Language::of(&headers));
    let end = format.extension();
    let name = FileName {
        ascii: format!("disaster-housing-template.{end}"),
        full: format!("災害対策住宅_取込み用の表.{end}"),
    };
    download(table, format, name).await
}

/// The register as a list that can be taken in again. Each export is in the audit log.
#[utoipa::path(get, tag = "housing", path = "/api/housing/export/{format}", operation_id = "export_register",
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
    let (format, vault, today) = (table_format(&format)?, service.vault()?, service.today());
    let entry = Entry::by(&caller, audit::Action::Export);
    let (register, called) = service
        .written(
            move |(register, _): &(Register, HashMap<StaffId, Called>)| {
                entry
                    .about(register.residencies.keys().map(|id| Person::Pseudonym(id.0)))
                    .with(json!({ "what": "register", "format": format.as_str() }))
            },
            move |tx| {
                Box::pin(async move {
                    let register = Register::read(tx, &vault).await?;
                    let people: Vec<StaffId> = register.people().into_iter().collect();
                    let called = crate::staff::store::called(tx, &people, today).await?;
                    Ok((register, called))
                })
            },
        )
        .await?;
    let lines = service::lines(&register, |staff| called.get(&staff)?.number.clone());
    let table = file::table(&lines, today, Language::of(&headers));
    let end = format.extension();
    let name = FileName {
        ascii: format!("disaster-housing-{today}.{end}"),
        full: format!("災害対策住宅_{today}現在.{end}"),
    };
    download(table, format, name).await
}
