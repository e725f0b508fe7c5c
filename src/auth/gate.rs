//! The gate: who is asking, and whether they may.

use std::{sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use axum::extract::FromRequestParts;
use http::{HeaderMap, request};
use jiff::SignedDuration;
use tokio::sync::watch;

use crate::{
    clock::{SharedClock, Timestamp, tokyo_date},
    db::{Db, DbError},
    http::{Message, Peer, Problem, ProblemKind, RequestId},
    random::SharedRandom,
    settings::{self, Settings},
};

use super::{
    cookie,
    known::{Known, KnownSessions, Lasting},
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
    known: KnownSessions,
}

/// How often `seen_at` is written.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// How often the settings are looked at.
const SETTINGS_EVERY: Duration = Duration::from_secs(2);

/// What a cookie says of who is asking.
pub(super) enum Asking {
    /// Nothing.
    Nobody,
    /// It opens a session that was looked up a moment ago.
    Known(Arc<Principal>),
    /// It may open a session: the database knows.
    Unknown(LookUp),
}

/// A session to be looked up.
#[derive(Clone, Copy)]
pub(super) struct LookUp {
    /// The hash of its token.
    token: [u8; 32],
    now: Timestamp,
    lasting: Lasting,
    /// How many commits there were before the look-up: one during it makes it stale.
    commits: u64,
}
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
        let known = KnownSessions::default();
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

    /// What the cookie in these headers says. Asks no database.
    pub(super) fn ask(&self, headers: &HeaderMap, peer: Peer) -> Asking {
        match cookie::session(headers, peer.secure) {
            Some(token) => self.ask_of(&token),
            None => Asking::Nobody,
        }
    }

    fn ask_of(&self, token: &Token) -> Asking {
        let inner = &*self.0;
        let (token, now, commits) = (token.hash(), inner.clock.now(), *inner.commits.borrow());
        let lasting = self.lasting();
        match inner.known.get(&token, commits, now, lasting) {
            Some(principal) => Asking::Known(principal),
            None => Asking::Unknown(LookUp { token, now, lasting, commits }),
        }
    }

    /// Who is signed in by a session, as the database says.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub(super) async fn look_up(&self, asked: LookUp) -> Result<Option<Arc<Principal>>, DbError> {
        let inner = &*self.0;
        let LookUp { token, now, lasting, commits } = asked;
        let mut tx = inner.db.read().await?;
        let found = store::session(&mut tx, &token, tokyo_date(now)).await?;
        drop(tx);
        let found = found.filter(|found| lasting.holds(found.principal.signed_in_at, found.seen_at, now));
        let Some(found) = found else {
            inner.known.forget(&token);
            return Ok(None);
        };
        let (principal, seen_at) = (Arc::new(found.principal), found.seen_at);
        let known = Known { principal: principal.clone(), seen_at, commits, looked_up_at: now };
        inner.known.remember(token, known);
        if now.duration_since(seen_at) >= SEEN_EVERY {
            self.note_seen(token, now);
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
        match self.ask(headers, peer) {
            Asking::Nobody => Ok(None),
            Asking::Known(principal) => Ok(Some(principal)),
            Asking::Unknown(look_up) => self.look_up(look_up).await,
        }
    }

    /// Whether whoever sends these headers is still signed in and has a permission. For answers that go on: it asks the database, and is no use
    /// that would keep a session open.
    ///
    /// # Errors
    /// When the database cannot be asked.
    pub async fn still_lets_in(
        &self,
        headers: &HeaderMap,
        peer: Peer,
        permission: Permission,
    ) -> Result<bool, DbError> {
        let Some(token) = cookie::session(headers, peer.secure) else { return Ok(false) };
        let (inner, lasting) = (&*self.0, self.lasting());
        let now = inner.clock.now();
        let mut tx = inner.db.read().await?;
        let found = store::session(&mut tx, &token.hash(), tokyo_date(now)).await?;
        Ok(found.is_some_and(|found| {
            lasting.holds(found.principal.signed_in_at, found.seen_at, now)
                && permission.scope(found.principal.roles).is_some()
        }))
    }

    /// How long sessions last now.
    fn lasting(&self) -> Lasting {
        let settings = self.0.settings.load();
        Lasting { idle: settings.session_idle(), absolute: settings.session_absolute() }
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
