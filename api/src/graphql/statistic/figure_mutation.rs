//! Writing figures.

use async_graphql::{Context, ID, MaybeUndefined, Object};

use super::figure::Qualifier;
use super::input::FigureInput;
use super::mutation::StatisticPayload;
use crate::domain::correction::{RightFigure, Wrong, correct};
use crate::domain::figure;
use crate::domain::save::Target;
use crate::graphql::error::Result;
use crate::graphql::lower::Lower;
use crate::graphql::payload::{self, manner, outcome};
use crate::graphql::scalar::{Decimal, LanguageTag};
use crate::graphql::{app, db, id, view};

/// Fields of `Mutation`.
#[derive(Default)]
pub struct FigureMutation;

#[Object]
impl FigureMutation {
    /// Adds the figure of a period and area to the draft, or changes the one that they have. NOT_ALLOWED_IN_STATE where that
    /// one is published and would say something else: only caveat and review date may change then. Needs the role AUTHOR.
    async fn figure_upsert(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which statistic.")] statistic_id: ID,
        #[graphql(desc = "The statistic's `editorial.version` that the edit was based on.")] expected_version: i32,
        #[graphql(desc = "What it says.")] input: FigureInput,
        #[graphql(desc = "Which language the caveat is in; the site's default unless said.")]
        language: Option<LanguageTag>,
        #[graphql(desc = "Only tell what would be wrong, and write nothing.", default_with = "Some(false)")]
        dry_run: Option<bool>,
    ) -> Result<StatisticPayload> {
        let manner = manner(language, dry_run)?;
        let sight = payload::sight(ctx, manner.language.as_ref());
        let target = Target::Existing { id: statistic_id.lower(), expected_version };
        let saved = figure::upsert(app(ctx), db(ctx), view(ctx), target, input.lower(), manner).await;
        StatisticPayload::of(ctx, &sight, outcome(saved)?).await
    }

    /// Takes a figure out of the draft; readers lose it at the next publication. Needs the role AUTHOR.
    async fn figure_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which figure.")] figure_id: ID,
        #[graphql(desc = "The statistic's `editorial.version` that was looked at.")] expected_version: i32,
    ) -> Result<StatisticPayload> {
        let sight = payload::sight(ctx, None);
        let figure_id = id::part(&figure_id, "figure");
        let saved = figure::discard(app(ctx), db(ctx), view(ctx), figure_id, expected_version).await;
        StatisticPayload::of(ctx, &sight, outcome(saved)?).await
    }

    /// Puts a wrong published figure right, everywhere and at once; the old value and the reason stay on record. It starts
    /// from what readers see and carries nothing else of the draft to them. What is left out but the value stays; null
    /// clears it. NOT_ALLOWED_IN_STATE for a figure that readers do not see. Needs the role EDITOR.
    #[expect(clippy::too_many_arguments, reason = "the contract's arguments, and what else may be wrong")]
    async fn figure_correct(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which figure.")] figure_id: ID,
        #[graphql(desc = "The statistic's `editorial.version` that was looked at.")] expected_version: i32,
        #[graphql(
            desc = "The right value, at most 20 digits, within the figure's bounds; the published one where something else was wrong."
        )]
        value: Decimal,
        #[graphql(desc = "Why the old one was wrong, for everybody to read; at most 1,000 characters.")]
        reason: String,
        #[graphql(desc = "How exact it really is.")] qualifier: Option<Qualifier>,
        #[graphql(desc = "The right lower bound.")] lower: MaybeUndefined<Decimal>,
        #[graphql(desc = "The right upper bound.")] upper: MaybeUndefined<Decimal>,
        #[graphql(desc = "Where in the source it really is, at most 500 characters.")]
        locator: MaybeUndefined<String>,
        #[graphql(desc = "The source's own words, at most 1,000 characters.")] quote: MaybeUndefined<String>,
    ) -> Result<StatisticPayload> {
        let sight = payload::sight(ctx, None);
        let wrong = Wrong {
            figure_id: id::part(&figure_id, "figure"),
            expected_version,
            right: RightFigure {
                value: value.lower(),
                qualifier: qualifier.map(Into::into),
                lower: lower.lower(),
                upper: upper.lower(),
                locator: locator.lower(),
                quote: quote.lower(),
            },
            reason,
        };
        let corrected = correct(app(ctx), db(ctx), view(ctx), wrong).await;
        StatisticPayload::of(ctx, &sight, outcome(corrected)?).await
    }
}
