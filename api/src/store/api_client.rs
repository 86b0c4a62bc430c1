//! Clients that are machines.

#![expect(clippy::missing_errors_doc, reason = "each answers whatever the database does")]

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::api_client::{ActiveModel, Column, Entity, Model};
use entity::{Id, user};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DbErr, EntityTrait, IntoActiveModel, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::page::{Page, Slice, oldest};
use super::{Connection, Db, Tx};

/// A client.
pub async fn by_id<C: Connection>(db: &C, id: Id) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// A client that nobody else may change until the transaction ends.
pub async fn lock(tx: &Tx, id: Id) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(tx).await
}

/// The client whose secrets begin so, with its owner, in one statement; `None` when it was ended or its owner's account
/// switched off.
pub async fn by_prefix(db: &Db, prefix: &str) -> Result<Option<(Model, user::Model)>, DbErr> {
    let owner = Entity::belongs_to(user::Entity).from(Column::OwnerId).to(user::Column::Id);
    let found = Entity::find()
        .filter(Column::Prefix.eq(prefix))
        .filter(Column::RevokedAt.is_null())
        .filter(user::Column::IsActive.eq(true))
        .join(JoinType::InnerJoin, owner.into())
        .select_also(user::Entity)
        .one(db)
        .await?;
    Ok(found.and_then(|(client, owner)| Some((client, owner?))))
}

/// Some actors, and the owners of those that are clients.
pub async fn people(tx: &Tx, actors: BTreeSet<Id>) -> Result<BTreeSet<Id>, DbErr> {
    let clients = Entity::find().filter(Column::Id.is_in(actors.iter().copied())).all(tx).await?;
    Ok(clients.into_iter().map(|client| client.owner_id).chain(actors).collect())
}

/// Adds a client.
pub async fn insert(tx: &Tx, client: Model) -> Result<(), DbErr> {
    Entity::insert(client.into_active_model()).exec_without_returning(tx).await.map(drop)
}

/// Writes all of a client.
pub async fn update(tx: &Tx, client: Model) -> Result<(), DbErr> {
    let row: ActiveModel = client.into_active_model();
    Entity::update(row.reset_all()).exec(tx).await.map(drop)
}

/// Notes that a client was used on a day.
pub async fn touch(tx: &Tx, id: Id, day: NaiveDate) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::LastUsedOn, Expr::value(day));
    update.filter(Column::Id.eq(id)).exec(tx).await.map(drop)
}

/// Ends all clients of an account.
pub async fn revoke_of(tx: &Tx, owner_id: Id, at: DateTime<Utc>) -> Result<(), DbErr> {
    let update = Entity::update_many().col_expr(Column::RevokedAt, Expr::value(at));
    let lent = update.filter(Column::OwnerId.eq(owner_id)).filter(Column::RevokedAt.is_null());
    lent.exec(tx).await.map(drop)
}

/// Origins whose pages may use a client that is good at a moment.
pub async fn origins(db: &Db, at: DateTime<Utc>) -> Result<Vec<String>, DbErr> {
    let lasting = Condition::any().add(Column::ExpiresAt.is_null()).add(Column::ExpiresAt.gt(at));
    let clients = Entity::find().filter(Column::RevokedAt.is_null()).filter(lasting).all(db).await?;
    Ok(clients.into_iter().flat_map(|client| client.origins.0).collect())
}

/// Every client, the oldest first.
pub async fn all(db: &Db) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(db).await
}

/// A page of all clients, the oldest first.
pub async fn page(db: &Db, page: &Page) -> Result<Slice<Model>, DbErr> {
    oldest::<Entity>(db, page, (Column::CreatedAt, Column::Id), |client| (client.created_at, client.id)).await
}

/// How many clients there are.
pub async fn count(db: &Db) -> Result<i64, DbErr> {
    Ok(i64::try_from(Entity::find().count(db).await?).unwrap_or(i64::MAX))
}
