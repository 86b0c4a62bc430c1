//! Carrying an input into a draft: what is absent is left, what is null is cleared, what is wrong is gathered.

use std::collections::BTreeSet;

use entity::Id;
use entity::document::NodeKind;
use serde::{Deserialize, Deserializer};

use super::language::LanguageTag;
use super::problem::{Problem, ProblemCode};
use super::text;

/// One field of an input.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Patch<T> {
    /// Left out: leave it.
    #[default]
    Absent,
    /// Null: clear it.
    Clear,
    /// Set it.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the input says anything of it.
    pub fn is_said(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// The same with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Absent => Patch::Absent,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(f(value)),
        }
    }
}

/// As the inputs have it: null clears, and what is left out, which a default stands for, stays.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Clear, Self::Set))
    }
}

/// The id in an input, with the kind of document that it names; `None` where it could not be read, which is like one that
/// does not exist.
pub type Reference = Option<(NodeKind, Id)>;

/// The document that a reference names, if that is of a kind.
#[must_use]
pub fn of_kind(reference: Reference, kind: NodeKind) -> Option<Id> {
    reference.filter(|(named, _)| *named == kind).map(|(_, id)| id)
}

/// The most entries of a list in an input.
pub const MAX_LIST: usize = 50;

/// An edit under way.
pub struct Edit {
    /// Which language the words belong to.
    pub language: LanguageTag,
    /// What is wrong so far.
    pub problems: Vec<Problem>,
    /// Which input fields really change something.
    pub changed: BTreeSet<&'static str>,
    /// What must exist, to be looked up in one statement.
    pub references: Vec<(Vec<String>, NodeKind, Id)>,
    /// What is to become of the slug.
    pub slug: SlugWish,
    /// Paths of other systems that are claimed; none may be another's.
    pub paths: Vec<String>,
}

/// What is to become of the slug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlugWish {
    /// Stays.
    Keep,
    /// Somebody chose it.
    Chosen(String),
    /// Made from the title.
    Made,
}

/// What a parser of a value answers: the value, or code and words.
pub type Parsed<T> = Result<T, (ProblemCode, String)>;

impl Edit {
    /// An edit of one language.
    #[must_use]
    pub fn new(language: LanguageTag) -> Self {
        Self {
            language,
            problems: Vec::new(),
            changed: BTreeSet::new(),
            references: Vec::new(),
            slug: SlugWish::Keep,
            paths: Vec::new(),
        }
    }

    /// Notes that an input field is wrong.
    pub fn refuse(&mut self, field: &str, code: ProblemCode, message: impl Into<String>) {
        self.problems.push(Problem::at(&["input", field], code, message));
    }

    /// Puts a value in place, noting whether that changes anything.
    pub fn put<T: PartialEq>(&mut self, field: &'static str, slot: &mut T, value: T) {
        if *slot != value {
            *slot = value;
            self.changed.insert(field);
        }
    }

    /// A field that may be empty.
    pub fn optional<I, T: PartialEq>(
        &mut self,
        field: &'static str,
        patch: Patch<I>,
        slot: &mut Option<T>,
        parse: impl FnOnce(I) -> Parsed<T>,
    ) {
        match patch {
            Patch::Absent => {}
            Patch::Clear => self.put(field, slot, None),
            Patch::Set(input) => match parse(input) {
                Ok(value) => self.put(field, slot, Some(value)),
                Err((code, message)) => self.refuse(field, code, message),
            },
        }
    }

    /// A field that cannot be cleared.
    pub fn required<I, T: PartialEq>(
        &mut self,
        field: &'static str,
        patch: Patch<I>,
        slot: &mut T,
        parse: impl FnOnce(I) -> Parsed<T>,
    ) {
        match patch {
            Patch::Absent => {}
            Patch::Clear => self.refuse(field, ProblemCode::Required, "This cannot be cleared."),
            Patch::Set(input) => match parse(input) {
                Ok(value) => self.put(field, slot, value),
                Err((code, message)) => self.refuse(field, code, message),
            },
        }
    }

    /// A field that falls back to a value when it is cleared.
    pub fn defaulted<I, T: PartialEq>(
        &mut self,
        field: &'static str,
        patch: Patch<I>,
        slot: &mut T,
        default: T,
        parse: impl FnOnce(I) -> Parsed<T>,
    ) {
        match patch {
            Patch::Clear => self.put(field, slot, default),
            patch => self.required(field, patch, slot, parse),
        }
    }

    /// An optional text; an empty one clears.
    pub fn text(
        &mut self,
        field: &'static str,
        patch: Patch<String>,
        slot: &mut Option<String>,
        kind: text::Kind,
    ) {
        let patch = match patch {
            Patch::Set(text) if text.trim().is_empty() => Patch::Clear,
            patch => patch,
        };
        self.optional(field, patch, slot, |text| text::parse(&text, kind));
    }

    /// A text that may be empty but not null in the database: a body.
    pub fn body(&mut self, field: &'static str, patch: Patch<String>, slot: &mut String) {
        let patch = match patch {
            Patch::Set(text) if text.trim().is_empty() => Patch::Clear,
            patch => patch,
        };
        self.defaulted(field, patch, slot, String::new(), |text| text::parse(&text, text::BODY));
    }

    /// A list of values, each parsed on its own, each problem with its index.
    pub fn list<I, T: PartialEq>(
        &mut self,
        field: &'static str,
        patch: Patch<Vec<I>>,
        slot: &mut Vec<T>,
        parse: impl Fn(I) -> Parsed<T>,
    ) {
        let inputs = match patch {
            Patch::Absent => return,
            Patch::Clear => Vec::new(),
            Patch::Set(inputs) => inputs,
        };
        if inputs.len() > MAX_LIST {
            return self.refuse(
                field,
                ProblemCode::TooLong,
                format!("This list may have at most {MAX_LIST} entries."),
            );
        }
        let mut values = Vec::with_capacity(inputs.len());
        for (index, input) in inputs.into_iter().enumerate() {
            match parse(input) {
                Ok(value) => values.push(value),
                Err((code, message)) => {
                    self.problems.push(Problem::at(&["input", field, &index.to_string()], code, message));
                }
            }
        }
        self.put(field, slot, values);
    }

    /// A list of links to documents of a kind; a repeated one is refused.
    pub fn links(
        &mut self,
        field: &'static str,
        patch: Patch<Vec<Reference>>,
        slot: &mut Vec<Id>,
        kind: NodeKind,
    ) {
        let ids = match patch {
            Patch::Absent => return,
            Patch::Clear => Vec::new(),
            Patch::Set(ids) => ids,
        };
        if ids.len() > MAX_LIST {
            return self.refuse(
                field,
                ProblemCode::TooLong,
                format!("This list may have at most {MAX_LIST} entries."),
            );
        }
        let mut found: Vec<Id> = Vec::with_capacity(ids.len());
        for (index, reference) in ids.into_iter().enumerate() {
            let path = [field.to_owned(), index.to_string()];
            match self.reference(&path, reference, kind) {
                Some(id) if found.contains(&id) => {
                    self.problems.push(Problem::at(
                        &["input", field, &index.to_string()],
                        ProblemCode::Invalid,
                        "This is in the list already.",
                    ));
                }
                Some(id) => found.push(id),
                None => {}
            }
        }
        self.put(field, slot, found);
    }

    /// Notes that a document must exist; `None`, with a problem, where its id could not be read or is another kind's.
    pub fn reference(&mut self, path: &[String], reference: Reference, kind: NodeKind) -> Option<Id> {
        let mut whole = vec!["input".to_owned()];
        whole.extend_from_slice(path);
        let id = of_kind(reference, kind);
        match id {
            Some(id) => self.references.push((whole, kind, id)),
            None => self.problems.push(missing(whole, kind)),
        }
        id
    }

    /// Title and slug. A language that is new, or whose slug is cleared, has its slug made from the title.
    pub fn title(
        &mut self,
        field: &'static str,
        title: Patch<String>,
        slug: Patch<String>,
        slot: &mut String,
    ) {
        let is_new = slot.is_empty();
        self.required(field, title, slot, |text| text::parse(&text, text::TITLE));
        match slug {
            Patch::Absent if !is_new => {}
            Patch::Absent | Patch::Clear => self.slug = SlugWish::Made,
            Patch::Set(text) => match super::slug::parse(&text) {
                Ok(slug) => self.slug = SlugWish::Chosen(slug),
                Err((code, message)) => self.refuse("slug", code, message),
            },
        }
    }
}

/// The problem of a reference to what does not exist.
pub(super) fn missing(path: Vec<String>, kind: NodeKind) -> Problem {
    let name = kind.as_str().to_lowercase().replace('_', " ");
    Problem { code: ProblemCode::NotFound, message: format!("There is no such {name}."), path }
}
