//! Whose account somebody of the single sign-on has.

use serde_json::json;

use crate::{
    audit::{Action, Entry, Person, Recorder},
    auth::{
        AccountId, Reach, fold_login,
        store::{self, Account, NewAccount},
    },
    clock::{Timestamp, tokyo_date},
    db::Tx,
    http::RequestId,
    random::SharedRandom,
    staff,
};

use super::refusal::Refusal;

/// What is at hand while somebody is signed in.
pub(super) struct Desk {
    pub(super) recorder: Recorder,
    pub(super) random: SharedRandom,
    pub(super) now: Timestamp,
    pub(super) request: RequestId,
}

impl Desk {
    /// An entry of the audit log for what is done because the provider says so.
    pub(super) fn entry(&self, action: Action) -> Entry {
        Entry::by_stranger(action, self.request).with(json!({ "method": "oidc" }))
    }
}

/// Somebody whom the provider vouches for.
pub(super) struct Vouched {
    pub(super) issuer: String,
    pub(super) subject: String,
    /// The employee number, when the provider says it.
    pub(super) number: Option<String>,
}

/// Why not, and whom it concerns as far as that is known.
pub(super) struct Declined {
    pub(super) why: Refusal,
    pub(super) concerns: Option<Person>,
}

impl From<Refusal> for Declined {
    fn from(why: Refusal) -> Self {
        Self { why, concerns: None }
    }
}

impl From<crate::db::DbError> for Declined {
    fn from(error: crate::db::DbError) -> Self {
        Refusal::from(error).into()
    }
}

pub(super) fn person(account: &Account) -> Person {
    account.staff.map_or(Person::Account(account.id), Person::Staff)
}

/// The account of somebody, made and linked at their first sign-in. Writes nothing when it declines.
pub(super) async fn account(tx: &mut Tx, who: &Vouched, desk: &Desk) -> Result<Account, Declined> {
    match store::linked_account(tx, &who.issuer, &who.subject).await? {
        Some(account) => known(tx, who, account, desk).await,
        None => first_time(tx, who, desk).await,
    }
}

/// Somebody who was here before: their number may be missing, but must not be another person's.
async fn known(tx: &mut Tx, who: &Vouched, account: AccountId, desk: &Desk) -> Result<Account, Declined> {
    let account = store::account(tx, account, &Reach::Any, tokyo_date(desk.now))
        .await?
        .ok_or(Refusal::UnknownPerson)?;
    let account = usable(account)?;
    if let (Some(number), Some(staff)) = (&who.number, account.staff)
        && staff::store::id_of_number(tx, number).await? != Some(staff)
    {
        return Err(Declined { why: Refusal::ChangedNumber, concerns: Some(person(&account)) });
    }
    Ok(account)
}

async fn first_time(tx: &mut Tx, who: &Vouched, desk: &Desk) -> Result<Account, Declined> {
    let today = tokyo_date(desk.now);
    let number = who.number.as_deref().ok_or(Refusal::NoNumber)?;
    let staff = staff::store::id_of_number(tx, number).await?.ok_or(Refusal::UnknownPerson)?;
    let concerns = Some(Person::Staff(staff));
    if !store::is_on_roster(tx, staff, today).await? {
        return Err(Declined { why: Refusal::NotCurrent, concerns });
    }
    let id = if let Some(found) = store::account_of_staff(tx, staff, today).await? {
        let found = usable(found)?;
        store::lock_account(tx, found.id).await?;
        if store::is_linked(tx, &who.issuer, found.id).await? {
            return Err(Declined { why: Refusal::LinkedElsewhere, concerns });
        }
        found.id
    } else {
        let login = fold_login(number);
        // An operator who is not on the roster may have taken the name.
        if store::account_by_login(tx, &login, today).await?.is_some() {
            return Err(Declined { why: Refusal::LinkedElsewhere, concerns });
        }
        let new = NewAccount {
            id: AccountId(desk.random.id()),
            login,
            staff: Some(staff),
            display_name: None,
            persona: None,
        };
        store::create_account(tx, &new, desk.now).await?;
        desk.recorder.record(tx, desk.entry(Action::CreateAccount).about([Person::Staff(staff)])).await?;
        new.id
    };
    store::link_identity(tx, &who.issuer, &who.subject, id, desk.now).await?;
    desk.recorder.record(tx, desk.entry(Action::LinkIdentity).about([Person::Staff(staff)])).await?;
    Ok(store::account(tx, id, &Reach::Any, today).await?.ok_or(Refusal::UnknownPerson)?)
}

fn usable(account: Account) -> Result<Account, Declined> {
    let why = match (account.disabled_at.is_some(), account.is_current) {
        (true, _) => Refusal::Disabled,
        (false, false) => Refusal::NotCurrent,
        (false, true) => return Ok(account),
    };
    Err(Declined { why, concerns: Some(person(&account)) })
}
