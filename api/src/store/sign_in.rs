//! Failed sign-ins, by the stand-ins of account and address.

#![expect(clippy::missing_errors_doc, reason = "each answers whatever the database does")]

use chrono::{DateTime, Utc};
use entity::session::sign_in_failure::{Column, Entity, Model};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    Statement,
};

use super::{Connection, Tx};

/// The accounts that an address failed to sign in to after a moment, one for each failure, at most `limit`.
pub async fn accounts<C: Connection>(
    db: &C,
    address: &str,
    after: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<String>, DbErr> {
    let select = Entity::find().select_only().column(Column::Account);
    let select = select.filter(Column::Address.eq(address)).filter(Column::At.gt(after));
    select.limit(limit).into_tuple().all(db).await
}

/// Makes everybody else who would judge an attempt from this address wait until the transaction ends. On SQLite
/// a transaction is alone anyway.
pub async fn lock(tx: &Tx, address: &str) -> Result<(), DbErr> {
    if tx.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let lock = "select pg_advisory_xact_lock(hashtextextended($1, 0))";
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, lock, [address.into()]);
    tx.execute_raw(statement).await.map(drop)
}

/// Adds a failure.
pub async fn insert(tx: &Tx, failure: Model) -> Result<(), DbErr> {
    Entity::insert(failure.into_active_model()).exec_without_returning(tx).await.map(drop)
}

/// Forgets the failures of an address with an account.
pub async fn clear(tx: &Tx, account: &str, address: &str) -> Result<(), DbErr> {
    let delete =
        Entity::delete_many().filter(Column::Account.eq(account)).filter(Column::Address.eq(address));
    delete.exec(tx).await.map(drop)
}

/// Forgets the failures up to a moment.
pub async fn sweep(tx: &Tx, until: DateTime<Utc>) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::At.lte(until)).exec(tx).await.map(drop)
}
