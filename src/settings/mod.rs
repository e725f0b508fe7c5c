//! Settings that administrators change while the service runs. What belongs to the machine (addresses,
//! certificates, the database) is an option of the command instead.

mod model;
mod routes;
pub mod store;

pub use model::{BadSetting, Contact, Key, Settings};
pub use routes::{SettingsApi, SettingsService, routes};
