//! How answers before and after changed: released figures of the whole ward.

use std::collections::HashMap;

use axum::extract::{Query, State};
use serde::Deserialize;

use crate::{
    auth::absent,
    http::{Private, Problem, ProblemDocument},
    routes::{self, RouteId, model::Text},
    training::{
        model::{About, Change, FEWEST_OF_ROUTE, FEWEST_PAIRS, Part, Question, Released, leading},
        store::{self, ProgrammeYear},
    },
};

use super::{
    shared::{TrainingService, programme_id},
    survey_documents::{ChangeDocument, ChangeOfQuestion, ChangeOfRoute, ChangeTopic},
};

#[derive(Deserialize)]
pub(super) struct ChangeParams {
    fiscal_year: Option<String>,
    programme: Option<String>,
}

/// How answers before and after a programme changed: of everybody, by question, and by route. Only figures of many, which are renewed when
/// at least five more people answered both times.
#[utoipa::path(get, tag = "training", path = "/api/training/change", operation_id = "training_change",
    params(
        ("fiscal_year" = Option<i16>, Query, minimum = 2000, maximum = 2999,
            description = "The year in which the fiscal year begins; this one when it is left out"),
        ("programme" = Option<String>, Query, format = "uuid",
            description = "The programme; the first one that asks anything when it is left out")),
    responses(
        (status = 200, body = ChangeDocument),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn change(
    State(service): State<TrainingService>,
    Query(params): Query<ChangeParams>,
) -> Result<Private<ChangeDocument>, Problem> {
    found(&service, &params).await.map(Private)
}

/// What is answered, for the page and for files.
pub(super) async fn found(
    service: &TrainingService,
    params: &ChangeParams,
) -> Result<ChangeDocument, Problem> {
    let year = service.year(params.fiscal_year.as_deref())?;
    let asked = params.programme.as_deref().map(programme_id).transpose()?;
    let mut tx = service.read().await?;
    let years = store::years_of(&mut tx, year).await?;
    let open: Vec<ProgrammeYear> = years.into_iter().filter(|one| one.opened_at.is_some()).collect();
    let chosen = match asked {
        Some(id) => open.iter().find(|one| one.programme.id == id),
        None => open.iter().find(|one| !one.rule.questions.is_empty()).or(open.first()),
    };
    let programme = chosen.ok_or_else(absent)?;
    let survey = (programme.programme.id, year);
    let released = store::released(&mut tx, survey).await?;
    let mut titles = HashMap::new();
    for part in released.keys() {
        if let Part::Route(route, _) = part
            && !titles.contains_key(route)
        {
            let versions = routes::store::versions(&mut tx, *route).await?;
            let title = versions.last().map(|version| version.design.title.clone()).unwrap_or_default();
            titles.insert(*route, title);
        }
    }
    let questions = &programme.rule.questions;
    let is_asked = |about: &About| questions.iter().any(|question| question.about == *about);
    let topics = About::ALL.iter().copied().filter(is_asked);
    Ok(ChangeDocument {
        fiscal_year: year.year(),
        programme_id: programme.programme.id,
        title: programme.rule.title.clone(),
        fewest: FEWEST_PAIRS,
        fewest_of_route: FEWEST_OF_ROUTE,
        topics: topics.map(|about| topic(about, questions, &released, &titles)).collect(),
    })
}

fn topic(
    about: About,
    questions: &[Question],
    released: &Released,
    titles: &HashMap<RouteId, Text>,
) -> ChangeTopic {
    let routes: Vec<(RouteId, Change)> = released
        .iter()
        .filter_map(|(part, change)| match part {
            Part::Route(route, of) if *of == about => Some((*route, *change)),
            _ => None,
        })
        .collect();
    let changes: Vec<Change> = routes.iter().map(|(_, change)| *change).collect();
    let of_route = |index: usize| {
        let (route_id, figures) = routes.get(index)?;
        let title = titles.get(route_id).cloned().unwrap_or_default();
        Some(ChangeOfRoute { route_id: *route_id, title, figures: figures.into() })
    };
    let of_question = |question: &Question| ChangeOfQuestion {
        id: question.id.clone(),
        text: question.text.clone(),
        figures: released.get(&Part::Question(question.id.clone())).map(Into::into),
    };
    ChangeTopic {
        about,
        total: released.get(&Part::About(about)).map(Into::into),
        questions: questions.iter().filter(|one| one.about == about).map(of_question).collect(),
        routes: leading(&changes).into_iter().filter_map(of_route).collect(),
    }
}
