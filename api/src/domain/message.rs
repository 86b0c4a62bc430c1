//! The sentences that the product itself says, in the languages it speaks: Fluent files in `api/data/messages/`, one for
//! each language, which translators edit. Every file has every message; tests hold them against the English one.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::language::primary;
pub use super::pattern::Value;
use super::pattern::{self, Entry, Pattern};

/// The language for readers of all others.
const ENGLISH: &str = "en";

/// Language and file.
const FILES: [(&str, &str); 7] = [
    (ENGLISH, include_str!("../../data/messages/en.ftl")),
    ("cy", include_str!("../../data/messages/cy.ftl")),
    ("de", include_str!("../../data/messages/de.ftl")),
    ("fr", include_str!("../../data/messages/fr.ftl")),
    ("pl", include_str!("../../data/messages/pl.ftl")),
    ("ar", include_str!("../../data/messages/ar.ftl")),
    ("fa", include_str!("../../data/messages/fa.ftl")),
];

/// A sentence, and the language it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub text: String,
    /// BCP 47; English where the product does not speak the language that was asked for.
    pub language: String,
}

/// A sentence in a language, or in English where the product does not speak it.
#[must_use]
pub fn say(language: &str, id: &str, values: &[(&str, Value<'_>)]) -> Said {
    let voice = Voice::of([language]);
    Said { text: voice.say(id, values), language: voice.tag }
}

/// The product speaking one language: words, numbers, days and times are all in it.
#[derive(Clone, Debug)]
pub struct Voice {
    tag: String,
    messages: &'static Messages,
}

impl Voice {
    /// In the first of some wished languages that the product speaks, in a region's way where a wish names one; else in
    /// English.
    #[must_use]
    pub fn of<S: AsRef<str>>(wishes: impl IntoIterator<Item = S>) -> Self {
        let spoken = |wish: S| {
            let tag = wish.as_ref();
            let messages = MESSAGES.get(primary(tag))?;
            Some(Self { tag: tag.to_owned(), messages })
        };
        wishes.into_iter().find_map(spoken).unwrap_or_else(Self::english)
    }

    fn english() -> Self {
        static NOTHING: LazyLock<Messages> = LazyLock::new(Messages::new);
        Self { tag: ENGLISH.to_owned(), messages: MESSAGES.get(ENGLISH).unwrap_or(&NOTHING) }
    }

    /// The language: `cy`, `en-US`.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.tag
    }

    /// The locale of days and numbers. English without a region is British: `en` alone is American in CLDR.
    #[must_use]
    pub fn locale(&self) -> &str {
        if self.tag == ENGLISH { "en-GB" } else { &self.tag }
    }

    /// A message. One that no file has is its own id; tests find that out.
    #[must_use]
    pub fn say(&self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        match self.messages.get(id) {
            Some(pattern) => pattern::fill(pattern, &self.tag, values),
            None => id.to_owned(),
        }
    }

    /// Whether there is a message.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.messages.contains_key(id)
    }
}

type Messages = HashMap<String, Pattern<String>>;

/// The files are part of the binary, and tests read them: what could not be read would be left out.
static MESSAGES: LazyLock<HashMap<&'static str, Messages>> =
    LazyLock::new(|| FILES.iter().map(|&(language, file)| (language, messages(file))).collect());

fn messages(file: &str) -> Messages {
    let resource = match pattern::parse(file.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let message = |entry| match entry {
        Entry::Message(message) => Some((message.id.name, message.value?)),
        _ => None,
    };
    resource.body.into_iter().filter_map(message).collect()
}

#[cfg(test)]
mod tests;
