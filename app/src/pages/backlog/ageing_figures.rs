//! Ages of open cases as columns of dots and bins, and what a dot leads to.

use crate::components::chart::{AgeingBin, AgeingChart, AgeingColumn, AgeingDot, ChartTable};
use crate::format::{count, decimal, hours};
use crate::i18n::Messages;
use crate::i18n::backlog::BacklogPage as Words;
use domain::api::dashboard::AgeColumn;
use domain::id::CaseId;
use domain::post::Stage;

/// Ages of open cases by stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ages(pub Vec<AgeColumn>);

/// What a mark of the chart stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A case.
    Case(CaseId),
    /// A span of ages of a stage.
    Bin {
        /// The stage.
        stage: Stage,
        /// From this age, business minutes.
        from: i64,
        /// Up to this one, which is no more of it.
        to: i64,
    },
}

impl Ages {
    /// How many cases are open, and how many of them overdue.
    pub fn totals(&self) -> (i64, i64) {
        self.0.iter().map(of_column).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    /// How many finished cases the percentiles are of.
    pub fn finished(&self) -> i64 {
        self.0.iter().map(|column| i64::from(column.finished)).sum()
    }

    /// The chart. The indices of its marks are those [`target`](Self::target) answers.
    pub fn chart(&self, t: &Messages, words: &Words) -> AgeingChart {
        AgeingChart {
            columns: self.0.iter().map(|column| chart_column(column, t, words)).collect(),
            hours_word: words.hours.to_owned(),
            zone_words: [50, 70, 85, 95].map(words.percentile_head),
        }
    }

    /// What the mark of an index stands at: dots, then bins, column by column.
    pub fn target(&self, mut index: usize) -> Option<Target> {
        for column in &self.0 {
            if let Some(dot) = column.dots.get(index) {
                return Some(Target::Case(dot.case));
            }
            index -= column.dots.len();
            if let Some((from, to, ..)) = column.bins.get(index) {
                return Some(Target::Bin { stage: column.stage, from: *from, to: *to });
            }
            index -= column.bins.len();
        }
        None
    }

    /// What the chart says.
    pub fn summary(&self, t: &Messages, words: &Words) -> String {
        let (n, late) = self.totals();
        let oldest = self.0.iter().filter_map(|c| oldest(c).map(|age| (age, c.stage))).max();
        match oldest {
            Some((age, stage)) => (words.age_summary)(n, late, t.post.stage(stage), &hours_of(age)),
            None => words.nothing_open.to_owned(),
        }
    }

    /// Its figures.
    pub fn table(&self, t: &Messages, words: &Words) -> ChartTable {
        let mut heads = vec![
            words.post_head.to_owned(),
            words.open_head.to_owned(),
            words.late_head.to_owned(),
            words.oldest_head.to_owned(),
        ];
        heads.extend([50, 70, 85, 95].map(words.percentile_head));
        let row = |column: &AgeColumn| {
            let (n, late) = of_column(column);
            let mut row = vec![t.post.stage(column.stage).to_owned(), count(n), count(late)];
            row.push(oldest(column).map_or_else(|| "–".to_owned(), hours));
            match column.percentiles {
                Some(percentiles) => row.extend(percentiles.map(hours)),
                None => row.extend(std::iter::repeat_n("–".to_owned(), 4)),
            }
            row
        };
        ChartTable { heads, rows: self.0.iter().map(row).collect() }
    }
}

fn of_column(column: &AgeColumn) -> (i64, i64) {
    let bins = column
        .bins
        .iter()
        .fold((0, 0), |sum, (_, _, n, late)| (sum.0 + i64::from(*n), sum.1 + i64::from(*late)));
    let dots = column.dots.len();
    let late = column.dots.iter().filter(|dot| dot.overdue).count();
    (bins.0 + i64::try_from(dots).unwrap_or(i64::MAX), bins.1 + i64::try_from(late).unwrap_or(i64::MAX))
}

fn oldest(column: &AgeColumn) -> Option<i64> {
    let dots = column.dots.iter().map(|dot| dot.age).max();
    dots.or_else(|| column.bins.iter().map(|(_, to, ..)| *to).max())
}

fn chart_column(column: &AgeColumn, t: &Messages, words: &Words) -> AgeingColumn {
    let name = t.post.short(column.stage.post());
    let dot = |dot: &domain::api::dashboard::AgeDot| AgeingDot {
        age: in_hours(dot.age),
        late: dot.overdue,
        words: if dot.overdue { words.age_dot_late } else { words.age_dot }(&dot.number, &hours(dot.age)),
    };
    let bin = |&(from, to, n, late): &(i64, i64, u32, u32)| AgeingBin {
        from: in_hours(from),
        to: in_hours(to),
        count: n.into(),
        late: late.into(),
        words: (words.age_bin)(name, &hours_of(from), &hours_of(to), n.into(), late.into()),
    };
    AgeingColumn {
        label: name.to_owned(),
        zones: column.percentiles.map(|minutes| minutes.map(in_hours)),
        dots: column.dots.iter().map(dot).collect(),
        bins: column.bins.iter().map(bin).collect(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "minutes of a few years")]
fn in_hours(minutes: i64) -> f64 {
    minutes as f64 / 60.0
}

/// Minutes as whole hours.
fn hours_of(minutes: i64) -> String {
    decimal(in_hours(minutes), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Locale, Localised};
    use domain::api::dashboard::AgeDot;
    use uuid::Uuid;

    fn ages() -> Ages {
        let dot = |n: u128, age, overdue| AgeDot {
            case: CaseId(Uuid::from_u128(n)),
            number: format!("SH-{n}"),
            age,
            overdue,
        };
        Ages(vec![
            AgeColumn {
                stage: Stage::Intake,
                percentiles: None,
                finished: 0,
                dots: vec![dot(1, 600, true), dot(2, 60, false)],
                bins: vec![],
            },
            AgeColumn {
                stage: Stage::Entry,
                percentiles: Some([60, 90, 120, 300]),
                finished: 40,
                dots: vec![],
                bins: vec![(0, 60, 100, 0), (60, 120, 50, 20)],
            },
        ])
    }

    #[test]
    fn every_mark_leads_where_it_stands() {
        let t = Messages::in_locale(Locale::ZhHans);
        let drawing = ages().chart(t, &Words::ZH).draw(480.0, 280.0);
        assert_eq!(drawing.marks.len(), 4);
        for mark in &drawing.marks {
            match ages().target(mark.index) {
                Some(Target::Case(case)) => assert!(mark.label.contains(&format!("SH-{}", case.0.as_u128()))),
                Some(Target::Bin { stage, from, to }) => {
                    assert_eq!(stage, Stage::Entry);
                    assert!(
                        from < to
                            && ages()
                                .0
                                .iter()
                                .any(|column| column.bins.iter().any(|bin| (bin.0, bin.1) == (from, to)))
                    );
                }
                None => panic!("{mark:?} leads nowhere"),
            }
        }
        assert_eq!(ages().target(4), None);
    }

    #[test]
    fn sums_and_summary_count_dots_and_bins() {
        let t = Messages::in_locale(Locale::ZhHans);
        assert_eq!((ages().totals(), ages().finished()), ((152, 21), 40));
        assert_eq!(ages().summary(t, &Words::ZH), "152 件在途，逾期 21；最久在交接岗，10 小时");
        assert_eq!(ages().table(t, &Words::ZH).rows[0], ["交接岗", "2", "1", "10:00", "–", "–", "–", "–"]);
    }
}
