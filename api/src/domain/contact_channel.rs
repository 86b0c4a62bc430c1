//! Contact channels: what an editor may say about one, and how that becomes a draft.

use chrono::{DateTime, Utc};
use entity::Id;
use entity::contact_channel::{self, language};
pub use entity::contact_channel::{CallCost, ChannelKind, HolidayRegion, ShowsOnBill};
use entity::document::NodeKind;
use entity::link::Field;
use entity::value::List;
use serde::Deserialize;
use serde_json::{Value, json};

use super::check::{self, Context, Finding};
use super::contact::{self, Contact};
use super::content::{Content, DRAFT};
use super::edit::{Edit, MAX_LIST, Patch, Reference};
use super::hours::{self, HoursPatch};
use super::problem::{Problem, ProblemCode};
use super::service::leaf;
use super::{global_id, phone, text, value};
use crate::store::contact_channel::Languages;
pub use crate::store::contact_channel::{ContactChannel, languages, of_services};
use crate::store::draft::{Draft, Words};
use crate::store::noun::{Row, Text};
pub use entity::contact_channel::language::Model as AnswerLanguage;

/// The most notes for callers' safety.
const MAX_NOTES: usize = 20;
/// Where a channel stands among others, unless it says otherwise.
const PRIORITY: i32 = 100;
/// How often somebody must try a channel, unless it says otherwise.
const VERIFY_EVERY_DAYS: i32 = 90;

/// What an input may say about a contact channel.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContactChannelPatch {
    /// Its slug.
    pub slug: Patch<String>,
    /// How it is used.
    pub kind: Patch<ChannelKind>,
    /// What it is called.
    pub label: Patch<String>,
    /// Whom it reaches.
    #[serde(deserialize_with = "global_id::one_patch")]
    pub service_id: Patch<Reference>,
    /// Number, address or URL.
    pub value: Patch<String>,
    /// Where a number in national form belongs.
    pub country: Patch<String>,
    /// What to dial after it answers.
    pub extension: Patch<String>,
    /// The word to send.
    pub keyword: Patch<String>,
    /// Which languages it answers in.
    pub languages: Patch<Vec<LanguagePatch>>,
    /// What a call costs.
    pub cost: Patch<CallCost>,
    /// Whether it shows on a bill.
    pub shows_on_bill: Patch<ShowsOnBill>,
    /// What callers should know to stay safe.
    pub safety_notes: Patch<Vec<String>>,
    /// Within how many hours an answer is promised.
    pub response_hours: Patch<i32>,
    /// When somebody answers.
    pub hours: Patch<HoursPatch>,
    /// Whether text relay reaches it.
    pub text_relay: Patch<bool>,
    /// Smaller comes first.
    pub priority: Patch<i32>,
    /// How often somebody must try it.
    pub verify_every_days: Patch<i32>,
    /// Not in use until then.
    pub suspended_until: Patch<String>,
    /// The importer's own key.
    pub external_reference: Patch<String>,
}

/// A language that a channel answers in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LanguagePatch {
    /// Which.
    pub language: String,
    /// Whether somebody interprets.
    pub via_interpreter: bool,
}

/// What of an input may go to readers at once: how they get through, and when.
#[derive(Clone)]
pub(super) struct UrgentPatch {
    value: Patch<String>,
    country: Patch<String>,
    extension: Patch<String>,
    keyword: Patch<String>,
    hours: Patch<HoursPatch>,
    suspended_until: Patch<String>,
}

impl UrgentPatch {
    /// The urgent part of an input; everything else that it says is refused.
    pub(super) fn of(edit: &mut Edit, patch: ContactChannelPatch) -> Self {
        let ContactChannelPatch {
            slug,
            kind,
            label,
            service_id,
            value,
            country,
            extension,
            keyword,
            languages,
            cost,
            shows_on_bill,
            safety_notes,
            response_hours,
            hours,
            text_relay,
            priority,
            verify_every_days,
            suspended_until,
            external_reference,
        } = patch;
        let can_wait = [
            ("slug", slug.is_said()),
            ("kind", kind.is_said()),
            ("label", label.is_said()),
            ("serviceId", service_id.is_said()),
            ("languages", languages.is_said()),
            ("cost", cost.is_said()),
            ("showsOnBill", shows_on_bill.is_said()),
            ("safetyNotes", safety_notes.is_said()),
            ("responseHours", response_hours.is_said()),
            ("textRelay", text_relay.is_said()),
            ("priority", priority.is_said()),
            ("verifyEveryDays", verify_every_days.is_said()),
            ("externalReference", external_reference.is_said()),
        ];
        for (field, _) in can_wait.into_iter().filter(|(_, is_said)| *is_said) {
            let message = "An urgent correction changes number, country, extension, keyword, hours and suspension only.";
            edit.refuse(field, ProblemCode::Invalid, message);
        }
        Self { value, country, extension, keyword, hours, suspended_until }
    }

    /// Carries it into a channel. A new number costs what its prefix says.
    pub(super) fn apply(self, edit: &mut Edit, row: &mut Row<ContactChannel>) {
        let Self { value: written, country, extension, keyword, hours, suspended_until } = self;
        let before = row.dial_string.clone();
        apply_value(edit, row, Patch::Absent, written, country);
        apply_kind(edit, row, extension, keyword, Patch::Absent);
        if row.dial_string != before {
            apply_cost(edit, row, Patch::Clear, true);
        }
        apply_hours(edit, row, hours);
        edit.optional("suspendedUntil", suspended_until, &mut row.suspended_until, |at| value::instant(&at));
    }
}

impl Content for ContactChannel {
    type Patch = ContactChannelPatch;
    const TITLE: &'static str = "label";

    fn blank_row(id: Id, _: DateTime<Utc>) -> Row<Self> {
        contact_channel::Model {
            document_id: id,
            stage: DRAFT,
            channel_kind: ChannelKind::Phone,
            // A creation names its service.
            service_id: id,
            display: String::new(),
            e164: None,
            dial_string: None,
            country: None,
            extension: None,
            keyword: None,
            cost: CallCost::Unknown,
            shows_on_bill: ShowsOnBill::Unknown,
            response_hours: None,
            hours_expression: None,
            hours_time_zone: None,
            hours_holidays: None,
            text_relay: false,
            priority: PRIORITY,
            verify_every_days: VERIFY_EVERY_DAYS,
            suspended_until: None,
        }
    }

    fn blank_text(id: Id, language: String) -> Text<Self> {
        contact_channel::text::Model {
            document_id: id,
            stage: DRAFT,
            language,
            safety_notes: List::default(),
        }
    }

    fn apply(edit: &mut Edit, draft: &mut Draft<Self>, patch: ContactChannelPatch, _: DateTime<Utc>) {
        let ContactChannelPatch {
            slug,
            kind,
            label,
            service_id,
            value: written,
            country,
            extension,
            keyword,
            languages,
            cost,
            shows_on_bill,
            safety_notes,
            response_hours,
            hours,
            text_relay,
            priority,
            verify_every_days,
            suspended_until,
            external_reference,
        } = patch;
        edit.optional(
            "externalReference",
            external_reference,
            &mut draft.document.external_reference,
            |key| text::parse(&key, text::CODE),
        );
        apply_service(edit, draft, service_id);
        let row = &mut draft.row;
        let follows_prefix = row.cost == contact::cost(row);
        apply_value(edit, row, kind, written, country);
        apply_kind(edit, row, extension, keyword, text_relay);
        apply_cost(edit, row, cost, follows_prefix);
        edit.defaulted("showsOnBill", shows_on_bill, &mut row.shows_on_bill, ShowsOnBill::Unknown, Ok);
        edit.optional("responseHours", response_hours, &mut row.response_hours, |hours| {
            value::between(hours, 1, 720)
        });
        apply_hours(edit, row, hours);
        edit.defaulted("priority", priority, &mut row.priority, PRIORITY, |place| {
            value::between(place, 0, 10_000)
        });
        edit.defaulted(
            "verifyEveryDays",
            verify_every_days,
            &mut row.verify_every_days,
            VERIFY_EVERY_DAYS,
            |days| value::between(days, 1, 366),
        );
        edit.optional("suspendedUntil", suspended_until, &mut row.suspended_until, |at| value::instant(&at));
        apply_languages(edit, draft.document.id, &mut draft.parts, languages);
        if let Some(Words { translation, text: words }) = draft.words.get_mut(edit.language.as_str()) {
            edit.title("label", label, slug, &mut translation.title);
            match safety_notes {
                Patch::Set(notes) if notes.len() > MAX_NOTES => {
                    edit.refuse(
                        "safetyNotes",
                        ProblemCode::TooLong,
                        format!("This list may have at most {MAX_NOTES} entries."),
                    );
                }
                notes => edit.list("safetyNotes", notes, &mut words.safety_notes.0, |note| {
                    text::parse(&note, text::LINE)
                }),
            }
        }
    }

    fn shared(draft: &Draft<Self>) -> Value {
        let row = &draft.row;
        let hours = row.hours_expression.as_ref().map(|expression| {
            json!({ "expression": expression, "timeZone": row.hours_time_zone, "holidays": row.hours_holidays })
        });
        let language = |row: &AnswerLanguage| json!({ "language": row.answers_in, "viaInterpreter": row.via_interpreter });
        json!({
            "kind": row.channel_kind,
            "serviceId": global_id::of(NodeKind::Service, row.service_id),
            "value": row.display,
            "country": row.country,
            "extension": row.extension,
            "keyword": row.keyword,
            "languages": draft.parts.0.iter().map(language).collect::<Vec<_>>(),
            "cost": row.cost,
            "showsOnBill": row.shows_on_bill,
            "responseHours": row.response_hours,
            "hours": hours,
            "textRelay": row.text_relay,
            "priority": row.priority,
            "verifyEveryDays": row.verify_every_days,
            "suspendedUntil": row.suspended_until,
        })
    }

    fn worded(text: &Text<Self>) -> Value {
        json!({ "safetyNotes": text.safety_notes })
    }

    fn checks(draft: &Draft<Self>, context: &Context<'_>) -> Vec<Finding> {
        check::channel::find(draft, context)
    }
}

/// The service, in its row and as a link.
fn apply_service(edit: &mut Edit, draft: &mut Draft<ContactChannel>, patch: Patch<Reference>) {
    let reference = match patch {
        Patch::Absent => return,
        Patch::Clear => return edit.refuse("serviceId", ProblemCode::Required, "This cannot be cleared."),
        Patch::Set(reference) => reference,
    };
    if let Some(service) = edit.reference(&["serviceId".to_owned()], reference, NodeKind::Service) {
        edit.put("serviceId", &mut draft.row.service_id, service);
        draft.links.insert((draft.document.id, Field::Service), vec![service]);
    }
}

/// Kind, value and country: with another of them, the value is read again.
fn apply_value(
    edit: &mut Edit,
    row: &mut Row<ContactChannel>,
    kind: Patch<ChannelKind>,
    written: Patch<String>,
    country: Patch<String>,
) {
    if kind == Patch::Absent && written == Patch::Absent && country == Patch::Absent {
        return;
    }
    edit.required("kind", kind, &mut row.channel_kind, Ok);
    let home = match country {
        Patch::Absent => Some(row.country.clone().unwrap_or_else(|| phone::DEFAULT_COUNTRY.to_owned())),
        Patch::Clear => Some(phone::DEFAULT_COUNTRY.to_owned()),
        Patch::Set(country) => leaf(edit, &["input", "country"], phone::country(&country)),
    };
    let written = match written {
        Patch::Absent => row.display.clone(),
        Patch::Clear => return edit.refuse("value", ProblemCode::Required, "This cannot be cleared."),
        Patch::Set(written) => written,
    };
    let Some(home) = home else { return };
    match contact::parse(row.channel_kind, &written, &home) {
        Ok(Contact { display, number }) => {
            let (e164, dial_string, country) = number.map_or((None, None, None), |number| {
                (number.e164, Some(number.dial_string), Some(number.country))
            });
            edit.put("value", &mut row.display, display);
            edit.put("value", &mut row.e164, e164);
            edit.put("value", &mut row.dial_string, dial_string);
            edit.put("country", &mut row.country, country);
        }
        Err((code, message)) => edit.refuse("value", code, message),
    }
}

/// What only calls and texts have: gone with another kind, and refused there.
fn apply_kind(
    edit: &mut Edit,
    row: &mut Row<ContactChannel>,
    extension: Patch<String>,
    keyword: Patch<String>,
    text_relay: Patch<bool>,
) {
    let only = |message: &str| (ProblemCode::Invalid, message.to_owned());
    let (is_call, is_text) = (row.channel_kind == ChannelKind::Phone, row.channel_kind == ChannelKind::Sms);
    edit.optional("extension", gone(extension, is_call), &mut row.extension, |digits| {
        if is_call {
            phone::extension(&digits)
        } else {
            Err(only("Only telephone numbers have an extension."))
        }
    });
    edit.optional("keyword", gone(keyword, is_text), &mut row.keyword, |word| {
        if is_text { text::parse(&word, text::CODE) } else { Err(only("Only texts (SMS) have a keyword.")) }
    });
    edit.defaulted("textRelay", gone(text_relay, is_call), &mut row.text_relay, false, |reaches| {
        if reaches && !is_call {
            Err(only("Text relay reaches telephone numbers only."))
        } else {
            Ok(reaches)
        }
    });
}

/// What is left alone stays where it belongs, and is cleared elsewhere.
fn gone<T>(patch: Patch<T>, belongs: bool) -> Patch<T> {
    match patch {
        Patch::Absent if !belongs => Patch::Clear,
        patch => patch,
    }
}

/// The cost: what somebody said, or else what the prefix says.
fn apply_cost(edit: &mut Edit, row: &mut Row<ContactChannel>, patch: Patch<CallCost>, follows_prefix: bool) {
    let cost = match patch {
        Patch::Set(cost) => cost,
        Patch::Absent if !follows_prefix => return,
        Patch::Absent | Patch::Clear => contact::cost(row),
    };
    edit.put("cost", &mut row.cost, cost);
}

/// Expression, zone and region, replaced and cleared together. What nobody answers at once has none: a letter box is never open.
fn apply_hours(edit: &mut Edit, row: &mut Row<ContactChannel>, patch: Patch<HoursPatch>) {
    let is_live = !matches!(row.channel_kind, ChannelKind::Email | ChannelKind::WebForm | ChannelKind::Post);
    let (expression, zone, region) = match gone(patch, is_live) {
        Patch::Absent => return,
        Patch::Clear => (None, None, None),
        Patch::Set(_) if !is_live => {
            let message =
                "Nobody answers this at once: say responseHours, within how many hours somebody does.";
            return edit.refuse("hours", ProblemCode::Invalid, message);
        }
        Patch::Set(HoursPatch { expression, time_zone, holidays }) => {
            let expression = leaf(edit, &["input", "hours", "expression"], hours::expression(&expression));
            let zone = leaf(edit, &["input", "hours", "timeZone"], value::time_zone(&time_zone));
            let (Some(expression), Some(zone)) = (expression, zone) else { return };
            (Some(expression), Some(zone.name().to_owned()), Some(holidays))
        }
    };
    edit.put("hours", &mut row.hours_expression, expression);
    edit.put("hours", &mut row.hours_time_zone, zone);
    edit.put("hours", &mut row.hours_holidays, region);
}

/// The languages it answers in, each once.
fn apply_languages(
    edit: &mut Edit,
    document_id: Id,
    parts: &mut Languages,
    patch: Patch<Vec<LanguagePatch>>,
) {
    let inputs = match patch {
        Patch::Absent => return,
        Patch::Clear => Vec::new(),
        Patch::Set(inputs) if inputs.len() > MAX_LIST => {
            return edit.refuse(
                "languages",
                ProblemCode::TooLong,
                format!("This list may have at most {MAX_LIST} entries."),
            );
        }
        Patch::Set(inputs) => inputs,
    };
    let before = edit.problems.len();
    let mut rows: Vec<language::Model> = Vec::with_capacity(inputs.len());
    for (position, LanguagePatch { language, via_interpreter }) in (0..).zip(inputs) {
        let index = i32::to_string(&position);
        let path = ["input", "languages", &index, "language"];
        let Some(tag) = leaf(edit, &path, value::language(&language)) else { continue };
        if rows.iter().any(|row| row.answers_in == tag.as_str()) {
            edit.problems.push(Problem::at(&path, ProblemCode::Invalid, "This is in the list already."));
        } else {
            rows.push(language::Model {
                document_id,
                stage: DRAFT,
                position,
                answers_in: tag.to_string(),
                via_interpreter,
            });
        }
    }
    if edit.problems.len() == before {
        edit.put("languages", &mut parts.0, rows);
    }
}

#[cfg(test)]
mod tests;
