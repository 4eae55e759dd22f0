//! The queue's state in its address.

use crate::url_state::UrlState;
use domain::api::queue::{Band, QueueQuery, Sort, Tab};
use domain::case::state::Priority;
use domain::catalogue::{Channel, ItemClass};
use domain::id::{CaseId, ItemCode, PersonId, UnitId};

/// Which rows, in which order, and which one is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueueUrl {
    /// Tab, filters and order; never a place in the list.
    pub query: QueueQuery,
    /// The case under the cursor, shown in the preview.
    pub case: Option<CaseId>,
}

impl UrlState for QueueUrl {
    fn read(text: &dyn Fn(&str) -> Option<String>) -> Self {
        let query = QueueQuery {
            tab: text("tab").and_then(|name| tab(&name)).unwrap_or_default(),
            band: text("band").and_then(|name| band(&name)),
            unit: text("unit").map(UnitId),
            item: text("item").map(ItemCode),
            class: text("class").and_then(|name| ItemClass::parse(&name)),
            channel: text("channel").and_then(|name| channel(&name)),
            holder: text("holder").map(PersonId),
            returned: text("returned").map(|_| true),
            priority: text("priority").and_then(|name| priority(&name)),
            amount_from: text("amount").and_then(|text| text.parse().ok()).filter(|minor| *minor > 0),
            search: text("q"),
            sort: text("sort").and_then(|name| sort(&name)).unwrap_or_default(),
            ..QueueQuery::default()
        };
        let case = text("case").and_then(|text| crate::api::key::parse_id(&text)).map(CaseId);
        Self { query, case }
    }

    fn write(&self) -> Vec<(&'static str, String)> {
        let query = &self.query;
        let mut parts = Vec::new();
        let mut put = |name: &'static str, value: Option<String>| {
            if let Some(value) = value {
                parts.push((name, value));
            }
        };
        put("tab", (query.tab != Tab::default()).then(|| query.tab.as_str().to_owned()));
        put("unit", query.unit.as_ref().map(ToString::to_string));
        put("band", query.band.map(|band| band.as_str().to_owned()));
        put("item", query.item.as_ref().map(ToString::to_string));
        put("class", query.class.map(|class| class.as_str().to_owned()));
        put("channel", query.channel.map(|channel| channel_name(channel).to_owned()));
        put("holder", query.holder.as_ref().map(ToString::to_string));
        put("returned", query.returned.filter(|on| *on).map(|_| "1".to_owned()));
        put("priority", query.priority.map(|priority| priority_name(priority).to_owned()));
        put("amount", query.amount_from.map(|minor| minor.to_string()));
        put("q", query.search.clone());
        put("sort", (query.sort != Sort::default()).then(|| sort_name(query.sort).to_owned()));
        put("case", self.case.map(|case| case.to_string()));
        parts
    }
}

impl QueueUrl {
    /// How many filters beside the band are set.
    pub fn filters(&self) -> usize {
        let query = &self.query;
        [
            query.item.is_some(),
            query.class.is_some(),
            query.channel.is_some(),
            query.holder.is_some(),
            query.returned == Some(true),
            query.priority.is_some(),
            query.amount_from.is_some(),
            query.search.is_some(),
        ]
        .into_iter()
        .filter(|set| *set)
        .count()
    }

    /// The same tab and unit without any filter.
    pub fn clear(&mut self) {
        self.query = QueueQuery {
            tab: self.query.tab,
            unit: self.query.unit.clone(),
            sort: self.query.sort,
            ..QueueQuery::default()
        };
    }
}

fn tab(name: &str) -> Option<Tab> {
    Tab::ALL.into_iter().find(|tab| tab.as_str() == name)
}

fn band(name: &str) -> Option<Band> {
    Band::ALL.into_iter().find(|band| band.as_str() == name)
}

/// Channels by their name in the address.
pub const CHANNELS: [(Channel, &str); 5] = [
    (Channel::Counter, "counter"),
    (Channel::Agent, "agent"),
    (Channel::Post, "post"),
    (Channel::Phone, "phone"),
    (Channel::Online, "online"),
];

/// Priorities by their name in the address.
pub const PRIORITIES: [(Priority, &str); 3] =
    [(Priority::Complaint, "complaint"), (Priority::Vip, "vip"), (Priority::None, "none")];

/// Orders by their name in the address.
pub const SORTS: [(Sort, &str); 4] =
    [(Sort::Due, "due"), (Sort::Arrived, "arrived"), (Sort::Amount, "amount"), (Sort::Number, "number")];

fn by_name<T: Copy>(all: &[(T, &str)], name: &str) -> Option<T> {
    all.iter().find(|(_, own)| *own == name).map(|(value, _)| *value)
}

fn name_of<T: Copy + PartialEq>(all: &[(T, &'static str)], value: T) -> &'static str {
    all.iter().find(|(own, _)| *own == value).map_or("", |(_, name)| name)
}

/// A channel of that name.
pub fn channel(name: &str) -> Option<Channel> {
    by_name(&CHANNELS, name)
}

/// The name of a channel.
pub fn channel_name(channel: Channel) -> &'static str {
    name_of(&CHANNELS, channel)
}

/// A priority of that name.
pub fn priority(name: &str) -> Option<Priority> {
    by_name(&PRIORITIES, name)
}

/// The name of a priority.
pub fn priority_name(priority: Priority) -> &'static str {
    name_of(&PRIORITIES, priority)
}

/// An order of that name.
pub fn sort(name: &str) -> Option<Sort> {
    by_name(&SORTS, name)
}

/// The name of an order.
pub fn sort_name(sort: Sort) -> &'static str {
    name_of(&SORTS, sort)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parts: &[(&'static str, String)]) -> QueueUrl {
        QueueUrl::read(&|name| parts.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone()))
    }

    #[test]
    fn what_is_written_is_read() {
        let state = QueueUrl {
            query: QueueQuery {
                tab: Tab::Returned,
                band: Some(Band::Soon),
                unit: Some("SH".into()),
                item: Some("BC".into()),
                class: Some(ItemClass::Payment),
                channel: Some(Channel::Phone),
                holder: Some("SH3107".into()),
                returned: Some(true),
                priority: Some(Priority::Vip),
                amount_from: Some(1_000_000),
                search: Some("张 &".into()),
                sort: Sort::Amount,
                ..QueueQuery::default()
            },
            case: Some(CaseId(uuid::Uuid::from_u128(7))),
        };
        assert_eq!(read(&state.write()), state);
        assert_eq!(state.filters(), 8);
    }

    #[test]
    fn the_usual_state_writes_nothing() {
        assert!(QueueUrl::default().write().is_empty());
        assert_eq!(read(&[]), QueueUrl::default());
    }

    #[test]
    fn nonsense_has_its_usual_value() {
        let parts = [("tab", "all".to_owned()), ("amount", "-3".to_owned()), ("case", "x".to_owned())];
        assert_eq!(read(&parts), QueueUrl::default());
    }

    #[test]
    fn clearing_keeps_tab_and_unit() {
        let mut state = QueueUrl::default();
        state.query.tab = Tab::Mine;
        state.query.unit = Some("SH".into());
        state.query.search = Some("x".into());
        state.query.band = Some(Band::Today);
        state.clear();
        assert_eq!((state.query.tab, state.filters(), state.query.band), (Tab::Mine, 0, None));
        assert!(state.query.unit.is_some());
    }
}
