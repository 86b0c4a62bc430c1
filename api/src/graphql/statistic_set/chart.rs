//! The chart of a set.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, Object};

use super::StatisticSet;
use crate::domain::chart::{self, Kind, Shown, WIDTH, WIDTHS};
use crate::domain::read::Db;
use crate::domain::value;
use crate::graphql::app;
use crate::graphql::error::{GqlError, Result};
use crate::graphql::loader::{ById, DataLoader, by_group};
use crate::graphql::scalar::URL;

/// How the parts of a set are drawn.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Kind")]
pub enum ChartKind {
    /// A bar for each part, from zero.
    Bar,
    /// A hundred squares, shared among the parts: 100 per cent, or counts and money as shares of their sum. Drawn as bars
    /// where the parts have different units, are negative, or make more than the whole.
    Waffle,
}

/// Loads what the charts of sets show.
pub struct Charts(pub Db);

/// What the chart of a set shows.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ShownIn(ById);

impl Loader<ShownIn> for Charts {
    type Value = Arc<Vec<Shown>>;
    type Error = GqlError;
    async fn load(&self, keys: &[ShownIn]) -> Result<HashMap<ShownIn, Self::Value>> {
        let mut found = HashMap::new();
        for (scope, ids) in by_group(keys, |ShownIn(ById(scope, id))| (scope.clone(), *id)) {
            let shown = chart::shown(&self.0, &scope, &ids).await?;
            found.extend(
                shown.into_iter().map(|(id, shown)| (ShownIn(ById(scope.clone(), id)), Arc::new(shown))),
            );
        }
        Ok(found)
    }
}

/// An accessible SVG: title, description, no script, no outside reference; the same data as table and text beside it.
pub struct Chart {
    set: StatisticSet,
    told: chart::Chart,
    kind: Kind,
    width: i32,
    image: chart::Image,
}

impl Chart {
    /// The chart of a set.
    ///
    /// # Errors
    /// `BAD_INPUT` for a width out of bounds.
    pub(super) async fn of(
        ctx: &Context<'_>,
        set: &StatisticSet,
        kind: Option<ChartKind>,
        width: Option<i32>,
    ) -> Result<Self> {
        let (kind, width) = (kind.map_or(Kind::Bar, Kind::from), width.unwrap_or(WIDTH));
        value::between(width, *WIDTHS.start(), *WIDTHS.end())
            .map_err(|(_, message)| GqlError::bad_input(&["width"], message))?;
        let key = ShownIn(ById(set.sight.scope.clone(), set.document_id()));
        let shown = ctx.data_unchecked::<DataLoader<Charts>>().load_one(key).await?.unwrap_or_default();
        let told = chart::Chart::of(&set.record, &shown, kind);
        let image = told.image(width);
        Ok(Self { set: set.clone(), told, kind, width, image })
    }
}

/// An accessible SVG: title, description, no script, no outside reference; the same data as table and text beside it.
#[Object]
impl Chart {
    /// The image as markup that may stand in a page: light and dark by `prefers-color-scheme`, right-to-left where the language is,
    /// without scripts, ids or outside references. Its styles are named under the class `beacon-chart`.
    async fn svg(&self) -> &str {
        &self.image.svg
    }

    /// Where the image is served to everybody once the set is published, for `<img src>`; give `alt` with it.
    async fn url(&self, ctx: &Context<'_>) -> URL {
        let kind = match self.kind {
            Kind::Bar => "bar",
            Kind::Waffle => "waffle",
        };
        let width = self.width.to_string();
        URL(chart::url(app(ctx), &self.set.record, "svg", &[("kind", kind), ("width", &width)]))
    }

    /// What it shows in a sentence or two: kind, parts with their numbers, what of, where, when, and the source.
    async fn alt(&self) -> String {
        self.told.alt()
    }

    /// The same at length: title, measure, every part, their sum where they are said to be complete, caveats, and the sources in full.
    async fn long_description(&self) -> String {
        self.told.long_description()
    }

    /// The head of its table, five words in the language of the set: part, value, period, area, source.
    async fn columns(&self) -> Vec<String> {
        self.told.columns()
    }

    /// Its table: a row for each part, at most 50, each with a cell for each of `columns`.
    async fn rows(&self) -> Vec<Vec<String>> {
        self.told.rows()
    }

    /// In pixels, as asked for.
    async fn width(&self) -> i32 {
        self.width
    }

    /// In pixels; follows from the width and the words.
    async fn height(&self) -> i32 {
        self.image.height
    }
}
