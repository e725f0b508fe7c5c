//! A resident's own introduction.

use axum::extract::State;
use http::StatusCode;

use crate::{
    auth::{Caller, absent},
    http::{JsonBody, Message, Private, Problem, ProblemDocument},
    introductions::{
        model::{Consent, Field, Shared, Sheet, Unfit},
        service::{self, Mine, OwnSheet},
    },
};

use super::{
    documents::{
        IntroductionConsent, IntroductionCouncilName, MyConsent, MyIntroduction, MyIntroductionSheet,
        MyIntroductionState, SharedText, texts,
    },
    shared::{IntroductionsService, unfit},
};

/// One's own introduction: what one has consented to, and what was given to whom.
#[utoipa::path(get, tag = "me", path = "/api/me/introduction", operation_id = "my_introduction",
    responses(
        (status = 200, body = MyIntroduction),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn read(
    State(service): State<IntroductionsService>,
    caller: Caller,
) -> Result<Private<MyIntroduction>, Problem> {
    let mine = match (caller.principal.staff, &service.vault) {
        (Some(staff), Some(vault)) => {
            let mut tx = service.gate.db().read().await?;
            service::mine(&mut tx, vault, &service.councils(), staff, service.today()).await?
        }
        // Where there is no register, or whoever asks is on no roster, nobody lives in it.
        _ => Mine::default(),
    };
    Ok(Private(document(&service, mine)))
}

fn document(service: &IntroductionsService, mine: Mine) -> MyIntroduction {
    let now = service.now();
    let state = match (&mine.home, &mine.council) {
        (None, _) => MyIntroductionState::NoHome,
        (Some(_), None) => MyIntroductionState::Waiting,
        (Some(_), Some(_)) => MyIntroductionState::Possible,
    };
    let home = mine.home.map(|home| (home.housing.facts.name, home.unit.facts.name));
    let (housing, unit) = home.unzip();
    let known = [
        (Field::Name, mine.known.name),
        (Field::Reading, mine.known.reading),
        (Field::Housing, housing),
        (Field::Unit, unit),
        (Field::Email, mine.known.email),
    ];
    let known = known.into_iter().filter_map(|(field, text)| Some(SharedText { field, text: text? }));
    let given = |OwnSheet { sheet, given }: OwnSheet| {
        let (how, state) = (sheet.how(), sheet.standing(now));
        let Sheet { made_at, link, facts, .. } = sheet;
        MyIntroductionSheet {
            made_at,
            council_name: facts.council_name,
            recipient: facts.recipient,
            how,
            state,
            expires_at: link.map(|link| link.expires_at),
            opened_at: link.and_then(|link| link.opened_at),
            fields: given.as_ref().map(texts).unwrap_or_default(),
        }
    };
    MyIntroduction {
        state,
        council: mine.council.map(|one| IntroductionCouncilName { id: one.id, name: one.name }),
        known: known.collect(),
        consent: mine.consent.map(|one| MyConsent { at: one.at, fields: texts(&one.shared) }),
        given: mine.sheets.into_iter().map(given).collect(),
    }
}

/// What is shared, with the address of what is wrong about it.
fn shared(fields: Vec<SharedText>) -> Result<Shared, Problem> {
    let order: Vec<Field> = fields.iter().map(|one| one.field).collect();
    Shared::new(fields.into_iter().map(|one| (one.field, one.text))).map_err(|wrong: Unfit| {
        let Some(field) = wrong.field else {
            let message =
                Message::new("共有する項目を1つ以上選んでください。", "Please choose something to share.");
            return Problem::impossible("fields", message);
        };
        let index = order.iter().rposition(|one| *one == field).unwrap_or_default();
        Problem::impossible(&format!("fields[{index}].text"), unfit(wrong))
    })
}

/// Consents to be introduced to one's council: exactly these words may be given to it, until one withdraws, another council is decided, or
/// one moves out.
#[utoipa::path(put, tag = "me", path = "/api/me/introduction", operation_id = "consent_to_introduction",
    request_body = IntroductionConsent,
    responses(
        (status = 204, description = "Kept"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn consent(
    State(service): State<IntroductionsService>,
    caller: Caller,
    JsonBody(body): JsonBody<IntroductionConsent>,
) -> Result<StatusCode, Problem> {
    let (vault, staff) = (service.vault()?, caller.principal.staff.ok_or_else(absent)?);
    let (councils, today) = (service.councils(), service.today());
    let consent = Consent { council: body.council_id, shared: shared(body.fields)?, at: service.now() };
    service
        .write(move |tx| {
            Box::pin(async move { service::consent(tx, &vault, &councils, staff, consent, today).await })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Withdraws: nothing is given from now on, and one is taken out of every link that was not opened. What was given before stays on record.
#[utoipa::path(delete, tag = "me", path = "/api/me/introduction", operation_id = "withdraw_introduction",
    responses(
        (status = 204, description = "Withdrawn, or there was nothing"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn withdraw(
    State(service): State<IntroductionsService>,
    caller: Caller,
) -> Result<StatusCode, Problem> {
    let (vault, staff) = (service.vault()?, caller.principal.staff.ok_or_else(absent)?);
    service.write(move |tx| Box::pin(async move { service::withdraw(tx, &vault, staff).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}
