//! Fields as people write them, refused or kept in one spelling whoever calls the API; and who may be given a case.

use serde_json::{Value, json};

use crate::support::case::{Held, Paper};
use crate::support::department::PASSWORD;
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    a_registration_is_refused_field_by_field,
    telephones_are_kept_in_one_spelling,
    documents_of_people_are_kept_by_kind,
    staff_numbers_fold_at_the_door,
    candidates_are_those_the_rules_let_take_it,
);

/// An identity number with its check character (GB 11643).
fn resident(body: &str) -> String {
    body.chars().chain(domain::catalogue::check_character(body)).collect()
}

async fn a_registration_is_refused_field_by_field(app: TestApp) {
    let clerk = app.intake_clerk("SH").await;
    let refused = async |change: fn(&mut Value)| {
        let mut body = Paper::new("SH", 1).registration();
        change(&mut body["registration"]);
        let answer = clerk.order("/api/cases", &body).await.expect_problem(422, "fields");
        answer.text("/refusal/fields/faults/0/pointer")
    };
    let at = refused(|r| r["applicant"] = json!("顾\u{202e}文娟")).await;
    assert_eq!(at, "/registration/applicant");
    let at = refused(|r| r["policy"]["policy_no"] = json!("31/00")).await;
    assert_eq!(at, "/registration/policy/policy_no");
    let at = refused(|r| r["policy"]["product"] = json!("没有这个险种")).await;
    assert_eq!(at, "/registration/policy/product");
    // What is sealed before the rules see it is judged while it is plain.
    let mut body = Paper::new("SH", 1).registration();
    body["registration"]["mobile"] = json!("1391234");
    let answer = clerk.order("/api/cases", &body).await.expect_problem(422, "input");
    assert_eq!(answer.text("/refusal/input/pointer"), "/registration/mobile");
}

async fn telephones_are_kept_in_one_spelling(app: TestApp) {
    let intake = app.intake_clerk("SH").await;
    let mut paper = Paper::new("SH", 7);
    paper.applicant_mobile = "+86 139-0000-0007".into();
    let mut case = Held::registered(&intake, paper).await;
    let seen = intake.get(&case.path()).await.expect_status(200);
    assert_eq!(seen.text("/case/registration/mobile/masked"), "139****0007");
    let clerk = app.entry_clerk("SH").await;
    for text in ["13900000007", "0086 13900000007", "139-0000-0007"] {
        let found =
            intake.post("/api/search", &json!({ "text": text, "exact": true })).await.expect_status(200);
        assert_eq!(found.body.as_array().map(Vec::len), Some(1), "{text}");
    }
    case.command(&intake, json!({ "hand_over": {} })).await;
    case.received(&clerk).await;
    case.claimed(&clerk).await;
    let lines = json!({ "time": true, "content": true, "material": true, "identity": true });
    case.command(&clerk, json!({ "complete_review": { "lines": lines } })).await;
    // Keyed once with and once without the country code: the same number.
    let mut fields = case.paper.fields();
    fields["mobile"] = json!({ "secret": "+86 138 0000 0007" });
    case.command(&clerk, json!({ "enter_change": { "item": 1, "fields": fields } })).await;
    let mut key_fields = case.paper.key_fields();
    key_fields["mobile"] = json!({ "secret": "138-0000-0007" });
    case.command(&clerk, json!({ "confirm_entry": { "item": 1, "key_fields": key_fields } })).await;
}

async fn documents_of_people_are_kept_by_kind(app: TestApp) {
    let clerk = app.intake_clerk("SH").await;
    let with = |kind: &str, number: &str| {
        let mut body = Paper::new("SH", 3).registration();
        let registration = &mut body["registration"];
        registration["document"] = json!({ "kind": kind, "number": number, "expires": "2036-01-01" });
        registration["agent"] =
            json!({ "name": "李书怡", "kind": kind, "identity": number, "authority": true });
        registration["materials"].as_array_mut().expect("papers").extend([
            json!({ "kind": "authority_letter", "form": "original", "copies": 1, "pages": 1 }),
            json!({ "kind": "agent_id", "form": "copy", "copies": 1, "pages": 1 }),
        ]);
        body
    };
    let good = resident("31010119850615011");
    let wrong = format!("{}{}", &good[..17], if good.ends_with('1') { '2' } else { '1' });
    // A mistyped identity number is none, and no passport either.
    for kind in ["resident_id", "passport", "birth_certificate"] {
        let answer = clerk.order("/api/cases", &with(kind, &wrong)).await.expect_problem(422, "input");
        assert_eq!(answer.text("/refusal/input/pointer"), "/registration/agent/identity", "{kind}");
    }
    clerk.order("/api/cases", &with("passport", &good)).await.expect_problem(422, "input");
    let done = clerk.order("/api/cases", &with("resident_id", &good)).await.expect_status(200);
    assert_eq!(done.text("/case/case/registration/agent/kind"), "resident_id");
    let masked = done.text("/case/case/registration/document/number/masked");
    assert!(masked.starts_with("310***") && !done.body.to_string().contains(&good), "{masked}");
    let found = clerk.post("/api/search", &json!({ "text": good, "exact": true })).await.expect_status(200);
    assert_eq!(found.body.as_array().map(Vec::len), Some(1), "found by the document");
    app.verify().await;
}

async fn staff_numbers_fold_at_the_door(app: TestApp) {
    for number in ["ＳＨ２００１", "sh 2001", "\u{202d}SH2001\u{202c}"] {
        let sign_in = json!({ "person": number, "password": PASSWORD });
        let answer = app.stranger().post("/api/session", &sign_in).await.expect_status(200);
        assert_eq!(answer.text("/person/id"), "SH2001", "{number}");
    }
}

async fn candidates_are_those_the_rules_let_take_it(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let (lead, busy) = (app.lead("SH").await, app.person("SH2001").await);
    let ask = json!({ "cases": [case.id] });
    let people = async || {
        let answer = lead.post("/api/cases/candidates", &ask).await.expect_status(200);
        let rows = answer.body.as_array().cloned().unwrap_or_default();
        let row = |row: &Value| (row["person"].as_str().unwrap_or_default().to_owned(), row["open"].as_u64());
        rows.iter().map(row).collect::<Vec<_>>()
    };
    let before = people().await;
    assert!(before.contains(&("SH2001".to_owned(), Some(0))), "{before:?}");
    assert!(before.iter().all(|(person, _)| !person.starts_with("BJ")), "{before:?}");
    // Whoever the rules would refuse is not offered.
    for (person, _) in &before {
        let assign = json!({ "assign": { "to": person } });
        let mut trial = Held { version: case.version, ..case.clone() };
        trial.command(&lead, assign).await;
        // Back to the pool for the next one.
        let holder = app.person(person).await;
        trial.command(&holder, json!({ "unclaim": {} })).await;
        case.version = trial.version;
    }
    // The more somebody has in hand, the further down.
    let mut other = Held::at(&app, Paper::new("SH", 2), "entry").await;
    other.claimed(&busy).await;
    let after = people().await;
    assert!(after.contains(&("SH2001".to_owned(), Some(1))), "{after:?}");
    assert_ne!(after.first().map(|(person, _)| person.as_str()), Some("SH2001"), "{after:?}");
    let clerk = app.entry_clerk("SH").await;
    clerk.post("/api/cases/candidates", &ask).await.expect_status(403);
    app.lead("BJ").await.post("/api/cases/candidates", &ask).await.expect_status(404);
}
