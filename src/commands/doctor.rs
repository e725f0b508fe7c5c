//! `machiaruki doctor`: checks a deployment and says what to do.

use std::process::ExitCode;

use clap::Args;
use jiff::SignedDuration;

use crate::{
    app::{retention, system_clock, system_random},
    auth::oidc::Advice,
    catalogue::LayerId,
    clock::{Timestamp, tokyo_date},
    config::{DatabaseConfig, OidcConfig, PrintConfig, RegisterConfig, TlsConfig, web_address},
    councils::service::{Register, Vault},
    db::{Db, Engine, migration_state, self_check},
    gatherings,
    http::tls::{Certificate, CertificateFiles, Standing},
    layers::{Freshness, FreshnessState},
    places::datasets,
    print::fonts::Fonts,
    published::{is_set_up, postgis, published_versions},
};

/// Check a deployment.
#[derive(Args, Debug)]
pub struct Doctor {
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    tls: TlsConfig,
    #[command(flatten)]
    oidc: OidcConfig,
    #[command(flatten)]
    print: PrintConfig,
    #[command(flatten)]
    register: RegisterConfig,
    /// The address under which people reach the service
    #[arg(long, env = "MACHIARUKI_PUBLIC_URL", value_name = "URL", value_parser = web_address)]
    public_url: Option<String>,
}

/// What a check found.
enum Finding {
    Good(String),
    Advice(String),
    Bad(String),
}

impl Doctor {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let mut findings = Vec::new();
        let url = &self.database.database_url;
        match Db::open_existing(url).await {
            Err(error) => findings.push(Finding::Bad(format!("{url} cannot be opened: {error}"))),
            Ok(db) => {
                findings.push(Finding::Good(format!("{url} can be opened")));
                check(&db, &mut findings).await?;
                self.register_keys(&db, &mut findings).await?;
                db.close().await;
            }
        }
        if let Some(files) = self.tls.files() {
            check_certificate(&files, system_clock().now(), &mut findings);
        }
        self.single_sign_on(&mut findings).await;
        findings.push(font(&self.print));
        let mut failed = false;
        for finding in &findings {
            match finding {
                Finding::Good(text) => println!("  ok    {text}"),
                Finding::Advice(text) => println!("  note  {text}"),
                Finding::Bad(text) => {
                    failed = true;
                    println!("  FAIL  {text}");
                }
            }
        }
        Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }
}

/// Whether the certificate can be used, until when, and whether its key is kept to oneself.
fn check_certificate(files: &CertificateFiles, now: Timestamp, findings: &mut Vec<Finding>) {
    use std::os::unix::fs::PermissionsExt as _;
    let name = files.certificate.display();
    let renew = "Renew it and replace the files; the service reads them by itself";
    findings.push(match Certificate::read(files) {
        Err(error) => Finding::Bad(error.to_string()),
        Ok(certificate) => match certificate.standing(now) {
            Standing::Good(until) => Finding::Good(format!("{name}: valid until {}", tokyo_date(until))),
            Standing::EndsSoon(until) => {
                Finding::Advice(format!("{name}: valid only until {}. {renew}", tokyo_date(until)))
            }
            Standing::Ended(until) => {
                Finding::Bad(format!("{name}: browsers refuse it since {}. {renew}", tokyo_date(until)))
            }
            Standing::NotYet(from) => Finding::Bad(format!(
                "{name}: not valid before {}. Check this machine's clock",
                tokyo_date(from)
            )),
            Standing::Unknown => Finding::Advice(format!("{name}: until when it is valid cannot be read")),
        },
    });
    let mode = std::fs::metadata(&files.key).map(|key| key.permissions().mode());
    if mode.is_ok_and(|mode| mode & 0o007 != 0) {
        let key = files.key.display();
        findings
            .push(Finding::Advice(format!("{key}: everybody on this machine can read it. chmod o= {key}")));
    }
}

/// Whether sheets and posters can be printed.
fn font(print: &PrintConfig) -> Finding {
    match Fonts::new(print.font_dir.clone()).load() {
        Ok(family) => Finding::Good(format!("print: {} will be used", family.name)),
        Err(error) => Finding::Advice(format!(
            "print: {error}, so sheets and posters cannot be made. Install one (fonts-noto-cjk on Debian) or name its folder with --font-dir"
        )),
    }
}

impl Doctor {
    /// Whether the register of disaster housing opens.
    async fn register_keys(&self, db: &Db, findings: &mut Vec<Finding>) -> anyhow::Result<()> {
        let state = migration_state(db).await?;
        if state.newer || state.applied < state.known {
            return Ok(());
        }
        let keys = match self.register.keys() {
            Err(error) => {
                findings.push(Finding::Bad(format!("register: {error}")));
                return Ok(());
            }
            Ok(None) => {
                findings.push(Finding::Advice(
                    "register: without --register-key there is no register of disaster housing. machiaruki register key FILE makes one"
                        .into(),
                ));
                return Ok(());
            }
            Ok(Some(keys)) => keys,
        };
        let count = keys.ids().count();
        let vault = Vault::new(keys, system_random());
        let opens = match Register::check(db, &vault).await {
            Ok(()) => gatherings::service::check(db, &vault).await.map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        findings.push(match opens {
            Err(error) => Finding::Bad(format!("register: {error}. Look for a copy of the key file")),
            Ok(()) if count > 1 => Finding::Advice(format!(
                "register: it opens; {count} keys are in use. machiaruki register reseal --retire leaves the newest"
            )),
            Ok(()) => Finding::Good("register: it opens".into()),
        });
        Ok(())
    }

    async fn single_sign_on(&self, findings: &mut Vec<Finding>) {
        let sign_on = match self.oidc.single_sign_on(self.public_url.as_deref()) {
            Ok(None) => return,
            Ok(Some(sign_on)) => sign_on,
            Err(error) => {
                findings.push(Finding::Bad(format!("single sign-on: {error}")));
                return;
            }
        };
        let settings = sign_on.settings();
        let issuer = settings.issuer.as_str();
        match sign_on.check().await {
            Err(error) => findings.push(Finding::Bad(format!(
                "single sign-on: {issuer} cannot be used: {error}. Check that \
                 {issuer}/.well-known/openid-configuration opens on this machine, that its certificate is trusted \
                 here, and that --oidc-issuer is written exactly as the \"issuer\" there"
            ))),
            Ok(checked) => {
                let keys = checked.keys;
                findings.push(Finding::Good(format!("single sign-on: {issuer} answers and shows {keys} key(s)")));
                findings.push(Finding::Advice(format!(
                    "single sign-on: to be registered at the provider: redirect URI {}, post-logout redirect URI {}",
                    settings.redirect_uri(),
                    settings.signed_out_uri()
                )));
                for advice in checked.advice {
                    findings.push(Finding::Advice(match advice {
                        Advice::NoPkce => "single sign-on: the provider does not name PKCE with S256 among what it \
                                           knows; switch it on there if you can"
                            .into(),
                        Advice::NoSignOut => "single sign-on: the provider offers no way to sign out there; people \
                                              who sign out here stay signed in there"
                            .into(),
                    }));
                }
            }
        }
    }
}

async fn check(db: &Db, findings: &mut Vec<Finding>) -> anyhow::Result<()> {
    match self_check(db).await {
        Ok(engine) => findings.push(Finding::Good(format!("{engine}; its self-check is clean"))),
        Err(error) => findings.push(Finding::Bad(format!(
            "the database's self-check failed: {error}. Stop the service and restore the last backup"
        ))),
    }
    let state = migration_state(db).await?;
    if state.newer {
        findings.push(Finding::Bad("the database was used by a newer release: run that one".into()));
        return Ok(());
    }
    if state.applied < state.known {
        let missing = state.known - state.applied;
        findings.push(Finding::Advice(format!("{missing} migration(s) to apply: machiaruki migrate")));
        return Ok(());
    }
    findings.push(Finding::Good(format!("{} migration(s) applied", state.applied)));
    let today = system_clock().today();
    let mut tx = db.read().await?;
    for layer in LayerId::ALL {
        let datasets = datasets(&mut tx, layer).await?;
        let records: i64 = datasets.iter().map(|dataset| dataset.feature_count).sum();
        let line = format!("{layer}: {} dataset(s), {records} record(s)", datasets.len());
        let freshness = Freshness::of(&datasets, today);
        findings.push(match (freshness.state, freshness.due_on) {
            (FreshnessState::Empty, _) => {
                Finding::Advice(format!("{layer}: empty. machiaruki import {layer} FILE fills it"))
            }
            (FreshnessState::Overdue, Some(due)) => {
                Finding::Advice(format!("{line}; was to be confirmed again by {due}"))
            }
            _ => Finding::Good(line),
        });
    }
    drop(tx);
    check_analysts(db, findings).await?;
    check_retention(db, findings).await
}

/// Whether analysts can read the layers, where somebody wants that.
async fn check_analysts(db: &Db, findings: &mut Vec<Finding>) -> anyhow::Result<()> {
    if db.engine() != Engine::Postgres {
        return Ok(());
    }
    let mut tx = db.read().await?;
    let postgis = postgis(&mut tx).await?;
    let is_set_up = is_set_up(&mut tx).await?;
    drop(tx);
    findings.push(match (postgis, is_set_up) {
        (None, true) => Finding::Bad(
            "analysts: PostGIS is missing, and the schema published needs it: machiaruki analysts setup says what to do"
                .into(),
        ),
        (None, false) => Finding::Advice(
            "analysts: PostGIS is missing, so nobody reads the layers with QGIS: machiaruki analysts setup --role NAME makes it possible"
                .into(),
        ),
        (Some(found), false) => Finding::Advice(format!(
            "analysts: PostGIS {} is there; machiaruki analysts setup --role NAME lets QGIS read the layers",
            found.version
        )),
        (Some(found), true) => {
            let layers = published_versions(db).await?.len();
            Finding::Good(format!("analysts: PostGIS {}, {layers} layer(s) published", found.version))
        }
    });
    Ok(())
}

/// Whether what is past its retention period is erased every day.
async fn check_retention(db: &Db, findings: &mut Vec<Finding>) -> anyhow::Result<()> {
    let (clock, today) = (system_clock(), system_clock().today());
    let service = retention(db.clone(), clock, system_random());
    let due: i64 = service.states().await?.iter().map(|state| state.due).sum();
    let last = service.last_daily().await?;
    let is_late = last.is_none_or(|last| today.duration_since(last) > RETENTION_LATE);
    findings.push(if due > 0 && is_late {
        let last = last.map_or_else(|| "never ran".to_owned(), |last| format!("last ran for {last}"));
        Finding::Advice(format!(
            "retention: {due} item(s) are past their period, and the daily run {last}. serve does it while it runs; machiaruki retention run does it now"
        ))
    } else {
        Finding::Good(format!("retention: {due} item(s) due for the next daily run"))
    });
    Ok(())
}

/// A daily run may miss a day while nobody serves.
const RETENTION_LATE: SignedDuration = SignedDuration::from_hours(48);
