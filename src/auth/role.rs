//! Roles: what somebody may be besides a member of staff.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A role. Everybody who is signed in is `staff`; the others are granted, and roles add up.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 職員: walks, sees what is their own.
    Staff,
    /// 研修担当: designs routes and decides on visits.
    Trainer,
    /// 所属長: sees completion in their own department and below; never positions, times or notes.
    Manager,
    /// 取りまとめ担当: named by a manager; signs a department up in bulk.
    Coordinator,
    /// 人事担当: keeps the roster and the programmes.
    Hr,
    /// 住宅担当: keeps the disaster housing and its assignments.
    Registrar,
    /// 地図編集: keeps the map data of which their department is the steward.
    Editor,
    /// システム管理: keeps accounts and settings; sees counts and staff numbers only.
    Admin,
    /// 承認者: the second person who grants sensitive roles.
    Approver,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 9] = [
        Self::Staff,
        Self::Trainer,
        Self::Manager,
        Self::Coordinator,
        Self::Hr,
        Self::Registrar,
        Self::Editor,
        Self::Admin,
        Self::Approver,
    ];

    /// The role's name in JSON, the database and commands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Trainer => "trainer",
            Self::Manager => "manager",
            Self::Coordinator => "coordinator",
            Self::Hr => "hr",
            Self::Registrar => "registrar",
            Self::Editor => "editor",
            Self::Admin => "admin",
            Self::Approver => "approver",
        }
    }

    /// Whether a second person has to approve that somebody is given this role.
    #[must_use]
    pub const fn needs_approval(self) -> bool {
        matches!(self, Self::Hr | Self::Registrar | Self::Admin | Self::Approver)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// There is no role of that name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no role {0:?}; the roles are: {list}", list = Role::ALL.map(Role::as_str).join(", "))]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.as_str() == name).ok_or_else(|| UnknownRole(name.to_owned()))
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles(u16);

impl Roles {
    /// Whether the role is among them.
    #[must_use]
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u16) != 0
    }

    /// The roles in their order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |set, role| set | (1 << role as u16)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_found_by_name_and_add_up() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        let roles: Roles = [Role::Hr, Role::Staff].into_iter().collect();
        assert_eq!(roles.iter().collect::<Vec<_>>(), [Role::Staff, Role::Hr]);
        assert!(!roles.has(Role::Admin));
        assert!("root".parse::<Role>().unwrap_err().to_string().contains("registrar"));
    }
}
