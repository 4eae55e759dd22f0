//! Which figure's cases are listed, in the address; and the words for it.

use super::url::{BacklogUrl, Measure, post, post_name};
use crate::i18n::Messages;
use crate::i18n::backlog::BacklogPage as Words;
use crate::routes::{BACKLOG, BEHIND};
use crate::url_state::{UrlState, address};
use domain::api::behind::{BehindQuery, Counted, Late, Standing};
use domain::id::{PersonId, UnitId};
use domain::post::Stage;

/// The question for the cases of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BehindUrl(pub BehindQuery);

impl UrlState for BehindUrl {
    fn read(text: &dyn Fn(&str) -> Option<String>) -> Self {
        let counted = text("of").and_then(|name| Counted::ALL.into_iter().find(|one| one.as_str() == name));
        Self(BehindQuery {
            unit: text("unit").map(UnitId),
            post: text("post").and_then(|name| post(&name)),
            counted: counted.unwrap_or_default(),
            standing: text("standing")
                .and_then(|name| Standing::ALL.into_iter().find(|one| one.as_str() == name)),
            late: text("late").and_then(|name| Late::ALL.into_iter().find(|one| one.as_str() == name)),
            row: text("row").map(UnitId),
            alone: text("alone").map(|_| true),
            stage: text("stage").and_then(|name| Stage::ALL.into_iter().find(|one| one.as_str() == name)),
            person: text("person").map(PersonId),
            from: text("from").and_then(|text| text.parse().ok()),
            to: text("to").and_then(|text| text.parse().ok()),
        })
    }

    fn write(&self) -> Vec<(&'static str, String)> {
        let query = &self.0;
        let mut parts = Vec::new();
        let mut put = |name: &'static str, value: Option<String>| {
            if let Some(value) = value {
                parts.push((name, value));
            }
        };
        put("unit", query.unit.as_ref().map(ToString::to_string));
        put("post", query.post.map(|post| post_name(post).to_owned()));
        put("of", (query.counted != Counted::default()).then(|| query.counted.as_str().to_owned()));
        put("standing", query.standing.map(|standing| standing.as_str().to_owned()));
        put("late", query.late.map(|late| late.as_str().to_owned()));
        put("row", query.row.as_ref().map(ToString::to_string));
        put("alone", query.alone.filter(|alone| *alone).map(|_| "1".to_owned()));
        put("stage", query.stage.map(|stage| stage.as_str().to_owned()));
        put("person", query.person.as_ref().map(ToString::to_string));
        put("from", query.from.map(|minutes| minutes.to_string()));
        put("to", query.to.map(|minutes| minutes.to_string()));
        parts
    }
}

impl BehindUrl {
    /// The address of the list.
    pub fn address(&self) -> String {
        address(BEHIND, &self.write())
    }

    /// The dashboard it belongs to.
    pub fn dashboard(&self) -> String {
        let measure = match self.0.late {
            None => Measure::Open,
            Some(Late::Overdue) => Measure::Overdue,
            Some(Late::Today) => Measure::Today,
        };
        let page = BacklogUrl { unit: self.0.unit.clone(), post: self.0.post, measure };
        address(BACKLOG, &page.write())
    }

    /// What is listed, in words: where, who, at which post, what.
    pub fn describe(
        &self,
        words: &Words,
        t: &Messages,
        unit: impl Fn(&UnitId) -> String,
        person: impl Fn(&PersonId) -> String,
    ) -> String {
        let query = &self.0;
        let place = match (&query.row, &query.unit) {
            (Some(row), _) if query.alone == Some(true) => Some((words.own_level)(&unit(row))),
            (Some(row), _) => Some(unit(row)),
            (None, chosen) => chosen.as_ref().map(unit),
        };
        let at = match (query.stage, query.post) {
            (Some(stage), _) => Some(t.post.stage(stage)),
            // What somebody has in hand is counted over all posts.
            (None, Some(_)) if query.person.is_some() => None,
            (None, post) => post.map(|post| t.post.post(post)),
        };
        let ages = match (query.from, query.to) {
            (None, None) => None,
            (from, to) => Some((words.behind_ages)(from.unwrap_or(0) / 60, to.map_or(0, |to| to / 60))),
        };
        let what = match (query.counted, query.standing, query.late) {
            (Counted::Stuck, ..) => words.stuck,
            (Counted::DueDone, ..) => words.behind_due_done,
            (Counted::Finished, ..) => words.finished_today_head,
            (Counted::Registered, ..) => words.behind_registered,
            (Counted::Released, ..) => words.released,
            (Counted::Open, _, Some(Late::Overdue)) => words.overdue,
            (Counted::Open, _, Some(Late::Today)) => words.matrix_today_head,
            (Counted::Open, Some(Standing::AtPost), None) => words.at_post,
            (Counted::Open, Some(Standing::Waiting), None) => words.waiting,
            (Counted::Open, Some(Standing::InTransit), None) => words.on_slips,
            (Counted::Open, Some(Standing::Held), None) => words.in_hand_head,
            (Counted::Open, None, None) => words.behind_open,
        };
        [place, query.person.as_ref().map(person), at.map(str::to_owned), ages, Some(what.to_owned())]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Locale, Localised};
    use domain::post::Post;

    fn read(parts: &[(&'static str, String)]) -> BehindUrl {
        BehindUrl::read(&|name| parts.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone()))
    }

    #[test]
    fn what_is_written_is_read() {
        let url = BehindUrl(BehindQuery {
            unit: Some("SH".into()),
            post: Some(Post::Entry),
            counted: Counted::Finished,
            standing: Some(Standing::Held),
            late: Some(Late::Today),
            row: Some("SH01".into()),
            alone: Some(true),
            stage: Some(Stage::FinalCheck),
            person: Some("SH3107".into()),
            from: Some(60),
            to: Some(120),
        });
        assert_eq!(read(&url.write()), url);
        assert!(BehindUrl::default().write().is_empty());
        assert_eq!(read(&[]), BehindUrl::default());
    }

    #[test]
    fn a_list_says_what_its_figure_said_and_leads_back_to_it() {
        let url = BehindUrl(BehindQuery {
            row: Some("SH".into()),
            alone: Some(true),
            stage: Some(Stage::Entry),
            late: Some(Late::Overdue),
            ..BehindQuery::default()
        });
        let t = Messages::in_locale(Locale::ZhHans);
        let text = url.describe(&Words::ZH, t, ToString::to_string, ToString::to_string);
        assert_eq!(text, format!("SH 本级 · {} · 已逾期", t.post.stage(Stage::Entry)));
        assert_eq!(url.dashboard(), "/dashboards/backlog?show=overdue");
        assert_eq!(url.address(), "/dashboards/backlog/cases?late=overdue&row=SH&alone=1&stage=entry");
    }
}
