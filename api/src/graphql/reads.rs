//! What a document needs of records, by the names of its fields: a list of posts without bodies reads none.
//!
//! A name counts for all types that have it, and one that is not known here needs everything: what is forgotten here costs time, and
//! never an answer. One that is called cheaper than it is fails, but for bodies, which would be empty.

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};

use crate::domain::NodeKind;
use crate::domain::view::Reads;

/// What the fields of a document need together, whichever of its operations runs.
#[must_use]
pub fn of(document: &ExecutableDocument) -> Reads {
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    operations.chain(fragments).fold(Reads::NAMES, |reads, set| reads | of_set(set))
}

fn of_set(set: &SelectionSet) -> Reads {
    let needs = |selection: &Selection| match selection {
        Selection::Field(field) => of_field(&field.node),
        Selection::InlineFragment(fragment) => of_set(&fragment.node.selection_set.node),
        Selection::FragmentSpread(_) => Reads::NAMES,
    };
    set.items.iter().fold(Reads::NAMES, |reads, selection| reads | needs(&selection.node))
}

fn of_field(field: &Field) -> Reads {
    of_name(&field.name.node) | of_set(&field.selection_set.node)
}

/// Fields that need nothing more than a row, a slug and a title, on whatever type they are: everything's; those that lead from one
/// thing to another; a figure's and its source's; a channel's.
const PLAIN: [&str; 4] = [
    "__typename id cacheKey stage title slug name label language direction isFallback translations url path kind publishedAt \
     markdown text",
    "nodes edges node cursor pageInfo hasNextPage hasPreviousPage startCursor endCursor totalCount contents post posts \
     campaign campaigns topic topics person people authors statistic statistics statisticSet statisticSets sets figure \
     figures source sources service services channels contactChannel contactChannels",
    "value formatted qualifier lower upper unit per currency period start end area scheme code locator quote isLatest doi \
     issuedOn",
    "display actionUrl phone e164 dialString country extension textRelayUrl email webUrl keyword cost showsOnBill \
     responseHours hours expression timeZone holidays days date intervals openState status reason opensAt closesAt holiday \
     validUntil sentence verifiedAt freshness suspendedUntil textRelay priority languages viaInterpreter",
];

fn of_name(name: &str) -> Reads {
    use NodeKind::{Campaign, ContactChannel, Person, Post, Service, Source, Statistic, StatisticSet, Topic};
    match name {
        "updatedAt" => Reads::DOCUMENTS,
        "summary" => Reads::words(Post) | Reads::words(Campaign) | Reads::words(Service),
        "body" => Reads::bodies(Post) | Reads::bodies(Campaign) | Reads::bodies(Service),
        "description" => Reads::words(Topic),
        "role" => Reads::words(Person),
        "definition" | "population" | "statement" => Reads::words(Statistic),
        "subtitle" => Reads::words(StatisticSet),
        "publisher" | "licence" | "citation" => Reads::words(Source),
        "safetyNotes" => Reads::words(ContactChannel),
        name if PLAIN.iter().any(|names| names.split(' ').any(|plain| plain == name)) => Reads::NAMES,
        _ => Reads::EVERYTHING,
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn asked(document: &str) -> Reads {
        of(&parse_query(document).expect("a document"))
    }

    #[test]
    fn a_document_needs_what_its_fields_do() {
        assert_eq!(asked("{ posts { nodes { title topics { name } } } }"), Reads::NAMES);
        assert_eq!(asked("{ posts { nodes { summary: title updatedAt } } }"), Reads::DOCUMENTS);
        assert_eq!(asked("{ topics { nodes { description } } }"), Reads::words(NodeKind::Topic));
        assert_eq!(asked("{ posts { nodes { ... on Post { seo { title } } } } }"), Reads::EVERYTHING);
        assert_eq!(asked("{ posts { nodes { ...one } } } fragment one on Post { html }"), Reads::EVERYTHING);
    }
}
