//! Files: shown, then confirmed.

use axum::{
    extract::{Path, Query, Request, State},
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    db::DbError,
    http::{JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind, body_bytes},
    import::BadFile,
    sheet::BadTable,
    staff::{
        StaffService,
        file::BadRoster,
        import::{Consent, ImportError, shown},
        model::PreviewId,
        plan::Summary,
        store,
    },
};

use super::{
    documents::{ConfirmPreview, ConfirmedDocument, PreviewDocument, PreviewItem, PreviewsDocument},
    params::day,
};

/// The longest name of a file that is kept.
const FILE_NAME: usize = 200;

fn problem(error: ImportError) -> Problem {
    let conflict = |ja: String, en: String| Problem::new(ProblemKind::Conflict, Message::new(ja, en));
    match error {
        ImportError::File(bad) => unreadable(&bad),
        ImportError::Earlier { last } => Problem::impossible(
            "effective_on",
            Message::new(
                format!("{last} 現在の名簿がすでに取り込まれています。それより前の日の名簿は取り込めません。個別の修正は職員の画面で行ってください。"),
                format!("The roster of {last} is in already; a file for an earlier day cannot be taken in. Please mend single people on their own pages."),
            ),
        ),
        ImportError::TooFarAhead { first, .. } => Problem::impossible(
            "effective_on",
            Message::new(
                format!("基準日が先すぎます。{first} から取り込めます。年の打ちまちがいではないか確かめてください。"),
                format!("The day is too far ahead: it can be taken in from {first} on. Is the year right?"),
            ),
        ),
        ImportError::NamelessRows => Problem::new(
            ProblemKind::Unprocessable,
            Message::new(
                "職員番号を読み取れない行があるため、だれが退職したのか決められません。ファイルを直して、もう一度選んでください。",
                "Some rows have no staff number, so nobody can tell who has left. Please mend the file and choose it again.",
            ),
        ),
        ImportError::RefusedRows(count) => Problem::new(
            ProblemKind::Unprocessable,
            Message::new(
                format!("{count}行を取り込めません。ファイルを直すか、「ほかの行だけ取り込む」を選んでください(取り込めない行の人は今のまま残ります)。"),
                format!("{count} rows are refused. Please mend the file, or choose to take in the others (those people stay as they are)."),
            ),
        ),
        ImportError::ManyLeave { left, known } => Problem::new(
            ProblemKind::Unprocessable,
            Message::new(
                format!("{known}人のうち{left}人がファイルになく、退職になります。正しければ、そのことを確かめる欄にしるしを付けてください。"),
                format!("{left} of {known} people are not in the file and would leave. If that is right, please say so."),
            ),
        ),
        ImportError::Stale => conflict(
            "確認のあとに名簿が変わりました。もう一度ファイルを選び、内容を確かめてください。".into(),
            "The roster has changed since you looked. Please choose the file again and look at what it changes.".into(),
        ),
        ImportError::Absent => absent(),
        ImportError::Db(error) => error.into(),
        ImportError::Internal(error) => Problem::internal(&error),
    }
}

fn unreadable(bad: &BadRoster) -> Problem {
    let (ja, en) = match bad {
        BadRoster::Columns(missing) => (
            format!(
                "「{}」の列が見つかりません。1行目(Excelでは見出しの行)の列名を確かめてください。",
                missing.0.ja()
            ),
            format!("There is no column for {}. Please check the headings.", missing.0.en()),
        ),
        BadRoster::NoRows => {
            ("見出しだけで、職員の行がありません。".into(), "The file has headings and no rows.".into())
        }
        BadRoster::Table(BadTable::File(BadFile::Empty)) => {
            ("ファイルが空です。".into(), "The file is empty.".into())
        }
        BadRoster::Table(BadTable::File(BadFile::Text(why))) => (
            format!("文字コードを読み取れません。UTF-8 か Shift_JIS(CP932)で保存し直してください({why})。"),
            format!("The text cannot be read. Please save it again as UTF-8 or CP932 ({why})."),
        ),
        BadRoster::Table(BadTable::NoSheet) => (
            "「職員番号」と「氏名」の見出しがあるシートが見つかりません。見出しの行を確かめてください。"
                .into(),
            "No sheet has headings with a staff number and a name. Please check the headings.".into(),
        ),
        BadRoster::Table(why) => (
            format!("ファイルを読み取れません。CSV か Excel で保存し直してください({why})。"),
            format!("The file cannot be read. Please save it again as CSV or Excel ({why})."),
        ),
    };
    Problem::new(ProblemKind::Unprocessable, Message::new(ja, en))
}

#[derive(Deserialize)]
pub(super) struct CreateParams {
    #[serde(default)]
    effective_on: String,
    #[serde(default)]
    file_name: String,
}

/// Reads a roster file and says what it would change from a day on. The body is the file: CSV or Excel.
#[utoipa::path(post, tag = "roster", path = "/api/roster/previews", operation_id = "create_roster_preview",
    params(
        ("effective_on" = String, Query, description = "The day from which on it counts"),
        ("file_name" = Option<String>, Query, description = "The file's name")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 201, body = PreviewDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn create(
    State(service): State<StaffService>,
    caller: Caller,
    Query(params): Query<CreateParams>,
    request: Request,
) -> Result<Response, Problem> {
    let effective_on = day("effective_on", &params.effective_on)?;
    let name: String = params.file_name.chars().filter(|c| !c.is_control()).take(FILE_NAME).collect();
    let bytes = body_bytes(request.into_body()).await?;
    let made_at = service.now().to_string();
    let (id, summary) =
        service.preview(&caller, bytes.to_vec(), name.clone(), effective_on).await.map_err(problem)?;
    let document = PreviewDocument { id: id.to_string(), file_name: name, made_at, summary };
    Ok((StatusCode::CREATED, Private(document)).into_response())
}

/// Files that wait to be confirmed.
#[utoipa::path(get, tag = "roster", path = "/api/roster/previews", operation_id = "list_roster_previews",
    responses(
        (status = 200, body = PreviewsDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(State(service): State<StaffService>) -> Result<Response, Problem> {
    let mut tx = service.db().read().await?;
    let rows = store::previews(&mut tx).await?;
    let previews = rows
        .into_iter()
        .map(|row| {
            let summary: Summary =
                serde_json::from_str(&row.summary).map_err(|error| Problem::internal(&error))?;
            Ok(PreviewItem {
                id: row.id.to_string(),
                file_name: row.file_name,
                effective_on: row.effective_on,
                made_at: row.made_at.to_string(),
                counts: summary.counts,
            })
        })
        .collect::<Result<_, Problem>>()?;
    Ok(Private(PreviewsDocument { previews }).into_response())
}

/// What a file would change, as it was when it was brought.
#[utoipa::path(get, tag = "roster", path = "/api/roster/previews/{preview}", operation_id = "get_roster_preview",
    params(("preview" = String, Path, description = "The preview")),
    responses(
        (status = 200, body = PreviewDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(service): State<StaffService>,
    caller: Caller,
    Path(preview): Path<String>,
) -> Result<Response, Problem> {
    let id: PreviewId = preview.parse().map_err(|_| absent())?;
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::PreviewRoster).on("roster_preview", id);
    let found = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let Some(preview) = store::preview(tx, id).await? else { return Ok(None) };
                let summary: Summary = serde_json::from_str(&preview.summary)
                    .map_err(|error| DbError::Corrupt(error.to_string()))?;
                recorder.record(tx, entry.about_staff(shown(&summary))).await?;
                Ok::<_, DbError>(Some((preview, summary)))
            })
        })
        .await?;
    let (preview, summary) = found.ok_or_else(absent)?;
    Ok(Private(PreviewDocument {
        id: preview.id.to_string(),
        file_name: preview.file_name,
        made_at: preview.made_at.to_string(),
        summary,
    })
    .into_response())
}

/// Forgets a file. Nothing is changed.
#[utoipa::path(delete, tag = "roster", path = "/api/roster/previews/{preview}",
    operation_id = "delete_roster_preview",
    params(("preview" = String, Path, description = "The preview")),
    responses(
        (status = 204, description = "Forgotten"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn remove(
    State(service): State<StaffService>,
    caller: Caller,
    Path(preview): Path<String>,
) -> Result<StatusCode, Problem> {
    let id: PreviewId = preview.parse().map_err(|_| absent())?;
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::PreviewRoster)
        .on("roster_preview", id)
        .with(json!({ "removed": true }));
    let was_there = service
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let was_there = store::delete_preview(tx, id).await?;
                if was_there {
                    recorder.record(tx, entry).await?;
                }
                Ok::<_, DbError>(was_there)
            })
        })
        .await?;
    if was_there { Ok(StatusCode::NO_CONTENT) } else { Err(absent()) }
}

/// Does what a preview showed. Answers 409 when anything has changed since.
#[utoipa::path(post, tag = "roster", path = "/api/roster/previews/{preview}/confirm",
    operation_id = "confirm_roster_preview", request_body = ConfirmPreview,
    params(("preview" = String, Path, description = "The preview")),
    responses(
        (status = 200, body = ConfirmedDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn confirm(
    State(service): State<StaffService>,
    caller: Caller,
    Path(preview): Path<String>,
    JsonBody(body): JsonBody<ConfirmPreview>,
) -> Result<Response, Problem> {
    let id: PreviewId = preview.parse().map_err(|_| absent())?;
    let consent = Consent { refused_rows: body.accept_refused, leavers: body.accept_leavers };
    let done = service.confirm(&caller, id, consent).await.map_err(problem)?;
    let change = done.change.map(|change| change.to_string());
    Ok(Private(ConfirmedDocument { change, counts: done.counts }).into_response())
}
