//! How a publication is named where a figure of it is shown.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use url::Url;

use super::read::Record;
use super::source::{Source, SourceKind};

/// How many capitalised words a name has that is called by its initials.
const MANY_WORDS: usize = 3;
/// What stands for a date that is not known.
const NO_DATE: &str = "n.d.";

/// Publisher and year: `UNODC, 2018`.
#[must_use]
pub fn short(source: &Record<Source>) -> String {
    let year = source.row.issued_on.map_or_else(|| NO_DATE.to_owned(), |day| day.year().to_string());
    format!("{}, {year}", short_name(&source.text.publisher))
}

/// Publisher, title, date, locator and URL; what is not known is left out, but for the date.
#[must_use]
pub fn full(source: &Record<Source>, locator: Option<&str>) -> String {
    let date = source.row.issued_on.map_or_else(|| NO_DATE.to_owned(), |day| day.to_string());
    let url = address(source);
    let known = [
        Some(source.text.publisher.as_str()),
        Some(source.name.title.as_str()),
        Some(date.as_str()),
        locator,
        url.as_deref(),
    ];
    known.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// An item of CSL-JSON, which reference managers and citation processors read.
#[must_use]
pub fn csl(source: &Record<Source>, id: &str) -> Value {
    let (row, publisher) = (&source.row, &source.text.publisher);
    let kind = match row.source_kind {
        SourceKind::PeerReviewed => "article-journal",
        SourceKind::Media => "article-newspaper",
        SourceKind::AdministrativeData | SourceKind::Survey => "dataset",
        SourceKind::OfficialStatistics
        | SourceKind::InternationalBody
        | SourceKind::CharityResearch
        | SourceKind::Other => "report",
    };
    let mut item = json!({
        "id": id,
        "type": kind,
        "title": source.name.title,
        "author": [{ "literal": publisher }],
        "publisher": publisher,
    });
    let known = [
        ("issued", row.issued_on.map(date_parts)),
        ("accessed", row.accessed_on.map(date_parts)),
        ("URL", address(source).map(Value::from)),
        ("DOI", row.doi.clone().map(Value::from)),
    ];
    for (field, value) in known {
        if let Some(value) = value {
            item[field] = value;
        }
    }
    item
}

/// A publisher's short form: an abbreviation that stands in brackets after the name; else the initials of a name with
/// three or more capitalised words, in which a word of capitals stays whole (`UKHSA`); else the name itself.
/// An article in front does not count.
fn short_name(publisher: &str) -> String {
    if let Some((_, bracketed)) = publisher.strip_suffix(')').and_then(|name| name.rsplit_once('('))
        && is_abbreviation(bracketed)
    {
        return bracketed.to_owned();
    }
    let words = publisher.strip_prefix("The ").unwrap_or(publisher);
    let capitalised: Vec<&str> =
        words.split([' ', '-', '/']).filter(|word| word.starts_with(char::is_uppercase)).collect();
    if capitalised.len() < MANY_WORDS {
        return publisher.to_owned();
    }
    let initials = capitalised.iter().map(|word| {
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        if is_abbreviation(letters) { letters.to_owned() } else { word.chars().take(1).collect() }
    });
    initials.collect()
}

fn is_abbreviation(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// Where it is: its URL, else its DOI's.
fn address(source: &Record<Source>) -> Option<String> {
    source.row.url.clone().or_else(|| resolver(source.row.doi.as_deref()?))
}

fn resolver(doi: &str) -> Option<String> {
    let mut url = Url::parse("https://doi.org").ok()?;
    url.path_segments_mut().ok()?.extend(doi.split('/'));
    Some(url.into())
}

fn date_parts(day: NaiveDate) -> Value {
    json!({ "date-parts": [[day.year(), day.month(), day.day()]] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_called_by_its_initials() {
        for (publisher, short) in [
            ("United Nations Office on Drugs and Crime", "UNODC"),
            ("Office for National Statistics", "ONS"),
            ("UK Health Security Agency", "UKHSA"),
            ("International Labour Organization (ILO)", "ILO"),
            ("Home Office", "Home Office"),
            ("The Salvation Army", "The Salvation Army"),
            ("UNICEF", "UNICEF"),
            ("وزارة الداخلية", "وزارة الداخلية"),
            ("()", "()"),
        ] {
            assert_eq!(short_name(publisher), short);
        }
    }

    #[test]
    fn a_doi_leads_to_its_resolver() {
        assert_eq!(resolver("10.1000/a b?c").as_deref(), Some("https://doi.org/10.1000/a%20b%3Fc"));
    }
}
