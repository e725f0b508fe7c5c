//! Configuration: one struct per concern, each option on the command line and by environment variable.

mod edge;

use std::net::SocketAddr;

use clap::{Args, ValueEnum};

use crate::{
    db::DatabaseUrl,
    geo::Bbox,
    http::{BaseMap, Embedding, Municipality, Site},
    text::Text3,
};

pub use edge::{EdgeConfig, SurfaceConfig, TlsConfig};

/// Where the database is.
#[derive(Args, Clone, Debug)]
pub struct DatabaseConfig {
    /// The database: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`
    #[arg(
        long,
        env = "MACHIARUKI_DATABASE_URL",
        default_value = "sqlite:data/ward.sqlite",
        hide_env_values = true
    )]
    pub database_url: DatabaseUrl,
}

/// Where the server listens.
#[derive(Args, Clone, Debug)]
pub struct ListenConfig {
    /// The address and port to listen on
    #[arg(long, env = "MACHIARUKI_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub listen: SocketAddr,
    /// The address under which people reach the service, such as <https://map.example.lg.jp>; without it,
    /// links follow the Host of each request
    #[arg(long, env = "MACHIARUKI_PUBLIC_URL", value_name = "URL", value_parser = web_address)]
    pub public_url: Option<String>,
}

/// Which municipality is served.
#[derive(Args, Clone, Debug)]
pub struct MunicipalityConfig {
    /// 全国地方公共団体コード of the municipality, six digits
    #[arg(long, env = "MACHIARUKI_MUNICIPALITY_CODE", default_value = "131032", value_name = "CODE")]
    pub municipality_code: String,
    /// Its name in Japanese
    #[arg(long, env = "MACHIARUKI_MUNICIPALITY_NAME", default_value = "港区", value_name = "NAME")]
    pub municipality_name: String,
    /// Its name in English
    #[arg(long, env = "MACHIARUKI_MUNICIPALITY_NAME_EN", default_value = "Minato City", value_name = "NAME")]
    pub municipality_name_en: String,
    /// Its name in やさしい日本語; the reading, most often
    #[arg(long, env = "MACHIARUKI_MUNICIPALITY_NAME_EASY", default_value = "みなとく", value_name = "NAME")]
    pub municipality_name_easy: String,
    /// The box that the map opens on while no boundary is imported: west,south,east,north in degrees
    #[arg(long, env = "MACHIARUKI_BBOX", default_value = "139.70,35.62,139.79,35.69", value_name = "BOX", value_parser = bbox)]
    pub bbox: Bbox,
}

/// The tiles under the map.
#[derive(Args, Clone, Debug)]
pub struct BaseMapConfig {
    /// Tiles with {z}, {x} and {y}, or `none` in a network without any: the ward's own outlines are drawn
    #[arg(
        long,
        env = "MACHIARUKI_BASE_MAP_URL",
        default_value = "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png",
        value_name = "URL"
    )]
    pub base_map_url: String,
    /// What must be shown with the tiles
    #[arg(
        long,
        env = "MACHIARUKI_BASE_MAP_ATTRIBUTION",
        default_value = "地理院タイル(淡色地図)",
        value_name = "TEXT"
    )]
    pub base_map_attribution: String,
    /// Where the attribution leads
    #[arg(
        long,
        env = "MACHIARUKI_BASE_MAP_ATTRIBUTION_URL",
        default_value = "https://maps.gsi.go.jp/development/ichiran.html",
        value_name = "URL"
    )]
    pub base_map_attribution_url: String,
    /// The deepest zoom that the tile server has
    #[arg(long, env = "MACHIARUKI_BASE_MAP_MAX_ZOOM", default_value_t = 18, value_name = "ZOOM")]
    pub base_map_max_zoom: u8,
}

/// What is written to the log, and how.
#[derive(Args, Clone, Debug)]
pub struct LogConfig {
    /// What is logged: a level, or a list like `info,machiaruki::http=debug`
    #[arg(long, env = "MACHIARUKI_LOG", default_value = "info", global = true, value_name = "FILTER")]
    pub log: String,
    /// For people or for programs
    #[arg(long, env = "MACHIARUKI_LOG_FORMAT", default_value = "text", global = true)]
    pub log_format: LogFormat,
}

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

/// The face of a deployment, from its options.
#[must_use]
pub fn site(
    listen: &ListenConfig,
    municipality: MunicipalityConfig,
    base_map: BaseMapConfig,
    embedding: Embedding,
    demo: bool,
) -> Site {
    // Read once and needed as long as the process runs.
    let text = |text: String| -> &'static str { text.leak() };
    Site {
        public_url: listen.public_url.clone(),
        municipality: Municipality {
            code: municipality.municipality_code,
            name: Text3::new(
                text(municipality.municipality_name),
                text(municipality.municipality_name_en),
                text(municipality.municipality_name_easy),
            ),
            bbox: municipality.bbox,
        },
        base_map: (base_map.base_map_url != "none").then_some(BaseMap {
            url_template: base_map.base_map_url,
            attribution: base_map.base_map_attribution,
            attribution_url: base_map.base_map_attribution_url,
            max_zoom: base_map.base_map_max_zoom,
        }),
        embedding,
        demo,
    }
}

fn web_address(text: &str) -> Result<String, String> {
    let plain = text.trim_end_matches('/');
    let is_web = plain.starts_with("https://") || plain.starts_with("http://");
    let is_clean = plain.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
    if is_web && is_clean {
        Ok(plain.to_owned())
    } else {
        Err("an address like https://map.example.lg.jp is expected".into())
    }
}

fn bbox(text: &str) -> Result<Bbox, String> {
    let numbers: Vec<f64> = text
        .split(',')
        .map(|part| part.trim().parse().map_err(|_| format!("{part:?} is not a number")))
        .collect::<Result<_, String>>()?;
    match numbers[..] {
        [west, south, east, north] if west < east && south < north => Ok(Bbox { west, south, east, north }),
        _ => Err("four numbers are expected: west,south,east,north".into()),
    }
}
