//! How each network counts a message, and the link that opens it there, ready to be sent.

use entity::campaign::ShareNetwork;
use entity::campaign::edition_text::ShareMessage;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::contact::encoded;

/// What X and Mastodon count for any URL.
const URL_LENGTH: usize = 23;

/// The length of a message with its URL behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// As the network counts.
    pub length: usize,
    /// The most that it takes.
    pub limit: usize,
    /// How many messages it is sent as: one, but for long texts (SMS).
    pub parts: usize,
}

impl Measure {
    /// Whether it fits into one message.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.length <= self.limit
    }
}

/// A message as its network counts it. The URL stands behind the words, after a space.
#[must_use]
pub fn measure(message: &ShareMessage) -> Measure {
    let text = whole(message);
    let of = |length, limit| Measure { length, limit, parts: 1 };
    match message.network {
        // twitter-text 3, in normal form C.
        ShareNetwork::X => of(with_urls(&text, |words| weighted(&words.nfc().collect::<String>())), 280),
        // Of the post's text, links written out.
        ShareNetwork::Bluesky => of(graphemes(&text), 300),
        ShareNetwork::Mastodon => of(with_urls(&text, graphemes), 500),
        ShareNetwork::Threads => of(text.chars().count(), 500),
        ShareNetwork::Instagram => of(text.chars().count(), 2_200),
        ShareNetwork::Linkedin => of(text.chars().count(), 3_000),
        ShareNetwork::Facebook => of(text.chars().count(), 63_206),
        ShareNetwork::Whatsapp => of(text.chars().count(), 65_536),
        // No mail program minds; more than a message and its URL can have here.
        ShareNetwork::Email => of(text.chars().count(), 10_000),
        ShareNetwork::Sms => sms(&text),
    }
}

/// The link that opens the message on its network. None for Instagram, which has no such link, for Mastodon, where the
/// reader's server is not known, and for Facebook and LinkedIn without a URL: they share pages and no words.
#[must_use]
pub fn share_url(message: &ShareMessage) -> Option<String> {
    let text = encoded(&whole(message), "");
    let page = message.url.as_deref().map(|url| encoded(url, ""));
    match message.network {
        ShareNetwork::X => {
            let page = page.map_or_else(String::new, |page| format!("&url={page}"));
            Some(format!("https://x.com/intent/post?text={}{page}", encoded(&message.text, "")))
        }
        ShareNetwork::Bluesky => Some(format!("https://bsky.app/intent/compose?text={text}")),
        ShareNetwork::Threads => Some(format!("https://www.threads.net/intent/post?text={text}")),
        ShareNetwork::Facebook => {
            page.map(|page| format!("https://www.facebook.com/sharer/sharer.php?u={page}"))
        }
        ShareNetwork::Linkedin => {
            page.map(|page| format!("https://www.linkedin.com/sharing/share-offsite/?url={page}"))
        }
        ShareNetwork::Whatsapp => Some(format!("https://wa.me/?text={text}")),
        // Lines of a body end in both: RFC 6068 §5.
        ShareNetwork::Email => Some(format!("mailto:?body={}", text.replace("%0A", "%0D%0A"))),
        ShareNetwork::Sms => Some(format!("sms:?body={text}")),
        ShareNetwork::Mastodon | ShareNetwork::Instagram => None,
    }
}

fn whole(message: &ShareMessage) -> String {
    match &message.url {
        Some(url) => format!("{} {url}", message.text),
        None => message.text.clone(),
    }
}

fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// The length of a text whose URLs count alike, however long they are.
fn with_urls(text: &str, count: impl Fn(&str) -> usize) -> usize {
    let (mut length, mut rest) = (0, text);
    while let Some(start) = next_url(rest) {
        let (before, url) = rest.split_at(start);
        let end = url.find(char::is_whitespace).unwrap_or(url.len());
        let end = url[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']).len();
        length += count(before) + URL_LENGTH;
        rest = &url[end..];
    }
    length + count(rest)
}

/// Where the next URL begins, at the beginning of a word.
fn next_url(text: &str) -> Option<usize> {
    let starts = ["https://", "http://"].into_iter().flat_map(|scheme| text.match_indices(scheme));
    let is_word = |at: &usize| text[..*at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    starts.map(|(at, _)| at).filter(is_word).min()
}

/// As twitter-text weighs: one for letters of most alphabets, two for all else, and two for an emoji of any make-up.
fn weighted(text: &str) -> usize {
    text.graphemes(true)
        .map(|cluster| if is_emoji(cluster) { 2 } else { cluster.chars().map(weight).sum() })
        .sum()
}

fn weight(c: char) -> usize {
    match u32::from(c) {
        0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => 1,
        _ => 2,
    }
}

fn is_emoji(cluster: &str) -> bool {
    cluster.chars().any(|c| matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}' | '\u{20E3}'))
}

/// GSM 03.38: what is one septet, and what is two (an escape before it).
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const GSM_EXTENSION: &str = "\u{C}^{}\\[~]|€";

/// A text message: in septets where every character has one, else in UTF-16. One that does not fit is sent as several,
/// each of which has less room; no character is split between two.
fn sms(text: &str) -> Measure {
    let septets = |c: char| match c {
        c if GSM.contains(c) => Some(1),
        c if GSM_EXTENSION.contains(c) => Some(2),
        _ => None,
    };
    let (sizes, limit, room): (Vec<usize>, usize, usize) = match text.chars().map(septets).collect() {
        Some(sizes) => (sizes, 160, 153),
        None => (text.chars().map(char::len_utf16).collect(), 70, 67),
    };
    let length = sizes.iter().sum();
    let mut parts = 1;
    if length > limit {
        let mut used = 0;
        for size in sizes {
            if used + size > room {
                parts += 1;
                used = 0;
            }
            used += size;
        }
    }
    Measure { length, limit, parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(network: ShareNetwork, text: &str, url: Option<&str>) -> ShareMessage {
        ShareMessage { network, text: text.into(), url: url.map(str::to_owned) }
    }

    fn counted(network: ShareNetwork, text: &str) -> (usize, usize) {
        let measure = measure(&message(network, text, None));
        (measure.length, measure.limit)
    }

    const PAGE: &str = "https://www.example.org/campaigns/world-day-against-trafficking/2026?from=share";

    #[test]
    fn x_counts_any_url_as_23() {
        let short = measure(&message(ShareNetwork::X, &"a".repeat(172), Some(PAGE)));
        let long = measure(&message(ShareNetwork::X, &"a".repeat(270), Some(PAGE)));
        assert_eq!((short.length, short.limit, short.fits()), (196, 280, true));
        assert_eq!((long.length, long.fits()), (294, false));
        assert_eq!(counted(ShareNetwork::X, "https://a.example").0, 23);
        assert_eq!(
            counted(ShareNetwork::X, "See https://a.example/x, or http://b.example.").0,
            4 + 23 + 5 + 23 + 1
        );
        assert_eq!(counted(ShareNetwork::X, "xhttps://a.example").0, 18);
    }

    #[test]
    fn x_weighs_scripts_and_emoji() {
        for (text, length) in [
            ("Cymru", 5),
            ("قاچاق انسان", 11),
            ("人身取引", 8),
            ("“no” – it’s", 11),
            ("👋🏽👨‍👩‍👧‍👦💙", 6),
            ("🏴󠁧󠁢󠁷󠁬󠁳󠁿", 2),
            ("1️⃣ ❤️", 5),
            ("e\u{301}", 1),
            ("€", 2),
        ] {
            assert_eq!(counted(ShareNetwork::X, text).0, length, "{text}");
        }
    }

    #[test]
    fn bluesky_and_mastodon_count_what_readers_see() {
        assert_eq!(counted(ShareNetwork::Bluesky, "👋🏽👨‍👩‍👧‍👦💙"), (3, 300));
        assert_eq!(measure(&message(ShareNetwork::Bluesky, "a", Some("https://a.example"))).length, 19);
        assert_eq!(measure(&message(ShareNetwork::Mastodon, "💙", Some(PAGE))).length, 25);
    }

    #[test]
    fn a_text_message_is_counted_in_septets_or_in_utf_16() {
        let parts = |text: &str| {
            let measure = sms(text);
            (measure.length, measure.limit, measure.parts)
        };
        assert_eq!(parts(&"a".repeat(160)), (160, 160, 1));
        assert_eq!(parts(&"a".repeat(161)), (161, 160, 2));
        assert_eq!(parts(&"a".repeat(306)), (306, 160, 2));
        assert_eq!(parts(&"a".repeat(307)), (307, 160, 3));
        assert_eq!(parts("£5 [€6]"), (10, 160, 1));
        assert_eq!(parts(&format!("{}€", "a".repeat(159))), (161, 160, 2));
        // The euro would be split: it goes to the next part whole.
        assert_eq!(parts(&format!("{}€{}", "a".repeat(152), "a".repeat(152))), (306, 160, 3));
        assert_eq!(parts(&"ŵ".repeat(70)), (70, 70, 1));
        assert_eq!(parts(&"ŵ".repeat(71)), (71, 70, 2));
        assert_eq!(parts("💙"), (2, 70, 1));
        assert!(!sms(&"ŵ".repeat(71)).fits());
    }

    #[test]
    fn every_network_has_its_limit() {
        let limits: Vec<usize> = ShareNetwork::ALL.iter().map(|network| counted(*network, "a").1).collect();
        assert_eq!(limits, [280, 300, 500, 500, 63_206, 2_200, 3_000, 65_536, 10_000, 160]);
    }

    #[test]
    fn links_carry_the_message_encoded() {
        let link = |network, url| share_url(&message(network, "Dim mwy & \"cam\" #Dŵr", url));
        let text = "Dim%20mwy%20%26%20%22cam%22%20%23D%C5%B5r";
        let page = Some("https://a.example/?a=b&c");
        let both = format!("{text}%20https%3A%2F%2Fa.example%2F%3Fa%3Db%26c");
        let expected = [
            (ShareNetwork::X, Some(format!("https://x.com/intent/post?text={text}&url=https%3A%2F%2Fa.example%2F%3Fa%3Db%26c"))),
            (ShareNetwork::Bluesky, Some(format!("https://bsky.app/intent/compose?text={both}"))),
            (ShareNetwork::Mastodon, None),
            (ShareNetwork::Threads, Some(format!("https://www.threads.net/intent/post?text={both}"))),
            (
                ShareNetwork::Facebook,
                Some("https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fa.example%2F%3Fa%3Db%26c".into()),
            ),
            (ShareNetwork::Instagram, None),
            (
                ShareNetwork::Linkedin,
                Some("https://www.linkedin.com/sharing/share-offsite/?url=https%3A%2F%2Fa.example%2F%3Fa%3Db%26c".into()),
            ),
            (ShareNetwork::Whatsapp, Some(format!("https://wa.me/?text={both}"))),
            (ShareNetwork::Email, Some(format!("mailto:?body={both}"))),
            (ShareNetwork::Sms, Some(format!("sms:?body={both}"))),
        ];
        for (network, expected) in expected {
            assert_eq!(link(network, page), expected);
        }
        assert_eq!(link(ShareNetwork::Facebook, None), None);
        assert_eq!(link(ShareNetwork::X, None), Some(format!("https://x.com/intent/post?text={text}")));
    }
}
