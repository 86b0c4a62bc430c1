use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Expression, PatternElement, VariantKey};

use super::*;

/// Variables that only choose between forms of words: a language uses them where its grammar needs them.
const GRAMMAR: [&str; 1] = ["weekday-key"];

/// The variables of a pattern; false where it has anything that is not filled.
fn walk(pattern: &Pattern<String>, variables: &mut BTreeSet<String>) -> bool {
    pattern.elements.iter().all(|element| match element {
        PatternElement::TextElement { .. } => true,
        PatternElement::Placeable { expression: Expression::Inline(inline) } => {
            let name = pattern::variable(inline);
            variables.extend(name.map(str::to_owned));
            name.is_some() || matches!(inline, fluent_syntax::ast::InlineExpression::StringLiteral { .. })
        }
        PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
            let name = pattern::variable(selector);
            variables.extend(name.map(str::to_owned));
            let is_known = |key: &VariantKey<String>| match key {
                VariantKey::Identifier { name: form } => {
                    name.is_some_and(|name| GRAMMAR.contains(&name)) || pattern::plural(form).is_some()
                }
                VariantKey::NumberLiteral { .. } => true,
            };
            name.is_some()
                && variants.iter().all(|variant| is_known(&variant.key) && walk(&variant.value, variables))
        }
    })
}

/// Comment and variables of each message.
fn read(language: &str, file: &str) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let resource =
        pattern::parse(file.to_owned()).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
    let mut read = BTreeMap::new();
    for entry in resource.body {
        let message = match entry {
            Entry::Message(message) => message,
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
            other => panic!("{language}: {other:?}"),
        };
        let (id, mut variables) = (message.id.name, BTreeSet::new());
        let pattern = message.value.unwrap_or_else(|| panic!("{language} {id}: no text"));
        assert!(message.attributes.is_empty(), "{language} {id}: attributes are never said");
        assert!(
            walk(&pattern, &mut variables),
            "{language} {id}: only text, variables, and selectors on them"
        );
        variables.retain(|variable| !GRAMMAR.contains(&variable.as_str()));
        let comment = message.comment.map(|comment| comment.content.join("\n")).unwrap_or_default();
        assert!(!comment.is_empty(), "{language} {id}: translators need a comment");
        assert!(read.insert(id.clone(), (comment, variables)).is_none(), "{language} {id} is there twice");
    }
    read
}

#[test]
fn every_language_has_every_message_with_its_variables_and_its_comment() {
    let english = read(ENGLISH, FILES[0].1);
    for (language, file) in FILES {
        let own = read(language, file);
        let ids = |messages: &BTreeMap<String, _>| messages.keys().cloned().collect::<Vec<_>>();
        assert_eq!(ids(&own), ids(&english), "{language}");
        for (id, message) in own {
            assert_eq!(message, english[&id], "{language} {id}");
        }
    }
}

#[test]
fn the_first_wished_language_that_is_spoken_is_spoken() {
    let language = |wishes: &[&str]| Voice::of(wishes).language().to_owned();
    assert_eq!(language(&["so", "cy", "en"]), "cy");
    assert_eq!(language(&["ar-EG", "en"]), "ar-EG");
    assert_eq!(language(&["so"]), "en");
    let said = say("so", "open-now", &[]);
    assert_eq!((said.text.as_str(), said.language.as_str()), ("Open now.", "en"));
    assert_eq!(say("de-AT", "open-now", &[]).text, "Jetzt geöffnet.");
}

#[test]
fn numbers_and_words_are_filled_in() {
    let english = Voice::english();
    let until = [("time", Value::Text("17:00"))];
    assert_eq!(english.say("open-until", &until), "Open now until 17:00.");
    assert_eq!(english.say("open-until", &[]), "Open now until {$time}.");
    assert_eq!(english.say("no-such-message", &until), "no-such-message");
}
