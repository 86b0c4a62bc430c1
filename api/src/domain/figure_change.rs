//! What became of a figure between two periods.

use super::language::primary;
use entity::Decimal;
use entity::statistic::{Qualifier, StatisticUnit};
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

use super::figure::{Figure, written};
use super::number::{self, Measure};
use super::statement::Pattern;
use super::statistic_set::sum;

/// A relative change is told in per cent with so many places.
const PLACES: u32 = 1;

/// What became of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureChange {
    /// In percentage points for percentages, exactly; in per cent of the first value for the rest, to one place.
    pub difference: Option<Decimal>,
    /// In words: `−10 percentage points`, `+12.5%`; the two figures where there is no difference.
    pub text: String,
    /// Why there is none.
    pub reason: Option<&'static str>,
}

/// What became of a figure, in a language.
#[must_use]
pub fn between(language: &str, measure: Measure<'_>, from: &Figure, to: &Figure) -> FigureChange {
    let is_bound = |figure: &Figure| match figure.row.qualifier {
        Qualifier::AtLeast | Qualifier::Over | Qualifier::UpTo | Qualifier::Under => true,
        Qualifier::Exact | Qualifier::About | Qualifier::Range => false,
    };
    let found = if is_bound(from) || is_bound(to) {
        Err(
            "One of the figures is a bound (at least, over, up to or under), so that their difference is not known.",
        )
    } else if measure.unit == StatisticUnit::Percent {
        difference(from.row.value, to.row.value)
    } else {
        relative(from.row.value, to.row.value)
    };
    match found {
        Ok(difference) if measure.unit == StatisticUnit::Percent => {
            FigureChange { difference: Some(difference), text: points(language, difference), reason: None }
        }
        Ok(difference) => {
            let text = number::signed(language, difference, |share| number::percent(language, share));
            FigureChange { difference: Some(difference), text, reason: None }
        }
        Err(reason) => {
            let told = |figure: &Figure| {
                let value = written(language, &figure.row, measure);
                format!("{value} ({})", figure.row.period_label)
            };
            FigureChange {
                difference: None,
                text: format!("{}, {}", told(from), told(to)),
                reason: Some(reason),
            }
        }
    }
}

/// The exact difference.
fn difference(from: Decimal, to: Decimal) -> Result<Decimal, &'static str> {
    let difference =
        sum(&[to, Decimal(-from.0)]).ok_or("The difference has more digits than a number may have.")?;
    Ok(positive_zero(difference))
}

/// The change in per cent of the first value: to one place, or to the first digit that says more than nothing.
fn relative(from: Decimal, to: Decimal) -> Result<Decimal, &'static str> {
    if from.0.is_zero() {
        return Err("A change from zero has no percentage.");
    }
    let share = (|| {
        let difference = to.0.checked_sub(from.0)?;
        difference.checked_div(from.0.abs())?.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)
    })();
    let share = share.ok_or("The difference has more digits than a number may have.")?;
    let rounded = share.round_dp_with_strategy(PLACES, MidpointAwayFromZero);
    let told = if rounded.is_zero() {
        share.round_sf_with_strategy(1, MidpointAwayFromZero).unwrap_or(rounded)
    } else {
        rounded
    };
    Ok(positive_zero(Decimal(told.normalize())))
}

fn positive_zero(mut number: Decimal) -> Decimal {
    if number.0.is_zero() {
        number.0.set_sign_positive(true);
    }
    number
}

/// So many percentage points, in the language where it has words here, else in English.
fn points(language: &str, difference: Decimal) -> String {
    let words = |language: &str| POINTS.iter().find(|(tag, _)| *tag == language).map(|(_, words)| *words);
    let (language, words) = words(primary(language))
        .map_or_else(|| ("en", words("en").unwrap_or_default()), |words| (language, words));
    number::signed(language, difference, |points| {
        let written = number::number(language, points);
        Pattern::parse(words)
            .map_or_else(|_| written.clone(), |pattern| pattern.fill(language, points, &written))
    })
}

/// What percentage points are called, as Fluent patterns.
const POINTS: &[(&str, &str)] = &[
    ("ar", "{ $value ->\n[few] { $value } نقاط مئوية\n*[other] { $value } نقطة مئوية\n}"),
    ("cy", "{ $value } pwynt canran"),
    ("de", "{ $value ->\n[one] { $value } Prozentpunkt\n*[other] { $value } Prozentpunkte\n}"),
    ("en", "{ $value ->\n[one] { $value } percentage point\n*[other] { $value } percentage points\n}"),
    ("fa", "{ $value } واحد درصد"),
    (
        "fr",
        "{ $value ->\n[one] { $value } point de pourcentage\n*[other] { $value } points de pourcentage\n}",
    ),
    (
        "pl",
        "{ $value ->\n[one] { $value } punkt procentowy\n[few] { $value } punkty procentowe\n[many] { $value } punktów procentowych\n*[other] { $value } punktu procentowego\n}",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn every_language_has_a_pattern_that_can_be_read() {
        for (language, words) in POINTS {
            assert!(Pattern::parse(words).is_ok(), "{language}");
        }
    }

    #[test]
    fn percentages_change_in_points_and_exactly() {
        assert_eq!(difference(decimal("49"), decimal("39")).map(|d| d.to_string()), Ok("-10".into()));
        assert_eq!(difference(decimal("0.1"), decimal("0.3")).map(|d| d.to_string()), Ok("0.2".into()));
        let (from, to) = (decimal("12345678901234567890"), decimal("12345678901234567891"));
        assert_eq!(difference(from, to).map(|d| d.to_string()), Ok("1".into()));
        assert_eq!(difference(decimal("49"), decimal("49")).map(|d| d.to_string()), Ok("0".into()));
        assert!(difference(decimal("12345678901234567890"), decimal("0.12345678901234567890")).is_err());
    }

    #[test]
    fn points_are_counted_as_the_language_counts() {
        assert_eq!(points("en", decimal("-10")), "\u{2212}10 percentage points");
        assert_eq!(points("en-GB", decimal("1")), "+1 percentage point");
        assert_eq!(points("cy", decimal("-10")), "\u{2212}10 pwynt canran");
        assert_eq!(points("de", decimal("0.5")), "+0,5 Prozentpunkte");
        assert_eq!(points("pl", decimal("-3")), "\u{2212}3 punkty procentowe");
        assert_eq!(points("fa", decimal("-10")), "\u{200e}\u{2212}\u{6f1}\u{6f0} واحد درصد");
        assert_eq!(points("tr", decimal("0")), "0 percentage points");
    }

    #[test]
    fn the_rest_changes_in_per_cent() {
        let told = |from, to| relative(decimal(from), decimal(to)).map(|share| share.to_string());
        assert_eq!(told("200", "250"), Ok("25".into()));
        assert_eq!(told("250", "200"), Ok("-20".into()));
        assert_eq!(told("3", "4"), Ok("33.3".into()));
        assert_eq!(told("100000", "100001"), Ok("0.001".into()));
        assert_eq!(told("5", "5.0"), Ok("0".into()));
        assert!(told("0", "5").is_err());
    }
}
