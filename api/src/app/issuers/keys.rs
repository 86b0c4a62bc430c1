//! The keys that an issuer publishes (JWKS, RFC 7517): fetched when they are needed, and kept.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use reqwest::header::ACCEPT;
use reqwest::{Client, StatusCode, redirect};
use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;
use tokio::sync::Mutex;
use url::Url;

/// How long keys count before they are fetched again, so that what an issuer takes back ends.
const FRESH: TimeDelta = TimeDelta::hours(1);
/// An issuer is asked no more often than this, whatever tokens name.
const PAUSE: TimeDelta = TimeDelta::minutes(1);
/// How long an issuer may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Largest answer that is read, in bytes.
const MOST: usize = 256 * 1024;

/// A key that tokens are verified with.
pub(super) struct Key {
    kid: String,
    /// The only one that it is used by.
    pub(super) algorithm: Algorithm,
    pub(super) opens: DecodingKey,
}

/// The keys of an issuer, as they were when it last answered.
pub(super) struct Keys {
    issuer: String,
    url: Url,
    client: Client,
    known: RwLock<Known>,
    /// When the issuer was last asked; locked while it is.
    asked_at: Mutex<Option<DateTime<Utc>>>,
}

#[derive(Default)]
struct Known {
    keys: Vec<Arc<Key>>,
    fetched_at: Option<DateTime<Utc>>,
}

/// Why keys were not fetched.
#[derive(Debug, Error)]
enum FetchError {
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[error("it answers {0}")]
    Status(StatusCode),
    #[error("its answer is larger than 256 KiB")]
    TooLarge,
    #[error("its answer is no JWKS: {0}")]
    NoKeys(#[from] serde_json::Error),
}

impl Keys {
    /// The keys that an issuer publishes at an address; nothing is asked yet.
    ///
    /// # Errors
    /// When there can be no client, for lack of the system's certificates.
    pub(super) fn at(url: Url, issuer: String) -> Result<Arc<Self>, reqwest::Error> {
        let client = Client::builder()
            .https_only(url.scheme() == "https")
            .redirect(redirect::Policy::none())
            .timeout(PATIENCE)
            .build()?;
        Ok(Arc::new(Self { issuer, url, client, known: RwLock::default(), asked_at: Mutex::default() }))
    }

    /// The key with an id and for an algorithm. One that is not known is asked for; while the issuer is away, those that are
    /// known go on.
    pub(super) async fn find(
        self: &Arc<Self>,
        kid: &str,
        algorithm: Algorithm,
        now: DateTime<Utc>,
    ) -> Option<Arc<Key>> {
        let (known, is_fresh) = self.known(kid, algorithm, now);
        // An old one is good enough while somebody else asks.
        if known.is_some() && (is_fresh || self.asked_at.try_lock().is_err()) {
            return known;
        }
        // Whoever asks first may be gone before the issuer answers, and others wait for the same answer.
        drop(tokio::spawn(self.clone().ask(now)).await);
        self.known(kid, algorithm, now).0
    }

    /// Asks the issuer, unless it was asked just now.
    async fn ask(self: Arc<Self>, now: DateTime<Utc>) {
        let mut asked_at = self.asked_at.lock().await;
        if asked_at.is_some_and(|at| now - at < PAUSE) {
            return;
        }
        *asked_at = Some(now);
        match self.fetch().await {
            Ok(keys) => {
                let known = Known { keys, fetched_at: Some(now) };
                *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
            }
            Err(error) => {
                tracing::warn!(issuer = self.issuer, error = %error, "the keys of an issuer cannot be fetched");
            }
        }
    }

    /// A key that is known, and whether the issuer has been heard lately.
    fn known(&self, kid: &str, algorithm: Algorithm, now: DateTime<Utc>) -> (Option<Arc<Key>>, bool) {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let key = known.keys.iter().find(|key| key.kid == kid && key.algorithm == algorithm).cloned();
        (key, known.fetched_at.is_some_and(|at| now - at < FRESH))
    }

    async fn fetch(&self) -> Result<Vec<Arc<Key>>, FetchError> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<Value>,
        }
        let request =
            self.client.get(self.url.clone()).header(ACCEPT, "application/jwk-set+json, application/json");
        let mut answer = request.send().await?;
        if answer.status() != StatusCode::OK {
            return Err(FetchError::Status(answer.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > MOST {
                return Err(FetchError::TooLarge);
            }
        }
        let Set { keys } = serde_json::from_slice(&body)?;
        Ok(keys.into_iter().filter_map(key).map(Arc::new).collect())
    }
}

/// A key as it is published; `None` for one that is not for signatures, or of a kind that is not accepted.
fn key(published: Value) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(published).ok()?;
    let algorithm = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => Algorithm::RS256,
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => Algorithm::ES256,
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => Algorithm::EdDSA,
        _ => return None,
    };
    let is_for_signatures =
        jwk.common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature);
    let is_for_it = jwk.common.key_algorithm.is_none_or(|named| named == algorithm.into());
    let opens = DecodingKey::from_jwk(&jwk).ok()?;
    (is_for_signatures && is_for_it).then_some(Key { kid: jwk.common.key_id?, algorithm, opens })
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use serde_json::json;
    use tokio::io::AsyncWriteExt;
    use tokio::time::Instant;

    use super::*;

    /// RFC 8037, appendix A.2.
    fn published() -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "one" })
    }

    fn with(member: &str, value: Value) -> Option<Algorithm> {
        let mut published = published();
        published[member] = value;
        key(published).map(|key| key.algorithm)
    }

    #[test]
    fn a_key_is_for_signatures_by_one_algorithm() {
        assert_eq!(with("use", json!("sig")), Some(Algorithm::EdDSA));
        assert_eq!(with("alg", json!("EdDSA")), Some(Algorithm::EdDSA));
        assert_eq!(with("use", json!("enc")), None);
        assert_eq!(with("alg", json!("ES256")), None);
        assert_eq!(with("crv", json!("P-384")), None);
        assert_eq!(with("kid", Value::Null), None);
        assert!(key(json!({ "kty": "oct", "k": "c2VjcmV0", "kid": "one" })).is_none());
    }

    #[tokio::test]
    async fn whoever_asks_first_may_hang_up() {
        let issuer = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let url = format!("http://{}/keys", issuer.local_addr().expect("it is bound"));
        let keys = Keys::at(url.parse().expect("a URL"), url).expect("a client can be made");
        let find = || keys.find("one", Algorithm::EdDSA, DateTime::UNIX_EPOCH);

        let (mut asked, _) = tokio::select! {
            _ = find() => panic!("nobody has answered"),
            asked = issuer.accept() => asked.expect("it is asked"),
        };
        let answer = json!({ "keys": [published()] }).to_string();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", answer.len());
        asked.write_all((head + &answer).as_bytes()).await.expect("it reads");

        assert!(find().await.is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn an_issuer_that_does_not_answer_is_given_up() {
        let silent = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let url = format!("http://{}/keys", silent.local_addr().expect("it is bound"));
        let keys = Keys::at(url.parse().expect("a URL"), url).expect("a client can be made");
        let began = Instant::now();

        let found = keys.find("one", Algorithm::ES256, DateTime::UNIX_EPOCH).await;

        assert!(found.is_none() && began.elapsed() < 2 * PATIENCE);
    }
}
