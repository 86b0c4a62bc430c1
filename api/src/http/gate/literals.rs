//! Whether the literals of a document fit our own scalars. Validation knows what those of the specification take, and lets
//! others pass; all of ours but JSON are strings.

use apollo_compiler::ast::{Type, Value as Literal};
use apollo_compiler::executable::{Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{ExecutableDocument, Node, Schema};
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

/// `BAD_INPUT` for each literal of another kind, with the path of its argument.
pub(super) fn wrong(document: &ExecutableDocument, schema: &Schema, limits: &Limits) -> Vec<Fault> {
    let mut search = Search { document, schema, path: Vec::new(), found: Vec::new() };
    for operation in document.operations.iter() {
        for variable in &operation.variables {
            if let Some(default) = &variable.default_value {
                search.under(variable.name.to_string(), &variable.ty, default);
            }
        }
        search.selections(&operation.selection_set);
    }
    for fragment in document.fragments.values() {
        search.selections(&fragment.selection_set);
    }
    search.found.truncate(limits.errors);
    search.found
}

struct Search<'a> {
    document: &'a ExecutableDocument,
    schema: &'a Schema,
    path: Vec<String>,
    found: Vec<Fault>,
}

impl Search<'_> {
    fn selections(&mut self, set: &SelectionSet) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    for argument in &field.arguments {
                        if let Some(definition) = field.definition.argument_by_name(&argument.name) {
                            self.under(argument.name.to_string(), &definition.ty, &argument.value);
                        }
                    }
                    self.selections(&field.selection_set);
                }
                Selection::InlineFragment(inline) => self.selections(&inline.selection_set),
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn under(&mut self, key: String, ty: &Type, literal: &Node<Literal>) {
        self.path.push(key);
        self.literal(ty, literal);
        self.path.pop();
    }

    fn literal(&mut self, ty: &Type, literal: &Node<Literal>) {
        let name = ty.inner_named_type();
        match literal.as_ref() {
            Literal::Null | Literal::Variable(_) | Literal::String(_) => {}
            Literal::List(items) if ty.is_list() => {
                for (index, item) in items.iter().enumerate() {
                    self.under(index.to_string(), ty.item_type(), item);
                }
            }
            Literal::Object(fields) => match self.schema.types.get(name) {
                Some(ExtendedType::InputObject(object)) => {
                    for (key, value) in fields {
                        if let Some(field) = object.fields.get(key) {
                            self.under(key.to_string(), &field.ty, value);
                        }
                    }
                }
                _ => self.expect_text(name, literal),
            },
            _ => self.expect_text(name, literal),
        }
    }

    fn expect_text(&mut self, name: &str, literal: &Node<Literal>) {
        if !is_text(self.schema, name) {
            return;
        }
        let place = literal.line_column_range(&self.document.sources).map(|range| range.start);
        let message = format!("\"{}\" takes a string: its type is \"{name}\".", self.path.join("."));
        self.found.push(Fault {
            argument_path: self.path.clone(),
            ..Fault::new(Code::BadInput, &message)
                .at(place.map(|start| Pos { line: start.line, column: start.column }))
        });
    }
}
