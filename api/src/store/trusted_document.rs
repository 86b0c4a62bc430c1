//! Documents that the operator trusts, and a number that says whether they are still the same.

#![expect(clippy::missing_errors_doc, reason = "each answers whatever the database does")]

use entity::trusted_document::{Column, Entity, Model};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Statement};

use super::{Connection, Db, Tx, change, parts};

/// How often they have changed.
const COUNTER: &str = "trusted_documents";
/// Ids in one statement.
const CHUNK: usize = 500;

/// All of them and their number, at one moment.
const SET: &str = "
select counter.value, trusted_document.id, trusted_document.text
from counter left join trusted_document on true
where counter.name = 'trusted_documents'";

/// How often they have changed. Numbers only grow.
pub async fn generation(db: &Db) -> Result<i64, DbErr> {
    change::last(db, COUNTER).await
}

/// How often they have changed, and which they are since: ids and texts.
pub async fn set(db: &Db) -> Result<(i64, Vec<(String, String)>), DbErr> {
    let (mut generation, mut documents) = (0, Vec::new());
    for row in db.query_all_raw(Statement::from_string(db.get_database_backend(), SET)).await? {
        generation = row.try_get("", "value")?;
        let id: Option<String> = row.try_get("", "id")?;
        let text: Option<String> = row.try_get("", "text")?;
        documents.extend(id.zip(text));
    }
    Ok((generation, documents))
}

/// Begins a change of them, alone until the commit.
pub async fn change(tx: &Tx) -> Result<(), DbErr> {
    change::next(tx, COUNTER).await.map(drop)
}

/// All of them, by their ids.
pub async fn all(connection: &impl Connection) -> Result<Vec<Model>, DbErr> {
    Entity::find().order_by_asc(Column::Id).all(connection).await
}

/// Adds some.
pub async fn insert(tx: &Tx, documents: Vec<Model>) -> Result<(), DbErr> {
    parts::insert::<Entity>(tx, documents).await
}

/// Removes those with some ids.
pub async fn delete(tx: &Tx, ids: &[String]) -> Result<(), DbErr> {
    for ids in ids.chunks(CHUNK) {
        Entity::delete_many().filter(Column::Id.is_in(ids)).exec(tx).await?;
    }
    Ok(())
}
