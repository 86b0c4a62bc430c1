//! What changed for readers, folded to the newest change of each item.
//!
//! Written in the transaction of the change itself, so that a page is a walk along one index, however long the history:
//! docs/decisions/0010-changes-folded-when-written.md.

use entity::change::Action;
use entity::document::{NodeKind, State};
use entity::visible_change::{ChangeKind, Column, Entity, Model};
use entity::{Id, change};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    Statement, Value,
};
use serde::{Deserialize, Serialize};

use super::sql::among;
use super::{Db, Tx, draft, site};

/// Where an item stands among the changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The content version of its newest change.
    pub content_version: i64,
    rank: i32,
    document_id: Id,
}

impl Place {
    /// Behind everything that a content version brought.
    #[must_use]
    pub fn behind(content_version: i64) -> Self {
        Self { content_version, rank: i32::MAX, document_id: Id(uuid::Uuid::max()) }
    }

    /// Where a change stands.
    #[must_use]
    pub fn of(change: &Model) -> Self {
        Self { content_version: change.content_version, rank: change.rank, document_id: change.document_id }
    }
}

/// The changes after a place, oldest first, at most so many; of some kinds of content, or of all.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn after(
    db: &Db,
    place: Option<Place>,
    kinds: Option<&[NodeKind]>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let mut select = Entity::find()
        .order_by_asc(Column::ContentVersion)
        .order_by_asc(Column::Rank)
        .order_by_asc(Column::DocumentId)
        .limit(limit);
    if let Some(Place { content_version, rank, document_id }) = place {
        let key = [Column::ContentVersion, Column::Rank, Column::DocumentId].map(Expr::col);
        let bound = [Expr::val(content_version), Expr::val(rank), Expr::val(document_id)];
        select = select.filter(Expr::tuple(key).gt(Expr::tuple(bound)));
    }
    if let Some(kinds) = kinds {
        select = select.filter(Column::NodeKind.is_in(among(kinds)));
    }
    select.all(db).await
}

/// Whether readers ever heard of an item.
pub async fn is_told(tx: &Tx, id: Id) -> Result<bool, DbErr> {
    Ok(Entity::find_by_id(id).one(tx).await?.is_some())
}

/// Notes what a change that readers see is to them: to the item itself, to what comes into sight or leaves it together
/// with it, and to what shows it, or showed it before. The documents and links are already as the change leaves them.
pub(super) async fn note(tx: &Tx, change: &change::Model, shown_by: Option<Id>) -> Result<(), DbErr> {
    let change::Model {
        document_id: Some(id),
        node_kind: Some(node_kind),
        content_version: Some(version),
        ..
    } = *change
    else {
        return Ok(());
    };
    let at = Value::from(change.at);
    // The site is no item of its own.
    if node_kind != NodeKind::Site {
        let kind = kind(tx, id, change.action).await?;
        let own =
            Model { document_id: id, node_kind, kind, content_version: version, rank: 0, at: change.at };
        let newer = [Column::Kind, Column::ContentVersion, Column::Rank, Column::At];
        Entity::insert(own.into_active_model())
            .on_conflict(OnConflict::column(Column::DocumentId).update_columns(newer).to_owned())
            .exec_without_returning(tx)
            .await?;
        run(tx, APPEAR, [version.into(), at.clone(), id.into()]).await?;
        // What is seen for the first time referred to nothing before.
        if kind != ChangeKind::Published {
            run(tx, DISAPPEAR, [version.into(), at.clone()]).await?;
        }
    }
    // A document shows itself: whom nothing else is to be told of is told of nothing more.
    let shown_by = shown_by.unwrap_or(id);
    run(tx, SHOW, [version.into(), at, id.into(), site::ID.into(), shown_by.into()]).await
}

/// What a change is to the readers of the item.
async fn kind(tx: &Tx, id: Id, action: Action) -> Result<ChangeKind, DbErr> {
    if matches!(action, Action::Deleted | Action::Erased) {
        return Ok(ChangeKind::Deleted);
    }
    let document = draft::existing(tx, &[id]).await?.pop();
    if document.is_none_or(|document| document.state != State::Published) {
        return Ok(ChangeKind::Withdrawn);
    }
    let before = Entity::find_by_id(id).one(tx).await?;
    let was_seen = before.is_some_and(|before| !before.kind.is_gone());
    Ok(if was_seen { ChangeKind::Updated } else { ChangeKind::Published })
}

/// Topics, people and sources are in sight while something published refers to them: those that the item refers to come
/// into sight with it.
const APPEAR: &str = "
insert into visible_change (document_id, node_kind, kind, content_version, rank, at)
select id, node_kind, 'PUBLISHED', $1, 1, $2 from document
where node_kind in ('TOPIC', 'PERSON', 'SOURCE')
  and id in (select to_id from link where document_id = $3 and stage = 'PUBLISHED')
on conflict (document_id) do update
set kind = excluded.kind, content_version = excluded.content_version, rank = excluded.rank, at = excluded.at
where visible_change.kind in ('WITHDRAWN', 'DELETED')";

/// Those that nothing refers to any more leave it.
const DISAPPEAR: &str = "
update visible_change set kind = 'WITHDRAWN', content_version = $1, rank = 1, at = $2
where node_kind in ('TOPIC', 'PERSON', 'SOURCE') and kind not in ('WITHDRAWN', 'DELETED')
  and not exists (select 1 from link where to_id = visible_change.document_id and stage = 'PUBLISHED')";

/// What shows the item: whatever refers to it, and the service that a channel reaches. A statistic shows its sources, a
/// set its statistics and a channel its service wherever they are shown themselves; the own channels of a campaign or a topic
/// are shown by its posts and by nothing else that refers to it, and those of the site by all posts.
const SHOW: &str = "
with recursive shows (id, goes_on) as (
  select id, 'WHEREVER' from document where id = $3
  union
  select link.document_id, case
      when document.node_kind in ('STATISTIC', 'STATISTIC_SET', 'CONTACT_CHANNEL') then 'WHEREVER'
      when link.field = 'CHANNELS' and link.from_id = link.document_id and document.node_kind in ('CAMPAIGN', 'TOPIC')
        then 'IN_ITS_POSTS'
      else 'NOWHERE' end
  from shows
  join link on link.to_id = shows.id and link.stage = 'PUBLISHED'
  join document on document.id = link.document_id
  where shows.goes_on = 'WHEREVER'
    or (shows.goes_on = 'IN_ITS_POSTS' and document.node_kind = 'POST' and link.field in ('CAMPAIGNS', 'TOPICS'))
), affected (id) as (
  select id from shows
  union
  select id from document where id = $5
  union
  select to_id from link where document_id = $3 and stage = 'PUBLISHED' and field = 'SERVICE'
  union
  select post.document_id from shows cross join visible_change post where shows.id = $4 and post.node_kind = 'POST'
)
update visible_change set kind = 'REFERENCE_UPDATED', content_version = $1, rank = 2, at = $2
where document_id in (select id from affected) and document_id <> $3
  and kind not in ('WITHDRAWN', 'DELETED') and content_version < $1";

async fn run<const N: usize>(tx: &Tx, sql: &str, values: [Value; N]) -> Result<(), DbErr> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    tx.execute_raw(statement).await.map(|_| ())
}
