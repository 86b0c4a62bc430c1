//! The gate against documents that mean harm: each is refused, and at once.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use super::{code, refused};
use crate::graphql::error::Code;

/// A document that is refused with this code, and at once.
fn hostile(text: &str, expected: Code) {
    let start = Instant::now();
    assert_eq!(code(text), Some(expected));
    assert!(start.elapsed() < Duration::from_secs(1), "took {:?}", start.elapsed());
}

#[test]
fn doubling_fragments_are_refused_at_once() {
    for count in [14, 20, 29] {
        let mut text = String::from("{ posts { ...F0 } }");
        for n in 0..count {
            let _ = write!(text, " fragment F{n} on Post {{ ...F{0} ...F{0} }}", n + 1);
        }
        let _ = write!(text, " fragment F{count} on Post {{ id }}");
        hostile(&text, if count < 29 { Code::TooComplex } else { Code::TooDeep });
    }
}

#[test]
fn doubling_fragments_in_a_cycle_are_refused_at_once() {
    let mut text = String::from("{ posts { ...F0 } }");
    for n in 0..20 {
        let _ = write!(text, " fragment F{n} on Post {{ id ...F{0} ...F{0} }}", (n + 1) % 20);
    }
    hostile(&text, Code::TooComplex);
}

#[test]
fn deep_nesting_is_refused_at_once() {
    let nest = |open: &str, depth: usize| {
        format!("{{ posts {{ {} id {} }} }}", open.repeat(depth), "}".repeat(depth))
    };
    assert_eq!(code(&nest("post { ", 13)), None);
    for depth in [15, 29, 90, 1_000] {
        hostile(&nest("post { ", depth), Code::TooDeep);
    }
    hostile(&nest("... { ", 1_000), Code::TooDeep);
    let lists = format!("{{ post(slug: {}{}) {{ id }} }}", "[".repeat(1_000), "]".repeat(1_000));
    hostile(&lists, Code::TooDeep);
    let lists = format!("{{ post(slug: {}{}) {{ id }} }}", "[".repeat(30), "]".repeat(30));
    hostile(&lists, Code::TooDeep);
}

#[test]
fn floods_are_refused_at_once() {
    let list =
        |count: usize, item: &str| (0..count).map(|n| item.replace('#', &n.to_string())).collect::<String>();
    hostile(&format!("{{ {} }}", list(10_000, "a#:__typename ")), Code::TooLarge);
    hostile(&format!("{{ {} }}", list(3_000, "a#:__typename ")), Code::TooComplex);
    hostile(&format!("{{ posts {{ {} }} }}", list(6_000, "id ")), Code::TooComplex);
    hostile(&format!("{{ posts {{ id {} }} }}", list(1_000, "@x ")), Code::TooComplex);
    hostile(&format!("{{ {} }}", "posts{id}".repeat(200)), Code::TooComplex);
    hostile(&"query A { __typename } ".repeat(100), Code::TooComplex);
    hostile(&",".repeat(60_000), Code::TooComplex);
    hostile(&format!("{{ post(slug: \"{}\") {{ id }} }}", "x".repeat(70_000)), Code::TooLarge);
}

#[test]
fn the_largest_document_that_passes_is_quick() {
    let fields: String = (0..400).fold(String::new(), |mut text, n| {
        let _ = write!(text, "a{n}:title ");
        text
    });
    let start = Instant::now();
    assert_eq!(refused(&format!("{{ posts {{ {fields} }} }}")), []);
    assert!(start.elapsed() < Duration::from_secs(2), "took {:?}", start.elapsed());
}
