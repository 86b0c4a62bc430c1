//! Whether the house can do its work.

use crate::app::App;
use crate::store::{self, StoreError};

/// Asks the database for a sign of life.
///
/// # Errors
/// When it gives none.
pub async fn ready(app: &App) -> Result<(), StoreError> {
    store::health::ping(&app.db).await
}
