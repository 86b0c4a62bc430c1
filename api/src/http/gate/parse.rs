//! From text to a syntax tree, and from diagnostics to faults.

use apollo_compiler::ast::{Argument, Definition, Directive, Document, Selection, Value};
use apollo_compiler::parser::{Parser, SourceMap, SourceSpan};
use apollo_compiler::validation::DiagnosticList;
use apollo_compiler::{Name, Node};
use async_graphql::Pos;

use super::limits::Limits;
use super::measure;
use crate::graphql::error::Code;
use crate::http::fault::Fault;

/// How far the parser recurses before it gives up; measuring afterwards is exact.
const PARSER_RECURSION: usize = 100;

/// The names of the operations of a document, as far as it can be read.
#[must_use]
pub fn operation_names(text: &str) -> Vec<String> {
    let document = match Parser::new().recursion_limit(PARSER_RECURSION).parse_ast(text, "document") {
        Ok(document) => document,
        Err(refused) => refused.partial,
    };
    let name =
        |definition: &Definition| Some(definition.as_operation_definition()?.name.as_ref()?.to_string());
    document.definitions.iter().filter_map(name).collect()
}

/// The syntax tree of a document whose text is within the limits.
///
/// # Errors
/// `TOO_LARGE`, `TOO_COMPLEX` or `TOO_DEEP` where the parser must not go on, otherwise `GRAPHQL_PARSE_FAILED`.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Document, Vec<Fault>> {
    if text.len() > limits.document_bytes {
        let message = format!("The document is too large: at most {} bytes.", limits.document_bytes);
        return Err(vec![Fault::new(Code::TooLarge, &message)]);
    }
    let mut parser = Parser::new().recursion_limit(PARSER_RECURSION).token_limit(limits.tokens);
    let refused = match parser.parse_ast(text, "document") {
        Ok(document) => return Ok(document),
        Err(refused) => refused.errors,
    };
    if parser.tokens_reached() > limits.tokens {
        let message = format!("The document asks for too much: at most {} tokens.", limits.tokens);
        return Err(vec![Fault::new(Code::TooComplex, &message)]);
    }
    if parser.recursion_reached() > PARSER_RECURSION {
        return Err(vec![measure::too_nested(limits)]);
    }
    Err(faults(&refused, Code::GraphqlParseFailed, limits))
}

/// What validation found wrong.
pub(super) fn invalid(diagnostics: &DiagnosticList, limits: &Limits) -> Vec<Fault> {
    faults(diagnostics, Code::GraphqlValidationFailed, limits)
}

/// What the compiler found wrong, in the words of the specification where it has any.
fn faults(diagnostics: &DiagnosticList, code: Code, limits: &Limits) -> Vec<Fault> {
    diagnostics
        .iter()
        .take(limits.errors)
        .map(|diagnostic| {
            let message =
                diagnostic.error.unstable_compat_message().unwrap_or_else(|| diagnostic.error.to_string());
            let place = diagnostic.line_column_range();
            Fault::new(code, &discreet(&message))
                .at(place.map(|range| Pos { line: range.start.line, column: range.start.column }))
        })
        .collect()
}

/// A message without suggestions and without values from the document.
fn discreet(message: &str) -> String {
    let message = message.split(" Did you mean").next().unwrap_or_default();
    let message = match message.find(" value: ") {
        Some(end) => format!("{} value.", &message[..end]),
        None => message.to_owned(),
    };
    match message.strip_prefix("syntax error: ") {
        Some(rest) => format!("Syntax Error: {rest}."),
        None => message,
    }
}

/// Input objects that give one field twice, which the compiler lets pass.
pub(super) fn repeated_input_fields(document: &Document, limits: &Limits) -> Vec<Fault> {
    let mut search = Search { sources: &document.sources, found: Vec::new() };
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => {
                for variable in &operation.variables {
                    variable.default_value.iter().for_each(|value| search.value(value));
                }
                search.directives(&operation.directives);
                search.selections(&operation.selection_set);
            }
            Definition::FragmentDefinition(fragment) => {
                search.directives(&fragment.directives);
                search.selections(&fragment.selection_set);
            }
            _ => {}
        }
    }
    search.found.truncate(limits.errors);
    search.found
}

struct Search<'a> {
    sources: &'a SourceMap,
    found: Vec<Fault>,
}

impl Search<'_> {
    fn selections(&mut self, selections: &[Selection]) {
        for selection in selections {
            match selection {
                Selection::Field(field) => {
                    self.arguments(&field.arguments);
                    self.directives(&field.directives);
                    self.selections(&field.selection_set);
                }
                Selection::InlineFragment(inline) => {
                    self.directives(&inline.directives);
                    self.selections(&inline.selection_set);
                }
                Selection::FragmentSpread(spread) => self.directives(&spread.directives),
            }
        }
    }

    fn directives(&mut self, directives: &[Node<Directive>]) {
        for directive in directives {
            self.arguments(&directive.arguments);
        }
    }

    fn arguments(&mut self, arguments: &[Node<Argument>]) {
        for argument in arguments {
            self.value(&argument.value);
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::List(items) => items.iter().for_each(|item| self.value(item)),
            Value::Object(fields) => {
                let mut names: Vec<&Name> = fields.iter().map(|(name, _)| name).collect();
                names.sort_by_key(|name| (name.as_str(), name.location().map(|place| place.offset())));
                for pair in names.windows(2).filter(|pair| pair[0] == pair[1]) {
                    let message = format!("There can be only one input field named \"{}\".", pair[1]);
                    let place = pair[1].location().and_then(|span| position(span, self.sources));
                    self.found.push(Fault::new(Code::GraphqlValidationFailed, &message).at(place));
                }
                for (_, value) in fields {
                    self.value(value);
                }
            }
            _ => {}
        }
    }
}

fn position(span: SourceSpan, sources: &SourceMap) -> Option<Pos> {
    let place = span.line_column(sources)?;
    Some(Pos { line: place.line, column: place.column })
}
