//! The roll-call, as it changes (server-sent events).

use std::{fmt::Write as _, sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;
use tokio::{sync::watch, time::Instant};

use crate::{
    activations::service::View,
    auth::{Caller, Gate, Permission},
    http::{Peer, Problem, ProblemDocument, server::Stopping},
};

use super::{
    activations::opened,
    documents::{RollEvent, RollRow},
    shared::{ActivationsService, activation_id},
};

/// How often a stream says that it is there, and looks whether its reader may still see it.
const BEAT: Duration = Duration::from_secs(15);

/// From where a stream goes on.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct EventsParams {
    #[serde(default)]
    after: Option<i64>,
}

/// The roll-call as it changes: `roll` (a `RollEvent`) whenever something has, `ended` when the activation has ended. Whoever comes back is
/// told what they missed. The opening is in the audit log.
#[utoipa::path(get, tag = "activations", path = "/api/activations/{activation}/events", operation_id = "follow_activation",
    params(("activation" = String, Path, format = "uuid", description = "The activation"),
        ("after" = Option<i64>, Query, description = "So many changes are known; all is told when it is left out"),
        ("Last-Event-ID" = Option<String>, Header, description = "Of a browser that comes back: it counts instead of `after`")),
    responses(
        (status = 200, body = RollEvent, content_type = "text/event-stream"),
        (status = 400, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, body = ProblemDocument, content_type = "application/problem+json")))]
pub(super) async fn events(
    State(service): State<ActivationsService>,
    caller: Caller,
    Path(activation): Path<String>,
    Query(params): Query<EventsParams>,
    headers: HeaderMap,
    stopping: Stopping,
) -> Result<Response, Problem> {
    let (id, vault) = (activation_id(&activation)?, service.vault()?);
    opened(&service, &caller, id, "events").await?;
    let views = service.roll_calls.subscribe(&vault, id).await?;
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let follower = Follower {
        views,
        sequence: last.or(params.after).unwrap_or(-1),
        number: 0,
        gate: service.gate,
        headers,
        peer: caller.peer,
        permission: caller.permission,
        stopping,
        beat: Instant::now() + BEAT,
        step: Step::Begin,
    };
    let frames = stream::unfold(follower, |mut follower| async move {
        let frame = follower.next().await?;
        Some((Ok::<_, std::convert::Infallible>(frame), follower))
    });
    let mut response = Body::from_stream(frames).into_response();
    let answered = response.headers_mut();
    answered.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    answered.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would keep what is said until it is much.
    answered.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// How far a stream is.
enum Step {
    /// Nothing was said yet.
    Begin,
    /// It goes on.
    On,
    /// Everything was said.
    Over,
}

/// What one open page is told.
struct Follower {
    views: watch::Receiver<Arc<View>>,
    /// So many changes its reader knows of.
    sequence: i64,
    /// The view that its reader has seen.
    number: u64,
    gate: Gate,
    headers: HeaderMap,
    peer: Peer,
    permission: Permission,
    stopping: Stopping,
    beat: Instant,
    step: Step,
}

impl Follower {
    /// What is to be said next; none when there is no more.
    async fn next(&mut self) -> Option<Bytes> {
        match self.step {
            Step::Over => return None,
            Step::Begin => {
                self.step = Step::On;
                // So that the page knows at once that it is heard.
                let said = self.news().unwrap_or_default();
                return Some(format!("retry: 2000\n: here\n\n{said}").into());
            }
            Step::On => {}
        }
        loop {
            tokio::select! {
                biased;
                () = self.stopping.told() => return None,
                () = tokio::time::sleep_until(self.beat) => {
                    self.beat = Instant::now() + BEAT;
                    let lets_in = self.gate.still_lets_in(&self.headers, self.peer, self.permission).await;
                    // What cannot be looked up is asked again by whoever comes back.
                    return lets_in.unwrap_or(false).then(|| Bytes::from_static(b": here\n\n"));
                }
                changed = self.views.changed() => {
                    changed.ok()?;
                    if let Some(said) = self.news() {
                        return Some(said.into());
                    }
                }
            }
        }
    }

    /// What is new to the reader, in words of the protocol.
    fn news(&mut self) -> Option<String> {
        let view = self.views.borrow_and_update().clone();
        let rows: Vec<RollRow> =
            view.news(self.sequence, self.number).map(|row| RollRow::new(row, &view.people)).collect();
        let (sequence, has_ended) = (view.activation.sequence, view.activation.ended_at.is_some());
        (self.sequence, self.number) = (sequence.max(self.sequence), view.number);
        let mut said = String::new();
        if !rows.is_empty() {
            let (residents, answered) = (view.counts.residents(), view.counts.answered());
            let event = RollEvent { sequence, rows, counts: view.counts, residents, answered };
            let data = serde_json::to_string(&event).ok()?;
            // JSON holds no line breaks. Writing into memory cannot fail.
            let _ = write!(said, "event: roll\nid: {sequence}\ndata: {data}\n\n");
        }
        if has_ended {
            let _ = write!(said, "event: ended\nid: {sequence}\ndata: {{}}\n\n");
            self.step = Step::Over;
        }
        (!said.is_empty()).then_some(said)
    }
}
