//! Reading the editions of campaigns, their words and the posts that belong to them: one statement each, whatever
//! the number of campaigns or editions.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::campaign::{edition, edition_seen, edition_text};
use entity::link::{self, Field};
use entity::{Id, post};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, OnConflict, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder};

use super::noun::Record;
use super::page::{self, Page, Slice};
use super::post::Post;
use super::read::is_wished;
use super::sql::among;
use super::{Db, Scope, Stage, Tx};

/// As many as SQLite has parameters for, with room to spare.
const MAX_ERAS: usize = 1_000;
/// The name of the table of eras within a statement, and its columns as both databases name them.
const ERA: &str = "era";
const EDITION: &str = "column1";
const CAMPAIGN: &str = "column2";
const FROM: &str = "column3";
const UNTIL: &str = "column4";

/// Which posts belong to an edition: those chosen for it, and those of its campaign published in its time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Era {
    /// The edition.
    pub edition_id: Id,
    /// Its campaign.
    pub campaign_id: Id,
    /// From its own start …
    pub from: DateTime<Utc>,
    /// … until the start of the next, exclusive; none for the last.
    pub until: Option<DateTime<Utc>>,
}

/// The editions that campaigns have at the reader's stage, the last year first. Whether a campaign is in sight
/// is for those to know who have it.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn of_campaigns(
    db: &Db,
    scope: &Scope,
    campaigns: &[Id],
) -> Result<HashMap<Id, Vec<edition::Model>>, DbErr> {
    let rows = edition::Entity::find()
        .filter(edition::Column::DocumentId.is_in(among(campaigns)))
        .filter(scope.shows(edition::Entity))
        .order_by_desc(edition::Column::Year)
        .all(db)
        .await?;
    let mut by_campaign: HashMap<Id, Vec<edition::Model>> = HashMap::new();
    for row in rows {
        by_campaign.entry(row.document_id).or_default().push(row);
    }
    Ok(by_campaign)
}

/// The campaigns that editions belong to at the reader's stage.
pub async fn campaigns_of(db: &Db, scope: &Scope, editions: &[Id]) -> Result<HashMap<Id, Id>, DbErr> {
    let rows = edition::Entity::find()
        .filter(edition::Column::Id.is_in(among(editions)))
        .filter(scope.shows(edition::Entity))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.document_id)).collect())
}

/// Whether a campaign has an edition of a year at the reader's stage.
pub async fn exists(db: &Db, scope: &Scope, campaign_id: Id, year: i32) -> Result<bool, DbErr> {
    let row = edition::Entity::find()
        .filter(edition::Column::DocumentId.eq(campaign_id))
        .filter(scope.shows(edition::Entity))
        .filter(edition::Column::Year.eq(year))
        .one(db)
        .await?;
    Ok(row.is_some())
}

/// Marks the years whose editions readers now see.
pub async fn show(tx: &Tx, campaign_id: Id) -> Result<(), DbErr> {
    let years = Query::select()
        .columns([edition::Column::DocumentId, edition::Column::Year])
        .from(edition::Entity)
        .and_where(Expr::col(edition::Column::DocumentId).eq(campaign_id))
        .and_where(Expr::col(edition::Column::Stage).eq(Stage::Published.as_str()))
        .take();
    let mut insert = Query::insert();
    insert
        .into_table(edition_seen::Entity)
        .columns([edition_seen::Column::DocumentId, edition_seen::Column::Year])
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .select_from(years)
        .map_err(|error| DbErr::Custom(error.to_string()))?;
    tx.execute(&insert).await.map(|_| ())
}

/// Whether readers ever saw an edition of a year.
pub async fn was_seen(db: &Db, campaign_id: Id, year: i32) -> Result<bool, DbErr> {
    Ok(edition_seen::Entity::find_by_id((campaign_id, year)).one(db).await?.is_some())
}

/// Forgets which years readers saw.
pub async fn forget_seen(tx: &Tx, campaign_id: Id) -> Result<(), DbErr> {
    edition_seen::Entity::delete_many()
        .filter(edition_seen::Column::DocumentId.eq(campaign_id))
        .exec(tx)
        .await
        .map(|_| ())
}

/// The words of editions, each in the first wished language that it has any in; none for those without words.
pub async fn words(
    db: &Db,
    scope: &Scope,
    editions: &[Id],
) -> Result<HashMap<Id, edition_text::Model>, DbErr> {
    let rows = edition_text::Entity::find()
        .filter(edition_text::Column::EditionId.is_in(among(editions)))
        .filter(scope.sees(
            (edition_text::Entity, edition_text::Column::Stage),
            (edition_text::Entity, edition_text::Column::EditionId),
        ))
        .filter(is_wished::<edition_text::Entity>(
            scope,
            "edition_id",
            Expr::col((edition_text::Entity, edition_text::Column::EditionId)),
        ))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.edition_id, row)).collect())
}

/// A page of the posts of each of several editions at once.
pub async fn posts(
    db: &Db,
    scope: &Scope,
    eras: &[Era],
    page: &Page,
) -> Result<HashMap<Id, Slice<Record<Post>>>, DbErr> {
    let mut pages = HashMap::new();
    for eras in eras.chunks(MAX_ERAS) {
        pages.extend(page::pages_along::<Post>(db, scope, belonging(scope, eras), page).await?);
    }
    Ok(pages)
}

/// How many posts each of several editions has.
pub async fn post_counts(db: &Db, scope: &Scope, eras: &[Era]) -> Result<HashMap<Id, i64>, DbErr> {
    let mut counts = HashMap::new();
    for eras in eras.chunks(MAX_ERAS) {
        counts.extend(page::counts_along::<Post>(db, scope, belonging(scope, eras), None).await?);
    }
    Ok(counts)
}

/// The edges from posts to the editions that they belong to, each once.
fn belonging(scope: &Scope, eras: &[Era]) -> SelectStatement {
    let values =
        eras.iter().map(|era| (era.edition_id.to_string(), era.campaign_id.to_string(), era.from, era.until));
    let sorted_at = Expr::col((post::Entity, post::Column::SortedAt));
    let until = Expr::col((ERA, UNTIL));
    let in_time = Query::select()
        .expr(Expr::col((link::Entity, link::Column::DocumentId)))
        .expr_as(Expr::col((ERA, EDITION)), "to_id")
        .from_values(values, ERA)
        .join(
            JoinType::InnerJoin,
            link::Entity,
            Condition::all()
                .add(Expr::col((link::Entity, link::Column::ToId)).equals((ERA, CAMPAIGN)))
                .add(scope.shows(link::Entity))
                .add(Expr::col((link::Entity, link::Column::Field)).eq(Field::Campaigns.as_str())),
        )
        .join(
            JoinType::InnerJoin,
            post::Entity,
            Condition::all()
                .add(
                    Expr::col((post::Entity, post::Column::DocumentId))
                        .equals((link::Entity, link::Column::DocumentId)),
                )
                .add(scope.shows(post::Entity)),
        )
        .and_where(sorted_at.clone().gte(Expr::col((ERA, FROM))))
        .and_where(until.clone().is_null().or(sorted_at.lt(until)))
        .take();
    let chosen = Query::select()
        .expr_as(Expr::col(link::Column::ToId), "document_id")
        .expr_as(Expr::col(link::Column::FromId), "to_id")
        .from(link::Entity)
        .and_where(Expr::col(link::Column::FromId).is_in(eras.iter().map(|era| era.edition_id)))
        .and_where(scope.sees(link::Column::Stage, link::Column::DocumentId))
        .and_where(Expr::col(link::Column::Field).eq(Field::Posts.as_str()))
        .take();
    let mut edges = in_time;
    edges.union(UnionType::Distinct, chosen);
    edges
}
