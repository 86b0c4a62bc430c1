//! How much one request may read: lists inside lists multiply, and a short document can ask for millions of objects.

use std::sync::atomic::{AtomicU32, Ordering};

use async_graphql::Context;

use super::error::{Code, GqlError, Result};

/// The most objects that the lists of one answer may hold together.
pub const MAX: u32 = 20_000;

/// What is left of it.
pub struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(MAX))
    }
}

/// Takes the items of a list from the request's budget.
///
/// # Errors
/// `TOO_COMPLEX` when it is used up.
pub fn spend(ctx: &Context<'_>, items: usize) -> Result<()> {
    let items = u32::try_from(items).unwrap_or(u32::MAX);
    let budget = &ctx.data_unchecked::<Budget>().0;
    let left = budget.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(items));
    left.map(|_| ()).map_err(|_| {
        let message =
            format!("The lists of this answer hold more than {MAX} objects together. Ask for smaller pages.");
        GqlError::new(Code::TooComplex, message)
    })
}
