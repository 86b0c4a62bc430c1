//! What clients say about topics.

use async_graphql::ID;

use crate::domain::topic;
use crate::graphql::lower::inputs;

inputs! {
    /// A new topic. Name and description belong to the `language` of the mutation.
    TopicCreateInput,
    /// Changes to a topic: what is left out stays, null clears. Name and description belong to the `language` of the mutation.
    TopicUpdateInput => topic::TopicPatch {
        required {
            /// One line of at most 200 characters.
            name: String,
        }
        optional {
            /// Lower-case letters, digits and hyphens, at most 100. Made from the name when left out or cleared.
            slug: String,
            /// What it is about, at most 1,000 characters.
            description: String,
            /// Whether content on it needs a signpost and sign-off; false unless said.
            is_sensitive: bool,
            /// Contact channels that readers of content on it should see. At most 50.
            channel_ids: Vec<ID>,
        }
    }
}
