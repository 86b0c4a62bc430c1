//! Making tombstones of what was written about a document, once its rows are gone.

use entity::{Id, change, revision, slug};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter};

use super::Tx;

/// What the content of an erased revision is.
const CONTENT: &str = r#"{"isErased":true}"#;
/// What its patch is.
const PATCH: &str = "[]";

/// Empties the history of a document, what people said of it in the audit trail, and its slugs. Who did what and when
/// stays.
///
/// # Errors
/// Whatever the database answers.
pub async fn erase(tx: &Tx, document_id: Id) -> Result<(), DbErr> {
    revision::Entity::update_many()
        .col_expr(revision::Column::Content, Expr::value(CONTENT))
        .col_expr(revision::Column::Patch, Expr::value(PATCH))
        .col_expr(revision::Column::Note, Expr::value(None::<String>))
        .filter(revision::Column::DocumentId.eq(document_id))
        .exec(tx)
        .await?;
    change::Entity::update_many()
        .col_expr(change::Column::Reason, Expr::value(None::<String>))
        .filter(change::Column::DocumentId.eq(document_id))
        .exec(tx)
        .await?;
    slug::Entity::delete_many().filter(slug::Column::DocumentId.eq(document_id)).exec(tx).await?;
    if tx.get_database_backend() == DbBackend::Sqlite {
        // Words of what is deleted stay in the segments of the index until those are merged.
        tx.execute_unprepared("insert into search_index (search_index) values ('optimize')").await?;
    }
    Ok(())
}
