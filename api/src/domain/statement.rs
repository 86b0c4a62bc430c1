//! The sentence that editors write around a figure: a Fluent pattern with the number in it.
//!
//! Of what [`pattern`] fills, a statement has text, `{ $value }` and plural selectors on `$value`.

use entity::Decimal;
use fluent_syntax::ast::{Expression, InlineExpression, PatternElement, VariantKey};

use super::edit::Parsed;
use super::pattern::{self, Entry, Pattern as Text, Value};
use super::problem::ProblemCode;

/// The variable that stands for the figure.
const VALUE: &str = "value";

/// A pattern that can be filled.
pub struct Pattern(Text<String>);

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Code and words for the person who typed it: what is no Fluent, what uses anything but `$value`, and what never
    /// shows it.
    pub fn parse(pattern: &str) -> Parsed<Self> {
        // As the value of a message, whose lines but the first are indented.
        let message = format!("statement = {}\n", pattern.lines().collect::<Vec<_>>().join("\n    "));
        let mut resource = pattern::parse(message).map_err(|(_, errors)| {
            let why = errors.first().map(|error| format!(": {}", error.kind)).unwrap_or_default();
            invalid(format!("This is no Fluent pattern{why}."))
        })?;
        let (Some(Entry::Message(message)), true) = (resource.body.pop(), resource.body.is_empty()) else {
            return Err(invalid("This is no single Fluent pattern."));
        };
        let Some(text) = message.value.filter(|_| message.attributes.is_empty()) else {
            return Err(invalid("A statement is one pattern without attributes."));
        };
        if !check(&text)? {
            return Err(invalid("The statement must show the figure: write { $value } where it stands."));
        }
        Ok(Self(text))
    }

    /// The sentence about a value, as it is written in a language.
    #[must_use]
    pub fn fill(&self, language: &str, value: Decimal, written: &str) -> String {
        pattern::fill(&self.0, language, &[(VALUE, Value::Number(value, written))])
    }
}

fn invalid(message: impl Into<String>) -> (ProblemCode, String) {
    (ProblemCode::Invalid, message.into())
}

/// Whether a text shows the value; refuses what it may not use.
fn check(text: &Text<String>) -> Parsed<bool> {
    let mut shows = false;
    for element in &text.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) if is_value(inline) => shows = true,
            Expression::Select { selector, variants } if is_value(selector) => {
                for variant in variants {
                    check_key(&variant.key)?;
                    shows |= check(&variant.value)?;
                }
            }
            _ => {
                return Err(invalid(
                    "A statement may use { $value } and plural selectors on $value, and nothing else of Fluent.",
                ));
            }
        }
    }
    Ok(shows)
}

fn is_value(expression: &InlineExpression<String>) -> bool {
    pattern::variable(expression) == Some(VALUE)
}

fn check_key(key: &VariantKey<String>) -> Parsed<()> {
    match key {
        VariantKey::Identifier { name } if pattern::plural(name).is_none() => {
            Err(invalid(format!("[{name}] is no plural form: they are zero, one, two, few, many and other.")))
        }
        VariantKey::NumberLiteral { value } if value.parse::<Decimal>().is_err() => {
            Err(invalid(format!("[{value}] is no number that a figure can be.")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(language: &str, pattern: &str, value: &str) -> String {
        let pattern = Pattern::parse(pattern).unwrap_or_else(|(_, message)| panic!("{message}"));
        pattern.fill(language, value.parse().expect("a decimal"), value)
    }

    const PLURAL: &str = "{ $value ->\n[0] No victim was\n[one] { $value } victim was\n*[other] { $value } victims were\n} found";

    #[test]
    fn the_number_takes_its_place() {
        let sentence = filled("en", "{ $value } of detected victims were women", "49%".trim_end_matches('%'));
        assert_eq!(sentence, "49 of detected victims were women");
    }

    #[test]
    fn the_plural_is_that_of_the_language_and_of_the_digits() {
        assert_eq!(filled("en", PLURAL, "1"), "1 victim was found");
        assert_eq!(filled("en", PLURAL, "1.0"), "1.0 victims were found");
        assert_eq!(filled("en", PLURAL, "12345678901234567891"), "12345678901234567891 victims were found");
        assert_eq!(filled("en", &PLURAL.replace("[0]", "[0.0]"), "0"), "No victim was found");
        let polish =
            "{ $value ->\n [one] { $value } ofiara\n [few] { $value } ofiary\n *[many] { $value } ofiar\n}";
        assert_eq!(filled("pl", polish, "3"), "3 ofiary");
        assert_eq!(filled("pl", polish, "5"), "5 ofiar");
    }

    #[test]
    fn several_lines_are_one_sentence() {
        assert_eq!(filled("en", "{ $value } of victims\r\nwere women", "49"), "49 of victims were women");
        assert_eq!(filled("en", "[sic] { $value }", "49"), "[sic] 49");
    }

    #[test]
    fn anything_else_is_refused() {
        for pattern in [
            "{ $value",
            "{ $value } }",
            "Half of victims were women",
            "{ $share } of victims",
            "{ $value } { $population }",
            "{ NUMBER($value) } of victims",
            "{ -brand } { $value }",
            "{ other } { $value }",
            "{ \"{\" } { $value }",
            "{ $value ->\n *[women] { $value }\n}",
            "{ $value ->\n [one] { $value }\n}",
            "{ $value } of victims\n.title = women",
            "{ $value ->\n *[other] { $area } { $value }\n}",
        ] {
            assert!(Pattern::parse(pattern).is_err(), "{pattern}");
        }
    }
}
