//! Admission: a few questions are worked on at a time, and the next waits until one of them is done.
//!
//! Thirty-two at once are in each other's way: what one has in memory is gone from the processor's caches when it goes on, and each takes
//! a quarter more time than when there are eight, in the database too (docs/PERFORMANCE.md).

use std::pin::pin;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::time::timeout;

use super::room::Places;

/// Questions at a time, for each core: enough that somebody has work while the others wait for the database.
const FOR_EACH_CORE: u32 = 8;
/// After how long somebody else is let in too: whoever takes longer waits for something slow, and others need not.
const HOLD: Duration = Duration::from_millis(50);

/// Who is let in, in a process.
pub(super) struct Admission(Places);

impl Default for Admission {
    fn default() -> Self {
        let cores = available_parallelism().ok().and_then(|cores| u32::try_from(cores.get()).ok());
        Self(Places::new(FOR_EACH_CORE * cores.unwrap_or(1)))
    }
}

impl Admission {
    /// Does some work once it is let in, those who came first before it.
    pub(super) async fn run<T>(&self, work: impl Future<Output = T>) -> T {
        let place = self.0.wait().await;
        let mut work = pin!(work);
        if let Ok(output) = timeout(HOLD, &mut work).await {
            return output;
        }
        drop(place);
        work.await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use futures_util::future::join_all;
    use tokio::time::{Instant, sleep};

    use super::*;

    /// How many of some workers are at it when each begins, and when the last is done.
    async fn at_once(workers: usize, each: Duration) -> (Vec<usize>, Duration) {
        let (admission, working, start) = (Admission(Places::new(2)), AtomicUsize::new(0), Instant::now());
        let work = || async {
            let others = working.fetch_add(1, Ordering::Relaxed);
            sleep(each).await;
            working.fetch_sub(1, Ordering::Relaxed);
            others
        };
        (join_all((0..workers).map(|_| admission.run(work()))).await, start.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn a_few_work_at_a_time() {
        let (others, taken) = at_once(6, HOLD / 5).await;

        assert!(others.iter().all(|others| *others < 2), "{others:?}");
        assert_eq!(taken, HOLD / 5 * 3);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_those_who_take_long() {
        let (others, taken) = at_once(6, HOLD * 10).await;

        assert_eq!(others, [0, 1, 2, 3, 4, 5]);
        assert_eq!(taken, HOLD * 12);
    }
}
