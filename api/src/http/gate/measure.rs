//! The size of a document with its fragments expanded, found without expanding them.

use std::collections::HashMap;

use apollo_compiler::ast::{Argument, Definition, Directive, Document, FragmentDefinition, Selection, Value};
use apollo_compiler::{Name, Node};

use super::limits::Limits;
use crate::graphql::error::Code;
use crate::http::fault::Fault;

/// Holds a document against the limits, before anything else walks it. Each fragment is measured once, so the work
/// is linear in the text however often fragments are spread. A fragment inside itself counts as empty: that
/// is validation's to report.
///
/// # Errors
/// `TOO_DEEP` or `TOO_COMPLEX`, naming the limit.
pub(super) fn check(document: &Document, limits: &Limits) -> Result<(), Fault> {
    let mut meter = Meter { limits, fragments: HashMap::new(), known: HashMap::new() };
    for definition in &document.definitions {
        if let Definition::FragmentDefinition(fragment) = definition {
            meter.fragments.insert(&fragment.name, fragment);
        }
    }
    let mut operations = 0;
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => {
                operations += 1;
                at_most(operations, limits.operations, "operations in one document")?;
                for default in
                    operation.variables.iter().filter_map(|variable| variable.default_value.as_ref())
                {
                    meter.value(default, 0)?;
                }
                let own = meter.directives(&operation.directives)?;
                let size = meter.selections(&operation.selection_set, 1)?;
                at_most(size.root_fields, limits.root_fields, "fields at the root")?;
                within(size.plus(own), limits)?;
            }
            Definition::FragmentDefinition(fragment) => {
                meter.fragment(&fragment.name, 1)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// What is counted. Sums saturate.
#[derive(Clone, Copy, Default)]
struct Size {
    depth: u32,
    nesting: u32,
    fields: u32,
    aliases: u32,
    root_fields: u32,
    directives: u32,
}

impl Size {
    fn plus(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            nesting: self.nesting.max(other.nesting),
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            root_fields: self.root_fields.saturating_add(other.root_fields),
            directives: self.directives.saturating_add(other.directives),
        }
    }
}

struct Meter<'a> {
    limits: &'a Limits,
    fragments: HashMap<&'a Name, &'a Node<FragmentDefinition>>,
    /// What is known of a fragment: `None` while it is being measured.
    known: HashMap<&'a Name, Option<Size>>,
}

impl<'a> Meter<'a> {
    /// A selection set that lies `level` selection sets deep. The recursion ends at the limit on nesting.
    fn selections(&mut self, selections: &'a [Selection], level: u32) -> Result<Size, Fault> {
        nested(level, self.limits)?;
        let mut total = Size::default();
        for selection in selections {
            total = total.plus(match selection {
                Selection::Field(field) => {
                    self.arguments(&field.arguments)?;
                    let own = self.directives(&field.directives)?;
                    let below = if field.selection_set.is_empty() {
                        Size::default()
                    } else {
                        self.selections(&field.selection_set, level + 1)?
                    };
                    Size {
                        depth: below.depth + 1,
                        fields: below.fields.saturating_add(1),
                        aliases: below.aliases.saturating_add(u32::from(field.alias.is_some())),
                        root_fields: 1,
                        ..below
                    }
                    .plus(own)
                }
                Selection::InlineFragment(inline) => {
                    let own = self.directives(&inline.directives)?;
                    self.selections(&inline.selection_set, level + 1)?.plus(own)
                }
                Selection::FragmentSpread(spread) => {
                    let own = self.directives(&spread.directives)?;
                    self.fragment(&spread.fragment_name, level + 1)?.plus(own)
                }
            });
            within(total, self.limits)?;
        }
        Ok(Size { nesting: total.nesting + 1, ..total })
    }

    fn fragment(&mut self, name: &'a Name, level: u32) -> Result<Size, Fault> {
        let Some(&fragment) = self.fragments.get(name) else { return Ok(Size::default()) };
        if let Some(&known) = self.known.get(name) {
            let size = known.unwrap_or_default();
            nested(level + size.nesting.saturating_sub(1), self.limits)?;
            return Ok(size);
        }
        self.known.insert(&fragment.name, None);
        let own = self.directives(&fragment.directives)?;
        let size = self.selections(&fragment.selection_set, level)?.plus(own);
        self.known.insert(&fragment.name, Some(size));
        Ok(size)
    }

    fn directives(&self, directives: &[Node<Directive>]) -> Result<Size, Fault> {
        for directive in directives {
            self.arguments(&directive.arguments)?;
        }
        let count = u32::try_from(directives.len()).unwrap_or(u32::MAX);
        Ok(Size { directives: count, ..Size::default() })
    }

    fn arguments(&self, arguments: &[Node<Argument>]) -> Result<(), Fault> {
        arguments.iter().try_for_each(|argument| self.value(&argument.value, 0))
    }

    fn value(&self, value: &Value, depth: u32) -> Result<(), Fault> {
        if depth > self.limits.value_depth {
            return Err(value_too_deep(self.limits));
        }
        match value {
            Value::List(items) => items.iter().try_for_each(|item| self.value(item, depth + 1)),
            Value::Object(fields) => fields.iter().try_for_each(|(_, field)| self.value(field, depth + 1)),
            _ => Ok(()),
        }
    }
}

/// The fault of a literal or variable with too many lists and objects inside each other.
pub(super) fn value_too_deep(limits: &Limits) -> Fault {
    too_deep(limits.value_depth, "lists and objects inside each other in a value")
}

/// The fault of a document that nests too far for the parser.
pub(super) fn too_nested(limits: &Limits) -> Fault {
    too_deep(limits.nesting, "selections inside each other")
}

fn nested(level: u32, limits: &Limits) -> Result<(), Fault> {
    if level > limits.nesting { Err(too_nested(limits)) } else { Ok(()) }
}

fn within(size: Size, limits: &Limits) -> Result<(), Fault> {
    if size.depth > limits.depth {
        return Err(too_deep(limits.depth, "fields inside each other"));
    }
    at_most(size.fields, limits.fields, "fields, counted through fragments")?;
    at_most(size.aliases, limits.aliases, "aliases, counted through fragments")?;
    at_most(size.directives, limits.directives, "directives, counted through fragments")
}

fn at_most<N: Copy + PartialOrd + std::fmt::Display>(count: N, limit: N, what: &str) -> Result<(), Fault> {
    if count <= limit {
        return Ok(());
    }
    Err(Fault::new(Code::TooComplex, &format!("The document asks for too much: at most {limit} {what}.")))
}

fn too_deep(limit: u32, what: &str) -> Fault {
    Fault::new(Code::TooDeep, &format!("The document is nested too deeply: at most {limit} {what}."))
}
