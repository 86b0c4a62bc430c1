//! Statistic sets in the database.

use std::collections::HashMap;

use entity::Id;
use entity::document::NodeKind;
use entity::statistic_set::{self, part};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::noun::Noun;
use super::parts::{self, Parts, Table};
use super::sql::among;
use super::{Connection, Scope, Stage, Tx};

/// The room of statistic sets.
pub struct StatisticSet;

impl Noun for StatisticSet {
    const KIND: NodeKind = NodeKind::StatisticSet;
    type Row = statistic_set::Entity;
    type Text = statistic_set::text::Entity;
    type Parts = SetParts;
}

/// The parts of a set, in the order of use.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct SetParts(pub Vec<part::Model>);

impl Parts for SetParts {
    fn tables() -> Vec<Table> {
        vec![Table::of::<part::Entity>()]
    }
    async fn load<C: Connection>(db: &C, documents: &[Id], stage: Stage) -> Result<HashMap<Id, Self>, DbErr> {
        let rows = parts::load_at::<part::Entity, _>(db, documents, stage).await?;
        Ok(rows.into_iter().map(|(id, rows)| (id, Self(rows))).collect())
    }
    async fn insert(&self, tx: &Tx) -> Result<(), DbErr> {
        parts::insert::<part::Entity>(tx, self.0.clone()).await
    }
}

/// The parts of several sets at the reader's stage, in the order of use.
///
/// # Errors
/// Whatever the database answers.
pub async fn parts_of(
    db: &impl Connection,
    scope: &Scope,
    sets: &[Id],
) -> Result<HashMap<Id, Vec<part::Model>>, DbErr> {
    let rows = part::Entity::find()
        .filter(part::Column::DocumentId.is_in(among(sets)))
        .filter(scope.shows(part::Entity))
        .order_by_asc(part::Column::Position)
        .all(db)
        .await?;
    let mut by_set: HashMap<Id, Vec<part::Model>> = HashMap::new();
    for row in rows {
        by_set.entry(row.document_id).or_default().push(row);
    }
    Ok(by_set)
}
