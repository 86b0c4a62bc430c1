//! What stands before the executor: parses, bounds, validates and introspects.
//!
//! ```text
//! text ── parse ── measure ── validate ── lower ──► Prepared, kept by its text
//!                                                     │ choose an operation, check its variables
//!                                                     └► the executor, or the gate's own introspection
//! ```
//!
//! Why, and what it replaces: docs/decisions/0002-the-gate.md.

mod cost;
mod introspection;
mod limits;
mod lower;
mod measure;
mod parse;
mod placed;
#[cfg(test)]
mod tests;
mod variables;

use std::sync::Arc;

use apollo_compiler::ast::Value;
use apollo_compiler::collections::HashMap;
use apollo_compiler::executable::Operation;
use apollo_compiler::schema::Implementers;
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Name, Node, Schema};
use async_graphql::parser::types;
use moka::sync::Cache;

pub use introspection::merge;
pub use limits::{Limits, Standing};
pub use parse::operation_names;
pub use variables::Values;

use super::fault::Fault;
use crate::domain::view::Reads;
use crate::graphql::error::Code;
use crate::graphql::reads;

/// Estimated memory of a prepared document for each byte of its text.
const BYTES_PER_BYTE: usize = 40;
/// And for itself.
const BYTES_PER_DOCUMENT: usize = 4096;
/// Bytes that the prepared documents may take, by estimate: the least used are forgotten.
const CACHE_BYTES: u64 = 16 * 1024 * 1024;

/// The gate in front of one schema.
pub struct Gate {
    schema: Valid<Schema>,
    implementers: HashMap<Name, Implementers>,
    cache: Cache<Arc<str>, Arc<Prepared>>,
}

/// A document that is within the limits and fits the schema.
pub struct Prepared {
    /// For whom it was found to be within the limits.
    standing: Standing,
    document: Valid<ExecutableDocument>,
    executable: types::ExecutableDocument,
    reads: Reads,
}

/// One operation of a document.
pub struct Chosen<'a> {
    /// The operation.
    pub operation: &'a Node<Operation>,
    /// Query, mutation or subscription.
    pub kind: Kind,
    /// The names, not the aliases, of the fields at its root, through fragments; duplicates possible.
    pub root_fields: Vec<&'a str>,
}

/// What an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reads.
    Query,
    /// Writes.
    Mutation,
    /// Streams.
    Subscription,
}

impl Gate {
    /// The gate in front of the schema that the text describes.
    ///
    /// # Panics
    /// When the text is no valid schema. It is the program's own; a test sees to it.
    #[must_use]
    pub fn new(sdl: &str) -> Self {
        let schema = Schema::parse_and_validate(sdl, "schema.graphql")
            .unwrap_or_else(|refused| panic!("the program's own schema is invalid: {}", refused.errors));
        let cache = Cache::builder()
            .max_capacity(CACHE_BYTES)
            .weigher(|text: &Arc<str>, _: &Arc<Prepared>| {
                u32::try_from(text.len() * BYTES_PER_BYTE + BYTES_PER_DOCUMENT).unwrap_or(u32::MAX)
            })
            .build();
        Self { implementers: schema.implementers_map(), schema, cache }
    }

    /// Prepares documents that the operator trusts, given with their ids; names those that do not fit the schema.
    pub fn warm<'a>(&self, documents: impl Iterator<Item = (&'a str, &'a str)>) {
        for (id, text) in documents {
            if let Err(why) = self.fits(text) {
                tracing::warn!(id, why, "a trusted document does not fit the schema");
            }
        }
    }

    /// Whether a document fits the schema, and the limits of those that the operator trusts.
    ///
    /// # Errors
    /// Why not, in a line.
    pub fn fits(&self, text: &str) -> Result<(), String> {
        let first =
            |faults: Vec<Fault>| faults.into_iter().next().map_or_else(String::new, |fault| fault.message);
        self.prepare(text, Standing::Known).map(drop).map_err(first)
    }

    /// The document behind a text, from the cache or anew.
    ///
    /// # Errors
    /// One fault for a limit, or what is wrong with the document, at most ten faults.
    pub fn prepare(&self, text: &str, standing: Standing) -> Result<Arc<Prepared>, Vec<Fault>> {
        if let Some(prepared) = self.cache.get(text)
            && (standing == Standing::Known || prepared.standing == Standing::Anybody)
        {
            return Ok(prepared);
        }
        let limits = Limits::of(standing);
        let tree = parse::parse(text, limits)?;
        measure::check(&tree, limits).map_err(|fault| vec![fault])?;
        // In two steps: a field that the schema lacks would otherwise also be reported as a missing selection above it.
        let document =
            tree.to_executable(&self.schema).map_err(|refused| parse::invalid(&refused.errors, limits))?;
        let document =
            document.validate(&self.schema).map_err(|refused| parse::invalid(&refused.errors, limits))?;
        let repeated = parse::repeated_input_fields(&tree, limits);
        if !repeated.is_empty() {
            return Err(repeated);
        }
        let wrong = placed::wrong(&document, &self.schema, limits);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let executable = lower::lower(&tree, text).ok_or_else(|| {
            vec![Fault::new(Code::GraphqlValidationFailed, "The document must contain an operation.")]
        })?;
        let reads = reads::of(&executable);
        let prepared = Arc::new(Prepared { standing, document, executable, reads });
        self.cache.insert(text.into(), prepared.clone());
        Ok(prepared)
    }
}

impl Prepared {
    /// The operation to run: the one named, or the only one.
    ///
    /// # Errors
    /// `BAD_INPUT` when there is none of that name, or no name and several operations.
    pub fn choose(&self, name: Option<&str>) -> Result<Chosen<'_>, Fault> {
        let operation = self.document.operations.get(name).map_err(|_| {
            Fault::parameter(
                "operationName",
                if name.is_some() {
                    "The document has no operation of this name."
                } else {
                    "The document has several operations: name one of them."
                },
            )
        })?;
        let kind = if operation.is_query() {
            Kind::Query
        } else if operation.is_mutation() {
            Kind::Mutation
        } else {
            Kind::Subscription
        };
        let root_fields = operation.root_fields(&self.document).map(|field| field.name.as_str()).collect();
        Ok(Chosen { operation, kind, root_fields })
    }

    /// What an operation of it may cost with some variables, in units: one for each object that it may read.
    #[must_use]
    pub fn cost(&self, chosen: &Chosen<'_>, variables: &Values) -> u64 {
        cost::of(&self.document, chosen.operation, variables)
    }

    /// Whether an operation only tells what would be wrong: each of its root fields is a dry run.
    #[must_use]
    pub fn is_dry(&self, chosen: &Chosen<'_>, variables: &Values) -> bool {
        let operation = chosen.operation;
        let of_variable = |name: &Name| {
            let declared = operation.variables.iter().find(|variable| variable.name == *name);
            let default = || declared.and_then(|variable| variable.default_value.as_deref()?.to_bool());
            variables.get(name.as_str()).map_or_else(default, serde_json::Value::as_bool)
        };
        operation.root_fields(&self.document).all(|field| {
            let argument = field.arguments.iter().find(|argument| argument.name == "dryRun");
            argument.is_some_and(|argument| match &*argument.value {
                Value::Variable(name) => of_variable(name) == Some(true),
                value => value.to_bool() == Some(true),
            })
        })
    }

    /// What it says, the same however it was spaced, and whether it was sent or named.
    #[must_use]
    pub fn text(&self) -> String {
        self.document.to_string()
    }

    /// What its fields need of records.
    #[must_use]
    pub fn reads(&self) -> Reads {
        self.reads
    }

    /// The executor's form, a copy for one request.
    #[must_use]
    pub fn executable(&self) -> types::ExecutableDocument {
        self.executable.clone()
    }
}

impl Chosen<'_> {
    /// Whether what it reads is the same for everybody who sees the same content: a query that does not ask who is asking.
    #[must_use]
    pub fn is_for_everybody(&self) -> bool {
        self.kind == Kind::Query && !self.root_fields.contains(&"viewer")
    }

    /// Whether the gate has something to answer.
    #[must_use]
    pub fn introspects(&self) -> bool {
        self.kind == Kind::Query && self.root_fields.iter().any(|name| lower::INTROSPECTION.contains(name))
    }

    /// Whether the gate answers it all, so that the executor need not run.
    #[must_use]
    pub fn is_introspection(&self) -> bool {
        self.kind == Kind::Query && self.root_fields.iter().all(|name| name.starts_with("__"))
    }
}

impl Kind {
    /// As the specification and the log call it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Subscription => "subscription",
        }
    }
}
