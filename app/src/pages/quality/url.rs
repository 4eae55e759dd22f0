//! What the quality dashboard shows, in its address.

use crate::pages::backlog::url::{post, post_name};
use crate::url_state::UrlState;
use chrono::{Datelike, Days, NaiveDate};
use domain::api::dashboard::DashboardQuery;
use domain::id::UnitId;
use domain::post::Post;

/// Where the results come from. The two are never added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Source {
    /// Random samples.
    #[default]
    Samples,
    /// First rounds of recheck, a census.
    Recheck,
}

/// What the Pareto is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weigh {
    /// Findings.
    #[default]
    Count,
    /// Severity points.
    Points,
}

/// Which days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Span {
    /// Four weeks up to today.
    FourWeeks,
    /// Twelve weeks up to today.
    #[default]
    TwelveWeeks,
    /// From the first of the month.
    Month,
    /// From the first of the year.
    Year,
    /// From a day to a day.
    Days(NaiveDate, NaiveDate),
}

impl Span {
    /// Its first and last day.
    pub fn days(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
        match self {
            Self::FourWeeks => (back(27), today),
            Self::TwelveWeeks => (back(83), today),
            Self::Month => (today.with_day(1).unwrap_or(today), today),
            Self::Year => (today.with_ordinal(1).unwrap_or(today), today),
            Self::Days(from, to) => (*from, *to),
        }
    }

    const fn name(&self) -> Option<&'static str> {
        match self {
            Self::FourWeeks => Some("4w"),
            Self::TwelveWeeks => Some("12w"),
            Self::Month => Some("month"),
            Self::Year => Some("year"),
            Self::Days(..) => None,
        }
    }
}

/// The periods with a name.
pub const NAMED: [Span; 4] = [Span::FourWeeks, Span::TwelveWeeks, Span::Month, Span::Year];

/// Unit, post, period, series, order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QualityUrl {
    /// One unit with all below it.
    pub unit: Option<UnitId>,
    /// One post.
    pub post: Option<Post>,
    /// Which days.
    pub period: Span,
    /// Which series.
    pub source: Source,
    /// What the Pareto is ordered by.
    pub weigh: Weigh,
}

impl UrlState for QualityUrl {
    fn read(text: &dyn Fn(&str) -> Option<String>) -> Self {
        let day = |name: &str| text(name).and_then(|text| text.parse::<NaiveDate>().ok());
        let period = match (day("from"), day("to")) {
            (Some(from), Some(to)) if from <= to => Span::Days(from, to),
            _ => text("period")
                .and_then(|name| NAMED.into_iter().find(|one| one.name() == Some(&*name)))
                .unwrap_or_default(),
        };
        Self {
            unit: text("unit").map(UnitId),
            post: text("post").and_then(|name| post(&name)),
            period,
            source: if text("series").is_some_and(|name| name == "recheck") {
                Source::Recheck
            } else {
                Source::Samples
            },
            weigh: if text("by").is_some_and(|name| name == "points") { Weigh::Points } else { Weigh::Count },
        }
    }

    fn write(&self) -> Vec<(&'static str, String)> {
        let mut parts = Vec::new();
        if let Some(unit) = &self.unit {
            parts.push(("unit", unit.to_string()));
        }
        if let Some(post) = self.post {
            parts.push(("post", post_name(post).to_owned()));
        }
        match (&self.period, self.period.name()) {
            (Span::Days(from, to), _) => {
                parts.push(("from", from.to_string()));
                parts.push(("to", to.to_string()));
            }
            (Span::TwelveWeeks, _) | (_, None) => {}
            (_, Some(name)) => parts.push(("period", name.to_owned())),
        }
        if self.source == Source::Recheck {
            parts.push(("series", "recheck".to_owned()));
        }
        if self.weigh == Weigh::Points {
            parts.push(("by", "points".to_owned()));
        }
        parts
    }
}

impl QualityUrl {
    /// What is asked of the server; series and order are the page's own matter.
    pub fn query(&self, today: NaiveDate) -> DashboardQuery {
        let (from, to) = self.period.days(today);
        DashboardQuery { unit: self.unit.clone(), post: self.post, from: Some(from), to: Some(to) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn read(parts: &[(&'static str, String)]) -> QualityUrl {
        QualityUrl::read(&|name| parts.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone()))
    }

    #[test]
    fn what_is_written_is_read() {
        for period in NAMED.into_iter().chain([Span::Days(day("2026-01-01"), day("2026-03-18"))]) {
            let url = QualityUrl {
                unit: Some("SH".into()),
                post: Some(Post::Binding),
                period,
                source: Source::Recheck,
                weigh: Weigh::Points,
            };
            assert_eq!(read(&url.write()), url);
        }
        assert!(QualityUrl::default().write().is_empty());
        assert_eq!(read(&[]), QualityUrl::default());
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_none() {
        let parts = [("from", "2026-03-18".to_owned()), ("to", "2026-03-01".to_owned())];
        assert_eq!(read(&parts).period, Span::TwelveWeeks);
    }

    #[test]
    fn periods_end_today() {
        let today = day("2026-03-18");
        assert_eq!(Span::FourWeeks.days(today), (day("2026-02-19"), today));
        assert_eq!(Span::TwelveWeeks.days(today), (day("2025-12-25"), today));
        assert_eq!(Span::Month.days(today), (day("2026-03-01"), today));
        assert_eq!(Span::Year.days(today), (day("2026-01-01"), today));
    }
}
