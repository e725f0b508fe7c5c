//! Signing in and out, and keeping accounts.

use std::{net::IpAddr, sync::Arc};

use serde_json::json;

use crate::{
    audit::{self, Entry, Person, Pseudonyms, Recorder},
    clock::{Timestamp, tokyo_date},
    db::{Db, DbError, Tx},
    http::RequestId,
    places::Purpose,
};

use super::{
    attempts::{Blocked, Limit},
    demo::Persona,
    gate::{Caller, Gate},
    model::{AccountId, SessionId, SignInMethod, Token},
    oidc::SingleSignOn,
    password::{HashError, Password, Weak},
    store::{self, NewSession},
};

/// The longest name of a browser that is kept.
const DEVICE: usize = 120;

/// A login as it is stored and looked up: half-width, lower case, without surrounding space.
#[must_use]
pub fn fold_login(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfkc().collect::<String>().trim().to_lowercase()
}

/// What the routes of accounts and sessions share.
#[derive(Clone)]
pub struct AuthService {
    /// Who is asking.
    pub gate: Gate,
    /// Records what is done.
    pub recorder: Recorder,
    /// What the database is for.
    pub purpose: Purpose,
    /// Whether people sign in here: not where only what is public is served.
    pub signs_in: bool,
    /// The ward's single sign-on, when there is one.
    pub single_sign_on: Option<SingleSignOn>,
    /// Knows by which pseudonyms people stand in the audit log.
    pub pseudonyms: Option<Arc<dyn Pseudonyms>>,
}

/// Who is signing in, besides their name and password.
#[derive(Clone, Debug)]
pub struct SignInContext {
    /// Where they are.
    pub address: IpAddr,
    /// What browser they use, as far as it says.
    pub device: String,
    /// The request.
    pub request: RequestId,
}

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The name or the password is wrong; which of them is not told.
    #[error("the name or the password is wrong")]
    Wrong,
    /// Too many failures.
    #[error("too many failures; the next try is heard at {}", .0.until)]
    Blocked(Blocked),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The hasher.
    #[error(transparent)]
    Hash(#[from] HashError),
}

/// Why a password was not set.
#[derive(Debug, thiserror::Error)]
pub enum SetPasswordError {
    /// The link was used or is too old, or the old password is wrong.
    #[error("the activation link or the old password does not count")]
    Wrong,
    /// The new one is too easy to guess.
    #[error(transparent)]
    Weak(#[from] Weak),
    /// Too many failures.
    #[error("too many failures; the next try is heard at {}", .0.until)]
    Blocked(Blocked),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The hasher.
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl AuthService {
    fn db(&self) -> &Db {
        self.gate.db()
    }

    fn now(&self) -> Timestamp {
        self.gate.clock().now()
    }

    fn token(&self) -> Token {
        Token::new(self.gate.random().bytes())
    }

    /// A session to be begun, and its token.
    pub(super) fn new_session(
        &self,
        account: AccountId,
        method: SignInMethod,
        device: &str,
    ) -> (Token, NewSession) {
        let token = self.token();
        let session = NewSession {
            token: token.hash(),
            id: SessionId(self.gate.random().id()),
            account,
            method,
            device: device.chars().filter(|c| !c.is_control()).take(DEVICE).collect(),
            id_token: None,
        };
        (token, session)
    }

    /// Signs in with a password of this service.
    ///
    /// # Errors
    /// When the name or password is wrong, or was wrong too often.
    pub async fn sign_in(
        &self,
        login: &str,
        password: Password,
        context: SignInContext,
    ) -> Result<Token, SignInError> {
        let (now, login) = (self.now(), fold_login(login));
        let keys = [
            (Limit::ACCOUNT, key("account", &login)),
            (Limit::ADDRESS, key("address", &context.address.to_string())),
        ];
        let mut tx = self.db().read().await?;
        let mut known = Vec::new();
        for (_, key) in &keys {
            let attempts = store::attempts(&mut tx, key).await?;
            Limit::check(attempts, now).map_err(SignInError::Blocked)?;
            known.push(attempts);
        }
        let account = store::account_by_login(&mut tx, &login, tokyo_date(now)).await?;
        drop(tx);
        let usable = account.as_ref().filter(|account| account.is_current);
        let is_right = password.is(usable.and_then(|account| account.password.clone())).await?;
        let recorder = self.recorder.clone();
        let concerned = account.as_ref().map(|account| Person::Account(account.id));
        let entry = Entry { actor: concerned, ..Entry::by_stranger(audit::Action::SignIn, context.request) }
            .with(json!({ "method": "password" }));
        match usable {
            Some(account) if is_right => {
                let (token, session) = self.new_session(account.id, SignInMethod::Password, &context.device);
                self.db()
                    .write(move |tx| {
                        Box::pin(async move {
                            store::insert_session(tx, &session, now).await?;
                            store::forget_attempts(tx, &keys[0].1, now - Limit::REMEMBERED).await?;
                            recorder.record(tx, entry).await.map(|_| ())
                        })
                    })
                    .await
                    .map_err(|error: DbError| SignInError::Db(error))?;
                Ok(token)
            }
            _ => {
                self.db()
                    .write(move |tx| {
                        Box::pin(async move {
                            for ((limit, key), known) in keys.iter().zip(known) {
                                store::note_failure(tx, key, limit.after_failure(known, now)).await?;
                            }
                            recorder.record(tx, entry.refused()).await.map(|_| ())
                        })
                    })
                    .await
                    .map_err(|error: DbError| SignInError::Db(error))?;
                Err(SignInError::Wrong)
            }
        }
    }

    /// Signs in as one of the demo's personas. `None` when there is no such persona: a ward's own database
    /// has none.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn sign_in_as(
        &self,
        persona: Persona,
        context: SignInContext,
    ) -> Result<Option<Token>, DbError> {
        if self.purpose != Purpose::Demo {
            return Ok(None);
        }
        let now = self.now();
        let mut tx = self.db().read().await?;
        let account = store::account_by_persona(&mut tx, persona.as_str(), tokyo_date(now)).await?;
        drop(tx);
        let Some(account) = account.filter(|account| account.is_current) else { return Ok(None) };
        let (token, session) = self.new_session(account.id, SignInMethod::Persona, &context.device);
        self.begin(session, context.request, json!({ "method": "persona" })).await?;
        Ok(Some(token))
    }

    async fn begin(
        &self,
        session: NewSession,
        request: RequestId,
        detail: serde_json::Value,
    ) -> Result<(), DbError> {
        let (now, recorder) = (self.now(), self.recorder.clone());
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    store::insert_session(tx, &session, now).await?;
                    let entry = Entry {
                        actor: Some(Person::Account(session.account)),
                        ..Entry::by_stranger(audit::Action::SignIn, request)
                    };
                    recorder.record(tx, entry.with(detail)).await.map(|_| ())
                })
            })
            .await
    }

    /// Ends one of the caller's own sessions. Returns the provider's id token, or `None` when there is no
    /// such session.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn sign_out(
        &self,
        caller: &Caller,
        session: SessionId,
    ) -> Result<Option<Option<String>>, DbError> {
        let (now, recorder, account) = (self.now(), self.recorder.clone(), caller.principal.account);
        let entry = Entry::by(caller, audit::Action::SignOut).on("session", session);
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    let ended = store::end_session(tx, account, session, "owner", now).await?;
                    if ended.is_some() {
                        recorder.record(tx, entry).await?;
                    }
                    Ok(ended)
                })
            })
            .await
    }

    /// Ends every other session of the caller. Returns how many there were.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn sign_out_others(&self, caller: &Caller) -> Result<u64, DbError> {
        let (now, recorder, account) = (self.now(), self.recorder.clone(), caller.principal.account);
        let (own, entry) = (caller.principal.session, Entry::by(caller, audit::Action::SignOut));
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    let ended = store::end_sessions(tx, account, Some(own), "owner", now).await?;
                    recorder.record(tx, entry.with(json!({ "sessions": ended }))).await?;
                    Ok(ended)
                })
            })
            .await
    }

    /// Makes a one-time link by which an account's owner sets a password. The token is told once.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn create_activation(
        &self,
        account: AccountId,
        entry: Entry,
    ) -> Result<(Token, Timestamp), DbError> {
        let (now, recorder, token) = (self.now(), self.recorder.clone(), self.token());
        let (hash, expires_at) = (token.hash(), now + self.gate.settings().activation());
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    store::create_activation(tx, &hash, account, now, expires_at).await?;
                    recorder.record(tx, entry).await.map(|_| ())
                })
            })
            .await?;
        Ok((token, expires_at))
    }

    /// Whose activation link this is, while it can be used: their login, and until when.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn activation(&self, token: &Token) -> Result<Option<(store::Account, Timestamp)>, DbError> {
        let now = self.now();
        let mut tx = self.db().read().await?;
        let Some(activation) = store::activation(&mut tx, &token.hash(), now).await? else { return Ok(None) };
        let account =
            store::account(&mut tx, activation.account, &super::Reach::Any, tokyo_date(now)).await?;
        Ok(account.filter(|account| account.is_current).map(|account| (account, activation.expires_at)))
    }

    /// Sets the password of an activation link's account, ends its sessions, and signs its owner in.
    ///
    /// # Errors
    /// When the link does not count or the password is too easy to guess.
    pub async fn activate(
        &self,
        token: &Token,
        password: Password,
        context: SignInContext,
    ) -> Result<Token, SetPasswordError> {
        let (account, _) = self.activation(token).await?.ok_or(SetPasswordError::Wrong)?;
        password.check(&account.login)?;
        let hash = password.hash(self.gate.random().bytes()).await?;
        let (now, recorder, link) = (self.now(), self.recorder.clone(), token.hash());
        let (session_token, session) = self.new_session(account.id, SignInMethod::Password, &context.device);
        let account_key = key("account", &account.login);
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    let used = store::use_activation(tx, &link, now).await?;
                    if used != Some(session.account) {
                        return Err(SetPasswordError::Wrong);
                    }
                    store::set_password(tx, session.account, &hash).await?;
                    store::end_sessions(tx, session.account, None, "password", now).await?;
                    store::insert_session(tx, &session, now).await?;
                    store::forget_attempts(tx, &account_key, now - Limit::REMEMBERED).await?;
                    let actor = Some(Person::Account(session.account));
                    let entry =
                        Entry { actor, ..Entry::by_stranger(audit::Action::SetPassword, context.request) };
                    recorder.record(tx, entry.with(json!({ "by": "activation" }))).await?;
                    Ok(())
                })
            })
            .await?;
        Ok(session_token)
    }

    /// Changes the caller's own password; every other session of theirs ends.
    ///
    /// # Errors
    /// When the present one is wrong or the new one too easy to guess.
    pub async fn change_password(
        &self,
        caller: &Caller,
        present: Password,
        new: Password,
    ) -> Result<(), SetPasswordError> {
        let (now, account, login) = (self.now(), caller.principal.account, caller.principal.login.clone());
        new.check(&login)?;
        let account_key = key("account", &login);
        let mut tx = self.db().read().await?;
        let known = store::attempts(&mut tx, &account_key).await?;
        Limit::check(known, now).map_err(SetPasswordError::Blocked)?;
        let stored = store::account(&mut tx, account, &super::Reach::Own(account), tokyo_date(now)).await?;
        drop(tx);
        let is_right = present.is(stored.and_then(|account| account.password)).await?;
        let (recorder, own) = (self.recorder.clone(), caller.principal.session);
        let entry = Entry::by(caller, audit::Action::SetPassword).with(json!({ "by": "owner" }));
        let hash = if is_right { Some(new.hash(self.gate.random().bytes()).await?) } else { None };
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    let Some(hash) = hash else {
                        store::note_failure(tx, &account_key, Limit::ACCOUNT.after_failure(known, now))
                            .await?;
                        recorder.record(tx, entry.refused()).await?;
                        return Ok(false);
                    };
                    store::set_password(tx, account, &hash).await?;
                    store::end_sessions(tx, account, Some(own), "password", now).await?;
                    recorder.record(tx, entry).await?;
                    Ok::<_, SetPasswordError>(true)
                })
            })
            .await
            .and_then(|done| if done { Ok(()) } else { Err(SetPasswordError::Wrong) })
    }

    /// Runs a job that records what it does.
    ///
    /// # Errors
    /// The job's own.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> crate::db::JobFuture<'t, T, E> + Send + 'static,
    {
        self.db().write(job).await
    }
}

/// What is stored of an account's name or an address, for counting failures.
fn key(kind: &str, value: &str) -> [u8; 32] {
    use sha2::Digest as _;
    sha2::Sha256::digest(format!("{kind}:{value}")).into()
}
