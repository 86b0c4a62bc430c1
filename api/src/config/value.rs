//! How the text of a setting becomes a value. Each answers `None` for what it does not want.

use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use chrono_tz::Tz;
use tracing_subscriber::EnvFilter;
use url::Url;

use super::Secret;
use crate::domain::language::LanguageTag;

/// An address range in CIDR notation, `10.0.0.0/8` or `2001:db8::/32`; a bare address is a range of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpNet {
    /// An address of the range.
    pub address: IpAddr,
    /// How many leading bits are fixed: at most 32, or 128 for IPv6.
    pub prefix: u8,
}

impl IpNet {
    /// Parses `ADDRESS` or `ADDRESS/BITS`. IPv4 in IPv6 clothes (`::ffff:10.0.0.0/104`) counts as IPv4.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u8>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(bits);
        let bare = address.to_canonical();
        let prefix = if bare.is_ipv4() { prefix.checked_sub(bits - 32)? } else { prefix };
        (prefix <= bits).then_some(Self { address: bare, prefix })
    }

    /// Whether an address lies in it. Ranges of one family hold no addresses of the other, and an IPv4 address in IPv6 clothes
    /// (`::ffff:10.0.0.1`) counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(net), IpAddr::V4(address)) => {
                let difference = net.to_bits() ^ address.to_bits();
                difference.leading_zeros() >= u32::from(self.prefix)
            }
            (IpAddr::V6(net), IpAddr::V6(address)) => {
                let difference = net.to_bits() ^ address.to_bits();
                difference.leading_zeros() >= u32::from(self.prefix)
            }
            _ => false,
        }
    }
}

/// Origins whose pages may ask from a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
    /// Every origin.
    Any,
    /// These, as browsers write them: `https://www.example.org`.
    Only(Vec<String>),
}

impl Origins {
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.trim() == "*" {
            return Some(Self::Any);
        }
        text.split(',').map(|origin| origin_of(origin.trim())).collect::<Option<_>>().map(Self::Only)
    }

    /// Whether an origin, as a browser sent it, is one of these.
    #[must_use]
    pub fn has(&self, origin: &[u8]) -> bool {
        match self {
            Self::Any => true,
            Self::Only(named) => named.iter().any(|named| named.as_bytes() == origin),
        }
    }
}

/// An origin alone, without a path.
fn origin_of(text: &str) -> Option<String> {
    let url = web_url(text)?;
    (url.path() == "/").then(|| url.origin().ascii_serialization())
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl LogFormat {
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// An absolute path; a relative one starts from the working directory.
pub(super) fn path(text: &str) -> Option<PathBuf> {
    std::path::absolute(text).ok()
}

/// A number within bounds.
pub(super) fn whole(text: &str, bounds: RangeInclusive<u32>) -> Option<u32> {
    text.parse().ok().filter(|number| bounds.contains(number))
}

/// Two capital letters.
pub(super) fn country(text: &str) -> Option<String> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())).then(|| text.to_owned())
}

pub(super) fn web_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    (plain && url.has_host() && matches!(url.scheme(), "http" | "https")).then_some(url)
}

/// Headers and what they say: `authorization=Bearer …,x-tenant=charity`. No value has a comma.
pub(super) fn headers(text: &str) -> Option<Vec<(String, Secret)>> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let header = |entry: &str| {
        let (name, value) = entry.split_once('=')?;
        let (name, value) = (name.trim(), value.trim());
        let is_right = !name.is_empty()
            && name.bytes().all(is_name)
            && !value.is_empty()
            && value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        is_right.then(|| (name.to_ascii_lowercase(), Secret(value.to_owned())))
    };
    text.split(',').map(header).collect()
}

pub(super) fn line(text: &str) -> Option<String> {
    let text = text.trim();
    let length = text.chars().count();
    ((1..=120).contains(&length) && !text.contains(char::is_control)).then(|| text.to_owned())
}

pub(super) fn languages(text: &str) -> Option<Vec<LanguageTag>> {
    let mut languages = Vec::new();
    for part in text.split(',') {
        let tag = LanguageTag::parse(part.trim())?;
        if languages.contains(&tag) {
            return None;
        }
        languages.push(tag);
    }
    Some(languages)
}

/// Abbreviations such as `EST`, which the zone database still knows, are refused.
pub(super) fn time_zone(text: &str) -> Option<Tz> {
    (text.contains('/') || text == "UTC").then(|| text.parse().ok()).flatten()
}

pub(super) fn networks(text: &str) -> Option<Vec<IpNet>> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(IpNet::parse).collect()
}

pub(super) fn licence(text: &str) -> Option<String> {
    let spdx = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+');
    ((1..=64).contains(&text.len()) && text.chars().all(spdx)).then(|| text.to_owned())
}

pub(super) fn log_filter(text: &str) -> Option<String> {
    EnvFilter::try_new(text).is_ok().then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_what_shares_its_prefix() {
        let holds = |range: &str, address: &str| {
            let range = IpNet::parse(range).expect("a range");
            range.contains(address.parse().expect("an address"))
        };
        assert!(holds("192.0.2.4", "192.0.2.4") && holds("192.0.2.4", "::ffff:192.0.2.4"));
        assert!(!holds("192.0.2.4/31", "192.0.2.6"));
        assert!(holds("0.0.0.0/0", "203.0.113.9") && holds("::/0", "2001:db8::1"));
        assert!(!holds("0.0.0.0/0", "2001:db8::1"));
        assert!(holds("::ffff:10.0.0.0/104", "10.9.9.9") && !holds("::ffff:10.0.0.0/104", "11.0.0.1"));
        assert!(IpNet::parse("::ffff:0.0.0.0/90").is_none());
    }
}
