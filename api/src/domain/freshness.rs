//! How much a reader may rely on something that was looked at once.

use chrono::{Months, NaiveDate};

use super::figure;

/// How long after it was due a review is not only late.
const STALE_AFTER: Months = Months::new(6);

/// How far something can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Somebody has looked within the time that was set.
    Fresh,
    /// It is time to look again.
    Due,
    /// It was time half a year ago.
    Stale,
    /// Something newer took its place.
    Superseded,
}

/// How far a figure can be trusted on a day: superseded where its area has a figure of a later period, whatever the
/// day; else fresh through its review date, and stale more than half a year after it.
#[must_use]
pub fn of_figure(figure: &figure::Figure, day: NaiveDate) -> Freshness {
    if figure.row.is_latest { of_review(figure.row.review_due_on, day) } else { Freshness::Superseded }
}

fn of_review(due_on: NaiveDate, day: NaiveDate) -> Freshness {
    if day <= due_on {
        Freshness::Fresh
    } else if due_on.checked_add_months(STALE_AFTER).is_some_and(|last| day > last) {
        Freshness::Stale
    } else {
        Freshness::Due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_due_the_day_after_its_date_and_stale_half_a_year_later() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        for (on, freshness) in [
            ("2026-01-01", Freshness::Fresh),
            ("2026-12-31", Freshness::Fresh),
            ("2027-01-01", Freshness::Due),
            ("2027-06-30", Freshness::Due),
            ("2027-07-01", Freshness::Stale),
            ("2199-01-01", Freshness::Stale),
        ] {
            assert_eq!(of_review(day("2026-12-31"), day(on)), freshness, "{on}");
        }
    }
}
