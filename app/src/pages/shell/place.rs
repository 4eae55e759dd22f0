//! Where one can go, by what one may do.

use crate::components::IconName;
use crate::i18n::Messages;
use crate::routes;
use domain::actor::Role;
use domain::api::queue::{QueueCounts, Queues};
use domain::api::session::Session;
use domain::post::Queue;

/// Groups of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// 作业
    Work,
    /// 质控
    Quality,
    /// 看板
    Boards,
}

impl Group {
    /// All groups in order.
    pub const ALL: [Self; 3] = [Self::Work, Self::Quality, Self::Boards];

    /// Its name.
    pub fn name(self, t: &Messages) -> &'static str {
        match self {
            Self::Work => t.shell.group_work,
            Self::Quality => t.shell.group_quality,
            Self::Boards => t.shell.group_boards,
        }
    }
}

/// A page one can go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The queue of the first post.
    Queue(Queue),
    /// What one holds.
    Mine(Queue),
    /// Hand-over slips.
    Slips,
    /// Requests for approval.
    Approvals,
    /// Sample checks.
    Checks,
    /// The backlog dashboard.
    Backlog,
    /// The quality dashboard.
    Quality,
    /// The audit record.
    Audit,
}

/// The pages a person may open, in order.
pub fn places(session: &Session) -> Vec<Place> {
    let role = session.person.role;
    let mut places = Vec::new();
    if let Some(first) = session.queues.iter().copied().find(|queue| *queue != Queue::Approval) {
        places.extend([Place::Queue(first), Place::Mine(first), Place::Slips]);
    }
    if session.queues.contains(&Queue::Approval) {
        places.push(Place::Approvals);
    }
    if role == Role::Inspector {
        places.push(Place::Checks);
    }
    if role.leads() || role == Role::Inspector {
        places.extend([Place::Backlog, Place::Quality]);
    }
    if role == Role::AuditAdmin {
        places.push(Place::Audit);
    }
    places
}

impl Place {
    /// Its group in the navigation.
    pub const fn group(self) -> Group {
        match self {
            Self::Queue(_) | Self::Mine(_) | Self::Slips | Self::Approvals => Group::Work,
            Self::Checks | Self::Audit => Group::Quality,
            Self::Backlog | Self::Quality => Group::Boards,
        }
    }

    /// Its name.
    pub fn name(self, t: &Messages) -> &'static str {
        match self {
            Self::Queue(_) => t.shell.queue,
            Self::Mine(_) => t.shell.mine,
            Self::Slips => t.shell.slips,
            Self::Approvals => t.post.approval,
            Self::Checks => t.shell.checks,
            Self::Backlog => t.shell.backlog,
            Self::Quality => t.shell.quality,
            Self::Audit => t.shell.audit,
        }
    }

    /// Whether a number stands at it where there is something.
    pub const fn is_counted(self) -> bool {
        matches!(self, Self::Queue(_) | Self::Mine(_) | Self::Slips | Self::Approvals)
    }

    /// Its icon.
    pub const fn icon(self) -> IconName {
        match self {
            Self::Queue(_) => IconName::Queue,
            Self::Mine(_) => IconName::User,
            Self::Slips => IconName::HandOver,
            Self::Approvals => IconName::Key,
            Self::Checks => IconName::Sample,
            Self::Backlog => IconName::Board,
            Self::Quality => IconName::Quality,
            Self::Audit => IconName::Eye,
        }
    }

    /// Its address.
    pub fn href(self) -> String {
        match self {
            Self::Queue(queue) => routes::queue_path(queue),
            Self::Mine(queue) => format!("{}?tab=mine", routes::queue_path(queue)),
            Self::Slips => routes::SLIPS.to_owned(),
            Self::Approvals => routes::APPROVALS.to_owned(),
            Self::Checks => routes::CHECKS.to_owned(),
            Self::Backlog => routes::BACKLOG.to_owned(),
            Self::Quality => routes::QUALITY.to_owned(),
            Self::Audit => routes::AUDIT.to_owned(),
        }
    }

    /// Whether an address is within it; `tab` is the queue's.
    pub fn holds(self, path: &str, tab: Option<&str>) -> bool {
        let mine = tab == Some("mine");
        match self {
            Self::Queue(_) => (path.starts_with("/queues/") && !mine) || path.starts_with("/cases"),
            Self::Mine(_) => path.starts_with("/queues/") && mine,
            other => {
                let own = other.href();
                path == own || path.strip_prefix(&own).is_some_and(|rest| rest.starts_with('/'))
            }
        }
    }

    /// How much waits there.
    pub fn count(self, queues: &Queues) -> Option<u64> {
        let sum = |tab: usize| -> u64 {
            let posts = queues.queues.iter().filter(|one| one.queue != Queue::Approval);
            posts.filter_map(|one| one.tabs.get(tab)).sum()
        };
        let of = |queue: Queue| queues.queues.iter().find(|one| one.queue == queue);
        let count = match self {
            Self::Queue(queue) => of(queue).map_or(0, todo),
            Self::Mine(_) => sum(1),
            Self::Slips => queues.slips,
            Self::Approvals => of(Queue::Approval).map_or(0, todo),
            Self::Checks => queues.checks,
            Self::Backlog | Self::Quality | Self::Audit => 0,
        };
        (count > 0).then_some(count)
    }
}

fn todo(counts: &QueueCounts) -> u64 {
    counts.tabs.first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_is_the_current_one() {
        let all = [
            Place::Queue(Queue::Entry),
            Place::Mine(Queue::Entry),
            Place::Slips,
            Place::Checks,
            Place::Backlog,
        ];
        let current = |path: &str, tab: Option<&str>| -> Vec<Place> {
            all.into_iter().filter(|place| place.holds(path, tab)).collect()
        };
        assert_eq!(current("/queues/recheck", None), [Place::Queue(Queue::Entry)]);
        assert_eq!(current("/queues/entry", Some("mine")), [Place::Mine(Queue::Entry)]);
        assert_eq!(current("/cases/new", None), [Place::Queue(Queue::Entry)]);
        assert_eq!(current("/slips/1", None), [Place::Slips]);
        assert_eq!(current("/slipshod", None), []);
        assert_eq!(current("/dashboards/backlog", None), [Place::Backlog]);
    }
}
