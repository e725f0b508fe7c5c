//! The gate: who is asking, and whether they may.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use arc_swap::ArcSwap;
use axum::{
    extract::{FromRequestParts, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, header, request};
use jiff::SignedDuration;
use tokio::sync::watch;

use crate::{
    clock::{SharedClock, Timestamp, tokyo_date},
    db::{Db, DbError},
    http::{Message, Peer, Problem, ProblemKind, RequestId, is_cross_site},
    random::SharedRandom,
    settings::{self, Settings},
};

use super::{
    access::Access,
    cookie,
    model::{Principal, Reach, Token},
    permission::{Permission, Scope},
    store,
};

/// Knows who is asking. Cheap to clone.
#[derive(Clone)]
pub struct Gate(Arc<Inner>);

struct Inner {
    db: Db,
    clock: SharedClock,
    random: SharedRandom,
    /// As they were last seen: another process may have changed them.
    settings: ArcSwap<Settings>,
    own_origin: Option<String>,
    commits: watch::Receiver<u64>,
    known: Mutex<HashMap<[u8; 32], Known>>,
}

/// A session that was looked up a moment ago.
struct Known {
    principal: Arc<Principal>,
    seen_at: Timestamp,
    /// How many commits this process had made by then: any of them may have ended the session.
    commits: u64,
    looked_up_at: Timestamp,
}

/// How long a look-up is believed while this process commits nothing. Another process may have ended the
/// session meanwhile.
const BELIEVED: SignedDuration = SignedDuration::from_secs(1);
/// How often `seen_at` is written.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// How often the settings are looked at.
const SETTINGS_EVERY: Duration = Duration::from_secs(2);
/// How many look-ups are kept.
const KNOWN: usize = 10_000;

impl Gate {
    /// A gate before a database. `own_origin` is where people reach the service, if that is configured.
    #[must_use]
    pub fn new(
        db: Db,
        clock: SharedClock,
        random: SharedRandom,
        settings: Settings,
        own_origin: Option<String>,
    ) -> Self {
        let commits = db.commits();
        let known = Mutex::default();
        let settings = ArcSwap::from_pointee(settings);
        Self(Arc::new(Inner { db, clock, random, settings, own_origin, commits, known }))
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> Arc<Settings> {
        self.0.settings.load_full()
    }

    /// Uses other settings from now on.
    pub fn use_settings(&self, settings: &Settings) {
        self.0.settings.store(Arc::new(settings.clone()));
    }

    /// Follows the settings as other processes change them, until the gate is dropped.
    pub fn follow_settings(&self) {
        let inner = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(SETTINGS_EVERY).await;
                let Some(inner) = inner.upgrade() else { return };
                // While the database is away, what was last seen counts.
                if let Ok(mut tx) = inner.db.read().await
                    && let Ok(settings) = settings::store::settings(&mut tx).await
                {
                    inner.settings.store(Arc::new(settings));
                }
            }
        });
    }

    /// Who holds the token, if it still opens a session.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn principal(&self, token: &Token) -> Result<Option<Arc<Principal>>, DbError> {
        let inner = &*self.0;
        let (hash, now) = (token.hash(), inner.clock.now());
        // Before the look-up: a commit during it makes it stale.
        let commits = *inner.commits.borrow();
        let (idle, absolute) = {
            let settings = inner.settings.load();
            (settings.session_idle(), settings.session_absolute())
        };
        let lasts = |began: Timestamp, seen: Timestamp| {
            now.duration_since(began) < absolute && now.duration_since(seen) < idle
        };
        {
            let known = inner.known.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(known) = known.get(&hash)
                && known.commits == commits
                && now.duration_since(known.looked_up_at) < BELIEVED
                && lasts(known.principal.signed_in_at, known.seen_at)
            {
                return Ok(Some(known.principal.clone()));
            }
        }
        let mut tx = inner.db.read().await?;
        let found = store::session(&mut tx, &hash, tokyo_date(now)).await?;
        drop(tx);
        let found = found.filter(|found| lasts(found.principal.signed_in_at, found.seen_at));
        let mut known = inner.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(found) = found else {
            known.remove(&hash);
            return Ok(None);
        };
        let principal = Arc::new(found.principal);
        if known.len() >= KNOWN {
            known.clear();
        }
        known.insert(
            hash,
            Known { principal: principal.clone(), seen_at: found.seen_at, commits, looked_up_at: now },
        );
        drop(known);
        if now.duration_since(found.seen_at) >= SEEN_EVERY {
            self.note_seen(hash, now);
        }
        Ok(Some(principal))
    }

    /// Notes that the session is in use, without keeping its owner waiting.
    fn note_seen(&self, hash: [u8; 32], now: Timestamp) {
        let db = self.0.db.clone();
        tokio::spawn(async move {
            let noted =
                db.write(move |tx| Box::pin(async move { store::touch_session(tx, &hash, now).await })).await;
            if let Err(error) = noted {
                tracing::warn!(%error, "a session's use could not be noted");
            }
        });
    }

    /// Who sends these headers, if they are signed in.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn caller(&self, headers: &HeaderMap, peer: Peer) -> Result<Option<Arc<Principal>>, DbError> {
        match cookie::session(headers, peer.secure) {
            Some(token) => self.principal(&token).await,
            None => Ok(None),
        }
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    /// The source of randomness.
    #[must_use]
    pub fn random(&self) -> &SharedRandom {
        &self.0.random
    }

    /// Where people reach the service, if that is configured.
    #[must_use]
    pub fn own_origin(&self) -> Option<&str> {
        self.0.own_origin.as_deref()
    }
}

/// What stands before one route.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) gate: Gate,
    pub(super) access: Access,
}

/// Lets through whoever may use the route. Anonymous callers learn nothing but that they are; signed-in
/// callers without the right learn nothing at all.
pub(super) async fn guard(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let own_origin = guard.gate.0.own_origin.as_deref();
    if is_cross_site(request.method(), request.headers(), own_origin) {
        return Problem::new(
            ProblemKind::Forbidden,
            Message::new(
                "別のサイトからの操作は受け付けません。このサービスのページから操作してください。",
                "Requests from other sites are not accepted. Please use this service's own pages.",
            ),
        )
        .into_response();
    }
    let Access::Needs(permission) = guard.access else {
        return next.run(request).await;
    };
    let peer = Peer::of(&request);
    let principal = match guard.gate.caller(request.headers(), peer).await {
        Ok(Some(principal)) => principal,
        Ok(None) => return unauthenticated().into_response(),
        Err(error) => return Problem::internal(&error).into_response(),
    };
    let Some(scope) = permission.scope(principal.roles) else {
        return absent().into_response();
    };
    let request_id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    request.extensions_mut().insert(Caller { principal, permission, scope, peer, request: request_id });
    let mut response = next.run(request).await;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The answer to whoever is not signed in.
#[must_use]
pub fn unauthenticated() -> Problem {
    Problem::new(ProblemKind::Unauthenticated, Message::new("サインインしてください。", "Please sign in."))
}

/// The answer where there is nothing, or nothing for this caller.
#[must_use]
pub fn absent() -> Problem {
    Problem::not_found(Message::new(
        "見つかりません。移動・削除されたか、あなたには表示できない情報です。",
        "Not found. It may have moved, been removed, or not be yours to see.",
    ))
}

/// Who is asking, with the permission that let them through.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who it is.
    pub principal: Arc<Principal>,
    /// The permission that the route names.
    pub permission: Permission,
    /// How far it reaches.
    pub scope: Scope,
    /// Where they are.
    pub peer: Peer,
    /// The request.
    pub request: RequestId,
}

impl Caller {
    /// What this caller may reach here.
    #[must_use]
    pub fn reach(&self) -> Reach {
        self.principal.reach(self.scope)
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, Problem> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or_else(|| Problem::internal(&"a handler asks for a caller on a public route"))
    }
}
