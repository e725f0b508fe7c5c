//! Accepting connections: HTTP/1.1, with or without TLS, and limits that keep slow, idle or greedy clients
//! from holding the server.
//!
//! `axum::serve` has no time limit for a request's headers, hence this loop.

mod pace;
mod places;
mod refuse;
mod shape;
mod stopping;
#[cfg(test)]
mod tests;

use std::{convert::Infallible, net::IpAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body};
use http::{HeaderValue, header};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tower::ServiceExt as _;

use pace::{Busy, Last, Paced, PacedBody};
use places::{Place, Places};

use super::{limits::Limits, proxies::TrustedProxies, tls::Tls};

pub use pace::TooSlow;
pub use stopping::Stopping;

/// Where connections come in: with which limits, over TLS or not, and through which proxies.
#[derive(Clone, Debug, Default)]
pub struct Entrance {
    /// What one client may ask for.
    pub limits: Limits,
    /// Whose word on the client's address is believed.
    pub proxies: TrustedProxies,
    /// The certificate; without it, connections are not encrypted.
    pub tls: Option<Tls>,
}

/// Serves `app` with the usual limits until `stop` resolves; then lets open requests end for a while.
pub async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    Entrance::default().serve(listener, app, stop).await;
}

/// What every connection needs to know.
struct Shared {
    app: Router,
    limits: Arc<Limits>,
    proxies: TrustedProxies,
    places: Places,
}

impl Entrance {
    /// Serves `app` until `stop` resolves; then lets open requests end for a while.
    pub async fn serve(self, listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let places = Places::new(&self.limits);
        let limits = Arc::new(self.limits);
        let shared = Arc::new(Shared { app, limits: limits.clone(), proxies: self.proxies, places });
        let mut open = JoinSet::new();
        let refusals = refuse::Refusals::default();
        let (closing, closed) = watch::channel(false);
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = &mut stop => break,
                Some(_) = open.join_next() => continue,
            };
            let (stream, address) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, most likely: some will be closed soon.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            let address = address.ip().to_canonical();
            let place = match shared.places.take(address, shared.proxies.trusts(address)) {
                Ok(place) => place,
                Err(reason) => {
                    refusals.refuse(stream, reason, self.tls.is_some());
                    continue;
                }
            };
            // Small answers should not wait for more.
            let _ = stream.set_nodelay(true);
            let (shared, tls, closed) = (shared.clone(), self.tls.clone(), closed.clone());
            open.spawn(async move { shared.connection(stream, address, tls, closed, place).await });
        }
        drop(listener);
        let _ = closing.send(true);
        let drained = async { while open.join_next().await.is_some() {} };
        if tokio::time::timeout(limits.drain_timeout, drained).await.is_err() {
            tracing::warn!("some requests did not end in time and were cut off");
        }
    }
}

impl Shared {
    async fn connection(
        self: Arc<Self>,
        stream: TcpStream,
        address: IpAddr,
        tls: Option<Tls>,
        mut closed: watch::Receiver<bool>,
        place: Place,
    ) {
        let Some(tls) = tls else {
            self.requests(stream, address, false, closed).await;
            drop(place);
            return;
        };
        let handshake = tokio::time::timeout(self.limits.handshake_timeout, tls.acceptor().accept(stream));
        let shaken = tokio::select! {
            shaken = handshake => shaken,
            _ = closed.changed() => return,
        };
        match shaken {
            Ok(Ok(stream)) => self.requests(stream, address, true, closed).await,
            // Scanners and broken clients; who they are is not logged.
            Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
            Err(_) => tracing::debug!("a TLS handshake took too long"),
        }
        drop(place);
    }

    async fn requests<S>(
        self: Arc<Self>,
        stream: S,
        address: IpAddr,
        over_tls: bool,
        mut closed: watch::Receiver<bool>,
    ) where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let busy = Busy::default();
        let (limits, stopping) = (self.limits.clone(), Stopping(Some(closed.clone())));
        let stream = Paced::new(stream, limits.clone(), busy.clone());
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            busy.begin();
            request.extensions_mut().insert(stopping.clone());
            self.clone().answer(request, address, over_tls, busy.clone())
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            // The time before a request and for its headers; `Paced` has a shorter one for the headers alone.
            .header_read_timeout(limits.idle_timeout)
            .max_header_size(limits.header_bytes)
            .serve_connection(TokioIo::new(stream), service);
        let mut connection = std::pin::pin!(connection);
        // Clients break off at any time; that is no event.
        let _ = tokio::select! {
            ended = &mut connection => ended,
            _ = closed.changed() => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
    }

    async fn answer(
        self: Arc<Self>,
        request: hyper::Request<Incoming>,
        address: IpAddr,
        over_tls: bool,
        busy: Busy,
    ) -> Result<http::Response<Last<Body>>, Infallible> {
        let refusal = shape::refusal(&request, &self.limits);
        let is_chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
        let must_close = is_chunked || refusal.is_some() || self.places.are_scarce();
        let peer = self.proxies.peer(address, over_tls, request.headers());
        let mut request = request.map(|body| Body::new(PacedBody::new(body, self.limits.clone())));
        request.extensions_mut().insert(peer);
        if let Some(problem) = refusal {
            request.extensions_mut().insert(problem);
        }
        let mut response = self.app.clone().oneshot(request).await?;
        if must_close {
            // Of a request with two lengths hyper shows us one (RFC 9112 section 6.1): nothing that follows it
            // on the connection is taken for a request.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(response.map(|body| Last::new(body, busy)))
    }
}
