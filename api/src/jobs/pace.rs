//! How often to look for what is due: often, and less often while it cannot be done.

use std::time::Duration;

/// Between two looks: what is scheduled happens within a second of its moment.
const EVERY: Duration = Duration::from_millis(500);
/// The longest that is waited while it fails.
const LONGEST: Duration = Duration::from_secs(8);

/// How long to wait before the next look.
pub(super) struct Pace {
    wait: Duration,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self { wait: EVERY }
    }

    /// Until the next look.
    pub(super) fn wait(&self) -> Duration {
        self.wait
    }

    /// After a look that went well; whether the one before had not.
    pub(super) fn went_well(&mut self) -> bool {
        std::mem::replace(&mut self.wait, EVERY) != EVERY
    }

    /// After a look that failed; whether it is the first that did.
    pub(super) fn failed(&mut self) -> bool {
        let is_first = self.wait == EVERY;
        self.wait = (self.wait * 2).min(LONGEST);
        is_first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_is_said_once_and_tried_less_and_less_often_until_it_works() {
        let mut pace = Pace::new();
        assert!(!pace.went_well());
        let failures: Vec<_> = (0..6).map(|_| (pace.failed(), pace.wait().as_secs())).collect();
        assert_eq!(failures, [(true, 1), (false, 2), (false, 4), (false, 8), (false, 8), (false, 8)]);
        assert!(pace.went_well());
        assert_eq!(pace.wait(), EVERY);
    }
}
