//! Which day, unit and checks the list shows, in its address.

use crate::api::key::parse_id;
use crate::url_state::UrlState;
use chrono::NaiveDate;
use domain::api::check::ChecksQuery;
use domain::id::{DrawId, UnitId};

/// Which checks are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// To be done.
    #[default]
    Open,
    /// Done on the day.
    Done,
    /// Both.
    All,
}

/// Day, unit, checks, draw.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChecksUrl {
    /// The day; none = the last working day.
    pub day: Option<NaiveDate>,
    /// Unit whose frames and draws are shown.
    pub unit: Option<UnitId>,
    /// Which checks.
    pub show: Show,
    /// Only those of this draw.
    pub draw: Option<DrawId>,
}

impl UrlState for ChecksUrl {
    fn read(text: &dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            day: text("day").and_then(|text| text.parse().ok()),
            unit: text("unit").map(UnitId),
            show: match text("show").as_deref() {
                Some("done") => Show::Done,
                Some("all") => Show::All,
                _ => Show::Open,
            },
            draw: text("draw").and_then(|text| parse_id(&text)).map(DrawId),
        }
    }

    fn write(&self) -> Vec<(&'static str, String)> {
        let mut parts = Vec::new();
        if let Some(day) = self.day {
            parts.push(("day", day.to_string()));
        }
        if let Some(unit) = &self.unit {
            parts.push(("unit", unit.to_string()));
        }
        match self.show {
            Show::Open => {}
            Show::Done => parts.push(("show", "done".to_owned())),
            Show::All => parts.push(("show", "all".to_owned())),
        }
        if let Some(draw) = self.draw {
            parts.push(("draw", draw.to_string()));
        }
        parts
    }
}

impl ChecksUrl {
    /// What is asked of the server; which of the checks are listed is the page's own matter.
    pub fn query(&self, usual: NaiveDate) -> ChecksQuery {
        ChecksQuery { day: Some(self.day.unwrap_or(usual)), unit: self.unit.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parts: &[(&'static str, String)]) -> ChecksUrl {
        ChecksUrl::read(&|name| parts.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone()))
    }

    #[test]
    fn what_is_written_is_read() {
        for show in [Show::Open, Show::Done, Show::All] {
            let url = ChecksUrl {
                day: Some("2026-03-17".parse().expect("a date")),
                unit: Some("SH".into()),
                show,
                draw: Some(DrawId(uuid::Uuid::from_u128(7))),
            };
            assert_eq!(read(&url.write()), url);
        }
        assert!(ChecksUrl::default().write().is_empty());
        assert_eq!(read(&[("day", "yesterday".to_owned())]), ChecksUrl::default());
    }
}
