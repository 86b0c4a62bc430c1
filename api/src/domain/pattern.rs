//! Fills the patterns of Fluent: the product's own messages and the statements that editors write.
//!
//! Of [Fluent](https://projectfluent.org/fluent/guide/) a pattern may have text, variables, and selectors on them. It is read
//! with Fluent's own parser and filled here, since Fluent's bundles choose plurals by floats. Nothing is put around what is
//! filled in to isolate its direction: a sentence is text that is searched, quoted and compared.

use entity::Decimal;
pub use fluent_syntax::ast::{Entry, Pattern};
use fluent_syntax::ast::{Expression, InlineExpression, PatternElement, Variant, VariantKey};
pub use fluent_syntax::parser::parse;
use icu_plurals::{PluralCategory, PluralRules};

use super::number::{digits, locale};

/// What a variable stands for.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// Words. A selector compares them as they are.
    Text(&'a str),
    /// A number, and how it is written. A selector compares the number, or its plural form in the language.
    Number(Decimal, &'a str),
}

impl Value<'_> {
    fn written(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(_, text) => text,
        }
    }
}

/// The text of a pattern in a language, on one line. A variable without a value keeps its name, as in Fluent.
#[must_use]
pub fn fill(pattern: &Pattern<String>, language: &str, values: &[(&str, Value<'_>)]) -> String {
    let mut text = String::new();
    Filling { language, values }.write(pattern, &mut text);
    text.trim().to_owned()
}

/// The plural form with a name; `None` for what is none.
#[must_use]
pub fn plural(name: &str) -> Option<PluralCategory> {
    PluralCategory::get_for_cldr_string(name)
}

/// The name of a variable; `None` for any other expression.
#[must_use]
pub fn variable(expression: &InlineExpression<String>) -> Option<&str> {
    match expression {
        InlineExpression::VariableReference { id } => Some(&id.name),
        _ => None,
    }
}

struct Filling<'a> {
    language: &'a str,
    values: &'a [(&'a str, Value<'a>)],
}

impl Filling<'_> {
    fn write(&self, pattern: &Pattern<String>, text: &mut String) {
        for element in &pattern.elements {
            match element {
                // A pattern may stand on several lines; a sentence does not.
                PatternElement::TextElement { value } => text.push_str(&value.replace('\n', " ")),
                PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                    self.write_inline(inline, text);
                }
                PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                    if let Some(variant) = self.choose(selector, variants) {
                        self.write(&variant.value, text);
                    }
                }
            }
        }
    }

    fn write_inline(&self, inline: &InlineExpression<String>, text: &mut String) {
        match (inline, variable(inline)) {
            (InlineExpression::StringLiteral { value }, _) => text.push_str(value),
            (_, Some(name)) => match self.value(name) {
                Some(value) => text.push_str(value.written()),
                None => text.extend(["{$", name, "}"]),
            },
            // What may stand in a pattern is checked where it is read.
            _ => {}
        }
    }

    fn choose<'v>(
        &self,
        selector: &InlineExpression<String>,
        variants: &'v [Variant<String>],
    ) -> Option<&'v Variant<String>> {
        let value = variable(selector).and_then(|name| self.value(name));
        let fits = |variant: &&Variant<String>| value.is_some_and(|value| self.fits(&variant.key, value));
        variants.iter().find(fits).or_else(|| variants.iter().find(|variant| variant.default))
    }

    fn fits(&self, key: &VariantKey<String>, value: Value<'_>) -> bool {
        match (key, value) {
            (VariantKey::Identifier { name }, Value::Text(text)) => name == text,
            (VariantKey::NumberLiteral { value }, Value::Number(number, _)) => value.parse() == Ok(number),
            (VariantKey::Identifier { name }, Value::Number(number, _)) => {
                let rules = PluralRules::try_new_cardinal((&locale(self.language)).into());
                rules.is_ok_and(|rules| plural(name) == Some(rules.category_for(&digits(number))))
            }
            (VariantKey::NumberLiteral { .. }, Value::Text(_)) => false,
        }
    }

    fn value(&self, name: &str) -> Option<Value<'_>> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}
