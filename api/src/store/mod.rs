//! What is asked of the database: queries, pages, batches and transactions.
//!
//! Stage and visibility are put into every statement here, from the [`Scope`]; nothing above can leave them out.

pub mod actor;
pub mod api_client;
pub mod attention;
pub mod backup;
pub mod campaign;
pub mod change;
pub mod check;
mod connections;
pub mod contact_channel;
pub mod contents;
pub mod db;
pub mod delicate;
pub mod draft;
pub mod edition;
pub mod editorial_item;
pub mod erasure;
pub mod failure;
pub mod figure;
pub mod filter;
pub mod fold;
mod given_up;
pub mod health;
pub mod idempotency;
pub mod identity;
mod moment;
pub mod noun;
mod options;
pub mod page;
pub mod parts;
pub mod person;
pub mod post;
pub mod preview;
pub mod publication;
mod pulse;
pub mod read;
mod reader;
mod reads;
pub mod related;
mod replica;
pub mod resolve;
pub mod revision;
pub mod schedule;
mod scope;
pub mod search;
pub mod service;
pub mod session;
pub mod sign_in;
pub mod signpost;
pub mod site;
pub mod slug;
pub mod source;
mod sql;
pub mod statistic;
pub mod statistic_set;
pub mod text_reference;
pub mod topic;
mod trace;
pub mod trusted_document;
pub mod user;
pub mod visible_change;
mod watermark;
pub mod workflow;

pub use db::{Connection, Db, Pool, Total, Tx};
pub use draft::{Draft, Words};
pub use entity::document::Stage;
pub use moment::{Look, Moment, Read};
pub use noun::{Noun, Record};
pub use pulse::Beat;
pub use reads::{Part, Reads};
pub use scope::{Apart, Scope};
pub use sea_orm::DbErr as StoreError;

/// The kinds without drafts, see [`Noun::LIVE`].
#[must_use]
pub fn is_live(kind: entity::document::NodeKind) -> bool {
    use entity::document::NodeKind;
    matches!(kind, NodeKind::Topic | NodeKind::Person | NodeKind::Source | NodeKind::Site)
}
