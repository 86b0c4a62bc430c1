//! Secrets of clients: `bac_`, 12 hexadecimal digits, `_` and 32 random bytes.

use subtle::ConstantTimeEq;

use crate::app::{CryptoError, hex, random_bytes};
use crate::domain::session::random_text;

/// What every secret begins with, so that a leaked one is recognised.
const KIND: &str = "bac_";
/// How long a prefix is: the kind and 12 digits.
const PREFIX: usize = KIND.len() + 12;

/// A prefix that no other client has, but for chance; the database has the last word.
pub(super) fn new_prefix() -> Result<String, CryptoError> {
    Ok(format!("{KIND}{}", hex(&random_bytes::<6>()?)))
}

/// A new secret under a prefix.
pub(super) fn new_secret(prefix: &str) -> Result<String, CryptoError> {
    Ok(format!("{prefix}_{}", random_text::<32>()?))
}

/// Whether a token is the secret of a client, good or not, and no other kind of token.
#[must_use]
pub fn is_secret(token: &str) -> bool {
    token.starts_with(KIND)
}

/// The prefix of a secret; `None` for what is too short to have one.
pub(super) fn prefix(secret: &str) -> Option<&str> {
    secret.get(..PREFIX)
}

/// Whether two hashes are equal, in a time that does not tell where they differ.
pub(super) fn is_equal(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}
