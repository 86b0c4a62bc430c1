//! Statistic sets: shares of a whole add up to no more than it.

use std::collections::HashSet;

use entity::statistic::StatisticUnit;

use super::{CheckCode, Circumstance, Context, Finding, Needs};
use crate::domain::statistic_set::{StatisticSet, most, sum};
use crate::store::draft::Draft;

pub(in crate::domain) fn needs(draft: &Draft<StatisticSet>, needs: &mut Needs) {
    let parts = draft.parts.0.iter();
    needs.figures.extend(parts.map(|part| (part.statistic_id, part.period.clone())));
}

pub(in crate::domain) fn find(draft: &Draft<StatisticSet>, context: &Context<'_>) -> Vec<Finding> {
    let parts = &draft.parts.0;
    let facts = context.facts;
    let is_share = |statistic| facts.units.get(statistic) == Some(&StatisticUnit::Percent);
    let statistics: HashSet<_> = parts.iter().map(|part| part.statistic_id).collect();
    // The same measure at several times is no whole.
    if statistics.len() < parts.len() || !parts.iter().all(|part| is_share(&part.statistic_id)) {
        return Vec::new();
    }
    let values: Vec<_> = parts
        .iter()
        .filter_map(|part| facts.figures.get(&(part.statistic_id, part.period.clone())))
        .map(|figure| figure.value)
        .collect();
    match sum(&values).filter(|total| total.0 > most(values.len())) {
        None => Vec::new(),
        Some(total) => {
            let message = format!("The parts add up to {total}%, more than rounding explains.");
            let finding = Finding::new(CheckCode::SharesExceed100, &["parts"], message);
            vec![finding.when(draft.row.is_complete, Circumstance::Complete)]
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn each_part_may_be_half_a_point_too_much() {
        assert!(Decimal::from(49 + 23 + 21 + 8) <= most(4));
        assert!(Decimal::from(102) <= most(4) && Decimal::new(1021, 1) > most(4));
        assert!(Decimal::from(49 + 23 + 21 + 17) > most(4));
    }
}
