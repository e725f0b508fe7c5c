//! The yearly archive: a signed file, and the same on paper.

use std::time::Duration;

use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, absent},
    clock::Date,
    http::{
        Download, FileName, JsonBody, Message, Private, Problem, ProblemDocument, ProblemKind, body_bytes,
        is_json,
    },
    training::{
        archive::{ArchivedMunicipality, BadArchive, PublicKey, report, sign, verify},
        service::archiving::{self, Wanted},
    },
    visits::model::{FiscalYear, NoFiscalYear},
};

use super::{
    documents::{ArchiveDocument, NewArchive},
    shared::TrainingService,
};

/// The largest archive that is printed, in bytes: with the names of 60,000 people.
pub(super) const LIMIT: usize = 64 * 1024 * 1024;

/// Makes the archive of a fiscal year, signed, as of its last day, or as of today while it lasts. The making is in the audit log with the
/// file's digest; with people, so is that their names were read. Nothing of it is kept here.
#[utoipa::path(post, tag = "training", path = "/api/training/archives", operation_id = "make_archive",
    request_body = NewArchive,
    responses(
        (status = 201, body = ArchiveDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn make(
    State(service): State<TrainingService>,
    caller: Caller,
    JsonBody(body): JsonBody<NewArchive>,
) -> Result<(StatusCode, Private<ArchiveDocument>), Problem> {
    let wanted = wanted(&service, body)?;
    let key = service.archives.key.clone().ok_or_else(no_key)?;
    brought_up_to_date(&service, wanted.today).await?;
    let (year, as_of, provisional) = (wanted.year, wanted.as_of(), wanted.is_provisional());
    let counted = {
        let wanted = wanted.clone();
        service.training.books.with(year, move |book| archiving::count(book, &wanted)).await?
    };
    if counted.is_empty() {
        return Err(absent());
    }
    if !archiving::is_anybody_known(&counted) {
        return Err(forgotten());
    }
    let people = archiving::people(&counted);
    let (count, own) = (people.len(), caller.principal.staff);
    let entry = Entry::by(&caller, audit::Action::MakeArchive).on("fiscal_year", year.year());
    let entry = entry.about_staff(people.into_iter().filter(|staff| Some(*staff) != own));
    let recorder = service.recorder.clone();
    let signed = service
        .write(move |tx| {
            Box::pin(async move {
                let archive = archiving::archive(tx, wanted, counted).await?;
                let signed = sign(&archive, &key).map_err(|error| Problem::internal(&error))?;
                let detail = json!({
                    "as_of": as_of.to_string(), "provisional": provisional, "people": count,
                    "sha256": signed.digest, "key": signed.key.to_string(),
                });
                recorder.record(tx, entry.with(detail)).await?;
                Ok(signed)
            })
        })
        .await?;
    let document = ArchiveDocument {
        fiscal_year: year.year(),
        as_of: as_of.to_string(),
        provisional,
        people: body.people,
        file_name: format!("{}.json", name(year, provisional, &as_of.to_string()).full),
        report_name: format!("{}.pdf", name(year, provisional, &as_of.to_string()).full),
        sha256: signed.digest,
        key: signed.key.to_string(),
        fingerprint: signed.key.fingerprint(),
        file: signed.file,
    };
    Ok((StatusCode::CREATED, Private(document)))
}

/// Waits until obligations and walks are as today has them: what is half done is not archived. Another server may be at it.
async fn brought_up_to_date(service: &TrainingService, today: Date) -> Result<(), Problem> {
    const TRIES: u32 = 20;
    const PAUSE: Duration = Duration::from_millis(250);
    for _ in 0..TRIES {
        service.training.look().await?;
        if archiving::is_up_to_date(&mut service.read().await?, today).await? {
            return Ok(());
        }
        tokio::time::sleep(PAUSE).await;
    }
    let message = Message::new(
        "受講状況を更新しているところです。1分ほど待って、もう一度お試しください。",
        "Obligations and walks are being brought up to date. Please try again in a minute.",
    );
    Err(Problem::new(ProblemKind::Unavailable, message))
}

/// What files of an archive are called, without their endings.
fn name(year: FiscalYear, provisional: bool, as_of: &str) -> FileName {
    let (state, plain) = if provisional {
        (format!("(速報_{as_of}時点)"), format!("-as-of-{as_of}"))
    } else {
        Default::default()
    };
    FileName {
        ascii: format!("training-archive-{}{plain}", year.year()),
        full: format!("{}_悉皆研修の記録{state}", year.in_era()),
    }
}

fn wanted(service: &TrainingService, body: NewArchive) -> Result<Wanted, Problem> {
    let year = FiscalYear::new(body.fiscal_year).ok_or(NoFiscalYear)?;
    let today = service.today();
    if year.first() > today {
        let message = Message::new(
            "まだ始まっていない年度の記録は作れません。",
            "There is nothing to archive of a fiscal year that has not begun.",
        );
        return Err(Problem::impossible("fiscal_year", message));
    }
    let municipality = &service.archives.site.municipality;
    Ok(Wanted {
        municipality: ArchivedMunicipality {
            code: municipality.code.clone(),
            name: municipality.name.ja.to_owned(),
        },
        sample: service.archives.site.demo,
        year,
        today,
        now: service.now(),
        people: body.people,
    })
}

fn no_key() -> Problem {
    let message = Message::new(
        "このサーバーには、記録に署名する鍵が設定されていません。サーバーの担当者に、machiaruki archive key で鍵を作り、--archive-key で指定するよう伝えてください。",
        "This server has no key to sign archives with. Please ask those who run it to make one with machiaruki archive key, and to name it with --archive-key.",
    );
    Problem::new(ProblemKind::Unavailable, message)
}

fn forgotten() -> Problem {
    let message = Message::new(
        "この年度には対象者の記録がありません。保存期間が過ぎて消去されたか、対象者がいなかったためです。以前に作った記録のファイルを確かめてください。",
        "Nobody is known of this fiscal year: it was erased after its retention period, or was for nobody. Please look for an archive that was made before.",
    );
    Problem::new(ProblemKind::Conflict, message)
}

/// The report of an archive that this service signed, on paper (PDF, A4, in Japanese). The body is the archive's file, as it is.
#[utoipa::path(post, tag = "training", path = "/api/training/archives/report.pdf", operation_id = "print_archive",
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 200, body = String, content_type = "application/pdf"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn print(
    State(service): State<TrainingService>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    is_json(&headers)?;
    let file = body_bytes(request.into_body()).await?;
    let archives = service.archives.clone();
    let turn = archives.paper.clone().acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let made = tokio::task::spawn_blocking(move || {
        let known: Vec<PublicKey> = archives.key.iter().map(|key| key.public()).collect();
        let verified = verify(&file, &known).map_err(|error| refused(&error))?;
        if known.is_empty() {
            return Err(no_key());
        }
        let bytes = report::report(&verified, &archives.fonts)?;
        drop(turn);
        let archive = &verified.archive;
        Ok::<_, Problem>((bytes, name(archive.fiscal_year, archive.provisional, &archive.as_of.to_string())))
    });
    let (bytes, name) = made.await.map_err(|error| Problem::internal(&error))??;
    let name = FileName { ascii: format!("{}.pdf", name.ascii), full: format!("{}.pdf", name.full) };
    let mut response = Download { bytes, media_type: "application/pdf", name }.into_response();
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static("ja"));
    Ok(response)
}

fn refused(error: &BadArchive) -> Problem {
    let ja = match error {
        BadArchive::NotJson(_) => {
            let message = Message::new(
                "JSON として読み取れません。ファイルが壊れているか、別のファイルです。",
                "This cannot be read as JSON: the file is damaged, or something else.",
            );
            return Problem::new(ProblemKind::BadRequest, message);
        }
        BadArchive::NotArchive => "悉皆研修の記録のファイルではありません。",
        BadArchive::Changed => "作成した後に内容が変わっています。印刷できません。",
        BadArchive::Rewritten => {
            "内容は署名のとおりですが、書き直されたファイルです。作成したときのファイルを使ってください。"
        }
        BadArchive::OtherKey(_) => {
            "このサーバーの鍵で署名されていません。machiaruki archive report で印刷してください。"
        }
        BadArchive::Newer(_) => "新しい版の machiaruki で作られた記録です。その版で印刷してください。",
    };
    let en = match error {
        BadArchive::OtherKey(_) => {
            "It was not signed with this server's key. Please print it with machiaruki archive report."
                .to_owned()
        }
        other => format!("This archive cannot be printed: {other}."),
    };
    Problem::new(ProblemKind::Unprocessable, Message::new(ja, en))
}
