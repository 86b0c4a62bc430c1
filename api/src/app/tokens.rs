//! Access tokens: JWT, HS256, fifteen minutes, each naming the key that signed it.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::{fs, io};

use chrono::{DateTime, TimeDelta, Utc};
use entity::Id;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode_header};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{CryptoError, hex};
use crate::config::{self, SECRET_FILE, Secret, Secrets};

/// How long an access token is good.
const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// Who access tokens are for.
const AUDIENCE: &str = "beacon";

/// Signs and reads access tokens.
pub struct Tokens {
    keys: RwLock<Keys>,
    directory: Option<PathBuf>,
    validation: Validation,
    issuer: String,
}

/// The key that signs and those that are read.
struct Keys {
    signing: (String, EncodingKey),
    reading: Vec<Key>,
    /// The file that they come from.
    file: Option<FileState>,
}

/// What tells a file from the one that took its place: two that were written within one tick of the clock differ by their inode.
#[derive(Clone, Copy, PartialEq, Eq)]
struct FileState {
    inode: u64,
    written_at: (i64, i64),
}

impl FileState {
    fn of(path: &Path) -> io::Result<Self> {
        let file = fs::metadata(path)?;
        Ok(Self { inode: file.ino(), written_at: (file.mtime(), file.mtime_nsec()) })
    }
}

/// A key that tokens are read under.
struct Key {
    kid: String,
    opens: DecodingKey,
    /// From when on nothing under it can be good; `None` for the one that signs.
    until: Option<DateTime<Utc>>,
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

impl Keys {
    fn of(secrets: &Secrets, file: Option<FileState>) -> Self {
        let key = |secret: &Secret, until| Key {
            kid: kid(secret),
            opens: DecodingKey::from_secret(secret.0.as_bytes()),
            until,
        };
        let former = secrets.former.iter().map(|(until, secret)| key(secret, Some(*until + LIFETIME)));
        let current = &secrets.current;
        Self {
            signing: (kid(current), EncodingKey::from_secret(current.0.as_bytes())),
            reading: std::iter::once(key(current, None)).chain(former).collect(),
            file,
        }
    }
}

/// What a key is called: the beginning of its hash, which tells nothing of it.
fn kid(secret: &Secret) -> String {
    hex(&Sha256::digest(secret.0.as_bytes())[..8])
}

impl Tokens {
    /// Tokens under secrets that stay, from an issuer: the server's public URL.
    #[must_use]
    pub fn new(secrets: &Secrets, issuer: &str) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        // The library would ask the operating system's clock; `read` asks the app's.
        validation.validate_exp = false;
        validation.leeway = 0;
        let keys = RwLock::new(Keys::of(secrets, None));
        Self { keys, directory: None, validation, issuer: issuer.to_owned() }
    }

    /// The same, following the file in a data directory: what `beacon key rotate` writes counts at once.
    #[must_use]
    pub fn following(self, data_dir: &Path) -> Self {
        Self { directory: Some(data_dir.to_owned()), ..self }
    }

    /// Reads the secrets anew if their file is another or was written since.
    fn follow(&self) {
        let Some(directory) = &self.directory else { return };
        let followed = || -> io::Result<()> {
            let file = Some(FileState::of(&directory.join(SECRET_FILE))?);
            if self.keys.read().unwrap_or_else(PoisonError::into_inner).file != file {
                let keys = Keys::of(&config::kept(directory)?, file);
                *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
            }
            Ok(())
        };
        if let Err(error) = followed() {
            tracing::warn!(error = %error, "the secret cannot be read; the one that was read before stays");
        }
    }

    /// A token for somebody, with an id of its own.
    ///
    /// # Errors
    /// When signing fails.
    pub fn sign(&self, access: Access, jti: Id, now: DateTime<Utc>) -> Result<Signed, CryptoError> {
        self.follow();
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
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let (kid, key) = &keys.signing;
        let header = Header { kid: Some(kid.clone()), ..Header::new(Algorithm::HS256) };
        let token = jsonwebtoken::encode(&header, &claims, key).map_err(CryptoError::of)?;
        Ok(Signed { token, expires_at: DateTime::from_timestamp(exp, 0).unwrap_or(now) })
    }

    /// Whom a token speaks for; `None` when it is malformed, expired, from or for somebody else, or not signed by us.
    #[must_use]
    pub fn read(&self, token: &str, now: DateTime<Utc>) -> Option<Access> {
        let kid = decode_header(token).ok()?.kid?;
        if !self.knows(&kid) {
            self.follow();
        }
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let is_good = |key: &&Key| key.kid == kid && key.until.is_none_or(|until| now < until);
        let key = &keys.reading.iter().find(is_good)?.opens;
        let claims = jsonwebtoken::decode::<Claims>(token, key, &self.validation).ok()?.claims;
        (now.timestamp() < claims.exp).then_some(Access { user_id: claims.sub, session_id: claims.sid })
    }

    fn knows(&self, kid: &str) -> bool {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.reading.iter().any(|key| key.kid == kid)
    }
}

/// Puts a new secret in the place of the one that is kept in a data directory. Tokens under it are good until they
/// expire; running servers sign with the new one at once.
///
/// # Errors
/// When the file cannot be read or written.
pub fn rotate(data_dir: &Path, now: DateTime<Utc>) -> io::Result<()> {
    config::rotate(data_dir, now, now - LIFETIME)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use uuid::Uuid;

    use super::*;

    const SECRET: &str = "a secret for tests, 32 bytes long";
    const ACCESS: Access = Access { user_id: Id(Uuid::from_u128(1)), session_id: Id(Uuid::from_u128(2)) };

    fn secret(text: &str) -> Secret {
        Secret(text.to_owned())
    }

    fn tokens(text: &str, issuer: &str) -> Tokens {
        Tokens::new(&Secrets { current: secret(text), former: Vec::new() }, issuer)
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
        let header = Header { kid: Some(kid(&secret(SECRET))), ..Header::new(algorithm) };
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(SECRET.as_bytes())).expect("signs")
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
    fn tokens_under_a_former_secret_are_read_until_they_have_run_out() {
        let Signed { token, expires_at } = signed(&tokens(SECRET, "https://a.example"));
        let current = secret("another secret, also 32 bytes long");
        let secrets = Secrets { current, former: vec![(noon(), secret(SECRET))] };
        let tokens = Tokens::new(&secrets, "https://a.example");
        assert_eq!(tokens.read(&token, noon()), Some(ACCESS));
        assert_eq!(tokens.read(&token, expires_at - TimeDelta::microseconds(1)), Some(ACCESS));
        let later = noon() + LIFETIME;
        let leaked = tokens_of_thief(later);
        assert_eq!(tokens.read(&leaked, later), None, "a leaked secret makes no tokens later");
    }

    /// Somebody who knows the secret makes a token later.
    fn tokens_of_thief(now: DateTime<Utc>) -> String {
        let thief = tokens(SECRET, "https://a.example");
        thief.sign(ACCESS, Id(Uuid::from_u128(3)), now).expect("signing works").token
    }

    #[test]
    fn a_rotation_counts_at_once_even_within_a_tick_of_the_clock_and_signs_nobody_out() {
        let directory = std::env::temp_dir().join(format!("beacon-keys-{}", Uuid::from_u128(7)));
        fs::create_dir_all(&directory).expect("the temporary directory is writable");
        let following = || {
            let secrets = config::kept(&directory).expect("it is made");
            Tokens::new(&secrets, "https://a.example").following(&directory)
        };
        let (one, other) = (following(), following());
        let before = signed(&one).token;

        let written = || File::options().write(true).open(directory.join(SECRET_FILE)).expect("it is there");
        let tick = written().metadata().and_then(|file| file.modified()).expect("the system keeps times");
        rotate(&directory, noon()).expect("it is written");
        written().set_modified(tick).expect("the system keeps times");

        let after = signed(&one).token;
        assert_ne!(
            decode_header(&before).map(|header| header.kid),
            decode_header(&after).map(|header| header.kid)
        );
        for tokens in [&one, &other, &following()] {
            assert_eq!(tokens.read(&before, noon()), Some(ACCESS));
            assert_eq!(tokens.read(&after, noon()), Some(ACCESS));
        }
        fs::remove_dir_all(&directory).expect("it is there");
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
