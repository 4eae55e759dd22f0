//! The one list of routes and of the addresses that lead to them.
//!
//! Shell, sign-in and queue are in the first download; every other page is a lazy route with a part of its own.

use crate::pages::approvals::ApprovalsPage;
use crate::pages::backlog::BacklogRoute;
use crate::pages::case::CasePage;
use crate::pages::check::CheckRoute;
use crate::pages::checks::ChecksRoute;
use crate::pages::intake::IntakePage;
use crate::pages::quality::QualityRoute;
use crate::pages::queue::QueuePage;
use crate::pages::shell::{Home, Missing};
use crate::pages::slips::SlipsPage;
use domain::id::{CaseId, CheckId, SlipId};
use domain::post::Queue;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::{Lazy, path};

/// Where everybody begins.
pub const HOME: &str = "/";
/// A new registration.
pub const REGISTER: &str = "/cases/new";
/// Hand-over slips.
pub const SLIPS: &str = "/slips";
/// Requests for approval.
pub const APPROVALS: &str = "/approvals";
/// Sample checks.
pub const CHECKS: &str = "/checks";
/// The backlog dashboard.
pub const BACKLOG: &str = "/dashboards/backlog";
/// The quality dashboard.
pub const QUALITY: &str = "/dashboards/quality";

/// A queue; approvals have a page of their own.
pub fn queue_path(queue: Queue) -> String {
    match queue {
        Queue::Approval => APPROVALS.to_owned(),
        other => format!("/queues/{other}"),
    }
}

/// A case.
pub fn case_path(case: CaseId) -> String {
    format!("/cases/{case}")
}

/// A case's registration, to be written anew.
pub fn amend_path(case: CaseId) -> String {
    format!("/cases/{case}/registration")
}

/// A slip.
pub fn slip_path(slip: SlipId) -> String {
    format!("{SLIPS}/{slip}")
}

/// A check.
pub fn check_path(check: CheckId) -> String {
    format!("{CHECKS}/{check}")
}

/// Whether a page needs the width the labels of the navigation would take.
pub fn needs_width(path: &str) -> bool {
    path.starts_with("/cases") || path.starts_with("/dashboards")
}

/// What the address shows.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=Missing>
            <Route path=path!("/") view=Home/>
            <Route path=path!("/queues/:queue") view=QueuePage/>
            <Route path=path!("/slips") view={Lazy::<SlipsPage>::new()}/>
            <Route path=path!("/slips/:id") view={Lazy::<SlipsPage>::new()}/>
            <Route path=path!("/approvals") view={Lazy::<ApprovalsPage>::new()}/>
            <Route path=path!("/checks") view={Lazy::<ChecksRoute>::new()}/>
            <Route path=path!("/checks/:id") view={Lazy::<CheckRoute>::new()}/>
            <Route path=path!("/dashboards/backlog") view={Lazy::<BacklogRoute>::new()}/>
            <Route path=path!("/dashboards/quality") view={Lazy::<QualityRoute>::new()}/>
            <Route path=path!("/cases/new") view={Lazy::<IntakePage>::new()}/>
            <Route path=path!("/cases/:id/registration") view={Lazy::<IntakePage>::new()}/>
            <Route path=path!("/cases/:id") view={Lazy::<CasePage>::new()}/>
        </FlatRoutes>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_workbenches_and_dashboards_take_the_rail_at_every_width() {
        assert!(needs_width(REGISTER) && needs_width(BACKLOG) && needs_width(QUALITY));
        assert!(!needs_width(&queue_path(Queue::Entry)) && !needs_width(CHECKS) && !needs_width(SLIPS));
    }
}
