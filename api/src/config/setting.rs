//! The one table of settings: parsing, `beacon config`, flags, unknown names and docs/OPERATIONS.md come from it.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono_tz::Tz;
use url::Url;

use super::database::DatabaseUrl;
use super::value::{self, IpNet, LogFormat, Origins};
use super::{Secret, database, secret};
use crate::domain::language::LanguageTag;

/// A setting: what is said of it, and how its text becomes a value.
pub(super) struct Setting<T> {
    pub(super) about: About,
    /// `None` for text that is not what [`About::wanted`] says.
    pub(super) parse: fn(&str) -> Option<T>,
}

/// What is said of a setting.
pub struct About {
    /// Its name in the environment, `BEACON_LISTEN`.
    pub name: &'static str,
    /// The default as it is documented; text in round brackets is computed.
    pub default: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// What a right value looks like, as the end of the sentence "… is wanted".
    pub wanted: &'static str,
    /// How much of it may be shown.
    pub secrecy: Secrecy,
}

/// How much of a value may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// All of it.
    Open,
    /// All but the password of a URL.
    Password,
    /// Nothing. There is no flag for it either: other users of the machine can read those.
    Hidden,
}

impl About {
    /// Its key in a settings file, `listen`.
    #[must_use]
    pub fn key(&self) -> String {
        self.name.trim_start_matches("BEACON_").to_ascii_lowercase()
    }

    /// Its flag without dashes, `data-dir`; `None` for secrets.
    #[must_use]
    pub fn flag(&self) -> Option<String> {
        (self.secrecy != Secrecy::Hidden).then(|| self.key().replace('_', "-"))
    }

    /// A value as it may be shown.
    #[must_use]
    pub fn shown(&self, value: &str) -> String {
        match self.secrecy {
            Secrecy::Open => value.to_owned(),
            Secrecy::Password => database::without_password(value),
            Secrecy::Hidden => "(hidden)".to_owned(),
        }
    }
}

/// Every setting, in the order in which they are printed.
#[must_use]
pub fn all() -> Vec<&'static About> {
    vec![
        &CONFIG,
        &DATA_DIR.about,
        &DATABASE_URL.about,
        &DATABASE_READ_URL.about,
        &LISTEN.about,
        &METRICS_LISTEN.about,
        &PUBLIC_URL.about,
        &SITE_URL.about,
        &SITE_NAME.about,
        &JWT_SECRET.about,
        &JWT_FORMER_SECRET.about,
        &OIDC_FILE.about,
        &LANGUAGES.about,
        &TIME_ZONE.about,
        &COUNTRY.about,
        &HOLIDAYS_FILE.about,
        &TRUSTED_PROXIES.about,
        &ALLOWED_ORIGINS.about,
        &EXPLORER.about,
        &LICENCE.about,
        &WORDS.about,
        &CACHE_BYTES.about,
        &CACHE_MAX_AGE.about,
        &RATE_LIMIT.about,
        &MAX_CONNECTIONS.about,
        &MAX_OPERATIONS.about,
        &REQUEST_TIMEOUT.about,
        &TRUSTED_DOCUMENTS.about,
        &TRUSTED_DOCUMENTS_ONLY.about,
        &OTLP_ENDPOINT.about,
        &OTLP_HEADERS.about,
        &LOG.about,
        &LOG_FORMAT.about,
    ]
}

/// Where the settings file is: read before the others, and not from that file.
pub(super) static CONFIG: About = About {
    name: "BEACON_CONFIG",
    default: "(beacon.toml, if there is one)",
    purpose: "Settings file in TOML, with the names below in small letters without BEACON_.",
    wanted: "the path of a file",
    secrecy: Secrecy::Open,
};

pub(super) static DATA_DIR: Setting<PathBuf> = Setting {
    about: About {
        name: "BEACON_DATA_DIR",
        default: "./data",
        purpose: "Where the SQLite database and the generated secret live; made if missing.",
        wanted: "the path of a directory",
        secrecy: Secrecy::Open,
    },
    parse: value::path,
};

pub(super) static DATABASE_URL: Setting<DatabaseUrl> = Setting {
    about: About {
        name: "BEACON_DATABASE_URL",
        default: "sqlite://beacon.db?mode=rwc",
        purpose: "The database: an SQLite file (a relative path starts from the data directory) or PostgreSQL.",
        wanted: "sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/DATABASE",
        secrecy: Secrecy::Password,
    },
    parse: DatabaseUrl::parse,
};

pub(super) static DATABASE_READ_URL: Setting<DatabaseUrl> = Setting {
    about: About {
        name: "BEACON_DATABASE_READ_URL",
        default: "(none)",
        purpose: "A replica of a PostgreSQL database, which reads for those who are not signed in.",
        wanted: "postgres://USER:PASSWORD@HOST/DATABASE",
        secrecy: Secrecy::Password,
    },
    parse: |text| DatabaseUrl::parse(text).filter(|url| url.sqlite_file().is_none()),
};

pub(super) static LISTEN: Setting<SocketAddr> = Setting {
    about: About {
        name: "BEACON_LISTEN",
        default: "127.0.0.1:8080",
        purpose: "Address and port to listen on; port 0 takes any free one.",
        wanted: "an address and port such as 127.0.0.1:8080",
        secrecy: Secrecy::Open,
    },
    parse: |text| text.parse().ok(),
};

pub(super) static METRICS_LISTEN: Setting<SocketAddr> = Setting {
    about: About {
        name: "BEACON_METRICS_LISTEN",
        default: "(none)",
        purpose: "Address and port on which /metrics is served, for Prometheus; none to keep them to yourself.",
        wanted: "an address and a port such as 127.0.0.1:9090",
        secrecy: Secrecy::Open,
    },
    parse: |text| text.parse().ok(),
};

pub(super) static PUBLIC_URL: Setting<Url> = Setting {
    about: About {
        name: "BEACON_PUBLIC_URL",
        default: "(http:// and the address it listens on)",
        purpose: "Where clients reach this server; also the issuer of access tokens.",
        wanted: "an http or https URL without query, such as https://content.example.org",
        secrecy: Secrecy::Open,
    },
    parse: value::web_url,
};

pub(super) static SITE_URL: Setting<Url> = Setting {
    about: About {
        name: "BEACON_SITE_URL",
        default: "(the public URL)",
        purpose: "The website that readers visit; every content's url begins with it.",
        wanted: "an http or https URL without query, such as https://www.example.org",
        secrecy: Secrecy::Open,
    },
    parse: value::web_url,
};

pub(super) static SITE_NAME: Setting<String> = Setting {
    about: About {
        name: "BEACON_SITE_NAME",
        default: "Beacon",
        purpose: "The name of the site.",
        wanted: "text of 1 to 120 characters on one line",
        secrecy: Secrecy::Open,
    },
    parse: value::line,
};

pub(super) static JWT_SECRET: Setting<Secret> = Setting {
    about: About {
        name: "BEACON_JWT_SECRET",
        default: "(made once and kept in jwt-secret in the data directory)",
        purpose: "Signs access tokens. Several processes behind one address need the same one.",
        wanted: "a secret of at least 32 bytes",
        secrecy: Secrecy::Hidden,
    },
    parse: secret::parse,
};

pub(super) static JWT_FORMER_SECRET: Setting<Secret> = Setting {
    about: About {
        name: "BEACON_JWT_FORMER_SECRET",
        default: "(none)",
        purpose: "What BEACON_JWT_SECRET was before: access tokens under it are good for another quarter of an hour.",
        wanted: "a secret of at least 32 bytes",
        secrecy: Secrecy::Hidden,
    },
    parse: secret::parse,
};

pub(super) static OIDC_FILE: Setting<PathBuf> = Setting {
    about: About {
        name: "BEACON_OIDC_FILE",
        default: "(none)",
        purpose: "The identity providers (OpenID Connect) whose access tokens are accepted: a file in TOML.",
        wanted: "the path of a file",
        secrecy: Secrecy::Open,
    },
    parse: value::path,
};

pub(super) static LANGUAGES: Setting<Vec<LanguageTag>> = Setting {
    about: About {
        name: "BEACON_LANGUAGES",
        default: "en",
        purpose: "The languages of the site, the default language first.",
        wanted: "a list of different language tags such as en,cy,fa",
        secrecy: Secrecy::Open,
    },
    parse: value::languages,
};

pub(super) static TIME_ZONE: Setting<Tz> = Setting {
    about: About {
        name: "BEACON_TIME_ZONE",
        default: "Europe/London",
        purpose: "The zone in which the site's days begin.",
        wanted: "an IANA time zone name such as Europe/London",
        secrecy: Secrecy::Open,
    },
    parse: value::time_zone,
};

pub(super) static COUNTRY: Setting<String> = Setting {
    about: About {
        name: "BEACON_COUNTRY",
        default: "GB",
        purpose: "The country whose emergency number is shown to readers who do not say where they are.",
        wanted: "two letters of ISO 3166-1 such as GB",
        secrecy: Secrecy::Open,
    },
    parse: value::country,
};

pub(super) static HOLIDAYS_FILE: Setting<PathBuf> = Setting {
    about: About {
        name: "BEACON_HOLIDAYS_FILE",
        default: "(none)",
        purpose: "Public holidays beside those that Beacon knows: a file of the form of https://www.gov.uk/bank-holidays.json.",
        wanted: "the path of a file",
        secrecy: Secrecy::Open,
    },
    parse: value::path,
};

pub(super) static TRUSTED_PROXIES: Setting<Vec<IpNet>> = Setting {
    about: About {
        name: "BEACON_TRUSTED_PROXIES",
        default: "(none)",
        purpose: "Proxies whose X-Forwarded-For is believed. Without any, the peer's address counts.",
        wanted: "a list of addresses or ranges such as 127.0.0.1,10.0.0.0/8",
        secrecy: Secrecy::Open,
    },
    parse: value::networks,
};

pub(super) static ALLOWED_ORIGINS: Setting<Origins> = Setting {
    about: About {
        name: "BEACON_ALLOWED_ORIGINS",
        default: "*",
        purpose: "Origins whose pages may ask from a browser, beside those of clients. No cookies are used, so * gives no page a reader's rights.",
        wanted: "* or a list of origins such as https://www.example.org,http://localhost:3000",
        secrecy: Secrecy::Open,
    },
    parse: Origins::parse,
};

pub(super) static EXPLORER: Setting<bool> = Setting {
    about: About {
        name: "BEACON_EXPLORER",
        default: "true",
        purpose: "Whether /explorer, the interactive query page, is served.",
        wanted: "true or false",
        secrecy: Secrecy::Open,
    },
    parse: |text| text.parse().ok(),
};

pub(super) static LICENCE: Setting<String> = Setting {
    about: About {
        name: "BEACON_LICENCE",
        default: "CC-BY-4.0",
        purpose: "The licence under which published content may be reused.",
        wanted: "an SPDX identifier such as CC-BY-4.0",
        secrecy: Secrecy::Open,
    },
    parse: value::licence,
};

pub(super) static WORDS: Setting<PathBuf> = Setting {
    about: About {
        name: "BEACON_WORDS",
        default: "(none)",
        purpose: "A file in TOML that adds to the words that texts are checked for; api/data/words.toml says how.",
        wanted: "the path of a file",
        secrecy: Secrecy::Open,
    },
    parse: value::path,
};

pub(super) static CACHE_BYTES: Setting<u64> = Setting {
    about: About {
        name: "BEACON_CACHE_BYTES",
        default: "67108864",
        purpose: "Memory for answers to anonymous readers, which are given again while nothing has changed; 0 keeps none.",
        wanted: "a whole number of bytes such as 67108864",
        secrecy: Secrecy::Open,
    },
    parse: |text| text.parse().ok(),
};

pub(super) static CACHE_MAX_AGE: Setting<u32> = Setting {
    about: About {
        name: "BEACON_CACHE_MAX_AGE",
        default: "60",
        purpose: "Seconds for which browsers and proxies may show an answer without asking again; never for channels and sensitive content.",
        wanted: "a whole number of seconds from 0 to 31536000",
        secrecy: Secrecy::Open,
    },
    parse: |text| value::whole(text, 0..=31_536_000),
};

pub(super) static RATE_LIMIT: Setting<u32> = Setting {
    about: About {
        name: "BEACON_RATE_LIMIT",
        default: "0",
        purpose: "Units of cost that each network address may ask for in a minute; 0 for no limit. Cached answers are free.",
        wanted: "a whole number such as 20000",
        secrecy: Secrecy::Open,
    },
    parse: |text| text.parse().ok(),
};

pub(super) static MAX_CONNECTIONS: Setting<u32> = Setting {
    about: About {
        name: "BEACON_MAX_CONNECTIONS",
        default: "16384",
        purpose: "Connections that are open at a time; more are answered 503. The system must allow so many open files.",
        wanted: "a whole number from 1 to 1000000",
        secrecy: Secrecy::Open,
    },
    parse: |text| value::whole(text, 1..=1_000_000),
};

pub(super) static MAX_OPERATIONS: Setting<u32> = Setting {
    about: About {
        name: "BEACON_MAX_OPERATIONS",
        default: "512",
        purpose: "Operations that are carried out at a time; more are answered 503. Cached answers are always given.",
        wanted: "a whole number from 1 to 1000000",
        secrecy: Secrecy::Open,
    },
    parse: |text| value::whole(text, 1..=1_000_000),
};

pub(super) static REQUEST_TIMEOUT: Setting<u32> = Setting {
    about: About {
        name: "BEACON_REQUEST_TIMEOUT",
        default: "30",
        purpose: "Seconds that an operation may take before it is given up, with its statements.",
        wanted: "a whole number of seconds from 1 to 300",
        secrecy: Secrecy::Open,
    },
    parse: |text| value::whole(text, 1..=300),
};

pub(super) static TRUSTED_DOCUMENTS: Setting<PathBuf> = Setting {
    about: About {
        name: "BEACON_TRUSTED_DOCUMENTS",
        default: "(none)",
        purpose: "The documents of the own frontends by id: a manifest as Apollo's tools, Relay's compiler or graphql-codegen write it.",
        wanted: "the path of a file",
        secrecy: Secrecy::Open,
    },
    parse: value::path,
};

pub(super) static TRUSTED_DOCUMENTS_ONLY: Setting<bool> = Setting {
    about: About {
        name: "BEACON_TRUSTED_DOCUMENTS_ONLY",
        default: "false",
        purpose: "Whether clients that are not signed in may run nothing but trusted documents and sign in.",
        wanted: "true or false",
        secrecy: Secrecy::Open,
    },
    parse: |text| text.parse().ok(),
};

pub(super) static OTLP_ENDPOINT: Setting<Url> = Setting {
    about: About {
        name: "BEACON_OTLP_ENDPOINT",
        default: "(none)",
        purpose: "The OpenTelemetry collector that traces are sent to, by OTLP over HTTP; /v1/traces is added.",
        wanted: "a URL such as http://127.0.0.1:4318",
        secrecy: Secrecy::Open,
    },
    parse: value::web_url,
};

pub(super) static OTLP_HEADERS: Setting<Vec<(String, Secret)>> = Setting {
    about: About {
        name: "BEACON_OTLP_HEADERS",
        default: "(none)",
        purpose: "Headers that traces are sent with, such as the collector's token: name=value, separated by commas.",
        wanted: "name=value, separated by commas, such as authorization=Bearer TOKEN",
        secrecy: Secrecy::Hidden,
    },
    parse: value::headers,
};

pub(super) static LOG: Setting<String> = Setting {
    about: About {
        name: "BEACON_LOG",
        default: "info",
        purpose: "Which log lines are written to stderr.",
        wanted: "a log filter such as info or warn,api=debug",
        secrecy: Secrecy::Open,
    },
    parse: value::log_filter,
};

pub(super) static LOG_FORMAT: Setting<LogFormat> = Setting {
    about: About {
        name: "BEACON_LOG_FORMAT",
        default: "text",
        purpose: "How log lines are written.",
        wanted: "text or json",
        secrecy: Secrecy::Open,
    },
    parse: LogFormat::parse,
};
