//! Where values come from, and which of them counts.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::setting::{self, About, Setting};

/// Read when no other file is named, if it is there.
const USUAL_FILE: &str = "beacon.toml";

/// What the process was started with.
#[derive(Default)]
pub struct Sources {
    /// The whole environment; names without `BEACON_` are passed over.
    pub environment: Vec<(OsString, OsString)>,
    /// Flags that were given, by the name of their setting.
    pub flags: Vec<(&'static str, String)>,
    /// The directory where `beacon.toml` is looked for; none for nowhere.
    pub directory: PathBuf,
    /// Whether the demonstration's defaults and its own database are in force.
    pub demo: bool,
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// Set by `--demo`.
    Demo,
    /// A settings file.
    File(PathBuf),
    /// An environment variable of the setting's name.
    Environment,
    /// A flag, without dashes.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("the default"),
            Self::Demo => f.write_str("the flag --demo"),
            Self::File(path) => write!(f, "the file {}", path.display()),
            Self::Environment => f.write_str("the environment"),
            Self::Flag(flag) => write!(f, "the flag --{flag}"),
        }
    }
}

/// Why there are no settings. Each is one line.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// A value is not what its setting wants.
    #[error("{name} from {origin} is {shown:?}: {wanted} is wanted.")]
    Wrong {
        /// The setting.
        name: &'static str,
        /// Where the value came from.
        origin: Origin,
        /// The value, without what is secret.
        shown: String,
        /// What a right value looks like.
        wanted: &'static str,
    },
    /// The settings file cannot be read.
    #[error("The settings file {} cannot be read: {error}.", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The settings file is no TOML.
    #[error("The settings file {} is no TOML, line {line}: {reason}.", .path.display())]
    NotToml {
        /// The file.
        path: PathBuf,
        /// Where, from 1.
        line: usize,
        /// What the parser expected; nothing of the file's text.
        reason: String,
    },
}

/// Every setting as it counts, and the names that are none.
pub struct Origins {
    /// One row for each setting, in the order of the table.
    pub rows: Vec<Row>,
    /// What was set and is no setting.
    pub unknown: Vec<Unknown>,
}

/// A setting as it counts.
pub struct Row {
    /// Its name.
    pub name: &'static str,
    /// Its value, without what is secret.
    pub shown: String,
    /// Where that came from.
    pub origin: Origin,
}

/// A name that is no setting.
#[derive(Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The name as it was written.
    pub name: String,
    /// Where.
    pub origin: Origin,
    /// The setting that was perhaps meant.
    pub nearest: Option<&'static str>,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {} is no setting", self.name, self.origin)?;
        match self.nearest {
            Some(nearest) => write!(f, "; did you mean {nearest}?"),
            None => f.write_str("; `beacon config` lists them all."),
        }
    }
}

/// The values that were given, the stronger source having replaced the weaker.
pub(super) struct Layers {
    given: HashMap<&'static str, (String, Origin)>,
    shown: HashMap<&'static str, String>,
    unknown: Vec<Unknown>,
}

impl Layers {
    pub(super) fn read(sources: &Sources) -> Result<Self, ConfigError> {
        let mut layers = Self { given: HashMap::new(), shown: HashMap::new(), unknown: Vec::new() };
        if sources.demo {
            layers.give(setting::LANGUAGES.about.name, "en,cy,fa".to_owned(), Origin::Demo);
            layers.give(setting::SITE_NAME.about.name, "Wrenfold Youth".to_owned(), Origin::Demo);
        }
        // The environment and the flags may name the file, and are stronger than what it says.
        let mut stronger = Self { given: HashMap::new(), shown: HashMap::new(), unknown: Vec::new() };
        stronger.read_environment(&sources.environment)?;
        for (name, value) in &sources.flags {
            let flag = setting::all().into_iter().find(|about| about.name == *name).and_then(About::flag);
            stronger.give(name, value.clone(), Origin::Flag(flag.unwrap_or_default()));
        }
        let named = stronger.given.get(setting::CONFIG.name).map(|(path, _)| PathBuf::from(path));
        layers.read_file(named.as_deref(), &sources.directory)?;
        layers.given.extend(stronger.given);
        layers.unknown.extend(stronger.unknown);
        if sources.demo {
            let own = "sqlite://demo.db?mode=rwc".to_owned();
            layers.give(setting::DATABASE_URL.about.name, own, Origin::Demo);
        }
        Ok(layers)
    }

    fn give(&mut self, name: &'static str, value: String, origin: Origin) {
        self.given.insert(name, (value, origin));
    }

    fn read_environment(&mut self, environment: &[(OsString, OsString)]) -> Result<(), ConfigError> {
        for (name, value) in environment {
            let Some(name) = name.to_str().filter(|name| name.starts_with("BEACON_")) else { continue };
            let Some(about) = setting::all().into_iter().find(|about| about.name == name) else {
                self.unknown.push(Unknown {
                    name: name.to_owned(),
                    origin: Origin::Environment,
                    nearest: nearest(name),
                });
                continue;
            };
            let value =
                value.to_str().ok_or_else(|| wrong(about, Origin::Environment, &value.to_string_lossy()))?;
            self.give(about.name, value.to_owned(), Origin::Environment);
        }
        Ok(())
    }

    fn read_file(&mut self, named: Option<&Path>, directory: &Path) -> Result<(), ConfigError> {
        let path = named.map_or_else(|| directory.join(USUAL_FILE), Path::to_path_buf);
        let text = match fs::read_to_string(&path) {
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(ConfigError::Unreadable { path, error }),
            Ok(text) => text,
        };
        let table: toml::Table = toml::from_str(&text).map_err(|error| not_toml(&path, &text, &error))?;
        let origin = Origin::File(path);
        self.give(setting::CONFIG.name, origin_path(&origin), Origin::Default);
        for (key, value) in &table {
            let known = setting::all().into_iter().filter(|about| about.name != setting::CONFIG.name);
            match known.into_iter().find(|about| about.key() == *key) {
                None => {
                    let nearest = nearest(&format!("BEACON_{}", key.to_ascii_uppercase()));
                    self.unknown.push(Unknown { name: key.clone(), origin: origin.clone(), nearest });
                }
                Some(about) => {
                    let value =
                        text_of(value).ok_or_else(|| wrong(about, origin.clone(), &value.to_string()))?;
                    self.give(about.name, value, origin.clone());
                }
            }
        }
        Ok(())
    }

    /// A setting's value, or its default.
    pub(super) fn get<T>(&mut self, setting: &Setting<T>) -> Result<T, ConfigError> {
        self.get_or(setting, setting.about.default)
    }

    /// A setting's value, or a default that was computed from others.
    pub(super) fn get_or<T>(&mut self, setting: &Setting<T>, default: &str) -> Result<T, ConfigError> {
        let about = &setting.about;
        let (text, origin) = match self.given.get(about.name) {
            Some((text, origin)) => (text.as_str(), origin.clone()),
            None => (default, Origin::Default),
        };
        let value = (setting.parse)(text).ok_or_else(|| wrong(about, origin, text))?;
        self.shown.insert(about.name, about.shown(text));
        Ok(value)
    }

    /// A setting's value if it was given.
    pub(super) fn optional<T>(&mut self, setting: &Setting<T>) -> Result<Option<T>, ConfigError> {
        if self.given.contains_key(setting.about.name) { self.get(setting).map(Some) } else { Ok(None) }
    }

    pub(super) fn into_origins(mut self) -> Origins {
        let rows = setting::all().into_iter().map(|about| {
            let given = self.given.remove(about.name);
            let as_given = given.as_ref().map(|(text, _)| about.shown(text));
            let shown =
                self.shown.remove(about.name).or(as_given).unwrap_or_else(|| about.default.to_owned());
            Row { name: about.name, shown, origin: given.map_or(Origin::Default, |(_, origin)| origin) }
        });
        Origins { rows: rows.collect(), unknown: self.unknown }
    }
}

fn wrong(about: &About, origin: Origin, value: &str) -> ConfigError {
    ConfigError::Wrong { name: about.name, origin, shown: about.shown(value), wanted: about.wanted }
}

fn origin_path(origin: &Origin) -> String {
    if let Origin::File(path) = origin { path.display().to_string() } else { String::new() }
}

fn not_toml(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let line = error
        .span()
        .and_then(|span| text.get(..span.start))
        .map_or(1, |before| before.matches('\n').count() + 1);
    ConfigError::NotToml {
        path: path.to_owned(),
        line,
        reason: error.message().trim_end_matches('.').to_owned(),
    }
}

/// A value of the file as the environment would have it; lists are joined by commas.
fn text_of(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(is) => Some(is.to_string()),
        toml::Value::Array(parts) => Some(parts.iter().map(text_of).collect::<Option<Vec<_>>>()?.join(",")),
        toml::Value::Float(_) | toml::Value::Datetime(_) | toml::Value::Table(_) => None,
    }
}

/// The setting whose name differs by at most a third of its letters.
fn nearest(name: &str) -> Option<&'static str> {
    let tail = name.trim_start_matches("BEACON_");
    setting::all()
        .into_iter()
        .map(|about| {
            (strsim::damerau_levenshtein(tail, about.name.trim_start_matches("BEACON_")), about.name)
        })
        .min()
        .filter(|(distance, _)| *distance <= tail.len() / 3)
        .map(|(_, nearest)| nearest)
}
