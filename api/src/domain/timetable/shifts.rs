//! Hours whose shifts belong to the day they begin on.
//!
//! The evaluator decides day by day: `Mo-Su 22:00-06:00; PH off` would close at midnight before a holiday and open at the
//! midnight after it, in the middle of a shift that never began. So what lies after midnight is evaluated by itself, for
//! the day that the shift began on.

use std::ops::Range;

use chrono::NaiveDate;
use opening_hours::schedule::Schedule;
use opening_hours::{Context, OpeningHours, RuleKind};
use opening_hours_syntax::ExtendedTime;
use opening_hours_syntax::rules::time::{Time, TimeSelector, TimeSpan};
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleOperator, RuleSequence};

/// Hours of days, and what their shifts last into the next one.
#[derive(Clone)]
pub struct Shifts {
    until_midnight: OpeningHours,
    after_midnight: Option<OpeningHours>,
}

impl Shifts {
    /// The shifts of an expression.
    pub fn of(hours: OpeningHours) -> Self {
        let expression = hours.get_expression();
        let is_split =
            expression.rules.iter().flat_map(spans).any(|span| span.end > ExtendedTime::MIDNIGHT_24);
        let halves = is_split
            .then(|| {
                let until_midnight = parsed(expression.rules.iter().map(before).collect())?;
                Some((until_midnight, parsed(expression.rules.iter().filter_map(after).collect())?))
            })
            .flatten();
        match halves {
            Some((until_midnight, after)) => Self { until_midnight, after_midnight: Some(after) },
            None => Self { until_midnight: hours, after_midnight: None },
        }
    }

    /// The same with holidays.
    pub fn with_context(&self, context: &Context) -> Self {
        Self {
            until_midnight: self.until_midnight.clone().with_context(context.clone()),
            after_midnight: self.after_midnight.clone().map(|after| after.with_context(context.clone())),
        }
    }

    /// What happens on a day.
    pub fn schedule_at(&self, date: NaiveDate) -> Schedule {
        let today = self.until_midnight.schedule_at(date);
        match (&self.after_midnight, date.pred_opt()) {
            (Some(after), Some(yesterday)) => today.addition(after.schedule_at(yesterday)),
            _ => today,
        }
    }
}

fn parsed(rules: Vec<RuleSequence>) -> Option<OpeningHours> {
    OpeningHoursExpression { rules }.to_string().parse().ok()
}

/// The part of a rule before midnight.
fn before(rule: &RuleSequence) -> RuleSequence {
    let cut = |span: Range<ExtendedTime>| span.start..span.end.min(ExtendedTime::MIDNIGHT_24);
    with_spans(rule, spans(rule).map(cut).collect())
}

/// The part of a rule after midnight, as times of the next day; a rule that replaces the hours of a day ends its shifts.
fn after(rule: &RuleSequence) -> Option<RuleSequence> {
    let later = |span: Range<ExtendedTime>| {
        let start = span.start.add_hours(-24).unwrap_or(ExtendedTime::MIDNIGHT_00);
        Some(start..span.end.add_hours(-24)?).filter(|span| span.start < span.end)
    };
    let rest: Vec<_> = spans(rule).filter_map(later).collect();
    let replaces = match rule.kind {
        RuleKind::Closed => rule.time_selector == TimeSelector::default(),
        RuleKind::Open | RuleKind::Unknown => rule.operator == RuleOperator::Normal,
    };
    let silent = |rule: RuleSequence| RuleSequence { kind: RuleKind::Closed, comment: "".into(), ..rule };
    match rule.kind {
        _ if rest.is_empty() && replaces => {
            Some(silent(RuleSequence { time_selector: TimeSelector::default(), ..rule.clone() }))
        }
        _ if rest.is_empty() => None,
        RuleKind::Closed => Some(silent(with_spans(rule, rest))),
        RuleKind::Open | RuleKind::Unknown => Some(with_spans(rule, rest)),
    }
}

/// The times of a rule by the clock; those that end before they begin end on the next day.
fn spans(rule: &RuleSequence) -> impl Iterator<Item = Range<ExtendedTime>> {
    rule.time_selector.spans.iter().filter_map(|span| match (span.range.start, span.range.end) {
        (Time::Fixed(start), Time::Fixed(end)) if start < end => Some(start..end),
        (Time::Fixed(start), Time::Fixed(end)) => Some(start..end.add_hours(24)?),
        _ => None,
    })
}

fn with_spans(rule: &RuleSequence, spans: Vec<Range<ExtendedTime>>) -> RuleSequence {
    let spans = spans.into_iter().map(|span| TimeSpan::fixed_range(span.start, span.end)).collect();
    RuleSequence { time_selector: TimeSelector::new(spans), ..rule.clone() }
}

#[cfg(test)]
mod tests {
    use opening_hours_syntax::rules::OpeningHoursExpression;

    use super::*;

    fn halves(text: &str) -> Option<(String, String)> {
        let shifts = Shifts::of(text.parse().expect("hours"));
        let text = |hours: &OpeningHours| OpeningHoursExpression::clone(&hours.get_expression()).to_string();
        Some((text(&shifts.until_midnight), text(&shifts.after_midnight?)))
    }

    #[test]
    fn shifts_are_cut_at_midnight_and_end_where_a_day_is_replaced() {
        let halves = |text| halves(text).map(|(until, after)| format!("{until} | {after}"));
        assert_eq!(halves("Mo-Fr 09:00-17:00; PH off"), None);
        assert_eq!(
            halves("Mo-Su 22:00-06:00; PH off").as_deref(),
            Some("Mo-Su 22:00-24:00; PH closed | Mo-Su 00:00-06:00; PH closed")
        );
        assert_eq!(
            halves("Mo-Fr 09:00-12:00,22:00-26:00; Sa 10:00-14:00 \"short\"").as_deref(),
            Some("Mo-Fr 09:00-12:00,22:00-24:00; Sa 10:00-14:00 \"short\" | Mo-Fr 00:00-02:00; Sa closed")
        );
        assert_eq!(
            halves("Mo-Fr 22:00-06:00, Sa 10:00-14:00").as_deref(),
            Some("Mo-Fr 22:00-24:00, Sa 10:00-14:00 | Mo-Fr 00:00-06:00")
        );
    }
}
