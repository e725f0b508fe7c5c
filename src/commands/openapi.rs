//! `machiaruki openapi`: the definition that the browser app's types are generated from.

use clap::{Args, ValueEnum};

/// Print the definition of the API.
#[derive(Args, Debug)]
pub struct Openapi {
    /// Which API
    #[arg(long, default_value = "app")]
    of: Which,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    /// The browser app's, OpenAPI 3.1
    App,
    /// OGC API – Features, OpenAPI 3.0
    Ogc,
}

impl Openapi {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let document = match self.of {
            Which::App => serde_json::to_value(crate::app::openapi())?,
            Which::Ogc => crate::layers::ogc_openapi(""),
        };
        println!("{}", serde_json::to_string_pretty(&document)?);
        Ok(())
    }
}
