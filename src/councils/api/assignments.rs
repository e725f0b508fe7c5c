//! What waits for the registrar, what is suggested, and deciding it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::extract::{Path, State};
use serde_json::json;

use crate::{
    audit::{self, Entry, Person},
    auth::{Caller, absent},
    catalogue::LayerId,
    clock::Date,
    councils::{
        model::{
            Candidate, Council, CouncilId, Doubt, Links, Reason, Residency, ResidencyId, Suggestion,
            tasks as waiting,
        },
        notices,
        service::{self, Choice, Register, RegisterError, councils, suggestions},
        store,
    },
    http::{JsonBody, Message, Private, Problem, ProblemDocument, said},
    introductions,
    layers::PlaceId,
    network::time::convention_s,
    notify,
    routes::surroundings::Surroundings,
    staff::{StaffId, store::Called},
};

use super::{
    assignment_documents::{
        AssignmentLine, AssignmentLineProperties, AssignmentLines, CandidateItem, CouncilChoice,
        DecideAssignments, DecidedCount, DoubtItem, ReasonItem, SuggestionDocument, TaskItem, TaskList,
    },
    housing::assignment_item,
    shared::{CouncilsService, LONGEST_TEXT, residency_id},
};

/// Decisions in one request.
const MOST: usize = 500;

/// The register with all that is needed to suggest something.
struct Known {
    register: Register,
    links: Links,
    called: HashMap<StaffId, Called>,
}

/// Reads it all and records who was looked at: those whom `whom` picks.
async fn known(
    service: &CouncilsService,
    entry: Entry,
    whom: impl Fn(&Register) -> Vec<ResidencyId> + Send + 'static,
) -> Result<Known, Problem> {
    let (vault, today, recorder) = (service.vault()?, service.today(), service.recorder.clone());
    service
        .write(move |tx| {
            Box::pin(async move {
                let register = Register::read(tx, &vault).await?;
                let links = store::links(tx).await?;
                let seen = whom(&register);
                let people: BTreeSet<StaffId> =
                    seen.iter().filter_map(|id| Some(register.residencies.get(id)?.facts.staff)).collect();
                let people: Vec<StaffId> = people.into_iter().collect();
                let called = crate::staff::store::called(tx, &people, today).await?;
                recorder.record(tx, entry.about(seen.into_iter().map(|id| Person::Pseudonym(id.0)))).await?;
                Ok(Known { register, links, called })
            })
        })
        .await
}

/// What waits for the registrar, with what is suggested. Each reading is in the audit log.
#[utoipa::path(get, tag = "housing", path = "/api/housing/tasks", operation_id = "list_register_tasks",
    responses(
        (status = 200, body = TaskList),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn tasks(
    State(service): State<CouncilsService>,
    caller: Caller,
) -> Result<Private<TaskList>, Problem> {
    let today = service.today();
    let councils = councils(&service.layers);
    let standing: BTreeSet<CouncilId> = councils.iter().map(|council| council.id).collect();
    let entry = Entry::by(&caller, audit::Action::ReadRegister).with(json!({ "what": "tasks" }));
    let seen = standing.clone();
    let known = known(&service, entry, move |register| {
        let found = waiting(register.residencies.values(), &register.assignments, &seen, today);
        found.into_iter().map(|task| task.residency).collect()
    })
    .await?;
    let work = move || {
        let Known { register, links, called } = known;
        let found = waiting(register.residencies.values(), &register.assignments, &standing, today);
        let homes = found.iter().filter_map(|task| register.residencies.get(&task.residency));
        let homes = homes.filter(|residency| !residency.facts.span.is_over(today));
        let network = service.graph();
        let around = (&service.layers, &network.graph);
        let mut suggested = suggestions(&register, homes, around, (&councils, &links), today);
        let words = Words::new(&service, &councils, &links);
        let by_id: HashMap<CouncilId, Council> = councils.iter().map(|one| (one.id, one.clone())).collect();
        let item = |task: &crate::councils::model::Task| {
            let residency = register.residencies.get(&task.residency)?;
            let unit = register.units.get(&residency.unit)?;
            let housing = register.housing.get(&unit.housing)?;
            let called = called.get(&residency.facts.staff).cloned().unwrap_or_default();
            Some(TaskItem {
                kind: task.kind.into(),
                since: task.since,
                residency_id: residency.id,
                version: residency.version,
                housing_id: housing.id,
                housing_name: housing.facts.name.clone(),
                unit_name: unit.facts.name.clone(),
                staff_id: residency.facts.staff,
                staff_number: called.number,
                staff_name: called.name,
                from: residency.facts.span.from(),
                until: residency.facts.span.until(),
                note: residency.facts.note.clone(),
                assignment: assignment_item(&register, residency, &by_id, today),
                suggestion: suggested.remove(&residency.id).map(|suggestion| words.suggestion(suggestion)),
            })
        };
        let tasks = found.iter().filter_map(item).collect();
        TaskList { tasks, councils: choices(&councils) }
    };
    let list = tokio::task::spawn_blocking(work).await.map_err(|_| crate::db::DbError::JobPanicked)?;
    Ok(Private(list))
}

pub(super) fn choices(councils: &[Council]) -> Vec<CouncilChoice> {
    let choice = |council: &Council| CouncilChoice {
        id: council.id,
        name: council.name.clone(),
        meeting_place: council.meeting_place,
    };
    let mut choices: Vec<CouncilChoice> = councils.iter().map(choice).collect();
    choices.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    choices
}

/// Names of what suggestions speak of.
struct Words<'a> {
    councils: BTreeMap<CouncilId, &'a str>,
    links: &'a Links,
    districts: HashMap<PlaceId, String>,
}

impl<'a> Words<'a> {
    fn new(service: &CouncilsService, councils: &'a [Council], links: &'a Links) -> Self {
        let places = Surroundings::new(service.layers.clone()).places(LayerId::SchoolDistricts);
        Self {
            councils: councils.iter().map(|council| (council.id, &*council.name)).collect(),
            links,
            districts: places.into_iter().map(|place| (place.id, place.name)).collect(),
        }
    }

    fn suggestion(&self, suggestion: Suggestion) -> SuggestionDocument {
        SuggestionDocument {
            council_id: suggestion.council,
            candidates: suggestion.candidates.into_iter().map(|one| self.candidate(one)).collect(),
            doubts: suggestion.doubts.into_iter().map(doubt).collect(),
        }
    }

    fn candidate(&self, candidate: Candidate) -> CandidateItem {
        CandidateItem {
            council_id: candidate.council,
            council_name: self.councils.get(&candidate.council).copied().unwrap_or_default().to_owned(),
            reasons: candidate.reasons.into_iter().map(|reason| self.reason(reason)).collect(),
            walk_m: candidate.walk.map(|walk| walk.metres.round()),
            walk_s: candidate.walk.map(|walk| convention_s(walk.metres)),
            on_network: candidate.walk.is_some_and(|walk| walk.on_network),
        }
    }

    fn reason(&self, reason: Reason) -> ReasonItem {
        match reason {
            Reason::AddressRule(id) => {
                let rule = self.links.rules.iter().find(|rule| rule.id == id);
                ReasonItem::AddressRule {
                    beginning: rule.map(|rule| rule.beginning.clone()).unwrap_or_default(),
                }
            }
            Reason::Building(homes) => ReasonItem::Building { homes },
            Reason::InArea => ReasonItem::InArea,
            Reason::SchoolDistrict(id) => {
                ReasonItem::SchoolDistrict { name: self.districts.get(&id).cloned().unwrap_or_default() }
            }
            Reason::Nearest => ReasonItem::Nearest,
        }
    }
}

fn doubt(doubt: Doubt) -> DoubtItem {
    match doubt {
        Doubt::NearBorder(metres) => DoubtItem::NearBorder { metres: metres.round() },
        Doubt::NoArea => DoubtItem::NoArea,
        Doubt::Several => DoubtItem::Several,
        Doubt::Disagreement => DoubtItem::Disagreement,
        Doubt::Undecided => DoubtItem::Undecided,
        Doubt::Gone => DoubtItem::Gone,
        Doubt::NoHint => DoubtItem::NoHint,
    }
}

/// What is suggested of one residency, also where something was decided already.
#[utoipa::path(get, tag = "housing", path = "/api/housing/residencies/{residency}/suggestion",
    operation_id = "suggest_council",
    params(("residency" = String, Path, format = "uuid", description = "The residency")),
    responses(
        (status = 200, body = SuggestionDocument),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn suggestion(
    State(service): State<CouncilsService>,
    caller: Caller,
    Path(residency): Path<String>,
) -> Result<Private<SuggestionDocument>, Problem> {
    let (id, today) = (residency_id(&residency)?, service.today());
    let entry = Entry::by(&caller, audit::Action::ReadRegister).on("residency", id);
    let Known { register, links, .. } = known(&service, entry, move |register| {
        register.residencies.contains_key(&id).then_some(id).into_iter().collect()
    })
    .await?;
    let residency = register.residencies.get(&id).ok_or_else(absent)?;
    let (councils, network) = (councils(&service.layers), service.graph());
    let day = day_of(residency, today);
    let mut suggested =
        suggestions(&register, [residency], (&service.layers, &network.graph), (&councils, &links), day);
    let suggestion = suggested.remove(&id).ok_or_else(absent)?;
    Ok(Private(Words::new(&service, &councils, &links).suggestion(suggestion)))
}

/// The day on which a residency is judged: today, or the nearest one on which they live there.
fn day_of(residency: &Residency, today: Date) -> Date {
    let span = residency.facts.span;
    span.until().map_or(today, |until| until.min(today)).max(span.from())
}

/// Homes that are lived in today, with lines to the meeting places of their councils (GeoJSON). Each reading is in the audit log.
#[utoipa::path(get, tag = "housing", path = "/api/housing/assignments", operation_id = "list_assignments",
    responses(
        (status = 200, body = AssignmentLines),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn lines(
    State(service): State<CouncilsService>,
    caller: Caller,
) -> Result<Private<AssignmentLines>, Problem> {
    let today = service.today();
    let entry = Entry::by(&caller, audit::Action::ReadRegister).with(json!({ "what": "assignments" }));
    let Known { register, called, .. } = known(&service, entry, move |register| {
        register.residencies.values().filter(|one| one.facts.span.holds(today)).map(|one| one.id).collect()
    })
    .await?;
    let councils = service.councils();
    let line = |residency: &Residency| {
        let unit = register.units.get(&residency.unit)?;
        let housing = &register.housing.get(&unit.housing)?.facts;
        let assignment = assignment_item(&register, residency, &councils, today);
        let to = assignment.council_id.and_then(|council| councils.get(&council)?.meeting_place);
        let geometry = match to {
            Some(to) => json!({ "type": "LineString", "coordinates": [housing.location, to] }),
            None => json!({ "type": "Point", "coordinates": housing.location }),
        };
        let properties = AssignmentLineProperties {
            housing_name: housing.name.clone(),
            unit_name: unit.facts.name.clone(),
            staff_name: called.get(&residency.facts.staff).and_then(|called| called.name.clone()),
            assignment,
        };
        Some(AssignmentLine { kind: "Feature", id: residency.id, geometry, properties })
    };
    let lived_in = register.residencies.values().filter(|one| one.facts.span.holds(today));
    Ok(Private(AssignmentLines { kind: "FeatureCollection", features: lived_in.filter_map(line).collect() }))
}

/// Decides which councils homes belong to: all that is asked for, or nothing. Whatever is not as suggested needs a reason.
#[utoipa::path(post, tag = "housing", path = "/api/housing/assignments", operation_id = "decide_assignments",
    request_body = DecideAssignments,
    responses(
        (status = 200, body = DecidedCount),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn decide(
    State(service): State<CouncilsService>,
    caller: Caller,
    JsonBody(body): JsonBody<DecideAssignments>,
) -> Result<Private<DecidedCount>, Problem> {
    if body.decisions.is_empty() || body.decisions.len() > MOST {
        let message = Message::new(
            format!("1件から{MOST}件までを選んでください。"),
            format!("Please choose 1 to {MOST} of them."),
        );
        return Err(Problem::impossible("decisions", message));
    }
    let mut reasons = Vec::with_capacity(body.decisions.len());
    for (index, one) in body.decisions.iter().enumerate() {
        reasons.push(said(&one.reason, &format!("decisions[{index}].reason"), LONGEST_TEXT, false)?);
    }
    let (vault, today, now) = (service.vault()?, service.today(), service.now());
    let (councils, network, layers) = (councils(&service.layers), service.graph(), service.layers.clone());
    let (by, recorder, count) =
        ((caller.principal.account, now), service.recorder.clone(), body.decisions.len());
    let concerned: Vec<Person> =
        body.decisions.iter().map(|one| Person::Pseudonym(one.residency_id.0)).collect();
    let entry = Entry::by(&caller, audit::Action::DecideAssignment)
        .about(concerned)
        .with(json!({ "decisions": count }));
    service
        .write(move |tx| {
            Box::pin(async move {
                let register = Register::read(tx, &vault).await?;
                let links = store::links(tx).await?;
                let meant: Vec<&Residency> = body
                    .decisions
                    .iter()
                    .map(|one| register.residencies.get(&one.residency_id).ok_or(RegisterError::Absent))
                    .collect::<Result<_, _>>()?;
                let around = (&layers, &network.graph);
                let suggested =
                    suggestions(&register, meant.iter().copied(), around, (&councils, &links), today);
                for (index, ((one, residency), reason)) in
                    body.decisions.iter().zip(meant).zip(reasons).enumerate()
                {
                    if one.council_id.is_some_and(|id| !councils.iter().any(|council| council.id == id)) {
                        return Err(RegisterError::NoCouncil);
                    }
                    let council = suggested.get(&one.residency_id).and_then(|suggestion| suggestion.council);
                    let as_suggested = one.council_id.is_some() && one.council_id == council;
                    if !as_suggested && reason.is_empty() {
                        return Err(RegisterError::Unreasoned(index));
                    }
                    let choice = Choice {
                        residency: one.residency_id,
                        council: one.council_id,
                        from: one.from.unwrap_or_else(|| day_of(residency, today)),
                        as_suggested,
                        reason,
                        after: one.decisions,
                    };
                    let before = register.assignments.on(one.residency_id, choice.from);
                    let councils = (before.and_then(|before| before.council), choice.council);
                    let told = notices::notice(residency, councils, (choice.after + 1, choice.from));
                    service::decide(tx, &vault, choice, by).await?;
                    if let Some(notice) = told {
                        notify::tell(tx, &notice, vault.random(), now).await?;
                    }
                    introductions::service::settle(tx, &vault, one.residency_id, today).await?;
                }
                recorder.record(tx, entry).await?;
                Ok(())
            })
        })
        .await?;
    Ok(Private(DecidedCount { decided: count }))
}
