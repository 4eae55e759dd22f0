//! The one list of routes and of the addresses that lead to them.
//!
//! Shell, sign-in and queue are in the first download; every other page is a lazy route with a part of its own.

use crate::components::use_toasts;
use crate::follow::follow;
use crate::pages::approvals::approvals_page;
use crate::pages::backlog::backlog_page;
use crate::pages::backlog::behind::behind_page;
use crate::pages::case::case_page;
use crate::pages::check::check_page;
use crate::pages::checks::checks_page;
use crate::pages::intake::intake_page;
use crate::pages::overlays::{account_page, audit_page};
use crate::pages::part::{Make, arrive};
use crate::pages::quality::quality_page;
use crate::pages::queue::QueuePage;
use crate::pages::shell::{Home, Missing};
use crate::pages::slips::slips_page;
use crate::router::{Params, fit, use_path, with_params};
use crate::state::given::use_given;
use domain::id::{CaseId, CheckId, SlipId};
use domain::post::Queue;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use leptos::wasm_split::SplitLoaderError;
use std::pin::Pin;

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
/// The cases behind a figure of the backlog.
pub const BEHIND: &str = "/dashboards/backlog/cases";
/// One's own account.
pub const ACCOUNT: &str = "/account";
/// The audit record.
pub const AUDIT: &str = "/audit";
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

/// A page's maker on its way.
type Fetching = Pin<Box<dyn Future<Output = Result<Make, SplitLoaderError>>>>;

/// How a page is made.
#[derive(Debug, Clone, Copy)]
enum Page {
    /// It is in the first download.
    Here(Make),
    /// It is in a part.
    Part(fn() -> Fetching),
}

/// The pages by the form of their path; the first that fits counts.
const ROUTES: [(&str, Page); 15] = [
    (HOME, Page::Here(|| view! { <Home/> }.into_any())),
    ("/queues/:queue", Page::Here(|| view! { <QueuePage/> }.into_any())),
    (SLIPS, Page::Part(|| Box::pin(slips_page()))),
    ("/slips/:id", Page::Part(|| Box::pin(slips_page()))),
    (APPROVALS, Page::Part(|| Box::pin(approvals_page()))),
    (CHECKS, Page::Part(|| Box::pin(checks_page()))),
    ("/checks/:id", Page::Part(|| Box::pin(check_page()))),
    (BACKLOG, Page::Part(|| Box::pin(backlog_page()))),
    (BEHIND, Page::Part(|| Box::pin(behind_page()))),
    (QUALITY, Page::Part(|| Box::pin(quality_page()))),
    (ACCOUNT, Page::Part(|| Box::pin(account_page()))),
    (AUDIT, Page::Part(|| Box::pin(audit_page()))),
    (REGISTER, Page::Part(|| Box::pin(intake_page()))),
    ("/cases/:id/registration", Page::Part(|| Box::pin(intake_page()))),
    ("/cases/:id", Page::Part(|| Box::pin(case_page()))),
];

/// Which route a path is of, and what it names; none where there is no such page.
fn find(path: &str) -> Option<(usize, Params)> {
    ROUTES.iter().enumerate().find_map(|(at, (pattern, _))| Some((at, fit(pattern, path)?)))
}

/// The page on screen.
#[derive(Debug, Clone)]
struct Shown {
    route: Option<usize>,
    make: Make,
    params: ArcRwSignal<Params>,
}

/// What the address shows. A page lives as long as the address is of its route; the one before stays until the part of
/// the next has come.
#[component]
pub fn Pages() -> impl IntoView {
    let path = use_path();
    let shown = RwSignal::new(None::<Shown>);
    let given = use_given();
    given.end();
    let show = move |route: Option<usize>, make: Make, params: Params| {
        let page = Shown { route, make, params: ArcRwSignal::new(params) };
        // The page before goes first: two pages of one form would else be taken for one that changed.
        shown.set(None);
        spawn_local(async move {
            tick().await;
            shown.try_set(Some(page));
            given.end();
        });
    };
    let wanted = StoredValue::new(None::<Option<usize>>);
    let toasts = use_toasts();
    follow(move || {
        let found = path.with(|path| find(path));
        toasts.page_left();
        let route = found.as_ref().map(|(route, _)| *route);
        if wanted.get_value() == Some(route) {
            // Where its part is still on its way it reads the address when it comes.
            shown.with_untracked(|shown| {
                if let (Some(shown), Some((_, params))) = (shown, found)
                    && shown.route == route
                {
                    shown.params.set(params);
                    given.end();
                }
            });
            return;
        }
        wanted.set_value(Some(route));
        let Some((at, params)) = found else {
            show(None, || view! { <Missing/> }.into_any(), Params::default());
            return;
        };
        match ROUTES[at].1 {
            Page::Here(make) => show(route, make, params),
            Page::Part(fetch) => spawn_local(async move {
                let make = arrive(fetch()).await;
                if wanted.try_get_value() == Some(Some(route))
                    && let Some((_, params)) = path.with_untracked(|path| find(path))
                {
                    show(route, make, params);
                }
            }),
        }
    });
    move || shown.get().map(|page| with_params(page.params, page.make))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_of_ours_leads_to_its_page() {
        let route = |path: &str| find(path).map(|(at, _)| ROUTES[at].0);
        let case = CaseId(uuid::Uuid::nil());
        assert_eq!(route(&queue_path(Queue::Entry)), Some("/queues/:queue"));
        assert_eq!(route(&queue_path(Queue::Approval)), Some(APPROVALS));
        assert_eq!(route(REGISTER), Some(REGISTER));
        assert_eq!(route(&case_path(case)), Some("/cases/:id"));
        assert_eq!(route(&amend_path(case)), Some("/cases/:id/registration"));
        assert_eq!(route(&slip_path(SlipId(uuid::Uuid::nil()))), Some("/slips/:id"));
        assert_eq!(route(&check_path(CheckId(uuid::Uuid::nil()))), Some("/checks/:id"));
        for own in [HOME, SLIPS, CHECKS, BACKLOG, BEHIND, QUALITY, ACCOUNT, AUDIT] {
            assert_eq!(route(own), Some(own));
        }
        assert_eq!(route("/queues"), None);
    }

    #[test]
    fn only_workbenches_and_dashboards_take_the_rail_at_every_width() {
        assert!(needs_width(REGISTER) && needs_width(BACKLOG) && needs_width(QUALITY));
        assert!(!needs_width(&queue_path(Queue::Entry)) && !needs_width(CHECKS) && !needs_width(SLIPS));
    }
}
