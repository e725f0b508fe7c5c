//! One queue of what people are told, by mail and in the app.
//!
//! - A feature says what it may tell as [`Kind`]s, named in one line of [`app::notice_kinds`](crate::app::notice_kinds),
//!   and calls [`tell`] in the transaction of what happened. What it hands over is no text: [`Kind::words`] puts it
//!   into the reader's language when it is read or sent.
//! - In the app a notice is there exactly once: it is a row. By mail it is sent at least once, always under the same
//!   Message-ID: a [`Worker`] claims what is due for a while, so that two servers never send the same one at the same time,
//!   and what a crashed one had claimed is taken up later.
//! - What would tell too much of whom it is for is kept under a [pseudonym](crate::audit::Pseudonyms): a copy of the database does not say
//!   who lives in disaster housing.
//! - Whoever is absent is told nothing unless it is urgent; whoever has left is told nothing at all.

pub mod api;
mod days;
mod model;
mod retention;
mod smtp;
pub mod store;
mod titled;
mod worker;

pub use days::said;
pub use model::{Addressee, Channel, Kind, Kinds, Mailbox, NewNotice, NoticeId, State, Words, backoff};
pub use retention::Notices;
pub use smtp::{Security, Smtp, SmtpError, SmtpSettings};
pub use store::tell;
pub use titled::titled;
pub use worker::{LEASE, Mail, MailError, Mailer, Step, Worker};
