//! Accounts.

#![expect(clippy::missing_errors_doc, reason = "each answers whatever the database does")]

use entity::Id;
use entity::user::{ActiveModel, Column, Entity, Model, Role};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, SqlErr,
};

use super::page::{Page, Slice, oldest};
use super::{Connection, Db, Tx};

/// An account.
pub async fn by_id<C: Connection>(db: &C, id: Id) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// An account that nobody else may change until the transaction ends.
pub async fn lock(tx: &Tx, id: Id) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(tx).await
}

/// The account that somebody signs in to with a folded e-mail address.
pub async fn by_email_key<C: Connection>(db: &C, key: &str) -> Result<Option<Model>, DbErr> {
    Entity::find().filter(Column::EmailKey.eq(key)).one(db).await
}

/// Active accounts with the role ADMIN, locked in the order of their ids: two transactions that each take
/// one away wait for each other.
pub async fn lock_admins(tx: &Tx) -> Result<Vec<Id>, DbErr> {
    let admins = Entity::find().filter(Column::Role.eq(Role::Admin)).filter(Column::IsActive.eq(true));
    let admins = admins.order_by_asc(Column::Id).lock_exclusive().all(tx).await?;
    Ok(admins.into_iter().map(|admin| admin.id).collect())
}

/// Adds an account.
pub async fn insert(tx: &Tx, user: Model) -> Result<(), DbErr> {
    Entity::insert(user.into_active_model()).exec_without_returning(tx).await.map(drop)
}

/// Writes all of an account.
pub async fn update(tx: &Tx, user: Model) -> Result<(), DbErr> {
    let row: ActiveModel = user.into_active_model();
    Entity::update(row.reset_all()).exec(tx).await.map(drop)
}

/// Replaces a password's hash, unless somebody else did in between; whether it did.
pub async fn replace_password(tx: &Tx, user: &Model, hash: String) -> Result<bool, DbErr> {
    let update = Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(hash))
        .filter(Column::Id.eq(user.id))
        .filter(Column::PasswordHash.eq(user.password_hash.clone()));
    Ok(update.exec(tx).await?.rows_affected == 1)
}

/// Whether a write failed because another account has the address.
#[must_use]
pub fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Every account, the oldest first.
pub async fn all(db: &Db) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::CreatedAt).order_by_asc(Column::Id).all(db).await
}

/// A page of all accounts, the oldest first.
pub async fn page(db: &Db, page: &Page) -> Result<Slice<Model>, DbErr> {
    oldest::<Entity>(db, page, (Column::CreatedAt, Column::Id), |user| (user.created_at, user.id)).await
}

/// How many accounts there are.
pub async fn count(db: &Db) -> Result<i64, DbErr> {
    Ok(i64::try_from(Entity::find().count(db).await?).unwrap_or(i64::MAX))
}

/// How many people with a role may sign in.
pub async fn count_active(db: &Db, role: Role) -> Result<u64, DbErr> {
    Entity::find().filter(Column::Role.eq(role)).filter(Column::IsActive.eq(true)).count(db).await
}
