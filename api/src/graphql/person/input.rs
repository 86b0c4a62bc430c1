//! What clients say about people.

use crate::domain::person;
use crate::graphql::lower::inputs;

inputs! {
    /// A new person. Name, role and bio belong to the `language` of the mutation.
    PersonCreateInput,
    /// Changes to a person: what is left out stays, null clears. Name, role and bio belong to the `language` of the mutation.
    PersonUpdateInput => person::PersonPatch {
        required {
            /// As it stands under what they write; one line of at most 200 characters.
            name: String,
        }
        optional {
            /// Lower-case letters, digits and hyphens, at most 100. Made from the name when left out or cleared.
            slug: String,
            /// What they do, one line of at most 200 characters.
            role: String,
            /// Who they are: CommonMark, at most 100,000 characters.
            bio: String,
            /// Whether the name is not their own; false unless said. Never shown to readers.
            is_pseudonym: bool,
        }
    }
}
