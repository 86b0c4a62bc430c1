//! What an operation may cost, from what is asked and never from what is there.

use std::collections::HashMap;

use apollo_compiler::ExecutableDocument;
use apollo_compiler::ast::Value;
use apollo_compiler::executable::{Field, Operation, Selection, SelectionSet};

use super::variables::Values;

/// How many items a page has unless its size is said: the default of every connection.
const PAGE: u64 = 20;
/// How many items a list without pages is taken to have.
const LIST: u64 = 10;
/// The largest page; whoever asks for more is refused later.
const LARGEST_PAGE: u64 = 100;

/// The cost of an operation in units: one for each object that it may read. Lists multiply what is inside them by the size of
/// the page that is asked for. At least 1; sums saturate. Linear in the document, since each fragment is counted once.
pub(super) fn of(document: &ExecutableDocument, operation: &Operation, variables: &Values) -> u64 {
    let mut meter = Meter { document, variables, known: HashMap::new() };
    meter.selections(&operation.selection_set).max(1)
}

struct Meter<'a> {
    document: &'a ExecutableDocument,
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
        let asked = ["first", "last"].into_iter().find_map(|name| field.specified_argument_by_name(name));
        let size = match asked.map(|value| &**value) {
            Some(Value::Int(size)) => size.try_to_i32().ok().map(i64::from),
            Some(Value::Variable(name)) => {
                self.variables.get(name.as_str()).and_then(serde_json::Value::as_i64)
            }
            _ => None,
        };
        size.map_or(PAGE, |size| u64::try_from(size).unwrap_or(1).clamp(1, LARGEST_PAGE))
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
