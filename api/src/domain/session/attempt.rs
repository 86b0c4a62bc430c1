//! How often somebody may try.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use entity::session::sign_in_failure;

use crate::app::App;
use crate::store::{Connection, StoreError, Tx, sign_in};

/// How long a failure counts.
pub(super) const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Failures of one address with one account: strangers elsewhere cannot lock an editor out.
const MOST_PER_PAIR: usize = 10;
/// Failures of one address with whatever accounts.
const MOST_PER_ADDRESS: u64 = 100;

/// Words for whoever tried too often.
pub(super) const TOO_MANY: &str = "Too many failed tries. Wait a quarter of an hour.";

/// Who tries to sign in from where, in stand-ins.
pub(super) struct Attempt {
    account: String,
    address: String,
}

impl Attempt {
    /// An attempt at the account with a folded e-mail address, whether or not there is one.
    pub(super) fn of(app: &App, email_key: &str, address: IpAddr) -> Self {
        Self {
            account: app.pseudonyms.of("account", email_key),
            address: app.pseudonyms.of_network("address", address),
        }
    }

    /// Whether it is one too many.
    pub(super) async fn is_refused<C: Connection>(
        &self,
        db: &C,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let failures = sign_in::accounts(db, &self.address, now - WINDOW, MOST_PER_ADDRESS).await?;
        let with_account = failures.iter().filter(|account| **account == self.account).count();
        Ok(failures.len() as u64 >= MOST_PER_ADDRESS || with_account >= MOST_PER_PAIR)
    }

    /// The same once nobody else judges an attempt from there: many may have been under way at once.
    pub(super) async fn is_refused_after_all(&self, tx: &Tx, now: DateTime<Utc>) -> Result<bool, StoreError> {
        sign_in::lock(tx, &self.address).await?;
        self.is_refused(tx, now).await
    }

    /// It failed.
    pub(super) async fn failed(self, app: &App, tx: &Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
        let Self { account, address } = self;
        sign_in::insert(tx, sign_in_failure::Model { id: app.ids.next(), account, address, at: now }).await
    }

    /// It succeeded: the failures before it are forgiven.
    pub(super) async fn succeeded(self, tx: &Tx) -> Result<(), StoreError> {
        sign_in::clear(tx, &self.account, &self.address).await
    }
}
