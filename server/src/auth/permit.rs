//! Which roles may use which endpoint: one table, and what is not in it nobody may use. Scope is part of every
//! query and the rules of a case are `decide`'s; this is only the door.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::actor::{Person, Role};
use domain::api::audit::AuditKind;
use domain::post::{Queue, Stage};

use super::{session, step};
use crate::error::Error;
use crate::middleware::address::client;
use crate::state::App;

/// Who may use an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever can reach the server.
    Everyone,
    /// Whoever is signed in.
    SignedIn,
    /// These roles.
    Roles(&'static [Role]),
}

impl Access {
    /// Whether a signed-in person of the role may pass.
    pub fn allows(self, role: Role) -> bool {
        match self {
            Self::Everyone | Self::SignedIn => true,
            Self::Roles(roles) => roles.contains(&role),
        }
    }
}

/// Works on cases.
const WORK: Access = Access::Roles(&[Role::Clerk, Role::Lead, Role::Manager]);
/// Sees cases.
const SEE: Access = Access::Roles(&[Role::Clerk, Role::Lead, Role::Manager, Role::Inspector]);
/// Watches a unit.
const LEAD: Access = Access::Roles(&[Role::Lead, Role::Manager]);
/// Watches quality.
const QUALITY: Access = Access::Roles(&[Role::Lead, Role::Manager, Role::Inspector]);
/// Checks samples.
const INSPECT: Access = Access::Roles(&[Role::Inspector]);

/// Reads the audit record.
const AUDIT: Access = Access::Roles(&[Role::AuditAdmin]);

/// The table.
pub const TABLE: &[(&str, &str, Access)] = &[
    ("POST", "/api/session", Access::Everyone),
    ("GET", "/api/visitor", Access::Everyone),
    ("GET", "/api/session", Access::SignedIn),
    ("DELETE", "/api/session", Access::SignedIn),
    ("POST", "/api/session/code", Access::SignedIn),
    ("POST", "/api/password", Access::SignedIn),
    ("GET", "/api/second-factor", Access::SignedIn),
    ("POST", "/api/second-factor", Access::SignedIn),
    ("POST", "/api/second-factor/confirm", Access::SignedIn),
    ("POST", "/api/second-factor/remove", Access::SignedIn),
    ("GET", "/api/sessions", Access::SignedIn),
    ("DELETE", "/api/sessions/{id}", Access::SignedIn),
    ("GET", "/api/catalogue/{version}", Access::SignedIn),
    ("GET", "/api/catalogue/{version}/items", Access::SignedIn),
    ("GET", "/api/live", SEE),
    ("GET", "/api/queues", SEE),
    ("GET", "/api/queues/{queue}", WORK),
    ("POST", "/api/queues/{queue}/next", WORK),
    ("POST", "/api/cases", WORK),
    ("POST", "/api/cases/check", WORK),
    ("POST", "/api/cases/bulk", WORK),
    ("POST", "/api/cases/candidates", LEAD),
    ("GET", "/api/cases/{id}", SEE),
    ("POST", "/api/cases/{id}/commands", SEE),
    ("POST", "/api/search", SEE),
    ("GET", "/api/slips", WORK),
    ("GET", "/api/slips/{id}", WORK),
    ("GET", "/api/checks", INSPECT),
    ("GET", "/api/checks/{id}", INSPECT),
    ("POST", "/api/checks/{id}/commands", INSPECT),
    ("POST", "/api/checks/second", INSPECT),
    ("POST", "/api/draws", INSPECT),
    ("POST", "/api/draws/{id}/verify", INSPECT),
    ("GET", "/api/dashboards/backlog", LEAD),
    ("GET", "/api/dashboards/backlog/cases", LEAD),
    ("GET", "/api/dashboards/quality", QUALITY),
    ("GET", "/api/audit", AUDIT),
    ("GET", "/api/openapi.json", Access::Everyone),
    ("GET", "/healthz", Access::Everyone),
    ("GET", "/readyz", Access::Everyone),
    // Looks at the address and the token itself: who scrapes figures has no session.
    ("GET", "/metrics", Access::Everyone),
];

/// Who may use a route; none where nobody may.
pub fn access(method: &Method, route: &str) -> Option<Access> {
    let method = if *method == Method::HEAD { "GET" } else { method.as_str() };
    TABLE.iter().find(|(verb, path, _)| *verb == method && *path == route).map(|(.., access)| *access)
}

/// Lets a request through to its handler, with who is signed in put beside it. What no route took goes on to the
/// fallback, which serves nothing but the browser app.
pub async fn permit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Some(route) = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned()) else {
        return next.run(request).await;
    };
    let address = client(request.headers(), request.extensions(), &app.config().trusted_proxies);
    let verdict = match access(request.method(), &route) {
        Some(Access::Everyone) => Ok(None),
        Some(access) => match session::of(&app, request.headers()).await {
            Ok(session) if session.step.is_some_and(|step| !step::opens(step, request.method(), &route)) => {
                Err(Error::SignInUnfinished)
            }
            Ok(session) if access.allows(session.person.role) => Ok(Some(session)),
            Ok(session) => {
                tracing::info!(person = %session.person.id, role = session.person.role.as_str(), "role denied");
                let asked = format!("{} {route}", request.method());
                app.missed(&session, address, AuditKind::NotAllowed, asked).await;
                Err(Error::NotAllowed)
            }
            Err(error) => Err(error),
        },
        None if TABLE.iter().any(|(_, path, _)| *path == route) => Err(Error::MethodNotAllowed),
        None => Err(Error::NotAllowed),
    };
    match verdict {
        Ok(None) => next.run(request).await,
        Ok(Some(session)) => {
            request.extensions_mut().insert(session.clone());
            // The path holds ids alone; a query, which may hold a name, is left out.
            let asked = format!("{} {}", request.method(), request.uri().path());
            let response = next.run(request).await;
            if response.status() == StatusCode::NOT_FOUND {
                app.missed(&session, address, AuditKind::NotFound, asked).await;
            }
            response
        }
        Err(error) => error.into_response(),
    }
}

/// Queues a person may open, in order of the cycle: those of the posts held; all of them, and approvals, for who
/// leads. No item of the catalogue asks for a final check yet, so nobody is shown its queue.
pub fn queues_of(person: &Person) -> Vec<Queue> {
    let leads = person.role.leads();
    let works = matches!(person.role, Role::Clerk | Role::Lead | Role::Manager);
    Queue::ALL
        .into_iter()
        .filter(|queue| match queue.stage() {
            Some(Stage::FinalCheck) => false,
            Some(stage) => works && (leads || person.holds(stage.post())),
            None => leads,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_in_the_table_nobody_may_use() {
        assert_eq!(access(&Method::POST, "/api/session"), Some(Access::Everyone));
        assert_eq!(access(&Method::HEAD, "/healthz"), Some(Access::Everyone));
        assert_eq!(access(&Method::PUT, "/api/session"), None);
        assert_eq!(access(&Method::GET, "/api/anything"), None);
    }

    #[test]
    fn administrators_do_no_work_and_see_no_case_and_none_does_anothers() {
        let admins = [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin];
        for (method, path, access) in TABLE {
            let Access::Roles(roles) = access else { continue };
            let among = admins.iter().filter(|role| access.allows(**role)).count();
            // What is one administrator's is nobody else's.
            assert!(among == 0 || (among == 1 && roles.len() == 1), "{method} {path}");
        }
    }

    #[test]
    fn the_audit_record_is_read_by_its_administrator_and_changed_by_nobody() {
        let audit: Vec<_> = TABLE.iter().filter(|(_, path, _)| path.starts_with("/api/audit")).collect();
        assert_eq!(audit.len(), 1);
        let (method, _, access) = audit[0];
        assert_eq!(*method, "GET");
        let readers: Vec<Role> = Role::ALL.into_iter().filter(|role| access.allows(*role)).collect();
        assert_eq!(readers, [Role::AuditAdmin]);
    }

    #[test]
    fn no_endpoint_stands_twice() {
        for (index, (method, path, _)) in TABLE.iter().enumerate() {
            assert!(!TABLE[..index].iter().any(|(m, p, _)| m == method && p == path), "{method} {path}");
        }
    }
}
