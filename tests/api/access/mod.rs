//! Who may do what, over HTTP.

mod accounts;
mod audit;
mod canary;
mod grants;
mod matrix;
mod sessions;
mod settings;
