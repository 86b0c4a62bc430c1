//! Channels that may help: the published ones of services that can be turned to.

use entity::contact_channel::{self, ChannelKind};
use entity::document::NodeKind;
use entity::link::{self, Field};
use entity::service::{self, AudienceRole, ServiceStatus};
use entity::statistic::AreaScheme;
use entity::{document, translation};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{DbErr, JoinType};

use super::contact_channel::ContactChannel;
use super::noun::{Record, all, id_of};
use super::read::records;
use super::{Db, Scope};

/// Which channels. All that is said must hold, and a service that does not say whom or where it helps helps everybody.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The slug of a topic, in any language, that the service is about or that names the channel.
    pub topic: Option<String>,
    /// The channel is one of these kinds; any, where there are none.
    pub kinds: Vec<ChannelKind>,
    /// The service is for people of this age.
    pub age: Option<i32>,
    /// The service is for these people.
    pub role: Option<AudienceRole>,
    /// The service works in one of these areas; anywhere, where there are none.
    pub areas: Vec<(AreaScheme, String)>,
    /// Somebody answers at certain hours.
    pub is_live: bool,
}

/// A page of them by priority.
///
/// # Errors
/// Whatever the database answers.
pub async fn candidates(
    db: &Db,
    scope: &Scope,
    asked: &Asked,
    page: std::ops::Range<u64>,
) -> Result<Vec<Record<ContactChannel>>, DbErr> {
    let mut select = records::<ContactChannel>(scope);
    select
        .join(
            JoinType::InnerJoin,
            service::Entity,
            Condition::all()
                .add(
                    Expr::col((service::Entity, service::Column::DocumentId))
                        .equals((contact_channel::Entity, contact_channel::Column::ServiceId)),
                )
                .add(scope.shows(service::Entity)),
        )
        .and_where(Expr::col((service::Entity, service::Column::Status)).eq(ServiceStatus::Active.as_str()))
        .cond_where(condition(scope, asked))
        .order_by((contact_channel::Entity, contact_channel::Column::Priority), Order::Asc)
        .order_by_expr(id_of::<ContactChannel>(), Order::Asc)
        .limit(page.end - page.start)
        .offset(page.start);
    all(db, &select).await?.iter().map(|row| Record::read(scope, row)).collect()
}

fn condition(scope: &Scope, asked: &Asked) -> Condition {
    let Asked { topic, kinds, age, role, areas, is_live } = asked;
    let mut all = Condition::all();
    if let Some(slug) = topic {
        all = all.add(about(scope, slug));
    }
    if !kinds.is_empty() {
        let kind = Expr::col((contact_channel::Entity, contact_channel::Column::ChannelKind));
        all = all.add(kind.is_in(kinds.iter().map(|kind| kind.as_str())));
    }
    if let Some(age) = age {
        let unless = |bound, holds: fn(Expr, i32) -> Expr| {
            let column = Expr::col((service::Entity, bound));
            Condition::any().add(column.clone().is_null()).add(holds(column, *age))
        };
        all = all
            .add(unless(service::Column::MinAge, ExprTrait::lte))
            .add(unless(service::Column::MaxAge, ExprTrait::gte));
    }
    if let Some(role) = role {
        let roles = Expr::col((service::Entity, service::Column::Roles)).cast_as("text");
        let stated = format!("%\"{}\"%", role.as_str());
        all = all.add(Condition::any().add(roles.clone().eq("[]")).add(roles.like(stated)));
    }
    if !areas.is_empty() {
        let covered = |areas: &[(AreaScheme, String)]| {
            use service::area::{Column, Entity};
            let mut covered = Query::select();
            covered
                .expr(Expr::val(1))
                .from(Entity)
                .and_where(
                    Expr::col((Entity, Column::DocumentId))
                        .equals((service::Entity, service::Column::DocumentId)),
                )
                .and_where(scope.shows(Entity));
            if !areas.is_empty() {
                let one = |(scheme, code): &(AreaScheme, String)| {
                    Condition::all()
                        .add(Expr::col((Entity, Column::Scheme)).eq(scheme.as_str()))
                        .add(Expr::col((Entity, Column::Code)).eq(code.as_str()))
                };
                covered.cond_where(areas.iter().map(one).fold(Condition::any(), Condition::add));
            }
            Expr::exists(covered)
        };
        all = all.add(Condition::any().add(covered(areas)).add(covered(&[]).not()));
    }
    if *is_live {
        all = all.add(
            Expr::col((contact_channel::Entity, contact_channel::Column::HoursExpression)).is_not_null(),
        );
    }
    all
}

/// The topic names the channel, or the service is about the topic.
fn about(scope: &Scope, slug: &str) -> Condition {
    let linked = |field: Field, from: bool| -> SelectStatement {
        let (own, other) = if from {
            (link::Column::FromId, link::Column::ToId)
        } else {
            (link::Column::ToId, link::Column::FromId)
        };
        Query::select()
            .column((link::Entity, own))
            .from(link::Entity)
            .and_where(Expr::col((link::Entity, link::Column::Field)).eq(field.as_str()))
            .and_where(scope.shows(link::Entity))
            .and_where(Expr::col((link::Entity, other)).in_subquery(topics(scope, slug)))
            .take()
    };
    let service = Expr::col((service::Entity, service::Column::DocumentId));
    let channel = id_of::<ContactChannel>();
    Condition::any()
        .add(service.in_subquery(linked(Field::Topics, true)))
        .add(channel.in_subquery(linked(Field::Channels, false)))
}

fn topics(scope: &Scope, slug: &str) -> SelectStatement {
    let (named, kind) = (sea_orm::sea_query::Alias::new("named"), sea_orm::sea_query::Alias::new("topic"));
    Query::select()
        .column((named.clone(), translation::Column::DocumentId))
        .from_as(translation::Entity, named.clone())
        .join_as(
            JoinType::InnerJoin,
            document::Entity,
            kind.clone(),
            Expr::col((kind.clone(), document::Column::Id))
                .equals((named.clone(), translation::Column::DocumentId)),
        )
        .and_where(Expr::col((kind, document::Column::NodeKind)).eq(NodeKind::Topic.as_str()))
        .and_where(scope.shows(named.clone()))
        .and_where(Expr::col((named, translation::Column::Slug)).eq(slug.to_lowercase()))
        .take()
}
