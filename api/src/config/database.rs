//! The database's URL: checked, completed, and shown without its password.

use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

/// `sqlite:…` or `postgres://…`. Printed without the password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// Checks a URL. `None` for other databases and for SQLite in memory, which the pool of readers cannot share.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let usable = match url.scheme() {
            "sqlite" => {
                !sqlite_parts(text)?.0.is_empty()
                    && !text.contains(":memory:")
                    && !text.contains("mode=memory")
            }
            "postgres" | "postgresql" => true,
            _ => false,
        };
        usable.then(|| Self(text.to_owned()))
    }

    /// The whole URL, with the password: for the driver only.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same, with a relative SQLite path made absolute from a directory.
    pub(super) fn resolved(self, directory: &Path) -> Self {
        let Some((file, query)) = sqlite_parts(&self.0) else { return self };
        if file.starts_with('/') {
            return Self(format!("sqlite://{file}{query}"));
        }
        // The driver decodes `%`, so that a path may hold what would end it in a URL.
        let directory =
            directory.to_string_lossy().replace('%', "%25").replace('?', "%3F").replace('#', "%23");
        Self(format!("sqlite://{directory}/{file}{query}"))
    }

    /// The SQLite file; `None` for PostgreSQL.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let (file, _) = sqlite_parts(&self.0)?;
        Url::parse(&format!("file://{file}")).ok()?.to_file_path().ok()
    }

    /// Whether an SQLite file may be made where there is none.
    #[must_use]
    pub fn makes_its_file(&self) -> bool {
        sqlite_parts(&self.0).is_some_and(|(_, query)| query.split(['?', '&']).any(|pair| pair == "mode=rwc"))
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&without_password(&self.0))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The path and the `?…` of an SQLite URL, as the driver cuts it.
fn sqlite_parts(url: &str) -> Option<(&str, &str)> {
    let rest = url.strip_prefix("sqlite:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    Some(rest.split_at(rest.find('?').unwrap_or(rest.len())))
}

/// A URL with its password, in either place where PostgreSQL's driver looks for one, replaced by `***`.
pub(super) fn without_password(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else { return "(hidden)".to_owned() };
    let hidden = url.password().is_none() || url.set_password(Some("***")).is_ok();
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    if pairs.iter().any(|(name, _)| name == "password") {
        let kept = pairs.iter().map(|(name, value)| (name, if name == "password" { "***" } else { value }));
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    if hidden && url.scheme() == "sqlite" {
        text.to_owned()
    } else if hidden {
        url.to_string()
    } else {
        "(hidden)".to_owned()
    }
}
