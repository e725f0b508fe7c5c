//! The demo's personas: one click instead of a password, on a demo's database alone.

use serde::{Deserialize, Serialize};

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
    random::SharedRandom,
    staff,
};

use super::{
    model::{AccountId, GrantId},
    role::Role,
    service::fold_login,
    store::{self, GrantState, NewAccount, NewGrant},
};

/// Somebody of the demo ward, as whom one may look around.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Persona {
    /// A member of staff.
    Staff,
    /// A member of staff who lives in disaster housing.
    Resident,
    /// Who designs routes.
    Trainer,
    /// Who reviews the routes that others designed: a trainer of another department.
    Reviewer,
    /// Who heads a department, and puts its people forward for outings.
    Manager,
    /// Who keeps the roster.
    Hr,
    /// Who keeps the register of disaster housing.
    Registrar,
    /// Who keeps map data.
    Editor,
    /// Who keeps accounts and settings.
    Admin,
}

impl Persona {
    /// Every persona.
    pub const ALL: [Self; 9] = [
        Self::Staff,
        Self::Resident,
        Self::Trainer,
        Self::Reviewer,
        Self::Manager,
        Self::Hr,
        Self::Registrar,
        Self::Editor,
        Self::Admin,
    ];

    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Resident => "resident",
            Self::Trainer => "trainer",
            Self::Reviewer => "reviewer",
            Self::Manager => "manager",
            Self::Hr => "hr",
            Self::Registrar => "registrar",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// The staff number on the demo's roster.
    #[must_use]
    pub const fn staff_number(self) -> &'static str {
        match self {
            Self::Staff => "900001",
            Self::Resident => "900002",
            Self::Trainer => "900003",
            Self::Reviewer => "900016",
            Self::Manager => "900004",
            Self::Hr => "900005",
            Self::Registrar => "900006",
            Self::Editor => "900007",
            Self::Admin => "900008",
        }
    }

    const fn roles(self) -> &'static [Role] {
        match self {
            Self::Staff | Self::Resident => &[],
            Self::Trainer | Self::Reviewer => &[Role::Trainer],
            Self::Manager => &[Role::Manager, Role::Coordinator],
            Self::Hr => &[Role::Hr, Role::Approver],
            Self::Registrar => &[Role::Registrar],
            Self::Editor => &[Role::Editor],
            Self::Admin => &[Role::Admin, Role::Approver],
        }
    }
}

/// Gives every persona an account on the demo's roster. Doing it again changes nothing.
///
/// # Errors
/// When the database cannot be written.
pub async fn seed_personas(tx: &mut Tx, random: &SharedRandom, now: Timestamp) -> Result<(), DbError> {
    let today = crate::clock::tokyo_date(now);
    for persona in Persona::ALL {
        if store::account_by_persona(tx, persona.as_str(), today).await?.is_some() {
            continue;
        }
        let Some(staff) = staff::store::id_of_number(tx, persona.staff_number()).await? else { continue };
        let account = AccountId(random.id());
        let new = NewAccount {
            id: account,
            login: fold_login(persona.staff_number()),
            staff: Some(staff),
            display_name: None,
            persona: Some(persona.as_str().to_owned()),
        };
        store::create_account(tx, &new, now).await?;
        for role in persona.roles() {
            let grant = NewGrant {
                id: GrantId(random.id()),
                account,
                role: *role,
                state: GrantState::Active,
                source: "demo",
                reason: "見本".to_owned(),
                requested_by: None,
            };
            store::insert_grant(tx, &grant, now).await?;
        }
    }
    Ok(())
}
