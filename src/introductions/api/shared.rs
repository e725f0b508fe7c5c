//! What the routes of introductions share.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    audit::Recorder,
    auth::Gate,
    clock::{Date, Timestamp, tokyo_date},
    councils::{
        model::{Council, CouncilId},
        service::{RegisterError, Vault, councils},
    },
    db::{JobFuture, Tx},
    http::{Message, Problem, ProblemKind, Site},
    introductions::{
        model::{Unfit, Why},
        service::IntroductionError,
    },
    layers::Layers,
};

/// Introductions, over HTTP.
#[derive(Clone)]
pub struct IntroductionsService {
    /// The database and who is asking.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
    /// Opens the register; none until its keys are set.
    pub vault: Option<Vault>,
    /// The public layers.
    pub layers: Layers,
    /// What the deployment says of itself: links begin with its address.
    pub site: Arc<Site>,
}

impl IntroductionsService {
    pub(super) fn now(&self) -> Timestamp {
        self.gate.clock().now()
    }

    pub(super) fn today(&self) -> Date {
        tokyo_date(self.now())
    }

    pub(super) fn vault(&self) -> Result<Vault, Problem> {
        self.vault.clone().ok_or_else(|| RegisterError::NoKeys.into())
    }

    /// The councils of today, by id.
    pub(super) fn councils(&self) -> BTreeMap<CouncilId, Council> {
        councils(&self.layers).into_iter().map(|council| (council.id, council)).collect()
    }

    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> JobFuture<'t, T, IntroductionError> + Send + 'static,
    {
        Ok(self.gate.db().write(job).await?)
    }
}

impl From<IntroductionError> for Problem {
    fn from(error: IntroductionError) -> Self {
        let conflict = |ja: &str, en: &str| Self::new(ProblemKind::Conflict, Message::new(ja, en));
        match error {
            IntroductionError::NoHome => conflict(
                "災害対策住宅に入居している人だけが紹介できます。入居しているのに表示されるときは、住宅担当に連絡してください。",
                "Only those who live in disaster housing can be introduced. If you do, please tell the registrar.",
            ),
            IntroductionError::NoCouncil => conflict(
                "協議会がまだ決まっていないか、地図にありません。決まってからもう一度お試しください。",
                "The council is not decided yet, or is not on the map. Please try again once it is.",
            ),
            IntroductionError::Changed => conflict(
                "協議会か住まいの登録が変わりました。ページを読み込み直し、共有する内容を確かめてから、もう一度同意してください。",
                "The council or the home was changed meanwhile. Please load the page again, look at what would be shared, and consent again.",
            ),
            IntroductionError::NoConsent(index) => Self::impossible(
                &format!("residents[{index}]"),
                Message::new(
                    "この人は、この協議会への紹介に同意していません(取り下げた場合も含みます)。一覧を読み込み直してください。",
                    "This person has not consented to be introduced to this council, or has withdrawn. Please load the list again.",
                ),
            ),
            IntroductionError::Another => conflict(
                "同じ番号で別の紹介シートが作られています。ページを読み込み直して、もう一度作ってください。",
                "There is another sheet of that id. Please load the page again and make it anew.",
            ),
            IntroductionError::Final => conflict(
                "このリンクは、すでに開かれたか、期限が切れたか、取り消されています。必要なら新しいシートを作ってください。",
                "This link was opened, has expired or was revoked. Please make a new sheet if one is needed.",
            ),
            IntroductionError::Register(error) => error.into(),
        }
    }
}

/// Why a text cannot be shared, with what to do.
pub(super) fn unfit(Unfit { why, .. }: Unfit) -> Message {
    match why {
        Why::Empty => Message::new(
            "入力するか、共有しないことにしてください。",
            "Please fill this in, or do not share it.",
        ),
        Why::TooLong(longest) => Message::new(
            format!("{longest}文字以内で入力してください。"),
            format!("Please use at most {longest} characters."),
        ),
        Why::Control => Message::new("使えない文字があります。", "It holds characters that cannot be used."),
        Why::Twice => Message::new("同じ項目が2つあります。", "The same field is there twice."),
        Why::NoPhone => Message::new(
            "電話番号を数字で入力してください(例: 03-0000-0000)。",
            "Please give a telephone number in digits, such as 03-0000-0000.",
        ),
        Why::NoEmail => Message::new(
            "メールアドレスを入力してください(例: name@example.jp)。",
            "Please give a mail address, such as name@example.jp.",
        ),
    }
}
