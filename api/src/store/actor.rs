//! Those who change things: people and machines.

use std::collections::HashMap;

use entity::{Id, api_client, user};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{DbErr, EntityTrait};

use super::Db;
use super::noun::{all, column, table};
use super::sql::among;

/// Somebody who changed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// What to call them.
    pub name: String,
    /// Whether they are a machine.
    pub is_client: bool,
}

/// The accounts and clients with some ids, in one statement.
///
/// # Errors
/// Whatever the database answers.
pub async fn by_ids(db: &Db, ids: &[Id]) -> Result<HashMap<Id, Actor>, DbErr> {
    let mut select = named::<user::Entity>(PERSON, ids);
    select.union(UnionType::All, named::<api_client::Entity>(CLIENT, ids));
    let mut actors = HashMap::new();
    for row in all(db, &select).await?.iter() {
        let is_client = row.get::<i32>("is_client")? == CLIENT;
        actors.insert(row.get("id")?, Actor { name: row.get("name")?, is_client });
    }
    Ok(actors)
}

const PERSON: i32 = 0;
const CLIENT: i32 = 1;

fn named<E: EntityTrait>(is_client: i32, ids: &[Id]) -> SelectStatement {
    Query::select()
        .expr_as(column::<E>("id"), "id")
        .expr_as(column::<E>("name"), "name")
        // Without a type of its own PostgreSQL would take the parameter of a union for text.
        .expr_as(Expr::val(is_client).cast_as("integer"), "is_client")
        .from(table::<E>())
        .and_where(column::<E>("id").is_in(among(ids)))
        .take()
}
