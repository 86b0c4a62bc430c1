//! What belongs to a document besides its row and texts, and how whole tables are read, replaced and published.

use std::collections::HashMap;
use std::future::Future;

use entity::Id;
use sea_orm::sea_query::{DynIden, Expr, ExprTrait, IntoIden, Query, UnionType, ValueType};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait,
    PrimaryKeyToColumn, QueryFilter, QueryOrder,
};

use super::noun::{column, table};
use super::sql::among;
use super::{Connection, Stage, Tx};

/// The parts of one document at a stage.
pub trait Parts: Default + Clone + Send + Sync + PartialEq + serde::Serialize {
    /// The tables they live in.
    fn tables() -> Vec<Table>;
    /// Reads those of some documents at a stage; a document without any may be missing.
    fn load<C: Connection>(
        db: &C,
        documents: &[Id],
        stage: Stage,
    ) -> impl Future<Output = Result<HashMap<Id, Self>, DbErr>> + Send;
    /// Writes them where there are none.
    fn insert(&self, tx: &Tx) -> impl Future<Output = Result<(), DbErr>> + Send;
}

/// Most kinds have none.
impl Parts for () {
    fn tables() -> Vec<Table> {
        Vec::new()
    }
    async fn load<C: Connection>(_: &C, _: &[Id], _: Stage) -> Result<HashMap<Id, Self>, DbErr> {
        Ok(HashMap::new())
    }
    async fn insert(&self, _: &Tx) -> Result<(), DbErr> {
        Ok(())
    }
}

/// A table whose rows belong to a document and a stage.
pub struct Table {
    name: DynIden,
    columns: Vec<DynIden>,
    by_language: bool,
    is_lasting: bool,
    is_derived: bool,
}

impl Table {
    /// The table of an entity; one with a `language` column is published language by language.
    #[must_use]
    pub fn of<E: EntityTrait>() -> Self {
        let by_language = E::Column::iter().any(|column| column.as_str() == "language");
        Self {
            name: table::<E>(),
            columns: E::Column::iter().map(IntoIden::into_iden).collect(),
            by_language,
            is_lasting: false,
            is_derived: false,
        }
    }

    /// The same table, whose published rows stay when their document is withdrawn: they say what readers saw once.
    #[must_use]
    pub fn lasting(self) -> Self {
        Self { is_lasting: true, ..self }
    }

    /// The same table, whose rows are reckoned from others and from the day: they are no words that readers could lack.
    #[must_use]
    pub fn derived(self) -> Self {
        Self { is_derived: true, ..self }
    }

    /// Whether its published rows stay when their document is withdrawn.
    #[must_use]
    pub fn is_lasting(&self) -> bool {
        self.is_lasting
    }

    /// Whether its rows belong to one language each.
    #[must_use]
    pub fn is_by_language(&self) -> bool {
        self.by_language
    }

    /// Deletes a document's rows at a stage, of some languages only where given.
    pub(super) async fn delete(
        &self,
        tx: &Tx,
        document_id: Id,
        stage: Stage,
        languages: Option<&[String]>,
    ) -> Result<(), DbErr> {
        let mut delete = Query::delete();
        delete
            .from_table(self.name.clone())
            .and_where(Expr::col("document_id").eq(document_id))
            .and_where(Expr::col("stage").eq(stage.as_str()));
        if let Some(languages) = languages.filter(|_| self.by_language) {
            delete.and_where(Expr::col("language").is_in(languages.iter().map(String::as_str)));
        }
        tx.execute(&delete).await.map(|_| ())
    }

    /// Makes a document's rows at one stage those at another, of some languages only where given.
    pub(super) async fn copy(
        &self,
        tx: &Tx,
        document_id: Id,
        (from, to): (Stage, Stage),
        languages: Option<&[String]>,
    ) -> Result<(), DbErr> {
        self.delete(tx, document_id, to, languages).await?;
        let mut select = Query::select();
        for column in &self.columns {
            if column.inner() == "stage" {
                select.expr(Expr::val(to.as_str()));
            } else {
                select.column(column.clone());
            }
        }
        select
            .from(self.name.clone())
            .and_where(Expr::col("document_id").eq(document_id))
            .and_where(Expr::col("stage").eq(from.as_str()));
        if let Some(languages) = languages.filter(|_| self.by_language) {
            select.and_where(Expr::col("language").is_in(languages.iter().map(String::as_str)));
        }
        let mut insert = Query::insert();
        insert.into_table(self.name.clone()).columns(self.columns.clone());
        insert.select_from(select).map_err(|error| DbErr::Custom(error.to_string()))?;
        tx.execute(&insert).await.map(|_| ())
    }

    /// Whether a document's published rows say the same as its draft rows.
    pub(super) async fn is_published(&self, tx: &Tx, document_id: Id) -> Result<bool, DbErr> {
        if self.is_derived {
            return Ok(true);
        }
        let rows = |stage: Stage| {
            let mut select = Query::select();
            select.columns(self.columns.iter().filter(|column| column.inner() != "stage").cloned());
            select.from(self.name.clone());
            select.and_where(Expr::col("document_id").eq(document_id));
            select.and_where(Expr::col("stage").eq(stage.as_str())).take()
        };
        let only = |here: Stage, there: Stage| {
            let mut select = rows(here);
            Expr::exists(select.union(UnionType::Except, rows(there)).take())
        };
        let differ = only(Stage::Draft, Stage::Published).or(only(Stage::Published, Stage::Draft));
        let select = Query::select().expr(Expr::val(1)).and_where(differ).take();
        Ok(tx.query_one(&select).await?.is_none())
    }
}

/// The rows of one table at the draft stage, by document, in key order.
pub(super) async fn load<E: EntityTrait, C: Connection>(
    db: &C,
    documents: &[Id],
) -> Result<HashMap<Id, Vec<E::Model>>, DbErr> {
    load_at::<E, C>(db, documents, Stage::Draft).await
}

/// The rows of one table at a stage, by document, in key order.
pub(super) async fn load_at<E: EntityTrait, C: Connection>(
    db: &C,
    documents: &[Id],
    stage: Stage,
) -> Result<HashMap<Id, Vec<E::Model>>, DbErr> {
    let mut find = E::find()
        .filter(column::<E>("document_id").is_in(among(documents)))
        .filter(column::<E>("stage").eq(stage.as_str()));
    for key in E::PrimaryKey::iter() {
        find = find.order_by_asc(key.into_column());
    }
    let owner = E::Column::iter().find(|column| column.as_str() == "document_id");
    let owner = owner.ok_or_else(|| DbErr::Custom("a part without a document".into()))?;
    let mut by_document: HashMap<Id, Vec<E::Model>> = HashMap::new();
    for row in find.all(db).await? {
        let id =
            <Id as ValueType>::try_from(row.get(owner)).map_err(|error| DbErr::Type(error.to_string()))?;
        by_document.entry(id).or_default().push(row);
    }
    Ok(by_document)
}

/// Writes rows where there are none; none is fine.
pub(super) async fn insert<E>(tx: &Tx, models: Vec<E::Model>) -> Result<(), DbErr>
where
    E: EntityTrait<Model: IntoActiveModel<E::ActiveModel>>,
    E::ActiveModel: Send,
{
    // Bounded, so that no statement has more parameters than SQLite takes.
    for chunk in chunks(models) {
        E::insert_many(chunk.into_iter().map(IntoActiveModel::into_active_model))
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

fn chunks<M>(models: Vec<M>) -> impl Iterator<Item = Vec<M>> {
    let mut rest = models.into_iter();
    std::iter::from_fn(move || {
        Some(rest.by_ref().take(500).collect::<Vec<_>>()).filter(|chunk| !chunk.is_empty())
    })
}
