//! Clients that are machines.

use crate::text_enum;

text_enum! {
    /// What a machine may do.
    Scope {
        /// Reads what is published.
        ContentRead = "CONTENT_READ",
        /// Reads drafts.
        DraftRead = "DRAFT_READ",
        /// Writes drafts.
        ContentWrite = "CONTENT_WRITE",
        /// Changes what readers see.
        ContentPublish = "CONTENT_PUBLISH",
    }
}
