//! How a campaign comes round, and the days that follow.

use async_graphql::{Enum, SimpleObject};

use super::DateStatus;
use crate::domain::campaign::Campaign;
use crate::domain::message::Voice;
use crate::domain::observance::{self, Turn};
use crate::domain::read::Row;
use crate::graphql::content::Sight;
use crate::graphql::scalar::Date;

/// How a campaign comes round.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "observance::ObservanceKind")]
pub enum ObservanceKind {
    /// Same month and day every year.
    Fixed,
    /// The nth weekday of a month; nth = -1 is the last.
    NthWeekday,
    /// Days from Western Easter Sunday.
    Easter,
    /// The organiser announces each year's dates.
    Announced,
    /// Happens once.
    Once,
}

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "observance::Weekday")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

/// How a campaign comes round.
#[derive(SimpleObject)]
pub struct Observance {
    /// In which manner; it decides which of the other fields are there.
    kind: ObservanceKind,
    /// For `FIXED` and `NTH_WEEKDAY`: 1 to 12; else null.
    month: Option<i32>,
    /// For `FIXED`: 1 to 31; else null. 29 February comes in leap years only.
    day: Option<i32>,
    /// For `NTH_WEEKDAY`; else null.
    weekday: Option<Weekday>,
    /// For `NTH_WEEKDAY`: 1 to 5, or -1 for the last; else null. A month without a fifth one has no turn.
    nth: Option<i32>,
    /// For `EASTER`: days from Western Easter Sunday, -80 to 250, negative before it; else null.
    easter_offset: Option<i32>,
    /// For `ONCE`: its first day; else null.
    starts_on: Option<Date>,
    /// How many days a turn lasts, 1 to 366.
    length_days: i32,
    /// The rule of the first days as RFC 5545 has it, without `RRULE:`; null for `EASTER` and `ANNOUNCED`.
    rrule: Option<String>,
    /// In words: `The second Tuesday of February`. In the first of the wished languages that Beacon speaks (en, cy, de, fr,
    /// pl, ar, fa), else in English.
    description: String,
}

impl Observance {
    /// The observance of a campaign for a reader.
    pub(super) fn of(sight: &Sight, row: &Row<Campaign>) -> Self {
        Self {
            kind: row.observance_kind.into(),
            month: row.month,
            day: row.day,
            weekday: row.weekday.map(Weekday::from),
            nth: row.nth,
            easter_offset: row.easter_offset,
            starts_on: row.starts_on.map(Date::from),
            length_days: row.length_days,
            rrule: observance::rrule(row),
            description: observance::description(&Voice::of(sight.scope.languages.iter()), row),
        }
    }
}

/// One turn of a campaign, whether or not somebody wrote an edition for it.
#[derive(SimpleObject)]
pub struct Occurrence {
    /// First day.
    starts_on: Date,
    /// Last day, inclusive.
    ends_on: Date,
    /// How sure these days are; by the rule they are `PROVISIONAL`.
    date_status: DateStatus,
}

impl From<&Turn> for Occurrence {
    fn from(turn: &Turn) -> Self {
        Self {
            starts_on: turn.starts_on.into(),
            ends_on: turn.ends_on.into(),
            date_status: turn.date_status.into(),
        }
    }
}
