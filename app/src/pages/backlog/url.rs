//! What the backlog dashboard shows, in its address; and the addresses of the cases behind its figures.

use super::behind_url::BehindUrl;
use crate::url_state::UrlState;
use domain::api::behind::{BehindQuery, Late};
use domain::api::dashboard::DashboardQuery;
use domain::id::UnitId;
use domain::post::{Post, Stage};

/// Which figure the cells of the matrix show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Measure {
    /// All open cases.
    #[default]
    Open,
    /// Those overdue.
    Overdue,
    /// Those due today.
    Today,
}

impl Measure {
    /// All three in order.
    pub const ALL: [Self; 3] = [Self::Open, Self::Overdue, Self::Today];

    /// The name in the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Today => "today",
        }
    }

    /// The cases it counts, by their time.
    pub const fn late(self) -> Option<Late> {
        match self {
            Self::Open => None,
            Self::Overdue => Some(Late::Overdue),
            Self::Today => Some(Late::Today),
        }
    }
}

/// Unit, post and measure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BacklogUrl {
    /// One unit with all below it.
    pub unit: Option<UnitId>,
    /// One post.
    pub post: Option<Post>,
    /// What the matrix shows.
    pub measure: Measure,
}

impl UrlState for BacklogUrl {
    fn read(text: &dyn Fn(&str) -> Option<String>) -> Self {
        let measure = text("show").and_then(|name| Measure::ALL.into_iter().find(|one| one.as_str() == name));
        Self {
            unit: text("unit").map(UnitId),
            post: text("post").and_then(|name| post(&name)),
            measure: measure.unwrap_or_default(),
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
        if self.measure != Measure::default() {
            parts.push(("show", self.measure.as_str().to_owned()));
        }
        parts
    }
}

impl BacklogUrl {
    /// What is asked of the server: the measure is the page's own matter.
    pub fn query(&self) -> DashboardQuery {
        DashboardQuery { unit: self.unit.clone(), post: self.post, ..DashboardQuery::default() }
    }

    /// The address of the cases behind a figure of this page.
    pub fn behind(&self, figure: BehindQuery) -> String {
        BehindUrl(BehindQuery { unit: self.unit.clone(), post: self.post, ..figure }).address()
    }

    /// The address of the cases of a row, a column or a cell.
    pub fn behind_cell(&self, row: Option<(UnitId, bool)>, stage: Option<Stage>) -> String {
        let (row, alone) = row.map_or((None, None), |(unit, alone)| (Some(unit), alone.then_some(true)));
        self.behind(BehindQuery { row, alone, stage, late: self.measure.late(), ..BehindQuery::default() })
    }
}

/// A post of that name.
pub fn post(name: &str) -> Option<Post> {
    Post::ALL.into_iter().find(|post| post_name(*post) == name)
}

/// The name of a post in addresses: that of its stage.
pub fn post_name(post: Post) -> &'static str {
    stage_of(post).as_str()
}

/// The stage a post works first.
pub const fn stage_of(post: Post) -> Stage {
    match post {
        Post::Intake => Stage::Intake,
        Post::Entry => Stage::Entry,
        Post::Servicing => Stage::Servicing,
        Post::Recheck => Stage::Recheck,
        Post::Binding => Stage::Binding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::api::behind::Counted;

    fn read(parts: &[(&'static str, String)]) -> BacklogUrl {
        BacklogUrl::read(&|name| parts.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone()))
    }

    #[test]
    fn what_is_written_is_read() {
        let url =
            BacklogUrl { unit: Some("SH01".into()), post: Some(Post::Recheck), measure: Measure::Overdue };
        assert_eq!(read(&url.write()), url);
        assert!(BacklogUrl::default().write().is_empty());
        assert_eq!(read(&[]), BacklogUrl::default());
    }

    #[test]
    fn nonsense_has_its_usual_value() {
        let parts = [("post", "manager".to_owned()), ("show", "all".to_owned())];
        assert_eq!(read(&parts), BacklogUrl::default());
    }

    #[test]
    fn figures_lead_to_their_cases() {
        let url = BacklogUrl { unit: Some("SH".into()), post: Some(Post::Entry), measure: Measure::Overdue };
        assert_eq!(
            url.behind_cell(Some(("SH01".into(), true)), Some(Stage::Entry)),
            "/dashboards/backlog/cases?unit=SH&post=entry&late=overdue&row=SH01&alone=1&stage=entry"
        );
        assert_eq!(
            BacklogUrl::default()
                .behind(BehindQuery { counted: Counted::Released, ..BehindQuery::default() }),
            "/dashboards/backlog/cases?of=released"
        );
    }
}
