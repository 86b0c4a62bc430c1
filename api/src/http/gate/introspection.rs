//! Answers `__schema`, `__type` and, where nothing else is asked, `__typename`.

use apollo_compiler::executable::Operation;
use apollo_compiler::introspection::{check_max_depth, partial_execute};
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::{JsonMap, ResponseDataPathSegment};
use async_graphql::{ErrorExtensionValues, PathSegment, Pos, Response, ServerError, Value};

use super::variables::Values;
use super::{Gate, Prepared};
use crate::graphql::error::Code;
use crate::http::fault::Fault;

impl Gate {
    /// What the introspection fields at the root of an operation answer; the others are left out.
    ///
    /// # Errors
    /// `TOO_DEEP` for lists of types inside lists of types, `BAD_INPUT` for variables that do not fit.
    pub fn introspect(
        &self,
        prepared: &Prepared,
        operation: &Operation,
        values: &Values,
    ) -> Result<Response, Fault> {
        let document = &prepared.document;
        check_max_depth(document, operation).map_err(|_| {
            Fault::new(
                Code::TooDeep,
                "The document is nested too deeply: introspection lists inside each other.",
            )
        })?;
        let refused = |_| Fault::new(Code::BadInput, "A variable does not fit its type.");
        let values: JsonMap =
            values.iter().map(|(name, value)| (name.as_str().into(), value.clone().into())).collect();
        let values = coerce_variable_values(&self.schema, operation, &values).map_err(refused)?;
        let answer = partial_execute(&self.schema, &self.implementers, document, operation, &values)
            .map_err(refused)?;
        let data = answer.data.and_then(|data| async_graphql::to_value(data).ok()).unwrap_or_default();
        let mut response = Response::new(data);
        response.errors = answer
            .errors
            .into_iter()
            .map(|error| {
                let place =
                    error.locations.first().map(|place| Pos { line: place.line, column: place.column });
                let path = error.path.into_iter().map(|segment| match segment {
                    ResponseDataPathSegment::Field(name) => PathSegment::Field(name.to_string()),
                    ResponseDataPathSegment::ListIndex(index) => PathSegment::Index(index),
                });
                let mut extensions = ErrorExtensionValues::default();
                extensions.set("code", Code::BadInput.as_str());
                let error = ServerError::new(error.message, place).with_path(path.collect());
                ServerError { extensions: Some(extensions), ..error }
            })
            .collect();
        Ok(response)
    }
}

/// Puts the gate's answers where the executor left their places.
pub fn merge(executed: &mut Response, introspected: Response) {
    executed.errors.extend(introspected.errors);
    let (Value::Object(data), Value::Object(answers)) = (&mut executed.data, introspected.data) else {
        return;
    };
    for (key, answer) in answers {
        if let Some(place) = data.get_mut(&key) {
            *place = answer;
        }
    }
}
