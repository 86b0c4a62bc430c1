//! What clients say about statistic sets.

use async_graphql::{ID, InputObject};

use crate::domain::statistic_set::{PartPatch, StatisticSetPatch};
use crate::graphql::lower::{Lower, inputs};

inputs! {
    /// A new set. Title, subtitle and labels belong to the `language` of the mutation.
    StatisticSetCreateInput,
    /// Changes to a set: what is left out stays, null clears. Title, subtitle and labels belong to the `language` of the mutation.
    /// New parts replace all parts in every language; the other languages keep the labels of parts that stay, and have those
    /// given here for the rest. To translate the labels, give the same parts again in the other language.
    StatisticSetUpdateInput => StatisticSetPatch {
        required {
            /// The message, one line of at most 200 characters.
            title: String,
            /// Measure, place and period, one line of at most 500 characters.
            subtitle: String,
            /// What it is made of, 1 to 50, in the order of use; no statistic and period twice.
            parts: Vec<StatisticSetPartInput>,
        }
        optional {
            /// Lower-case letters, digits and hyphens, at most 100. Made from the title when left out or cleared.
            slug: String,
            /// Whether the parts make up the whole; false unless said.
            is_complete: bool,
            /// Unique among sets, at most 100 characters; for importers, so that a second run changes nothing.
            external_reference: String,
        }
    }
}

/// One part of a whole.
#[derive(InputObject)]
pub struct StatisticSetPartInput {
    /// What it is called here, one line of at most 200 characters.
    label: String,
    /// Whose figure it shows.
    statistic_id: ID,
    /// The label of the period to pin, at most 50 characters; follows the latest when left out or null.
    period: Option<String>,
}

impl Lower<PartPatch> for StatisticSetPartInput {
    fn lower(self) -> PartPatch {
        PartPatch { label: self.label, statistic_id: self.statistic_id.lower(), period: self.period }
    }
}
