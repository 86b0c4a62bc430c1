//! A signpost as text and as HTML. Nothing of an editor's words is markup, and links are to numbers, addresses and pages.

use crate::domain::contact::{action_url, shown, text_relay_url};
use crate::domain::contact_channel::{CallCost, ChannelKind};
use crate::domain::emergency::Emergency;
use crate::domain::html::escaped;
use crate::domain::language::LanguageTag;
use crate::domain::message::{Value, Voice};
use crate::domain::open_state;
use crate::domain::phone;
use crate::domain::{number, service, signpost};
use chrono::{DateTime, Utc};
use entity::Decimal;
use signpost::{Candidate, Item};

/// A signpost in words.
pub struct Words<'a> {
    voice: &'a Voice,
    at: DateTime<Utc>,
    is_rtl: bool,
}

/// A channel on a line: what it is called, its number, the link, and what to know.
struct Line<'a> {
    label: &'a str,
    contact: String,
    link: Option<String>,
    facts: Vec<String>,
    relay: Option<(String, String)>,
}

impl<'a> Words<'a> {
    /// In a language, at a moment.
    #[must_use]
    pub fn new(voice: &'a Voice, at: DateTime<Utc>) -> Self {
        let is_rtl = LanguageTag::parse(voice.language()).is_some_and(|tag| tag.is_rtl());
        Self { voice, at, is_rtl }
    }

    /// The sentence above.
    #[must_use]
    pub fn message(&self, items: &[Item]) -> String {
        self.voice.say(if items.is_empty() { "signpost-nobody" } else { "signpost-message" }, &[])
    }

    /// Lines of text: the message, each service with its alert and its channels, the emergency number.
    #[must_use]
    pub fn plain_text(&self, items: &[Item], emergency: &Emergency) -> String {
        let mut lines = vec![self.message(items)];
        for item in items {
            lines.push(String::new());
            lines.push(item.channels[0].service.name.title.clone());
            lines.extend(self.alert(item).map(str::to_owned));
            for channel in &item.channels {
                let line = self.line(channel);
                let contact = self.isolated(&line.contact.replace('\n', ", "));
                let mut text = self.named(line.label, &contact);
                let relay = line.relay.map(|(number, _)| self.relay(&self.isolated(&number)));
                let facts: Vec<String> = line.facts.into_iter().chain(relay).collect();
                text.push_str(&self.bracketed(&facts));
                lines.push(format!("- {text}"));
            }
        }
        lines.extend([String::new(), emergency.sentence(self.voice)]);
        lines.join("\n")
    }

    /// A section for a page.
    #[must_use]
    pub fn html(&self, items: &[Item], emergency: &Emergency) -> String {
        let direction = if self.is_rtl { "rtl" } else { "ltr" };
        let language = escaped(self.voice.language());
        let message = escaped(&self.message(items));
        let list: String = items.iter().map(|item| self.item(item)).collect();
        let list = if list.is_empty() { list } else { format!("<ul>{list}</ul>") };
        let mut sentence = escaped(&emergency.sentence(self.voice));
        for number in [Some(&emergency.voice), emergency.relay.as_ref()].into_iter().flatten() {
            let link = link(&format!("tel:{number}"), number, LEFT_TO_RIGHT);
            sentence = sentence.replacen(number.as_str(), &link, 1);
        }
        format!(
            "<section class=\"signpost\" lang=\"{language}\" dir=\"{direction}\"><p>{message}</p>{list}<p>{sentence}</p></section>"
        )
    }

    fn item(&self, item: &Item) -> String {
        let service = &item.channels[0].service.name;
        let name = self.foreign("strong", &service.language, &service.title);
        let alert = self.alert(item).map(|alert| self.foreign("p", &service.language, alert));
        let alert = alert.unwrap_or_default();
        let channels: String = item.channels.iter().map(|channel| self.channel(channel)).collect();
        format!("<li>{name}{alert}<ul>{channels}</ul></li>")
    }

    /// What a service says of itself at this moment.
    fn alert<'i>(&self, item: &'i Item) -> Option<&'i str> {
        let service = &item.channels[0].service;
        service::alert(&service.row, &service.text, self.at).map(|alert| alert.text)
    }

    fn channel(&self, channel: &Candidate) -> String {
        let line = self.line(channel);
        let contact = match &line.link {
            Some(url) if channel.channel.row.keyword.is_some() => link(url, &line.contact, ""),
            Some(url) => link(url, &line.contact, LEFT_TO_RIGHT),
            None => format!("<bdi>{}</bdi>", escaped(&line.contact).replace('\n', "<br>")),
        };
        let label = self.foreign("span", &channel.channel.name.language, line.label);
        let mut facts: Vec<String> = line.facts.iter().map(|fact| escaped(fact)).collect();
        facts.extend(line.relay.map(|(number, url)| self.relay(&link(&url, &number, LEFT_TO_RIGHT))));
        format!("<li>{}{}</li>", self.named(&label, &contact), self.bracketed(&facts))
    }

    fn line<'c>(&self, candidate: &'c Candidate) -> Line<'c> {
        let row = &candidate.channel.row;
        let contact = match &row.keyword {
            Some(keyword) => {
                let values = [("keyword", Value::Text(keyword)), ("number", Value::Text(&row.display))];
                self.voice.say("signpost-keyword", &values)
            }
            None => shown(row).into_owned(),
        };
        let mut facts = Vec::new();
        if row.channel_kind == ChannelKind::Phone {
            match row.cost {
                CallCost::Free => facts.push(self.voice.say("signpost-free", &[])),
                CallCost::Charged => facts.push(self.voice.say("signpost-charged", &[])),
                CallCost::StandardRate | CallCost::Unknown => {}
            }
        }
        facts.extend(candidate.state.as_ref().map(|state| open_state::when(self.voice, state, self.at)));
        if candidate.state.is_none() {
            facts.extend(row.response_hours.map(|hours| self.reply(hours)));
        }
        let relay = row.dial_string.as_deref().and_then(phone::text_relay).zip(text_relay_url(row));
        Line { label: &candidate.channel.name.title, contact, link: action_url(row), facts, relay }
    }

    fn reply(&self, hours: i32) -> String {
        let hours = Decimal(hours.into());
        let written = number::number(self.voice.locale(), hours);
        self.voice.say("when-reply", &[("hours", Value::Number(hours, &written))])
    }

    fn named(&self, label: &str, contact: &str) -> String {
        let values = [("label", Value::Text(label)), ("contact", Value::Text(contact))];
        self.voice.say("signpost-channel", &values)
    }

    /// ` (free to call; open until 17:00)`; nothing where there is nothing to know.
    fn bracketed(&self, facts: &[String]) -> String {
        let facts = facts.iter().cloned().reduce(|list, next| {
            self.voice.say("signpost-next", &[("list", Value::Text(&list)), ("next", Value::Text(&next))])
        });
        facts.map_or_else(String::new, |facts| format!(" ({facts})"))
    }

    fn relay(&self, number: &str) -> String {
        self.voice.say("signpost-relay", &[("number", Value::Text(number))])
    }

    /// Keeps the groups of a number in their order where the text runs from right to left.
    fn isolated(&self, contact: &str) -> String {
        if self.is_rtl { format!("\u{2066}{contact}\u{2069}") } else { contact.to_owned() }
    }

    /// Words with their language where it is not that of the rest.
    fn foreign(&self, element: &str, language: &str, text: &str) -> String {
        let text = escaped(text);
        if language == self.voice.language() {
            return format!("<{element}>{text}</{element}>");
        }
        let is_rtl = LanguageTag::parse(language).is_some_and(|tag| tag.is_rtl());
        let direction = if is_rtl { "rtl" } else { "ltr" };
        format!("<{element} lang=\"{}\" dir=\"{direction}\">{text}</{element}>", escaped(language))
    }
}

/// Keeps the groups of a number in their order.
const LEFT_TO_RIGHT: &str = " dir=\"ltr\"";

fn link(url: &str, text: &str, direction: &str) -> String {
    format!("<a href=\"{}\"{direction}>{}</a>", escaped(url), escaped(text))
}
