//! Whether the values of a document fit where they stand, where the compiler lets pass what does not.
//!
//! It knows the literals of the specification's scalars and takes any for others; all of ours but JSON are strings. Of
//! variables it looks at those that are a whole argument, and takes a default of null for a value; the specification ("All
//! Variable Usages Are Allowed") means all of them.

use std::collections::HashSet;

use apollo_compiler::ast::{Argument, InputValueDefinition, Type, Value as Literal};
use apollo_compiler::executable::{DirectiveList, Operation, Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{ExecutableDocument, Name, Node, Schema};
use async_graphql::Pos;

use super::limits::Limits;
use crate::graphql::error::Code;
use crate::http::fault::Fault;

/// The scalar that takes any value.
const ANY: &str = "JSON";

/// Whether a scalar is our own and takes strings alone.
pub(super) fn is_text(schema: &Schema, name: &str) -> bool {
    matches!(schema.types.get(name), Some(scalar @ ExtendedType::Scalar(_)) if !scalar.is_built_in())
        && name != ANY
}

/// A fault for each variable that may hold what its place does not take; where there is none, `BAD_INPUT` with the path of
/// its argument for each literal of another kind.
pub(super) fn wrong(document: &ExecutableDocument, schema: &Schema, limits: &Limits) -> Vec<Fault> {
    let mut found = Found { most: limits.errors, variables: Vec::new(), literals: Vec::new() };
    for operation in document.operations.iter() {
        let seen = HashSet::new();
        let mut search = Search { document, schema, operation, seen, path: Vec::new(), found: &mut found };
        for variable in &operation.variables {
            if let Some(default) = &variable.default_value {
                search.under(variable.name.to_string(), (&variable.ty, false), default);
            }
        }
        search.directives(&operation.directives);
        search.selections(&operation.selection_set);
    }
    if found.variables.is_empty() { found.literals } else { found.variables }
}

/// What is wrong, each once and at most so much, although two operations may share a fragment.
struct Found {
    most: usize,
    variables: Vec<Fault>,
    literals: Vec<Fault>,
}

/// What one operation uses, each fragment once.
struct Search<'a> {
    document: &'a ExecutableDocument,
    schema: &'a Schema,
    operation: &'a Operation,
    seen: HashSet<&'a Name>,
    path: Vec<String>,
    found: &'a mut Found,
}

impl<'a> Search<'a> {
    fn selections(&mut self, set: &'a SelectionSet) {
        for selection in &set.selections {
            self.directives(selection.directives());
            match selection {
                Selection::Field(field) => {
                    self.arguments(&field.arguments, |name| field.definition.argument_by_name(name));
                    self.selections(&field.selection_set);
                }
                Selection::InlineFragment(inline) => self.selections(&inline.selection_set),
                Selection::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.fragment_name);
                    if let Some(fragment) = fragment.filter(|_| self.seen.insert(&spread.fragment_name)) {
                        self.directives(&fragment.directives);
                        self.selections(&fragment.selection_set);
                    }
                }
            }
        }
    }

    fn directives(&mut self, directives: &DirectiveList) {
        for directive in directives {
            let definition = self.schema.directive_definitions.get(&directive.name);
            self.arguments(&directive.arguments, |name| {
                definition.and_then(|definition| definition.argument_by_name(name))
            });
        }
    }

    fn arguments<'d>(
        &mut self,
        arguments: &[Node<Argument>],
        definition: impl Fn(&str) -> Option<&'d Node<InputValueDefinition>>,
    ) {
        for argument in arguments {
            if let Some(definition) = definition(&argument.name) {
                let place = (definition.ty.as_ref(), definition.default_value.is_some());
                self.under(argument.name.to_string(), place, &argument.value);
            }
        }
    }

    /// Looks at the value under a key, in a place of a type that may have a default.
    fn under(&mut self, key: String, place: (&Type, bool), value: &Node<Literal>) {
        self.path.push(key);
        self.value(place, value);
        self.path.pop();
    }

    fn value(&mut self, (ty, has_default): (&Type, bool), value: &Node<Literal>) {
        let name = ty.inner_named_type();
        match value.as_ref() {
            Literal::Null | Literal::String(_) => {}
            Literal::Variable(variable) => self.variable(ty, has_default, variable, value),
            Literal::List(items) if ty.is_list() => {
                for (index, item) in items.iter().enumerate() {
                    self.under(index.to_string(), (ty.item_type(), false), item);
                }
            }
            // A single value stands for a list of one.
            Literal::Object(fields) => match self.schema.types.get(name) {
                Some(ExtendedType::InputObject(object)) => {
                    for (key, value) in fields {
                        if let Some(field) = object.fields.get(key) {
                            self.under(key.to_string(), (&field.ty, field.default_value.is_some()), value);
                        }
                    }
                }
                _ => self.expect_text(name, value),
            },
            _ => self.expect_text(name, value),
        }
    }

    fn variable(&mut self, ty: &Type, has_default: bool, name: &Name, value: &Node<Literal>) {
        let Some(variable) = self.operation.variables.iter().find(|variable| variable.name == *name) else {
            return;
        };
        let is_never_null =
            has_default || variable.default_value.as_ref().is_some_and(|default| !default.is_null());
        let needed = if is_never_null { ty.clone().nullable() } else { ty.clone() };
        if !variable.ty.is_assignable_to(&needed) {
            let message = format!(
                "Variable \"${name}\" of type \"{}\" used in position expecting type \"{ty}\".",
                variable.ty
            );
            let fault = Fault::new(Code::GraphqlValidationFailed, &message).at(self.position(value));
            note(&mut self.found.variables, self.found.most, fault);
        }
    }

    fn expect_text(&mut self, name: &str, value: &Node<Literal>) {
        if !is_text(self.schema, name) {
            return;
        }
        let message = format!("\"{}\" takes a string: its type is \"{name}\".", self.path.join("."));
        let fault = Fault::new(Code::BadInput, &message).at(self.position(value));
        let fault = Fault { argument_path: self.path.clone(), ..fault };
        note(&mut self.found.literals, self.found.most, fault);
    }

    fn position(&self, value: &Node<Literal>) -> Option<Pos> {
        let start = value.line_column_range(&self.document.sources)?.start;
        Some(Pos { line: start.line, column: start.column })
    }
}

fn note(faults: &mut Vec<Fault>, most: usize, fault: Fault) {
    if faults.len() < most && !faults.contains(&fault) {
        faults.push(fault);
    }
}
