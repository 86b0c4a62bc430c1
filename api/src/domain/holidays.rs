//! Public holidays by region: rules as data in `api/data/holidays.toml`, reckoned once for the years that they are
//! certain for.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock};

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use compact_calendar::CompactCalendar;
use entity::contact_channel::HolidayRegion;
use opening_hours::ContextHolidays;
use serde::Deserialize;

use super::observance::easter;

const DATA: &str = include_str!("../../data/holidays.toml");

/// The holidays of a region.
pub struct Calendar {
    days: BTreeMap<NaiveDate, Arc<Name>>,
    certain: RangeInclusive<i32>,
    context: ContextHolidays,
}

/// What a holiday is called.
#[derive(Debug, PartialEq, Eq)]
pub struct Name {
    en: String,
    cy: String,
}

impl Name {
    /// In the first of some languages that it has a name in, else in English.
    #[must_use]
    pub fn in_languages(&self, wishes: &[String]) -> &str {
        let is_known = |wish: &&String| matches!(primary(wish), "en" | "cy");
        match wishes.iter().find(is_known).map(|wish| primary(wish)) {
            Some("cy") => &self.cy,
            _ => &self.en,
        }
    }
}

/// `en` of `en-GB`.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

impl Calendar {
    /// What a day is called; `None` for one that is no holiday.
    #[must_use]
    pub fn name(&self, day: NaiveDate) -> Option<&Arc<Name>> {
        self.days.get(&day)
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
}

/// The calendar of a region; `None` where there are no holidays to know.
#[must_use]
pub fn of(region: HolidayRegion) -> Option<&'static Calendar> {
    CALENDARS.get(&region)
}

/// The file is part of the binary, and a test reads it: should it be broken after all, no region has a calendar.
static CALENDARS: LazyLock<HashMap<HolidayRegion, Calendar>> =
    LazyLock::new(|| calendars(DATA).unwrap_or_default());

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Holiday {
    en: String,
    cy: String,
    regions: Vec<HolidayRegion>,
    fixed: Option<Fixed>,
    monday: Option<Monday>,
    easter: Option<i64>,
    once: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixed {
    month: u32,
    day: u32,
}

#[derive(Deserialize)]
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
    let names: Vec<Arc<Name>> = holidays
        .iter()
        .map(|holiday| Arc::new(Name { en: holiday.en.clone(), cy: holiday.cy.clone() }))
        .collect();
    let regions = HolidayRegion::ALL.iter().filter(|region| **region != HolidayRegion::None);
    let calendar = |&region: &HolidayRegion| {
        let own = || holidays.iter().zip(&names).filter(|(holiday, _)| holiday.regions.contains(&region));
        let mut days = BTreeMap::new();
        for year in certain.from..=certain.through {
            reckon(&mut days, own(), year);
        }
        let mut public = CompactCalendar::default();
        for day in days.keys() {
            public.insert(*day);
        }
        let context = ContextHolidays::new(Arc::new(public), Arc::default());
        (region, Calendar { days, certain: certain.from..=certain.through, context })
    };
    Ok(regions.map(calendar).collect())
}

/// One year of a region: first the days that stay where they are, then the substitutes of those at a weekend, in
/// the order of the days they stand for.
fn reckon<'a>(
    days: &mut BTreeMap<NaiveDate, Arc<Name>>,
    holidays: impl Iterator<Item = (&'a Holiday, &'a Arc<Name>)>,
    year: i32,
) {
    let mut moved = BTreeMap::new();
    for (holiday, name) in holidays {
        match holiday.day(year) {
            Some(day) if holiday.fixed.is_some() && is_weekend(day) => moved.insert(day, name),
            Some(day) => {
                days.insert(day, name.clone());
                None
            }
            None => None,
        };
    }
    for (day, name) in moved {
        let free = day.iter_days().find(|day| !is_weekend(*day) && !days.contains_key(day));
        days.insert(free.unwrap_or(day + Days::new(2)), name.clone());
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `MM-DD` of every holiday in a year.
    fn days(region: HolidayRegion, year: i32) -> Vec<String> {
        let calendar = of(region).expect("a region with holidays");
        let days = calendar.days.keys().filter(|day| day.year() == year);
        days.map(|day| day.format("%m-%d").to_string()).collect()
    }

    fn name(region: HolidayRegion, day: &str) -> Option<String> {
        let day = day.parse().expect("a day");
        of(region).and_then(|calendar| calendar.name(day)).map(|name| name.en.clone())
    }

    #[test]
    fn the_file_can_be_read_and_each_holiday_has_one_rule() {
        calendars(DATA).expect("a calendar");
        let Data { holiday: holidays, .. } = toml::from_str(DATA).expect("TOML");
        for Holiday { en, fixed, monday, easter, once, .. } in holidays {
            let rules = [fixed.is_some(), monday.is_some(), easter.is_some(), once.is_some()];
            assert_eq!(rules.iter().filter(|given| **given).count(), 1, "{en}");
        }
    }

    #[test]
    fn england_and_wales() {
        let days = |year| days(HolidayRegion::EnglandAndWales, year).join(" ");
        assert_eq!(days(2026), "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28");
        assert_eq!(days(2027), "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28");
        assert_eq!(days(2028), "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26");
    }

    #[test]
    fn scotland() {
        let days = |year| days(HolidayRegion::Scotland, year).join(" ");
        assert_eq!(days(2026), "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28");
        assert_eq!(days(2027), "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28");
        assert_eq!(days(2028), "01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26");
    }

    #[test]
    fn northern_ireland() {
        let days = |year| days(HolidayRegion::NorthernIreland, year).join(" ");
        assert_eq!(days(2026), "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28");
        assert_eq!(days(2027), "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28");
        assert_eq!(days(2028), "01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26");
    }

    #[test]
    fn substitutes_keep_their_names() {
        let name = |day| name(HolidayRegion::Scotland, day).unwrap_or_default();
        assert_eq!((name("2026-12-28"), name("2026-12-26")), ("Boxing Day".into(), String::new()));
        assert_eq!((name("2027-12-27"), name("2027-12-28")), ("Christmas Day".into(), "Boxing Day".into()));
        assert_eq!((name("2028-01-03"), name("2028-01-04")), ("New Year’s Day".into(), "2nd January".into()));
    }

    #[test]
    fn names_follow_the_wish_list() {
        let day = NaiveDate::from_ymd_opt(2026, 12, 25).expect("a day");
        let name =
            of(HolidayRegion::EnglandAndWales).and_then(|calendar| calendar.name(day)).expect("a name");
        let named = |wishes: &[&str]| {
            name.in_languages(&wishes.iter().map(|&wish| wish.to_owned()).collect::<Vec<_>>()).to_owned()
        };
        assert_eq!(named(&["cy", "en"]), "Dydd Nadolig");
        assert_eq!(named(&["en-GB", "cy"]), "Christmas Day");
        assert_eq!(named(&["fa"]), "Christmas Day");
    }

    #[test]
    fn certainty_has_an_end() {
        let calendar = of(HolidayRegion::Scotland).expect("a calendar");
        let day = |year| NaiveDate::from_ymd_opt(year, 6, 1).expect("a day");
        assert!(calendar.is_certain(day(2026)) && calendar.is_certain(day(2029)));
        assert!(!calendar.is_certain(day(2030)) && !calendar.is_certain(day(2023)));
        assert!(of(HolidayRegion::None).is_none());
    }
}
