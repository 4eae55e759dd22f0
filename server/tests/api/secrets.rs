//! Personal values: sealed in the store, absent from logs, masked for everyone but the holder of three posts.

use serde_json::{Value, json};

use crate::support::case::{Held, Paper};
use crate::support::{TestApp, logs, on_both_engines};

on_both_engines!(
    nothing_plain_is_stored_or_logged,
    only_the_holder_sees_full_values,
    what_arrives_sealed_is_refused,
    search_finds_by_keyed_hash,
    an_opening_leaves_one_record,
);

async fn nothing_plain_is_stored_or_logged(app: TestApp) {
    let paper = Paper::new("SH", 77_654_321);
    let secrets = [paper.applicant_mobile.clone(), paper.new_mobile.clone(), paper.new_address.clone()];
    let mut case = Held::at(&app, paper, "binding").await;
    let binding = app.binding_clerk("SH").await;
    case.claimed(&binding).await;
    case.released(&binding).await;
    // Wrong input is logged no more than right input.
    let stranger = app.stranger();
    let wrong = json!({ "person": "SH2001", "password": "correct horse 13877654321" });
    stranger.post("/api/session", &wrong).await.expect_status(401);
    let stored = app.place.bytes(&app).await;
    assert!(stored.len() > 10_000);
    for secret in &secrets {
        assert!(
            !stored.windows(secret.len()).any(|window| window == secret.as_bytes()),
            "{secret} is stored"
        );
        assert!(!logs::hold(secret), "{secret} is logged");
    }
    assert!(logs::size() > 1_000);
    assert!(!logs::hold(crate::support::department::PASSWORD));
    assert!(!logs::hold("correct horse"));
}

async fn only_the_holder_sees_full_values(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let (holder, colleague) = (app.person("SH2001").await, app.person("SH2002").await);
    case.claimed(&holder).await;
    let mobile = case.paper.applicant_mobile.clone();
    let seen = holder.get(&case.path()).await.expect_status(200);
    let plain = seen.body["plain"].as_object().expect("plain values");
    assert!(plain.values().any(|value| *value == json!(mobile)));
    let masked = seen.text("/case/registration/mobile/masked");
    assert_eq!(masked, format!("{}****{}", &mobile[..3], &mobile[7..]));
    for other in [colleague, app.intake_clerk("SH").await, app.manager("SH").await, app.inspector("SH").await]
    {
        let seen = other.get(&case.path()).await.expect_status(200);
        assert_eq!(seen.body["plain"], json!({}));
        assert!(!String::from_utf8_lossy(&seen.bytes).contains(&mobile));
    }
    let all = String::from_utf8_lossy(&seen.bytes).into_owned();
    assert!(!all.contains("cipher"), "ciphertext left the server");
}

async fn what_arrives_sealed_is_refused(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let entry = app.entry_clerk("SH").await;
    case.claimed(&entry).await;
    let lines = json!({ "time": true, "content": true, "material": true, "identity": true });
    case.command(&entry, json!({ "complete_review": { "lines": lines } })).await;
    let fields = case.paper.fields();
    case.command(&entry, json!({ "enter_change": { "item": 1, "fields": fields } })).await;
    // The digest of the first keying, sent back as the second, would confirm what nobody keyed twice.
    let view = entry.get(&case.path()).await.expect_status(200);
    let hidden = &view.body["case"]["items"][0]["entered"]["fields"]["mobile"]["secret"];
    assert!(hidden.is_null(), "who keys it a second time sees nothing of the first: {hidden}");
    let view = app.manager("SH").await.get(&case.path()).await.expect_status(200);
    let sealed: Value = view.body["case"]["items"][0]["entered"]["fields"]["mobile"]["secret"].clone();
    assert!(sealed["digest"].is_string());
    let mut forged = case.paper.key_fields();
    forged["mobile"] = json!({ "secret": sealed });
    let confirm = json!({ "confirm_entry": { "item": 1, "key_fields": forged } });
    let refused = case.try_command(&entry, &confirm).await.expect_problem(422, "input");
    assert_eq!(refused.text("/refusal/input/rule"), "sealed");
    let mut registration = Paper::new("SH", 2).registration();
    registration["registration"]["mobile"] = json!({ "masked": "1", "digest": "1", "valid": true });
    let intake = app.intake_clerk("SH").await;
    intake.order("/api/cases", &registration).await.expect_problem(422, "input");
}

async fn search_finds_by_keyed_hash(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 4_711), "servicing").await;
    let clerk = app.servicing_clerk("SH").await;
    let search = async |text: &str| {
        let found = clerk.post("/api/search", &json!({ "text": text })).await.expect_status(200);
        found.body.as_array().map_or(0, Vec::len)
    };
    let exactly = async |text: &str| {
        let found =
            clerk.post("/api/search", &json!({ "text": text, "exact": true })).await.expect_status(200);
        found.body.as_array().map_or(0, Vec::len)
    };
    assert_eq!(exactly(&case.paper.applicant_mobile).await, 1);
    assert_eq!(exactly(&case.paper.new_mobile).await, 1);
    assert_eq!(exactly(&case.paper.new_mobile[..10]).await, 0);
    // Nobody finds by a personal value without asking for it, so that every such search is counted.
    assert_eq!(search(&case.paper.applicant_mobile).await, 0);
    assert_eq!(search(&case.number).await, 1);
    assert_eq!(search(&case.number[5..]).await, 1);
    assert_eq!(search("顾文娟").await, 1);
    assert_eq!(search(&case.paper.policy_no).await, 1);
    assert_eq!(search("沈").await, 0);
}

async fn an_opening_leaves_one_record(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let entry = app.entry_clerk("SH").await;
    case.claimed(&entry).await;
    for _ in 0..3 {
        entry.get(&case.path()).await.expect_status(200);
    }
    let id = domain::id::CaseId(case.id.parse().expect("an id"));
    let accesses = app.app.store().accesses(id, 10).await.expect("accesses are read");
    assert_eq!(accesses.len(), 1);
    assert_eq!(accesses[0].person.as_str(), "SH2001");
    assert_eq!(accesses[0].purpose, "entry");
    app.clock.pass(chrono::TimeDelta::minutes(11));
    entry.get(&case.path()).await.expect_status(200);
    let again = app.app.store().accesses(id, 10).await.expect("accesses are read");
    assert_eq!(again.len(), 2);
}
