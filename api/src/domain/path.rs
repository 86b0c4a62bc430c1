//! Where readers find content: `/posts/SLUG`, with `/cy` in front for every language but the site's default.

use entity::document::NodeKind;

use super::language::LanguageTag;
use crate::app::App;

/// The first segment of a kind's pages; `None` for content without a page of its own.
#[must_use]
pub fn segment(kind: NodeKind) -> Option<&'static str> {
    match kind {
        NodeKind::Post => Some("posts"),
        NodeKind::Campaign => Some("campaigns"),
        NodeKind::Statistic => Some("statistics"),
        NodeKind::Service => Some("services"),
        NodeKind::Topic => Some("topics"),
        NodeKind::Person => Some("people"),
        NodeKind::StatisticSet | NodeKind::ContactChannel | NodeKind::Source | NodeKind::Site => None,
    }
}

/// The kinds that have pages.
pub const KINDS: [NodeKind; 6] = [
    NodeKind::Post,
    NodeKind::Campaign,
    NodeKind::Statistic,
    NodeKind::Service,
    NodeKind::Topic,
    NodeKind::Person,
];

/// The path of a page in a language.
#[must_use]
pub fn of(app: &App, kind: NodeKind, language: &str, slug: &str) -> Option<String> {
    let segment = segment(kind)?;
    let prefix =
        if language == app.config.languages[0].as_str() { String::new() } else { format!("/{language}") };
    Some(format!("{prefix}/{segment}/{slug}"))
}

/// A path with the site's origin.
#[must_use]
pub fn url(app: &App, path: &str) -> String {
    format!("{}{path}", app.config.site_url.as_str().trim_end_matches('/'))
}

/// What a path says of the page it leads to.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// The kind of page.
    pub kind: NodeKind,
    /// The language named in front, or the site's default.
    pub language: LanguageTag,
    /// Its slug.
    pub slug: String,
    /// For an edition: its year.
    pub year: Option<i32>,
}

/// Reads a path of the form that [`of`] makes, with or without a slash at the end.
#[must_use]
pub fn parse(app: &App, path: &str) -> Option<Place> {
    let mut segments: Vec<&str> = path.strip_prefix('/')?.trim_end_matches('/').split('/').collect();
    let mut language = app.config.languages[0].clone();
    if segments.len() > 2
        && let Some(tag) = app.config.languages.iter().find(|tag| tag.as_str() == segments[0])
    {
        language = tag.clone();
        segments.remove(0);
    }
    let kind = KINDS.into_iter().find(|&kind| segment(kind) == Some(segments[0]))?;
    match segments.as_slice() {
        [_, slug] => Some(Place { kind, language, slug: (*slug).to_owned(), year: None }),
        [_, slug, year] if kind == NodeKind::Campaign => {
            Some(Place { kind, language, slug: (*slug).to_owned(), year: Some(year.parse().ok()?) })
        }
        _ => None,
    }
}
