//! What an operator configures of a single sign-on.

use std::{fmt, net::IpAddr, str::FromStr};

use openidconnect::{ClientId, IssuerUrl, url::Url};

use crate::auth::{Role, UnknownRole};

use super::claims::ClaimPath;

/// Something that must not be shown.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// The secret itself, for whom it is meant.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl FromStr for Secret {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Files end with a line break more often than not.
        Ok(Self(text.trim().to_owned()))
    }
}

/// `VALUE=ROLE`: who has this value in the role claim has this role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleMap {
    /// The claim's value.
    pub value: String,
    /// The role.
    pub role: Role,
}

/// Why a mapping was not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoleMapError {
    /// No `=`, or nothing before it.
    #[error("VALUE=ROLE is expected, such as machiaruki-hr=hr")]
    Form,
    /// There is no such role.
    #[error(transparent)]
    Role(#[from] UnknownRole),
    /// Everybody has it.
    #[error("everybody who signs in is staff: map the other roles")]
    Staff,
}

impl FromStr for RoleMap {
    type Err = RoleMapError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Values may be names of a directory, such as CN=HR,OU=Groups: the last `=` counts.
        let (value, role) = text.rsplit_once('=').ok_or(RoleMapError::Form)?;
        let (value, role) = (value.trim().to_owned(), role.trim().parse()?);
        match (value.is_empty(), role) {
            (true, _) => Err(RoleMapError::Form),
            (_, Role::Staff) => Err(RoleMapError::Staff),
            _ => Ok(Self { value, role }),
        }
    }
}

/// A single sign-on as configured.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The provider's name for itself, under which its metadata are found.
    pub issuer: IssuerUrl,
    /// Our name at the provider.
    pub client_id: ClientId,
    /// Our password at the provider; a public client has none.
    pub client_secret: Option<Secret>,
    /// What people call it.
    pub name: String,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// The claim with the employee number.
    pub number_claim: ClaimPath,
    /// The claim with roles or groups.
    pub role_claim: Option<ClaimPath>,
    /// What its values mean.
    pub role_map: Vec<RoleMap>,
    /// Where people reach us, without a slash at its end.
    pub public_url: String,
}

/// Why a single sign-on cannot be used as configured.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The issuer is no address.
    #[error("--oidc-issuer {0:?} is not an address like https://sso.example.lg.jp/realms/ward")]
    Issuer(String),
    /// The issuer is not protected.
    #[error("--oidc-issuer must begin with https:// (http:// counts on this machine alone)")]
    Insecure,
    /// No client.
    #[error("--oidc-issuer needs --oidc-client-id: the name under which this service is registered there")]
    NoClient,
    /// Where the provider sends people back to is not known.
    #[error("--oidc-issuer needs --public-url: the provider sends people back to that address")]
    NoPublicUrl,
    /// Where people come back to is not protected.
    #[error(
        "with --oidc-issuer, --public-url must begin with https:// (http:// counts on this machine alone)"
    )]
    InsecurePublicUrl,
    /// A mapping without a claim.
    #[error("--oidc-role-map needs --oidc-role-claim: the claim that holds the values")]
    NoRoleClaim,
    /// A claim without a mapping.
    #[error("--oidc-role-claim needs --oidc-role-map VALUE=ROLE: no value means any role yet")]
    NoRoleMap,
    /// The secret's file.
    #[error("--oidc-client-secret-file: {0}")]
    SecretFile(std::io::Error),
    /// An empty secret.
    #[error("the secret of --oidc-client-secret or its file is empty")]
    EmptySecret,
    /// No TLS.
    #[error("TLS cannot be used on this machine: {0}. Install the package ca-certificates")]
    Tls(String),
}

impl Settings {
    /// Checks what can be checked without the provider.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn checked(self) -> Result<Self, SettingsError> {
        if !is_protected(self.issuer.url()) {
            return Err(SettingsError::Insecure);
        }
        let public = Url::parse(&self.public_url).map_err(|_| SettingsError::InsecurePublicUrl)?;
        if !is_protected(&public) {
            return Err(SettingsError::InsecurePublicUrl);
        }
        if self.client_secret.as_ref().is_some_and(|secret| secret.reveal().is_empty()) {
            return Err(SettingsError::EmptySecret);
        }
        match (&self.role_claim, self.role_map.is_empty()) {
            (None, false) => Err(SettingsError::NoRoleClaim),
            (Some(_), true) => Err(SettingsError::NoRoleMap),
            _ => Ok(self),
        }
    }

    /// Where the provider sends people back to; to be registered there.
    #[must_use]
    pub fn redirect_uri(&self) -> String {
        format!("{}/auth/oidc/callback", self.public_url)
    }

    /// Where the provider sends people after they signed out; to be registered there.
    #[must_use]
    pub fn signed_out_uri(&self) -> String {
        format!("{}/sign-in", self.public_url)
    }
}

/// Whether what is sent there cannot be read on the way.
pub(super) fn is_protected(url: &Url) -> bool {
    let is_loopback = || {
        let host = url.host_str().unwrap_or_default();
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_takes_the_names_of_directories() {
        let map: RoleMap = "CN=人事,OU=Groups,DC=ward=hr".parse().unwrap();
        assert_eq!(map, RoleMap { value: "CN=人事,OU=Groups,DC=ward".into(), role: Role::Hr });
        assert_eq!("hr".parse::<RoleMap>(), Err(RoleMapError::Form));
        assert_eq!("=hr".parse::<RoleMap>(), Err(RoleMapError::Form));
        assert_eq!("all=staff".parse::<RoleMap>(), Err(RoleMapError::Staff));
        assert!(matches!("a=root".parse::<RoleMap>(), Err(RoleMapError::Role(_))));
    }

    #[test]
    fn secrets_are_not_shown() {
        let secret: Secret = "s3cret\n".parse().unwrap();
        assert_eq!(secret.reveal(), "s3cret");
        assert!(!format!("{secret:?}").contains("s3cret"));
    }

    #[test]
    fn nothing_travels_in_the_clear_but_on_this_machine() {
        let protected = |text: &str| is_protected(&Url::parse(text).unwrap());
        for good in ["https://sso.example", "http://127.0.0.1:9", "http://localhost:9", "http://[::1]:9"] {
            assert!(protected(good), "{good}");
        }
        for bad in ["http://sso.example", "http://localhost.example", "http://10.0.0.1", "ftp://localhost"] {
            assert!(!protected(bad), "{bad}");
        }
    }
}
