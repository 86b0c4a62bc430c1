//! Services in the database.

use std::collections::HashMap;

use entity::Id;
use entity::document::NodeKind;
use entity::service::{self, area};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::noun::Noun;
use super::parts::{self, Parts, Table};
use super::sql::among;
use super::{Connection, Db, Scope, Stage, Tx};

/// The room of services.
pub struct Service;

impl Noun for Service {
    const KIND: NodeKind = NodeKind::Service;
    type Row = service::Entity;
    type Text = service::text::Entity;
    type Parts = Coverage;
}

/// Where a service works, in the order of use.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Coverage(pub Vec<area::Model>);

impl Parts for Coverage {
    fn tables() -> Vec<Table> {
        vec![Table::of::<area::Entity>()]
    }
    async fn load<C: Connection>(db: &C, documents: &[Id], stage: Stage) -> Result<HashMap<Id, Self>, DbErr> {
        let rows = parts::load_at::<area::Entity, _>(db, documents, stage).await?;
        Ok(rows.into_iter().map(|(id, rows)| (id, Self(rows))).collect())
    }
    async fn insert(&self, tx: &Tx) -> Result<(), DbErr> {
        parts::insert::<area::Entity>(tx, self.0.clone()).await
    }
}

/// Where services work, in the order of use.
///
/// # Errors
/// Whatever the database answers.
pub async fn areas(db: &Db, scope: &Scope, ids: &[Id]) -> Result<HashMap<Id, Vec<area::Model>>, DbErr> {
    let rows = area::Entity::find()
        .filter(area::Column::DocumentId.is_in(among(ids)))
        .filter(scope.shows(area::Entity))
        .order_by_asc(area::Column::Position)
        .all(db)
        .await?;
    let mut by_service: HashMap<Id, Vec<area::Model>> = HashMap::new();
    for row in rows {
        by_service.entry(row.document_id).or_default().push(row);
    }
    Ok(by_service)
}
