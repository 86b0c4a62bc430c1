//! The manifest of a frontend's documents, as its build writes it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::error::Category;

/// Documents by their ids.
pub type Manifest = BTreeMap<String, Arc<str>>;

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

/// A JSON object as it was written: a map would keep the last of what is given twice.
struct Object(Vec<(String, Value)>);

/// Reads a manifest: Apollo's (`"format": "apollo-persisted-query-manifest"`, version 1), or an object of texts by id
/// as Relay's compiler and graphql-codegen write it.
///
/// # Errors
/// What is wrong with it. An id that is given twice has the same document both times.
pub fn read(manifest: &str) -> Result<Manifest, String> {
    let neither = || "it must be a manifest of Apollo's, or an object of documents by id".to_owned();
    let Object(entries) =
        serde_json::from_str(manifest).map_err(|error: serde_json::Error| match error.classify() {
            Category::Data => neither(),
            _ => error.to_string(),
        })?;
    if entries.iter().any(|(key, value)| key == "format" && value == "apollo-persisted-query-manifest") {
        let Apollo { version, operations } =
            serde_json::from_str(manifest).map_err(|error| error.to_string())?;
        if version != 1 {
            return Err(format!("version {version} of the manifest is not known; 1 is"));
        }
        return unambiguous(operations.into_iter().map(|Operation { id, body }| (id, body)));
    }
    let text = |(id, value)| match value {
        Value::String(text) => Ok((id, text)),
        _ => Err(neither()),
    };
    unambiguous(entries.into_iter().map(text).collect::<Result<Vec<_>, _>>()?)
}

fn unambiguous(documents: impl IntoIterator<Item = (String, String)>) -> Result<Manifest, String> {
    let mut manifest = Manifest::new();
    for (id, text) in documents {
        match manifest.entry(id) {
            Entry::Occupied(other) if **other.get() != *text => {
                return Err(format!("{:?} is the id of two documents that differ", other.key()));
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert(text.into());
            }
        }
    }
    Ok(manifest)
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apollo(operations: &str) -> String {
        format!(
            r#"{{ "format": "apollo-persisted-query-manifest", "version": 1, "operations": [{operations}] }}"#
        )
    }

    #[test]
    fn both_manifests_are_read() {
        let operation =
            r#"{ "id": "a1", "name": "Home", "type": "query", "body": "query Home { __typename }" }"#;
        for manifest in [&apollo(operation), r#"{ "a1": "query Home { __typename }" }"#] {
            let documents = read(manifest).expect("a manifest");
            assert_eq!(documents.get("a1").map(|text| &**text), Some("query Home { __typename }"));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let newer = r#"{ "format": "apollo-persisted-query-manifest", "version": 2, "operations": [] }"#;
        for manifest in ["", "[]", r#"{ "a": 1 }"#, newer] {
            assert!(read(manifest).is_err(), "{manifest}");
        }
    }

    #[test]
    fn an_id_of_two_documents_is_refused_and_one_that_is_said_twice_is_not() {
        let refused = Err(r#""a" is the id of two documents that differ"#.to_owned());
        assert_eq!(read(r#"{ "a": "{ x }", "b": "{ x }", "a": "{ y }" }"#), refused);
        let (one, other) = (r#"{ "id": "a", "body": "{ x }" }"#, r#"{ "id": "a", "body": "{ y }" }"#);
        assert_eq!(read(&apollo(&format!("{one}, {other}"))), refused);

        assert_eq!(read(r#"{ "a": "{ x }", "a": "{ x }" }"#).map(|documents| documents.len()), Ok(1));
        assert_eq!(read(&apollo(&format!("{one}, {one}"))).map(|documents| documents.len()), Ok(1));
    }
}
