//! Language tags, and the ordered wish list that a reader brings.

use std::fmt;

use icu_locale::Locale;

/// A BCP 47 language tag in canonical case: `en`, `cy`, `zh-Hant-TW`. At most 35 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct LanguageTag(String);

/// Longest tag that RFC 5646 asks implementations to keep.
const MAX_BYTES: usize = 35;

impl LanguageTag {
    /// Parses and canonicalises a tag. `None` for what is no language tag, `und`, and tags with extensions.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let locale: Locale = text.parse().ok()?;
        (locale.extensions.is_empty() && !locale.id.language.is_unknown())
            .then(|| Self(locale.id.to_string()))
    }

    /// `und`, the tag of what has no language.
    #[must_use]
    pub fn undetermined() -> Self {
        Self("und".to_owned())
    }

    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether text in this language runs from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        let Ok(locale) = self.0.parse::<Locale>() else { return false };
        icu_locale::LocaleDirectionality::new_common().is_right_to_left(&locale.id)
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The language of a tag without script and region: `en` of `en-GB`.
#[must_use]
pub fn primary(tag: &str) -> &str {
    tag.split_once('-').map_or(tag, |(language, _)| language)
}

/// What speakers of a language call it: `Cymraeg`. The tag itself for languages this list does not have.
#[must_use]
pub fn own_name(tag: &LanguageTag) -> String {
    let name = match primary(&tag.0) {
        "ar" => "العربية",
        "bn" => "বাংলা",
        "cy" => "Cymraeg",
        "de" => "Deutsch",
        "en" => "English",
        "es" => "Español",
        "fa" => "فارسی",
        "fr" => "Français",
        "ga" => "Gaeilge",
        "gd" => "Gàidhlig",
        "gu" => "ગુજરાતી",
        "he" => "עברית",
        "hi" => "हिन्दी",
        "it" => "Italiano",
        "ku" => "Kurdî",
        "lt" => "Lietuvių",
        "nl" => "Nederlands",
        "pa" => "ਪੰਜਾਬੀ",
        "pl" => "Polski",
        "ps" => "پښتو",
        "pt" => "Português",
        "ro" => "Română",
        "so" => "Soomaali",
        "sq" => "Shqip",
        "ta" => "தமிழ்",
        "ti" => "ትግርኛ",
        "tr" => "Türkçe",
        "uk" => "Українська",
        "ur" => "اردو",
        "vi" => "Tiếng Việt",
        "zh" => "中文",
        _ => return tag.to_string(),
    };
    name.to_owned()
}

/// The wish list of an `Accept-Language` header (RFC 9110 §12.5.4): tags by falling weight, in the
/// order given where weights are equal; what cannot be read, `*` and `q=0` are left out. At most ten.
#[must_use]
pub fn accept_language(header: &str) -> Vec<LanguageTag> {
    let mut wishes: Vec<(u16, LanguageTag)> = header
        .split(',')
        .filter_map(|part| {
            let mut pieces = part.split(';').map(str::trim);
            let tag = LanguageTag::parse(pieces.next()?)?;
            let weight = match pieces.next() {
                None => 1000,
                Some(q) => thousandths(q.strip_prefix("q=").or_else(|| q.strip_prefix("Q="))?)?,
            };
            (weight > 0).then_some((weight, tag))
        })
        .collect();
    wishes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wishes.into_iter().map(|(_, tag)| tag).take(10).collect()
}

/// A quality value (`0`, `0.8`, `1.000`; RFC 9110 §12.4.2) in thousandths.
pub(crate) fn thousandths(q: &str) -> Option<u16> {
    let (whole, fraction) = q.split_once('.').unwrap_or((q, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole = match whole {
        "0" => 0,
        "1" => 1000,
        _ => return None,
    };
    let value = whole + format!("{fraction:0<3}").parse::<u16>().ok()?;
    (value <= 1000).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_kept_in_canonical_case() {
        assert_eq!(LanguageTag::parse("EN-gb").map(|t| t.to_string()).as_deref(), Some("en-GB"));
        assert_eq!(LanguageTag::parse("zh-hant-tw").map(|t| t.to_string()).as_deref(), Some("zh-Hant-TW"));
    }

    #[test]
    fn what_is_no_language_is_refused() {
        for text in ["", "und", "english language", "e", "en_GB!", "x".repeat(40).as_str()] {
            assert_eq!(LanguageTag::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn persian_and_arabic_run_from_right_to_left() {
        let rtl = |tag| LanguageTag::parse(tag).is_some_and(|t| t.is_rtl());
        assert!(rtl("fa") && rtl("ar") && rtl("he") && !rtl("cy") && !rtl("en"));
    }

    #[test]
    fn wishes_come_by_weight() {
        let tags: Vec<_> = accept_language("en;q=0.5, cy, *;q=0.1, fr;q=0, de;q=0.8, pl;q=99")
            .into_iter()
            .map(|t| t.to_string())
            .collect();
        assert_eq!(tags, ["cy", "de", "en"]);
    }
}
