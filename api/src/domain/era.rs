//! Where editions are in their time, and which posts fall into it.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::edition::Edition;
pub use crate::store::edition::{Era, post_counts, posts};

/// Where an edition is in its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditionState {
    /// Its first day has not begun.
    Upcoming,
    /// From its first day until the end of its last.
    Live,
    /// After its last day.
    Ended,
}

/// Where an edition is on a day.
#[must_use]
pub fn state(edition: &Edition, day: NaiveDate) -> EditionState {
    if day < edition.starts_on {
        EditionState::Upcoming
    } else if day <= edition.ends_on {
        EditionState::Live
    } else {
        EditionState::Ended
    }
}

/// How many days from a day until an edition starts; 0 from its first day on.
#[must_use]
pub fn days_until(edition: &Edition, day: NaiveDate) -> i64 {
    (edition.starts_on - day).num_days().max(0)
}

/// The edition that matters on a day, of a list with the last year first: the one that is live, else the next to
/// come, else the last.
#[must_use]
pub fn at(editions: &[impl AsRef<Edition>], day: NaiveDate) -> Option<usize> {
    let find = |wanted| editions.iter().rposition(|edition| state(edition.as_ref(), day) == wanted);
    let live = editions.iter().position(|edition| state(edition.as_ref(), day) == EditionState::Live);
    live.or_else(|| find(EditionState::Upcoming)).or((!editions.is_empty()).then_some(0))
}

/// The time of an edition's posts: from its own first midnight in a zone until that of the next.
#[must_use]
pub fn era(edition: &Edition, next_starts_on: Option<NaiveDate>, zone: Tz) -> Era {
    let midnight = |day: NaiveDate| start_of_day(day, zone);
    Era {
        edition_id: edition.id,
        campaign_id: edition.document_id,
        from: midnight(edition.starts_on),
        until: next_starts_on.map(midnight),
    }
}

/// The first moment of a day in a zone; where midnight is skipped, the first one after.
#[must_use]
pub fn start_of_day(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..=24)
        .find_map(|hours| (midnight + TimeDelta::hours(hours)).and_local_timezone(zone).earliest())
        .map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono_tz::{America, Europe};
    use entity::Id;
    use entity::campaign::DateStatus;
    use entity::value::List;
    use uuid::Uuid;

    use super::*;
    use crate::domain::content::DRAFT;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn edition(year: i32, starts_on: &str, ends_on: &str) -> Arc<Edition> {
        let id = Id(Uuid::nil());
        let (starts_on, ends_on) = (day(starts_on), day(ends_on));
        let date_status = DateStatus::Provisional;
        let goals = List::default();
        let edition = Edition {
            id,
            stage: DRAFT,
            document_id: id,
            year,
            starts_on,
            ends_on,
            date_status,
            date_source: None,
            goals,
        };
        edition.into()
    }

    #[test]
    fn the_same_moment_is_another_day_elsewhere() {
        let edition = edition(2027, "2027-07-30", "2027-07-30");
        let at: DateTime<Utc> = "2027-07-29T23:30:00Z".parse().expect("a moment");
        let in_zone = |zone| state(&edition, at.with_timezone(&zone).date_naive());
        assert_eq!(in_zone(Europe::London), EditionState::Live);
        assert_eq!(in_zone(America::New_York), EditionState::Upcoming);
    }

    #[test]
    fn days_are_counted_down_to_nought() {
        let edition = edition(2027, "2027-07-30", "2027-07-31");
        let days = ["2027-07-01", "2027-07-29", "2027-07-30", "2027-08-15"]
            .map(|text| days_until(&edition, day(text)));
        assert_eq!(days, [29, 1, 0, 0]);
        assert_eq!(state(&edition, day("2027-07-31")), EditionState::Live);
        assert_eq!(state(&edition, day("2027-08-01")), EditionState::Ended);
    }

    #[test]
    fn the_live_edition_matters_most_then_the_next_then_the_last() {
        let editions = [
            edition(2027, "2027-07-30", "2027-07-30"),
            edition(2026, "2026-07-30", "2026-07-30"),
            edition(2025, "2025-07-30", "2025-07-30"),
        ];
        let year = |text| at(&editions, day(text)).map(|index| editions[index].year);
        assert_eq!(year("2026-07-30"), Some(2026));
        assert_eq!(year("2025-08-01"), Some(2026));
        assert_eq!(year("2020-01-01"), Some(2025));
        assert_eq!(year("2030-01-01"), Some(2027));
        assert_eq!(at(&[] as &[Arc<Edition>], day("2026-07-30")), None);
    }

    #[test]
    fn an_era_begins_at_midnight_where_the_site_is() {
        let era = era(&edition(2026, "2026-07-30", "2026-07-30"), Some(day("2027-01-30")), Europe::London);
        assert_eq!(era.from.to_rfc3339(), "2026-07-29T23:00:00+00:00");
        assert_eq!(era.until.map(|at| at.to_rfc3339()).as_deref(), Some("2027-01-30T00:00:00+00:00"));
    }

    #[test]
    fn a_day_without_a_midnight_begins_after_it() {
        let start = start_of_day(day("2022-09-11"), America::Santiago);
        assert_eq!(start.to_rfc3339(), "2022-09-11T04:00:00+00:00");
    }
}
