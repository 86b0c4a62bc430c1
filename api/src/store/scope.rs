//! Which rows are in sight.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use entity::Id;
use entity::document::NodeKind;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, IntoColumnRef, IntoIden};

use super::reads::{Depth, Reads};
use super::sql::{among, fixed};
use super::{Moment, Stage};

/// The rows that one read may see. Part of every loader's key, so that aliases in different
/// languages never mix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Drafts or what is published.
    pub stage: Stage,
    /// What is seen at another stage all the same; nothing but for previews.
    pub apart: Option<Arc<Apart>>,
    /// The ordered wish list, best first; then the site's default language; then any other.
    pub languages: Arc<[String]>,
    /// The moment that the answer is for.
    pub at: Moment,
    /// What of published records is needed. Drafts and previews are read whole, so that a version is never later than its words.
    pub reads: Reads,
}

// Keys of loaders are hashed several times for each field. Scopes of a request differ in their languages, if at all, and mostly in
// the first.
impl Hash for Scope {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.stage.hash(state);
        self.languages.first().hash(state);
    }
}

/// What a preview shows at another stage than the rest.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Apart {
    /// At which.
    pub stage: Stage,
    /// Documents, and parts of documents that have ids of their own, each once.
    pub ids: Vec<Id>,
}

impl Scope {
    /// Whole records at a stage.
    #[must_use]
    pub fn new(stage: Stage, languages: Arc<[String]>, at: Moment) -> Self {
        Self { stage, apart: None, languages, at, reads: Reads::EVERYTHING }
    }

    /// What is read of the records of a kind.
    pub(super) fn depth(&self, kind: NodeKind) -> Depth {
        let is_plain = self.stage == Stage::Published && self.apart.is_none();
        if is_plain { self.reads.of(kind) } else { Depth::WHOLE }
    }

    /// Whether a row of a table is of the stage in which its document is seen. The columns are called the same everywhere.
    pub(super) fn shows(&self, table: impl IntoIden) -> Expr {
        let table = table.into_iden();
        self.sees((table.clone(), "stage"), (table, "document_id"))
    }

    /// The same of a row by its columns: `stage`, and `id` with the document or part that it is of.
    pub(super) fn sees(&self, stage: impl IntoColumnRef, id: impl IntoColumnRef) -> Expr {
        Expr::col(stage).eq(self.by_stage(id, |stage| fixed(stage.as_str())))
    }

    /// An expression that depends on the stage in which the document or part in the column `id` is seen.
    pub(super) fn by_stage(&self, id: impl IntoColumnRef, of: impl Fn(Stage) -> Expr) -> Expr {
        let Some(apart) = &self.apart else { return of(self.stage) };
        let is_apart = Expr::col(id).is_in(among(&apart.ids));
        CaseStatement::new().case(is_apart, of(apart.stage)).finally(of(self.stage)).into()
    }
}
