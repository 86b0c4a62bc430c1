//! Documents that clients name instead of sending: trusted by the operator, or registered by whoever sent them first.

use std::sync::Arc;

use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::fault::Fault;
use super::graphql::Parameters;
use super::refusal::Refusal;
use crate::app::{Trusted, hex};
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

impl Documents {
    /// The document that a request means.
    ///
    /// # Errors
    /// `PERSISTED_QUERY_NOT_FOUND` for a name that is not known; 400 for a hash of another document than the one beside it, and
    /// where there is neither.
    pub(super) fn text(&self, trusted: &Trusted, parameters: &Parameters) -> Result<Arc<str>, Refusal> {
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

    /// Remembers a document that was sent together with its name, once it has turned out to be one.
    pub(super) fn register(&self, parameters: &Parameters, text: &Arc<str>) {
        if let Parameters { query: Some(_), document_id: Some(id), .. } = parameters {
            self.0.insert(id.clone(), text.clone());
        }
    }
}

fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}
