//! The gate against documents good and wrong.

mod hostile;

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Gate, Standing, merge};
use crate::graphql::error::Code;
use crate::http::fault::Fault;

const SDL: &str = r#"
"Where reading starts."
type Query {
  "A post by its slug."
  post(slug: String!, filter: Filter, sort: Sort = NEWEST, ids: [ID!]): Post
  posts(first: Int): [Post!]!
}
type Mutation { sessionCreate(input: In!): Post save(input: In!): Post }
type Post { id: ID! title: String! post: Post related: [Post!]! }
enum Sort { NEWEST OLDEST }
input Filter { and: [Filter!] eq: String weight: Float }
input In { title: String! tags: [String!] nested: In }
"#;

fn gate() -> Gate {
    Gate::new(SDL)
}

fn refused(text: &str) -> Vec<Fault> {
    gate().prepare(text, Standing::Anybody).err().unwrap_or_default()
}

fn code(text: &str) -> Option<Code> {
    refused(text).first().map(|fault| fault.code)
}

fn variables(text: &str, values: &Value) -> Vec<Fault> {
    let gate = gate();
    let prepared = gate.prepare(text, Standing::Anybody).expect("a valid document");
    let chosen = prepared.choose(None).expect("one operation");
    let values = values.as_object().cloned().unwrap_or_default();
    gate.check_variables((&prepared, chosen.operation), &values, Standing::Anybody).err().unwrap_or_default()
}

#[test]
fn the_programs_own_schema_is_valid() {
    let gate = Gate::new(&crate::graphql::sdl());
    assert!(gate.prepare("{ __typename }", Standing::Anybody).is_ok());
}

#[test]
fn ordinary_documents_pass() {
    for text in [
        "{ __typename }",
        "query A { post(slug: \"a\") { ...F } } fragment F on Post { id related { title } }",
        "query B($n: Int = 3) { posts(first: $n) @include(if: true) { ... on Post { id } } }",
        "mutation { save(input: {title: \"\\u{51}\\ud83d\\ude00\", tags: \"one\"}) { id } }",
        "query($f: Filter) { post(slug: \"\"\"block\"\"\", filter: $f, sort: OLDEST) { id } }",
    ] {
        assert_eq!(refused(text), [], "{text}");
    }
}

#[test]
fn what_is_no_graphql_is_a_parse_error_with_its_place() {
    let faults = refused("{ posts( }");
    assert_eq!(faults[0].code, Code::GraphqlParseFailed);
    assert_eq!(faults[0].locations.len(), 1);
    assert_eq!(code(""), Some(Code::GraphqlParseFailed));
    assert_eq!(code("fragment F on Post { id }"), Some(Code::GraphqlValidationFailed));
}

#[test]
fn what_does_not_fit_the_schema_is_a_validation_error_in_the_words_of_the_specification() {
    let faults = refused("{\n  posts { titel } }");
    assert_eq!(faults[0].code, Code::GraphqlValidationFailed);
    assert_eq!(faults[0].message, "Cannot query field \"titel\" on type \"Post\".");
    assert_eq!((faults[0].locations[0].line, faults[0].locations[0].column), (2, 11));
}

#[test]
fn each_rule_is_kept() {
    for text in [
        "{ posts }",
        "{ __typename { id } }",
        "{ post { id } }",
        "{ post(slug: 1) { id } }",
        "{ post(slug: \"a\", sort: BEST) { id } }",
        "{ post(slug: \"a\", nope: 1) { id } }",
        "{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }",
        "{ ...F } fragment F on Query { ...F }",
        "{ ...Missing }",
        "query A { __typename } query A { __typename }",
        "{ __typename } query A { __typename }",
        "query($a: Int) { __typename }",
        "query($a: String) { posts(first: $a) { id } }",
        "{ posts { a: id a: title } }",
        "{ posts { id } posts(first: 1) { id } }",
        "{ posts { ...F ...G } } fragment F on Post { a: id } fragment G on Post { a: title }",
        "{ posts @skip { id } }",
        "{ posts @include(if: true) @include(if: true) { id } }",
        "{ posts @unknown { id } }",
        "subscription { posts { id } }",
        "type Query { a: Int }",
    ] {
        assert_eq!(code(text), Some(Code::GraphqlValidationFailed), "{text}");
    }
}

#[test]
fn an_input_field_given_twice_is_refused() {
    let faults = refused("{ post(slug: \"a\", filter: {and: [{eq: \"a\", eq: \"b\"}]}) { id } }");
    assert_eq!(faults[0].message, "There can be only one input field named \"eq\".");
    assert_eq!(faults[0].locations[0].column, 44);
    assert_eq!(
        code("query($f: Filter = {eq: \"a\", eq: \"a\"}) { post(slug: \"a\", filter: $f) { id } }"),
        Some(Code::GraphqlValidationFailed)
    );
}

#[test]
fn a_variable_fits_where_it_stands() {
    let faults = refused("mutation($a: [String]) { save(input: {title: \"a\", tags: $a}) { id } }");
    let message = "Variable \"$a\" of type \"[String]\" used in position expecting type \"[String!]\".";
    assert_eq!(faults[0].message, message);
    let refused = Some(Code::GraphqlValidationFailed);
    assert_eq!(code("query($a: String = null) { post(slug: $a) { id } }"), refused);
    assert_eq!(code("query($a: String = \"a\") { post(slug: $a) { id } }"), None);
    assert_eq!(code("query($a: String) { ...F } fragment F on Query { post(slug: $a) { id } }"), refused);
    assert_eq!(code("query($a: Boolean = null) { post(slug: \"a\") { id @skip(if: $a) } }"), refused);
}

#[test]
fn messages_neither_suggest_nor_echo_values() {
    let faults = refused("{ posts post(slug: 12345) { id } }");
    assert!(
        faults
            .iter()
            .all(|fault| !fault.message.contains("Did you mean") && !fault.message.contains("12345")),
        "{faults:?}"
    );
    let long = format!("{{ posts {{ {} }} }}", "x".repeat(5_000));
    assert!(refused(&long)[0].message.len() <= 300);
}

#[test]
fn at_most_ten_faults_are_answered() {
    let many: String = (0..50).fold(String::new(), |mut text, n| {
        let _ = write!(text, "x{n} ");
        text
    });
    assert_eq!(refused(&format!("{{ {many} }}")).len(), 10);
}

#[test]
fn an_operation_is_chosen_by_its_name() {
    let gate = gate();
    let prepared = gate
        .prepare(
            "query A { posts { id } } mutation B { x: sessionCreate(input: {title: \"\"}) { id } }",
            Standing::Anybody,
        )
        .expect("valid");
    assert_eq!(prepared.choose(None).err().map(|fault| fault.code), Some(Code::BadInput));
    assert_eq!(
        prepared.choose(Some("C")).err().map(|fault| fault.argument_path),
        Some(vec!["operationName".to_owned()])
    );
    assert_eq!(prepared.choose(Some("B")).expect("B").root_fields, ["sessionCreate"]);
}

#[test]
fn variables_are_held_against_their_types() {
    let text = "mutation($i: In!, $n: [ID!]) { save(input: $i) { id } sessionCreate(input: {title: \"\", nested: $i}) { id } x: save(input: {title: \"a\"}) { id } }";
    let text = text.replace(", $n: [ID!]", "");
    assert_eq!(variables(&text, &json!({ "i": { "title": "a", "tags": "one" }, "undeclared": 1 })), []);
    let faults = variables(&text, &json!({ "i": { "tags": ["a", null, 3], "x": 1 } }));
    let paths: Vec<_> = faults.iter().map(|fault| fault.argument_path.join(".")).collect();
    assert_eq!(paths, ["input.x", "input.title", "input.tags.1", "input.tags.2"]);
    assert!(
        faults.iter().all(|fault| fault.code == Code::BadInput && fault.variable.as_deref() == Some("i"))
    );
    assert_eq!(
        variables(&text, &json!({}))[0].message,
        "Variable \"$i\" of required type \"In!\" was not provided."
    );
}

#[test]
fn numbers_and_lists_in_variables_are_exact() {
    let text = "query($n: Int, $s: Sort, $ids: [ID!], $w: Float) { posts(first: $n) { id } post(slug: \"\", sort: $s, ids: $ids, filter: {weight: $w}) { id } }";
    assert_eq!(variables(text, &json!({ "n": 1, "s": "OLDEST", "ids": "one", "w": 1 })), []);
    assert_eq!(variables(text, &json!({ "n": null, "ids": [1, "b"] })), []);
    for wrong in [
        json!({ "n": 3_000_000_000_i64 }),
        json!({ "n": 1.5 }),
        json!({ "n": "1" }),
        json!({ "s": "BEST" }),
        json!({ "s": true }),
    ] {
        assert_eq!(variables(text, &wrong).len(), 1, "{wrong}");
    }
    assert_eq!(variables(text, &json!({ "w": "1" }))[0].argument_path, ["filter", "weight"]);
}

#[test]
fn deep_and_many_variables_are_refused() {
    let text = "query($f: Filter) { post(slug: \"\", filter: $f) { id } }";
    let deep = (0..30).fold(json!({ "eq": "a" }), |inner, _| json!({ "and": [inner] }));
    assert_eq!(variables(text, &json!({ "f": deep }))[0].code, Code::TooDeep);
    let many = vec![json!({ "eq": "a" }); 15_000];
    assert_eq!(variables(text, &json!({ "f": { "and": many } }))[0].code, Code::TooLarge);
}

#[test]
fn introspection_has_the_descriptions_and_the_order_of_the_document() {
    let gate = gate();
    let prepared = gate
        .prepare(
            "query($t: String!) { b: __type(name: $t) { description } __typename a: __schema { queryType { name } } }",
            Standing::Anybody,
        )
        .expect("valid");
    let chosen = prepared.choose(None).expect("one");
    assert!(chosen.introspects() && chosen.is_introspection());
    let values = json!({ "t": "Query" }).as_object().cloned().unwrap_or_default();
    let response = gate.introspect(&prepared, chosen.operation, &values).expect("an answer");
    let text = serde_json::to_string(&response.data).expect("JSON");
    assert_eq!(
        text,
        r#"{"b":{"description":"Where reading starts."},"__typename":"Query","a":{"queryType":{"name":"Query"}}}"#
    );
}

#[test]
fn introspection_cannot_be_nested_into_a_flood() {
    let gate = gate();
    let text = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
    let prepared = gate.prepare(text, Standing::Anybody).expect("valid");
    let chosen = prepared.choose(None).expect("one");
    let refused = gate.introspect(&prepared, chosen.operation, &serde_json::Map::new()).err();
    assert_eq!(refused.map(|fault| fault.code), Some(Code::TooDeep));
}

#[test]
fn the_executor_keeps_the_places_of_introspection_and_of_the_text() {
    let gate = gate();
    let prepared = gate
        .prepare("{\n  posts { id }\n  s: __schema { queryType { name } } }", Standing::Anybody)
        .expect("valid");
    let chosen = prepared.choose(None).expect("one");
    assert!(chosen.introspects() && !chosen.is_introspection());
    let executable = prepared.executable();
    let (_, operation) = executable.operations.iter().next().expect("one");
    let places: Vec<_> =
        operation.node.selection_set.node.items.iter().map(|item| (item.pos.line, item.pos.column)).collect();
    assert_eq!(places, [(2, 3), (3, 3)]);
    let mut executed = async_graphql::Response::new(async_graphql::value!({ "posts": [], "s": "Query" }));
    let introspected =
        gate.introspect(&prepared, chosen.operation, &serde_json::Map::new()).expect("an answer");
    merge(&mut executed, introspected);
    let text = serde_json::to_string(&executed.data).expect("JSON");
    assert_eq!(text, r#"{"posts":[],"s":{"queryType":{"name":"Query"}}}"#);
}

#[test]
fn whom_the_operator_knows_may_ask_for_more() {
    let gate = gate();
    let large = format!("{{ posts {{ {} }} }}", "id ".repeat(6_000));

    let by_anybody = |gate: &Gate| gate.prepare(&large, Standing::Anybody).err().map(|faults| faults[0].code);

    assert_eq!(by_anybody(&gate), Some(Code::TooComplex));
    assert!(gate.prepare(&large, Standing::Known).is_ok());
    assert_eq!(by_anybody(&gate), Some(Code::TooComplex));
}
