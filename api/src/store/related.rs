//! Posts that have something in common.

use std::collections::HashMap;

use entity::Id;
use entity::document::{self, NodeKind, Stage, State};
use entity::link::{self, Field};
use entity::post;
use sea_orm::sea_query::{
    Alias, Condition, Expr, ExprTrait, Func, IntoColumnRef, Order as Direction, Query, WindowStatement,
};
use sea_orm::{DbErr, JoinType};

use super::noun::{Record, all, id_of};
use super::post::Post;
use super::read::{grouped, records};
use super::sql::among;
use super::{Db, Scope};

/// What posts are related by: what they are filed under, and what their texts refer to.
const FIELDS: [Field; 3] = [Field::Topics, Field::Campaigns, Field::References];
const KINDS: [NodeKind; 3] = [NodeKind::Topic, NodeKind::Campaign, NodeKind::Statistic];
/// How many of those that have a topic, campaign or statistic are looked at: the newest. A topic may have a hundred thousand.
const NEWEST: u64 = 200;

/// For each of some posts the others that share the most topics, campaigns and statistics with it: the most first, then the
/// newest, then by id. Of what has the same topic, campaign or statistic the newest 200 count, by when they were made. One
/// statement, whatever their number.
///
/// # Errors
/// Whatever the database answers.
pub async fn related(
    db: &Db,
    scope: &Scope,
    posts: &[Id],
    most: u32,
) -> Result<HashMap<Id, Vec<Record<Post>>>, DbErr> {
    let [mine, theirs, newest, thing, ranked] =
        ["mine", "theirs", "newest", "thing", "ranked"].map(Alias::new);
    let of = |table: &Alias, column: link::Column| (table.clone(), column).into_column_ref();
    let shared = Expr::col(of(&mine, link::Column::ToId)).count_distinct();
    // What was withdrawn is no longer shown, though texts still refer to it.
    let in_sight = scope.by_stage((thing.clone(), document::Column::Id), |stage| match stage {
        Stage::Published => Expr::col((thing.clone(), document::Column::State)).eq(State::Published.as_str()),
        Stage::Draft | Stage::Scheduled => Expr::val(true),
    });
    // Ids begin with their time.
    let since = Query::select()
        .column((newest.clone(), link::Column::FromId))
        .from_as(link::Entity, newest.clone())
        .and_where(Expr::col(of(&newest, link::Column::ToId)).equals((mine.clone(), link::Column::ToId)))
        .and_where(scope.shows(newest.clone()))
        .and_where(Expr::col(of(&newest, link::Column::Field)).equals((mine.clone(), link::Column::Field)))
        .order_by((newest, link::Column::FromId), Direction::Desc)
        .offset(NEWEST - 1)
        .limit(1)
        .take();
    let since = Func::coalesce([Expr::SubQuery(None, Box::new(since.into())), Expr::val("")]);
    let window = WindowStatement::partition_by(of(&mine, link::Column::DocumentId))
        .order_by_expr(shared, Direction::Desc)
        .order_by((post::Entity, post::Column::SortedAt), Direction::Desc)
        .order_by((post::Entity, post::Column::DocumentId), Direction::Asc)
        .take();
    let scored = Query::select()
        .expr_as(Expr::col(of(&mine, link::Column::DocumentId)), "parent_id")
        .expr_as(Expr::col((post::Entity, post::Column::DocumentId)), "related_id")
        .expr_window_as(Func::cust("row_number"), window, "place")
        .from_as(link::Entity, mine.clone())
        .join_as(
            JoinType::InnerJoin,
            document::Entity,
            thing.clone(),
            Condition::all()
                .add(
                    Expr::col((thing.clone(), document::Column::Id))
                        .equals((mine.clone(), link::Column::ToId)),
                )
                .add(
                    Expr::col((thing.clone(), document::Column::NodeKind)).is_in(KINDS.map(NodeKind::as_str)),
                )
                .add(in_sight),
        )
        .join_as(
            JoinType::InnerJoin,
            link::Entity,
            theirs.clone(),
            Expr::col(of(&theirs, link::Column::ToId))
                .equals((mine.clone(), link::Column::ToId))
                .and(scope.shows(theirs.clone()))
                .and(Expr::col(of(&theirs, link::Column::Field)).equals((mine.clone(), link::Column::Field)))
                .and(Expr::col(of(&theirs, link::Column::FromId)).gte(since))
                .and(
                    Expr::col(of(&theirs, link::Column::DocumentId))
                        .not_equals((mine.clone(), link::Column::DocumentId)),
                ),
        )
        .join(
            JoinType::InnerJoin,
            post::Entity,
            Expr::col((post::Entity, post::Column::DocumentId))
                .equals((theirs.clone(), link::Column::DocumentId))
                .and(scope.shows(post::Entity)),
        )
        .and_where(Expr::col(of(&mine, link::Column::DocumentId)).is_in(among(posts)))
        .and_where(scope.shows(mine.clone()))
        .and_where(Expr::col(of(&mine, link::Column::Field)).is_in(FIELDS.map(Field::as_str)))
        .group_by_columns([
            of(&mine, link::Column::DocumentId),
            (post::Entity, post::Column::DocumentId).into_column_ref(),
            (post::Entity, post::Column::SortedAt).into_column_ref(),
        ])
        .take();
    let mut select = records::<Post>(scope);
    select
        .expr_as(Expr::col((ranked.clone(), "parent_id")), "parent_id")
        .join_subquery(
            JoinType::InnerJoin,
            scored,
            ranked.clone(),
            Expr::col((ranked.clone(), "related_id")).eq(id_of::<Post>()),
        )
        .and_where(Expr::col((ranked.clone(), "place")).lte(most))
        .order_by((ranked, "place"), Direction::Asc);
    grouped(&all(db, &select).await?, |row| Record::read(scope, row))
}
