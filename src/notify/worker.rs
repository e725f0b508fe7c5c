//! The worker: puts notices into the app when they are due, and sends mails.

use std::{fmt, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use jiff::SignedDuration;

use crate::{
    audit::Pseudonyms,
    clock::{SharedClock, Timestamp, tokyo_date},
    db::{Db, DbError, Tx},
    random::SharedRandom,
    staff::StaffId,
};

use super::{
    model::{Kinds, State, backoff},
    store::{self, Claimed},
};

/// For how long a claim holds. Sending a whole batch takes less, even when each mail takes as long as it may.
pub const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// Mails that are claimed together.
const BATCH: i64 = 10;
/// A mail whose claim ends so soon is left to whoever takes it up.
const MARGIN: SignedDuration = SignedDuration::from_mins(1);
/// Mails that have waited for so long are given up.
const STALE: SignedDuration = SignedDuration::from_hours(72);
/// Notices that are put into the app in one transaction.
const SHOWN: i64 = 200;
/// How often to look for what has become due.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// A mail, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The name of the notice: a mail that is sent twice has the same Message-ID both times.
    pub notice: super::NoticeId,
    /// The reader's address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// When the notice was due.
    pub date: Timestamp,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mail({}, …)", self.notice)
    }
}

/// Why a mail was not sent. What a server says may hold addresses: it is not repeated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// It may go another time.
    #[error("the mail could not be sent now: {0}")]
    Later(&'static str),
    /// It will never go.
    #[error("the mail cannot be sent: {0}")]
    Never(&'static str),
}

/// Sends mails.
pub trait Mailer: Send + Sync {
    /// Sends one. Returns when the mail server has it.
    fn send<'m>(&'m self, mail: &'m Mail) -> BoxFuture<'m, Result<(), MailError>>;
}

/// What a look did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Notices that are in the app now.
    pub shown: usize,
    /// Mails that were claimed.
    pub claimed: usize,
    /// Mails that were sent.
    pub sent: usize,
}

/// Delivers what is due.
pub struct Worker {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: SharedClock,
    /// Names claims.
    pub random: SharedRandom,
    /// What can be told.
    pub kinds: Kinds,
    /// Sends mails; without one they wait, and are given up in the end.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Knows whose the pseudonyms are by which the queue calls people.
    pub pseudonyms: Option<Arc<dyn Pseudonyms>>,
    /// Where people reach the service: links in mails begin with it.
    pub public_url: Option<String>,
}

impl Worker {
    /// Delivers some of what is due.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn step(&self) -> Result<Step, DbError> {
        let now = self.clock.now();
        let mut step = Step::default();
        if !self.is_anything_due(now).await? {
            return Ok(step);
        }
        let mails = self.mailer.is_some();
        let claim = self.random.id().to_string();
        let name = claim.clone();
        let lease = now + LEASE;
        let job = self.db.write::<_, DbError, _>(move |tx| {
            Box::pin(async move {
                let shown = store::show_due(tx, now, SHOWN).await?;
                store::give_up(tx, now.saturating_sub(STALE).unwrap_or(Timestamp::MIN), now).await?;
                let claimed =
                    if mails { store::claim(tx, &name, now, lease, BATCH).await? } else { Vec::new() };
                Ok((shown, claimed))
            })
        });
        let (shown, claimed) = job.await?;
        (step.shown, step.claimed) = (shown, claimed.len());
        if let Some(mailer) = &self.mailer {
            for one in claimed {
                // Who has it by then sends it.
                if self.clock.now() > lease - MARGIN {
                    break;
                }
                step.sent += usize::from(self.deliver(&**mailer, &one, &claim).await?);
            }
        }
        Ok(step)
    }

    /// Most often nothing is; then nobody has to wait for a writer.
    async fn is_anything_due(&self, now: Timestamp) -> Result<bool, DbError> {
        store::is_due(&mut self.db.read().await?, now, self.mailer.is_some()).await
    }

    async fn deliver(&self, mailer: &dyn Mailer, one: &Claimed, claim: &str) -> Result<bool, DbError> {
        let mut tx = self.db.read().await?;
        let reader = match self.whom(&mut tx, one).await? {
            Some(staff) => store::reader(&mut tx, staff, tokyo_date(self.clock.now())).await?,
            None => None,
        };
        drop(tx);
        let reader = reader.filter(|reader| reader.is_told(one.urgent));
        let address = reader.as_ref().and_then(|reader| reader.email.clone());
        let (Some(reader), Some(to)) = (reader, address) else {
            self.settle(one, claim, State::Withheld).await?;
            return Ok(false);
        };
        let Some(kind) = self.kinds.get(&one.kind) else {
            // A newer release, beside this one, knows it.
            self.settle(one, claim, State::Failed).await?;
            return Ok(false);
        };
        let words = (kind.words)(&one.payload, reader.language);
        let mut text = words.text;
        if let (Some(url), Some(link)) = (&self.public_url, &words.link) {
            text.push_str("\n\n");
            text.push_str(url);
            text.push_str(link);
        }
        let mail = Mail { notice: one.notice, to, subject: words.title, text, date: one.due_at };
        let state = match mailer.send(&mail).await {
            Ok(()) => State::Sent,
            Err(error @ MailError::Later(_)) => {
                tracing::warn!(notice = %one.notice, attempts = one.attempts, %error, "a mail has to wait");
                State::Failed
            }
            Err(error @ MailError::Never(_)) => {
                tracing::warn!(notice = %one.notice, %error, "a mail is given up");
                State::GivenUp
            }
        };
        self.settle(one, claim, state).await?;
        Ok(state == State::Sent)
    }

    /// Whom a mail is for; nobody where that is forgotten, or where nobody knows whose a pseudonym is.
    async fn whom(&self, tx: &mut Tx, one: &Claimed) -> Result<Option<StaffId>, DbError> {
        match (one.staff, one.pseudonym, &self.pseudonyms) {
            (Some(staff), ..) => Ok(Some(staff)),
            (None, Some(pseudonym), Some(known)) => known.whose(tx, pseudonym).await,
            _ => Ok(None),
        }
    }

    async fn settle(&self, one: &Claimed, claim: &str, state: State) -> Result<(), DbError> {
        let now = self.clock.now();
        let (state, next) = match (state, backoff(one.attempts)) {
            (State::Failed, Some(wait)) => (state, now + wait),
            (State::Failed, None) => (State::GivenUp, now),
            (state, _) => (state, now),
        };
        let (notice, claim) = (one.notice, claim.to_owned());
        self.db
            .write::<_, DbError, _>(move |tx| {
                Box::pin(async move { store::settle(tx, (notice, &claim), (state, next), now).await })
            })
            .await?;
        Ok(())
    }

    /// Delivers until the task is dropped: when something is committed, and every few seconds for what becomes due or
    /// was committed elsewhere. An unreachable database is logged once and tried again.
    pub async fn run(&self) {
        let mut failing = false;
        let mut commits = self.db.commits();
        loop {
            commits.mark_unchanged();
            match self.step().await {
                Ok(step) => {
                    failing = false;
                    if step.shown > 0 || step.claimed > 0 {
                        continue;
                    }
                }
                Err(error) => {
                    if !failing {
                        tracing::error!(%error, "notices are not being delivered");
                    }
                    failing = true;
                    tokio::time::sleep(LOOK_EVERY).await;
                }
            }
            // A busy service commits many times a second; once a second is often enough to look.
            let _ = tokio::time::timeout(LOOK_EVERY, commits.changed()).await;
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}
