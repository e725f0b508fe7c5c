//! TLS: a certificate and its key from files, which may be replaced while the service runs.

mod validity;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use arc_swap::ArcSwap;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig, crypto,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
        version::{TLS12, TLS13},
    },
};

use crate::clock::SharedClock;

pub use validity::Validity;

/// Where a certificate and its key are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFiles {
    /// The certificate and those between it and its root, in PEM.
    pub certificate: PathBuf,
    /// The private key in PEM: PKCS#8, SEC1 or PKCS#1.
    pub key: PathBuf,
}

/// Why a certificate cannot be used. Says nothing of the key's content.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read.
    #[error("{} cannot be read: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// There is no certificate in the file.
    #[error("{} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)", .0.display())]
    NoCertificate(PathBuf),
    /// There is no private key in the file.
    #[error("{} holds no private key in PEM form, or one with a password: use a key without one", .0.display())]
    NoKey(PathBuf),
    /// The two do not belong together, or are of a kind that is not known.
    #[error("the certificate and the key cannot be used together: {0}")]
    Unusable(tokio_rustls::rustls::Error),
}

/// A certificate that was read.
#[derive(Clone)]
pub struct Certificate {
    config: Arc<ServerConfig>,
    /// From when to when it is valid, where that can be read.
    pub validity: Option<Validity>,
}

/// Says nothing of the key.
impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").field("validity", &self.validity).finish_non_exhaustive()
    }
}

/// This long before its end, a certificate is worth a warning.
pub const RENEW_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 21);

/// How a certificate stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is valid, for a while.
    Good(Timestamp),
    /// It has to be renewed soon.
    EndsSoon(Timestamp),
    /// It is not valid any more.
    Ended(Timestamp),
    /// It is not valid yet.
    NotYet(Timestamp),
    /// What it says of it cannot be read.
    Unknown,
}

impl Certificate {
    /// Reads the files.
    ///
    /// # Errors
    /// When they do not hold a certificate and the key to it.
    pub fn read(files: &CertificateFiles) -> Result<Self, CertificateError> {
        Self::parse(files, &Contents::read(files)?)
    }

    fn parse(files: &CertificateFiles, contents: &Contents) -> Result<Self, CertificateError> {
        let no_certificate = || CertificateError::NoCertificate(files.certificate.clone());
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&contents.certificate)
            .collect::<Result<_, _>>()
            .map_err(|_| no_certificate())?;
        let first = chain.first().ok_or_else(no_certificate)?;
        let validity = Validity::of(first);
        let key = PrivateKeyDer::from_pem_slice(&contents.key)
            .map_err(|_| CertificateError::NoKey(files.key.clone()))?;
        let provider = Arc::new(crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13, &TLS12])
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(CertificateError::Unusable)?;
        // HTTP/2 would need limits of its own.
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), validity })
    }

    /// How it stands at that moment.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> Standing {
        match self.validity {
            None => Standing::Unknown,
            Some(validity) if now > validity.until => Standing::Ended(validity.until),
            Some(validity) if now < validity.from => Standing::NotYet(validity.from),
            Some(validity) if validity.until.duration_since(now) < RENEW_WITHIN => {
                Standing::EndsSoon(validity.until)
            }
            Some(validity) => Standing::Good(validity.until),
        }
    }
}

#[derive(PartialEq, Eq)]
struct Contents {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

impl Contents {
    fn read(files: &CertificateFiles) -> Result<Self, CertificateError> {
        let read = |path: &Path| {
            std::fs::read(path).map_err(|cause| CertificateError::Unreadable { path: path.to_owned(), cause })
        };
        Ok(Self { certificate: read(&files.certificate)?, key: read(&files.key)? })
    }
}

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// How often a certificate near its end is named in the log.
const REMIND_EVERY: SignedDuration = SignedDuration::from_hours(24);

/// The certificate in use. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Tls {
    files: CertificateFiles,
    current: Arc<ArcSwap<Certificate>>,
}

impl Tls {
    /// With a certificate from these files.
    ///
    /// # Errors
    /// When they do not hold a certificate and the key to it.
    pub fn open(files: CertificateFiles) -> Result<Self, CertificateError> {
        let current = Certificate::read(&files)?;
        Ok(Self { files, current: Arc::new(ArcSwap::from_pointee(current)) })
    }

    /// What a new connection is accepted with.
    #[must_use]
    pub fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.current.load().config.clone())
    }

    /// Follows the files: looks at them every now and then, and at once when notified. A certificate that
    /// cannot be used does not replace one that can.
    pub async fn follow(self, clock: SharedClock, now: Arc<Notify>) {
        let mut seen = Contents::read(&self.files).ok();
        let mut reminded = self.remind(None, clock.now());
        let mut trouble: Option<String> = None;
        loop {
            let told = tokio::select! {
                () = tokio::time::sleep(LOOK_EVERY) => false,
                () = now.notified() => true,
            };
            let files = self.files.clone();
            let found = tokio::task::spawn_blocking(move || {
                let contents = Contents::read(&files)?;
                Ok::<_, CertificateError>((Certificate::parse(&files, &contents), contents))
            })
            .await;
            let failed = match found {
                Ok(Ok((_, contents))) if seen.as_ref() == Some(&contents) && trouble.is_none() => {
                    if told {
                        tracing::info!("the certificate has not changed");
                    }
                    None
                }
                Ok(Ok((Ok(certificate), contents))) => {
                    self.current.store(Arc::new(certificate));
                    seen = Some(contents);
                    tracing::info!("a new certificate is in use");
                    reminded = None;
                    None
                }
                Ok(Ok((Err(error), _)) | Err(error)) => Some(error.to_string()),
                Err(error) => Some(error.to_string()),
            };
            // The same trouble is named once, and again when somebody asks for it.
            if let Some(error) = &failed
                && (told || trouble != failed)
            {
                tracing::error!(error, "the new certificate cannot be used; the old one stays");
            }
            trouble = failed;
            reminded = self.remind(reminded, clock.now());
        }
    }

    /// Names a certificate near its end in the log, once a day.
    fn remind(&self, last: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        if last.is_some_and(|last| now.duration_since(last) < REMIND_EVERY) {
            return last;
        }
        match self.current.load().standing(now) {
            Standing::Good(_) => {}
            Standing::EndsSoon(until) => tracing::warn!(%until, "the certificate ends soon: renew it"),
            Standing::Ended(until) => {
                tracing::error!(%until, "the certificate has ended: browsers refuse it; renew it");
            }
            Standing::NotYet(from) => tracing::error!(%from, "the certificate is not valid yet"),
            Standing::Unknown => tracing::warn!("until when the certificate is valid cannot be read"),
        }
        Some(now)
    }
}
