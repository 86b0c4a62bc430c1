//! Statistics in the database, and the writing of their figures. [`figure`](super::figure) reads them.

use std::collections::HashMap;

use entity::Id;
use entity::document::{NodeKind, Stage};
use entity::statistic::{self, correction, figure, figure_text};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};

use super::noun::Noun;
use super::parts::{self, Parts, Table};
use super::{Connection, Tx};

/// The room of statistics.
pub struct Statistic;

impl Noun for Statistic {
    const KIND: NodeKind = NodeKind::Statistic;
    type Row = statistic::Entity;
    type Text = statistic::text::Entity;
    type Parts = Figures;
}

/// The figures of a statistic, in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Figures {
    /// What is the same in every language.
    pub figures: Vec<figure::Model>,
    /// Caveats; no row where there is none.
    pub texts: Vec<figure_text::Model>,
    /// What readers see at the moment: read for comparison, written by publications and corrections only.
    #[serde(skip)]
    pub published: Vec<figure::Model>,
}

impl Parts for Figures {
    fn tables() -> Vec<Table> {
        vec![Table::of::<figure::Entity>(), Table::of::<figure_text::Entity>()]
    }
    async fn load<C: Connection>(db: &C, documents: &[Id], stage: Stage) -> Result<HashMap<Id, Self>, DbErr> {
        let mut figures = parts::load_at::<figure::Entity, _>(db, documents, stage).await?;
        let mut texts = parts::load_at::<figure_text::Entity, _>(db, documents, stage).await?;
        let mut published = parts::load_at::<figure::Entity, _>(db, documents, Stage::Published).await?;
        let parts = documents.iter().map(|id| {
            let figures = figures.remove(id).unwrap_or_default();
            let texts = texts.remove(id).unwrap_or_default();
            let published = published.remove(id).unwrap_or_default();
            (*id, Self { figures, texts, published })
        });
        Ok(parts.collect())
    }
    async fn insert(&self, tx: &Tx) -> Result<(), DbErr> {
        parts::insert::<figure::Entity>(tx, self.figures.clone()).await?;
        parts::insert::<figure_text::Entity>(tx, self.texts.clone()).await
    }
}

/// Whose figure it is, at whatever stage.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn owner<C: Connection>(db: &C, figure_id: Id) -> Result<Option<Id>, DbErr> {
    let figure = figure::Entity::find().filter(figure::Column::Id.eq(figure_id)).one(db).await?;
    Ok(figure.map(|figure| figure.document_id))
}

/// A figure as readers see it.
pub async fn published(tx: &Tx, figure_id: Id) -> Result<Option<figure::Model>, DbErr> {
    figure::Entity::find_by_id((figure_id, Stage::Published)).one(tx).await
}

/// Puts what a figure says right at both stages, and keeps the value it had.
pub async fn correct(tx: &Tx, right: figure::Model, correction: correction::Model) -> Result<(), DbErr> {
    let update = Query::update()
        .table(figure::Entity)
        .values([
            (figure::Column::Value, Expr::val(right.value)),
            (figure::Column::Qualifier, Expr::val(right.qualifier.as_str())),
            (figure::Column::Lower, Expr::val(right.lower)),
            (figure::Column::Upper, Expr::val(right.upper)),
            (figure::Column::Locator, Expr::val(right.locator)),
            (figure::Column::Quote, Expr::val(right.quote)),
        ])
        .and_where(Expr::col(figure::Column::Id).eq(correction.figure_id))
        .take();
    tx.execute(&update).await?;
    correction::Entity::insert(correction.into_active_model()).exec_without_returning(tx).await.map(|_| ())
}

/// Forgets the corrections of a document that is deleted for good.
pub async fn forget_corrections(tx: &Tx, document_id: Id) -> Result<(), DbErr> {
    correction::Entity::delete_many()
        .filter(correction::Column::DocumentId.eq(document_id))
        .exec(tx)
        .await
        .map(|_| ())
}
