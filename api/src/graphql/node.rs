//! What is asked and done for any kind of content: `node`, `resolve`, publishing, withdrawing, deleting.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};

use super::campaign::{edition_by_id, edition_of_year};
use super::check::{Check, CheckOverrideInput};
use super::content::{Content, Doc, Node, Sight, sight};
use super::error::{GqlError, Result};
use super::loader::{ById, DataLoader, Documents, documents};
use super::payload::{self, UserError, outcome};
use super::scalar::{self, LanguageTag};
use super::site::Site;
use super::statistic::find_figure;
use super::{api_client, app, db, id, revision, user, view};
use crate::domain::campaign;
use crate::domain::read::{self, Noun};
use crate::domain::resolve::{Resolved, resolve};
use crate::domain::{Id, NodeKind, erasure, language, post, publication, revision as history, value};
use crate::domain::{contact_channel, service};
use crate::domain::{person, source, topic};
use crate::domain::{statistic, statistic_set};

/// The most ids of one `nodes`.
const MAX_NODES: usize = 100;

/// The object of a document of a kind, if it is in sight.
async fn node<N: Noun>(ctx: &Context<'_>, sight: &Sight, id: Id) -> Result<Option<Doc<N>>> {
    let loader: &DataLoader<Documents<N>> = documents::<N>(ctx);
    let record = loader.load_one(ById(sight.scope.clone(), id)).await?;
    Ok(record.map(|record| Doc::new(sight, record)))
}

/// The content of a kind and id, if it is in sight.
pub(super) async fn content(
    ctx: &Context<'_>,
    sight: &Sight,
    kind: NodeKind,
    id: Id,
) -> Result<Option<Content>> {
    Ok(match kind {
        NodeKind::Post => node::<post::Post>(ctx, sight, id).await?.map(Content::Post),
        NodeKind::Statistic => node::<statistic::Statistic>(ctx, sight, id).await?.map(Content::Statistic),
        NodeKind::StatisticSet => {
            node::<statistic_set::StatisticSet>(ctx, sight, id).await?.map(Content::StatisticSet)
        }
        NodeKind::Service => node::<service::Service>(ctx, sight, id).await?.map(Content::Service),
        NodeKind::ContactChannel => {
            node::<contact_channel::ContactChannel>(ctx, sight, id).await?.map(Content::ContactChannel)
        }
        NodeKind::Campaign => node::<campaign::Campaign>(ctx, sight, id).await?.map(Content::Campaign),
        _ => None,
    })
}

/// Whatever a global id names, if it is in sight; an id that cannot be read is like one that does not exist.
async fn any(ctx: &Context<'_>, sight: &Sight, id: &ID) -> Result<Option<Node>> {
    let Some((kind, id)) = id::document(id) else { return part(ctx, sight, id).await };
    of_kind(ctx, sight, kind, id).await
}

/// What is no document but has an id of its own.
async fn part(ctx: &Context<'_>, sight: &Sight, id: &ID) -> Result<Option<Node>> {
    if let Some(id) = id::part(id, "figure") {
        return Ok(find_figure(ctx, sight, id).await?.map(Node::Figure));
    }
    if let Some(id) = id::part(id, "revision") {
        return Ok(revision::find(ctx, id).await?.map(Node::Revision));
    }
    if let Some(id) = id::part(id, user::PREFIX) {
        return Ok(user::find(ctx, id).await?.map(Node::User));
    }
    if let Some(id) = id::part(id, api_client::PREFIX) {
        return Ok(api_client::find(ctx, id).await?.map(Node::ApiClient));
    }
    Ok(edition_by_id(ctx, sight, id).await?.map(Node::CampaignEdition))
}

/// The object of a document of any kind, if it is in sight.
pub(super) async fn of_kind(
    ctx: &Context<'_>,
    sight: &Sight,
    kind: NodeKind,
    id: Id,
) -> Result<Option<Node>> {
    Ok(match kind {
        NodeKind::Post => node::<post::Post>(ctx, sight, id).await?.map(Node::Post),
        NodeKind::Topic => node::<topic::Topic>(ctx, sight, id).await?.map(Node::Topic),
        NodeKind::Person => node::<person::Person>(ctx, sight, id).await?.map(Node::Person),
        NodeKind::Source => node::<source::Source>(ctx, sight, id).await?.map(Node::Source),
        NodeKind::Statistic => node::<statistic::Statistic>(ctx, sight, id).await?.map(Node::Statistic),
        NodeKind::StatisticSet => {
            node::<statistic_set::StatisticSet>(ctx, sight, id).await?.map(Node::StatisticSet)
        }
        NodeKind::Service => node::<service::Service>(ctx, sight, id).await?.map(Node::Service),
        NodeKind::ContactChannel => {
            node::<contact_channel::ContactChannel>(ctx, sight, id).await?.map(Node::ContactChannel)
        }
        NodeKind::Campaign => node::<campaign::Campaign>(ctx, sight, id).await?.map(Node::Campaign),
        NodeKind::Site => (id == crate::domain::site::ID).then(|| Node::Site(Site::of(ctx))),
    })
}

/// What lives at a path.
#[derive(SimpleObject)]
pub struct Resolution {
    /// 200 live here, 301 moved to `canonicalPath`, 410 withdrawn for good.
    status: i32,
    /// Where it lives now; null for 410.
    canonical_path: Option<String>,
    /// What it is; null for 410.
    node: Option<Node>,
}

/// Fields of `Query`.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Anything by its global id; null where nothing can be seen.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A global id.")] id: ID,
    ) -> Option<Result<Node>> {
        any(ctx, view(ctx), &id).await.transpose()
    }

    /// In the order of `ids`; null where nothing can be seen. At most 100.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global ids, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > MAX_NODES {
            return Err(GqlError::bad_input(&["ids"], format!("Ask for at most {MAX_NODES} nodes at once.")));
        }
        futures_util::future::try_join_all(ids.iter().map(|id| any(ctx, view(ctx), id))).await
    }

    /// What lives at a site path, following renames. Null when nothing ever did.
    async fn resolve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From the root, without query and fragment: `/posts/sleep-before-exams`.")]
        path: String,
        #[graphql(desc = "Ordered wish list, at most 10; the language of the path unless said.")]
        languages: Option<Vec<LanguageTag>>,
    ) -> Option<Result<Resolution>> {
        let find = async {
            let sight = sight(ctx, languages.clone())?;
            let Some(found) = resolve(app(ctx), db(ctx), &sight.scope, &path).await? else { return Ok(None) };
            let Resolved::Live { kind, id, year, canonical_path, language } = found else {
                return Ok(Some(Resolution { status: 410, canonical_path: None, node: None }));
            };
            let sight = match languages {
                Some(_) => sight,
                None => Arc::new(view(ctx).in_languages(
                    app(ctx),
                    &language::LanguageTag::parse(&language).into_iter().collect::<Vec<_>>(),
                )),
            };
            let node = match year {
                Some(year) => edition_of_year(ctx, &sight, id, year).await?.map(Node::CampaignEdition),
                None => of_kind(ctx, &sight, kind, id).await?,
            };
            let status = if canonical_path == path { 200 } else { 301 };
            Ok(Some(Resolution { status, canonical_path: Some(canonical_path), node }))
        };
        find.await.transpose()
    }
}

/// What became of content.
#[derive(SimpleObject)]
pub struct ContentPayload {
    /// The draft as it is now; null after a dry run and with any user error but a conflict.
    content: Option<Content>,
    /// What was wrong; with any, nothing was done.
    user_errors: Vec<UserError>,
    /// What its checks found that does not stop a publication.
    warnings: Vec<Check>,
}

/// What became of something that was to be deleted.
#[derive(SimpleObject)]
pub struct DeletePayload {
    /// The id of what is gone; null with any user error.
    deleted_id: Option<ID>,
    /// What was wrong; with any, nothing was done.
    user_errors: Vec<UserError>,
}

/// The draft that a verb was about, as it is now.
///
/// # Errors
/// The database's.
pub(super) async fn content_payload(ctx: &Context<'_>, outcome: payload::Outcome) -> Result<ContentPayload> {
    let sight = payload::sight(ctx, None);
    let mut content = None;
    if let Some(id) = outcome.id
        && let Some(kind) = read::kinds(db(ctx), &[id]).await?.remove(&id)
    {
        content = self::content(ctx, &sight, kind, id).await?;
    }
    Ok(ContentPayload { content, user_errors: outcome.user_errors, warnings: outcome.warnings })
}

fn tags(languages: Option<Vec<LanguageTag>>) -> Result<Option<Vec<language::LanguageTag>>> {
    let read = |tags: Vec<LanguageTag>| {
        tags.iter().map(|tag| scalar::read(&["languages"], &tag.0, value::language)).collect()
    };
    languages.map(read).transpose()
}

/// Fields of `Mutation`.
#[derive(Default)]
pub struct ContentMutation;

#[Object]
impl ContentMutation {
    /// Makes the draft what readers see, unless its checks find an error. Needs the role EDITOR.
    async fn content_publish(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which content.")] id: ID,
        #[graphql(desc = "The `editorial.version` that was looked at.")] expected_version: i32,
        #[graphql(desc = "Only the words of these languages; all of it when left out.")] languages: Option<
            Vec<LanguageTag>,
        >,
        #[graphql(
            desc = "Only tell what would be wrong, and publish nothing.",
            default_with = "Some(false)"
        )]
        dry_run: Option<bool>,
        #[graphql(
            desc = "Errors of checks that you take upon yourself, at most 10; see the table of checks for which."
        )]
        overrides: Option<Vec<CheckOverrideInput>>,
    ) -> Result<ContentPayload> {
        let request = publication::Publish {
            id: id::document(&id),
            expected_version,
            languages: tags(languages)?,
            overrides: overrides.unwrap_or_default().into_iter().map(CheckOverrideInput::lower).collect(),
            dry_run: dry_run.unwrap_or(false),
        };
        let published = publication::publish(app(ctx), db(ctx), view(ctx), request).await;
        content_payload(ctx, outcome(published)?).await
    }

    /// Takes it down at once, whatever its state: never refused, ends its approvals, and a service takes its channels with it. Needs the role EDITOR.
    async fn content_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which content.")] id: ID,
        #[graphql(desc = "Not looked at: taking down is never refused by a version.")]
        expected_version: Option<i32>,
        #[graphql(desc = "Why; at most 1,000 characters, kept in the audit trail.")] reason: String,
        #[graphql(desc = "Only these languages; all of it when left out.")] languages: Option<
            Vec<LanguageTag>,
        >,
    ) -> Result<ContentPayload> {
        let _ = expected_version;
        let withdrawn =
            publication::withdraw(app(ctx), db(ctx), view(ctx), id::document(&id), &reason, tags(languages)?)
                .await;
        content_payload(ctx, outcome(withdrawn.map(Some))?).await
    }

    /// Brings an old version back as the next version of the draft, with what a save would find wrong with it now. The date of a
    /// publication stays, and so do the figures that readers see and how far goals have come. Needs the role AUTHOR; for topics,
    /// people and sources, which are live at once, EDITOR.
    async fn content_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Any content, topic, person or source; `content` is null for the last three.")]
        id: ID,
        #[graphql(desc = "The `editorial.version` that was looked at.")] expected_version: i32,
        #[graphql(desc = "The version to bring back; see `editorial.revisions`.")] version: i32,
    ) -> Result<ContentPayload> {
        let restored =
            history::restore(app(ctx), db(ctx), view(ctx), id::document(&id), expected_version, version)
                .await;
        content_payload(ctx, outcome(restored)?).await
    }

    /// Erases what must not be kept, such as a survivor's story: content that was withdrawn, or what anything that was deleted has
    /// left. Its rows go, its words in the search index, its slugs (its paths answer as if nothing ever was there), and what its
    /// revisions and the reasons in its audit trail say; in an SQLite file, the bytes too. That it was, and who saved, withdrew
    /// and erased it, stays. IN_USE where other content could not be without it. Needs the role SAFEGUARDING_LEAD, and a person.
    async fn content_erase(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Any content, topic, person or source.")] id: ID,
        #[graphql(
            desc = "Why; at most 1,000 characters, kept in the audit trail: say nothing of what it said."
        )]
        reason: String,
    ) -> Result<DeletePayload> {
        let erased = erasure::erase(app(ctx), db(ctx), view(ctx), id::document(&id), &reason).await;
        let is_gone = erased.is_ok();
        let outcome = outcome(erased.map(Some))?;
        Ok(DeletePayload { deleted_id: is_gone.then_some(id), user_errors: outcome.user_errors })
    }

    /// Removes something for good: IN_USE while something published refers to it. Its paths answer 410 from then on.
    /// Needs the role AUTHOR for what never was published, SAFEGUARDING_LEAD for a sensitive topic, else EDITOR.
    async fn content_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Any content, topic, person or source.")] id: ID,
        #[graphql(desc = "The version that was looked at.")] expected_version: i32,
    ) -> Result<DeletePayload> {
        let deleted =
            publication::delete(app(ctx), db(ctx), view(ctx), id::document(&id), expected_version).await;
        let is_gone = deleted.is_ok();
        let outcome = outcome(deleted.map(Some))?;
        Ok(DeletePayload { deleted_id: is_gone.then_some(id), user_errors: outcome.user_errors })
    }
}
