//! What the routes of gatherings share.

use std::collections::HashMap;

use crate::{
    audit::Recorder,
    auth::{Caller, Gate, Permission, Scope, absent},
    clock::{Timestamp, tokyo_date},
    councils::{
        model::CouncilId,
        service::{Vault, councils},
    },
    db::{JobFuture, Tx},
    gatherings::{
        model::GatheringId,
        service::{Actor, GatheringError},
    },
    http::{Message, Problem, ProblemKind},
    layers::Layers,
    visits::model::FiscalYear,
};

use super::problems::problem;

/// Gatherings, over HTTP.
#[derive(Clone)]
pub struct GatheringsService {
    /// The database and who is asking.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
    /// Opens what is known of people; none until the register's keys are set.
    pub vault: Option<Vault>,
    /// The public layers: councils have their names from there.
    pub layers: Layers,
}

impl GatheringsService {
    pub(super) fn now(&self) -> Timestamp {
        self.gate.clock().now()
    }

    /// What opens the register.
    pub(super) fn vault(&self) -> Result<Vault, Problem> {
        self.vault.clone().ok_or_else(|| {
            let message = Message::new(
                "このサーバーには、住宅台帳の鍵が設定されていません。サーバーの担当者に、--register-key で指定するよう伝えてください。",
                "This server has no key for the register of housing. Please ask those who run it to name it with --register-key.",
            );
            Problem::new(ProblemKind::Unavailable, message)
        })
    }

    pub(super) fn actor(&self, caller: &Caller) -> Result<Actor, Problem> {
        let now = self.now();
        let keeps = Permission::WriteGatherings.scope(caller.principal.roles);
        Ok(Actor {
            account: caller.principal.account,
            staff: caller.principal.staff,
            reach: caller.reach(),
            is_registrar: keeps == Some(Scope::Any),
            now,
            today: tokyo_date(now),
            vault: self.vault()?,
        })
    }

    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, GatheringError> + Send + 'static,
    {
        let now = self.now();
        self.gate.db().write(job).await.map_err(|error| problem(error, now))
    }

    pub(super) async fn read(&self) -> Result<Tx, Problem> {
        Ok(self.gate.db().read().await?)
    }

    /// What is said of an error to whoever asked.
    pub(super) fn problem(&self, error: GatheringError) -> Problem {
        problem(error, self.now())
    }

    /// The councils of today, by id.
    pub(super) fn names(&self) -> HashMap<CouncilId, String> {
        councils(&self.layers).into_iter().map(|council| (council.id, council.name)).collect()
    }

    /// The fiscal year of an address; that of today where it names none.
    pub(super) fn year(&self, text: Option<&str>) -> Result<FiscalYear, Problem> {
        let Some(text) = text else { return Ok(FiscalYear::of(tokyo_date(self.now()))) };
        text.parse().ok().and_then(FiscalYear::new).ok_or_else(|| {
            let message = Message::new(
                "年度は2000から2999までの西暦で指定してください。",
                "Please name a fiscal year from 2000 to 2999.",
            );
            Problem::parameter("fiscal_year", message)
        })
    }
}

/// The gathering of an address.
pub(super) fn gathering_id(text: &str) -> Result<GatheringId, Problem> {
    text.parse().map_err(|_| absent())
}
