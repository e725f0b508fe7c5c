//! Who may do what, over HTTP.

mod accounts;
mod audit;
mod grants;
mod matrix;
mod sessions;
mod settings;
