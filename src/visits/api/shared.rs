//! What the routes of visits share.

use std::sync::Arc;

use serde::Deserialize;
use tokio::sync::Semaphore;

use crate::{
    audit::{Person, Recorder},
    auth::{AccountId, Gate, store::account},
    clock::{Date, tokyo_date},
    db::{DbError, Tx},
    http::{Message, Problem, ProblemKind},
    network::limit::Buckets,
    visits::{
        model::{FiscalYear, NoFiscalYear, VisitId},
        service::Visits,
    },
};

use super::documents::OwnerDocument;

/// Items that one account may send at once: a month without a network, sent by twenty tabs. Then fifty a second.
const ITEMS: (f64, f64) = (40_000.0, 50.0);
/// Photos that are decoded at once: each may take hundreds of megabytes.
const FILES: usize = 2;

/// Logging visits, over HTTP.
#[derive(Clone)]
pub struct VisitsService {
    /// The database and who is asking.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
    /// Takes in what phones send.
    pub visits: Visits,
    /// So many photos are decoded at once.
    pub files: Arc<Semaphore>,
    items: Arc<Buckets<AccountId>>,
}

impl VisitsService {
    /// A service.
    #[must_use]
    pub fn new(gate: Gate, recorder: Recorder, visits: Visits) -> Self {
        let items = Arc::new(Buckets::new(ITEMS.0, ITEMS.1));
        Self { gate, recorder, visits, files: Arc::new(Semaphore::new(FILES)), items }
    }

    /// Counts what an account sends.
    pub(super) fn spend(&self, account: AccountId, items: usize) -> Result<(), Problem> {
        let now = self.gate.clock().now();
        self.items.take(account, items.max(1) as f64, now).map_err(|wait| {
            let message = Message::new(
                "短い間に送られた記録が多すぎます。記録は端末に残っています。少し待ってから、もう一度お試しください。",
                "Too many records in a short time. They are still on your device. Please try again in a while.",
            );
            Problem::new(ProblemKind::TooManyRequests, message).retry_after(wait)
        })
    }

    /// Today in Tokyo.
    pub(super) fn today(&self) -> Date {
        tokyo_date(self.gate.clock().now())
    }

    /// The fiscal year that is asked for, or this one.
    pub(super) fn year(&self, asked: &YearParams) -> Result<FiscalYear, Problem> {
        let asked = asked.fiscal_year.as_deref();
        Ok(asked.map_or_else(|| Ok(FiscalYear::of(self.today())), str::parse)?)
    }
}

impl From<NoFiscalYear> for Problem {
    fn from(_: NoFiscalYear) -> Self {
        let message = Message::new(
            "年度は、始まる年を4けたで指定してください(例: 2026)。",
            "Please give the year in which the fiscal year begins, such as 2026.",
        );
        Self::impossible("fiscal_year", message)
    }
}

/// A fiscal year in a query.
#[derive(Debug, Deserialize)]
pub(super) struct YearParams {
    pub(super) fiscal_year: Option<String>,
}

/// The visit of an address.
pub(super) fn visit_id(text: &str) -> Result<VisitId, Problem> {
    text.parse().map_err(|_| crate::auth::absent())
}

/// Whose a visit is, for trainers, and for the audit log.
pub(super) async fn owner(
    tx: &mut Tx,
    id: AccountId,
    today: Date,
) -> Result<(Person, OwnerDocument), DbError> {
    let found = account(tx, id, &crate::auth::Reach::Any, today).await?;
    let person = found.as_ref().and_then(|found| found.staff).map_or(Person::Account(id), Person::Staff);
    let document = OwnerDocument {
        account_id: id,
        login: found.as_ref().map(|found| found.login.clone()).unwrap_or_default(),
        name: found.and_then(|found| found.name),
    };
    Ok((person, document))
}
