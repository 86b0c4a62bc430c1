//! How much an address may ask for: a cost per minute, by the generic cell rate algorithm (GCRA).

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use moka::sync::Cache;

use super::fault::Fault;
use super::refusal::Refusal;
use crate::app::App;
use crate::graphql::error::Code;

/// The fields of the IETF draft "RateLimit header fields for HTTP".
pub(super) const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
pub(super) const LEFT: HeaderName = HeaderName::from_static("ratelimit");
/// The time in which the whole limit comes back, in microseconds.
const WINDOW: i64 = 60_000_000;
/// Addresses that are remembered; of more, those not seen for longest begin anew.
const MOST: u64 = 100_000;

/// What is left to each address. Addresses are kept as keyed hashes, in memory, for a minute after they were last seen.
pub(super) struct Rates {
    /// Units a minute.
    limit: i64,
    /// By address, the moment at which its whole limit will be back.
    full_at: Cache<String, Arc<AtomicI64>>,
}

/// What is left to whoever asked.
#[derive(Clone, Copy)]
pub(super) struct Left {
    limit: i64,
    units: i64,
    /// Until the whole limit is back.
    seconds: i64,
}

impl Rates {
    /// A limit in units a minute; `None` for 0.
    pub(super) fn new(limit: u32) -> Option<Self> {
        let full_at = Cache::builder().max_capacity(MOST).time_to_idle(Duration::from_mins(1)).build();
        (limit > 0).then_some(Self { limit: limit.into(), full_at })
    }

    /// Takes the cost of an operation from what is left to an address; one that costs more than all there is takes all.
    ///
    /// # Errors
    /// 429 `RATE_LIMITED` and `Retry-After` where not enough is left; then nothing is taken.
    pub(super) fn take(&self, app: &App, address: IpAddr, cost: u64) -> Result<Left, Refusal> {
        let address = app.pseudonyms.of_network("rate", address);
        let now = app.now().timestamp_micros();
        let full_at = self.full_at.get_with(address, || Arc::new(AtomicI64::new(now)));
        let cost = i64::try_from(cost).unwrap_or(i64::MAX).min(self.limit);
        let time = cost * WINDOW / self.limit;
        let after = |before: i64| before.max(now) + time;
        let taken = full_at.fetch_update(Ordering::AcqRel, Ordering::Acquire, |before| {
            Some(after(before)).filter(|after| after - now <= WINDOW)
        });
        match taken {
            Ok(before) => Ok(self.left(after(before) - now)),
            Err(before) => Err(self.refuse(before - now, after(before) - now - WINDOW)),
        }
    }

    /// What is left where the whole limit is back after a time.
    fn left(&self, time: i64) -> Left {
        let units = (WINDOW - time).max(0) * self.limit / WINDOW;
        Left { limit: self.limit, units, seconds: seconds(time) }
    }

    fn refuse(&self, time: i64, wait: i64) -> Refusal {
        let message = format!(
            "Too much was asked for: each address may ask for a cost of {} a minute. Wait, or ask for less at once.",
            self.limit
        );
        let mut refusal =
            Refusal::with(StatusCode::TOO_MANY_REQUESTS, Fault::new(Code::RateLimited, &message));
        refusal.headers.push((RETRY_AFTER, seconds(wait).into()));
        refusal.headers.extend(self.left(time).headers());
        refusal
    }
}

impl Left {
    /// Tells whoever asked.
    pub(super) fn tell(self, headers: &mut HeaderMap) {
        headers.extend(self.headers());
    }

    fn headers(self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let Self { limit, units, seconds } = self;
        let policy = (POLICY, format!("\"cost\";q={limit};w={}", WINDOW / 1_000_000));
        let left = (LEFT, format!("\"cost\";r={units};t={seconds}"));
        [policy, left].into_iter().filter_map(|(name, text)| Some((name, HeaderValue::try_from(text).ok()?)))
    }
}

/// Whole seconds, at least one.
fn seconds(micros: i64) -> i64 {
    (micros.max(1) + 999_999) / 1_000_000
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::app::testing::{HOME, World};

    #[tokio::test]
    async fn what_was_taken_comes_back_with_time() {
        let world = World::new().await;
        let rates = Rates::new(60).expect("a limit");
        let take = |cost| {
            rates.take(&world.app, HOME, cost).map(|left| left.units).map_err(|refusal| {
                refusal.headers.iter().find(|(name, _)| name == RETRY_AFTER).map(|(_, value)| value.clone())
            })
        };
        assert_eq!(take(50), Ok(10));
        assert_eq!(take(20), Err(Some(HeaderValue::from(10))));
        world.pass(TimeDelta::seconds(10));
        assert_eq!(take(20), Ok(0));
        assert_eq!(take(1_000), Err(Some(HeaderValue::from(60))));
        world.pass(TimeDelta::seconds(60));
        assert_eq!(take(1_000), Ok(0));
    }

    #[tokio::test]
    async fn addresses_do_not_share_a_limit() {
        let world = World::new().await;
        let rates = Rates::new(60).expect("a limit");
        for address in ["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:0:1::1"] {
            let address = address.parse().expect("an address");
            assert!(rates.take(&world.app, address, 60).is_ok(), "{address}");
            assert!(rates.take(&world.app, address, 1).is_err(), "{address}");
        }
        let neighbour = "2001:db8::2".parse().expect("an address");
        assert!(rates.take(&world.app, neighbour, 1).is_err());
    }
}
