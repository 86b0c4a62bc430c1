//! Contact channels: what is shown is what is dialled, and closed means closed on the days that people expect it.

use entity::contact_channel::HolidayRegion;

use super::{CheckCode, Context, Finding};
use crate::domain::contact;
use crate::domain::contact_channel::ContactChannel;
use crate::domain::hours;
use crate::domain::message::Voice;
use crate::domain::phone::DEFAULT_COUNTRY;
use crate::domain::timetable::Timetable;
use crate::store::draft::Draft;

pub(in crate::domain) fn find(draft: &Draft<ContactChannel>, context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let row = &draft.row;
    // Saving reads the one from the other; what came in on another way is held to the same.
    let country = row.country.as_deref().unwrap_or(DEFAULT_COUNTRY);
    let read = contact::parse(row.channel_kind, &row.display, country).ok();
    let dialled = read.and_then(|contact| contact.number).map(|number| number.dial_string);
    if contact::is_number(row.channel_kind) && dialled != row.dial_string {
        let message = format!("\"{}\" is shown, and another number is dialled. Write it again.", row.display);
        findings.push(Finding::new(CheckCode::DisplayMismatch, &["value"], message));
    }
    if let Some(timetable) = Timetable::of(row, context.holidays)
        && let Some((day, name)) = timetable.opens_on_likely_holiday(context.today)
    {
        let message = format!(
            "This is open on {}, {}, which is no bank holiday and which many take for one.",
            day.format("%A %-d %B %Y"),
            name.said(&Voice::of(["en"]))
        );
        let expression = row.hours_expression.as_deref().unwrap_or_default();
        let suggestion = format!("{expression}; {} off", day.format("%Y %b %d"));
        let finding = Finding::new(CheckCode::OpenOnHoliday, &["hours", "expression"], message);
        findings.push(finding.suggesting(Some(suggestion)));
    }
    if row.hours_holidays == Some(HolidayRegion::None)
        && row.hours_expression.as_deref().is_some_and(hours::names_holidays)
    {
        let message = "The hours name public holidays (PH), and no region says which these are: this is open on all of them.";
        findings.push(Finding::new(CheckCode::OpenOnHoliday, &["hours", "holidays"], message));
    }
    findings
}
