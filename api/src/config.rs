//! Settings: defaults < file < environment < flags, each printable with where it came from.

mod database;
mod layers;
mod secret;
mod setting;
mod value;

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono_tz::Tz;
use url::Url;

use crate::domain::language::LanguageTag;

pub use layers::{ConfigError, Origin, Origins, Row, Sources, Unknown};
pub use secret::{FILE as SECRET_FILE, Secret, Secrets, kept, rotate};
pub use setting::{About, Secrecy, all};
pub use value::{IpNet, LogFormat, Origins as AllowedOrigins};

use layers::Layers;

/// Every setting of the process, checked. See docs/OPERATIONS.md for the list.
#[derive(Clone, Debug)]
pub struct Config {
    /// `BEACON_DATABASE_URL`: `sqlite:///…` with an absolute path, or `postgres://…` with its password.
    pub database_url: DatabaseUrl,
    /// `BEACON_DATABASE_READ_URL`: a replica of it, `postgres://…`; `None` for none.
    pub database_read_url: Option<DatabaseUrl>,
    /// `BEACON_LISTEN`: where the server listens.
    pub listen: SocketAddr,
    /// `BEACON_METRICS_LISTEN`: where operators read metrics; `None` for nowhere.
    pub metrics_listen: Option<SocketAddr>,
    /// `BEACON_PUBLIC_URL`: where clients reach this server; without a trailing slash in paths made from it.
    pub public_url: Url,
    /// `BEACON_SITE_URL`: the website that readers visit, origin of every content's `url`.
    pub site_url: Url,
    /// `BEACON_SITE_NAME`: the name of the site.
    pub site_name: String,
    /// `BEACON_DATA_DIR`: where the SQLite database and the generated secret live; absolute.
    pub data_dir: PathBuf,
    /// `BEACON_JWT_SECRET`: signs access tokens; at least 32 bytes. `None` for those [`kept`] in the data directory.
    pub jwt_secret: Option<Secret>,
    /// `BEACON_JWT_FORMER_SECRET`: signed them until this start.
    pub jwt_former_secret: Option<Secret>,
    /// `BEACON_OIDC_FILE`: the identity providers whose access tokens are accepted; absolute. `None` for nobody's.
    pub oidc_file: Option<PathBuf>,
    /// `BEACON_LANGUAGES`: the languages of the site, the default first; never empty, no duplicates.
    pub languages: Vec<LanguageTag>,
    /// `BEACON_TIME_ZONE`: the zone in which the site's days begin.
    pub time_zone: Tz,
    /// `BEACON_COUNTRY`: whose emergency number is shown unless an area is asked for; ISO 3166-1.
    pub country: String,
    /// `BEACON_HOLIDAYS_FILE`: the government's list of public holidays; `None` for the shipped rules alone.
    pub holidays_file: Option<PathBuf>,
    /// `BEACON_TRUSTED_PROXIES`: whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// `BEACON_ALLOWED_ORIGINS`: whose pages may ask from a browser.
    pub allowed_origins: AllowedOrigins,
    /// `BEACON_EXPLORER`: whether `/explorer` is served.
    pub explorer: bool,
    /// `BEACON_LICENCE`: SPDX identifier under which published content may be reused.
    pub licence: String,
    /// `BEACON_WORDS`: adds to the words that texts are checked for; absolute.
    pub words: Option<PathBuf>,
    /// `BEACON_CACHE_BYTES`: how much memory answers for anonymous readers may take; 0 keeps none.
    pub cache_bytes: u64,
    /// `BEACON_CACHE_MAX_AGE`: for how many seconds browsers and proxies may show an answer without asking again.
    pub cache_max_age: u32,
    /// `BEACON_RATE_LIMIT`: units of cost a minute that each address may ask for; 0 for no limit.
    pub rate_limit: u32,
    /// `BEACON_MAX_CONNECTIONS`: most connections at a time.
    pub max_connections: u32,
    /// `BEACON_MAX_OPERATIONS`: most operations that are carried out at a time.
    pub max_operations: u32,
    /// `BEACON_REQUEST_TIMEOUT`: how many seconds an operation may take.
    pub request_timeout: u32,
    /// `BEACON_TRUSTED_DOCUMENTS`: the manifest of the documents that the operator trusts; absolute.
    pub trusted_documents: Option<PathBuf>,
    /// `BEACON_TRUSTED_DOCUMENTS_ONLY`: whether nothing else runs for anonymous clients.
    pub trusted_documents_only: bool,
    /// `BEACON_OTLP_ENDPOINT`: the collector that traces are sent to; `None` for no traces.
    pub otlp_endpoint: Option<Url>,
    /// `BEACON_OTLP_HEADERS`: the headers that they are sent with; the names are in small letters.
    pub otlp_headers: Vec<(String, Secret)>,
    /// `BEACON_LOG`: which log lines are written, in the syntax of `tracing-subscriber`'s `EnvFilter`.
    pub log: String,
    /// `BEACON_LOG_FORMAT`: how they are written.
    pub log_format: LogFormat,
}

pub use database::DatabaseUrl;

impl Config {
    /// Reads and checks every setting, the later source over the earlier. Touches nothing but the settings file.
    ///
    /// # Errors
    /// The first value that is wrong, with its source and what would be right; or a settings file that cannot be read.
    pub fn load(sources: &Sources) -> Result<(Self, Origins), ConfigError> {
        let mut layers = Layers::read(sources)?;
        let data_dir = layers.get(&setting::DATA_DIR)?;
        let database_url = layers.get(&setting::DATABASE_URL)?.resolved(&data_dir);
        let listen = layers.get(&setting::LISTEN)?;
        let public_url = layers.get_or(&setting::PUBLIC_URL, &format!("http://{listen}"))?;
        let site_url = layers.get_or(&setting::SITE_URL, public_url.as_str())?;
        let config = Self {
            database_url,
            database_read_url: layers.optional(&setting::DATABASE_READ_URL)?,
            listen,
            metrics_listen: layers.optional(&setting::METRICS_LISTEN)?,
            public_url,
            site_url,
            site_name: layers.get(&setting::SITE_NAME)?,
            data_dir,
            jwt_secret: layers.optional(&setting::JWT_SECRET)?,
            jwt_former_secret: layers.optional(&setting::JWT_FORMER_SECRET)?,
            oidc_file: layers.optional(&setting::OIDC_FILE)?,
            languages: layers.get(&setting::LANGUAGES)?,
            time_zone: layers.get(&setting::TIME_ZONE)?,
            country: layers.get(&setting::COUNTRY)?,
            holidays_file: layers.optional(&setting::HOLIDAYS_FILE)?,
            trusted_proxies: layers.optional(&setting::TRUSTED_PROXIES)?.unwrap_or_default(),
            allowed_origins: layers.get(&setting::ALLOWED_ORIGINS)?,
            explorer: layers.get(&setting::EXPLORER)?,
            licence: layers.get(&setting::LICENCE)?,
            words: layers.optional(&setting::WORDS)?,
            cache_bytes: layers.get(&setting::CACHE_BYTES)?,
            cache_max_age: layers.get(&setting::CACHE_MAX_AGE)?,
            rate_limit: layers.get(&setting::RATE_LIMIT)?,
            max_connections: layers.get(&setting::MAX_CONNECTIONS)?,
            max_operations: layers.get(&setting::MAX_OPERATIONS)?,
            request_timeout: layers.get(&setting::REQUEST_TIMEOUT)?,
            trusted_documents: layers.optional(&setting::TRUSTED_DOCUMENTS)?,
            trusted_documents_only: layers.get(&setting::TRUSTED_DOCUMENTS_ONLY)?,
            otlp_endpoint: layers.optional(&setting::OTLP_ENDPOINT)?,
            otlp_headers: layers.optional(&setting::OTLP_HEADERS)?.unwrap_or_default(),
            log: layers.get(&setting::LOG)?,
            log_format: layers.get(&setting::LOG_FORMAT)?,
        };
        Ok((config, layers.into_origins()))
    }
}

#[cfg(test)]
mod tests;
