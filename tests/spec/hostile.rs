//! Documents that would be work without end: each is answered with its code, and quickly. Connections that say nothing.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::support::person::BY_THE_BOOK;
use super::support::{Answer, World};

specs! {
    in_a_world {
        fragments_that_double_are_too_complex,
        fragments_that_double_inside_introspection_are_too_complex,
        a_fragment_inside_itself_fails_validation,
        fragments_in_a_circle_fail_validation,
        deep_nesting_is_too_deep,
        nesting_beyond_any_parser_is_too_deep,
        deeply_nested_values_are_too_deep,
        deeply_nested_variables_are_too_deep,
        introspection_of_lists_inside_lists_is_too_deep,
        a_flood_of_aliases_is_too_complex,
        a_flood_of_directives_is_too_complex,
        a_flood_of_root_fields_is_too_complex,
        a_flood_of_operations_is_too_complex,
        a_flood_of_tokens_is_refused,
        a_flood_of_errors_is_answered_with_a_few,
        the_usual_introspection_is_answered,
        a_connection_that_says_nothing_is_closed,
    }
}

/// What any refusal may take, generously, on a machine that is busy with other tests.
const QUICK: Duration = Duration::from_secs(2);

async fn fragments_that_double_are_too_complex(world: &World) {
    let fragments = repeated(20, |n| format!("fragment f{n} on Query {{ ...f{0} ...f{0} }} ", n + 1));
    let document = format!("{{ ...f0 }} {fragments} fragment f20 on Query {{ __typename }}");

    let answer = asked(world, &document).await;

    refused(&answer, "TOO_COMPLEX");
}

async fn fragments_that_double_inside_introspection_are_too_complex(world: &World) {
    let fragments = repeated(12, |n| {
        format!("fragment f{n} on __Type {{ a: ofType {{ ...f{0} }} b: ofType {{ ...f{0} }} }} ", n + 1)
    });
    let document =
        format!("{{ __schema {{ types {{ ...f0 }} }} }} {fragments} fragment f12 on __Type {{ name }}");

    let answer = asked(world, &document).await;

    refused(&answer, "TOO_COMPLEX");
}

async fn a_fragment_inside_itself_fails_validation(world: &World) {
    let answer = asked(world, "{ ...a } fragment a on Query { __typename ...a }").await;

    refused(&answer, "GRAPHQL_VALIDATION_FAILED");
}

async fn fragments_in_a_circle_fail_validation(world: &World) {
    let document =
        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...c } fragment c on Query { ...a }";

    let answer = asked(world, document).await;

    refused(&answer, "GRAPHQL_VALIDATION_FAILED");
}

async fn deep_nesting_is_too_deep(world: &World) {
    let document =
        format!("{{ topics {{ nodes {} }} }}", nested(6, "{ posts { nodes { topics ", "{ id }", "} } }"));

    let answer = asked(world, &document).await;

    refused(&answer, "TOO_DEEP");
}

async fn nesting_beyond_any_parser_is_too_deep(world: &World) {
    let answer = asked(world, &nested(2_000, "{a", "{b}", "}")).await;

    refused(&answer, "TOO_DEEP");
}

async fn deeply_nested_values_are_too_deep(world: &World) {
    let document = format!("{{ posts(filter: {}) {{ totalCount }} }}", nested(60, "{not:", "{}", "}"));

    let answer = asked(world, &document).await;

    refused(&answer, "TOO_DEEP");
}

async fn deeply_nested_variables_are_too_deep(world: &World) {
    let filter = nested(100, "{\"not\":", "{}", "}");
    let body = format!(
        r#"{{"query":"query($f: PostFilter) {{ posts(filter: $f) {{ totalCount }} }}","variables":{{"f":{filter}}}}}"#
    );

    let started = Instant::now();
    let post = world.reader().saying("accept", BY_THE_BOOK).post("/graphql").await;
    let post = post.header("content-type", "application/json");
    let answer = post.body(body).sent().await;

    assert!(started.elapsed() < QUICK);
    refused(&answer, "TOO_DEEP");
}

async fn introspection_of_lists_inside_lists_is_too_deep(world: &World) {
    let fields = "fields { type { fields { type { fields { type { fields { name } } } } } } }";
    let document = format!("{{ __schema {{ types {{ {fields} }} }} }}");

    let answer = asked(world, &document).await;

    refused(&answer, "TOO_DEEP");
}

async fn a_flood_of_aliases_is_too_complex(world: &World) {
    let document = format!("{{ site {{ {} }} }}", repeated(2_000, |n| format!("a{n}: name ")));

    let answer = asked(world, &document).await;

    refused(&answer, "TOO_COMPLEX");
}

async fn a_flood_of_directives_is_too_complex(world: &World) {
    let document = format!("{{ __typename {} }}", repeated(1_000, |_| "@skip(if: false) ".to_owned()));

    let answer = asked(world, &document).await;

    refused(&answer, "TOO_COMPLEX");
}

async fn a_flood_of_root_fields_is_too_complex(world: &World) {
    let document = format!("{{ {} }}", repeated(150, |n| format!("a{n}: __typename ")));

    let answer = asked(world, &document).await;

    refused(&answer, "TOO_COMPLEX");
}

async fn a_flood_of_operations_is_too_complex(world: &World) {
    let answer = asked(world, &repeated(200, |n| format!("query q{n} {{ __typename }} "))).await;

    refused(&answer, "TOO_COMPLEX");
}

async fn a_flood_of_tokens_is_refused(world: &World) {
    let document = format!("{{ {} }}", "__typename ".repeat(100_000));

    let answer = asked(world, &document).await;

    refused(&answer, "TOO_LARGE");
}

async fn a_flood_of_errors_is_answered_with_a_few(world: &World) {
    let document = format!("{{ {} }}", repeated(90, |n| format!("noSuchField{n} ")));

    let answer = asked(world, &document).await;

    refused(&answer, "GRAPHQL_VALIDATION_FAILED");
    assert!(answer.errors().len() <= 10, "{answer:?}");
}

async fn the_usual_introspection_is_answered(world: &World) {
    let answer = asked(world, INTROSPECTION).await.expect_ok();

    assert_eq!(answer.data("/__schema/queryType/name"), "Query");
    assert_eq!(answer.statements, 0);
}

/// Asks, and expects the answer soon.
async fn asked(world: &World, document: &str) -> Answer {
    let started = Instant::now();
    let answer = world.reader().ask(document).await;
    assert!(started.elapsed() < QUICK, "it took {:?}: {answer:?}", started.elapsed());
    answer
}

/// Nothing but errors, the first with this code.
#[track_caller]
fn refused(answer: &Answer, code: &str) {
    assert!(!answer.errors().is_empty(), "an error was expected, but the answer is {answer:?}");
    assert_eq!(answer.errors()[0]["extensions"]["code"], code, "{answer:?}");
    assert!(answer.json.get("data").is_none(), "a request error has no data: {answer:?}");
    assert!((400..500).contains(&answer.status), "{answer:?}");
}

fn repeated(times: usize, text: impl Fn(usize) -> String) -> String {
    (0..times).map(text).collect()
}

fn nested(times: usize, open: &str, inside: &str, close: &str) -> String {
    format!("{}{inside}{}", open.repeat(times), close.repeat(times))
}

/// What GraphiQL asks first.
const INTROSPECTION: &str = "query IntrospectionQuery { __schema {
  queryType { name } mutationType { name } subscriptionType { name }
  types { ...FullType } directives { name description locations args { ...InputValue } }
} }
fragment FullType on __Type {
  kind name description specifiedByURL
  fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields { ...InputValue } interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType {
  kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }";

async fn a_connection_that_says_nothing_is_closed(world: &World) {
    let mut silent = TcpStream::connect(world.address()).await.expect("it listens");
    let mut stopping = TcpStream::connect(world.address()).await.expect("it listens");
    stopping.write_all(b"PRI").await.expect("it is open");

    // From here on time passes by itself while nothing else happens.
    tokio::time::pause();

    let ends = (silent.read(&mut [0]).await.ok(), stopping.read(&mut [0]).await.ok());
    tokio::time::resume();
    assert_eq!(ends, (Some(0), Some(0)));
}
