//! What the routes of the register share.

use std::{collections::HashMap, sync::Arc};

use crate::{
    audit::{Entry, Recorder},
    auth::{Gate, absent},
    clock::{Date, Timestamp, tokyo_date},
    councils::{
        model::{Clash, Council, CouncilId, HousingId, ResidencyId, Span, UnitId},
        service::{RegisterError, Vault, councils},
    },
    db::{JobFuture, Tx},
    http::{Message, Problem, ProblemKind, changed_meanwhile},
    layers::Layers,
    network::{Loaded, NetworkPublisher},
};

pub(super) use crate::councils::file::{LONGEST_NAME, LONGEST_TEXT};

/// The register and one's own council, over HTTP.
#[derive(Clone)]
pub struct CouncilsService {
    /// The database and who is asking.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
    /// Opens the register; none until its keys are set.
    pub vault: Option<Vault>,
    /// The public layers.
    pub layers: Layers,
    /// The pedestrian network.
    pub network: Arc<NetworkPublisher>,
}

impl CouncilsService {
    pub(super) fn now(&self) -> Timestamp {
        self.gate.clock().now()
    }

    pub(super) fn today(&self) -> Date {
        tokyo_date(self.now())
    }

    /// What opens the register.
    pub(super) fn vault(&self) -> Result<Vault, Problem> {
        self.vault.clone().ok_or_else(|| RegisterError::NoKeys.into())
    }

    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, RegisterError> + Send + 'static,
    {
        Ok(self.gate.db().write(job).await?)
    }

    /// Does something and records it, in one transaction; what was done may be part of what is recorded.
    pub(super) async fn written<T, F>(
        &self,
        entry: impl FnOnce(&T) -> Entry + Send + 'static,
        job: F,
    ) -> Result<T, Problem>
    where
        T: Send + Sync + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, RegisterError> + Send + 'static,
    {
        let recorder = self.recorder.clone();
        self.write(move |tx| {
            Box::pin(async move {
                let done = job(tx).await?;
                let entry = entry(&done);
                recorder.record(tx, entry).await?;
                Ok(done)
            })
        })
        .await
    }

    /// The councils of today, by id.
    pub(super) fn councils(&self) -> HashMap<CouncilId, Council> {
        councils(&self.layers).into_iter().map(|council| (council.id, council)).collect()
    }

    /// The pedestrian network as it is now.
    pub(super) fn graph(&self) -> Arc<Loaded> {
        self.network.get()
    }
}

impl From<RegisterError> for Problem {
    fn from(error: RegisterError) -> Self {
        let conflict = |ja: &str, en: &str| Self::new(ProblemKind::Conflict, Message::new(ja, en));
        match error {
            RegisterError::NoKeys => {
                let message = Message::new(
                    "このサーバーには、住宅台帳の鍵が設定されていません。サーバーの担当者に、machiaruki register key で鍵を作り、--register-key で指定するよう伝えてください。",
                    "This server has no key for the register of housing. Please ask those who run it to make one with machiaruki register key, and to name it with --register-key.",
                );
                Self::new(ProblemKind::Unavailable, message)
            }
            RegisterError::Absent => absent(),
            RegisterError::Changed => changed_meanwhile(),
            RegisterError::Clash(Clash::UnitTaken(_)) => conflict(
                "その期間、この住戸にはほかの人が住んでいます。入退居の日を確かめてください。",
                "Somebody else lives in this unit on some of these days. Please check the days.",
            ),
            RegisterError::Clash(Clash::LivesElsewhere(_)) => conflict(
                "その期間、この職員はほかの住戸に住んでいます。先に退居の日を入力してください。",
                "This person lives in another unit on some of these days. Please say first when they move out there.",
            ),
            RegisterError::Closed => conflict(
                "この住戸は使われていません。先に住戸を使用中に戻してください。",
                "This unit is closed. Please open it again first.",
            ),
            RegisterError::InUse => conflict(
                "住戸や入居の記録が残っているため、削除できません。",
                "It has units or residents, present or past, and cannot be removed.",
            ),
            RegisterError::NoStaff => Self::impossible(
                "staff",
                Message::new("この職員は名簿にいません。", "This person is not on the roster."),
            ),
            RegisterError::NoCouncil => Self::impossible(
                "council",
                Message::new("この協議会は地図にありません。", "There is no such council on the map."),
            ),
            RegisterError::OtherDay => Self::impossible(
                "from",
                Message::new(
                    "入居している日を選んでください。",
                    "Please choose a day on which they live there.",
                ),
            ),
            RegisterError::Unreasoned(index) => Self::impossible(
                &format!("decisions[{index}].reason"),
                Message::new(
                    "提案と異なる協議会にするときや、未定にするときは、理由を入力してください。",
                    "Please say why it is not what is suggested, or why it is undecided.",
                ),
            ),
            RegisterError::OutOfDate => conflict(
                "確認のあとに住宅台帳か名簿が変わりました。もう一度ファイルを選び、内容を確かめてください。",
                "The register or the roster has changed since you looked. Please choose the file again and look at what it changes.",
            ),
            RegisterError::RefusedRows(count) => Self::new(
                ProblemKind::Unprocessable,
                Message::new(
                    format!(
                        "{count}行を取り込めません。ファイルを直すか、「ほかの行だけ取り込む」を選んでください。"
                    ),
                    format!(
                        "{count} rows are refused. Please mend the file, or choose to take in the others."
                    ),
                ),
            ),
            RegisterError::Unopened(error) => Self::internal(&error),
            RegisterError::Unsealed(error) => Self::internal(&error),
            RegisterError::Db(error) => error.into(),
        }
    }
}

/// The building of an address.
pub(super) fn housing_id(text: &str) -> Result<HousingId, Problem> {
    text.parse().map_err(|_| absent())
}

/// The unit of an address.
pub(super) fn unit_id(text: &str) -> Result<UnitId, Problem> {
    text.parse().map_err(|_| absent())
}

/// The residency of an address.
pub(super) fn residency_id(text: &str) -> Result<ResidencyId, Problem> {
    text.parse().map_err(|_| absent())
}

/// Days of a body, in order.
pub(super) fn span(from: Date, until: Option<Date>) -> Result<Span, Problem> {
    Span::new(from, until).ok_or_else(|| {
        let message = Message::new(
            "終わりの日は、始まりの日と同じか後にしてください。",
            "The last day cannot be before the first.",
        );
        Problem::impossible("until", message)
    })
}
