//! Posts that have something in common.

use std::collections::HashMap;

use entity::Id;
use entity::document::{self, NodeKind};
use entity::link::{self, Field};
use entity::post;
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, Func, IntoColumnRef, Order as Direction, Query, WindowStatement,
};
use sea_orm::{DbErr, JoinType};

use super::noun::{Record, all};
use super::post::Post;
use super::read::{grouped, records};
use super::{Db, Scope};

/// What posts are related by.
const SHARED: [Field; 3] = [Field::Topics, Field::Campaigns, Field::Statistics];

/// For each of some posts the others that share the most topics, campaigns and statistics with it: the most first, then the
/// newest, then by id. One statement, whatever their number.
///
/// # Errors
/// Whatever the database answers.
pub async fn related(
    db: &Db,
    scope: &Scope,
    posts: &[Id],
    most: u32,
) -> Result<HashMap<Id, Vec<Record<Post>>>, DbErr> {
    let (mine, theirs, ranked) = (Alias::new("mine"), Alias::new("theirs"), Alias::new("ranked"));
    let of = |table: &Alias, column: link::Column| (table.clone(), column).into_column_ref();
    let fields = || SHARED.map(Field::as_str);
    let shared = Expr::col(of(&mine, link::Column::ToId)).count_distinct();
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
            link::Entity,
            theirs.clone(),
            Expr::col(of(&theirs, link::Column::ToId))
                .equals((mine.clone(), link::Column::ToId))
                .and(scope.sees(of(&theirs, link::Column::Stage), of(&theirs, link::Column::DocumentId)))
                .and(Expr::col(of(&theirs, link::Column::Field)).is_in(fields()))
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
                .and(
                    scope.sees((post::Entity, post::Column::Stage), (post::Entity, post::Column::DocumentId)),
                ),
        )
        .and_where(Expr::col(of(&mine, link::Column::DocumentId)).is_in(posts.iter().copied()))
        .and_where(scope.sees(of(&mine, link::Column::Stage), of(&mine, link::Column::DocumentId)))
        .and_where(Expr::col(of(&mine, link::Column::Field)).is_in(fields()))
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
            Expr::col((ranked.clone(), "related_id")).equals((document::Entity, document::Column::Id)),
        )
        .and_where(Expr::col((document::Entity, document::Column::NodeKind)).eq(NodeKind::Post.as_str()))
        .and_where(Expr::col((ranked.clone(), "place")).lte(most))
        .order_by((ranked, "place"), Direction::Asc);
    grouped(&all(db, &select).await?, |row| Record::read(scope, row))
}
