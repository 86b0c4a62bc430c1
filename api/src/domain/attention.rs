//! What needs somebody's eyes, and in which words that is said.

use entity::workflow::approval::ApprovalKind;

use super::date;
use super::language::{LanguageTag, own_name};
use super::message::{Value, Voice};
use super::rich_text;
use super::view::View;
use crate::app::App;
pub use crate::store::attention::{Due, Kind, Now, count, page};

/// What decides now whether something is due.
#[must_use]
pub fn now<'a>(app: &'a App, view: &View) -> Now<'a> {
    let at = view.scope.at.look().at();
    let today = at.with_timezone(&app.config.time_zone).date_naive();
    Now { at, today, default_language: app.config.languages[0].as_str() }
}

/// What is to be done, in the language of whoever is asked to.
#[must_use]
pub fn message(voice: &Voice, due: &Due) -> String {
    let day = |day| date::day_and_year(voice.locale(), day);
    let due_on = day(due.due_on);
    let words = due.words.as_deref().unwrap_or_default();
    let (id, values) = match due.kind {
        Kind::ChannelUnverified => match words.parse() {
            Ok(tried) => ("attention-channel", vec![("day", day(tried))]),
            Err(_) => ("attention-channel-never", vec![]),
        },
        Kind::FigureReviewDue => ("attention-figure", vec![("day", due_on)]),
        Kind::FigureSupersededInUse => {
            ("attention-superseded", vec![("statistic", words.to_owned()), ("period", due.part.clone())])
        }
        Kind::PostReviewDue => ("attention-post", vec![("day", due_on)]),
        Kind::TranslationOutdated => {
            let name = LanguageTag::parse(&due.part).map_or_else(|| due.part.clone(), |tag| own_name(&tag));
            ("attention-translation", vec![("language", name)])
        }
        Kind::AwaitingApproval if words == ApprovalKind::Safeguarding.as_str() => {
            ("attention-signature", vec![("day", due_on)])
        }
        Kind::AwaitingApproval => ("attention-approval", vec![("day", due_on)]),
        Kind::EditionUnconfirmed => ("attention-edition", vec![("day", due_on)]),
        Kind::UrgentCorrectionReview => {
            ("attention-urgent", vec![("reason", words.to_owned()), ("day", due_on)])
        }
        Kind::ScheduleFailed => ("attention-schedule", vec![("day", due_on), ("reason", words.to_owned())]),
        Kind::BrokenReference => ("attention-reference", vec![("reference", reference(words, &due.part))]),
    };
    let values: Vec<_> = values.iter().map(|(name, text)| (*name, Value::Text(text))).collect();
    let said = voice.say(id, &values);
    match &due.person {
        Some(person) => {
            let values = [("name", Value::Text(&person.name)), ("message", Value::Text(&said))];
            voice.say("attention-biography", &values)
        }
        None => said,
    }
}

/// A reference as it is written in texts.
fn reference(node_kind: &str, slug: &str) -> String {
    let kind = rich_text::Kind::ALL.into_iter().find(|kind| kind.node().as_str() == node_kind);
    kind.map_or_else(|| slug.to_owned(), |kind| format!("[[{}:{slug}]]", kind.name()))
}
