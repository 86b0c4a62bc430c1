//! Documents that clients name instead of sending: trusted by the operator, or registered by whoever sent them first.

use std::sync::Arc;

use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::Floor;
use super::fault::Fault;
use super::graphql::Parameters;
use super::refusal::Refusal;
use crate::app::{TrustedSet, hex};
use crate::domain::trusted_document;
use crate::domain::view::ViewError;
use crate::graphql::error::Code;

/// Memory for registered documents, in bytes: what is asked for least is forgotten, and its clients send it again.
const MOST: u64 = 8 * 1024 * 1024;
/// What Apollo's clients look for before they send the document itself.
const NOT_FOUND: &str = "PersistedQueryNotFound";

/// The documents that this process knows by name.
pub(super) struct Documents(Cache<String, Arc<str>>);

impl Default for Documents {
    fn default() -> Self {
        let weight =
            |hash: &String, text: &Arc<str>| u32::try_from(hash.len() + text.len()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(MOST).weigher(weight).build())
    }
}

/// The document that a request means, and whether the operator trusts it. One that is not known, or must be trusted and
/// is not known to be, may have been imported a moment ago: the database is asked.
///
/// # Errors
/// `PERSISTED_QUERY_NOT_FOUND` for a name that is not known; 400 for a hash of another document than the one beside it,
/// and where there is neither; 503 while the database does not answer.
pub(super) async fn meant(floor: &Floor, parameters: &Parameters) -> Result<(Arc<str>, bool), Refusal> {
    let found = || {
        let trusted = floor.app.trusted.now();
        let text = floor.documents.text(&trusted, parameters)?;
        let is_trusted = trusted.contains(&text);
        Ok((text, is_trusted))
    };
    let first = found();
    let is_open = !floor.app.config.trusted_documents_only;
    if first.as_ref().is_ok_and(|(_, is_trusted)| *is_trusted || is_open) {
        return first;
    }
    let _place = floor.room.for_operation()?;
    trusted_document::follow(&floor.app).await.map_err(ViewError::from)?;
    found()
}

impl Documents {
    fn text(&self, trusted: &TrustedSet, parameters: &Parameters) -> Result<Arc<str>, Refusal> {
        let Parameters { query, document_id, .. } = parameters;
        match (query, document_id) {
            (Some(query), None) => Ok(query.as_str().into()),
            (Some(query), Some(id)) => {
                let is_its_own = hash(query) == *id || trusted.text(id).is_some_and(|text| **text == **query);
                let wrong = || Refusal::parameter("extensions", "The hash is not the SHA-256 of `query`.");
                is_its_own.then(|| query.as_str().into()).ok_or_else(wrong)
            }
            (None, Some(id)) => {
                let known = trusted.text(id).cloned().or_else(|| self.0.get(id));
                let unknown =
                    || Refusal::of_document(vec![Fault::new(Code::PersistedQueryNotFound, NOT_FOUND)]);
                known.ok_or_else(unknown)
            }
            (None, None) => Err(Refusal::parameter("query", "The parameter `query` is missing.")),
        }
    }

    /// Remembers a document that was sent together with its hash, once it has turned out to be one. Another name is the
    /// operator's to take away.
    pub(super) fn register(&self, parameters: &Parameters, text: &Arc<str>) {
        if let Parameters { query: Some(_), document_id: Some(id), .. } = parameters
            && hash(text) == *id
        {
            self.0.insert(id.clone(), text.clone());
        }
    }
}

fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}
