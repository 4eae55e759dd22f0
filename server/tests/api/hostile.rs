//! What people and programs send that nobody should: every endpoint of the document with every kind of nonsense, and not
//! one answer says that it was our fault.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

use crate::support::case::{Clerks, Held, Paper};
use crate::support::client::{Answer, Client, new_key};
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    no_command_with_a_wrong_value_is_our_fault,
    no_other_body_with_a_wrong_value_is_our_fault,
    no_query_path_or_header_is_our_fault,
    what_is_beyond_its_limit_is_named,
    a_panic_is_a_problem_and_a_line_of_the_log,
);

/// Values for any place of a body.
fn values() -> Vec<Value> {
    let mut values: Vec<Value> = [
        "null",
        "true",
        "-1",
        "0",
        "255",
        "65535",
        "4294967295",
        "9007199254740993",
        "999999999999999",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
        "1e308",
        "-0.5",
        "[]",
        "{}",
        "[[]]",
    ]
    .iter()
    .map(|text| serde_json::from_str(text).expect("JSON"))
    .collect();
    values.extend(texts().into_iter().map(Value::String));
    values.push(json!(vec![json!(1); 20_000]));
    values.push(json!(vec![json!({}); 400]));
    values.push((0..2_000).map(|n| (format!("k{n}"), json!({ "text": "x" }))).collect::<Map<_, _>>().into());
    values
}

/// Texts, in bodies and in queries.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "ZZ99",
        "no-such-unit",
        "'; DROP TABLE event; --",
        "\u{202e}gnp",
        "\u{200b}",
        "😀",
        "\u{7f}\u{1}",
        "1970-01-01",
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "+10000-01-01",
        "-0001-01-01",
        "262142-12-31",
        "+262142-12-31",
        "-262143-01-01",
        "2026-02-30",
        "1900-01-01",
        "2199-12-31",
        "0001-01-01T00:00:00Z",
        "1900-01-01T00:00:00Z",
        "2199-12-31T23:59:59.999999999Z",
        "9999-12-31T23:59:59Z",
        "+262142-12-31T23:59:59Z",
        "-262143-01-01T00:00:00Z",
        "2026-03-18T09:30:00.123456789+08:00",
        "99999999-9999-9999-9999-999999999999",
        "00000000-0000-0000-0000-000000000000",
        "NaN",
        "%00",
        "%ff",
    ]
    .map(str::to_owned)
    .into();
    texts.push("长".repeat(400));
    texts.push("😀".repeat(2_000));
    // Random enough that no database packs it into less.
    texts.push(
        (0..60_000_u32)
            .map(|n| char::from(b'a' + u8::try_from(n * 7_919 % 1_009 % 26).unwrap_or(0)))
            .collect(),
    );
    texts
}

/// The same body with each part of it replaced by each value, and with each part left out.
fn spoilt(body: &Value) -> Vec<Value> {
    let mut pointers = Vec::new();
    places(body, String::new(), &mut pointers);
    let mut spoilt = Vec::new();
    for pointer in &pointers {
        for value in values() {
            let mut body = body.clone();
            *body.pointer_mut(pointer).expect("a place of the body") = value;
            spoilt.push(body);
        }
        let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
        let mut body = body.clone();
        if let Some(Value::Object(fields)) = body.pointer_mut(parent) {
            fields.remove(key);
            spoilt.push(body);
        }
    }
    spoilt
}

/// Every place below the outermost name; of a list the first entry stands for all.
fn places(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                places(value, format!("{pointer}/{key}"), pointers);
            }
        }
        Value::Array(values) => {
            if let Some(first) = values.first() {
                places(first, format!("{pointer}/0"), pointers);
            }
        }
        _ => {}
    }
    if !pointer.is_empty() {
        pointers.push(pointer);
    }
}

#[track_caller]
fn not_our_fault(answer: &Answer, what: &dyn Fn() -> String) {
    if answer.status >= 500 {
        let what: String = what().chars().take(600).collect();
        panic!("{}: {}\n{what}", answer.status, String::from_utf8_lossy(&answer.bytes));
    }
    if answer.status >= 400 {
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json", "{}", what());
    }
}

/// Where a command makes sense: queue, and whether the lead sends it.
fn commands(paper: &Paper) -> Vec<(&'static str, bool, Value)> {
    let note = "客户来电";
    let prepared = json!({ "answer": "none", "source": "core" });
    let key_fields = paper.key_fields();
    let stated: Map<String, Value> = key_fields
        .as_object()
        .expect("fields")
        .iter()
        .map(|(key, value)| (key.clone(), json!({ "stated": value })))
        .collect();
    let ground = json!({ "finding": { "error_point": "E05", "severity": "minor", "cause": "care", "field": "mobile" } });
    let returned = |stage: &str, ground: &Value| json!({ "return_to": { "stage": stage, "items": [1], "grounds": [ground], "reason": note } });
    let money = json!({ "minor": 100, "currency": "CNY" });
    let fee = json!({ "kind": "reissue_fee", "direction": "collect", "settled": money, "reason": note });
    let until = "2026-03-19T02:00:00Z";
    vec![
        (
            "intake",
            false,
            json!({ "amend_registration": { "registration": paper.registration()["registration"] } }),
        ),
        (
            "intake",
            false,
            json!({ "receive_material": { "material":
            { "kind": "applicant_id", "form": "copy", "copies": 1, "pages": 1, "return_to_customer": false } } }),
        ),
        ("intake", false, json!({ "withdraw": { "request_pages": 1, "reason": note } })),
        ("intake", false, json!({ "amend_count": { "material": 0, "pages": 2, "reason": note } })),
        ("intake", false, json!({ "hand_over": {} })),
        ("slip", false, json!({ "confirm_receipt": { "counted": [2, 1] } })),
        ("slip", false, json!({ "report_difference": { "difference": note } })),
        ("slip", true, json!({ "take_back": {} })),
        ("pool", false, json!({ "claim": {} })),
        ("pool", true, json!({ "assign": { "to": "SH2001" } })),
        ("pool", true, json!({ "set_priority": { "priority": "urgent", "reason": note } })),
        ("entry", false, json!({ "unclaim": {} })),
        ("entry", false, json!({ "transfer_holding": { "to": "SH2002" } })),
        ("entry", false, json!({ "confirm_transfer": {} })),
        (
            "entry",
            false,
            json!({ "complete_review": { "lines":
            { "time": true, "content": true, "material": true, "identity": true } } }),
        ),
        ("entry", false, json!({ "enter_change": { "item": 1, "fields": paper.fields() } })),
        ("entry", false, json!({ "confirm_entry": { "item": 1, "key_fields": key_fields } })),
        ("entry", false, json!({ "propose_decline": { "reason": note, "items": [1] } })),
        ("entry", false, json!({ "cancel_proposal": {} })),
        ("entry", false, json!({ "put_on_hold": { "reason": note, "until": until, "moves_due": false } })),
        ("entry", false, json!({ "resume": {} })),
        ("entry", false, json!({ "add_note": { "text": note } })),
        (
            "entry",
            false,
            json!({ "request_approval":
            { "matter": { "hold_moves_due": { "until": until } }, "reason": note } }),
        ),
        (
            "entry",
            false,
            json!({ "request_approval":
            { "matter": { "amend_count": { "material": 0, "pages": 3 } }, "reason": note } }),
        ),
        (
            "entry",
            false,
            json!({ "request_approval":
            { "matter": { "fee_deviation": { "item": 1, "amount": money } }, "reason": note } }),
        ),
        ("entry", true, json!({ "approve": { "approval": 1 } })),
        ("entry", true, json!({ "refuse_approval": { "approval": 1, "reason": note } })),
        ("entry", false, returned("intake", &json!({ "no_fault": "customer" }))),
        ("servicing", false, json!({ "complete_preparation": { "item": 1, "lines": { "loan": prepared } } })),
        (
            "servicing",
            false,
            json!({ "record_core_result": { "item": 1, "reference": "C-1", "state": "pending",
            "fields": paper.fields(), "again": {} } }),
        ),
        (
            "servicing",
            false,
            json!({ "cancel_core_result": { "item": 1, "reference": "C-1", "reason": note } }),
        ),
        ("servicing", false, json!({ "settle_fee": { "item": 1, "lines": [fee] } })),
        (
            "servicing",
            false,
            json!({ "endorse": { "item": 1, "number": "P-1", "text": note,
            "effective_date": "2026-03-18", "premium": money } }),
        ),
        (
            "servicing",
            false,
            returned("entry", &json!({ "nonconformity": { "check_point": 3, "cause": "care" } })),
        ),
        ("recheck", false, json!({ "key_asked": { "item": 1, "asked": stated } })),
        (
            "recheck",
            false,
            json!({ "pass_recheck": { "change": true, "entry": true, "fees": true,
            "explained": { "1": [{ "field": "mobile", "reason": note }] } } }),
        ),
        (
            "recheck",
            false,
            json!({ "confirm_core": { "item": 1, "reference": "C-1",
            "effective_at": "2026-03-18T01:20:00Z", "values": paper.fields() } }),
        ),
        ("recheck", false, json!({ "decline": {} })),
        ("recheck", false, json!({ "refuse_proposal": { "reason": note } })),
        ("recheck", false, returned("entry", &ground)),
        ("binding", false, json!({ "bind": { "item": 1, "lines": { "endorsement": "done" } } })),
        ("binding", false, json!({ "release": { "method": "counter", "receiver": "顾文娟" } })),
    ]
}

/// Makes cases where commands make sense.
struct Bench {
    clerks: Clerks,
    papers: u32,
}

impl Bench {
    /// A case, and who sends its commands.
    async fn case(&mut self, place: &str) -> (Held, Client) {
        self.papers += 1;
        let (clerks, paper) = (&self.clerks, Paper::new("SH", self.papers));
        let who = match place {
            "intake" => &clerks.intake,
            "slip" | "pool" | "entry" => &clerks.entry,
            "servicing" => &clerks.servicing,
            "recheck" => &clerks.recheck,
            _ => &clerks.binding,
        };
        let case = match place {
            "intake" => Held::registered(who, paper).await,
            "slip" => {
                let mut case = Held::registered(&clerks.intake, paper).await;
                case.command(&clerks.intake, json!({ "hand_over": {} })).await;
                case
            }
            "pool" => Held::by(clerks, paper, "entry").await,
            queue => {
                let mut case = Held::by(clerks, paper, queue).await;
                case.claimed(who).await;
                case
            }
        };
        (case, who.clone())
    }
}

/// Commands after which the same command makes sense again.
const AGAIN: [&str; 9] = [
    "amend_registration",
    "receive_material",
    "set_priority",
    "enter_change",
    "add_note",
    "complete_preparation",
    "settle_fee",
    "endorse",
    "key_asked",
];

async fn no_command_with_a_wrong_value_is_our_fault(app: TestApp) {
    let document = serde_json::to_value(server::routes::openapi()).expect("a document is JSON");
    let named = document["components"]["schemas"]["Command"]["oneOf"].as_array().expect("commands");
    let all = commands(&Paper::new("SH", 1));
    for schema in named {
        let (name, _) =
            schema["properties"].as_object().and_then(|one| one.iter().next()).expect("a command");
        assert!(all.iter().any(|(_, _, command)| command.get(name).is_some()), "{name} is not tried");
    }
    let mut bench = Bench { clerks: Clerks::of(&app, "SH").await, papers: 0 };
    let lead = app.lead("SH").await;
    let (mut sent, mut done) = (0, 0);
    for (place, by_lead, command) in all {
        let again = AGAIN.iter().any(|name| command.get(name).is_some());
        let (mut case, mut who) = bench.case(place).await;
        for body in std::iter::once(command.clone()).chain(spoilt(&command)) {
            let sender = if by_lead { &lead } else { &who };
            let answer = case.try_command(sender, &body).await;
            not_our_fault(&answer, &|| body.to_string());
            sent += 1;
            if answer.status != 200 {
                continue;
            }
            done += 1;
            // Whatever it was, it may be seen by everybody.
            let seen = sender.get(&case.path()).await;
            not_our_fault(&seen, &|| format!("after {body}"));
            if again && done % 50 != 0 {
                case.version = answer.number("/version");
            } else {
                (case, who) = bench.case(place).await;
            }
        }
    }
    assert!(sent > 5_000 && done > 200, "{sent} sent, {done} done");
    let manager = app.manager("SH").await;
    for path in ["/api/queues/entry", "/api/dashboards/backlog", "/api/dashboards/quality", "/api/slips"] {
        manager.get(path).await.expect_status(200);
    }
    app.verify().await;
}

async fn no_other_body_with_a_wrong_value_is_our_fault(app: TestApp) {
    let (intake, entry) = (app.intake_clerk("SH").await, app.entry_clerk("SH").await);
    let inspector = app.inspector("SH").await;
    Held::at(&app, Paper::new("SH", 9_001), "servicing").await;
    app.clock.pass(chrono::TimeDelta::minutes(1));
    let draw = json!({ "day": "2026-03-18", "unit": "SH", "post": "entry", "count": 1 });
    inspector.order("/api/draws", &draw).await.expect_status(200);
    let check = inspector.get("/api/checks").await.expect_status(200).text("/checks/0/id");
    let finding = json!({ "error_point": "E05", "severity": "minor", "cause": "care", "item": 1, "field": "mobile",
        "responsible": "SH2001", "evidence": "手机号录错一位", "affected_minor": 100 });
    let point = json!({ "point": 3, "verdict": "does_not", "evidence": "手机号录错一位", "cause": "care" });
    let submit = json!({ "submit": { "points": [point], "findings": [finding] } });
    let unknown = "01920000-0000-7000-8000-000000000000";
    let bulk = json!({ "cases": [[unknown, 1]], "command": { "claim": {} } });
    let registration = Paper::new("SH", 9_002).registration();
    let commands = format!("/api/checks/{check}/commands");
    let bodies: [(&str, &Client, &Value); 9] = [
        ("/api/session", &app.stranger(), &json!({ "person": "SH2001", "password": "not the password" })),
        ("/api/cases", &intake, &registration),
        ("/api/cases/check", &intake, &registration),
        ("/api/cases/bulk", &entry, &bulk),
        ("/api/search", &entry, &json!({ "text": "顾文娟" })),
        ("/api/queues/entry/next", &entry, &json!({})),
        ("/api/draws", &inspector, &draw),
        ("/api/checks/second", &inspector, &json!({ "check": check })),
        (&commands, &inspector, &submit),
    ];
    for (path, who, body) in bodies {
        for body in spoilt(body) {
            let text = body.to_string();
            let more = [("idempotency-key", &*new_key()), ("if-match", "\"1\"")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()));
            let more: Vec<(&str, &str)> = more.iter().map(|(name, value)| (&**name, &**value)).collect();
            let answer = who.bytes(path, text.clone().into_bytes(), &more).await;
            not_our_fault(&answer, &|| format!("{path} {text}"));
        }
        for bytes in
            [&b"\xff\xfe"[..], b"", b"{", b"null", b"\"\\ud800\"", b"{\"a\":1,\"a\":1}", &b"[".repeat(90_000)]
        {
            let answer = who
                .bytes(path, bytes.to_vec(), &[("idempotency-key", &new_key()), ("if-match", "\"1\"")])
                .await;
            not_our_fault(&answer, &|| format!("{path} {bytes:?}"));
        }
    }
    app.verify().await;
}

async fn no_query_path_or_header_is_our_fault(app: TestApp) {
    let document = serde_json::to_value(server::routes::openapi()).expect("a document is JSON");
    let clerk = app.entry_clerk("SH").await;
    let people = [clerk, app.manager("SH").await, app.inspector("SH").await];
    let plain = |text: &str| {
        text.bytes().fold(String::new(), |mut whole, byte| {
            write!(whole, "%{byte:02X}").expect("a text takes more");
            whole
        })
    };
    let mut texts: Vec<String> =
        texts().iter().filter(|text| text.len() < 9_000).map(|text| plain(text)).collect();
    let numbers = [
        "-1",
        "0",
        "1",
        "65536",
        "4294967296",
        "9223372036854775807",
        "-9223372036854775808",
        "1e9",
        "%FF%FE",
    ];
    texts.extend(numbers.map(str::to_owned));
    let cursor = |key: &str| {
        use base64::Engine as _;
        let list = "0000000000000000";
        let json = format!(
            r#"{{"cursor":{{"key":{key},"case":"01920000-0000-7000-8000-000000000000"}},"list":"{list}"}}"#
        );
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json)
    };
    texts.push(cursor(r#"{"Due":"+262142-12-31T00:00:00Z"}"#));
    texts.push(cursor(r#"{"Amount":9223372036854775807}"#));
    let mut paths = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        if item.get("get").is_none() || path == "/api/live" || path == "/readyz" {
            continue;
        }
        if path.contains('{') {
            let (before, rest) = path.split_once('{').expect("a parameter");
            let after = rest.split_once('}').expect("its end").1;
            paths.extend(texts.iter().map(|text| format!("{before}{text}{after}")));
        }
        let filled = path.replace("{id}", "01920000-0000-7000-8000-000000000000");
        let filled = filled.replace("{queue}", "entry").replace("{version}", "1");
        let parameters = item["get"]["parameters"].as_array().cloned().unwrap_or_default();
        for parameter in parameters.iter().filter(|parameter| parameter["in"] == "query") {
            let name = parameter["name"].as_str().expect("a name");
            paths.extend(texts.iter().map(|text| format!("{filled}?{name}={text}")));
        }
        let all: Vec<String> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "query")
            .filter_map(|parameter| parameter["name"].as_str().map(|name| format!("{name}=1900-01-01")))
            .collect();
        paths.push(format!("{filled}?{}", all.join("&")));
        paths.push(format!("{filled}?from=2199-12-31&to=2199-12-31"));
        paths.push(format!("{filled}?from=1900-01-01&to=1900-01-01"));
        paths.push(format!("{filled}?{}", "a=1&".repeat(2_000)));
    }
    assert!(paths.len() > 800, "{}", paths.len());
    for who in &people {
        for path in &paths {
            let answer = who.get(path).await;
            not_our_fault(&answer, &|| path.clone());
        }
    }
    // Headers, on a case that is there.
    let case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let path = format!("{}/commands", case.path());
    let versions = [
        "",
        "\"\"",
        "1",
        "\"0\"",
        "\"-1\"",
        "\"+1\"",
        "\"1e3\"",
        "W/\"1\"",
        "*",
        "\"9223372036854775807\"",
        "\"9223372036854775808\"",
        "\"18446744073709551615\"",
        "\"99999999999999999999\"",
        "\"999999999999999\"",
        "\"7\",\"8\"",
    ];
    let keys = ["", "short", "has a space in it", "\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}"];
    for version in versions {
        for key in keys.into_iter().map(str::to_owned).chain([new_key(), "x".repeat(5_000)]) {
            let request = Request::builder()
                .method(Method::POST)
                .uri(&path)
                .header("x-plumbline", "1")
                .header(header::CONTENT_TYPE, "application/json")
                .header(header::COOKIE, people[0].cookie())
                .header("idempotency-key", key.trim_matches('\u{7f}'))
                .header("if-match", version)
                .body(Body::from(r#"{"claim":{}}"#));
            let answer = people[0].send(request).await;
            not_our_fault(&answer, &|| format!("{version} {key}"));
            assert_ne!(answer.status, 200, "{version} {key}");
        }
    }
    let odd = people[0].send(
        people[0].request(Method::from_bytes(b"BREW").expect("a word"), "/api/queues").body(Body::empty()),
    );
    not_our_fault(&odd.await, &|| "BREW".to_owned());
}

async fn what_is_beyond_its_limit_is_named(app: TestApp) {
    let intake = app.intake_clerk("SH").await;
    let with = |pointer: &str, value: Value| {
        let mut body = Paper::new("SH", 1).registration();
        *body.pointer_mut(pointer).expect("a place") = value;
        body
    };
    let cases = [
        ("/registration/policy/policy_no", json!("9".repeat(401))),
        ("/registration/applied_on", json!("9999-12-31")),
        ("/registration/received_at", json!("+10000-01-01T00:00:00Z")),
        ("/registration/items", json!(vec!["AM"; 501])),
        ("/registration/policy/premium/minor", json!(1_000_000_000_000_001_u64)),
    ];
    for (pointer, value) in cases {
        let refused = intake.order("/api/cases", &with(pointer, value)).await.expect_problem(422, "invalid");
        assert_eq!(refused.text("/errors/0/pointer"), pointer);
    }
    let manager = app.manager("SH").await;
    for query in ["from=9999-12-31", "to=-0001-01-01", "unit=9999-12-31"] {
        let path = format!("/api/dashboards/quality?{query}");
        manager.get(&path).await.expect_problem(400, "malformed");
    }
}

async fn a_panic_is_a_problem_and_a_line_of_the_log(app: TestApp) {
    let routes = axum::Router::new().route("/healthz", axum::routing::get(boom));
    let router = server::routes::layered(routes, app.app.clone());
    std::panic::set_hook(Box::new(server::telemetry::log_panic));
    let client = Client::new(router, None);
    let answer = client.get("/healthz").await;
    drop(std::panic::take_hook());
    let answer = answer.expect_problem(500, "internal");
    assert!(!String::from_utf8_lossy(&answer.bytes).contains("words of a panic"));
    assert!(crate::support::logs::hold("words of a panic"));
    assert!(crate::support::logs::hold(&answer.text("/instance")));
}

/// In the place of a handler everybody may reach.
async fn boom() -> String {
    panic!("words of a panic")
}
