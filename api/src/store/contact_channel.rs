//! Contact channels in the database.

use std::collections::HashMap;

use entity::contact_channel::{self, language, urgent_correction, verification};
use entity::document::NodeKind;
use entity::link::{self, Field};
use entity::{Id, translation};
use sea_orm::sea_query::{Expr, ExprTrait, Func, OnConflict, Order, WindowStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, JoinType, QueryFilter, QueryOrder,
};

use super::noun::{Noun, Record, all, id_of};
use super::parts::{self, Parts, Table};
use super::read::{grouped, ranked, records};
use super::sql::among;
use super::{Connection, Db, Scope, Stage, Tx};

/// The most channels of a service that are shown.
pub const MAX_OF_SERVICE: u32 = 50;

/// The room of contact channels.
pub struct ContactChannel;

impl Noun for ContactChannel {
    const KIND: NodeKind = NodeKind::ContactChannel;
    type Row = contact_channel::Entity;
    type Text = contact_channel::text::Entity;
    type Parts = Languages;
}

/// Which languages a channel answers in, in the order of use.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Languages(pub Vec<language::Model>);

impl Parts for Languages {
    fn tables() -> Vec<Table> {
        vec![Table::of::<language::Entity>()]
    }
    async fn load<C: Connection>(db: &C, documents: &[Id], stage: Stage) -> Result<HashMap<Id, Self>, DbErr> {
        let rows = parts::load_at::<language::Entity, _>(db, documents, stage).await?;
        Ok(rows.into_iter().map(|(id, rows)| (id, Self(rows))).collect())
    }
    async fn insert(&self, tx: &Tx) -> Result<(), DbErr> {
        parts::insert::<language::Entity>(tx, self.0.clone()).await
    }
}

/// Which languages channels answer in, in the order of use.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn languages(
    db: &Db,
    scope: &Scope,
    ids: &[Id],
) -> Result<HashMap<Id, Vec<language::Model>>, DbErr> {
    let rows = language::Entity::find()
        .filter(language::Column::DocumentId.is_in(among(ids)))
        .filter(scope.shows(language::Entity))
        .order_by_asc(language::Column::Position)
        .all(db)
        .await?;
    let mut by_channel: HashMap<Id, Vec<language::Model>> = HashMap::new();
    for row in rows {
        by_channel.entry(row.document_id).or_default().push(row);
    }
    Ok(by_channel)
}

/// The first [`MAX_OF_SERVICE`] channels in sight of each of several services, by priority, then by label.
pub async fn of_services(
    db: &Db,
    scope: &Scope,
    services: &[Id],
) -> Result<HashMap<Id, Vec<Record<ContactChannel>>>, DbErr> {
    let mut inner = records::<ContactChannel>(scope);
    inner
        .expr_as(Expr::col((link::Entity, link::Column::ToId)), "parent_id")
        .join(
            JoinType::InnerJoin,
            link::Entity,
            Expr::col((link::Entity, link::Column::FromId)).eq(id_of::<ContactChannel>()),
        )
        .and_where(Expr::col((link::Entity, link::Column::ToId)).is_in(among(services)))
        .and_where(scope.shows(link::Entity))
        .and_where(Expr::col((link::Entity, link::Column::Field)).eq(Field::Service.as_str()));
    let mut window = WindowStatement::partition_by((link::Entity, link::Column::ToId));
    window
        .order_by((contact_channel::Entity, contact_channel::Column::Priority), Order::Asc)
        .order_by((translation::Entity, translation::Column::TitleKey), Order::Asc)
        .order_by_expr(id_of::<ContactChannel>(), Order::Asc);
    inner.expr_window_as(Func::cust("row_number"), window, "place");
    grouped(&all(db, &ranked(inner, MAX_OF_SERVICE)).await?, |row| Record::read(scope, row))
}

/// What a channel is at a stage, in every language alike.
pub async fn row(tx: &Tx, id: Id, stage: Stage) -> Result<Option<contact_channel::Model>, DbErr> {
    contact_channel::Entity::find_by_id((id, stage)).one(tx).await
}

/// Writes what a channel is at its stage, in place of what it was.
pub async fn put_row(tx: &Tx, row: contact_channel::Model) -> Result<(), DbErr> {
    contact_channel::Entity::update(row.into_active_model().reset_all()).exec(tx).await.map(|_| ())
}

/// Keeps an urgent correction for a second person to look at, in place of the one before.
pub async fn put_urgent_correction(tx: &Tx, correction: urgent_correction::Model) -> Result<(), DbErr> {
    use urgent_correction::Column;
    let others = [Column::CorrectedAt, Column::CorrectedBy, Column::Reason, Column::ReviewDueAt];
    urgent_correction::Entity::insert(correction.into_active_model())
        .on_conflict(OnConflict::column(Column::DocumentId).update_columns(others).to_owned())
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// The urgent correction that a second person has not looked at.
pub async fn urgent_correction(tx: &Tx, id: Id) -> Result<Option<urgent_correction::Model>, DbErr> {
    urgent_correction::Entity::find_by_id(id).one(tx).await
}

/// Forgets an urgent correction.
pub async fn forget_urgent_correction(tx: &Tx, id: Id) -> Result<(), DbErr> {
    urgent_correction::Entity::delete_by_id(id).exec(tx).await.map(|_| ())
}

/// When channels were last tried; those that never were are missing.
pub async fn verifications<C: Connection>(
    db: &C,
    ids: &[Id],
) -> Result<HashMap<Id, verification::Model>, DbErr> {
    let rows = verification::Entity::find()
        .filter(verification::Column::DocumentId.is_in(among(ids)))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.document_id, row)).collect())
}

/// Keeps a verification in place of the one before.
pub async fn put_verification(tx: &Tx, verification: verification::Model) -> Result<(), DbErr> {
    use verification::Column;
    let others = [Column::VerifiedAt, Column::VerifiedBy, Column::Method, Column::Number];
    verification::Entity::insert(verification.into_active_model())
        .on_conflict(OnConflict::column(Column::DocumentId).update_columns(others).to_owned())
        .exec_without_returning(tx)
        .await
        .map(|_| ())
}

/// Forgets that a channel was ever tried.
pub async fn forget_verification(tx: &Tx, id: Id) -> Result<(), DbErr> {
    verification::Entity::delete_many()
        .filter(verification::Column::DocumentId.eq(id))
        .exec(tx)
        .await
        .map(|_| ())
}
