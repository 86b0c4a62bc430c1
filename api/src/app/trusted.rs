//! Documents that the operator trusts: those of a file, and those that were imported into the database, as far as
//! they are known.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use super::manifest::Manifest;

/// The documents that the operator trusts, while some are imported and others removed.
#[derive(Default)]
pub struct Trusted {
    file: Manifest,
    set: RwLock<Arc<TrustedSet>>,
}

/// All trusted documents at one moment.
#[derive(Default)]
pub struct TrustedSet {
    generation: i64,
    by_id: HashMap<String, Arc<str>>,
    texts: HashSet<Arc<str>>,
}

impl Trusted {
    /// Those of a file. Of the database nothing is known yet, which is right while it has never held one.
    #[must_use]
    pub fn of(file: Manifest) -> Self {
        let set = TrustedSet::new(0, file.clone().into_iter().collect());
        Self { file, set: RwLock::new(set.into()) }
    }

    /// Those that are known now.
    #[must_use]
    pub fn now(&self) -> Arc<TrustedSet> {
        self.set.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes over what the database holds since it changed for the `generation`th time, unless something newer is
    /// known. Where it has an id of the file for another document, that of the file is meant, and the log says so.
    pub fn learn(&self, generation: i64, imported: Vec<(String, String)>) {
        let mut by_id: HashMap<String, Arc<str>> =
            imported.into_iter().map(|(id, text)| (id, text.into())).collect();
        let mut hidden = Vec::new();
        for (id, text) in &self.file {
            let other = by_id.insert(id.clone(), text.clone());
            if other.is_some_and(|other| other != *text) {
                hidden.push(id);
            }
        }
        let next = TrustedSet::new(generation, by_id);
        let mut set = self.set.write().unwrap_or_else(PoisonError::into_inner);
        // Several may look at the same time; the first one tells.
        if next.generation > set.generation {
            *set = next.into();
            drop(set);
            for id in hidden {
                tracing::warn!(
                    id,
                    "another document was imported under this id than the file has; that of the file counts"
                );
            }
        }
    }
}

impl TrustedSet {
    fn new(generation: i64, by_id: HashMap<String, Arc<str>>) -> Self {
        let texts = by_id.values().cloned().collect();
        Self { generation, by_id, texts }
    }

    /// How often the documents of the database had changed by then. Sets of a process that differ have different ones.
    #[must_use]
    pub fn generation(&self) -> i64 {
        self.generation
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

    fn with_file() -> Trusted {
        Trusted::of(Manifest::from([("a".to_owned(), "{ a }".into())]))
    }

    fn imported(documents: &[(&str, &str)]) -> Vec<(String, String)> {
        documents.iter().map(|&(id, text)| (id.to_owned(), text.to_owned())).collect()
    }

    #[test]
    fn what_was_imported_is_known_beside_the_file_until_it_is_removed() {
        let trusted = with_file();

        trusted.learn(1, imported(&[("b", "{ b }")]));
        let both = trusted.now();
        trusted.learn(2, imported(&[]));
        let one = trusted.now();

        assert!(both.contains("{ a }") && both.contains("{ b }") && both.text("b").is_some());
        assert!(one.contains("{ a }") && !one.contains("{ b }") && one.text("b").is_none());
        assert_eq!((both.generation(), one.generation()), (1, 2));
    }

    #[test]
    fn the_file_counts_where_the_database_has_another_document_under_its_id() {
        let trusted = with_file();

        trusted.learn(1, imported(&[("a", "{ b }")]));

        let now = trusted.now();
        assert_eq!(now.text("a").map(|text| &**text), Some("{ a }"));
        assert!(!now.contains("{ b }"));
    }

    #[test]
    fn what_is_read_late_does_not_bring_back_what_was_removed() {
        let trusted = with_file();

        trusted.learn(2, imported(&[]));
        trusted.learn(1, imported(&[("b", "{ b }")]));

        assert!(!trusted.now().contains("{ b }"));
    }
}
