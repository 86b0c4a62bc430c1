//! The table of a chart for spreadsheets and programs (RFC 4180): a head in English, plain numbers, one row for each part.

use entity::Decimal;

use super::Bar;
use crate::domain::value;

const HEAD: [&str; 9] = ["label", "value", "unit", "period", "area", "source", "qualifier", "lower", "upper"];

pub(super) fn written(bars: &[Bar]) -> String {
    let mut csv = row(HEAD);
    for bar in bars {
        let number = |number: Option<Decimal>| number.map_or_else(String::new, |number| number.to_string());
        let value = bar.value.to_string();
        let (qualifier, lower, upper) = (bar.qualifier.as_str(), number(bar.lower), number(bar.upper));
        csv.push_str(&row([
            &bar.label,
            &value,
            &bar.unit,
            &bar.period,
            &bar.area,
            &bar.source,
            qualifier,
            &lower,
            &upper,
        ]));
    }
    csv
}

fn row(cells: [&str; 9]) -> String {
    cells.map(cell).join(",") + "\r\n"
}

/// A cell as text that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && value::decimal(text).is_err();
    let text = if runs { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(cell("women"), "women");
        assert_eq!(cell("women, \"adult\""), "\"women, \"\"adult\"\"\"");
    }

    #[test]
    fn nothing_but_a_number_may_begin_like_a_formula() {
        assert_eq!(cell("-4.5"), "-4.5");
        for text in ["=1+1", "+44", "-4+cmd", "@SUM(A1)", "\tx", "\rx"] {
            assert!(cell(text).trim_start_matches('"').starts_with('\''), "{text:?}");
        }
    }
}
