//! Signing up, waiting, being put forward and decided on.

use axum::extract::{Path, State};
use http::StatusCode;
use serde_json::json;

use crate::{
    audit::{self, Entry},
    auth::{Caller, Permission, absent},
    clock::Date,
    db::{DbError, Tx},
    http::{JsonBody, Message, Private, Problem, ProblemDocument},
    outings::{
        model::{OutingId, SignUpState},
        service::{self, Decision, Nomination, OutingError},
        store,
    },
    staff,
};

use super::{
    OutingsService,
    documents::{
        Decide, Decided, DecidedList, Enlist, Enlisted, EnlistedList, Mine, Nominate, NominationOutcome,
        NominationOutcomes, ParticipantItem, ParticipantList, TrainerItem,
    },
    outing_id, outings,
};

/// People that are named in one request.
const MOST: usize = 300;

/// Signs oneself up: with a place while there is one, else at the end of the waiting list. Again changes nothing.
#[utoipa::path(put, tag = "outings", path = "/api/outings/{outing}/sign-up", operation_id = "sign_up",
    params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 200, body = Mine),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn sign_up(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
) -> Result<Private<Mine>, Problem> {
    let (id, actor) = (outing_id(&outing)?, service.actor(&caller));
    let mine = service
        .write(move |tx| {
            Box::pin(async move {
                // Whoever is on no roster learns no more than that there is no such outing.
                if store::outing(tx, id).await?.is_none() {
                    return Err(OutingError::Absent);
                }
                let sign_up = service::sign_up(tx, &actor, id).await?;
                outings::mine(tx, Some(&sign_up)).await?.ok_or(OutingError::Absent)
            })
        })
        .await?;
    Ok(Private(mine))
}

/// Takes one's sign-up back; whoever has waited longest gets the place.
#[utoipa::path(delete, tag = "outings", path = "/api/outings/{outing}/sign-up", operation_id = "withdraw_sign_up",
    params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 204, description = "Taken back"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn withdraw(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
) -> Result<StatusCode, Problem> {
    let (id, actor) = (outing_id(&outing)?, service.actor(&caller));
    if actor.staff.is_none() {
        return Err(absent());
    }
    service.write(move |tx| Box::pin(async move { service::withdraw(tx, &actor, id).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who takes part, by name: for the outing's trainers everybody, for managers and coordinators those whom they put forward. Each
/// reading is in the audit log.
#[utoipa::path(get, tag = "outings", path = "/api/outings/{outing}/participants", operation_id = "list_participants",
    params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 200, body = ParticipantList),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn participants(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
) -> Result<Private<ParticipantList>, Problem> {
    let (id, actor) = (outing_id(&outing)?, service.actor(&caller));
    let roles = caller.principal.roles;
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::ReadParticipants).on("outing", id);
    let list = service
        .write(move |tx| {
            Box::pin(async move {
                if store::outing(tx, id).await?.is_none() {
                    return Err(OutingError::Absent);
                }
                let may = |permission: Permission| permission.scope(roles).is_some();
                let leads =
                    may(Permission::WriteParticipants) && service::is_trainer(tx, id, actor.staff).await?;
                if !leads && !may(Permission::NominateParticipants) {
                    return Err(OutingError::Absent);
                }
                let only = (!leads).then_some(actor.account);
                let found = store::participants(tx, id, only, actor.today).await?;
                let marks = store::last_marks(tx, id).await?;
                let (mut host_answers, mut trainers) = (None, None);
                if leads {
                    host_answers = Some(store::hosts(tx, id).await?.into_iter().map(Into::into).collect());
                    trainers = Some(trainer_items(tx, id, actor.today).await?);
                }
                let people = found.iter().map(|one| one.sign_up.staff);
                let people = people.chain(trainers.iter().flatten().map(|one| one.staff_id));
                let people: Vec<_> = people.filter(|one| Some(*one) != actor.staff).collect();
                recorder.record(tx, entry.about_staff(people)).await?;
                let participants = found
                    .into_iter()
                    .map(|one| {
                        // Whether somebody came is between them and the trainer.
                        let mark = marks.get(&one.sign_up.staff).filter(|_| leads);
                        ParticipantItem::new(one, mark.map(|mark| mark.present))
                    })
                    .collect();
                Ok(ParticipantList { participants, trainers, host_answers })
            })
        })
        .await?;
    Ok(Private(list))
}

async fn trainer_items(tx: &mut Tx, id: OutingId, today: Date) -> Result<Vec<TrainerItem>, DbError> {
    let mut items = Vec::new();
    for staff_id in store::trainers(tx, id).await? {
        let found = staff::store::person(tx, staff_id).await?;
        let name =
            found.as_ref().and_then(|person| person.on(today)).map(|spell| spell.spell.facts.name.clone());
        items.push(TrainerItem { staff_id, number: found.and_then(|person| person.number), name });
    }
    Ok(items)
}

fn little_enough(field: &str, count: usize) -> Result<(), Problem> {
    if count <= MOST {
        return Ok(());
    }
    let message =
        Message::new(format!("一度に{MOST}人までです。"), format!("At most {MOST} people at a time."));
    Err(Problem::impossible(field, message))
}

/// Puts people of one's department and below forward (所属推薦); a trainer decides.
#[utoipa::path(post, tag = "outings", path = "/api/outings/{outing}/nominations", operation_id = "nominate",
    request_body = Nominate, params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 200, body = NominationOutcomes),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn nominate(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
    JsonBody(body): JsonBody<Nominate>,
) -> Result<Private<NominationOutcomes>, Problem> {
    let (id, actor) = (outing_id(&outing)?, service.actor(&caller));
    little_enough("staff_ids", body.staff_ids.len())?;
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::ChangeParticipants).on("outing", id);
    let results = service
        .write(move |tx| {
            Box::pin(async move {
                let outcomes = service::nominate(tx, &actor, id, &body.staff_ids).await?;
                let results: Vec<NominationOutcome> = body
                    .staff_ids
                    .into_iter()
                    .zip(outcomes)
                    .map(|(staff_id, outcome)| NominationOutcome {
                        staff_id,
                        state: match outcome {
                            Nomination::Nominated => Some(SignUpState::Nominated),
                            Nomination::Known(state) => Some(state),
                            Nomination::Absent => None,
                        },
                    })
                    .collect();
                let people = results.iter().filter(|one| one.state.is_some()).map(|one| one.staff_id);
                let entry = entry.about_staff(people).with(json!({ "step": "nominate" }));
                recorder.record(tx, entry).await?;
                Ok(results)
            })
        })
        .await?;
    Ok(Private(NominationOutcomes { results }))
}

/// Decides who takes part (受講決定): in the order given, as long as there are places; the others wait. Everybody is told.
#[utoipa::path(post, tag = "outings", path = "/api/outings/{outing}/decisions", operation_id = "decide_participants",
    request_body = Decide, params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 200, body = DecidedList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn decide(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
    JsonBody(body): JsonBody<Decide>,
) -> Result<Private<DecidedList>, Problem> {
    let (id, actor) = (outing_id(&outing)?, service.actor(&caller));
    little_enough("accept", body.accept.len() + body.refuse.len())?;
    let refused = body.refuse.into_iter().map(|staff| Decision { staff, accept: false });
    let accepted = body.accept.into_iter().map(|staff| Decision { staff, accept: true });
    let decisions: Vec<Decision> = refused.chain(accepted).collect();
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::ChangeParticipants).on("outing", id);
    let results = service
        .write(move |tx| {
            Box::pin(async move {
                let sign_ups = service::decide(tx, &actor, id, &decisions).await?;
                let people = decisions.iter().map(|one| one.staff);
                recorder.record(tx, entry.about_staff(people).with(json!({ "step": "decide" }))).await?;
                Ok(sign_ups.into_iter().map(Into::into).collect::<Vec<Decided>>())
            })
        })
        .await?;
    Ok(Private(DecidedList { results }))
}

/// Puts people on the list by their staff numbers, such as those who signed a paper sheet. Before the start they are told.
#[utoipa::path(post, tag = "outings", path = "/api/outings/{outing}/participants", operation_id = "enlist_participants",
    request_body = Enlist, params(("outing" = String, Path, description = "The outing")),
    responses(
        (status = 200, body = EnlistedList),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn enlist(
    State(service): State<OutingsService>,
    caller: Caller,
    Path(outing): Path<String>,
    JsonBody(body): JsonBody<Enlist>,
) -> Result<Private<EnlistedList>, Problem> {
    let (id, actor) = (outing_id(&outing)?, service.actor(&caller));
    little_enough("numbers", body.numbers.len())?;
    let recorder = service.recorder.clone();
    let entry = Entry::by(&caller, audit::Action::ChangeParticipants).on("outing", id);
    let results = service
        .write(move |tx| {
            Box::pin(async move {
                let found = service::enlist(tx, &actor, id, &body.numbers).await?;
                let people = found.iter().flatten().map(|one| one.staff);
                recorder.record(tx, entry.about_staff(people).with(json!({ "step": "enlist" }))).await?;
                let all = body.numbers.into_iter().zip(found);
                Ok(all.map(|(number, one)| Enlisted { number, state: one.map(|one| one.state) }).collect())
            })
        })
        .await?;
    Ok(Private(EnlistedList { results }))
}
