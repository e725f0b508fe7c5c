//! `machiaruki serve`.

use anyhow::Context as _;
use clap::Args;
use tokio::net::TcpListener;

use crate::{
    app::{App, system_clock, system_random},
    config::{BaseMapConfig, DatabaseConfig, ListenConfig, MunicipalityConfig, site},
    db::Db,
    http::{Site, server},
    places::Purpose,
};

/// Serve a ward's own data.
#[derive(Args, Debug)]
pub struct Serve {
    #[command(flatten)]
    listen: ListenConfig,
    #[command(flatten)]
    database: DatabaseConfig,
    #[command(flatten)]
    municipality: MunicipalityConfig,
    #[command(flatten)]
    base_map: BaseMapConfig,
}

impl Serve {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let db = Db::open(&self.database.database_url)
            .await
            .with_context(|| format!("cannot open {}", self.database.database_url))?;
        let app = App::start(db, system_clock(), system_random(), Purpose::Ward)
            .await
            .with_context(|| format!("cannot serve {}", self.database.database_url))?;
        let site = site(&self.listen, self.municipality, self.base_map, false);
        listen(&self.listen, app, site).await
    }
}

/// Serves until the process is told to stop.
pub(super) async fn listen(config: &ListenConfig, app: App, site: Site) -> anyhow::Result<()> {
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("cannot listen on {}: choose another --listen", config.listen))?;
    let address = listener.local_addr()?;
    // Before anybody is told that the service is there: who is told may stop it at once.
    let stop = stop_signal()?;
    let url = site.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    println!("まちあるき {url}");
    println!("オープンデータ / open data: {url}/ogc");
    server::serve(listener, app.router(site), stop).await;
    app.db.close().await;
    Ok(())
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
