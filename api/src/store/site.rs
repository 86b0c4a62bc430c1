//! The site's settings in the database.

use entity::Id;
use entity::document::{self, Stage};
use entity::link::{self, Field};
use entity::site::{Column, Entity, Model};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, IntoActiveModel, Iterable, QueryFilter, QueryOrder};

use super::{Db, Tx, draft, parts};

/// The site's document.
pub const ID: Id = Id(uuid::Uuid::from_u128(0x5_17e0_0000_7000_8000_0000_0000_0000));

/// The settings, where somebody has made them.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn find(db: &Db) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(ID).one(db).await
}

/// The settings and their document, locked until the transaction ends.
pub async fn lock(tx: &Tx) -> Result<(Option<Model>, Option<document::Model>), DbErr> {
    let document = draft::locked(tx, ID).await?;
    Ok((Entity::find_by_id(ID).one(tx).await?, document))
}

/// The site's channels, in their order.
pub async fn channels(tx: &Tx) -> Result<Vec<Id>, DbErr> {
    let links = link::Entity::find()
        .filter(link::Column::FromId.eq(ID))
        .filter(link::Column::Stage.eq(Stage::Draft))
        .order_by_asc(link::Column::Position)
        .all(tx)
        .await?;
    Ok(links.into_iter().map(|link| link.to_id).collect())
}

/// Writes the settings, alike in both stages.
pub async fn write(tx: &Tx, document: &document::Model, row: &Model, channels: &[Id]) -> Result<(), DbErr> {
    draft::put_document(tx, document).await?;
    let others = Column::iter().filter(|column| !matches!(column, Column::DocumentId));
    Entity::insert(row.clone().into_active_model())
        .on_conflict(OnConflict::column(Column::DocumentId).update_columns(others).to_owned())
        .exec_without_returning(tx)
        .await?;
    link::Entity::delete_many().filter(link::Column::FromId.eq(ID)).exec(tx).await?;
    for stage in [Stage::Draft, Stage::Published] {
        let links = (0..).zip(channels).map(|(position, &to_id)| link::Model {
            from_id: ID,
            stage,
            field: Field::Channels,
            position,
            document_id: ID,
            to_id,
        });
        parts::insert::<link::Entity>(tx, links.collect()).await?;
    }
    Ok(())
}
