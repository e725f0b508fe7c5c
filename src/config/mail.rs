//! The mail server by which notices are sent.

use std::{path::PathBuf, sync::Arc};

use clap::Args;

use crate::{
    auth::oidc::Secret,
    notify::{Mailer, Security, Smtp, SmtpError, SmtpSettings},
};

/// The mail server; without one, notices are in the app alone.
#[derive(Args, Clone, Debug)]
pub struct MailConfig {
    /// The host of the mail server by which notices are sent, with `:PORT` where it is not the usual one; without it,
    /// notices are in the app alone
    #[arg(long, env = "MACHIARUKI_SMTP", value_name = "HOST[:PORT]")]
    pub smtp: Option<String>,
    /// How the connection to it is kept private: STARTTLS (port 587), TLS from the beginning (465) or not at all (25)
    #[arg(long, env = "MACHIARUKI_SMTP_SECURITY", default_value = "starttls")]
    pub smtp_security: Security,
    /// Whom mails are from, such as `まちあるき <walk@example.lg.jp>`
    #[arg(long, env = "MACHIARUKI_SMTP_FROM", value_name = "ADDRESS")]
    pub smtp_from: Option<String>,
    /// The user to sign in with there
    #[arg(long, env = "MACHIARUKI_SMTP_USER", value_name = "USER", hide_env_values = true)]
    pub smtp_user: Option<String>,
    /// The user's password; the environment variable or the file keep it out of lists of processes
    #[arg(
        long,
        env = "MACHIARUKI_SMTP_PASSWORD",
        value_name = "PASSWORD",
        hide_env_values = true,
        conflicts_with = "smtp_password_file"
    )]
    pub smtp_password: Option<Secret>,
    /// A file that holds the password
    #[arg(long, env = "MACHIARUKI_SMTP_PASSWORD_FILE", value_name = "FILE")]
    pub smtp_password_file: Option<PathBuf>,
    /// A file with the certificate authority of the mail server (PEM), where the machine does not know it
    #[arg(long, env = "MACHIARUKI_SMTP_AUTHORITY", value_name = "FILE")]
    pub smtp_authority: Option<PathBuf>,
}

impl MailConfig {
    /// What sends mails, when a mail server is configured. It is not asked yet.
    ///
    /// # Errors
    /// When it cannot be used as configured.
    pub fn mailer(&self) -> Result<Option<Arc<dyn Mailer>>, SmtpError> {
        // An empty variable is how some service managers say that there is none.
        let Some(server) = self.smtp.as_deref().filter(|server| !server.is_empty()) else { return Ok(None) };
        let (host, port) = match server.rsplit_once(':').map(|(host, port)| (host, port.parse())) {
            Some((host, Ok(port))) => (host, Some(port)),
            _ => (server, None),
        };
        let password = match &self.smtp_password_file {
            Some(file) => std::fs::read_to_string(file).map_err(SmtpError::PasswordFile)?.parse().ok(),
            None => self.smtp_password.clone(),
        };
        let credentials = match (&self.smtp_user, password) {
            (Some(user), Some(password)) => Some((user.clone(), password.reveal().to_owned())),
            (None, None) => None,
            _ => return Err(SmtpError::HalfCredentials),
        };
        let authority = self.smtp_authority.as_ref().map(std::fs::read).transpose();
        let smtp = Smtp::new(SmtpSettings {
            host: host.to_owned(),
            port,
            security: self.smtp_security,
            credentials,
            from: self.smtp_from.clone().ok_or(SmtpError::NoFrom)?,
            authority: authority.map_err(SmtpError::AuthorityFile)?,
        })?;
        Ok(Some(Arc::new(smtp)))
    }
}
