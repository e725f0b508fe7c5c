//! What the routes of activations share.

use std::sync::Arc;

use crate::{
    activations::{
        model::ActivationId,
        service::{ActivationError, Meetings, RollCalls},
    },
    audit::Recorder,
    auth::{Gate, absent},
    clock::{Date, Timestamp, tokyo_date},
    councils::service::{Vault, meetings},
    db::{JobFuture, Tx},
    http::{Message, Problem, ProblemKind},
    layers::Layers,
};

/// The longest title, in characters.
pub(super) const LONGEST_TITLE: usize = 100;
/// The longest message or note, in characters.
pub(super) const LONGEST_TEXT: usize = 1_000;

/// Activations, over HTTP.
#[derive(Clone)]
pub struct ActivationsService {
    /// The database and who is asking.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
    /// Opens what is sealed; none until the register's keys are set.
    pub vault: Option<Vault>,
    /// The public layers, which say where councils meet.
    pub layers: Layers,
    /// Follows roll-calls.
    pub roll_calls: Arc<RollCalls>,
}

impl ActivationsService {
    pub(super) fn now(&self) -> Timestamp {
        self.gate.clock().now()
    }

    pub(super) fn today(&self) -> Date {
        tokyo_date(self.now())
    }

    /// What opens what is sealed.
    pub(super) fn vault(&self) -> Result<Vault, Problem> {
        self.vault.clone().ok_or_else(|| {
            let message = Message::new(
                "このサーバーには、住宅台帳の鍵が設定されていません。サーバーの担当者に、machiaruki register key で鍵を作り、--register-key で指定するよう伝えてください。",
                "This server has no key for the register of housing. Please ask those who run it to make one with machiaruki register key, and to name it with --register-key.",
            );
            Problem::new(ProblemKind::Unavailable, message)
        })
    }

    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, ActivationError> + Send + 'static,
    {
        Ok(self.gate.db().write(job).await?)
    }

    /// Where the councils of today meet.
    pub(super) fn meetings(&self) -> Meetings {
        meetings(&self.layers)
    }
}

impl From<ActivationError> for Problem {
    fn from(error: ActivationError) -> Self {
        let conflict = |ja: &str, en: &str| Self::new(ProblemKind::Conflict, Message::new(ja, en));
        match error {
            ActivationError::Absent => absent(),
            ActivationError::OtherOpen => conflict(
                "別の発令が続いています。先に、その発令を終えてください。",
                "Another activation goes on. Please end it first.",
            ),
            ActivationError::Conflict => conflict(
                "同じ番号(id)で、別の内容が送られています。画面を読み込み直してから、もう一度送ってください。",
                "Something else was sent under this id. Please load the page again and send once more.",
            ),
            ActivationError::Ended => conflict(
                "この発令は、その時刻より前に終わっています。終わる前に受けた回答であれば、回答の時刻を入力してください。",
                "The activation had ended by then. If the answer was given before, please enter the time at which it was.",
            ),
            ActivationError::Unopened(error) => Self::internal(&error),
            ActivationError::Unsealed(error) => Self::internal(&error),
            ActivationError::Register(error) => error.into(),
            ActivationError::Db(error) => error.into(),
        }
    }
}

/// The activation of an address.
pub(super) fn activation_id(text: &str) -> Result<ActivationId, Problem> {
    text.parse().map_err(|_| absent())
}
