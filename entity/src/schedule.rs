//! When a version of a document goes to readers, and when it is taken from them.

use sea_orm::entity::prelude::*;

use crate::Id;

/// What is to happen to one document. The rows of its version are kept at the stage `SCHEDULED`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub document_id: Id,
    /// The version that was looked at, and that goes out.
    pub version: i32,
    /// The importer's own key of that version.
    pub external_reference: Option<String>,
    /// When it goes to readers; null once it has, or where it is only taken from them.
    pub publish_at: Option<DateTimeUtc>,
    /// When it is taken from readers; null where it stays.
    pub withdraw_at: Option<DateTimeUtc>,
    /// By whom.
    pub scheduled_by: Id,
    /// When that was said.
    pub scheduled_at: DateTimeUtc,
    /// When the next of it is tried; null once that was given up and nothing else is to come.
    pub due_at: Option<DateTimeUtc>,
    /// How often the next of it failed.
    pub failures: i32,
    /// Why it failed last.
    pub failure: Option<String>,
    /// Which runner has it in hand.
    pub claimed_by: Option<Id>,
    /// Until when it is that runner's alone.
    pub claimed_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
