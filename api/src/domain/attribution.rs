//! Whose content it is, and under which licence others may use it.

use super::html::escaped;
use super::message::{Value, Voice};

/// What is said beside content that somebody else shows.
pub struct Attribution<'a> {
    /// The language of the content.
    pub language: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// Where it is at home.
    pub canonical_url: &'a str,
    /// Who publishes it.
    pub organisation: &'a str,
    /// Their page.
    pub organisation_url: Option<&'a str>,
    /// SPDX identifier.
    pub licence: &'a str,
}

impl Attribution<'_> {
    /// Plain text: `A day against trafficking by Example Trust (CC-BY-4.0)`.
    #[must_use]
    pub fn text(&self) -> String {
        self.line(self.title, self.organisation, self.licence)
    }

    /// The same as HTML, each part with its link.
    #[must_use]
    pub fn html(&self) -> String {
        let licence = link(licence_url(self.licence).as_deref(), " rel=\"license\"", self.licence);
        let organisation = link(self.organisation_url, "", self.organisation);
        self.line(&link(Some(self.canonical_url), "", self.title), &organisation, &licence)
    }

    fn line(&self, title: &str, organisation: &str, licence: &str) -> String {
        let values = [("title", title), ("organisation", organisation), ("licence", licence)];
        Voice::of([self.language]).say("attribution", &values.map(|(name, text)| (name, Value::Text(text))))
    }
}

/// Where a licence can be read; `None` for what no list has: `NONE`, `NOASSERTION` and `LicenseRef-…`.
#[must_use]
pub fn licence_url(licence: &str) -> Option<String> {
    let creative_commons = || {
        let (terms, version) = licence.strip_prefix("CC-")?.rsplit_once('-')?;
        // Ports to single countries have a third part.
        let is_version = version.chars().all(|c| c.is_ascii_digit() || c == '.');
        is_version
            .then(|| format!("https://creativecommons.org/licenses/{}/{version}/", terms.to_lowercase()))
    };
    match licence {
        "NONE" | "NOASSERTION" => None,
        "CC0-1.0" => Some("https://creativecommons.org/publicdomain/zero/1.0/".to_owned()),
        "OGL-UK-3.0" => {
            Some("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/".to_owned())
        }
        licence if licence.starts_with("LicenseRef-") => None,
        licence => creative_commons().or_else(|| Some(format!("https://spdx.org/licenses/{licence}.html"))),
    }
}

fn link(url: Option<&str>, attributes: &str, text: &str) -> String {
    match url {
        Some(url) => format!("<a href=\"{}\"{attributes}>{}</a>", escaped(url), escaped(text)),
        None => escaped(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_lead_to_their_text() {
        let url = |licence| licence_url(licence).unwrap_or_default();
        assert_eq!(url("CC-BY-4.0"), "https://creativecommons.org/licenses/by/4.0/");
        assert_eq!(url("CC-BY-NC-SA-4.0"), "https://creativecommons.org/licenses/by-nc-sa/4.0/");
        assert_eq!(url("CC-BY-3.0-DE"), "https://spdx.org/licenses/CC-BY-3.0-DE.html");
        assert_eq!(url("MIT"), "https://spdx.org/licenses/MIT.html");
        assert_eq!((url("NONE"), url("LicenseRef-Ours")), (String::new(), String::new()));
    }

    #[test]
    fn a_title_cannot_become_markup() {
        let attribution = Attribution {
            language: "en",
            title: "<b>A</b>",
            canonical_url: "https://example.org/posts/a",
            organisation: "Trust & Co",
            organisation_url: None,
            licence: "CC-BY-4.0",
        };
        assert_eq!(attribution.text(), "<b>A</b> by Trust & Co (CC-BY-4.0)");
        assert_eq!(
            attribution.html(),
            "<a href=\"https://example.org/posts/a\">&lt;b&gt;A&lt;/b&gt;</a> by Trust &amp; Co \
             (<a href=\"https://creativecommons.org/licenses/by/4.0/\" rel=\"license\">CC-BY-4.0</a>)"
        );
    }
}
