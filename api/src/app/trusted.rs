//! Documents that the operator trusts: those of the own frontends, from the manifest that their build writes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

/// Trusted documents by their ids.
#[derive(Default)]
pub struct Trusted {
    by_id: HashMap<String, Arc<str>>,
    texts: HashSet<Arc<str>>,
}

/// What Apollo's `generate-persisted-query-manifest` writes; names and types are in the documents too.
#[derive(Deserialize)]
struct Apollo {
    version: u32,
    operations: Vec<Operation>,
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl Trusted {
    /// Reads a manifest: Apollo's (`"format": "apollo-persisted-query-manifest"`, version 1), or an object of texts by id
    /// as Relay's compiler and graphql-codegen write it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(manifest: &str) -> Result<Self, String> {
        let manifest: Value = serde_json::from_str(manifest).map_err(|error| error.to_string())?;
        let by_id: HashMap<String, Arc<str>> =
            if manifest.get("format").is_some_and(|format| format == "apollo-persisted-query-manifest") {
                let Apollo { version, operations } =
                    serde_json::from_value(manifest).map_err(|error| error.to_string())?;
                if version != 1 {
                    return Err(format!("version {version} of the manifest is not known; 1 is"));
                }
                operations.into_iter().map(|Operation { id, body }| (id, body.into())).collect()
            } else {
                serde_json::from_value(manifest).map_err(|_| {
                    "it must be a manifest of Apollo's, or an object of documents by id".to_owned()
                })?
            };
        let texts = by_id.values().cloned().collect();
        Ok(Self { by_id, texts })
    }

    /// The document of an id.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<&Arc<str>> {
        self.by_id.get(id)
    }

    /// Whether a document is among them, character by character.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        self.texts.contains(text)
    }

    /// All of them, with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_id.iter().map(|(id, text)| (id.as_str(), &**text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_manifests_are_read() {
        let apollo = r#"{ "format": "apollo-persisted-query-manifest", "version": 1, "operations": [
            { "id": "a1", "name": "Home", "type": "query", "body": "query Home { __typename }" }
        ] }"#;
        for manifest in [apollo, r#"{ "a1": "query Home { __typename }" }"#] {
            let trusted = Trusted::read(manifest).expect("a manifest");
            assert_eq!(trusted.text("a1").map(|text| &**text), Some("query Home { __typename }"));
            assert!(trusted.contains("query Home { __typename }") && !trusted.contains("{ __typename }"));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let newer = r#"{ "format": "apollo-persisted-query-manifest", "version": 2, "operations": [] }"#;
        for manifest in ["", "[]", r#"{ "a": 1 }"#, newer] {
            assert!(Trusted::read(manifest).is_err(), "{manifest}");
        }
    }
}
