//! An identity provider on this machine, which signs and publishes what the test wants.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{self, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Person, World};

/// For whom its tokens are.
pub(crate) const AUDIENCE: &str = "https://content.example";

/// An identity provider.
pub(crate) struct Issuer {
    address: SocketAddr,
    says: Arc<Mutex<Says>>,
    asked: Arc<AtomicU32>,
    server: JoinHandle<()>,
}

/// What it answers when it is asked for its keys.
#[derive(Clone)]
pub(crate) enum Says {
    /// The public halves of these.
    Keys(Vec<Value>),
    /// What is anywhere but there.
    Elsewhere(String),
    /// More than anybody should read, and the keys at the end.
    TooMuch(Vec<Value>),
    /// That it is broken.
    Nothing,
}

/// A key that it signs with.
pub(crate) struct Signer {
    kid: &'static str,
    algorithm: Algorithm,
    key: EncodingKey,
}

impl Signer {
    /// A new one.
    pub(crate) fn new(kid: &'static str, algorithm: Algorithm) -> Self {
        let key = match algorithm {
            Algorithm::RS256 => {
                let pair = rsa::KeyPair::generate(KeySize::Rsa2048).expect("there is randomness");
                let der: Pkcs8V1Der<'_> = pair.as_der().expect("it can be written");
                // What PKCS #8 puts in front of the key itself.
                EncodingKey::from_rsa_der(&der.as_ref()[26..])
            }
            Algorithm::ES256 => {
                let pair =
                    EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
                EncodingKey::from_ec_der(pair.expect("there is randomness").as_ref())
            }
            _ => {
                let pair = Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new());
                EncodingKey::from_ed_der(pair.expect("there is randomness").as_ref())
            }
        };
        Self { kid, algorithm, key }
    }

    /// Its public half, as it is published.
    pub(crate) fn published(&self) -> Value {
        let mut jwk = Jwk::from_encoding_key(&self.key, self.algorithm).expect("it has a public half");
        jwk.common.key_id = Some(self.kid.to_owned());
        jwk.common.public_key_use = Some(PublicKeyUse::Signature);
        json!(jwk)
    }

    /// The header of an access token.
    pub(crate) fn header(&self) -> Header {
        let (kid, typ) = (Some(self.kid.to_owned()), Some("at+jwt".to_owned()));
        Header { kid, typ, ..Header::new(self.algorithm) }
    }

    /// A token with a header of the test's making.
    pub(crate) fn signs(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &self.key).expect("it signs")
    }

    /// An access token.
    pub(crate) fn vouches(&self, claims: &Value) -> String {
        self.signs(&self.header(), claims)
    }
}

impl Issuer {
    /// Begins with some keys, and with a place of its own that trusts it, on the database of a world.
    pub(crate) async fn beside(world: &World, signers: &[&Signer]) -> (Self, World) {
        let issuer = Self::begin(signers).await;
        let site = Self::all_trusted(world, &[&issuer]).await;
        (issuer, site)
    }

    /// A place that trusts some issuers. It is ended by the test.
    pub(crate) async fn all_trusted(world: &World, issuers: &[&Self]) -> World {
        let path = world.app.config.data_dir.join("issuers.toml");
        let text: String = issuers.iter().map(|issuer| issuer.settings()).collect();
        std::fs::write(&path, text).expect("the directory of the database is there");
        World::begin(world.backend, &[("BEACON_OIDC_FILE", &path.display().to_string())]).await
    }

    /// Begins with some keys.
    pub(crate) async fn begin(signers: &[&Signer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback has a free port");
        let address = listener.local_addr().expect("it is bound");
        let says =
            Arc::new(Mutex::new(Says::Keys(signers.iter().map(|signer| signer.published()).collect())));
        let asked = Arc::new(AtomicU32::new(0));
        let (answers, counts) = (says.clone(), asked.clone());
        let answer = move || {
            counts.fetch_add(1, Ordering::Relaxed);
            let says = answers.lock().expect("nobody panics holding it").clone();
            async move { response(says) }
        };
        let router = Router::new().fallback(answer);
        let server = tokio::spawn(async move { axum::serve(listener, router).await.expect("it serves") });
        Self { address, says, asked, server }
    }

    /// What the operator of a server says who trusts it.
    fn settings(&self) -> String {
        let url = self.url();
        format!(
            "[[issuer]]\nurl = \"{url}\"\nkeys = \"{url}/keys\"\naudience = \"{AUDIENCE}\"\nclaim = \"groups\"\n\
             [issuer.roles]\nreaders = \"VIEWER\"\nwriters = \"AUTHOR\"\nleads = \"SAFEGUARDING_LEAD\"\n"
        )
    }

    /// Its name, and where it is.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on it says this of its keys.
    pub(crate) fn says(&self, says: Says) {
        *self.says.lock().expect("nobody panics holding it") = says;
    }

    /// How often it was asked for anything.
    pub(crate) fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }

    /// What it says of somebody who writes, with some claims of the test's own; null takes one out.
    pub(crate) fn claims(&self, own: &Value) -> Value {
        let mut claims = json!({ "iss": self.url(), "aud": AUDIENCE, "sub": "7f3a", "name": "Ada", "groups": ["writers"],
            "email": "ada@charity.example", "iat": 1_782_896_400, "exp": 1_782_900_000, "client_id": "editor", "jti": "1" });
        for (name, value) in own.as_object().expect("claims are an object") {
            claims[name] = value.clone();
        }
        claims.as_object_mut().expect("it is an object").retain(|_, value| !value.is_null());
        claims
    }

    /// Somebody whom it vouches for with a key.
    pub(crate) fn person(&self, site: &World, signer: &Signer, own: &Value) -> Person {
        site.reader().with_token(&signer.vouches(&self.claims(own)))
    }

    /// Goes away.
    pub(crate) async fn leaves(&mut self) {
        self.server.abort();
        let _ = (&mut self.server).await;
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn response(says: Says) -> Response {
    let response = Response::builder();
    let response = match says {
        Says::Keys(keys) => response.body(Body::from(json!({ "keys": keys }).to_string())),
        Says::Elsewhere(location) => {
            response.status(StatusCode::FOUND).header("location", location).body(Body::empty())
        }
        Says::TooMuch(keys) => {
            let padding = " ".repeat(256 * 1024);
            response.body(Body::from(padding + &json!({ "keys": keys }).to_string()))
        }
        Says::Nothing => response.status(StatusCode::INTERNAL_SERVER_ERROR).body(Body::empty()),
    };
    response.expect("it is a response")
}
