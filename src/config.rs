//! Configuration: one struct per concern, each option on the command line and by environment variable.

mod archive;
mod edge;
mod mail;
mod register;

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, ValueEnum};
use openidconnect::{ClientId, IssuerUrl};

use crate::{
    auth::oidc::{ClaimPath, RoleMap, Secret, Settings, SettingsError, SingleSignOn},
    db::DatabaseUrl,
    geo::Bbox,
    http::{BaseMap, Embedding, Municipality, Site},
    text::Text3,
};

pub use archive::ArchiveConfig;
pub use edge::{EdgeConfig, SurfaceConfig, TlsConfig};
pub use mail::MailConfig;
pub use register::RegisterConfig;

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
    /// Lets phones keep the tiles around a route that they download. Say so only where the tile server's owner allows it
    #[arg(long, env = "MACHIARUKI_BASE_MAP_OFFLINE")]
    pub base_map_offline: bool,
}

/// What is printed: sheets and posters.
#[derive(Args, Clone, Debug)]
pub struct PrintConfig {
    /// Folders with fonts, the best first, parted by colons in the environment. Sheets and posters need a Japanese font, such
    /// as Debian's fonts-noto-cjk; none is part of this program
    #[arg(
        long,
        env = "MACHIARUKI_FONT_DIR",
        value_delimiter = ':',
        default_values = ["/usr/share/fonts", "/usr/local/share/fonts"],
        value_name = "FOLDER"
    )]
    pub font_dir: Vec<PathBuf>,
}

/// The ward's single sign-on (OpenID Connect); none without an issuer.
#[derive(Args, Clone, Debug)]
pub struct OidcConfig {
    /// The issuer of the ward's single sign-on, such as <https://sso.example.lg.jp/realms/ward>; without it,
    /// people sign in with passwords of this service alone
    #[arg(long, env = "MACHIARUKI_OIDC_ISSUER", value_name = "URL")]
    pub oidc_issuer: Option<String>,
    /// The name under which this service is registered there
    #[arg(long, env = "MACHIARUKI_OIDC_CLIENT_ID", value_name = "ID")]
    pub oidc_client_id: Option<String>,
    /// The client's secret; the environment variable or the file keep it out of lists of processes
    #[arg(
        long,
        env = "MACHIARUKI_OIDC_CLIENT_SECRET",
        value_name = "SECRET",
        hide_env_values = true,
        conflicts_with = "oidc_client_secret_file"
    )]
    pub oidc_client_secret: Option<Secret>,
    /// A file that holds the client's secret
    #[arg(long, env = "MACHIARUKI_OIDC_CLIENT_SECRET_FILE", value_name = "FILE")]
    pub oidc_client_secret_file: Option<PathBuf>,
    /// What people call the single sign-on; shown on the button
    #[arg(long, env = "MACHIARUKI_OIDC_NAME", default_value = "シングルサインオン", value_name = "NAME")]
    pub oidc_name: String,
    /// What is asked for besides `openid`, with spaces between
    #[arg(long, env = "MACHIARUKI_OIDC_SCOPES", default_value = "profile", value_name = "SCOPES")]
    pub oidc_scopes: String,
    /// The claim that holds the employee number of the roster
    #[arg(
        long,
        env = "MACHIARUKI_OIDC_NUMBER_CLAIM",
        default_value = "employee_number",
        value_name = "CLAIM"
    )]
    pub oidc_number_claim: ClaimPath,
    /// The claim that holds groups or roles, such as `groups` or `realm_access.roles`
    #[arg(long, env = "MACHIARUKI_OIDC_ROLE_CLAIM", value_name = "CLAIM")]
    pub oidc_role_claim: Option<ClaimPath>,
    /// Which role a value of that claim stands for; may be given several times, `;` between in the environment
    /// variable
    #[arg(long, env = "MACHIARUKI_OIDC_ROLE_MAP", value_name = "VALUE=ROLE", value_delimiter = ';')]
    pub oidc_role_map: Vec<RoleMap>,
}

impl OidcConfig {
    /// The single sign-on, when one is configured. The provider is not asked yet.
    ///
    /// # Errors
    /// When it cannot be used as configured.
    pub fn single_sign_on(&self, public_url: Option<&str>) -> Result<Option<SingleSignOn>, SettingsError> {
        // An empty variable is how some service managers say that there is none.
        let Some(issuer) = self.oidc_issuer.as_deref().filter(|issuer| !issuer.is_empty()) else {
            return Ok(None);
        };
        let client_secret = match &self.oidc_client_secret_file {
            Some(file) => {
                let text = std::fs::read_to_string(file).map_err(SettingsError::SecretFile)?;
                text.parse().ok()
            }
            None => self.oidc_client_secret.clone(),
        };
        let settings = Settings {
            issuer: IssuerUrl::new(issuer.to_owned())
                .map_err(|_| SettingsError::Issuer(issuer.to_owned()))?,
            client_id: ClientId::new(self.oidc_client_id.clone().ok_or(SettingsError::NoClient)?),
            client_secret,
            name: self.oidc_name.clone(),
            scopes: self
                .oidc_scopes
                .split_whitespace()
                .filter(|scope| *scope != "openid")
                .map(str::to_owned)
                .collect(),
            number_claim: self.oidc_number_claim.clone(),
            role_claim: self.oidc_role_claim.clone(),
            role_map: self.oidc_role_map.clone(),
            public_url: public_url.ok_or(SettingsError::NoPublicUrl)?.to_owned(),
        };
        SingleSignOn::new(settings.checked()?).map(Some)
    }
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
    print: PrintConfig,
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
            offline: base_map.base_map_offline,
        }),
        embedding,
        demo,
        signs_in: true,
        font_folders: print.font_dir,
    }
}

pub(crate) fn web_address(text: &str) -> Result<String, String> {
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
