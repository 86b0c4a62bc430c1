//! How much one request may read: lists inside lists multiply, and a short document can ask for millions of objects.

use std::sync::atomic::{AtomicU32, Ordering};

use async_graphql::ContextBase;

use super::error::{Code, GqlError, Result};

/// How many objects the lists of one answer may hold together.
pub struct Budget {
    most: u32,
    left: AtomicU32,
}

impl Budget {
    /// One of which nothing is used.
    #[must_use]
    pub fn new(most: u32) -> Self {
        Self { most, left: most.into() }
    }
}

/// Takes the objects of a list from the request's budget.
///
/// # Errors
/// `TOO_COMPLEX` when it is used up.
pub fn spend<T>(ctx: &ContextBase<'_, T>, items: usize) -> Result<()> {
    let items = u32::try_from(items).unwrap_or(u32::MAX);
    let Budget { most, left } = ctx.data_unchecked::<Budget>();
    let left = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(items));
    left.map(|_| ()).map_err(|_| {
        let message = format!(
            "The lists of this answer hold more than {most} objects together. Ask for smaller pages."
        );
        GqlError::new(Code::TooComplex, message)
    })
}
