//! `machiaruki serve`.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context as _;
use axum::Router;
use clap::Args;
use tokio::{
    net::TcpListener,
    sync::{Notify, watch},
};

use crate::{
    app::{App, system_clock, system_random},
    config::{
        ArchiveConfig, BaseMapConfig, DatabaseConfig, EdgeConfig, ListenConfig, MailConfig,
        MunicipalityConfig, OidcConfig, PrintConfig, RegisterConfig, SurfaceConfig, TlsConfig, site,
    },
    councils::service::{Register, Vault},
    db::Db,
    gatherings,
    http::{
        Site,
        redirect::{Target, redirect},
        server::Entrance,
    },
    places::Purpose,
};

/// Serve a ward's own data.
#[derive(Args, Debug)]
pub struct Serve {
    #[command(flatten)]
    listen: ListenConfig,
    #[command(flatten)]
    tls: TlsConfig,
    #[command(flatten)]
    edge: EdgeConfig,
    #[command(flatten)]
    surface: SurfaceConfig,
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    municipality: MunicipalityConfig,
    #[command(flatten)]
    base_map: BaseMapConfig,
    #[command(flatten)]
    print: PrintConfig,
    #[command(flatten)]
    oidc: OidcConfig,
    #[command(flatten)]
    mail: MailConfig,
    #[command(flatten)]
    archive: ArchiveConfig,
    #[command(flatten)]
    register: RegisterConfig,
}

impl Serve {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        // Before the database is touched: a mistake here is the operator's, and quickly mended.
        let tls = self.tls.open()?;
        let single_sign_on = self.oidc.single_sign_on(self.listen.public_url.as_deref())?;
        let mailer = self.mail.mailer()?;
        let archive_key = self.archive.key()?;
        let register_keys = self.register.keys()?;
        let db = Db::open(&self.database.database_url)
            .await
            .with_context(|| format!("cannot open {}", self.database.database_url))?;
        let mut app = App::start(db, system_clock(), system_random(), Purpose::Ward)
            .await
            .with_context(|| format!("cannot serve {}", self.database.database_url))?;
        app.single_sign_on = single_sign_on;
        app.mailer = mailer;
        app.archive_key = archive_key;
        if let Some(keys) = &register_keys {
            let vault = Vault::new(keys.clone(), system_random());
            // Better no service than a register that is sealed with two keys of which nobody has both.
            Register::check(&app.db, &vault)
                .await
                .context("--register-key does not open this database's register")?;
            gatherings::service::check(&app.db, &vault)
                .await
                .context("--register-key does not open who takes part in this database's gatherings")?;
        }
        app.register_keys = register_keys;
        app.public_url.clone_from(&self.listen.public_url);
        app.keep(self.surface.surfaces()).await?;
        let site =
            site(&self.listen, self.municipality, self.base_map, self.print, self.edge.embedding(), false);
        let router = app.router_of(site.clone(), self.surface.surfaces());
        let entrance = Entrance { limits: self.edge.limits(), proxies: self.edge.proxies(), tls };
        let door = Door { entrance, http_redirect: self.edge.http_redirect };
        listen(&self.listen, door, &app, &site, router).await
    }
}

/// How people come in.
#[derive(Debug, Default)]
pub(super) struct Door {
    pub(super) entrance: Entrance,
    pub(super) http_redirect: Option<SocketAddr>,
}

/// Serves until the process is told to stop.
pub(super) async fn listen(
    config: &ListenConfig,
    door: Door,
    app: &App,
    site: &Site,
    router: Router,
) -> anyhow::Result<()> {
    let listener = bind(config.listen, "--listen").await?;
    let address = listener.local_addr()?;
    let plain = match door.http_redirect {
        Some(address) => Some(bind(address, "--http-redirect").await?),
        None => None,
    };
    // Before anybody is told that the service is there: who is told may stop it at once.
    let stop = stop_signal()?;
    let scheme = if door.entrance.tls.is_some() { "https" } else { "http" };
    if let Some(tls) = &door.entrance.tls {
        tokio::spawn(tls.clone().follow(app.clock.clone(), hang_ups()?));
    }
    let url = site.public_url.clone().unwrap_or_else(|| format!("{scheme}://{address}"));
    println!("まちあるき {url}");
    println!("オープンデータ / open data: {url}/ogc");
    if site.public_url.is_some() {
        println!("受付 / listening on {address}");
    }
    let (stopped, told) = watch::channel(false);
    let redirecting = plain.map(|plain| {
        println!("http → https: {}", plain.local_addr().map_or(String::new(), |address| address.to_string()));
        let target = Target { public_url: site.public_url.clone(), port: address.port() };
        let entrance = Entrance { tls: None, ..door.entrance.clone() };
        let mut told = told.clone();
        tokio::spawn(entrance.serve(plain, redirect(target), async move {
            let _ = told.changed().await;
        }))
    });
    let stop = async move {
        stop.await;
        let _ = stopped.send(true);
    };
    door.entrance.serve(listener, router, stop).await;
    if let Some(redirecting) = redirecting {
        let _ = redirecting.await;
    }
    app.stop().await;
    Ok(())
}

async fn bind(address: SocketAddr, option: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}: choose another {option}"))
}

/// SIGHUP, by which service managers say that files have changed; heeded from this call on.
fn hang_ups() -> std::io::Result<Arc<Notify>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut hung_up = signal(SignalKind::hangup())?;
    let notify = Arc::new(Notify::new());
    tokio::spawn({
        let notify = notify.clone();
        async move {
            while hung_up.recv().await.is_some() {
                notify.notify_one();
            }
        }
    });
    Ok(notify)
}

/// Ctrl-C, or SIGTERM from a service manager; heeded from this call on.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
        tracing::info!("stopping");
    })
}
