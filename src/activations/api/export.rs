//! The roll-call as a file: Excel and CSV.

use std::fmt::Write as _;

use axum::extract::{Path, Query, State};
use http::HeaderMap;
use serde::Deserialize;

use crate::{
    activations::{
        model::{Activation, Answer, By, Given, Kind, Roll, Row},
        service::People,
    },
    auth::Caller,
    clock::{Date, Timestamp, tokyo_date},
    http::{Download, FileName, Language, Message, Problem, ProblemDocument},
    notify::State as Delivered,
    table::{Cell, Table, TableFormat, Unwritable, write},
};

use super::{
    activations::opened,
    shared::{ActivationsService, activation_id},
};

/// Which file is asked for.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ExportParams {
    format: Option<String>,
}

/// The roll-call as a file of everybody who is on it. Each reading is in the audit log.
#[utoipa::path(get, tag = "activations", path = "/api/activations/{activation}/export", operation_id = "export_activation",
    params(("activation" = String, Path, format = "uuid", description = "The activation"),
        ("format" = Option<String>, Query, description = "xlsx, csv (UTF-8) or csv_cp932; xlsx when it is left out")),
    responses(
        (status = 200, description = "The file"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn export(
    State(service): State<ActivationsService>,
    caller: Caller,
    Path(activation): Path<String>,
    Query(params): Query<ExportParams>,
    headers: HeaderMap,
) -> Result<Download, Problem> {
    let id = activation_id(&activation)?;
    let format: TableFormat = params.format.as_deref().unwrap_or("xlsx").parse().map_err(|_| {
        let message = Message::new(
            "書き出せる形式は xlsx、csv、csv_cp932 です。",
            "Lists are exported as xlsx, csv or csv_cp932.",
        );
        Problem::impossible("format", message)
    })?;
    let language = Language::of(&headers);
    let (activation, roll, people) = opened(&service, &caller, id, format.as_str()).await?;
    let name = named(&activation, format);
    let table = table(&activation, &roll, &people, service.today(), language);
    let written = tokio::task::spawn_blocking(move || write(&table, format)).await;
    let bytes = written.map_err(|error| Problem::internal(&error))?.map_err(|error| match error {
        Unwritable::Lacking(lacking) => {
            let message = Message::new(
                format!("CP932(Shift_JIS)にない文字があるため、この形式では書き出せません: {lacking}。Excel か CSV(UTF-8)で書き出してください。"),
                format!("CP932 (Shift_JIS) lacks some characters, so this format cannot be written: {lacking}. Please export as Excel or CSV (UTF-8)."),
            );
            Problem::impossible("format", message)
        }
        Unwritable::Workbook(_) => Problem::internal(&error),
    })?;
    Ok(Download { bytes, media_type: format.media_type(), name })
}

/// What the file is called. A drill says so.
fn named(activation: &Activation, format: TableFormat) -> FileName {
    let (full, ascii) = match activation.facts.announcement.kind {
        Kind::Drill => ("【訓練】安否・参集状況", "drill-roll-call"),
        Kind::Real => ("安否・参集状況", "roll-call"),
    };
    let (day, extension) = (tokyo_date(activation.facts.declared_at), format.extension());
    let coding = if format == TableFormat::CsvCp932 { "_CP932" } else { "" };
    FileName {
        ascii: format!("{ascii}-{day}{}.{extension}", coding.to_lowercase().replace('_', "-")),
        full: format!("{full}_{day}{coding}.{extension}"),
    }
}

/// A word in Japanese and English.
type Word = (&'static str, &'static str);

const HEADINGS: [Word; 18] = [
    ("種別", "Kind"),
    ("発令", "Activation"),
    ("発令日時", "Declared at"),
    ("住宅", "Building"),
    ("住戸", "Unit"),
    ("職員番号", "Staff number"),
    ("氏名", "Name"),
    ("所属", "Department"),
    ("担当協議会", "Council"),
    ("参集先", "Gathers at"),
    ("アプリ", "In the app"),
    ("メール", "By mail"),
    ("回答", "Answer"),
    ("回答日時", "Answered at"),
    ("受信日時", "Received at"),
    ("回答者", "Answered by"),
    ("備考", "Note"),
    ("回答の履歴", "All answers"),
];

const fn kind(kind: Kind) -> Word {
    match kind {
        Kind::Drill => ("訓練", "Drill (訓練)"),
        Kind::Real => ("実動", "Real"),
    }
}

const fn answer(answer: Answer) -> Word {
    match answer {
        Answer::Safe => ("無事", "Safe"),
        Answer::OnTheWay => ("参集中", "On the way"),
        Answer::Arrived => ("参集済", "Arrived"),
        Answer::Unable => ("参集不能", "Unable to come"),
    }
}

const fn by(by: By) -> Word {
    match by {
        By::Resident => ("本人", "The resident"),
        By::Registrar => ("住宅担当(電話)", "The registrar, by phone"),
    }
}

const fn delivered(state: Delivered) -> Word {
    match state {
        Delivered::Queued | Delivered::Claimed => ("送信待ち", "Waiting"),
        Delivered::Failed => ("再送待ち", "To be tried again"),
        Delivered::Sent => ("送信済", "Sent"),
        Delivered::GivenUp => ("送信できず", "Given up"),
        Delivered::Withheld => ("送信先なし", "No address"),
    }
}

/// A moment as people in Tokyo write it, to the second.
fn moment(at: Timestamp) -> String {
    jiff::tz::offset(9).to_datetime(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// An answer, as the history says it.
fn said(given: &Given, language: Language) -> String {
    let (facts, pick) = (&given.facts, |word: Word| language.pick(word.0, word.1));
    let mut line =
        format!("{} {} ({})", moment(facts.answered_at), pick(answer(facts.answer)), pick(by(facts.by)));
    if let Some(said) = facts.said_at {
        // Writing into memory cannot fail.
        let phone = language.pick("端末の時計では", "by the phone's clock");
        let _ = write!(line, " [{phone} {}]", moment(said));
    }
    if !facts.note.is_empty() {
        let _ = write!(line, " {}", facts.note);
    }
    line
}

/// The roll-call, by building and unit. Each row says what it is of, so that drills are never taken for the real thing.
fn table(
    activation: &Activation,
    roll: &Roll,
    people: &People,
    today: Date,
    language: Language,
) -> Table<18> {
    let pick = |word: Word| language.pick(word.0, word.1);
    let announcement = &activation.facts.announcement;
    let mut rows: Vec<&Row> = roll.rows().collect();
    rows.sort_by_key(|row| (&row.facts.housing_name, &row.facts.unit_name, row.residency));
    let row = |row: &Row| {
        let (facts, called) = (&row.facts, people.called(row.facts.staff));
        let latest = row.latest().map(|given| &given.facts);
        let told = |told: Option<(Delivered, Timestamp)>| {
            Cell::maybe_text(told.map(|(state, _)| pick(delivered(state))))
        };
        let history: Vec<String> = row.answers().iter().map(|given| said(given, language)).collect();
        [
            Cell::text(pick(kind(announcement.kind))),
            Cell::text(&announcement.marked()),
            Cell::text(&moment(activation.facts.declared_at)),
            Cell::text(&facts.housing_name),
            Cell::text(&facts.unit_name),
            Cell::maybe_text(called.number.as_deref()),
            Cell::maybe_text(called.name.as_deref()),
            Cell::maybe_text(people.department(facts.staff)),
            Cell::maybe_text(facts.council_name.as_deref()),
            Cell::maybe_text(facts.muster.as_ref().map(|muster| &*muster.name)),
            told(facts.told.app),
            told(facts.told.mail),
            Cell::text(latest.map_or(language.pick("未回答", "None"), |latest| pick(answer(latest.answer)))),
            Cell::maybe_text(latest.map(|latest| moment(latest.answered_at)).as_deref()),
            Cell::maybe_text(latest.map(|latest| moment(latest.received_at)).as_deref()),
            Cell::maybe_text(latest.map(|latest| pick(by(latest.by)))),
            Cell::maybe_text(latest.map(|latest| &*latest.note)),
            Cell::text(&history.join("\n")),
        ]
    };
    Table {
        sheet: language.pick("安否・参集状況", "Roll-call"),
        made_on: today,
        headings: HEADINGS.map(pick),
        rows: rows.into_iter().map(row).collect(),
    }
}
