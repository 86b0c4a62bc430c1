//! The list of bank holidays that the government of the United Kingdom publishes: <https://www.gov.uk/bank-holidays.json>.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::contact_channel::HolidayRegion;
use serde::Deserialize;

/// What the government calls the regions.
const DIVISIONS: [(&str, HolidayRegion); 3] = [
    ("england-and-wales", HolidayRegion::EnglandAndWales),
    ("scotland", HolidayRegion::Scotland),
    ("northern-ireland", HolidayRegion::NorthernIreland),
];

/// The days of a region, by division.
#[derive(Deserialize)]
struct Division {
    events: Vec<Event>,
}

/// A day. Its notes and bunting say nothing about hours.
#[derive(Deserialize)]
struct Event {
    title: String,
    date: NaiveDate,
}

/// The title of each day, by region.
///
/// # Errors
/// What is wrong with the list, on one line.
pub fn parse(list: &str) -> Result<BTreeMap<HolidayRegion, BTreeMap<NaiveDate, String>>, String> {
    let divisions: BTreeMap<String, Division> =
        serde_json::from_str(list).map_err(|error| error.to_string())?;
    let mut regions = BTreeMap::new();
    for (name, division) in divisions {
        let Some((_, region)) = DIVISIONS.into_iter().find(|(known, _)| *known == name) else {
            let known: Vec<&str> = DIVISIONS.iter().map(|(known, _)| *known).collect();
            return Err(format!("\"{name}\" is no division: they are {}", known.join(", ")));
        };
        let days = division.events.into_iter().map(|Event { title, date }| match title.trim() {
            "" => Err(format!("the holiday on {date} has no title")),
            title => Ok((date, title.to_owned())),
        });
        regions.insert(region, days.collect::<Result<_, _>>()?);
    }
    if regions.is_empty() { Err("it has no divisions".into()) } else { Ok(regions) }
}
