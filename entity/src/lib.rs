//! What a row of Beacon's database is.
//!
//! * `document` holds what has no stage: identity, version, state.
//! * Everything a reader sees is keyed by (document, stage): each kind of content has a row table for
//!   what is the same in every language, a `_text` table for what is not, and shares `translation`
//!   (slug and title per language) and `link` (edges to other documents).
//! * Ids are UUIDv7 as readable text, instants UTC in whole microseconds, decimals exact text.

#![expect(missing_docs, reason = "key columns and the items that derives make say what they are")]

pub mod api_client;
pub mod campaign;
pub mod cells;
pub mod change;
pub mod contact_channel;
pub mod document;
pub mod idempotency;
pub mod identity;
pub mod link;
pub mod person;
pub mod post;
pub mod preview;
pub mod revision;
pub mod schedule;
pub mod service;
pub mod session;
pub mod site;
pub mod slug;
pub mod source;
pub mod statistic;
pub mod statistic_set;
pub mod table;
pub mod text_reference;
pub mod topic;
pub mod translation;
pub mod trusted_document;
pub mod user;
pub mod value;
pub mod visible_change;
pub mod workflow;

pub use value::{Decimal, Id};

/// Declares enums that are SCREAMING_SNAKE_CASE text in the database, in JSON and in GraphQL alike.
macro_rules! text_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, sea_orm::EnumIter, sea_orm::DeriveActiveEnum, serde::Serialize, serde::Deserialize)]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $($(#[$variant_meta])* #[sea_orm(string_value = $text)] #[serde(rename = $text)] $variant),+
        }
        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The value as it is written in SQL, JSON and GraphQL.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
        impl crate::cells::Cell for $name {
            fn read(place: crate::cells::Place<'_>) -> Result<Self, sea_orm::DbErr> {
                place.parse(|text| match text {
                    $($text => Some(Self::$variant),)+
                    _ => None,
                })
            }
        }
    };
}
pub(crate) use text_enum;
