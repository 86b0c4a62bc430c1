//! Many futures together, most of which are ready as soon as they are asked.

use std::future::{Future, poll_fn};
use std::mem;
use std::pin::Pin;
use std::task::Poll;

/// The outputs of all futures, in their order, or the first error.
///
/// Each is made when the one before has been asked for the first time, in the room of that one where it was ready: a list of a
/// hundred objects has hundreds of fields, and all but a few are told at once. Those that wait keep their room.
///
/// # Errors
/// The first that a future gives; the others are dropped.
pub async fn try_together<F, T, E>(futures: impl IntoIterator<Item = F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>>,
    T: Default,
{
    let mut outputs = Vec::new();
    let mut waiting: Vec<(usize, Pin<Box<Option<F>>>)> = Vec::new();
    let mut rest = Some(futures);
    poll_fn(|cx| {
        if let Some(futures) = rest.take() {
            let futures = futures.into_iter();
            outputs.reserve(futures.size_hint().0);
            let mut room = Box::pin(None);
            for future in futures {
                room.as_mut().set(Some(future));
                let Some(future) = room.as_mut().as_pin_mut() else { continue };
                match future.poll(cx) {
                    Poll::Ready(output) => outputs.push(output?),
                    Poll::Pending => {
                        waiting.push((outputs.len(), mem::replace(&mut room, Box::pin(None))));
                        outputs.push(T::default());
                    }
                }
            }
        } else {
            let mut index = 0;
            while let Some((place, room)) = waiting.get_mut(index) {
                match room.as_mut().as_pin_mut().map(|future| future.poll(cx)) {
                    Some(Poll::Pending) => index += 1,
                    Some(Poll::Ready(output)) => {
                        outputs[*place] = output?;
                        waiting.swap_remove(index);
                    }
                    None => {
                        waiting.swap_remove(index);
                    }
                }
            }
        }
        if waiting.is_empty() { Poll::Ready(Ok(())) } else { Poll::Pending }
    })
    .await?;
    Ok(outputs)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::{Instant, sleep};

    use super::try_together;

    /// A number that is there at once, or after so many seconds.
    async fn number(number: u64, seconds: u64) -> Result<u64, &'static str> {
        if seconds > 0 {
            sleep(Duration::from_secs(seconds)).await;
        }
        if number == 13 { Err("unlucky") } else { Ok(number) }
    }

    #[tokio::test(start_paused = true)]
    async fn all_come_in_their_order_and_wait_together() {
        let start = Instant::now();

        let numbers = try_together((0..10).map(|each| number(each, each % 4))).await;

        assert_eq!(numbers, Ok((0..10).collect()));
        assert_eq!(start.elapsed(), Duration::from_secs(3));
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_error_is_the_end() {
        for (seconds, end) in [(0, 0), (1, 1)] {
            let start = Instant::now();

            let numbers = try_together([number(1, 5), number(13, seconds), number(2, 0)]).await;

            assert_eq!((numbers, start.elapsed()), (Err("unlucky"), Duration::from_secs(end)));
        }
    }

    #[tokio::test]
    async fn nothing_is_soon_done() {
        assert_eq!(
            try_together(std::iter::empty::<std::future::Ready<Result<u8, ()>>>()).await,
            Ok(Vec::new())
        );
    }
}
