//! Turning connections away.

use std::{sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::Semaphore,
};

use super::places::NoPlace;

/// Whoever is turned away is told so, as long as telling them holds nothing up.
#[derive(Clone, Debug)]
pub(super) struct Refusals(Arc<Semaphore>);

/// How many are told at once.
const AT_ONCE: usize = 32;
/// How long telling may take.
const TELLING: Duration = Duration::from_millis(500);

impl Default for Refusals {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Refusals {
    pub(super) fn refuse(&self, mut stream: TcpStream, reason: NoPlace, is_tls: bool) {
        // A handshake would cost more than an answer is worth.
        let Some(permit) = self.0.clone().try_acquire_owned().ok().filter(|_| !is_tls) else {
            return;
        };
        tokio::spawn(async move {
            let tell = async {
                stream.write_all(answer(reason).as_bytes()).await?;
                stream.shutdown().await?;
                // A connection that is closed with unread bytes is reset, and the answer lost.
                let mut unread = [0; 1024];
                while stream.read(&mut unread).await? > 0 {}
                Ok::<_, std::io::Error>(())
            };
            let _ = tokio::time::timeout(TELLING, tell).await;
            drop(permit);
        });
    }
}

fn answer(reason: NoPlace) -> String {
    let (status, slug, title, detail) = match reason {
        NoPlace::Full => (
            "503 Service Unavailable",
            "unavailable",
            "いまは利用できません / Not available right now",
            "混み合っています。少し待ってからお試しください。 / It is crowded. Please try again in a moment.",
        ),
        NoPlace::Share => (
            "429 Too Many Requests",
            "too-many-requests",
            "接続が多すぎます / Too many connections",
            "同じアドレスからの接続が多すぎます。少し待ってからお試しください。 / There are too many connections from the same address. Please try again in a moment.",
        ),
    };
    let body = serde_json::json!({
        "type": format!("urn:problem-type:machiaruki:{slug}"),
        "title": title,
        "status": status[..3].parse::<u16>().unwrap_or(503),
        "detail": detail,
    })
    .to_string();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/problem+json\r\ncontent-length: {}\r\nretry-after: 5\r\ncache-control: no-store\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}
