//! What a kind of content brings to the verbs that all kinds share.

use chrono::{DateTime, Utc};
use entity::Id;
use entity::document::Stage;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::check::{Context, Finding, Needs};
use super::edit::Edit;
use super::revision;
use super::text_reference::Prose;
use crate::store::Noun;
use crate::store::draft::Draft;
use crate::store::noun::{Row, Text};

/// A kind of content that editors write.
pub trait Content: Noun {
    /// What an input may say, parsed no further than its shape.
    type Patch: Send + DeserializeOwned;
    /// What the input calls its title: `title`, `name` or `label`.
    const TITLE: &'static str;
    /// Sources have no language: their words are kept once, under `und`.
    const HAS_LANGUAGES: bool = true;
    /// The row of a new draft.
    fn blank_row(id: Id, now: DateTime<Utc>) -> Row<Self>;
    /// The text of a new language.
    fn blank_text(id: Id, language: String) -> Text<Self>;
    /// Carries an input into a draft. The words of the edit's language are there, blank where it is new.
    fn apply(edit: &mut Edit, draft: &mut Draft<Self>, patch: Self::Patch, now: DateTime<Utc>);
    /// What its inputs would say to make a draft what it is, without title, slug and external reference: an object of their
    /// fields that are the same in every language, its parts among them.
    fn shared(draft: &Draft<Self>) -> Value;
    /// The same of the fields that belong to a language.
    fn worded(text: &Text<Self>) -> Value;
    /// The draft that an old one is written into: nothing but what no save has written.
    #[must_use]
    fn cleared(present: &Draft<Self>, now: DateTime<Utc>) -> Draft<Self> {
        revision::blank(present, now)
    }
    /// Carries the parts in what [`Content::shared`] said into a draft, with their words in the edit's language.
    ///
    /// # Errors
    /// Where it is not what was said.
    fn rewrite_parts(
        _edit: &mut Edit,
        _draft: &mut Draft<Self>,
        _content: &Value,
        _now: DateTime<Utc>,
    ) -> serde_json::Result<()> {
        Ok(())
    }
    /// Carries what was told of the world since, and is no text, from the present draft into one that was brought back.
    fn keep_facts(_present: &Draft<Self>, _draft: &mut Draft<Self>) {}
    /// Notes what its checks ask of the database.
    fn needs(_draft: &Draft<Self>, _needs: &mut Needs) {}
    /// What would stop or trouble a publication of a draft.
    fn checks(_draft: &Draft<Self>, _context: &Context<'_>) -> Vec<Finding> {
        Vec::new()
    }

    /// The input fields of a document as it is that only a safeguarding lead may change. Most kinds have none.
    #[must_use]
    fn guarded(_: &Draft<Self>) -> &'static [&'static str] {
        &[]
    }

    /// Whether paths that readers knew lead to it when it is renamed.
    #[must_use]
    fn keeps_old_slugs(_: &Draft<Self>) -> bool {
        true
    }

    /// The texts of a draft that may refer to other content, in every language. Most kinds have none.
    #[must_use]
    fn prose(_: &Draft<Self>) -> Vec<Prose<'_>> {
        Vec::new()
    }
}

/// The stage in which drafts are kept, for new rows.
pub(super) const DRAFT: Stage = Stage::Draft;

pub use crate::store::is_live;
