//! Limits on what one client can ask of the server.

use std::time::Duration;

/// How long a request may take.
pub const REQUEST_TIMEOUT: Duration = Duration::from_mins(1);
/// The largest body that is read where a route does not say otherwise, in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// Limits that the accept loop keeps. The defaults suit a ward; tests make them tighter.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How many connections may be open at once.
    pub connections: usize,
    /// How many of them one address may hold. Generous: a ward office stands behind one address.
    pub connections_per_address: usize,
    /// How long a TLS handshake may take.
    pub handshake_timeout: Duration,
    /// How long a client may take to send a request's headers, from their first byte on, or from the
    /// connection's beginning.
    pub header_timeout: Duration,
    /// How long a connection may rest between two requests. Longer than the time for which nginx keeps its own
    /// (60 s): whoever closes first must not be the one that is about to be asked.
    pub idle_timeout: Duration,
    /// How long a client may pause within a body, its own or ours, before its speed counts.
    pub pause: Duration,
    /// The slowest body that is waited for, in bytes a second.
    pub slowest: u32,
    /// The longest headers of a request, its first line included, in bytes.
    pub header_bytes: usize,
    /// The longest address of a request, in bytes.
    pub uri_bytes: usize,
    /// How long open requests may go on when the server is told to stop.
    pub drain_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            connections_per_address: 1024,
            handshake_timeout: Duration::from_secs(10),
            header_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(75),
            pause: Duration::from_secs(15),
            slowest: 1024,
            header_bytes: 32 * 1024,
            uri_bytes: 8 * 1024,
            drain_timeout: Duration::from_secs(10),
        }
    }
}

impl Limits {
    /// How long that many bytes may take at the slowest speed.
    #[must_use]
    pub fn time_for(&self, bytes: usize) -> Duration {
        Duration::from_secs_f64(bytes as f64 / f64::from(self.slowest.max(1)))
    }
}
