//! What the texts of a document refer to: kept beside the words whenever they are saved or published, so that what is in
//! use is known, and so that many texts are read with few questions.

use std::collections::HashMap;
use std::sync::Arc;

use entity::Id;

use super::content::{Content, DRAFT};
use super::read::Text;
use super::rich_text::{Fetch, Kind, RichText, Targets};
use super::view::{Scope, Stage};
use crate::app::App;
use crate::store::draft::Draft;
pub use crate::store::text_reference::{TextKey, TextReference, insert, of_texts};
use crate::store::{Connection, Noun, Record, StoreError, Tx, figure, read, statistic_set, text_reference};

/// A text of a document.
pub struct Prose<'a> {
    /// The document, or the part of it, whose text it is.
    pub from_id: Id,
    /// Its language.
    pub language: &'a str,
    /// As written.
    pub markdown: &'a str,
}

/// One text for each language of a draft, by the field that has it.
pub fn own<N: Noun>(draft: &Draft<N>, field: impl Fn(&Text<N>) -> Option<&str>) -> Vec<Prose<'_>> {
    let texts = draft.words.iter().filter_map(|(language, words)| {
        Some(Prose { from_id: draft.document.id, language, markdown: field(&words.text)? })
    });
    texts.collect()
}

/// What the texts of a draft refer to, each with the document whose slug it names, if there is one.
///
/// # Errors
/// The database's, here and below.
pub async fn found<N: Content>(
    app: &App,
    tx: &Tx,
    draft: &Draft<N>,
) -> Result<Vec<TextReference>, StoreError> {
    let mut rows = Vec::new();
    for Prose { from_id, language, markdown } in N::prose(draft) {
        let text = RichText::parse(markdown);
        let known = text.references().into_iter().filter_map(|reference| Some((reference, reference.kind?)));
        rows.extend((0..).zip(known).map(|(position, (reference, kind))| TextReference {
            from_id,
            stage: DRAFT,
            language: language.to_owned(),
            position,
            document_id: draft.document.id,
            node_kind: kind.node(),
            slug: reference.slug.clone(),
            period: reference.period.clone(),
            to_id: None,
        }));
    }
    text_reference::resolve(tx, (draft.document.id, DRAFT), default_language(app), &mut rows).await?;
    Ok(rows)
}

/// Looks again for what a document refers to at a stage, before that is published.
pub async fn settle(app: &App, tx: &Tx, document_id: Id, stage: Stage) -> Result<(), StoreError> {
    text_reference::settle(tx, document_id, stage, default_language(app)).await
}

fn default_language(app: &App) -> &str {
    app.config.languages[0].as_str()
}

/// Which document each reference of a text leads to, by its kind and slug.
#[must_use]
pub fn addresses(rows: &[TextReference]) -> HashMap<(Kind, String), Id> {
    let found = rows.iter().filter_map(|row| {
        let kind = Kind::of_node(row.node_kind)?;
        Some(((kind, row.slug.clone()), row.to_id?))
    });
    found.collect()
}

/// What the references of a text show to a reader of a scope, asked straight from the database: for whoever renders a text
/// within a transaction. The text is that of `scope`'s stage, in the given language.
pub async fn targets(
    db: &impl Connection,
    scope: &Scope,
    key: TextKey,
    text: &RichText,
) -> Result<Targets, StoreError> {
    let rows = of_texts(db, scope, std::slice::from_ref(&key)).await?.remove(&key).unwrap_or_default();
    Targets::load(&Straight { db, scope }, text, addresses(&rows)).await
}

/// Asks the database one question after the other.
struct Straight<'a, C> {
    db: &'a C,
    scope: &'a Scope,
}

impl<C: Connection> Fetch for Straight<'_, C> {
    type Error = StoreError;

    async fn documents<N: Noun>(&self, ids: Vec<Id>) -> Result<HashMap<Id, Arc<Record<N>>>, StoreError> {
        Ok(shared(read::by_ids::<N>(self.db, self.scope, &ids).await?))
    }

    async fn figures(
        &self,
        wanted: Vec<figure::Wanted>,
    ) -> Result<HashMap<figure::Wanted, Arc<figure::Figure>>, StoreError> {
        Ok(shared(figure::chosen(self.db, self.scope, None, &wanted).await?))
    }

    async fn parts(
        &self,
        sets: Vec<Id>,
    ) -> Result<HashMap<Id, Arc<Vec<super::statistic_set::Part>>>, StoreError> {
        Ok(shared(statistic_set::parts_of(self.db, self.scope, &sets).await?))
    }
}

fn shared<K: Eq + std::hash::Hash, V>(found: HashMap<K, V>) -> HashMap<K, Arc<V>> {
    found.into_iter().map(|(key, value)| (key, Arc::new(value))).collect()
}
