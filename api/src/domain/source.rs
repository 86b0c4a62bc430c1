//! Sources: what an editor may say about one, and how that becomes what readers see.

use chrono::{DateTime, Utc};
use entity::Id;
use entity::source;
use serde::Deserialize;
use serde_json::{Value, json};

use super::content::{Content, DRAFT};
use super::edit::{Edit, Parsed, Patch};
use super::problem::ProblemCode;
use super::{text, value};
use crate::store::draft::{Draft, Words};
use crate::store::noun::{Row, Text};
pub use crate::store::source::Source;
pub use entity::source::SourceKind;

/// What an input may say about a source.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SourcePatch {
    /// Its title.
    pub title: Patch<String>,
    /// Its slug.
    pub slug: Patch<String>,
    /// Who published it.
    pub publisher: Patch<String>,
    /// What kind of publication it is.
    pub kind: Patch<SourceKind>,
    /// Where it is.
    pub url: Patch<String>,
    /// Digital Object Identifier.
    pub doi: Patch<String>,
    /// When it came out.
    pub issued_on: Patch<String>,
    /// When it was last looked at.
    pub accessed_on: Patch<String>,
    /// A copy that stays.
    pub archived_url: Patch<String>,
    /// Under what terms.
    pub licence: Patch<String>,
    /// When the next one is expected.
    pub next_expected_on: Patch<String>,
}

impl Content for Source {
    type Patch = SourcePatch;
    const TITLE: &'static str = "title";
    const HAS_LANGUAGES: bool = false;

    fn blank_row(id: Id, _: DateTime<Utc>) -> Row<Self> {
        source::Model {
            document_id: id,
            stage: DRAFT,
            source_kind: SourceKind::Other,
            url: None,
            doi: None,
            issued_on: None,
            accessed_on: None,
            archived_url: None,
            next_expected_on: None,
        }
    }

    fn blank_text(id: Id, language: String) -> Text<Self> {
        source::text::Model {
            document_id: id,
            stage: DRAFT,
            language,
            publisher: String::new(),
            licence: None,
        }
    }

    fn apply(edit: &mut Edit, draft: &mut Draft<Self>, patch: SourcePatch, _: DateTime<Utc>) {
        let SourcePatch {
            title,
            slug,
            publisher,
            kind,
            url,
            doi,
            issued_on,
            accessed_on,
            archived_url,
            licence,
            next_expected_on,
        } = patch;
        let row = &mut draft.row;
        edit.required("kind", kind, &mut row.source_kind, Ok);
        edit.optional("url", url, &mut row.url, |url| value::url(&url));
        edit.optional("doi", doi, &mut row.doi, |name| self::doi(&name));
        edit.optional("issuedOn", issued_on, &mut row.issued_on, |day| value::date(&day));
        edit.optional("accessedOn", accessed_on, &mut row.accessed_on, |day| value::date(&day));
        edit.optional("archivedUrl", archived_url, &mut row.archived_url, |url| value::url(&url));
        edit.optional("nextExpectedOn", next_expected_on, &mut row.next_expected_on, |day| value::date(&day));
        if let Some(Words { translation, text: words }) = draft.words.get_mut(edit.language.as_str()) {
            edit.title("title", title, slug, &mut translation.title);
            edit.required("publisher", publisher, &mut words.publisher, |name| {
                text::parse(&name, text::TITLE)
            });
            edit.text("licence", licence, &mut words.licence, text::TITLE);
        }
    }

    fn shared(draft: &Draft<Self>) -> Value {
        let row = &draft.row;
        json!({
            "kind": row.source_kind,
            "url": row.url,
            "doi": row.doi,
            "issuedOn": row.issued_on,
            "accessedOn": row.accessed_on,
            "archivedUrl": row.archived_url,
            "nextExpectedOn": row.next_expected_on,
        })
    }

    fn worded(text: &Text<Self>) -> Value {
        json!({ "publisher": text.publisher, "licence": text.licence })
    }
}

/// A Digital Object Identifier (ISO 26324), `10.18356/9789210475594`: without its resolver, otherwise as it was written.
fn doi(text: &str) -> Parsed<String> {
    let text = text::parse(text, text::LINE)?;
    let (name, from_url) = without_resolver(&text);
    let invalid = |message: &str| Err((ProblemCode::Invalid, message.to_owned()));
    if from_url && name.contains(['%', '?', '#']) {
        return invalid(
            "Write the DOI itself, such as 10.1000/182, instead of a URL with escapes, query or fragment.",
        );
    }
    let Some((prefix, suffix)) = name.split_once('/') else { return invalid(NO_DOI) };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_registrant =
        prefix.strip_prefix("10.").is_some_and(|registrant| registrant.split('.').all(digits));
    if !is_registrant || suffix.is_empty() || suffix.contains(char::is_whitespace) {
        return invalid(NO_DOI);
    }
    Ok(name.to_owned())
}

const NO_DOI: &str = "This is no DOI, such as 10.1000/182.";

/// A DOI without what people write in front of it, and whether that was a resolver's URL.
fn without_resolver(text: &str) -> (&str, bool) {
    let strip = |text: &'_ str, front: &str| {
        text.get(..front.len()).is_some_and(|start| start.eq_ignore_ascii_case(front))
    };
    for front in [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "https://www.doi.org/",
        "doi.org/",
        "dx.doi.org/",
    ] {
        if strip(text, front) {
            return (&text[front.len()..], true);
        }
    }
    if strip(text, "doi:") { (text["doi:".len()..].trim_start(), false) } else { (text, false) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_loses_its_resolver_and_nothing_else() {
        for written in [
            "10.1016/S0140-6736(18)30000-0",
            "doi:10.1016/S0140-6736(18)30000-0",
            "DOI: 10.1016/S0140-6736(18)30000-0",
            "https://doi.org/10.1016/S0140-6736(18)30000-0",
            "HTTP://DX.DOI.ORG/10.1016/S0140-6736(18)30000-0",
        ] {
            assert_eq!(doi(written).as_deref(), Ok("10.1016/S0140-6736(18)30000-0"), "{written}");
        }
        assert_eq!(doi("10.1000.10/a/b?c").as_deref(), Ok("10.1000.10/a/b?c"));
    }

    #[test]
    fn what_is_no_doi_is_refused() {
        for written in [
            "",
            "11.1000/182",
            "10.1000",
            "10.1000/",
            "10./182",
            "10.a/182",
            "10.1000/1 2",
            "https://example.org/10.1000/182",
            "https://doi.org/10.1016/S0140-6736%2818%29",
            "https://doi.org/10.1000/182?from=here",
            "\u{1F41F}doi",
        ] {
            assert!(doi(written).is_err(), "{written}");
        }
    }
}
