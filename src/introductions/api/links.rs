//! The links of chairs, who have no account. What a link holds comes in a body, so that no log on the way has it; looking at it does not
//! open it, so that a preview of a message does not use it up.

use axum::extract::State;
use serde_json::json;
use sha2::Digest as _;

use crate::{
    audit::{self, Entry, Person},
    auth::{
        Limit, Token, absent,
        store::{attempts, note_failure},
    },
    clock::Timestamp,
    db::Tx,
    http::{JsonBody, Message, Peer, Private, Problem, ProblemDocument, ProblemKind, RequestId},
    introductions::{
        model::{Shared, Sheet, Standing},
        service::{self, IntroductionError, Opening},
    },
};

use super::{
    documents::{IntroducedPerson, IntroductionLink, IntroductionToken, texts},
    shared::IntroductionsService,
};

/// Under what the failures of an address are counted, apart from those of signing in.
fn key(peer: Peer) -> [u8; 32] {
    sha2::Sha256::digest(format!("introduction:{}", peer.address)).into()
}

/// Whether a try from there is heard.
async fn heard(tx: &mut Tx, peer: Peer, now: Timestamp) -> Result<(), Problem> {
    let known = attempts(tx, &key(peer)).await?;
    Limit::check(known, now).map_err(|blocked| {
        let wait = blocked.until.duration_since(now).as_secs().max(1).unsigned_abs();
        let minutes = wait.div_ceil(60);
        let message = Message::new(
            format!("使えないリンクが続けて開かれたため、約{minutes}分後まで受け付けません。時間をおいて、届いたリンクをもう一度開いてください。"),
            format!("Too many links that do not work were tried. Please open the link that you were sent again in about {minutes} minutes."),
        );
        Problem::new(ProblemKind::TooManyRequests, message).retry_after(std::time::Duration::from_secs(wait))
    })
}

/// Counts a link that nobody made.
async fn missed(tx: &mut Tx, peer: Peer, now: Timestamp) -> Result<(), IntroductionError> {
    let key = key(peer);
    let known = attempts(tx, &key).await?;
    note_failure(tx, &key, Limit::ADDRESS.after_failure(known, now)).await?;
    Ok(())
}

fn document(
    service: &IntroductionsService,
    sheet: Sheet,
    state: Standing,
    people: &[Shared],
) -> IntroductionLink {
    let contact = service.gate.settings().registrar_contact();
    let Sheet { made_at, link, facts, .. } = sheet;
    IntroductionLink {
        state,
        council_name: facts.council_name,
        recipient: facts.recipient,
        made_at,
        expires_at: link.map(|link| link.expires_at),
        opened_at: link.and_then(|link| link.opened_at),
        people: people.iter().map(|shared| IntroducedPerson { fields: texts(shared) }).collect(),
        contact: contact.ja,
        contact_en: contact.en,
    }
}

/// How a link stands. It does not open it.
#[utoipa::path(post, tag = "introductions", path = "/api/introductions/check", operation_id = "check_introduction",
    request_body = IntroductionToken,
    responses(
        (status = 200, body = IntroductionLink),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn check(
    State(service): State<IntroductionsService>,
    peer: Peer,
    JsonBody(body): JsonBody<IntroductionToken>,
) -> Result<Private<IntroductionLink>, Problem> {
    let (vault, now) = (service.vault()?, service.now());
    let mut tx = service.gate.db().read().await?;
    heard(&mut tx, peer, now).await?;
    let found = match Token::parse(body.token.trim()) {
        Some(token) => service::look(&mut tx, &vault, &token).await?,
        None => None,
    };
    drop(tx);
    let Some(sheet) = found else {
        service.write(move |tx| Box::pin(missed(tx, peer, now))).await?;
        return Err(absent());
    };
    let state = sheet.standing(now);
    Ok(Private(document(&service, sheet, state, &[])))
}

/// Opens a link, once: who is introduced is in this answer and in no other.
#[utoipa::path(post, tag = "introductions", path = "/api/introductions/open", operation_id = "open_introduction",
    request_body = IntroductionToken,
    responses(
        (status = 200, body = IntroductionLink),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn open(
    State(service): State<IntroductionsService>,
    peer: Peer,
    request: RequestId,
    JsonBody(body): JsonBody<IntroductionToken>,
) -> Result<Private<IntroductionLink>, Problem> {
    let (vault, now, today) = (service.vault()?, service.now(), service.today());
    heard(&mut service.gate.db().read().await?, peer, now).await?;
    let recorder = service.recorder.clone();
    let opening = service
        .write(move |tx| {
            Box::pin(async move {
                let opening = match Token::parse(body.token.trim()) {
                    Some(token) => service::open(tx, &vault, &token, (now, today)).await?,
                    None => Opening::Nothing,
                };
                match &opening {
                    Opening::Nothing => missed(tx, peer, now).await?,
                    Opening::Closed(..) => {}
                    Opening::Opened(sheet, people) => {
                        let entry = Entry::by_stranger(audit::Action::OpenIntroduction, request)
                            .on("introduction_sheet", sheet.id)
                            .about(people.iter().map(|(id, _)| Person::Pseudonym(id.0)))
                            .with(json!({ "people": people.len() }));
                        recorder.record(tx, entry).await?;
                    }
                }
                Ok(opening)
            })
        })
        .await?;
    match opening {
        Opening::Nothing => Err(absent()),
        Opening::Closed(sheet, state) => Ok(Private(document(&service, sheet, state, &[]))),
        Opening::Opened(sheet, people) => {
            let mut people: Vec<Shared> = people.into_iter().map(|(_, shared)| shared).collect();
            people.sort_by(Shared::by_home);
            Ok(Private(document(&service, sheet, Standing::Opened, &people)))
        }
    }
}
