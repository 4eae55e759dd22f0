//! Pareto order: which few error points make most of the errors.

use serde::{Deserialize, Serialize};

/// One row of a Pareto table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ParetoRow<K> {
    /// What is counted: an error point, a post, an item, a cause.
    pub key: K,
    /// How often, or how many severity points.
    pub count: u64,
    /// Its share of the whole, between 0 and 1.
    pub share: f64,
    /// The share of this and all rows before it.
    pub cumulative: f64,
    /// Whether it is one of the few that together make the first 80 %.
    pub vital: bool,
}

/// The rows by falling count, equal ones in the order given; those that count nothing come last and are kept, for a
/// point without an error is a result too. Shares are 0 where everything is.
pub fn pareto<K>(counts: impl IntoIterator<Item = (K, u64)>) -> Vec<ParetoRow<K>> {
    let mut counts: Vec<(K, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let total: u128 = counts.iter().map(|(_, count)| u128::from(*count)).sum();
    let mut before = 0_u128;
    counts
        .into_iter()
        .map(|(key, count)| {
            let upto = before + u128::from(count);
            // In whole numbers: 80 % reached exactly must not depend on how a quotient is rounded.
            let vital = count > 0 && before * 100 < total * 80;
            let row = ParetoRow {
                key,
                count,
                share: part(count.into(), total),
                cumulative: part(upto, total),
                vital,
            };
            before = upto;
            row
        })
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no more digits than f64 has")]
fn part(count: u128, total: u128) -> f64 {
    if total == 0 { 0.0 } else { count as f64 / total as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published example of the R package qcc (`pareto.chart`).
    #[test]
    fn as_published() {
        let rows = pareto([
            ("contact num.", 80),
            ("price code", 27),
            ("supplier code", 66),
            ("part num.", 94),
            ("schedule date", 33),
        ]);
        let cumulative: Vec<String> =
            rows.iter().map(|row| format!("{:.2}", row.cumulative * 100.0)).collect();
        assert_eq!(cumulative, ["31.33", "58.00", "80.00", "91.00", "100.00"]);
        assert_eq!(rows.iter().filter(|row| row.vital).count(), 3);
        assert_eq!(rows[0].key, "part num.");
    }

    #[test]
    fn the_row_that_passes_the_cut_belongs_to_the_few() {
        let rows = pareto([('a', 79), ('b', 2), ('c', 19)]);
        assert_eq!(
            rows.iter().map(|row| (row.key, row.vital)).collect::<Vec<_>>(),
            [('a', true), ('c', true), ('b', false)]
        );
    }

    #[test]
    fn ties_keep_their_order_and_nothing_is_nothing() {
        let rows = pareto([(1, 0), (2, 5), (3, 5), (4, 0)]);
        assert_eq!(rows.iter().map(|row| row.key).collect::<Vec<_>>(), [2, 3, 1, 4]);
        let none = pareto([(1, 0), (2, 0)]);
        assert!(none.iter().all(|row| row.share == 0.0 && !row.vital));
        assert!(pareto::<u8>([]).is_empty());
    }
}
