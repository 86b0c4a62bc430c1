//! People of identity providers.

#![expect(clippy::missing_errors_doc, reason = "each answers whatever the database does")]

use entity::identity::{Column, Entity, Model};
use entity::user;
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use super::{Connection, Tx};

/// The account of somebody whom an issuer knows, in one statement.
pub async fn holder<C: Connection>(
    db: &C,
    issuer: &str,
    subject: &str,
) -> Result<Option<user::Model>, DbErr> {
    let named = Query::select()
        .column(Column::UserId)
        .from(Entity)
        .and_where(Column::Issuer.eq(issuer))
        .and_where(Column::Subject.eq(subject))
        .take();
    user::Entity::find().filter(user::Column::Id.in_subquery(named)).one(db).await
}

/// Gives somebody whom an issuer knows an account; whether they had none.
pub async fn insert(tx: &Tx, identity: Model) -> Result<bool, DbErr> {
    let insert = Entity::insert(identity.into_active_model())
        .on_conflict(OnConflict::columns([Column::Issuer, Column::Subject]).do_nothing().to_owned());
    Ok(insert.exec_without_returning(tx).await? == 1)
}
