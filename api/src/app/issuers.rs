//! Identity providers whose access tokens are accepted: OpenID Connect, with tokens by RFC 9068.
//!
//! A token counts when one of the operator's issuers signed it for this server: with a key that the issuer publishes at the
//! address in the settings and nowhere else, and by the algorithm of that key. What the token's header says of keys beside
//! its `kid` is not looked at.

mod keys;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use jsonwebtoken::{Header, Validation, decode_header};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::{Host, Url};

use keys::{Key, Keys};

use crate::domain::view::Role;

/// How far an issuer's clock and ours may be apart, in seconds.
const LEEWAY: i64 = 30;
/// Longest subject, in bytes (OpenID Connect Core §2).
const MAX_SUBJECT: usize = 255;

/// The issuers that the operator trusts.
#[derive(Default)]
pub struct Issuers(Vec<Issuer>);

/// Whom a token of an issuer speaks for, as the issuer has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Who says so.
    pub issuer: String,
    /// Who it is: never given to anybody else by that issuer.
    pub subject: String,
    /// What to call them, if that is told.
    pub name: Option<String>,
    /// Their e-mail address, if that is told. It says nothing about who they are.
    pub email: Option<String>,
    /// The highest role that the operator gives to what the token says; none where it gives none.
    pub role: Option<Role>,
}

struct Issuer {
    url: String,
    audience: String,
    claim: String,
    roles: BTreeMap<String, Role>,
    keys: Arc<Keys>,
}

/// The operator's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    issuer: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    url: String,
    keys: String,
    audience: String,
    claim: String,
    roles: BTreeMap<String, Role>,
}

/// What is read of a token beside what the library checks.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
    nbf: Option<i64>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

impl Issuers {
    /// Reads the operator's file; docs/OPERATIONS.md says what stands in it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, String> {
        let File { issuer } = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            format!("line {line}: {}", error.message().trim_end_matches('.'))
        })?;
        let issuers = issuer.into_iter().map(Issuer::of).collect::<Result<Vec<_>, _>>()?;
        let twice = issuers
            .iter()
            .enumerate()
            .find(|(at, one)| issuers[..*at].iter().any(|other| other.url == one.url));
        match twice {
            Some((_, issuer)) => Err(format!("the issuer {} is there twice", issuer.url)),
            None => Ok(Self(issuers)),
        }
    }

    /// The issuer that a token says it is of. Nothing of it has been checked.
    fn of(&self, token: &str) -> Option<&Issuer> {
        #[derive(Deserialize)]
        struct Claims {
            iss: String,
        }
        let Claims { iss } = jsonwebtoken::dangerous::insecure_decode_claims(token).ok()?;
        self.0.iter().find(|issuer| issuer.url == iss)
    }

    /// Whether a token says that it is of one of them.
    #[must_use]
    pub fn know(&self, token: &str) -> bool {
        self.of(token).is_some()
    }

    /// Whom a token speaks for; `None` when it is malformed, expired, not good yet, from or for somebody else, no access token,
    /// or not signed by a key of its issuer.
    pub async fn heard(&self, token: &str, now: DateTime<Utc>) -> Option<Told> {
        let issuer = self.of(token)?;
        let header = decode_header(token).ok()?;
        if !is_access_token(&header) || header.crit.is_some() {
            return None;
        }
        let key = issuer.keys.find(header.kid.as_deref()?, header.alg, now).await?;
        let claims = issuer.verified(token, &key)?;
        let seconds = now.timestamp();
        let is_timely = seconds < claims.exp.saturating_add(LEEWAY)
            && claims.nbf.is_none_or(|nbf| nbf <= seconds.saturating_add(LEEWAY));
        let is_somebody = (1..=MAX_SUBJECT).contains(&claims.sub.len());
        (is_timely && is_somebody).then(|| issuer.told(claims))
    }
}

/// RFC 9068 §2.1 and §4: an id token, or whatever else the issuer signs, is of another type.
fn is_access_token(header: &Header) -> bool {
    let kind = header.typ.as_deref().unwrap_or_default().to_ascii_lowercase();
    ["at+jwt", "application/at+jwt"].contains(&kind.as_str())
}

impl Issuer {
    fn of(entry: Entry) -> Result<Self, String> {
        let Entry { url, keys, audience, claim, roles } = entry;
        let safe =
            |url: &str| Url::parse(url).ok().filter(is_safe).ok_or_else(|| format!("{url} is no https URL"));
        safe(&url)?;
        let keys = Keys::at(safe(&keys)?, url.clone()).map_err(|error| format!("{url}: {error}"))?;
        if audience.is_empty() || claim.is_empty() || roles.is_empty() {
            return Err(format!("the issuer {url} needs an audience, a claim, and at least one role"));
        }
        Ok(Self { url, audience, claim, roles, keys })
    }

    /// The claims of a token that is signed with a key, by this issuer and for us. Its times are still to be looked at.
    fn verified(&self, token: &str, key: &Key) -> Option<Claims> {
        let mut validation = Validation::new(key.algorithm);
        validation.set_issuer(&[&self.url]);
        validation.set_audience(&[&self.audience]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // The library would ask the operating system's clock.
        validation.validate_exp = false;
        jsonwebtoken::decode(token, &key.opens, &validation).ok().map(|token| token.claims)
    }

    fn told(&self, claims: Claims) -> Told {
        let Claims { sub: subject, others, .. } = claims;
        let others = Value::Object(others);
        let role = self.role(&others);
        let text = |claim| others.get(claim).and_then(Value::as_str).map(str::to_owned);
        Told { issuer: self.url.clone(), subject, name: text("name"), email: text("email"), role }
    }

    /// The highest role of those that the values of the claim are given. The claim is named, or found by a JSON Pointer.
    fn role(&self, claims: &Value) -> Option<Role> {
        let said =
            if self.claim.starts_with('/') { claims.pointer(&self.claim) } else { claims.get(&self.claim) }?;
        let values = said.as_array().map_or(std::slice::from_ref(said), Vec::as_slice);
        values.iter().filter_map(|value| self.roles.get(value.as_str()?)).max().copied()
    }
}

/// Nobody in between can change what comes from there.
fn is_safe(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_here)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn file(url: &str, keys: &str, claim: &str) -> String {
        format!(
            "[[issuer]]\nurl = {url:?}\nkeys = {keys:?}\naudience = \"beacon\"\nclaim = {claim:?}\n\
             roles = {{ writers = \"AUTHOR\", leads = \"SAFEGUARDING_LEAD\" }}\n"
        )
    }

    fn role(claim: &str, claims: Value) -> Option<Role> {
        let issuers = Issuers::read(&file("https://id.example", "https://id.example/keys", claim))
            .expect("it is right");
        issuers.0[0].role(&claims)
    }

    #[test]
    fn what_is_wrong_with_the_file_is_said() {
        let wrong = |text: &str| Issuers::read(text).err().unwrap_or_default();
        let (url, keys) = ("https://id.example", "https://id.example/keys");
        assert_eq!(
            wrong(&file(url, "http://id.example/keys", "groups")),
            "http://id.example/keys is no https URL"
        );
        assert_eq!(wrong(&file("id.example", keys, "groups")), "id.example is no https URL");
        assert_eq!(
            wrong(&(file(url, keys, "groups") + &file(url, keys, "groups"))),
            "the issuer https://id.example is there twice"
        );
        assert!(
            wrong(&file(url, keys, "groups").replace("AUTHOR", "WRITER"))
                .starts_with("line 6: unknown variant `WRITER`")
        );
        assert!(wrong(&(file(url, keys, "groups") + "secret = \"x\"\n")).contains("unknown field `secret`"));
        assert!(Issuers::read(&file("http://127.0.0.1:9000", "http://[::1]:9000/keys", "groups")).is_ok());
    }

    #[test]
    fn the_highest_role_that_is_given_counts_and_there_is_none_for_free() {
        assert_eq!(
            role("groups", json!({ "groups": ["writers", "leads", "cooks"] })),
            Some(Role::SafeguardingLead)
        );
        assert_eq!(role("groups", json!({ "groups": "writers" })), Some(Role::Author));
        assert_eq!(role("groups", json!({ "groups": ["cooks", 7] })), None);
        assert_eq!(role("groups", json!({ "roles": ["writers"] })), None);
    }

    #[test]
    fn a_claim_may_lie_deep_or_be_named_like_a_path() {
        assert_eq!(
            role("/realm_access/roles", json!({ "realm_access": { "roles": ["writers"] } })),
            Some(Role::Author)
        );
        assert_eq!(
            role("https://id.example/roles", json!({ "https://id.example/roles": ["writers"] })),
            Some(Role::Author)
        );
    }
}
