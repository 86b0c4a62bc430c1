//! Accounts, and what they own: clients and previews. Why a write to one of them is refused.

use thiserror::Error;

use super::access::Denied;
use super::problem::Problem;
use crate::app::CryptoError;
use crate::store::StoreError;

/// Why an account, or what it owns, stays as it is.
#[derive(Debug, Error)]
pub enum AccountError {
    /// The viewer has no right to it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The input is wrong.
    #[error("the input has problems")]
    Problems(Vec<Problem>),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no randomness, or hashing failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
}

impl From<Problem> for AccountError {
    fn from(problem: Problem) -> Self {
        Self::Problems(vec![problem])
    }
}
