//! The whole of a document at the draft stage (or as it is scheduled): read, changed in memory, written back.

use std::collections::BTreeMap;

use entity::document::{self, NodeKind, Stage};
use entity::link::{self, Field};
use entity::{Id, text_reference, translation};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::noun::{Noun, Row, Text, column};
use super::parts::{self, Parts, Table};
use super::sql::among;
use super::{Connection, Tx, slug};

/// Every language of a document at the draft stage, with its links and parts.
pub struct Draft<N: Noun> {
    /// Identity, version and state.
    pub document: document::Model,
    /// What is the same in every language.
    pub row: Row<N>,
    /// What is not, by language.
    pub words: BTreeMap<String, Words<N>>,
    /// Where it leads, by origin (the document or one of its parts) and field, in the order of use. What its texts refer
    /// to is not among them: that follows from the words, see [`super::text_reference`].
    pub links: BTreeMap<(Id, Field), Vec<Id>>,
    /// What else belongs to it.
    pub parts: N::Parts,
}

/// One language of a draft.
pub struct Words<N: Noun> {
    /// Slug and title.
    pub translation: translation::Model,
    /// The rest.
    pub text: Text<N>,
}

impl<N: Noun> Clone for Words<N> {
    fn clone(&self) -> Self {
        Self { translation: self.translation.clone(), text: self.text.clone() }
    }
}

impl<N: Noun> PartialEq for Words<N> {
    fn eq(&self, other: &Self) -> bool {
        self.translation == other.translation && self.text == other.text
    }
}

impl<N: Noun> Draft<N> {
    /// Writes it in place of what was there.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub async fn write(&self, tx: &Tx) -> Result<(), DbErr> {
        let id = self.document.id;
        put_document(tx, &self.document).await?;
        for table in tables::<N>() {
            table.delete(tx, id, Stage::Draft, None).await?;
        }
        parts::insert::<N::Row>(tx, vec![self.row.clone()]).await?;
        let (translations, texts) =
            self.words.values().map(|words| (words.translation.clone(), words.text.clone())).unzip();
        parts::insert::<translation::Entity>(tx, translations).await?;
        parts::insert::<N::Text>(tx, texts).await?;
        parts::insert::<link::Entity>(tx, self.link_rows()).await?;
        self.parts.insert(tx).await?;
        let slugs: Vec<_> = self.words.values().map(|words| &words.translation).collect();
        slug::keep(tx, N::KIND, id, &slugs).await
    }

    fn link_rows(&self) -> Vec<link::Model> {
        let rows = self.links.iter().flat_map(|(&(from_id, field), targets)| {
            (0..).zip(targets).map(move |(position, &to_id)| link::Model {
                from_id,
                stage: Stage::Draft,
                field,
                position,
                document_id: self.document.id,
                to_id,
            })
        });
        rows.collect()
    }
}

/// Reads a draft and locks its document until the transaction ends, so that two editors come one after the other.
///
/// # Errors
/// Whatever the database answers.
pub async fn load<N: Noun>(tx: &Tx, id: Id) -> Result<Option<Draft<N>>, DbErr> {
    let Some(document) = locked(tx, id).await?.filter(|document| document.node_kind == N::KIND) else {
        return Ok(None);
    };
    Ok(whole::<N, _>(tx, vec![document], Stage::Draft).await?.pop())
}

/// Reads drafts, or what is scheduled, without locking them, in a number of statements that does not follow from theirs.
///
/// # Errors
/// Whatever the database answers.
pub async fn read<N: Noun, C: Connection>(db: &C, ids: &[Id], stage: Stage) -> Result<Vec<Draft<N>>, DbErr> {
    let mut documents = existing(db, ids).await?;
    documents.retain(|document| document.node_kind == N::KIND);
    whole::<N, C>(db, documents, stage).await
}

/// All that belongs to some documents at a stage.
async fn whole<N: Noun, C: Connection>(
    db: &C,
    documents: Vec<document::Model>,
    stage: Stage,
) -> Result<Vec<Draft<N>>, DbErr> {
    let ids: Vec<Id> = documents.iter().map(|document| document.id).collect();
    let mut rows = parts::load_at::<N::Row, C>(db, &ids, stage).await?;
    let mut translations = parts::load_at::<translation::Entity, C>(db, &ids, stage).await?;
    let mut texts = parts::load_at::<N::Text, C>(db, &ids, stage).await?;
    let mut links = parts::load_at::<link::Entity, C>(db, &ids, stage).await?;
    let mut all_parts = N::Parts::load(db, &ids, stage).await?;
    let drafts = documents.into_iter().filter_map(|document| {
        let id = document.id;
        let row = rows.remove(&id)?.pop()?;
        // Both in the order of their languages.
        let words = translations.remove(&id).unwrap_or_default().into_iter();
        let words = words.zip(texts.remove(&id).unwrap_or_default());
        let words = words
            .map(|(translation, text)| (translation.language.clone(), Words { translation, text }))
            .collect();
        let mut by_field: BTreeMap<(Id, Field), Vec<Id>> = BTreeMap::new();
        for link in links.remove(&id).unwrap_or_default() {
            if link.field != Field::References {
                by_field.entry((link.from_id, link.field)).or_default().push(link.to_id);
            }
        }
        let parts = all_parts.remove(&id).unwrap_or_default();
        Some(Draft { document, row, words, links: by_field, parts })
    });
    Ok(drafts.collect())
}

/// A document, locked until the transaction ends.
pub async fn locked(tx: &Tx, id: Id) -> Result<Option<document::Model>, DbErr> {
    let mut find =
        document::Entity::find().filter(Expr::col((document::Entity, document::Column::Id)).eq(id));
    if tx.get_database_backend() == sea_orm::DbBackend::Postgres {
        // Not `FOR UPDATE`: a link that is inserted elsewhere holds a share of its target's key.
        find = find.lock(LockType::NoKeyUpdate);
    }
    find.one(tx).await
}

/// Which of some documents exist, with their kinds and states.
pub async fn existing<C: Connection>(db: &C, ids: &[Id]) -> Result<Vec<document::Model>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    document::Entity::find().filter(column::<document::Entity>("id").is_in(among(ids))).all(db).await
}

/// Writes a document's own row, new or not. Not as an upsert: that would lock the row's key on PostgreSQL, which
/// links inserted elsewhere hold a share of.
pub async fn put_document(tx: &Tx, document: &document::Model) -> Result<(), DbErr> {
    let row = document.clone().into_active_model();
    let mut changed = row.clone().reset_all();
    changed.id = sea_orm::ActiveValue::NotSet;
    let updated = document::Entity::update_many()
        .set(changed)
        .filter(column::<document::Entity>("id").eq(document.id))
        .exec(tx)
        .await?;
    if updated.rows_affected == 0 {
        document::Entity::insert(row).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Whether an importer's key is another document's.
pub async fn reference_taken(tx: &Tx, kind: NodeKind, key: &str, but: Id) -> Result<bool, DbErr> {
    use sea_orm::ColumnTrait;
    let other = document::Entity::find()
        .filter(document::Column::NodeKind.eq(kind))
        .filter(document::Column::ExternalReference.eq(key))
        .filter(document::Column::Id.ne(but))
        .one(tx)
        .await?;
    Ok(other.is_some())
}

/// The tables of a kind whose rows are published together.
#[must_use]
pub fn tables<N: Noun>() -> Vec<Table> {
    let mut tables = vec![
        Table::of::<N::Row>(),
        Table::of::<N::Text>(),
        Table::of::<translation::Entity>(),
        Table::of::<link::Entity>(),
        Table::of::<text_reference::Entity>(),
    ];
    tables.extend(N::Parts::tables());
    tables
}
