//! What an operation may cost, from what is asked and never from what is there.

use std::collections::HashMap;

use apollo_compiler::ExecutableDocument;
use apollo_compiler::ast::Value;
use apollo_compiler::executable::{Field, Operation, Selection, SelectionSet};

use super::variables::Values;

/// How many items a page has unless its size is said, or the schema names another default.
const PAGE: u64 = 20;
/// How many items a list without pages is taken to have.
const LIST: u64 = 10;
/// The largest page of any connection; whoever asks for more than its own largest is refused later.
const LARGEST_PAGE: u64 = 1_000;

/// The cost of an operation in units: one for each object that it may read. Lists multiply what is inside them by the size of
/// the page that is asked for. At least 1; sums saturate. Linear in the document, since each fragment is counted once.
pub(super) fn of(document: &ExecutableDocument, operation: &Operation, variables: &Values) -> u64 {
    let mut meter = Meter { document, operation, variables, known: HashMap::new() };
    meter.selections(&operation.selection_set).max(1)
}

struct Meter<'a> {
    document: &'a ExecutableDocument,
    operation: &'a Operation,
    variables: &'a Values,
    known: HashMap<&'a str, u64>,
}

impl<'a> Meter<'a> {
    /// Validation has seen to it that fragments end.
    fn selections(&mut self, set: &'a SelectionSet) -> u64 {
        let is_connection = set.ty.ends_with("Connection");
        set.selections.iter().fold(0, |total: u64, selection| {
            total.saturating_add(match selection {
                Selection::Field(field) => self.field(field, is_connection),
                Selection::InlineFragment(inline) => self.selections(&inline.selection_set),
                Selection::FragmentSpread(spread) => self.fragment(&spread.fragment_name),
            })
        })
    }

    /// The items of a connection were multiplied where it was asked for.
    fn field(&mut self, field: &'a Field, of_connection: bool) -> u64 {
        if field.selection_set.selections.is_empty() {
            return 0;
        }
        let below = self.selections(&field.selection_set).saturating_add(1);
        if field.selection_set.ty.ends_with("Connection") {
            below.saturating_mul(self.page(field))
        } else if field.ty().is_list() && !of_connection {
            below.saturating_mul(LIST)
        } else {
            below
        }
    }

    fn page(&self, field: &Field) -> u64 {
        let given = |name| self.number(field.specified_argument_by_name(name)?);
        let default = |name| self.number(field.definition.argument_by_name(name)?.default_value.as_ref()?);
        let size = ["first", "last"].into_iter().find_map(given).or_else(|| default("first"));
        size.map_or(PAGE, |size| u64::try_from(size).unwrap_or(1).clamp(1, LARGEST_PAGE))
    }

    /// A number as the executor will see it: what stands there, or what its variable is or is by default.
    fn number(&self, value: &Value) -> Option<i64> {
        match value {
            Value::Int(number) => number.try_to_i32().ok().map(i64::from),
            Value::Variable(name) => {
                let default = || {
                    let declared = self.operation.variables.iter().find(|variable| variable.name == *name)?;
                    self.number(declared.default_value.as_ref()?)
                };
                self.variables.get(name.as_str()).map_or_else(default, serde_json::Value::as_i64)
            }
            _ => None,
        }
    }

    fn fragment(&mut self, name: &'a str) -> u64 {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let cost =
            self.document.fragments.get(name).map_or(0, |fragment| self.selections(&fragment.selection_set));
        self.known.insert(name, cost);
        cost
    }
}
