//! Running the program, asking it over HTTP, and databases for it.

mod certificate;
mod http;
mod postgres;
mod program;
mod raw;
mod server;
mod shared;
mod wait;
mod ward;

pub use certificate::Certificate;
pub use http::{Connection, Response};
pub use postgres::PostgresDatabase;
pub use program::{Ran, program, run};
pub use raw::{ask, ask_to_the_end};
pub use server::Server;
pub use shared::shared_path;
pub use wait::eventually;
pub use ward::{Ward, csv, geojson, layer, on_every_engine};
