//! Stand-ins for personal data that must be recognised again and never read.

use std::net::{IpAddr, Ipv6Addr};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{CryptoError, hex};
use crate::config::Secret;

/// Makes stand-ins: HMAC-SHA-256 under the server's secret, so that nobody without it can try out addresses.
pub struct Pseudonyms(Hmac<Sha256>);

impl Pseudonyms {
    /// Stand-ins under a secret.
    ///
    /// # Errors
    /// When the secret cannot be a key; any secret can.
    pub fn new(secret: &Secret) -> Result<Self, CryptoError> {
        Hmac::new_from_slice(secret.0.as_bytes()).map(Self).map_err(CryptoError::of)
    }

    /// The stand-in for a value of some kind: 64 hexadecimal digits, the same for the same text.
    #[must_use]
    pub fn of(&self, kind: &str, text: &str) -> String {
        let mut mac = self.0.clone();
        for part in [kind, "\0", text] {
            mac.update(part.as_bytes());
        }
        hex(&mac.finalize().into_bytes())
    }

    /// The stand-in for where somebody is: their address, or for IPv6 the /64 that a household or office is given.
    #[must_use]
    pub fn of_network(&self, kind: &str, address: IpAddr) -> String {
        self.of(kind, &network(address).to_string())
    }
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
        v4 @ IpAddr::V4(_) => v4,
    }
}
