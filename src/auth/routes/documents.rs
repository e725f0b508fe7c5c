//! The JSON of accounts, sessions and grants.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{
    Password, Permission, Persona, Principal, Role, SignInMethod,
    store::{Account, Grant, GrantState, SessionInfo},
};

/// Whether somebody is signed in, and how one can.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionDocument {
    /// Who is signed in; nobody when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub me: Option<MeDocument>,
    /// Whether a password of this service can be used.
    pub password: bool,
    /// The name of the ward's single sign-on, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub single_sign_on: Option<String>,
    /// Whom to ask for help with signing in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support_contact: Option<String>,
    /// The same in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support_contact_en: Option<String>,
    /// The demo's personas; none anywhere else.
    pub personas: Vec<Persona>,
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeDocument {
    /// The account.
    pub account: String,
    /// The name with which they sign in: the staff number, most often.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Who they are on the roster.
    pub staff: Option<String>,
    /// Their department.
    pub department: Option<String>,
    /// What it is called today; said at `/api/me` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department_name: Option<String>,
    /// Their roles.
    pub roles: Vec<Role>,
    /// What they may do, so that pages show only that.
    pub permissions: Vec<String>,
    /// Their language, when they chose one.
    pub language: Option<String>,
    /// How they signed in.
    pub method: SignInMethod,
    /// This session.
    pub session: String,
}

impl MeDocument {
    pub(super) fn new(principal: &Principal) -> Self {
        Self {
            account: principal.account.to_string(),
            login: principal.login.clone(),
            name: principal.name.clone(),
            staff: principal.staff.map(|staff| staff.to_string()),
            department: principal.department.map(|department| department.to_string()),
            department_name: None,
            roles: principal.roles.iter().collect(),
            permissions: Permission::ALL
                .into_iter()
                .filter(|permission| permission.scope(principal.roles).is_some())
                .map(Permission::name)
                .collect(),
            language: principal.language.clone(),
            method: principal.method,
            session: principal.session.to_string(),
        }
    }
}

/// Signing in with a password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The staff number, or the name of an account that is not on the roster.
    pub login: String,
    /// The password.
    pub password: Password,
}

/// Signing in as one of the demo's personas.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DemoSignIn {
    /// As whom.
    pub persona: Persona,
}

/// What to do after signing out.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignedOut {
    /// Where to go to sign out of the single sign-on as well.
    pub continue_at: Option<String>,
}

/// An activation link's token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivationToken {
    /// The part of the link after `#`.
    pub token: String,
}

/// Whose activation link it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivationDocument {
    /// With what name its owner will sign in.
    pub login: String,
    /// Until when it can be used.
    pub expires_at: String,
}

/// Setting a password by an activation link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Activate {
    /// The part of the link after `#`.
    pub token: String,
    /// The password to be set.
    pub password: Password,
}

/// Changing one's own password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The one that counts now.
    pub present: Password,
    /// The one to be set.
    pub password: Password,
}

/// Changing one's own account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMe {
    /// Null to follow the browser.
    pub language: Option<AccountLanguage>,
}

/// A language that an account can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountLanguage {
    /// 日本語.
    Ja,
    /// English.
    En,
    /// やさしい日本語.
    Easy,
}

impl AccountLanguage {
    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
            Self::Easy => "easy",
        }
    }
}

/// One's own sessions.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionsDocument {
    /// The newest first.
    pub sessions: Vec<SessionItem>,
}

/// A session, as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionItem {
    /// Its id.
    pub id: String,
    /// Whether it is the one that asks.
    pub this: bool,
    /// How it began.
    pub method: SignInMethod,
    /// What browser it is, as it says.
    pub device: String,
    /// When it began.
    pub signed_in_at: String,
    /// When it was last used.
    pub seen_at: String,
}

impl SessionItem {
    pub(super) fn new(info: &SessionInfo, principal: &Principal) -> Self {
        Self {
            id: info.id.to_string(),
            this: info.id == principal.session,
            method: info.method,
            device: info.device.clone(),
            signed_in_at: info.created_at.to_string(),
            seen_at: info.seen_at.to_string(),
        }
    }
}

/// Who looked at one's own record.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewsDocument {
    /// The newest first.
    pub views: Vec<ViewItem>,
    /// Where more of them are.
    pub next: Option<String>,
}

/// Somebody looked at one's own record.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewItem {
    /// When.
    pub at: String,
    /// What they did.
    pub action: String,
    /// Who: their name; absent when it was the service itself or they were erased.
    pub by: Option<String>,
    /// The department in which they are today.
    pub department: Option<String>,
    /// The roles in which they did it.
    pub roles: Vec<String>,
}

/// Accounts.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountsDocument {
    /// By login.
    pub accounts: Vec<AccountItem>,
    /// Where more of them are.
    pub next: Option<String>,
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountItem {
    /// Its id.
    pub id: String,
    /// With what name its owner signs in.
    pub login: String,
    /// The owner's name, for those who may see names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether it belongs to somebody on the roster.
    pub on_roster: bool,
    /// How far it has come.
    pub state: AccountState,
    /// Whether a password is set.
    pub has_password: bool,
    /// Whether a single sign-on is linked to it.
    pub has_identity: bool,
    /// When it was last used.
    pub last_seen_at: Option<String>,
    /// Its roles.
    pub roles: Vec<Role>,
}

/// How far an account has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Nobody has signed in with it, and there is no password.
    New,
    /// It can be used.
    Active,
    /// It was disabled.
    Disabled,
    /// Its owner is not on the roster today.
    Left,
}

impl AccountItem {
    pub(super) fn new(account: &Account, with_name: bool) -> Self {
        let state = if account.disabled_at.is_some() {
            AccountState::Disabled
        } else if !account.is_current {
            AccountState::Left
        } else if account.password.is_some() || account.has_identity || account.persona.is_some() {
            AccountState::Active
        } else {
            AccountState::New
        };
        Self {
            id: account.id.to_string(),
            login: account.login.clone(),
            // The name of an account that is not on the roster is an operator's, and public among them.
            name: account.name.clone().filter(|_| with_name || account.staff.is_none()),
            on_roster: account.staff.is_some(),
            state,
            has_password: account.password.is_some(),
            has_identity: account.has_identity,
            last_seen_at: account.last_seen_at.map(|at| at.to_string()),
            roles: account.roles.clone(),
        }
    }
}

/// An account, and what roles it has and waits for.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccountDocument {
    /// The account.
    #[serde(flatten)]
    pub account: AccountItem,
    /// What it has and waits for.
    pub grants: Vec<GrantItem>,
}

/// Making an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAccount {
    /// The staff number on the roster.
    pub staff_number: String,
}

/// A new activation link. It is told once: show or print it now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivationLink {
    /// With what name its owner will sign in.
    pub login: String,
    /// The link.
    pub url: String,
    /// The link as a QR code (SVG).
    pub qr_svg: String,
    /// Until when it can be used.
    pub expires_at: String,
}

/// Grants of roles.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantsDocument {
    /// The newest first.
    pub grants: Vec<GrantItem>,
}

/// A grant of a role.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantItem {
    /// Its id.
    pub id: String,
    /// For which account.
    pub account: String,
    /// With what name its owner signs in.
    pub login: String,
    /// The owner's name, for those who may see names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Which role.
    pub role: Role,
    /// How far it has come.
    pub state: GrantState,
    /// Why.
    pub reason: String,
    /// Who asked for it, by login.
    pub requested_by: Option<String>,
    /// When.
    pub requested_at: String,
    /// Who decided, by login.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<String>,
    /// Whether whoever asks may decide on it: not on their own requests, nor on what is for themselves.
    pub can_decide: bool,
}

impl GrantItem {
    pub(super) fn new(grant: &Grant, principal: &Principal, with_name: bool) -> Self {
        let may_decide = Permission::DecideGrants.scope(principal.roles).is_some();
        let is_involved = grant.account == principal.account || grant.requester == Some(principal.account);
        Self {
            id: grant.id.to_string(),
            account: grant.account.to_string(),
            login: grant.login.clone(),
            name: grant.name.clone().filter(|_| with_name),
            role: grant.role,
            state: grant.state,
            reason: grant.reason.clone(),
            requested_by: grant.requested_by.clone(),
            requested_at: grant.requested_at.to_string(),
            decided_by: grant.decided_by.clone(),
            decided_at: grant.decided_at.map(|at| at.to_string()),
            can_decide: may_decide && !is_involved && grant.state == GrantState::Pending,
        }
    }
}

/// Asking for a role for somebody.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestGrant {
    /// For which account.
    pub account: String,
    /// Which role; not `staff`, which everybody is.
    pub role: Role,
    /// Why: what the approver reads.
    #[schema(min_length = 1, max_length = 500, pattern = r"\S")]
    pub reason: String,
}
