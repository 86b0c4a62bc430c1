//! The editors' list of drafts.

pub use crate::store::editorial_item::{SavedBy, Wanted, count, page};
