//! Whether variables fit where they stand (specification of GraphQL, "All Variable Usages Are Allowed"). The compiler looks
//! at variables that are a whole argument, and takes a default of null for a value; this looks at all of them.

use std::collections::HashSet;

use apollo_compiler::ast::{InputValueDefinition, Type, Value as Literal};
use apollo_compiler::executable::{Argument, DirectiveList, Operation, Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{ExecutableDocument, Name, Node, Schema};
use async_graphql::Pos;

use super::limits::Limits;
use crate::graphql::error::Code;
use crate::http::fault::Fault;

/// A fault for each variable that may hold what its place does not take.
pub(super) fn wrong(document: &ExecutableDocument, schema: &Schema, limits: &Limits) -> Vec<Fault> {
    let mut found = Vec::new();
    for operation in document.operations.iter() {
        let mut search = Search { document, schema, operation, seen: HashSet::new(), found: Vec::new() };
        search.directives(&operation.directives);
        search.selections(&operation.selection_set);
        found.append(&mut search.found);
    }
    found.truncate(limits.errors);
    found
}

/// What one operation uses, each fragment once.
struct Search<'a> {
    document: &'a ExecutableDocument,
    schema: &'a Schema,
    operation: &'a Operation,
    seen: HashSet<&'a Name>,
    found: Vec<Fault>,
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
                self.value(&definition.ty, definition.default_value.is_some(), &argument.value);
            }
        }
    }

    fn value(&mut self, ty: &Type, has_default: bool, value: &Node<Literal>) {
        match value.as_ref() {
            Literal::Variable(name) => self.variable(ty, has_default, name, value),
            Literal::List(items) if ty.is_list() => {
                for item in items {
                    self.value(ty.item_type(), false, item);
                }
            }
            // A single value stands for a list of one.
            Literal::Object(fields) => {
                let Some(ExtendedType::InputObject(object)) = self.schema.types.get(ty.inner_named_type())
                else {
                    return;
                };
                for (name, value) in fields {
                    if let Some(field) = object.fields.get(name) {
                        self.value(&field.ty, field.default_value.is_some(), value);
                    }
                }
            }
            _ => {}
        }
    }

    fn variable(&mut self, ty: &Type, has_default: bool, name: &Name, place: &Node<Literal>) {
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
            let place = place.line_column_range(&self.document.sources).map(|range| range.start);
            let fault = Fault::new(Code::GraphqlValidationFailed, &message);
            self.found.push(fault.at(place.map(|start| Pos { line: start.line, column: start.column })));
        }
    }
}
