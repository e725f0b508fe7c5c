//! `make durability`: an acknowledged visit is never lost, and none is stored twice.
//!
//! The real program on SQLite and on PostgreSQL, while phones send visits: killed without warning, with the power cut, with its
//! disk full, with connections cut at every byte, and with twenty phones sending the same. Afterwards whatever was
//! acknowledged is there once, the database is sound, and the program serves.
//!
//! `cargo test` does each a few times. `MACHIARUKI_DURABILITY=full` does them as often as the promise says.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]
#![expect(clippy::print_stdout, reason = "a proof says what it has shown")]

mod chance;
mod connections;
mod disk;
mod disks;
mod kills;
mod phone;
mod postgres;
mod power;
mod sends;
#[path = "../commands/support/mod.rs"]
#[expect(dead_code, unused_imports, reason = "shared with the tests of the commands")]
mod support;
mod ward;

/// How often something is done: `full` in `make durability`, `short` otherwise.
fn times(full: u32, short: u32) -> u32 {
    if std::env::var("MACHIARUKI_DURABILITY").is_ok_and(|how| how == "full") { full } else { short }
}
