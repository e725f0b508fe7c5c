//! Limits on what one client can ask of the server.

use std::time::Duration;

/// How long a client may take to send a request's headers.
pub const HEADER_READ_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a request may take.
pub const REQUEST_TIMEOUT: Duration = Duration::from_mins(1);
/// The largest body that is read where a route does not say otherwise, in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024;
/// How long open requests may go on when the server is told to stop.
pub const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);
/// How many connections may be open at once; more wait to be accepted.
pub const CONNECTIONS: usize = 4096;
