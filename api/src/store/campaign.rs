//! Campaigns in the database, with their editions and the days they fall on.

use std::collections::HashMap;

use entity::Id;
use entity::campaign::{self, edition, edition_text, occurrence};
use entity::document::NodeKind;
use entity::value::List;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::noun::Noun;
use super::parts::{self, Parts, Table};
use super::{Connection, Stage, Tx};

/// The room of campaigns.
pub struct Campaign;

impl Noun for Campaign {
    const KIND: NodeKind = NodeKind::Campaign;
    type Row = campaign::Entity;
    type Text = campaign::text::Entity;
    type Parts = Turns;
}

/// What a campaign has by the year.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Turns {
    /// Its editions, the first year first.
    pub editions: Vec<edition::Model>,
    /// Their words, by edition and language.
    pub texts: Vec<edition_text::Model>,
    /// The days it falls on, reckoned from its rule and its editions.
    #[serde(skip)]
    pub occurrences: Vec<occurrence::Model>,
}

impl Parts for Turns {
    fn tables() -> Vec<Table> {
        vec![
            Table::of::<edition::Entity>(),
            Table::of::<edition_text::Entity>(),
            Table::of::<occurrence::Entity>().derived(),
        ]
    }
    async fn load<C: Connection>(db: &C, documents: &[Id], stage: Stage) -> Result<HashMap<Id, Self>, DbErr> {
        let mut editions = parts::load_at::<edition::Entity, _>(db, documents, stage).await?;
        let mut texts = parts::load_at::<edition_text::Entity, _>(db, documents, stage).await?;
        let mut occurrences = parts::load_at::<occurrence::Entity, _>(db, documents, stage).await?;
        let turns = documents.iter().map(|id| {
            let mut editions = editions.remove(id).unwrap_or_default();
            editions.sort_by_key(|edition| edition.year);
            let texts = texts.remove(id).unwrap_or_default();
            let occurrences = occurrences.remove(id).unwrap_or_default();
            (*id, Self { editions, texts, occurrences })
        });
        Ok(turns.collect())
    }
    async fn insert(&self, tx: &Tx) -> Result<(), DbErr> {
        parts::insert::<edition::Entity>(tx, self.editions.clone()).await?;
        parts::insert::<edition_text::Entity>(tx, self.texts.clone()).await?;
        parts::insert::<occurrence::Entity>(tx, self.occurrences.clone()).await
    }
}

/// The edition of a campaign's year at each stage that has it.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn stages_of_edition(tx: &Tx, document_id: Id, year: i32) -> Result<Vec<edition::Model>, DbErr> {
    edition::Entity::find()
        .filter(edition::Column::DocumentId.eq(document_id))
        .filter(edition::Column::Year.eq(year))
        .all(tx)
        .await
}

/// Keeps the goals of an edition at its stage.
pub async fn put_goals(tx: &Tx, edition: &edition::Model) -> Result<(), DbErr> {
    let update = Query::update()
        .table(edition::Entity)
        .value(edition::Column::Goals, List(edition.goals.0.clone()))
        .and_where(Expr::col(edition::Column::Id).eq(edition.id))
        .and_where(Expr::col(edition::Column::Stage).eq(edition.stage.as_str()))
        .take();
    tx.execute(&update).await.map(|_| ())
}
