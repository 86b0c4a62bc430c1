//! What texts refer to: found by slug when words are saved, and again when they are published.

use std::collections::{HashMap, HashSet};

use entity::document::{self, NodeKind, Stage};
use entity::link::{self, Field};
pub use entity::text_reference::Model as TextReference;
use entity::text_reference::{Column, Entity};
use entity::{Id, slug};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::{Connection, Scope, Tx, parts};

/// A text: the document or part that it is of, and its language.
pub type TextKey = (Id, String);

/// What some texts refer to in sight, each in the order of appearance.
///
/// # Errors
/// Whatever the database answers, here and below.
pub async fn of_texts(
    db: &impl Connection,
    scope: &Scope,
    texts: &[TextKey],
) -> Result<HashMap<TextKey, Vec<TextReference>>, DbErr> {
    let ids: HashSet<Id> = texts.iter().map(|(id, _)| *id).collect();
    let languages: HashSet<&str> = texts.iter().map(|(_, language)| language.as_str()).collect();
    let rows = Entity::find()
        .filter(Column::FromId.is_in(ids))
        .filter(scope.shows(Entity))
        .filter(Column::Language.is_in(languages))
        .order_by_asc(Column::Position)
        .all(db)
        .await?;
    let mut by_text: HashMap<TextKey, Vec<TextReference>> = HashMap::new();
    for row in rows {
        by_text.entry((row.from_id, row.language.clone())).or_default().push(row);
    }
    Ok(by_text)
}

/// Finds whose the slugs of some references are: in the language of the text first, then in the site's default, then in
/// any; an old slug is its owner's too. What nobody has any more stays what it was at this stage.
pub async fn resolve(
    tx: &Tx,
    (document_id, stage): (Id, Stage),
    default_language: &str,
    references: &mut [TextReference],
) -> Result<(), DbErr> {
    if references.is_empty() {
        return Ok(());
    }
    let before: HashMap<(NodeKind, String), Id> = at(tx, document_id, stage)
        .await?
        .into_iter()
        .filter_map(|row| Some(((row.node_kind, row.slug), row.to_id?)))
        .collect();
    let owners = owners(tx, references).await?;
    for reference in references {
        let key = (reference.node_kind, reference.slug.clone());
        let rank = |language: &str| (language != reference.language, language != default_language);
        let owner = owners.get(&key).into_iter().flatten().min_by_key(|owner| rank(&owner.language));
        reference.to_id = owner.map(|owner| owner.document_id).or_else(|| before.get(&key).copied());
    }
    Ok(())
}

/// Who has or had the slugs of some references, deleted documents aside; in the order of languages.
async fn owners(
    tx: &Tx,
    references: &[TextReference],
) -> Result<HashMap<(NodeKind, String), Vec<slug::Model>>, DbErr> {
    let slugs: HashSet<&str> = references.iter().map(|reference| reference.slug.as_str()).collect();
    let living = Query::select().column(document::Column::Id).from(document::Entity).take();
    let rows = slug::Entity::find()
        .filter(slug::Column::Slug.is_in(slugs))
        .filter(slug::Column::DocumentId.in_subquery(living))
        .order_by_asc(slug::Column::Language)
        .all(tx)
        .await?;
    let mut owners: HashMap<(NodeKind, String), Vec<slug::Model>> = HashMap::new();
    for row in rows {
        owners.entry((row.node_kind, row.slug.clone())).or_default().push(row);
    }
    Ok(owners)
}

/// Writes the references of a document at a stage where there are none, and the links that follow from them.
pub async fn insert(
    tx: &Tx,
    document_id: Id,
    stage: Stage,
    references: Vec<TextReference>,
) -> Result<(), DbErr> {
    if references.is_empty() {
        return Ok(());
    }
    parts::insert::<Entity>(tx, references).await?;
    link(tx, document_id, stage).await
}

/// Looks again for what a document refers to at a stage: it may have been made, renamed or deleted since.
pub async fn settle(tx: &Tx, document_id: Id, stage: Stage, default_language: &str) -> Result<(), DbErr> {
    let mut references = at(tx, document_id, stage).await?;
    if references.is_empty() {
        return Ok(());
    }
    resolve(tx, (document_id, stage), default_language, &mut references).await?;
    Entity::delete_many()
        .filter(Column::DocumentId.eq(document_id))
        .filter(Column::Stage.eq(stage))
        .exec(tx)
        .await?;
    insert(tx, document_id, stage, references).await
}

/// Makes a document's links at a stage follow from what its texts refer to there: each target once.
pub async fn link(tx: &Tx, document_id: Id, stage: Stage) -> Result<(), DbErr> {
    link::Entity::delete_many()
        .filter(link::Column::FromId.eq(document_id))
        .filter(link::Column::Stage.eq(stage))
        .filter(link::Column::Field.eq(Field::References))
        .exec(tx)
        .await?;
    let mut seen = HashSet::new();
    let targets = at(tx, document_id, stage).await?.into_iter().filter_map(|row| row.to_id);
    let links = (0..).zip(targets.filter(|to_id| seen.insert(*to_id))).map(|(position, to_id)| link::Model {
        from_id: document_id,
        stage,
        field: Field::References,
        position,
        document_id,
        to_id,
    });
    parts::insert::<link::Entity>(tx, links.collect()).await
}

/// Lets references to a document that is deleted lead to nothing.
pub async fn forget(tx: &Tx, to_id: Id) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::ToId, Expr::value(None::<Id>))
        .filter(Column::ToId.eq(to_id))
        .exec(tx)
        .await
        .map(|_| ())
}

/// What the texts of a document refer to at a stage: by language, and within each its own text first.
async fn at(tx: &Tx, document_id: Id, stage: Stage) -> Result<Vec<TextReference>, DbErr> {
    let own = Condition::all().add(Column::DocumentId.eq(document_id)).add(Column::Stage.eq(stage));
    let mut rows = Entity::find()
        .filter(own)
        .order_by_asc(Column::Language)
        .order_by_asc(Column::FromId)
        .order_by_asc(Column::Position)
        .all(tx)
        .await?;
    rows.sort_by_key(|row| row.from_id != document_id);
    Ok(rows)
}
