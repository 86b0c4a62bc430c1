//! Asks for everything that there is: questions are made from the schema, so that a field is asked for from the day
//! on which it appears.

use apollo_compiler::ast::{FieldDefinition, Type};
use apollo_compiler::schema::ExtendedType;

use super::verbs::schema;

/// What is passed to arguments that cannot be left out, wherever they stand.
const SPAN: &str = r#"from: "2000-01-01", until: "2045-01-01""#;

/// What a comparison is asked for: a period that readers have in the canary's world, and one that they must not have.
const PERIODS: [&str; 2] =
    [r#"from: "2016", to: "2016""#, r#"from: "2024", to: "2024", area: { scheme: ISO3166_1, code: "NZ" }"#];

/// What is no thing of its own, but holds so many that it counts as a relation.
const WIDE: &str = "Signpost";

/// The fields of `Query` that need a right.
pub(crate) const NOT_FOR_READERS: [&str; 4] = ["apiClients", "attention", "editorialItems", "users"];

/// A whole document about one field of `Query`.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// Which field.
    pub(crate) field: String,
    /// The document.
    pub(crate) document: String,
}

/// Every scalar of a type, and through each relation that many steps on. Of an interface one type is looked at,
/// because fields of different types do not merge.
#[derive(Clone, Copy)]
pub(crate) struct Sight<'a> {
    /// How many relations are followed, one after the other.
    pub(crate) steps: usize,
    /// The arguments of connections, such as `first: 50`.
    pub(crate) paging: &'a str,
    /// The type that is looked at where an interface stands.
    pub(crate) lens: &'a str,
}

/// The fields of `Query`.
pub(crate) fn roots() -> impl Iterator<Item = &'static FieldDefinition> {
    let query = schema().get_object("Query").expect("there is something to read");
    query.fields.values().map(|field| field.node.as_ref())
}

/// A field of a type.
pub(crate) fn field(ty: &str, field: &str) -> &'static FieldDefinition {
    let found = schema().type_field(ty, field);
    found.map_or_else(|_| panic!("there is no {ty}.{field}"), |found| found.node.as_ref())
}

/// Whether a type has a field.
pub(crate) fn has(ty: &str, field: &str) -> bool {
    schema().type_field(ty, field).is_ok()
}

/// The fields of `Query` that are lists with a filter, for readers.
pub(crate) fn filtered() -> impl Iterator<Item = (&'static FieldDefinition, &'static str)> {
    roots().filter(|root| !NOT_FOR_READERS.contains(&root.name.as_str())).filter_map(|root| {
        root.argument_by_name("filter").map(|filter| (root, filter.ty.inner_named_type().as_str()))
    })
}

/// The keys of an input object and the types of their values.
pub(crate) fn keys(input: &str) -> impl Iterator<Item = (&'static str, &'static Type)> {
    let input = schema().get_input_object(input).unwrap_or_else(|| panic!("{input} is no input object"));
    input.fields.iter().map(|(name, field)| (name.as_str(), field.ty.as_ref()))
}

/// The values of an enum.
pub(crate) fn values(name: &str) -> impl Iterator<Item = &'static str> {
    let found = schema().get_enum(name).unwrap_or_else(|| panic!("{name} is no enum"));
    found.values.keys().map(apollo_compiler::Name::as_str)
}

/// The object types that can be looked at below a type: those of the interface that it is or leads to, else itself.
pub(crate) fn lenses(ty: &str) -> Vec<&'static str> {
    let schema = schema();
    let is_interface = |ty: &&str| is_interface(ty);
    let below = schema.get_object(ty).into_iter().flat_map(|object| object.fields.values());
    let below = below.map(|field| field.ty.inner_named_type().as_str()).find(is_interface);
    let Some(interface) = below.or(Some(ty).filter(is_interface)) else {
        return schema.get_object(ty).map(|object| object.name.as_str()).into_iter().collect();
    };
    implementing(interface).collect()
}

/// The type of the items of a connection.
pub(crate) fn connected(ty: &str) -> Option<&'static str> {
    Some(schema().type_field(ty, "nodes").ok()?.ty.inner_named_type().as_str())
}

/// Every question about the lists, and about what stands alone, at the root.
pub(crate) fn questions(steps: usize) -> Vec<Question> {
    roots().flat_map(|root| about(root, steps)).collect()
}

/// Every field of the items of every list at the root, each alone: `{ posts(first: 50) { nodes { … } } }`. Of a field that leads to
/// an object which has no list of its own, also every field of that.
pub(crate) fn alone() -> Vec<Question> {
    let lists: Vec<_> = roots()
        .filter(|root| root.argument_by_name("first").is_some())
        .filter(|root| !root.arguments.iter().any(|argument| argument.is_required()))
        .filter_map(|root| Some((root, items(root)?)))
        .collect();
    let listed: Vec<&str> = lists.iter().flat_map(|(_, items)| items.iter().copied()).collect();
    let of_item = |root: &FieldDefinition, item: &'static str| -> Vec<Question> {
        let fields = Sight { steps: 1, paging: "first: 50", lens: item }.alone(item, &listed);
        let of_field = |field| Question {
            field: root.name.to_string(),
            document: format!("{{ {}(first: 50) {{ nodes {{ ... on {item} {{ {field} }} }} }} }}", root.name),
        };
        fields.into_iter().map(of_field).collect()
    };
    lists.iter().flat_map(|(root, items)| items.iter().flat_map(|item| of_item(root, item))).collect()
}

/// The object types of the items of a list.
fn items(root: &FieldDefinition) -> Option<Vec<&'static str>> {
    let item = connected(root.ty.inner_named_type().as_str())?;
    Some(if is_interface(item) { implementing(item).collect() } else { vec![item] })
}

/// A list from both ends, in every order and in pages of one; a thing that stands alone as it is.
fn about(root: &FieldDefinition, steps: usize) -> Vec<Question> {
    let mut questions = Vec::new();
    if root.arguments.iter().any(|argument| argument.is_required()) {
        return questions;
    }
    let ty = root.ty.inner_named_type().as_str();
    let is_list = root.argument_by_name("first").is_some();
    let sorts: Vec<String> = root.argument_by_name("sort").map_or_else(
        || vec![String::new()],
        |sort| values(sort.ty.inner_named_type().as_str()).map(|value| format!(", sort: {value}")).collect(),
    );
    for lens in lenses(ty) {
        let whole = Sight { steps, paging: "first: 50", lens };
        let (first, rest) = sorts.split_first().expect("there is always one order");
        let arguments = if is_list { format!("first: 50{first}") } else { String::new() };
        questions.extend(whole.questions(root, &arguments));
        for sort in rest {
            questions.push(Sight { steps: 1, ..whole }.question(root, &format!("first: 50{sort}")));
        }
        if is_list {
            let narrow = Sight { steps: 1, paging: "first: 1", lens };
            questions.push(narrow.question(root, &format!("first: 1{first}")));
        }
        if root.argument_by_name("last").is_some() {
            let backwards = Sight { steps: 1, paging: "last: 50", lens };
            questions.push(backwards.question(root, &format!("last: 50{first}")));
        }
    }
    questions
}

impl Sight<'_> {
    /// A field of `Query` with these arguments and everything below it.
    pub(crate) fn question(self, root: &FieldDefinition, arguments: &str) -> Question {
        let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
        let below = self.below(root.ty.inner_named_type().as_str(), self.steps == 1);
        let document = format!("{{ {}{arguments} {below} }}", root.name);
        Question { field: root.name.to_string(), document }
    }

    /// The same in as many documents as it takes: no document may ask for too much. Further ones look at some fields
    /// of the items alone.
    fn questions(self, root: &FieldDefinition, arguments: &str) -> Vec<Question> {
        let whole = self.question(root, arguments);
        let ty = root.ty.inner_named_type().as_str();
        let (Some(item), true) = (connected(ty), is_large(&whole.document)) else { return vec![whole] };
        let mut questions = vec![Sight { steps: 0, ..self }.question(root, arguments)];
        let of_item = |fields: &[String]| {
            let fields = fields.join(" ");
            let below =
                if is_interface(item) { format!("... on {} {{ {fields} }}", self.lens) } else { fields };
            let document = format!("{{ {}({arguments}) {{ nodes {{ __typename {below} }} }} }}", root.name);
            Question { field: root.name.to_string(), document }
        };
        let object = if is_interface(item) { self.lens } else { item };
        let object = schema().get_object(object).expect("items are objects");
        let mut fields = Vec::new();
        for field in object.fields.values().filter_map(|field| self.field(object.name.as_str(), field, true))
        {
            fields.push(field);
            if is_large(&of_item(&fields).document) && fields.len() > 1 {
                let last = fields.split_off(fields.len() - 1);
                questions.push(of_item(&std::mem::replace(&mut fields, last)));
            }
        }
        questions.push(of_item(&fields));
        questions
    }

    /// Each field of an object with what is below it; and of those that lead to an object which is not `listed`, each field of that.
    fn alone(self, owner: &str, listed: &[&str]) -> Vec<String> {
        let of_field = |field: &FieldDefinition| {
            let ty = field.ty.inner_named_type().as_str();
            let is_plain = !field.arguments.iter().any(|argument| argument.is_required());
            let below = schema()
                .get_object(ty)
                .filter(|_| is_plain && ty != "RichText" && connected(ty).is_none() && !listed.contains(&ty));
            let below = below.into_iter().flat_map(|object| object.fields.values());
            let below = below.filter_map(|inner| self.field(ty, inner, false));
            let below: Vec<String> = below.map(|inner| format!("{} {{ {inner} }}", field.name)).collect();
            self.field(owner, field, true).into_iter().chain(below)
        };
        let object = schema().get_object(owner).expect("an object");
        object.fields.values().flat_map(|field| of_field(field)).collect()
    }

    /// `{ id title topics { … } }`; nothing for scalars. The texts of what a short question is about are taken apart.
    fn below(self, ty: &str, is_subject: bool) -> String {
        let fields = match schema().types.get(ty) {
            Some(ExtendedType::Object(object)) => &object.fields,
            Some(ExtendedType::Interface(_)) if ty == "Block" => {
                let of = |block: &str| format!("... on {block} {}", self.below(block, is_subject));
                let blocks: Vec<String> = implementing(ty).map(of).collect();
                return format!("{{ __typename {} }}", blocks.join(" "));
            }
            Some(ExtendedType::Interface(_)) if !implementing(ty).any(|object| object == self.lens) => {
                return "{ __typename id ... on Content { title slug path } }".to_owned();
            }
            Some(ExtendedType::Interface(_)) => {
                let of_lens = self.below(self.lens, is_subject);
                return format!("{{ __typename ... on {} {of_lens} }}", self.lens);
            }
            _ => return String::new(),
        };
        let fields: Vec<String> =
            fields.values().filter_map(|field| self.field(ty, field, is_subject)).collect();
        format!("{{ __typename {} }}", fields.join(" "))
    }

    fn field(self, owner: &str, field: &FieldDefinition, is_subject: bool) -> Option<String> {
        let ty = field.ty.inner_named_type().as_str();
        let is_relation =
            (is_node(ty) || ty == WIDE) && connected(owner).is_none() && !owner.ends_with("Edge");
        let is_connection = connected(ty).is_some();
        if ty == "RichText" {
            // What a text refers to is one step away, and looked at by its own lists.
            let text = Self { steps: self.steps.min(1), ..self };
            let parts = if is_subject { text.below(ty, true) } else { "{ html }".to_owned() };
            return Some(format!("{} {parts}", field.name));
        }
        // The same as `nodes`, which is followed.
        if owner.ends_with("Edge") && !is_subject && is_node(ty) {
            return None;
        }
        // Lists within lists have no end.
        if owner == "ListItem" && ty == "ListBlock" {
            return Some(format!("{} {{ html plainText }}", field.name));
        }
        let is_subject = is_subject && !is_relation && !is_connection;
        let sight = match self.steps {
            0 if is_relation || is_connection => return None,
            // Its words say what its services and channels are; those are looked at below `Query.signpost`.
            _ if ty == WIDE => Self { steps: 0, ..self },
            steps if is_relation || is_connection => Self { steps: steps - 1, ..self },
            _ if owner.ends_with("Edge") => Self { steps: 0, ..self },
            _ => self,
        };
        // Posts that have something in common are posts like others; their links would double a document.
        let sight = if field.name == "related" { Self { steps: 0, ..sight } } else { sight };
        // What a page says of itself is asked where the page is what the question is about.
        if self.steps == 0 && !is_subject && matches!(ty, "Seo" | "Attribution" | "Chart") {
            return None;
        }
        // A comparison shows two figures, and is asked for where its statistic is what the question is about.
        if field.argument_by_name("to").is_some_and(|argument| argument.is_required()) {
            let below = Self { steps: self.steps.min(1), ..self }.below(ty, false);
            let asked = PERIODS.iter().enumerate();
            let asked = asked.map(|(nth, periods)| format!("{0}{nth}: {0}({periods}) {below}", field.name));
            return is_subject.then(|| asked.collect::<Vec<_>>().join(" "));
        }
        let mut arguments = Vec::new();
        if field.argument_by_name("first").is_some() {
            // A short list has no pages.
            arguments.push(if is_connection { self.paging } else { "first: 10" });
        }
        if field.argument_by_name("until").is_some_and(|argument| argument.is_required()) {
            arguments.push(SPAN);
        }
        let arguments =
            if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        Some(format!("{}{arguments} {}", field.name, sight.below(ty, is_subject)))
    }
}

/// The object types behind an interface.
fn implementing(interface: &str) -> impl Iterator<Item = &'static str> {
    let objects = schema().types.values().filter_map(ExtendedType::as_object);
    let behind =
        objects.filter(move |object| object.implements_interfaces.iter().any(|of| of.name == interface));
    behind.map(|object| object.name.as_str())
}

/// Whether a document asks for about as much as one may: each word but braces is a field, or an argument.
fn is_large(document: &str) -> bool {
    document.split_whitespace().filter(|word| !matches!(*word, "{" | "}")).count() > 4_500
}

fn is_interface(ty: &str) -> bool {
    matches!(schema().types.get(ty), Some(ExtendedType::Interface(_)))
}

/// Whether a type is a thing of its own, or stands for such things.
fn is_node(ty: &str) -> bool {
    if ty == "Block" {
        return false;
    }
    match schema().types.get(ty) {
        Some(ExtendedType::Object(object)) => {
            object.implements_interfaces.iter().any(|interface| interface.name == "Node")
        }
        Some(ExtendedType::Interface(_)) => true,
        _ => false,
    }
}
