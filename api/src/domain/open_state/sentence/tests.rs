//! A sentence for each answer, and each of them in every language.

use entity::contact_channel::{HolidayRegion, Model};
use entity::service::ServiceStatus;

use super::*;
use crate::domain::contact_channel::ContactChannel;
use crate::domain::content::Content;
use crate::domain::holidays::Holidays;
use crate::domain::open_state;

const SAFE: &str = "Mo-Fr 09:00-17:00; PH off";

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap_or_else(|error| panic!("{text:?} is no moment: {error}"))
}

fn hours(expression: &str) -> Model {
    let mut channel = ContactChannel::blank_row(entity::Id(uuid::Uuid::nil()), DateTime::UNIX_EPOCH);
    channel.hours_expression = Some(expression.to_owned());
    channel.hours_time_zone = Some("Europe/London".to_owned());
    channel.hours_holidays = Some(HolidayRegion::EnglandAndWales);
    channel
}

/// The sentence about hours in a language; `suspended` until then, and verified at `verified`.
fn asked(language: &str, expression: &str, at: &str, suspended: Option<&str>, verified: &str) -> String {
    let channel = Model { suspended_until: suspended.map(moment), ..hours(expression) };
    said(language, &channel, ServiceStatus::Active, at, verified)
}

fn said(language: &str, channel: &Model, service: ServiceStatus, at: &str, verified: &str) -> String {
    let (verified_at, holidays) = (Some(moment(verified)), Holidays::shipped());
    let state = open_state::of(channel, service, &holidays, verified_at, moment(at)).expect("hours");
    let voice = Voice::of([language]);
    format!("{} | {}", sentence(&voice, &state, moment(at)), when(&voice, &state, moment(at)))
}

fn told(expression: &str, at: &str) -> String {
    asked("en", expression, at, None, at)
}

#[test]
fn open_lines_say_until_when() {
    assert_eq!(told(SAFE, "2026-12-24T16:59:30Z"), "Open now until 17:00. | open now until 17:00");
    assert_eq!(told("22:00-06:00", "2026-12-24T22:30:00Z"), "Open now until 06:00. | open now until 06:00");
    assert_eq!(told("24/7", "2026-12-24T22:30:00Z"), "Open day and night. | open day and night");
    assert_eq!(
        told("Mo-Fr 00:00-24:00", "2026-07-20T09:00:00Z"),
        "Open now until Saturday 25 July at 00:00. | open now until Saturday 25 July at 00:00"
    );
}

#[test]
fn closed_lines_say_why_and_when_they_open() {
    assert_eq!(
        told(SAFE, "2026-12-25T10:00:00Z"),
        "Closed for Christmas Day. Opens Tuesday 29 December at 09:00. | opens Tuesday 29 December at 09:00"
    );
    assert_eq!(told("19:00-23:00", "2026-07-20T11:00:00Z"), "Opens today at 19:00. | opens at 19:00");
    assert_eq!(
        told("Mo-Fr 09:00-17:00; PH 10:00-12:00", "2026-12-25T08:00:00Z"),
        "Opens today at 10:00. | opens at 10:00",
        "a holiday on which it opens later is no day on which it is closed"
    );
    assert_eq!(
        told("19:00-23:00", "2026-07-20T22:30:00Z"),
        "Closed now. Opens Tuesday 21 July at 19:00. | opens Tuesday 21 July at 19:00"
    );
    assert_eq!(
        told("Mo-Fr 09:00-17:00; 2026 Dec 29 10:00-14:00 \"short day\"", "2026-12-29T11:00:00Z"),
        "Open now until 14:00. Note: short day. | open now until 14:00"
    );
    assert_eq!(
        told("2027 Jun 01 10:00-14:00", "2026-07-20T11:00:00Z"),
        "Closed now. Opens Tuesday, 1 June 2027 at 10:00. | opens Tuesday, 1 June 2027 at 10:00"
    );
    assert_eq!(told("off", "2026-07-20T11:00:00Z"), "Closed now. | closed now");
}

#[test]
fn what_is_not_known_is_not_promised() {
    assert_eq!(
        asked("en", SAFE, "2026-07-20T11:00:00Z", None, "2025-07-20T11:00:00Z"),
        "May not be answered: nobody has checked it lately. | may not be answered now"
    );
    assert_eq!(
        told(SAFE, "2031-07-21T11:00:00Z"),
        "Hours not known: the public holidays of this time have not been announced. | may not be answered now"
    );
    assert_eq!(
        asked("en", SAFE, "2026-07-20T11:00:00Z", Some("2026-07-25T00:00:00Z"), "2026-07-20T11:00:00Z"),
        "Not in use at the moment. Opens Monday 27 July at 09:00. | opens Monday 27 July at 09:00"
    );
    let always = hours("24/7");
    let at = "2026-07-20T11:00:00Z";
    assert_eq!(
        said("en", &always, ServiceStatus::TemporarilyClosed, at, at),
        "Not in use at the moment. | closed now"
    );
}

#[test]
fn christmas_is_told_in_every_language() {
    for (language, golden) in [
        ("cy", "Ar gau: Dydd Nadolig. Yn agor: Dydd Mawrth, 29 Rhagfyr am 09:00."),
        ("de", "Geschlossen: Erster Weihnachtstag. Öffnet Dienstag, 29. Dezember um 09:00 Uhr."),
        ("fr", "Fermé : Noël. Ouvre le mardi 29 décembre à 09:00."),
        ("pl", "Nieczynne: Boże Narodzenie. Otwarcie: wtorek, 29 grudnia, 09:00."),
        ("ar", "مغلق بمناسبة عيد الميلاد. يفتح الثلاثاء، 29 ديسمبر الساعة 09:00."),
        ("ar-EG", "مغلق بمناسبة عيد الميلاد. يفتح الثلاثاء، ٢٩ ديسمبر الساعة ٠٩:٠٠."),
        ("fa", "به‌مناسبت روز کریسمس بسته است. سه‌شنبه ۲۹ دسامبر ساعت ۰۹:۰۰ باز می‌شود."),
        ("so", "Closed for Christmas Day. Opens Tuesday 29 December at 09:00."),
    ] {
        let at = "2026-12-25T10:00:00Z";
        let told = asked(language, SAFE, at, None, at);
        assert_eq!(told.split(" | ").next(), Some(golden));
    }
}
