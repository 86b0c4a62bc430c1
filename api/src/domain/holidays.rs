//! Public holidays by region: rules as data in `api/data/holidays.toml`, reckoned once for the years that they are
//! certain for, and what governments announced beside them.

mod published;

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock};

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use compact_calendar::CompactCalendar;
use entity::contact_channel::HolidayRegion;
use opening_hours::ContextHolidays;
use serde::Deserialize;

use super::message::Voice;
use super::observance::easter;

const DATA: &str = include_str!("../../data/holidays.toml");

/// The holidays of every region.
#[derive(Clone)]
pub struct Holidays(HashMap<HolidayRegion, Arc<Calendar>>);

impl Holidays {
    /// Those by the rules that the product ships.
    #[must_use]
    pub fn shipped() -> Self {
        /// The file is part of the binary, and a test reads it: should it be broken after all, no region has a calendar.
        static SHIPPED: LazyLock<Holidays> =
            LazyLock::new(|| Holidays(calendars(DATA).map(shared).unwrap_or_default()));
        SHIPPED.clone()
    }

    /// The same with the list of a government: see [`published`].
    ///
    /// # Errors
    /// What is wrong with the list, on one line.
    pub fn with_published(list: &str) -> Result<Self, String> {
        let mut calendars = calendars(DATA).map_err(|error| error.to_string())?;
        for (region, days) in published::parse(list)? {
            if let Some(calendar) = calendars.get_mut(&region) {
                calendar.take(&days);
            }
        }
        Ok(Self(shared(calendars)))
    }

    /// The calendar of a region; `None` where there are no holidays to know.
    #[must_use]
    pub fn of(&self, region: HolidayRegion) -> Option<&Arc<Calendar>> {
        self.0.get(&region)
    }
}

fn shared(calendars: HashMap<HolidayRegion, Calendar>) -> HashMap<HolidayRegion, Arc<Calendar>> {
    calendars.into_iter().map(|(region, calendar)| (region, Arc::new(calendar))).collect()
}

/// The holidays of a region.
#[derive(Clone)]
pub struct Calendar {
    rules: Vec<(Arc<Name>, Holiday)>,
    days: BTreeMap<NaiveDate, Arc<Name>>,
    certain: RangeInclusive<i32>,
    context: ContextHolidays,
}

/// What a holiday is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// One that the product knows: its id, by which each language has a name.
    Known(String),
    /// One that a government announced: its title there.
    Announced(String),
}

impl Name {
    /// In the language of a voice; a title that was announced stays as it is.
    #[must_use]
    pub fn said(&self, voice: &Voice) -> String {
        match self {
            Self::Known(id) => voice.say(&format!("holiday-{id}"), &[]),
            Self::Announced(title) => title.clone(),
        }
    }
}

impl Calendar {
    /// What a day is called; `None` for one that is no holiday.
    #[must_use]
    pub fn name(&self, day: NaiveDate) -> Option<&Arc<Name>> {
        self.days.get(&day)
    }

    /// What a day is called that many take for a holiday and that is none: one that has a substitute.
    #[must_use]
    pub fn likely(&self, day: NaiveDate) -> Option<&Arc<Name>> {
        let falls = |holiday: &Holiday| holiday.fixed.is_some() && holiday.day(day.year()) == Some(day);
        let named = self.rules.iter().find(|(_, holiday)| falls(holiday)).map(|(name, _)| name);
        named.filter(|_| is_weekend(day) && !self.days.contains_key(&day))
    }

    /// Whether it is certain which days of a day's year are holidays.
    #[must_use]
    pub fn is_certain(&self, day: NaiveDate) -> bool {
        self.certain.contains(&day.year())
    }

    /// The first day of certainty.
    #[must_use]
    pub fn certain_from(&self) -> Option<NaiveDate> {
        NaiveDate::from_yo_opt(*self.certain.start(), 1)
    }

    /// The holidays as the evaluator of opening hours takes them.
    #[must_use]
    pub fn context(&self) -> &ContextHolidays {
        &self.context
    }

    fn by_rules(rules: Vec<(Arc<Name>, Holiday)>, certain: RangeInclusive<i32>) -> Self {
        let days = certain.clone().flat_map(|year| reckon(&rules, year)).collect();
        let mut calendar = Self { rules, days, certain, context: ContextHolidays::default() };
        calendar.settle();
        calendar
    }

    /// Adds published days. A year that has as many of them as the rules give is the whole list of that year: what was
    /// moved is no longer where its rule has it, and the year is certain.
    fn take(&mut self, published: &BTreeMap<NaiveDate, String>) {
        let mut years: BTreeMap<i32, Vec<(NaiveDate, Arc<Name>)>> = BTreeMap::new();
        for (day, title) in published {
            let name = self.rules.iter().map(|(name, _)| name).find(|name| name.is_titled(title));
            let name = name.cloned().unwrap_or_else(|| Arc::new(Name::Announced(title.clone())));
            years.entry(day.year()).or_default().push((*day, name));
        }
        let mut whole = Vec::new();
        for (year, days) in years {
            if days.len() >= reckon(&self.rules, year).count() {
                self.days.retain(|day, _| day.year() != year);
                whole.push(year);
            }
            self.days.extend(days);
        }
        let (mut from, mut through) = (*self.certain.start(), *self.certain.end());
        while whole.contains(&(from - 1)) {
            from -= 1;
        }
        while whole.contains(&(through + 1)) {
            through += 1;
        }
        self.certain = from..=through;
        self.settle();
    }

    fn settle(&mut self) {
        let mut public = CompactCalendar::default();
        for day in self.days.keys() {
            public.insert(*day);
        }
        self.context = ContextHolidays::new(Arc::new(public), Arc::default());
    }
}

impl Name {
    /// Whether a government's list calls it so.
    fn is_titled(&self, title: &str) -> bool {
        let plain = |text: &str| text.to_lowercase().replace('\u{2019}', "'");
        plain(&self.said(&Voice::of(["en"]))) == plain(title)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    certain: Certain,
    holiday: Vec<Holiday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Certain {
    from: i32,
    through: i32,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    id: String,
    regions: Vec<HolidayRegion>,
    fixed: Option<Fixed>,
    monday: Option<Monday>,
    easter: Option<i64>,
    once: Option<NaiveDate>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixed {
    month: u32,
    day: u32,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Monday {
    month: u32,
    nth: i8,
}

impl Holiday {
    /// The day of a year that its rule names, weekend or not; a fixed one may be replaced.
    fn day(&self, year: i32) -> Option<NaiveDate> {
        if let Some(Fixed { month, day }) = self.fixed {
            return NaiveDate::from_ymd_opt(year, month, day);
        }
        if let Some(Monday { month, nth }) = self.monday {
            let nth_of = |nth| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, nth);
            return u8::try_from(nth).map_or_else(|_| nth_of(5).or_else(|| nth_of(4)), nth_of);
        }
        match self.easter {
            Some(days) => easter(year)?.checked_add_signed(TimeDelta::days(days)),
            None => self.once.filter(|day| day.year() == year),
        }
    }
}

fn calendars(data: &str) -> Result<HashMap<HolidayRegion, Calendar>, toml::de::Error> {
    let Data { certain, holiday: holidays } = toml::from_str(data)?;
    let regions = HolidayRegion::ALL.iter().filter(|region| **region != HolidayRegion::None);
    let calendar = |&region: &HolidayRegion| {
        let own = holidays.iter().filter(|holiday| holiday.regions.contains(&region));
        let rules = own.map(|holiday| (Arc::new(Name::Known(holiday.id.clone())), holiday.clone()));
        (region, Calendar::by_rules(rules.collect(), certain.from..=certain.through))
    };
    Ok(regions.map(calendar).collect())
}

/// One year of a region: first the days that stay where they are, then the substitutes of those at a weekend, in
/// the order of the days they stand for.
fn reckon(rules: &[(Arc<Name>, Holiday)], year: i32) -> impl Iterator<Item = (NaiveDate, Arc<Name>)> + use<> {
    let (mut days, mut moved) = (BTreeMap::new(), BTreeMap::new());
    for (name, holiday) in rules {
        match holiday.day(year) {
            Some(day) if holiday.fixed.is_some() && is_weekend(day) => moved.insert(day, name.clone()),
            Some(day) => {
                days.insert(day, name.clone());
                None
            }
            None => None,
        };
    }
    for (day, name) in moved {
        let free = day.iter_days().find(|day| !is_weekend(*day) && !days.contains_key(day));
        days.insert(free.unwrap_or(day + Days::new(2)), name);
    }
    days.into_iter()
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests;
