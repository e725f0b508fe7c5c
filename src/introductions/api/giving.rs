//! Who consents, sheets that are made of it, and links that are revoked.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::extract::{Path, State};
use http::{HeaderMap, StatusCode};
use qrcode::{QrCode, render::svg};
use serde_json::json;

use crate::{
    audit::{self, Entry, Person},
    auth::{Caller, Token, absent},
    clock::Date,
    councils::model::{Council, CouncilId, ResidencyId},
    http::{JsonBody, Message, Private, Problem, ProblemDocument, said},
    introductions::{
        model::{Shared, SheetId},
        service::{self, Ledger, Made, Wanted},
    },
    staff::{self, StaffId, store::Called},
};

use super::{
    documents::{IntroducedPerson, texts},
    giving_documents::{
        IntroductionCouncil, IntroductionList, IntroductionOnSheet, IntroductionResident,
        IntroductionSheetBody, IntroductionSheetDocument, IntroductionSheetItem,
    },
    shared::IntroductionsService,
};

/// The longest name of whom a sheet is for, in characters.
const LONGEST_RECIPIENT: usize = 100;
/// Who fits on one sheet.
const MOST: usize = 200;

/// Who consents to be introduced to which council, and the sheets that were made. Each reading is in the audit log.
#[utoipa::path(get, tag = "housing", path = "/api/housing/introductions", operation_id = "list_introductions",
    responses(
        (status = 200, body = IntroductionList),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn list(
    State(service): State<IntroductionsService>,
    caller: Caller,
) -> Result<Private<IntroductionList>, Problem> {
    let (vault, today, recorder) = (service.vault()?, service.today(), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::ReadIntroductions);
    let (ledger, called) = service
        .write(move |tx| {
            Box::pin(async move {
                let ledger = service::ledger(tx, &vault, today).await?;
                let on_sheets = ledger.sheets.iter().flat_map(|(_, people)| people);
                let seen: BTreeSet<ResidencyId> =
                    ledger.consents.keys().copied().chain(on_sheets.map(|one| one.residency)).collect();
                let people: BTreeSet<StaffId> = seen
                    .iter()
                    .filter_map(|id| Some(ledger.register.residencies.get(id)?.facts.staff))
                    .collect();
                let people: Vec<StaffId> = people.into_iter().collect();
                let called = staff::store::called(tx, &people, today).await?;
                recorder.record(tx, entry.about(seen.into_iter().map(|id| Person::Pseudonym(id.0)))).await?;
                Ok((ledger, called))
            })
        })
        .await?;
    Ok(Private(document(&service, &ledger, &called, today)))
}

fn document(
    service: &IntroductionsService,
    ledger: &Ledger,
    called: &HashMap<StaffId, Called>,
    today: Date,
) -> IntroductionList {
    let register = &ledger.register;
    let name = |id: ResidencyId| {
        called.get(&register.residencies.get(&id)?.facts.staff).and_then(|called| called.name.clone())
    };
    let mut homes: BTreeMap<CouncilId, usize> = BTreeMap::new();
    for home in register.residencies.values().filter(|one| one.facts.span.holds(today)) {
        let decided = register.assignments.on(home.id, today).and_then(|decision| decision.council);
        if let Some(council) = decided {
            *homes.entry(council).or_default() += 1;
        }
    }
    let resident = |(id, consent): (&ResidencyId, &crate::introductions::model::Consent)| {
        let unit = register.units.get(&register.residencies.get(id)?.unit)?;
        Some(IntroductionResident {
            residency_id: *id,
            staff_name: name(*id),
            housing_name: register.housing.get(&unit.housing)?.facts.name.clone(),
            unit_name: unit.facts.name.clone(),
            consented_at: consent.at,
            fields: consent.shared.fields().collect(),
            last_given_at: ledger.last_given(*id),
        })
    };
    let council = |council: Council| {
        let homes = *homes.get(&council.id)?;
        let theirs = ledger.consents.iter().filter(|(_, consent)| consent.council == council.id);
        let mut residents: Vec<IntroductionResident> = theirs.filter_map(resident).collect();
        residents.sort_by(|a, b| {
            (&a.housing_name, &a.unit_name, a.residency_id).cmp(&(
                &b.housing_name,
                &b.unit_name,
                b.residency_id,
            ))
        });
        Some(IntroductionCouncil { id: council.id, name: council.name, homes, residents })
    };
    let mut councils: Vec<IntroductionCouncil> =
        service.councils().into_values().filter_map(council).collect();
    councils.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let now = service.now();
    let sheets = ledger.sheets.iter().map(|(sheet, people)| {
        let on_sheet = |one: &service::OnSheet| IntroductionOnSheet {
            staff_name: name(one.residency),
            fields: one.given.as_ref().map(|given| given.fields().collect()).unwrap_or_default(),
            withdrawn: ledger
                .consents
                .get(&one.residency)
                .is_none_or(|consent| consent.council != sheet.facts.council),
        };
        IntroductionSheetItem {
            id: sheet.id,
            made_at: sheet.made_at,
            council_name: sheet.facts.council_name.clone(),
            recipient: sheet.facts.recipient.clone(),
            how: sheet.how(),
            state: sheet.standing(now),
            expires_at: sheet.link.map(|link| link.expires_at),
            opened_at: sheet.link.and_then(|link| link.opened_at),
            residents: people.iter().map(on_sheet).collect(),
        }
    });
    IntroductionList { councils, sheets: sheets.collect() }
}

fn wanted(body: IntroductionSheetBody, caller: &Caller) -> Result<Wanted, Problem> {
    let chosen: BTreeSet<ResidencyId> = body.residents.iter().copied().collect();
    if chosen.is_empty() || chosen.len() != body.residents.len() || chosen.len() > MOST {
        let message = Message::new(
            format!("紹介する人を1人から{MOST}人まで、重ならないように選んでください。"),
            format!("Please choose 1 to {MOST} people, each once."),
        );
        return Err(Problem::impossible("residents", message));
    }
    Ok(Wanted {
        id: body.id,
        council: body.council_id,
        recipient: said(&body.recipient, "recipient", LONGEST_RECIPIENT, true)?,
        residents: body.residents,
        how: body.how,
        by: caller.principal.account,
    })
}

/// Makes a sheet of those who consent: on paper it is given by this answer, by a link once that is opened. The id is drawn by whoever
/// asks: what is sent twice is made once, and a link that nobody has opened is then made anew.
#[utoipa::path(post, tag = "housing", path = "/api/housing/introductions/sheets", operation_id = "make_introduction_sheet",
    request_body = IntroductionSheetBody,
    responses(
        (status = 200, body = IntroductionSheetDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn make(
    State(service): State<IntroductionsService>,
    caller: Caller,
    headers: HeaderMap,
    JsonBody(body): JsonBody<IntroductionSheetBody>,
) -> Result<Private<IntroductionSheetDocument>, Problem> {
    let (vault, recorder, councils) = (service.vault()?, service.recorder.clone(), service.councils());
    let (now, today, wanted) = (service.now(), service.today(), wanted(body, &caller)?);
    let entry = Entry::by(&caller, audit::Action::GiveIntroduction)
        .on("introduction_sheet", wanted.id)
        .about(wanted.residents.iter().map(|id| Person::Pseudonym(id.0)))
        .with(json!({ "how": wanted.how, "people": wanted.residents.len() }));
    let made = service
        .write(move |tx| {
            Box::pin(async move {
                let made = service::make(tx, &vault, &councils, &wanted, (now, today)).await?;
                recorder.record(tx, entry).await?;
                Ok(made)
            })
        })
        .await?;
    let base = service.site.base_url(&headers, caller.peer.secure);
    Ok(Private(made_document(made, &base)?))
}

fn made_document(made: Made, base: &str) -> Result<IntroductionSheetDocument, Problem> {
    let Made { sheet, token, mut people } = made;
    people.sort_by(Shared::by_home);
    // The token stands behind `#`: it is sent to no server and stands in no log.
    let url = token.as_ref().map(|token: &Token| format!("{base}/introduction#{}", token.reveal()));
    let code = url.as_ref().map(|url| QrCode::new(url.as_bytes())).transpose();
    let code = code.map_err(|error| Problem::internal(&error))?;
    Ok(IntroductionSheetDocument {
        id: sheet.id,
        made_at: sheet.made_at,
        how: sheet.how(),
        expires_at: sheet.link.map(|link| link.expires_at),
        council_name: sheet.facts.council_name,
        recipient: sheet.facts.recipient,
        people: people.iter().map(|shared| IntroducedPerson { fields: texts(shared) }).collect(),
        url,
        qr_svg: code.map(|code| code.render::<svg::Color<'_>>().min_dimensions(200, 200).build()),
    })
}

/// Revokes a link that nobody has opened.
#[utoipa::path(post, tag = "housing", path = "/api/housing/introductions/sheets/{sheet}/revocation",
    operation_id = "revoke_introduction_link",
    params(("sheet" = String, Path, format = "uuid", description = "The sheet")),
    responses(
        (status = 204, description = "Revoked"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn revoke(
    State(service): State<IntroductionsService>,
    caller: Caller,
    Path(sheet): Path<String>,
) -> Result<StatusCode, Problem> {
    let id: SheetId = sheet.parse().map_err(|_| absent())?;
    let (now, recorder) = (service.now(), service.recorder.clone());
    let entry = Entry::by(&caller, audit::Action::GiveIntroduction)
        .on("introduction_sheet", id)
        .with(json!({ "step": "revoke" }));
    service
        .write(move |tx| {
            Box::pin(async move {
                service::revoke(tx, id, now).await?;
                recorder.record(tx, entry).await?;
                Ok(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
