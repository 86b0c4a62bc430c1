//! Runs an operation level by level: the executor goes as far as it can, then everything that its loaders were
//! asked for becomes one statement each, then the executor goes on. The number of statements depends on the
//! document alone, never on timing or on the length of a list.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::task::{AtomicWaker, FutureObj, Spawn, SpawnError};

use crate::domain::read::Db;

/// The batches that loaders want to run, held back until the executor has nothing else to do.
#[derive(Clone, Default)]
pub struct Batches(Arc<Mutex<Vec<FutureObj<'static, ()>>>>);

impl Batches {
    fn take(&self) -> Vec<FutureObj<'static, ()>> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Spawn for Batches {
    fn spawn_obj(&self, batch: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(batch);
        Ok(())
    }
}

/// A loader's delay: none, since [`drive`] decides when its batch runs.
pub struct NoDelay;

impl async_graphql::runtime::Timer for NoDelay {
    fn delay(&self, _: std::time::Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// Remembers that the executor was woken.
struct Woken {
    again: AtomicBool,
    outer: AtomicWaker,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.again.store(true, Ordering::Release);
        self.outer.wake();
    }
}

/// Runs an executor and the batches it asks for, all in this task.
pub async fn drive<F: Future>(work: F, batches: &Batches, db: &Db) -> F::Output {
    // The runtime's budget would hold back locks after 128 of them in one go and wake the task later: work that only
    // waits for that would be taken for work that waits for a batch.
    let mut work = pin!(tokio::task::unconstrained(work));
    let mut running = FuturesUnordered::new();
    let woken = Arc::new(Woken { again: AtomicBool::new(true), outer: AtomicWaker::new() });
    let waker = Waker::from(woken.clone());
    poll_fn(|cx| {
        woken.outer.register(cx.waker());
        loop {
            while let Poll::Ready(Some(())) = running.poll_next_unpin(cx) {}
            if !running.is_empty() {
                return Poll::Pending;
            }
            if woken.again.swap(false, Ordering::AcqRel) {
                if let Poll::Ready(output) = work.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return Poll::Ready(output);
                }
                continue;
            }
            if db.is_busy() {
                return Poll::Pending;
            }
            running.extend(batches.take());
            if running.is_empty() {
                return Poll::Pending;
            }
        }
    })
    .await
}
