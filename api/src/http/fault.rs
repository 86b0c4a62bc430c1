//! An error that a client reads in place of data.

use async_graphql::Pos;
use serde_json::{Map, Value, json};

use crate::graphql::error::{Code, GqlError};

/// Longest message, in characters: a message may quote a name from the document, and names have no bound.
const MAX_MESSAGE: usize = 300;

/// One entry of `errors`, before there is any data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `extensions.code`.
    pub code: Code,
    /// One line for the client's developer, at most 300 characters.
    pub message: String,
    /// Where in the document; empty when it is not about a place.
    pub locations: Vec<Pos>,
    /// `extensions.argumentPath`: the argument or request parameter, then keys and list positions.
    pub argument_path: Vec<String>,
    /// `extensions.variable`: the variable that carried a bad value, without the `$`.
    pub variable: Option<String>,
}

impl Fault {
    /// A fault that is about no particular place. Only the first line of the message is kept.
    #[must_use]
    pub fn new(code: Code, message: &str) -> Self {
        let line = message.lines().next().unwrap_or_default();
        Self {
            code,
            message: line.chars().filter(|c| !c.is_control()).take(MAX_MESSAGE).collect(),
            locations: Vec::new(),
            argument_path: Vec::new(),
            variable: None,
        }
    }

    /// A defect of ours.
    #[must_use]
    pub fn internal() -> Self {
        GqlError::internal().into()
    }

    /// `BAD_INPUT` about a parameter of the request.
    #[must_use]
    pub fn parameter(name: &str, message: &str) -> Self {
        Self { argument_path: vec![name.to_owned()], ..Self::new(Code::BadInput, message) }
    }

    /// The same fault at a place in the document.
    #[must_use]
    pub fn at(self, location: Option<Pos>) -> Self {
        Self { locations: location.into_iter().collect(), ..self }
    }

    /// The entry as the response has it. `request_id` is shown on `INTERNAL` errors only.
    #[must_use]
    pub fn to_json(&self, request_id: &str) -> Value {
        let mut extensions = Map::new();
        extensions.insert("code".into(), self.code.as_str().into());
        if !self.argument_path.is_empty() {
            extensions.insert("argumentPath".into(), self.argument_path.clone().into());
        }
        if let Some(variable) = &self.variable {
            extensions.insert("variable".into(), variable.as_str().into());
        }
        if self.code == Code::Internal {
            extensions.insert("requestId".into(), request_id.into());
        }
        let mut error = Map::new();
        error.insert("message".into(), self.message.as_str().into());
        if !self.locations.is_empty() {
            let places = self.locations.iter().map(|pos| json!({ "line": pos.line, "column": pos.column }));
            error.insert("locations".into(), places.collect::<Vec<_>>().into());
        }
        error.insert("extensions".into(), extensions.into());
        error.into()
    }
}

impl From<GqlError> for Fault {
    fn from(error: GqlError) -> Self {
        Self::new(error.code(), error.message())
    }
}

/// A response body of faults alone, without `data`.
#[must_use]
pub fn body(faults: &[Fault], request_id: &str) -> Vec<u8> {
    let errors: Vec<Value> = faults.iter().map(|fault| fault.to_json(request_id)).collect();
    json!({ "errors": errors }).to_string().into_bytes()
}
