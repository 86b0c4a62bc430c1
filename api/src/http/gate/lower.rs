//! From the compiler's syntax tree to the executor's, without a second parser.
//!
//! The executor's own parser refuses `"\u{51}"` and escaped surrogate pairs and disagrees with the specification in other
//! places; here strings arrive decoded and every node keeps its place in the client's text.

use apollo_compiler::ast::{self, Definition, Document};
use apollo_compiler::parser::SourceSpan;
use apollo_compiler::{Name, Node};
use async_graphql::parser::types as to;
use async_graphql::{Pos, Positioned};
use async_graphql_value::Value;

/// Names whose answers the gate gives itself.
pub(super) const INTROSPECTION: [&str; 2] = ["__schema", "__type"];

/// The executor's form of a validated document. `__schema` and `__type` become `__typename` under the same key, so
/// that the executor's answer has their places in the order of the document, to be filled in.
/// `None` for a document without operations.
pub(super) fn lower(document: &Document, text: &str) -> Option<to::ExecutableDocument> {
    let lowering = Lowering { positions: positions(text) };
    let mut named = Vec::new();
    let mut single = None;
    let mut fragments = Vec::new();
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => {
                let lowered = lowering.operation(operation);
                match &operation.name {
                    Some(name) => named.push((plain(name), lowered)),
                    None => single = Some(lowered),
                }
            }
            Definition::FragmentDefinition(fragment) => {
                fragments.push((plain(&fragment.name), lowering.fragment(fragment)));
            }
            _ => {}
        }
    }
    let operations = match single {
        Some(operation) => to::DocumentOperations::Single(operation),
        None if named.is_empty() => return None,
        None => to::DocumentOperations::Multiple(named.into_iter().collect()),
    };
    Some(to::ExecutableDocument { operations, fragments: fragments.into_iter().collect() })
}

/// Line and column of each byte; one pass, where asking the compiler for each node is quadratic in the length of a line.
fn positions(text: &str) -> Vec<Pos> {
    let mut here = Pos { line: 1, column: 1 };
    let mut positions = Vec::with_capacity(text.len() + 1);
    for character in text.chars() {
        positions.extend(std::iter::repeat_n(here, character.len_utf8()));
        here = match character {
            '\n' => Pos { line: here.line + 1, column: 1 },
            _ => Pos { column: here.column + 1, ..here },
        };
    }
    positions.push(here);
    positions
}

fn plain(name: &Name) -> async_graphql::Name {
    async_graphql::Name::new(name.as_str())
}

struct Lowering {
    positions: Vec<Pos>,
}

impl Lowering {
    fn at<T>(&self, node: T, span: Option<SourceSpan>) -> Positioned<T> {
        let place = span.and_then(|span| self.positions.get(span.offset())).copied();
        Positioned::new(node, place.unwrap_or_default())
    }

    fn name(&self, name: &Name) -> Positioned<async_graphql::Name> {
        self.at(plain(name), name.location())
    }

    fn operation(&self, operation: &Node<ast::OperationDefinition>) -> Positioned<to::OperationDefinition> {
        let lowered = to::OperationDefinition {
            ty: match operation.operation_type {
                ast::OperationType::Query => to::OperationType::Query,
                ast::OperationType::Mutation => to::OperationType::Mutation,
                ast::OperationType::Subscription => to::OperationType::Subscription,
            },
            variable_definitions: operation
                .variables
                .iter()
                .map(|variable| self.variable(variable))
                .collect(),
            directives: self.directives(&operation.directives),
            selection_set: self.selections(&operation.selection_set, operation.location()),
        };
        self.at(lowered, operation.location())
    }

    fn fragment(&self, fragment: &Node<ast::FragmentDefinition>) -> Positioned<to::FragmentDefinition> {
        let lowered = to::FragmentDefinition {
            type_condition: self.condition(&fragment.type_condition),
            directives: self.directives(&fragment.directives),
            selection_set: self.selections(&fragment.selection_set, fragment.location()),
        };
        self.at(lowered, fragment.location())
    }

    fn condition(&self, name: &Name) -> Positioned<to::TypeCondition> {
        self.at(to::TypeCondition { on: self.name(name) }, name.location())
    }

    fn variable(&self, variable: &Node<ast::VariableDefinition>) -> Positioned<to::VariableDefinition> {
        let lowered = to::VariableDefinition {
            name: self.name(&variable.name),
            var_type: self.at(type_of(&variable.ty), variable.ty.location()),
            directives: self.directives(&variable.directives),
            // A default holds no variables; validation has seen to it.
            default_value: variable
                .default_value
                .as_ref()
                .and_then(|default| Some(self.at(value(default).into_const()?, default.location()))),
        };
        self.at(lowered, variable.location())
    }

    fn directives(&self, directives: &[Node<ast::Directive>]) -> Vec<Positioned<to::Directive>> {
        directives
            .iter()
            .map(|directive| {
                let arguments = self.arguments(&directive.arguments);
                self.at(to::Directive { name: self.name(&directive.name), arguments }, directive.location())
            })
            .collect()
    }

    fn arguments(
        &self,
        arguments: &[Node<ast::Argument>],
    ) -> Vec<(Positioned<async_graphql::Name>, Positioned<Value>)> {
        let lowered = arguments.iter().map(|argument| {
            (self.name(&argument.name), self.at(value(&argument.value), argument.value.location()))
        });
        lowered.collect()
    }

    fn selections(
        &self,
        selections: &[ast::Selection],
        span: Option<SourceSpan>,
    ) -> Positioned<to::SelectionSet> {
        let items = selections
            .iter()
            .map(|selection| match selection {
                ast::Selection::Field(field) => {
                    self.at(to::Selection::Field(self.field(field)), field.location())
                }
                ast::Selection::FragmentSpread(spread) => {
                    let lowered = to::FragmentSpread {
                        fragment_name: self.name(&spread.fragment_name),
                        directives: self.directives(&spread.directives),
                    };
                    let lowered = self.at(lowered, spread.location());
                    self.at(to::Selection::FragmentSpread(lowered), spread.location())
                }
                ast::Selection::InlineFragment(inline) => {
                    let lowered = to::InlineFragment {
                        type_condition: inline.type_condition.as_ref().map(|name| self.condition(name)),
                        directives: self.directives(&inline.directives),
                        selection_set: self.selections(&inline.selection_set, inline.location()),
                    };
                    let lowered = self.at(lowered, inline.location());
                    self.at(to::Selection::InlineFragment(lowered), inline.location())
                }
            })
            .collect();
        self.at(to::SelectionSet { items }, span)
    }

    fn field(&self, field: &Node<ast::Field>) -> Positioned<to::Field> {
        let lowered = if INTROSPECTION.contains(&field.name.as_str()) {
            to::Field {
                alias: Some(self.name(field.alias.as_ref().unwrap_or(&field.name))),
                name: self.at(async_graphql::Name::new("__typename"), field.location()),
                arguments: Vec::new(),
                directives: self.directives(&field.directives),
                selection_set: Positioned::default(),
            }
        } else {
            to::Field {
                alias: field.alias.as_ref().map(|alias| self.name(alias)),
                name: self.name(&field.name),
                arguments: self.arguments(&field.arguments),
                directives: self.directives(&field.directives),
                selection_set: self.selections(&field.selection_set, field.location()),
            }
        };
        self.at(lowered, field.location())
    }
}

fn type_of(ty: &ast::Type) -> to::Type {
    let (base, nullable) = match ty {
        ast::Type::Named(name) => (to::BaseType::Named(plain(name)), true),
        ast::Type::NonNullNamed(name) => (to::BaseType::Named(plain(name)), false),
        ast::Type::List(item) => (to::BaseType::List(Box::new(type_of(item))), true),
        ast::Type::NonNullList(item) => (to::BaseType::List(Box::new(type_of(item))), false),
    };
    to::Type { base, nullable }
}

fn value(from: &ast::Value) -> Value {
    match from {
        ast::Value::Null => Value::Null,
        ast::Value::Enum(name) => Value::Enum(plain(name)),
        ast::Value::Variable(name) => Value::Variable(plain(name)),
        ast::Value::String(text) => Value::String(text.clone()),
        ast::Value::Float(literal) => number(literal.as_str()),
        ast::Value::Int(literal) => number(literal.as_str()),
        ast::Value::Boolean(yes) => Value::Boolean(*yes),
        ast::Value::List(items) => Value::List(items.iter().map(|item| value(item)).collect()),
        ast::Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, field)| (plain(name), value(field))).collect())
        }
    }
}

/// A number beyond what a float holds can only stand where a scalar of ours judges it: as text nothing is lost.
fn number(literal: &str) -> Value {
    literal.parse().map_or_else(|_| Value::String(literal.to_owned()), Value::Number)
}
