//! Sessions and their refresh tokens.

#![expect(clippy::missing_errors_doc, reason = "each answers whatever the database does")]

use chrono::{DateTime, TimeDelta, Utc};
use entity::session::{self, Column, Entity, Model, refresh_token};
use entity::{Id, user};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use super::{Connection, Tx};

/// The account behind a session, in one statement; `None` when the session is ended or another's, or the account
/// switched off.
pub async fn holder<C: Connection>(
    db: &C,
    session_id: Id,
    user_id: Id,
) -> Result<Option<user::Model>, DbErr> {
    let alive = Query::select()
        .expr(Expr::val(1))
        .from(session::Entity)
        .and_where(Column::Id.eq(session_id))
        .and_where(Column::UserId.eq(user_id))
        .and_where(Column::RevokedAt.is_null())
        .take();
    let user = user::Entity::find_by_id(user_id).filter(user::Column::IsActive.eq(true));
    user.filter(Expr::exists(alive)).one(db).await
}

/// A session that nobody else may change until the transaction ends.
pub async fn lock(tx: &Tx, id: Id) -> Result<Option<Model>, DbErr> {
    Entity::find_by_id(id).lock_exclusive().one(tx).await
}

/// Adds a session.
pub async fn insert(tx: &Tx, session: Model) -> Result<(), DbErr> {
    Entity::insert(session.into_active_model()).exec_without_returning(tx).await.map(drop)
}

/// Notes that a session was used.
pub async fn touch(tx: &Tx, id: Id, at: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await
        .map(drop)
}

/// Ends a session; whether it had not ended before.
pub async fn revoke(tx: &Tx, id: Id, at: DateTime<Utc>) -> Result<bool, DbErr> {
    Ok(end(tx, Column::Id.eq(id).into(), at).await? == 1)
}

/// Ends all sessions of an account but one; how many.
pub async fn revoke_others(tx: &Tx, user_id: Id, kept: Option<Id>, at: DateTime<Utc>) -> Result<u64, DbErr> {
    let others = kept.map(|kept| Column::Id.ne(kept));
    end(tx, Condition::all().add(Column::UserId.eq(user_id)).add_option(others), at).await
}

async fn end(tx: &Tx, which: Condition, at: DateTime<Utc>) -> Result<u64, DbErr> {
    let update = Entity::update_many().col_expr(Column::RevokedAt, Expr::value(at));
    let ended = update.filter(which).filter(Column::RevokedAt.is_null()).exec(tx).await?;
    Ok(ended.rows_affected)
}

/// Adds a refresh token.
pub async fn insert_token(tx: &Tx, token: refresh_token::Model) -> Result<(), DbErr> {
    refresh_token::Entity::insert(token.into_active_model()).exec_without_returning(tx).await.map(drop)
}

/// The refresh token with a hash.
pub async fn token<C: Connection>(db: &C, hash: &str) -> Result<Option<refresh_token::Model>, DbErr> {
    refresh_token::Entity::find_by_id(hash.to_owned()).one(db).await
}

/// Uses up the refresh tokens of a session that were not used yet; how many.
pub async fn use_up(tx: &Tx, session_id: Id, at: DateTime<Utc>) -> Result<u64, DbErr> {
    let update = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(at))
        .filter(refresh_token::Column::SessionId.eq(session_id))
        .filter(refresh_token::Column::UsedAt.is_null());
    Ok(update.exec(tx).await?.rows_affected)
}

/// Forgets sessions that were last used, began or ended before the given moments, with their tokens.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>, kept: Kept) -> Result<(), DbErr> {
    let old = Condition::any()
        .add(Column::UsedAt.lt(now - kept.after_use))
        .add(Column::CreatedAt.lt(now - kept.after_start))
        .add(Column::RevokedAt.lt(now - kept.after_end));
    let which = Query::select().column(Column::Id).from(Entity).cond_where(old.clone()).take();
    let tokens =
        refresh_token::Entity::delete_many().filter(refresh_token::Column::SessionId.in_subquery(which));
    tokens.exec(tx).await?;
    Entity::delete_many().filter(old).exec(tx).await.map(drop)
}

/// How long a session is kept.
#[derive(Clone, Copy)]
pub struct Kept {
    /// After it was last used.
    pub after_use: TimeDelta,
    /// After it began.
    pub after_start: TimeDelta,
    /// After it was ended.
    pub after_end: TimeDelta,
}
