//! Accepting connections: HTTP/1.1 with limits that keep slow or idle clients from holding the server.

use std::{convert::Infallible, sync::Arc};

use axum::{Router, body::Body};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpListener, sync::Semaphore, task::JoinSet};
use tower::ServiceExt as _;

use super::{
    Peer, is_forwarded,
    limits::{CONNECTIONS, DRAIN_TIMEOUT, HEADER_READ_TIMEOUT},
};

/// Serves `app` until `stop` resolves; then lets open requests end for a while.
///
/// `axum::serve` has no time limit for a request's headers, hence this loop.
pub async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut open = JoinSet::new();
    let (closing, closed) = tokio::sync::watch::channel(false);
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
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(place) = places.clone().acquire_owned().await else {
            break;
        };
        // Small answers should not wait for more.
        let _ = stream.set_nodelay(true);
        let app = app.clone();
        let mut closed = closed.clone();
        open.spawn(async move {
            let service = service_fn(move |request: hyper::Request<Incoming>| {
                let app = app.clone();
                async move {
                    let mut request = request.map(Body::new);
                    let forwarded = is_forwarded(request.headers());
                    request.extensions_mut().insert(Peer { address: address.ip(), secure: false, forwarded });
                    let response = app.oneshot(request).await;
                    response.map_err(|never: Infallible| never)
                }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEADER_READ_TIMEOUT)
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
            drop(place);
        });
    }
    drop(listener);
    let _ = closing.send(true);
    let drained = async { while open.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN_TIMEOUT, drained).await.is_err() {
        tracing::warn!("some requests did not end in time and were cut off");
    }
}
