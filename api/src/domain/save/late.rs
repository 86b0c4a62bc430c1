//! Saves that come late, based on an older version than the present one. Translators need not wait for each other: late
//! words in one language are taken, as long as whoever wrote them saw that language, and what all languages share, as they
//! still are.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{Conflict, SaveError, conflict};
use crate::app::App;
use crate::domain::content::Content;
use crate::domain::language::LanguageTag;
use crate::domain::revision::{content, read};
use crate::store::draft::Draft;
use crate::store::{Tx, revision};

/// What moves without a save: a publication dates a post, and the goals of editions are counted.
const MOVED: [&str; 2] = ["publishedAt", "editions"];

/// A late save of words that may be taken.
pub(in crate::domain) struct Late {
    /// When the version was saved that they were written from.
    looked_at: DateTime<Utc>,
    shared: Value,
    conflict: Box<Conflict>,
}

impl Late {
    /// Looks whether an edit in a language comes late; `None` for one of the present version.
    ///
    /// # Errors
    /// A conflict where anything but other languages was changed since, or nothing was.
    pub(super) async fn of<N: Content>(
        tx: &Tx,
        draft: &Draft<N>,
        expected_version: i32,
        language: &LanguageTag,
    ) -> Result<Option<Self>, SaveError> {
        let Some(conflict) = conflict(tx, &draft.document, expected_version).await? else { return Ok(None) };
        let conflict = Box::new(conflict);
        let Some(seen) = revision::of_version(tx, draft.document.id, expected_version).await? else {
            return Err(SaveError::Conflict(conflict));
        };
        let (mut before, present) = (read(&seen.content)?, content(draft));
        for field in MOVED.into_iter().filter(|field| !conflict.changed_fields.iter().any(|one| one == field))
        {
            if let Some(fact) = present.get(field) {
                before[field] = fact.clone();
            }
        }
        let (before, present) = (Parts::of(before, language), Parts::of(present, language));
        let is_as_it_was = (&before.shared, &before.words) == (&present.shared, &present.words);
        if !is_as_it_was || before.others == present.others {
            return Err(SaveError::Conflict(conflict));
        }
        Ok(Some(Self { looked_at: seen.saved_at, shared: present.shared, conflict }))
    }

    /// When the words count as written. Translations are as old as what they were written from, so that they may be outdated;
    /// what others are translated from is as new as it is.
    pub(in crate::domain) fn written_at(
        &self,
        app: &App,
        language: &LanguageTag,
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        if *language == app.config.languages[0] { now } else { self.looked_at }
    }

    /// Whether the edit has changed nothing but words.
    ///
    /// # Errors
    /// The conflict otherwise.
    pub(in crate::domain) fn check<N: Content>(
        self,
        edited: &Draft<N>,
        language: &LanguageTag,
    ) -> Result<(), SaveError> {
        let edited = Parts::of(content(edited), language);
        if edited.shared == self.shared { Ok(()) } else { Err(SaveError::Conflict(self.conflict)) }
    }
}

/// A content, as an edit in one language sees it.
#[derive(Default)]
struct Parts {
    /// What all languages share.
    shared: Value,
    /// The words of the language, its own and those of its parts; null where there are none.
    words: Vec<Value>,
    /// Those of all others.
    others: Vec<Value>,
}

impl Parts {
    fn of(mut content: Value, language: &LanguageTag) -> Self {
        let mut parts = Self::default();
        parts.take_words(&mut content, language);
        Self { shared: content, ..parts }
    }

    /// Takes the words out of a content or of a part of it: editions have their own, and figures.
    fn take_words(&mut self, value: &mut Value, language: &LanguageTag) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    if name == "translations" {
                        let mut others = field.take();
                        self.words.push(others[language.as_str()].take());
                        self.others.push(others);
                    } else {
                        self.take_words(field, language);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.take_words(item, language)),
            _ => {}
        }
    }
}
