//! Endpoint × role × scope, walked from the OpenAPI document: what the table does not allow is refused, what lies
//! outside the scope is not there, and nothing answers a stranger.

use axum::body::Body;
use axum::http::{Method, Request, header};
use domain::actor::Role;
use serde_json::{Value, json};
use server::auth::permit::{Access, TABLE, access};
use store::Engine;

use crate::support::TestApp;
use crate::support::case::{Held, Paper};
use crate::support::client::{Client, new_key};

const ROLES: [(Role, &str); 7] = [
    (Role::Clerk, "SH2001"),
    (Role::Lead, "SH9001"),
    (Role::Manager, "SH9901"),
    (Role::Inspector, "SH8001"),
    (Role::SystemAdmin, "HQ0001"),
    (Role::SecurityAdmin, "HQ0002"),
    (Role::AuditAdmin, "HQ0003"),
];

/// The same roles in the other branch.
const FOREIGN: [(Role, &str); 4] =
    [(Role::Clerk, "BJ2001"), (Role::Lead, "BJ9001"), (Role::Manager, "BJ9901"), (Role::Inspector, "BJ8001")];

/// Open to everyone, and walked in `sessions`.
const SIGN_IN: (&str, &str) = ("POST", "/api/session");

/// Every operation of the document: method, path.
fn operations(document: &Value) -> Vec<(Method, String)> {
    let paths = document["paths"].as_object().expect("paths");
    let of = |(path, item): (&String, &Value)| {
        let methods = item.as_object().expect("a path has methods").keys();
        methods
            .filter_map(|method| Method::from_bytes(method.to_uppercase().as_bytes()).ok())
            .filter(|method| {
                [Method::GET, Method::POST, Method::DELETE, Method::PUT, Method::PATCH].contains(method)
            })
            .map(|method| (method, path.clone()))
            .collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}

#[test]
fn the_table_and_the_document_name_the_same_endpoints() {
    let document = serde_json::to_value(server::routes::openapi()).expect("a document is JSON");
    let mut routed: Vec<String> =
        operations(&document).iter().map(|(method, path)| format!("{method} {path}")).collect();
    let mut table: Vec<String> = TABLE.iter().map(|(method, path, _)| format!("{method} {path}")).collect();
    routed.sort();
    table.sort();
    assert_eq!(routed, table);
}

/// Things of one branch, by the name of the path parameter and its path.
struct Things {
    case: Held,
    slip: String,
    check: String,
    draw: String,
}

async fn things(app: &TestApp) -> Things {
    Held::at(app, Paper::new("SH", 1), "servicing").await;
    app.clock.pass(chrono::TimeDelta::minutes(1));
    let inspector = app.inspector("SH").await;
    let request = json!({ "day": "2026-03-18", "unit": "SH", "post": "entry", "count": 1 });
    let draw = inspector.order("/api/draws", &request).await.expect_status(200).text("/id");
    let check = inspector.get("/api/checks").await.expect_status(200).text("/checks/0/id");
    let intake = app.intake_clerk("SH").await;
    let mut case = Held::registered(&intake, Paper::new("SH", 2)).await;
    case.command(&intake, json!({ "hand_over": {} })).await;
    let slip = app.entry_clerk("SH").await.get("/api/slips").await.expect_status(200).text("/incoming/0/id");
    Things { case, slip, check, draw }
}

impl Things {
    fn fill(&self, path: &str) -> String {
        let id = match path {
            _ if path.starts_with("/api/cases/") => &self.case.id,
            _ if path.starts_with("/api/slips/") => &self.slip,
            _ if path.starts_with("/api/checks/") => &self.check,
            _ => &self.draw,
        };
        path.replace("{id}", id).replace("{queue}", "entry").replace("{version}", "1")
    }
}

async fn call(client: &Client, method: &Method, path: &str, body: &Value) -> u16 {
    let request = client
        .request(method.clone(), path)
        .header("x-plumbline", "1")
        .header("idempotency-key", new_key())
        .header("if-match", "\"1\"")
        .header(header::CONTENT_TYPE, "application/json");
    let body = if *method == Method::GET { Body::empty() } else { Body::from(body.to_string()) };
    let response = client.stream(request.body(body)).await;
    response.status().as_u16()
}

#[tokio::test]
async fn every_endpoint_lets_in_whom_the_table_names_and_nobody_else() {
    let app = TestApp::new(Engine::Sqlite).await;
    let document = app.stranger().get("/api/openapi.json").await.expect_status(200).body;
    let things = things(&app).await;
    // Signing out comes last: it ends the session the walk is made with.
    let (last, walk): (Vec<_>, Vec<_>) = operations(&document)
        .into_iter()
        .partition(|(method, path)| *method == Method::DELETE && path == "/api/session");
    let walk = || walk.iter().chain(&last).filter(|(method, path)| (method.as_str(), &**path) != SIGN_IN);
    for (method, path) in walk() {
        let status = call(&app.stranger(), method, &things.fill(path), &json!({})).await;
        let open = access(method, path).expect("the table names it") == Access::Everyone;
        assert_eq!(status == 401, !open, "{method} {path}: a stranger got {status}");
    }
    let mut walked = 0;
    for (role, person) in ROLES {
        let client = app.person(person).await;
        for (method, path) in walk() {
            let allowed = access(method, path).expect("the table names it").allows(role);
            // A body of nothing is malformed, so whoever is let in gets no further than that.
            let status = call(&client, method, &things.fill(path), &json!({ "nothing": true })).await;
            let role = role.as_str();
            if allowed {
                assert!(
                    status != 401 && (status != 403 || path.contains("{queue}")),
                    "{method} {path}: {role} got {status}"
                );
            } else {
                assert_eq!(status, 403, "{method} {path}: {role} got in");
            }
            assert!(status < 500, "{method} {path}: {role} got {status}");
            walked += 1;
        }
    }
    assert!(walked >= 7 * 25, "{walked}");
}

#[tokio::test]
async fn nothing_of_another_unit_is_there() {
    let app = TestApp::new(Engine::Sqlite).await;
    let document = app.stranger().get("/api/openapi.json").await.expect_status(200).body;
    let things = things(&app).await;
    let bodies = |path: &str| match path {
        "/api/cases/{id}/commands" => json!({ "add_note": { "text": "x" } }),
        "/api/checks/{id}/commands" => json!({ "submit": { "points": [], "findings": [] } }),
        "/api/checks/second" => json!({ "check": things.check }),
        _ => json!({}),
    };
    for (method, path) in operations(&document) {
        if !path.contains("{id}") && path != "/api/checks/second" {
            continue;
        }
        let allowed = access(&method, &path).expect("the table names it");
        for (role, person) in FOREIGN.into_iter().filter(|(role, _)| allowed.allows(*role)) {
            let client = app.person(person).await;
            let status = call(&client, &method, &things.fill(&path), &bodies(&path)).await;
            assert_eq!(status, 404, "{method} {path}: {} of another unit got {status}", role.as_str());
        }
    }
    // Lists hold nothing of it either.
    let notice = json!({ "text": things.case.number });
    for (_, person) in FOREIGN {
        let client = app.person(person).await;
        let search = client.post("/api/search", &notice).await.expect_status(200);
        assert_eq!(search.body, json!([]));
        for list in ["/api/slips", "/api/queues/entry", "/api/checks", "/api/dashboards/backlog"] {
            let answer = client.get(list).await;
            let text = String::from_utf8_lossy(&answer.bytes).into_owned();
            assert!(!text.contains(&things.case.number) && !text.contains(&things.case.id), "{list}: {text}");
        }
    }
}

#[tokio::test]
async fn metrics_are_for_this_machine() {
    let app = TestApp::new(Engine::Sqlite).await;
    app.stranger().get("/metrics").await.expect_problem(404, "not-found");
    let local = axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 9)));
    let request = |forwarded: bool| {
        let mut request = Request::builder().uri("/metrics").extension(local);
        if forwarded {
            request = request.header("x-forwarded-for", "10.0.0.1");
        }
        request.body(Body::empty())
    };
    let direct = app.stranger().send(request(false)).await.expect_status(200);
    let text = String::from_utf8_lossy(&direct.bytes).into_owned();
    for figure in ["plumbline_queue_depth{queue=\"entry\"}", "plumbline_request_seconds_bucket"] {
        assert!(text.contains(figure), "{text}");
    }
    app.stranger().send(request(true)).await.expect_problem(404, "not-found");
    app.stranger().get("/readyz").await.expect_status(200);
    app.stranger().get("/healthz").await.expect_status(200);
}
