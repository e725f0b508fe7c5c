//! Mails by SMTP.

use std::{fmt, time::Duration};

use futures_util::future::BoxFuture;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};

use super::worker::{Mail, MailError, Mailer};

/// How long one command to the mail server may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How the connection is kept private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Security {
    /// It begins plain and must become TLS before anything is said (port 587).
    #[default]
    Starttls,
    /// TLS from the beginning (port 465).
    Tls,
    /// None, for a mail server on this machine or in a closed network (port 25). No credentials are sent over it.
    None,
}

/// A mail server and how to use it.
#[derive(Clone)]
pub struct SmtpSettings {
    /// Its host.
    pub host: String,
    /// Its port; the usual one of its security when not given.
    pub port: Option<u16>,
    /// How the connection is kept private.
    pub security: Security,
    /// The user and the password.
    pub credentials: Option<(String, String)>,
    /// The sender, such as `まちあるき <walk@example.lg.jp>`.
    pub from: String,
    /// A certificate authority of the ward's own, in PEM, besides the machine's.
    pub authority: Option<Vec<u8>>,
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("security", &self.security)
            .finish_non_exhaustive()
    }
}

/// Why a mail server cannot be used as configured.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The sender is no address.
    #[error("the sender is no mail address: --smtp-from \"まちあるき <walk@example.lg.jp>\"")]
    From,
    /// Passwords never go over a plain connection.
    #[error("credentials are not sent without TLS: --smtp-security starttls or tls")]
    PlainCredentials,
    /// TLS cannot be set up.
    #[error("TLS to the mail server cannot be set up: {0}")]
    Tls(lettre::transport::smtp::Error),
    /// A user without a password or the other way round.
    #[error("a user needs a password: --smtp-password-file FILE")]
    HalfCredentials,
    /// The file with the password cannot be read.
    #[error("the file of --smtp-password-file cannot be read: {0}")]
    PasswordFile(std::io::Error),
    /// The file with the certificate authority cannot be read.
    #[error("the file of --smtp-authority cannot be read: {0}")]
    AuthorityFile(std::io::Error),
    /// No sender.
    #[error("mails need a sender: --smtp-from \"まちあるき <walk@example.lg.jp>\"")]
    NoFrom,
}

/// A mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// A mail server. It is not asked yet.
    ///
    /// # Errors
    /// When it cannot be used as configured.
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpError> {
        let from: Mailbox = settings.from.parse().map_err(|_| SmtpError::From)?;
        if settings.security == Security::None && settings.credentials.is_some() {
            return Err(SmtpError::PlainCredentials);
        }
        let mut tls = TlsParameters::builder(settings.host.clone());
        if let Some(pem) = &settings.authority {
            tls = tls.add_root_certificate(Certificate::from_pem(pem).map_err(SmtpError::Tls)?);
        }
        let (tls, port) = match settings.security {
            Security::Starttls => (Tls::Required(tls.build_rustls().map_err(SmtpError::Tls)?), 587),
            Security::Tls => (Tls::Wrapper(tls.build_rustls().map_err(SmtpError::Tls)?), 465),
            Security::None => (Tls::None, 25),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port.unwrap_or(port))
            .tls(tls)
            .timeout(Some(TIMEOUT))
            // Names of machines are nobody's business.
            .hello_name(ClientId::Domain(from.email.domain().to_owned()));
        if let Some((user, password)) = settings.credentials {
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Self { transport: builder.build(), from })
    }

    fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        let to: Mailbox = mail.to.parse().map_err(|_| MailError::Never("the address cannot be read"))?;
        let date: std::time::SystemTime = mail.date.into();
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(mail.subject.clone())
            .date(date)
            .message_id(Some(format!("<{}@{}>", mail.notice, self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text.clone())
            .map_err(|_| MailError::Never("it cannot be written"))
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Smtp(…)")
    }
}

impl Mailer for Smtp {
    fn send<'m>(&'m self, mail: &'m Mail) -> BoxFuture<'m, Result<(), MailError>> {
        Box::pin(async move {
            let message = self.message(mail)?;
            // Whatever a server does, a claim outlasts it.
            match tokio::time::timeout(TIMEOUT, self.transport.send(message)).await {
                Err(_) => Err(MailError::Later("the mail server takes too long")),
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) if error.is_permanent() => Err(MailError::Never("the mail server refuses it")),
                Ok(Err(error)) if error.is_transient() => Err(MailError::Later("the mail server is busy")),
                Ok(Err(error)) if error.is_tls() => Err(MailError::Later("no TLS with the mail server")),
                Ok(Err(_)) => Err(MailError::Later("the mail server cannot be reached")),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown_and_do_not_go_over_a_plain_connection() {
        let settings = SmtpSettings {
            host: "mail.example".into(),
            port: None,
            security: Security::None,
            credentials: Some(("walk".into(), "ひみつ".into())),
            from: "まちあるき <walk@example.lg.jp>".into(),
            authority: None,
        };
        assert!(!format!("{settings:?}").contains("ひみつ"));
        assert!(matches!(Smtp::new(settings.clone()), Err(SmtpError::PlainCredentials)));
        let smtp = Smtp::new(SmtpSettings { security: Security::Tls, ..settings.clone() }).unwrap();
        assert!(!format!("{smtp:?}").contains("ひみつ"));
        let nobody = SmtpSettings { from: "まちあるき".into(), security: Security::Tls, ..settings };
        assert!(matches!(Smtp::new(nobody), Err(SmtpError::From)));
    }
}
