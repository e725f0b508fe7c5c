//! Who may do what, over HTTP.

mod accounts;
mod grants;
mod matrix;
mod sessions;
