//! What the backlog dashboard shows, in its address; and the addresses of the cases behind its figures.

use crate::routes::{BACKLOG, queue_path};
use crate::url_state::{UrlState, address};
use domain::api::dashboard::DashboardQuery;
use domain::api::queue::{Band, Tab};
use domain::id::{PersonId, UnitId};
use domain::post::{Post, Queue, Stage};

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

    /// The band of the queue with the same cases.
    pub const fn band(self) -> Option<Band> {
        match self {
            Self::Open => None,
            Self::Overdue => Some(Band::Overdue),
            Self::Today => Some(Band::Today),
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

    /// The same page with another measure.
    pub fn with_measure(&self, measure: Measure) -> String {
        address(BACKLOG, &Self { measure, ..self.clone() }.write())
    }

    /// The queue of the chosen post; none where no post is chosen.
    pub fn queue(&self, tab: Tab, band: Option<Band>) -> Option<String> {
        self.post.map(|post| queue_of(stage_of(post), self.unit.as_ref(), tab, band))
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

/// The cases of a stage in its queue.
pub fn queue_of(stage: Stage, unit: Option<&UnitId>, tab: Tab, band: Option<Band>) -> String {
    let mut parts = Vec::new();
    if tab != Tab::default() {
        parts.push(("tab", tab.as_str().to_owned()));
    }
    if let Some(unit) = unit {
        parts.push(("unit", unit.to_string()));
    }
    if let Some(band) = band {
        parts.push(("band", band.as_str().to_owned()));
    }
    address(&queue_path(stage.queue()), &parts)
}

/// What a person has in hand at a post.
pub fn queue_of_person(post: Post, person: &PersonId) -> String {
    address(&queue_path(stage_of(post).queue()), &[("holder", person.to_string())])
}

/// Whether a person who may open these queues can follow an address to that stage.
pub fn may_open(queues: &[Queue], stage: Stage) -> bool {
    queues.contains(&stage.queue())
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let url = BacklogUrl { unit: Some("SH".into()), post: Some(Post::Entry), ..BacklogUrl::default() };
        assert_eq!(
            url.queue(Tab::Todo, Some(Band::Overdue)).as_deref(),
            Some("/queues/entry?unit=SH&band=overdue")
        );
        assert_eq!(url.queue(Tab::Waiting, None).as_deref(), Some("/queues/entry?tab=waiting&unit=SH"));
        assert_eq!(BacklogUrl::default().queue(Tab::Todo, None), None);
        assert_eq!(url.with_measure(Measure::Today), "/dashboards/backlog?unit=SH&post=entry&show=today");
        assert_eq!(queue_of_person(Post::Recheck, &"SH3107".into()), "/queues/recheck?holder=SH3107");
    }
}
