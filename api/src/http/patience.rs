//! How long a connection may go without the head of a request: one clock for each, whatever the number of its requests.
//!
//! To set a timer for each head and to stop it again takes as long as to look up an answer that is kept.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant as StdInstant};

use hyper::rt::{Sleep, Timer};
use tokio::time::{Instant, sleep_until};

/// How long a client may take to send the head of a request, the first one and each that follows.
pub(super) const LONGEST: Duration = Duration::from_secs(10);
/// While nothing is waited for.
const NEVER: u64 = u64::MAX;

/// The clock of a connection, from its start. Clones are the same.
#[derive(Clone)]
pub(super) struct Patience(Arc<Clock>);

struct Clock {
    start: Instant,
    /// In microseconds after the start.
    end: AtomicU64,
}

impl Patience {
    /// That with a client who has said nothing yet.
    pub(super) fn new() -> Self {
        let patience = Self(Arc::new(Clock { start: Instant::now(), end: NEVER.into() }));
        patience.until(patience.0.start + LONGEST);
        patience
    }

    /// A head is there.
    pub(super) fn spoke(&self) {
        self.0.end.store(NEVER, Ordering::Relaxed);
    }

    /// Comes when a head was waited for too long.
    pub(super) async fn ended(&self) {
        loop {
            let (now, end) = (Instant::now(), self.0.end.load(Ordering::Relaxed));
            // What is waited for from now on is waited for until later.
            let end = if end == NEVER { now + LONGEST } else { self.0.start + Duration::from_micros(end) };
            if end <= now {
                return;
            }
            sleep_until(end).await;
        }
    }

    fn until(&self, end: Instant) {
        let end = end.duration_since(self.0.start).as_micros();
        self.0.end.store(u64::try_from(end).unwrap_or(NEVER), Ordering::Relaxed);
    }
}

/// What HTTP/1 sets when it waits for a head, for [`LONGEST`] and nothing else.
impl Timer for Patience {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until((Instant::now() + duration).into_std())
    }

    fn sleep_until(&self, deadline: StdInstant) -> Pin<Box<dyn Sleep>> {
        self.until(deadline.into());
        Box::pin(Head(self.clone()))
    }

    fn now(&self) -> StdInstant {
        Instant::now().into_std()
    }

    fn reset(&self, _: &mut Pin<Box<dyn Sleep>>, deadline: StdInstant) {
        self.until(deadline.into());
    }
}

/// Waits for a head until it is dropped: whoever asks for it is dropped with its connection when that takes too long.
struct Head(Patience);

impl Future for Head {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
}

impl Sleep for Head {}

impl Drop for Head {
    fn drop(&mut self) {
        self.0.spoke();
    }
}
