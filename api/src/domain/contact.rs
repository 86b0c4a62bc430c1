//! How a channel is reached: its `value` read by its kind, and what a click on it does.

use std::borrow::Cow;
use std::fmt::Write;

use entity::contact_channel::{CallCost, ChannelKind, Model};
use url::Host;

use super::edit::Parsed;
use super::problem::ProblemCode;
use super::{phone, text, value};

/// The most characters of an address (RFC 5321) and of the part before its `@`.
const MAX_EMAIL: usize = 254;
const MAX_LOCAL: usize = 64;

/// A value that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// What to show: as it was written.
    pub display: String,
    /// How to dial it, for numbers.
    pub number: Option<phone::Number>,
}

/// Whether a kind is reached by a number.
#[must_use]
pub fn is_number(kind: ChannelKind) -> bool {
    matches!(kind, ChannelKind::Phone | ChannelKind::Sms | ChannelKind::Whatsapp)
}

/// Reads a value by the kind of its channel.
///
/// # Errors
/// Code and words for the person who typed it.
pub fn parse(kind: ChannelKind, text: &str, country: &str) -> Parsed<Contact> {
    let display = text::parse(text, if is_address(kind) { text::SUMMARY } else { text::LINE })?;
    let mut number = None;
    match kind {
        ChannelKind::Phone => number = Some(phone::parse(&display, country, false)?),
        ChannelKind::Sms => number = Some(phone::parse(&display, country, true)?),
        ChannelKind::Whatsapp => {
            let full = phone::parse(&display, country, false)?;
            if full.e164.is_none() {
                return Err((
                    ProblemCode::Invalid,
                    "WhatsApp needs a number in full; a short number has no account.".into(),
                ));
            }
            number = Some(full);
        }
        ChannelKind::Email => is_email(&display)?,
        ChannelKind::Webchat | ChannelKind::WebForm | ChannelKind::Video => {
            value::url(&display)?;
        }
        ChannelKind::Post | ChannelKind::InPerson | ChannelKind::Other => {}
    }
    Ok(Contact { display, number })
}

/// Kinds whose value is free text, which may have lines.
fn is_address(kind: ChannelKind) -> bool {
    matches!(kind, ChannelKind::Post | ChannelKind::InPerson | ChannelKind::Other)
}

/// An address of the usual form: a dot-atom, `@`, a domain name with a dot.
fn is_email(text: &str) -> Parsed<()> {
    let wrong = || (ProblemCode::Invalid, "This is no e-mail address, such as help@example.org.".to_owned());
    let (local, domain) = text.rsplit_once('@').ok_or_else(wrong)?;
    let is_atom = |atom: &str| {
        !atom.is_empty() && atom.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
    };
    let Ok(Host::Domain(name)) = Host::parse(domain) else { return Err(wrong()) };
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let is_short = text.len() <= MAX_EMAIL && local.len() <= MAX_LOCAL;
    let is_domain = !domain.contains('%') && name.contains('.') && name.split('.').all(is_label);
    if is_short && local.split('.').all(is_atom) && is_domain { Ok(()) } else { Err(wrong()) }
}

/// What a call costs by the prefix of the number; unknown for everything that is not called.
#[must_use]
pub fn cost(channel: &Model) -> CallCost {
    match &channel.dial_string {
        Some(number) if channel.channel_kind == ChannelKind::Phone => phone::cost(number),
        _ => CallCost::Unknown,
    }
}

/// A number with its extension for programs, as RFC 3966 has it: `+441632960123;ext=42`, `116123`. None for everything else.
#[must_use]
pub fn dialled(channel: &Model) -> Option<String> {
    let number = channel.dial_string.as_deref()?;
    let extension = channel.extension.as_deref().map_or_else(String::new, |digits| format!(";ext={digits}"));
    Some(format!("{number}{extension}"))
}

/// What people read: the value as an editor wrote it, a number with its extension: `01632 960123 × 42`.
#[must_use]
pub fn shown(channel: &Model) -> Cow<'_, str> {
    match &channel.extension {
        Some(extension) => Cow::Owned(format!("{} × {extension}", channel.display)),
        None => Cow::Borrowed(&channel.display),
    }
}

/// What a click does: `tel:` (RFC 3966), `sms:` (RFC 5724), `mailto:` (RFC 6068) or `https:`. None for post and in person.
#[must_use]
pub fn action_url(channel: &Model) -> Option<String> {
    match channel.channel_kind {
        ChannelKind::Phone => Some(format!("tel:{}", dialled(channel)?)),
        ChannelKind::Sms => {
            let number = channel.dial_string.as_deref()?;
            let body = channel
                .keyword
                .as_deref()
                .map_or_else(String::new, |word| format!("?body={}", encoded(word, "")));
            Some(format!("sms:{number}{body}"))
        }
        ChannelKind::Whatsapp => {
            Some(format!("https://wa.me/{}", channel.e164.as_deref()?.trim_start_matches('+')))
        }
        ChannelKind::Email => Some(format!("mailto:{}", encoded(&channel.display, "@!$'*+"))),
        ChannelKind::Webchat | ChannelKind::WebForm | ChannelKind::Video | ChannelKind::Other => {
            web_url(channel)
        }
        ChannelKind::Post | ChannelKind::InPerson => None,
    }
}

/// `tel:` through Relay UK, for calls where somebody said that it reaches them.
#[must_use]
pub fn text_relay_url(channel: &Model) -> Option<String> {
    let number = channel
        .dial_string
        .as_deref()
        .filter(|_| channel.text_relay && channel.channel_kind == ChannelKind::Phone)?;
    phone::text_relay(number).map(|number| format!("tel:{number}"))
}

/// The page of a channel that has one, in the normal form of its URL.
#[must_use]
pub fn web_url(channel: &Model) -> Option<String> {
    match channel.channel_kind {
        ChannelKind::Webchat | ChannelKind::WebForm | ChannelKind::Video | ChannelKind::Other => {
            value::url(&channel.display).ok()
        }
        _ => None,
    }
}

/// The address of an e-mail channel.
#[must_use]
pub fn email(channel: &Model) -> Option<&str> {
    (channel.channel_kind == ChannelKind::Email).then_some(channel.display.as_str())
}

/// Percent-encoded UTF-8; letters, digits, `-._~` and `kept` stand for themselves.
pub(super) fn encoded(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || (c.is_ascii() && kept.contains(c)) {
            out.push(c);
        } else {
            // Writing into a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(kind: ChannelKind, text: &str) -> bool {
        parse(kind, text, "GB").is_err_and(|(code, _)| code == ProblemCode::Invalid)
    }

    #[test]
    fn the_grouping_of_a_number_is_kept() {
        let contact = parse(ChannelKind::Phone, " 01632 960 123 ", "GB").expect("a drama number");
        assert_eq!(contact.display, "01632 960 123");
        assert_eq!(contact.number.and_then(|number| number.e164).as_deref(), Some("+441632960123"));
    }

    #[test]
    fn a_value_is_read_by_its_kind() {
        assert!(refused(ChannelKind::Whatsapp, "116 123"));
        assert!(
            refused(ChannelKind::Phone, "help@example.org") && refused(ChannelKind::Email, "01632 960123")
        );
        assert!(
            refused(ChannelKind::Webchat, "http://example.org")
                && refused(ChannelKind::Video, "javascript:alert(1)")
        );
        assert!(parse(ChannelKind::Sms, "85258", "GB").is_ok());
        assert!(
            parse(ChannelKind::Post, "Freepost\nWRENFOLD", "GB")
                .is_ok_and(|contact| contact.number.is_none())
        );
        assert_eq!(
            parse(ChannelKind::Email, " ", "GB").map_err(|(code, _)| code),
            Err(ProblemCode::Required)
        );
    }

    #[test]
    fn addresses_have_the_usual_form() {
        for text in [
            "help@example.org",
            "o'brien+safe@mail.example.co.uk",
            "cymorth@enghraifft.cymru",
            "hjälp@exämple.se",
        ] {
            assert!(parse(ChannelKind::Email, text, "GB").is_ok(), "{text}");
        }
        for text in [
            "help",
            "@example.org",
            "help@",
            "help@localhost",
            "a b@example.org",
            "a..b@example.org",
            "a@b@example.org",
            "a@-x.org",
            "a@127.0.0.1",
            "a@exa%6dple.org",
            "<a@example.org>",
            "a@example.org,b@example.org",
        ] {
            assert!(refused(ChannelKind::Email, text), "{text}");
        }
    }

    #[test]
    fn what_a_click_does_is_safe_in_a_link() {
        assert_eq!(encoded("o'brien&co=x?y@example.org", "@!$'*+"), "o'brien%26co%3Dx%3Fy@example.org");
        assert_eq!(encoded("HELP ME ☎", ""), "HELP%20ME%20%E2%98%8E");
    }
}
