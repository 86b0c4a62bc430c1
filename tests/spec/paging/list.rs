//! A list that can be read whole, or in pages from either end.

use apollo_compiler::ast::FieldDefinition;
use serde_json::Value;

use crate::support::{Person, walk};

/// A connection: where it stands, and its own arguments.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// What stands around it: `topic(slug: "shared")`; empty at the root.
    pub(super) around: &'static str,
    /// The field.
    pub(super) field: String,
    /// Order, filter, language: `sort: TITLE`.
    pub(super) arguments: String,
}

/// One page.
pub(super) struct Page {
    /// The ids of its items.
    pub(super) ids: Vec<String>,
    /// Whether there is more: before it and after it.
    pub(super) more: (bool, bool),
    /// The cursors of its ends.
    pub(super) ends: (Value, Value),
    /// How many there are in all.
    pub(super) total: Value,
}

/// Every connection at the root in each of its orders; a search, which must be told for what, and the changes, whose end is
/// always open, have their own promises.
pub(super) fn at_the_root() -> Vec<List> {
    let is_list = |root: &&FieldDefinition| {
        let is_asked = root.arguments.iter().any(|argument| argument.is_required());
        let item = walk::connected(root.ty.inner_named_type().as_str());
        // What is said of content has no id of its own, and lists with promises of their own.
        let is_thing = item.is_some_and(|item| walk::has(item, "id"));
        is_thing && !is_asked
    };
    let lists = walk::roots().filter(is_list);
    let of = |root: &'static FieldDefinition| {
        let of = move |arguments| List { around: "", field: root.name.to_string(), arguments };
        orders(root).into_iter().map(of)
    };
    lists.flat_map(of).collect()
}

/// The arguments for each order of a connection.
fn orders(field: &FieldDefinition) -> Vec<String> {
    let Some(sort) = field.argument_by_name("sort") else { return vec![String::new()] };
    walk::values(sort.ty.inner_named_type().as_str()).map(|value| format!("sort: {value}")).collect()
}

/// Every connection below something, in each of its orders, on the shelf.
pub(super) fn below() -> Vec<List> {
    let places = [
        (r#"topic(slug: "shared")"#, "Topic", "posts"),
        (r#"person(slug: "shared")"#, "Person", "posts"),
        (r#"campaign(slug: "shared")"#, "Campaign", "posts"),
        (r#"campaign(slug: "shared") { edition(year: 2026)"#, "CampaignEdition", "posts"),
        (r#"source(slug: "shared")"#, "Source", "statistics"),
        (r#"statistic(slug: "shared")"#, "Statistic", "figures"),
    ];
    let of = |(around, ty, field): (&'static str, &str, &str)| {
        let definition = walk::field(ty, field);
        let of = move |arguments| List { around, field: field.to_owned(), arguments };
        orders(definition).into_iter().map(of).collect::<Vec<_>>()
    };
    places.into_iter().flat_map(of).collect()
}

impl List {
    /// The first page of a list with these arguments: `posts(first: 2, sort: TITLE)`.
    pub(super) async fn page(&self, person: &Person, paging: &str) -> Page {
        let answer = person.ask(&self.question(paging)).await.expect_ok();
        let mut found = &answer.json["data"];
        while found.get("pageInfo").is_none() {
            found = found.as_object().and_then(|fields| fields.values().next()).expect("there is a list");
        }
        let ids = found["nodes"].as_array().into_iter().flatten();
        let info = &found["pageInfo"];
        let says = |key: &str| info[key] == Value::Bool(true);
        Page {
            ids: ids.map(|node| node["id"].as_str().unwrap_or_default().to_owned()).collect(),
            more: (says("hasPreviousPage"), says("hasNextPage")),
            ends: (info["startCursor"].clone(), info["endCursor"].clone()),
            total: found["totalCount"].clone(),
        }
    }

    /// The document that asks for a page.
    pub(super) fn question(&self, paging: &str) -> String {
        let Self { around, field, arguments } = self;
        let selection =
            "{ nodes { id } totalCount pageInfo { hasPreviousPage hasNextPage startCursor endCursor } }";
        let list = format!("{field}({paging} {arguments}) {selection}");
        if around.is_empty() {
            return format!("{{ {list} }}");
        }
        format!("{{ {around} {{ {list} {}", "}".repeat(2 + around.matches('{').count()))
    }

    /// Whether it can be read from its end.
    pub(super) fn has_an_end(&self) -> bool {
        !self.around.is_empty() || walk::field("Query", &self.field).argument_by_name("last").is_some()
    }

    /// All of it in one page.
    pub(super) async fn whole(&self, person: &Person) -> Vec<String> {
        let page = self.page(person, "first: 100").await;
        assert_eq!(page.more, (false, false), "{self:?}");
        page.ids
    }

    /// All of it in pages of two, first page first; each page says how many there are in all.
    pub(super) async fn forwards(&self, person: &Person) -> Vec<String> {
        let (mut ids, mut after) = (Vec::new(), String::new());
        loop {
            let page = self.page(person, &format!("first: 2 {after}")).await;
            assert_eq!(page.more.0, !after.is_empty(), "{self:?}");
            ids.extend(page.ids);
            if !page.more.1 {
                assert_eq!(page.total, ids.len(), "{self:?}");
                return ids;
            }
            after = format!("after: {}", page.ends.1);
        }
    }

    /// All of it in pages of two from the end, put together again.
    pub(super) async fn backwards(&self, person: &Person) -> Vec<String> {
        let (mut ids, mut before) = (Vec::new(), String::new());
        loop {
            let page = self.page(person, &format!("last: 2 {before}")).await;
            assert_eq!(page.more.1, !before.is_empty(), "{self:?}");
            ids.splice(0..0, page.ids);
            if !page.more.0 {
                assert_eq!(page.total, ids.len(), "{self:?}");
                return ids;
            }
            before = format!("before: {}", page.ends.0);
        }
    }
}

/// Reads lists whole, in pages from the start and in pages from the end: it is the same, item by item.
pub(super) async fn add_up(person: &Person, lists: Vec<List>) {
    for list in lists {
        let whole = list.whole(person).await;
        let mut each = whole.clone();
        each.sort_unstable();
        each.dedup();
        assert_eq!(each.len(), whole.len(), "{list:?}");
        assert!(whole.len() >= 7, "{list:?} has only {} items", whole.len());
        assert_eq!(list.forwards(person).await, whole, "{list:?}");
        if list.has_an_end() {
            assert_eq!(list.backwards(person).await, whole, "{list:?}");
        }
    }
}
