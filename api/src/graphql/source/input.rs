//! What clients say about sources.

use super::SourceKind;
use crate::domain::source;
use crate::graphql::lower::inputs;
use crate::graphql::scalar::{Date, URL};

inputs! {
    /// A new source. Its words are in its own language.
    SourceCreateInput,
    /// Changes to a source: what is left out stays, null clears.
    SourceUpdateInput => source::SourcePatch {
        required {
            /// One line of at most 200 characters.
            title: String,
            /// Who published it; one line of at most 200 characters.
            publisher: String,
            /// What kind of publication it is.
            kind: SourceKind,
        }
        optional {
            /// Lower-case letters, digits and hyphens, at most 100. Made from the title when left out or cleared.
            slug: String,
            /// Where it is.
            url: URL,
            /// Digital Object Identifier, `10.1000/182`, at most 500 characters; `doi:` and the URL of a resolver in front are taken off.
            doi: String,
            /// When it came out.
            issued_on: Date,
            /// When somebody last looked at it.
            accessed_on: Date,
            /// A copy that stays when the original goes.
            archived_url: URL,
            /// Under what terms it may be used, `CC BY 4.0`; one line of at most 200 characters.
            licence: String,
            /// When its next issue is expected.
            next_expected_on: Date,
        }
    }
}
