//! Rates in words: never without counts and interval.

use super::Localised;
use crate::format::{count, percent, percent_range};
use domain::statistics::chart::ChartRefused;
use domain::statistics::{Rate, UnitOfCount};

messages! {
    /// What is said of a rate.
    pub struct Rates {
        at_most(rate: &str): |r| format!("至多 {r}"), |r| format!("at most {r}");
        at_least(rate: &str): |r| format!("至少 {r}"), |r| format!("at least {r}");
        nothing_checked: "未检", "None checked";
        counts(hits: &str, of: &str): |x, n| format!("{x} / {n}"), |x, n| format!("{x} / {n}");
        interval(counts: &str, range: &str): |c, r| format!("{c}，95% 区间 {r}"), |c, r| format!("{c}, 95% interval {r}");
        weighted(words: &str, effective: &str): |w, n| format!("{w}，按入样概率加权，等效 {n}"),
            |w, n| format!("{w}, weighted by inclusion probability, effective {n}");
        of_items(n: &str): |n| format!("{n} 项"), |n| format!("{n} change items");
        of_policies(n: &str): |n| format!("{n} 份保单"), |n| format!("{n} bound policies");
        of_notices(n: &str): |n| format!("{n} 份通知书"), |n| format!("{n} notices");
        of_slip_items(n: &str): |n| format!("{n} 项交接"), |n| format!("{n} slip items");
        of_steps(n: &str): |n| format!("{n} 个环节"), |n| format!("{n} steps");
        of_cases(n: &str): |n| format!("{n} 件"), |n| format!("{n} cases");
        of_reports(n: &str): |n| format!("{n} 份报表"), |n| format!("{n} batch reports");
        of_verdicts(n: &str): |n| format!("{n} 项结论"), |n| format!("{n} verdicts");
        of_visits(n: &str): |n| format!("{n} 次在岗"), |n| format!("{n} visits");
        of_clocks(n: &str): |n| format!("{n} 项法定时限"), |n| format!("{n} statutory clocks");
        of_orders(n: &str): |n| format!("{n} 笔付款"), |n| format!("{n} payment orders");
        of_benefits(n: &str): |n| format!("{n} 笔利益"), |n| format!("{n} benefits due");
        of_double(n: &str): |n| format!("{n} 件双评"), |n| format!("{n} double-graded units");
        too_little: "样本不足，不作判断", "Too little data to judge";
        too_few(given: i64, needed: i64): |g, n| format!("样本不足，不作判断：有 {g} 期，至少须 {n} 期"),
            |g, n| format!("Too little data to judge: {g} of the {n} periods needed");
        too_rare(checked: i64, expected: &str): |n, e| format!("样本不足，不作判断：最少一期检 {n}，预计只有 {e}，不足 5"),
            |n, e| format!("Too little data to judge: the smallest period has {n}, of which {e} are expected, fewer than 5");
        too_rare_needs(checked: i64, expected: &str, needed: i64):
            |n, e, k| format!("样本不足，不作判断：最少一期检 {n}，预计只有 {e}，不足 5；每期须检 {} 以上", count(k)),
            |n, e, k| format!(
                "Too little data to judge: the smallest period has {n}, of which {e} are expected, fewer than 5; each needs at least {}",
                count(k)
            );
        unequal: "入样概率不等，不画控制限", "Drawn with unequal probability: no control limits";
    }
}

/// How a rate is written in a figure and around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateWords {
    /// The figure: `0.42%`; `至多 6.05%` where nothing was hit; 未检 where nothing was checked.
    pub figure: String,
    /// Its counts: `6 / 1,436`.
    pub counts: String,
    /// Counts with unit, interval, and that it is weighted where it is.
    pub detail: String,
}

impl Rates {
    /// A rate whose hits are errors.
    pub fn errors(&self, rate: &Rate) -> RateWords {
        let figure = match rate.estimate {
            None => self.nothing_checked.to_owned(),
            Some(_) if rate.numerator == 0 => (self.at_most)(&percent(rate.high)),
            Some(estimate) => percent(estimate),
        };
        self.words(rate, figure)
    }

    /// A rate whose hits are what conforms: all of them reads *at least*.
    pub fn conforming(&self, rate: &Rate) -> RateWords {
        let figure = match rate.estimate {
            None => self.nothing_checked.to_owned(),
            Some(_) if rate.numerator == rate.denominator => (self.at_least)(&percent(rate.low)),
            Some(estimate) => percent(estimate),
        };
        self.words(rate, figure)
    }

    fn words(&self, rate: &Rate, figure: String) -> RateWords {
        let n = whole(rate.denominator);
        let (hits, of) = (count(whole(rate.numerator)), count(n));
        let counts = (self.counts)(&hits, &of);
        if rate.estimate.is_none() {
            return RateWords { detail: figure.clone(), figure, counts };
        }
        let unit = match rate.unit {
            UnitOfCount::ChangeItem => self.of_items,
            UnitOfCount::BoundPolicy => self.of_policies,
            UnitOfCount::Notice => self.of_notices,
            UnitOfCount::SlipItem => self.of_slip_items,
            UnitOfCount::Step => self.of_steps,
            UnitOfCount::Case => self.of_cases,
            UnitOfCount::BatchReport => self.of_reports,
            UnitOfCount::Verdict => self.of_verdicts,
            UnitOfCount::Visit => self.of_visits,
            UnitOfCount::StatutoryClock => self.of_clocks,
            UnitOfCount::PaymentOrder => self.of_orders,
            UnitOfCount::BenefitDue => self.of_benefits,
            UnitOfCount::DoubleGraded => self.of_double,
        };
        let range = percent_range(rate.low, rate.high);
        let mut detail = (self.interval)(&(self.counts)(&hits, &unit(&of)), &range);
        // Equal probabilities weigh nothing: there is nothing to say.
        if rate.weighted && (rate.effective_size - real(n)).abs() >= 0.5 {
            detail = (self.weighted)(&detail, &crate::format::decimal(rate.effective_size, 0));
        }
        RateWords { figure, counts, detail }
    }

    /// Why a control chart is not drawn.
    pub fn refused(&self, why: &ChartRefused) -> String {
        match why {
            ChartRefused::TooFewPoints { given, needed } => (self.too_few)(whole(*given), whole(*needed)),
            ChartRefused::TooRare { checked, expected, needed, .. } => {
                let expected = crate::format::decimal(*expected, 1);
                match needed {
                    Some(needed) => (self.too_rare_needs)(whole(*checked), &expected, whole(*needed)),
                    None => (self.too_rare)(whole(*checked), &expected),
                }
            }
            ChartRefused::EmptyGroup { .. } | ChartRefused::BadBaseline { .. } => self.too_little.to_owned(),
        }
    }
}

/// The texts in a language.
pub fn rates(locale: super::Locale) -> &'static Rates {
    Rates::in_locale(locale)
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "counts of checks")]
fn real(n: i64) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::statistics::chart::{Rarer, laney_chart};
    use domain::statistics::{Sampled, Tally};

    fn rate(hits: u64, checked: u64) -> Rate {
        Rate::of(Tally::new(hits, checked).expect("hits of checked"), UnitOfCount::Step)
    }

    #[test]
    fn a_rate_is_never_bare() {
        let words = Rates::ZH.errors(&rate(6, 1436));
        assert_eq!((words.figure.as_str(), words.counts.as_str()), ("0.42%", "6 / 1,436"));
        assert_eq!(words.detail, "6 / 1,436 个环节，95% 区间 0.17–0.86%");
    }

    #[test]
    fn no_error_reads_at_most_and_no_fault_at_least() {
        // Jeffreys, equal tails: quality §5 reads "at most 6.0 %" of 0 in 40.
        assert_eq!(Rates::EN.errors(&rate(0, 40)).figure, "at most 6.05%");
        assert_eq!(Rates::ZH.conforming(&rate(40, 40)).figure, "至少 93.95%");
        assert_eq!(Rates::ZH.errors(&rate(0, 0)).figure, "未检");
        assert_eq!(Rates::ZH.errors(&rate(0, 0)).detail, "未检");
    }

    #[test]
    fn weights_are_told_where_they_weigh() {
        let unequal = [(true, 0.05), (false, 1.0), (false, 1.0), (false, 1.0)];
        let units: Vec<Sampled> =
            unequal.into_iter().map(|(hit, inclusion)| Sampled { hit, inclusion }).collect();
        let weighted = Rate::weighted(&units, UnitOfCount::Step).expect("probabilities");
        assert!(Rates::ZH.errors(&weighted).detail.contains("加权，等效"));
        let equal: Vec<Sampled> = (0..40).map(|i| Sampled { hit: i == 0, inclusion: 0.1 }).collect();
        let equal = Rate::weighted(&equal, UnitOfCount::Step).expect("probabilities");
        assert!(!Rates::ZH.errors(&equal).detail.contains("加权"));
    }

    #[test]
    fn why_there_is_no_chart_is_said_in_figures() {
        let groups = [Tally::new(1, 40).expect("a tally"), Tally::new(0, 35).expect("a tally")];
        let refused = laney_chart(&groups).expect_err("too rare");
        assert!(matches!(refused, ChartRefused::TooRare { rarer: Rarer::Hits, .. }));
        assert_eq!(
            Rates::ZH.refused(&refused),
            "样本不足，不作判断：最少一期检 35，预计只有 0.5，不足 5；每期须检 375 以上"
        );
        assert_eq!(
            Rates::EN.refused(&ChartRefused::TooFewPoints { given: 1, needed: 2 }),
            "Too little data to judge: 1 of the 2 periods needed"
        );
    }
}
