//! Access tokens: JWT, HS256, fifteen minutes.

use chrono::{DateTime, TimeDelta, Utc};
use entity::Id;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::CryptoError;
use crate::config::Secret;

/// How long an access token is good.
const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// Who access tokens are for.
const AUDIENCE: &str = "beacon";

/// Signs and reads access tokens.
pub struct Tokens {
    signing: EncodingKey,
    reading: DecodingKey,
    validation: Validation,
    issuer: String,
}

/// Whom an access token speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// The account.
    pub user_id: Id,
    /// The session that it belongs to.
    pub session_id: Id,
}

/// A signed access token.
pub struct Signed {
    /// The token.
    pub token: String,
    /// From when on it is refused; a whole second.
    pub expires_at: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: Id,
    sid: Id,
    iat: i64,
    exp: i64,
    jti: Id,
}

impl Tokens {
    /// Tokens under a secret, from an issuer: the server's public URL.
    #[must_use]
    pub fn new(secret: &Secret, issuer: &str) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // The library would ask the operating system's clock; `read` asks the app's.
        validation.validate_exp = false;
        validation.leeway = 0;
        let bytes = secret.0.as_bytes();
        let (signing, reading) = (EncodingKey::from_secret(bytes), DecodingKey::from_secret(bytes));
        Self { signing, reading, validation, issuer: issuer.to_owned() }
    }

    /// A token for somebody, with an id of its own.
    ///
    /// # Errors
    /// When signing fails.
    pub fn sign(&self, access: Access, jti: Id, now: DateTime<Utc>) -> Result<Signed, CryptoError> {
        let iat = now.timestamp();
        let exp = iat + LIFETIME.num_seconds();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: access.user_id,
            sid: access.session_id,
            iat,
            exp,
            jti,
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.signing)
            .map_err(CryptoError::of)?;
        Ok(Signed { token, expires_at: DateTime::from_timestamp(exp, 0).unwrap_or(now) })
    }

    /// Whom a token speaks for; `None` when it is malformed, expired, from or for somebody else, or not signed by us.
    #[must_use]
    pub fn read(&self, token: &str, now: DateTime<Utc>) -> Option<Access> {
        let claims = jsonwebtoken::decode::<Claims>(token, &self.reading, &self.validation).ok()?.claims;
        (now.timestamp() < claims.exp).then_some(Access { user_id: claims.sub, session_id: claims.sid })
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use uuid::Uuid;

    use super::*;

    const SECRET: &str = "a secret for tests, 32 bytes long";
    const ACCESS: Access = Access { user_id: Id(Uuid::from_u128(1)), session_id: Id(Uuid::from_u128(2)) };

    fn tokens(secret: &str, issuer: &str) -> Tokens {
        Tokens::new(&Secret(secret.to_owned()), issuer)
    }

    fn noon() -> DateTime<Utc> {
        DateTime::from_timestamp(1_785_412_800, 123_000).expect("in range")
    }

    fn signed(by: &Tokens) -> Signed {
        by.sign(ACCESS, Id(Uuid::from_u128(3)), noon()).expect("signing works")
    }

    /// A token of our own making: any header, any claims, signed with our secret.
    fn forged(algorithm: Algorithm, audience: &str) -> String {
        let claims = serde_json::json!({
            "iss": "https://a.example", "aud": audience, "sub": ACCESS.user_id, "sid": ACCESS.session_id,
            "iat": noon().timestamp(), "exp": noon().timestamp() + 60, "jti": ACCESS.user_id,
        });
        jsonwebtoken::encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(SECRET.as_bytes()))
            .expect("signs")
    }

    #[test]
    fn a_token_is_good_for_fifteen_minutes_and_not_a_second_longer() {
        let tokens = tokens(SECRET, "https://a.example");
        let Signed { token, expires_at } = signed(&tokens);
        assert_eq!(tokens.read(&token, noon()), Some(ACCESS));
        assert_eq!(tokens.read(&token, expires_at - TimeDelta::microseconds(1)), Some(ACCESS));
        assert_eq!(tokens.read(&token, expires_at), None);
    }

    #[test]
    fn a_token_of_another_server_or_under_another_secret_is_refused() {
        let token = signed(&tokens(SECRET, "https://a.example")).token;
        assert_eq!(tokens(SECRET, "https://b.example").read(&token, noon()), None);
        assert_eq!(
            tokens("another secret, also 32 bytes long", "https://a.example").read(&token, noon()),
            None
        );
    }

    #[test]
    fn the_algorithm_and_the_audience_are_pinned() {
        let tokens = tokens(SECRET, "https://a.example");
        assert_eq!(tokens.read(&forged(Algorithm::HS256, "beacon"), noon()), Some(ACCESS));
        assert_eq!(tokens.read(&forged(Algorithm::HS512, "beacon"), noon()), None);
        assert_eq!(tokens.read(&forged(Algorithm::HS256, "another"), noon()), None);
    }

    #[test]
    fn a_token_that_was_tampered_with_is_refused() {
        let tokens = tokens(SECRET, "https://a.example");
        let token = signed(&tokens).token;
        let parts: Vec<&str> = token.split('.').collect();
        let claims = String::from_utf8(URL_SAFE_NO_PAD.decode(parts[1]).expect("base64")).expect("text");
        let longer = URL_SAFE_NO_PAD.encode(claims.replace("beacon", "beacoN"));
        let unsigned = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        assert_eq!(tokens.read(&format!("{}.{longer}.{}", parts[0], parts[2]), noon()), None);
        assert_eq!(tokens.read(&format!("{unsigned}.{}.", parts[1]), noon()), None);
        assert_eq!(tokens.read(&format!("{}.{}.", parts[0], parts[1]), noon()), None);
        assert_eq!(tokens.read("", noon()), None);
    }
}
