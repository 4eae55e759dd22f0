//! Rules that could be got round, each tried by a caller who skips the browser.

use serde_json::{Value, json};

use crate::support::case::{Held, Paper};
use crate::support::{TestApp, on_both_engines};

on_both_engines!(
    effective_is_no_word_of_servicing,
    what_is_in_force_is_cancelled_with_approval,
    approvals_name_what_they_are_for,
    a_copy_clears_no_missing_original,
    a_new_application_paper_takes_results_down,
    an_amendment_keeps_its_hands_off_papers,
    facts_that_cannot_be_are_refused,
    a_policy_number_has_one_spelling,
    preparation_agrees_with_the_facts,
    what_is_asked_is_keyed_whole_and_tries_are_bounded,
    only_what_differs_is_explained,
    what_differs_in_force_is_keyed_twice,
    days_of_effect_are_keyed_twice,
);

async fn at(app: &TestApp, queue: &str) -> Held {
    let mut case = Held::at(app, Paper::new("SH", 1), queue).await;
    let clerk = match queue {
        "entry" => app.entry_clerk("SH").await,
        "servicing" => app.servicing_clerk("SH").await,
        "recheck" => app.recheck_clerk("SH").await,
        _ => app.binding_clerk("SH").await,
    };
    case.claimed(&clerk).await;
    case
}

fn preparation(answer: &str) -> Value {
    let none = json!({ "answer": "none", "source": "core" });
    let not_needed = json!({ "answer": "not_needed", "source": "core" });
    let lines = json!({
        "loan": { "answer": answer, "source": "core" }, "apl": none, "arrears": none, "claim": none,
        "freeze": none, "loss_report": none, "referrals": not_needed, "approvals": not_needed,
    });
    json!({ "complete_preparation": { "item": 1, "lines": lines } })
}

fn record(state: &str, fields: &Value) -> Value {
    let result = json!({ "item": 1, "reference": "C-1", "state": state, "fields": fields, "again": fields });
    json!({ "record_core_result": result })
}

/// The values with another mobile number.
fn others(paper: &Paper) -> Value {
    let mut fields = paper.fields();
    fields["mobile"] = json!({ "secret": "13788880000" });
    fields
}

async fn effective_is_no_word_of_servicing(app: TestApp) {
    let mut case = at(&app, "servicing").await;
    let clerk = app.servicing_clerk("SH").await;
    case.command(&clerk, preparation("none")).await;
    let (right, other) = (case.paper.fields(), others(&case.paper));
    let refused = case.try_command(&clerk, &record("effective", &right)).await;
    assert_eq!(
        refused.expect_problem(422, "input").text("/refusal/input/pointer"),
        "/record_core_result/state"
    );
    case.command(&clerk, record("pending", &right)).await;
    case.try_command(&clerk, &record("effective", &right)).await.expect_problem(422, "input");
    case.try_command(&clerk, &record("effective", &other)).await.expect_problem(422, "input");
}

async fn what_is_in_force_is_cancelled_with_approval(app: TestApp) {
    let mut case = at(&app, "binding").await;
    let (binding, servicing) = (app.binding_clerk("SH").await, app.servicing_clerk("SH").await);
    let (lead, manager) = (app.person("SH9001").await, app.manager("SH").await);
    let back = json!({ "return_to": {
        "stage": "servicing", "items": [1], "grounds": [{ "no_fault": "new_fact" }], "reason": "核心有误",
    } });
    case.try_command(&binding, &back).await.expect_problem(403, "approval-needed");
    let matter = json!({ "return_effective": { "to": "servicing", "items": [1] } });
    case.command(&binding, json!({ "request_approval": { "matter": matter, "reason": "核心有误" } })).await;
    case.try_command(&lead, &json!({ "approve": { "approval": 1 } }))
        .await
        .expect_problem(403, "approval-needed");
    case.command(&manager, json!({ "approve": { "approval": 1 } })).await;
    case.command(&binding, back).await;
    case.received(&servicing).await;
    case.claimed(&servicing).await;
    let cancel = json!({ "cancel_core_result": { "item": 1, "reference": "C-1", "reason": "核心有误" } });
    case.try_command(&servicing, &cancel).await.expect_problem(403, "approval-needed");
    let matter = json!({ "cancel_effective": { "item": 1 } });
    case.command(&servicing, json!({ "request_approval": { "matter": matter, "reason": "核心有误" } })).await;
    case.command(&manager, json!({ "approve": { "approval": 2 } })).await;
    let done = case.command(&servicing, cancel).await;
    assert_eq!(done.body["case"]["case"]["items"][0]["core"], Value::Null);
    app.verify().await;
}

async fn approvals_name_what_they_are_for(app: TestApp) {
    let mut case = at(&app, "servicing").await;
    let (clerk, lead) = (app.servicing_clerk("SH").await, app.person("SH9001").await);
    for matter in [
        json!({ "fee_deviation": { "item": 1, "amount": { "minor": 100, "currency": "CNY" } } }),
        json!({ "return_effective": { "to": "entry" } }),
        json!({ "cancel_effective": { "item": 1 } }),
    ] {
        let ask = json!({ "request_approval": { "matter": matter, "reason": "请批" } });
        let answer = case.try_command(&clerk, &ask).await;
        assert!([409, 422].contains(&answer.status), "{matter}: {}", answer.body);
    }
    let until = "2026-03-18T06:00:00Z";
    let matter = json!({ "hold_moves_due": { "until": until } });
    case.command(&clerk, json!({ "request_approval": { "matter": matter, "reason": "停机" } })).await;
    case.try_command(&clerk, &json!({ "approve": { "approval": 1 } }))
        .await
        .expect_problem(403, "not-a-lead");
    case.command(&lead, json!({ "approve": { "approval": 1 } })).await;
    let hold =
        |until: &str| json!({ "put_on_hold": { "reason": "停机", "until": until, "moves_due": true } });
    let longer = case.try_command(&clerk, &hold("2026-03-18T06:00:01Z")).await;
    longer.expect_problem(403, "approval-needed");
    case.command(&clerk, hold(until)).await;
}

async fn a_copy_clears_no_missing_original(app: TestApp) {
    let intake = app.intake_clerk("SH").await;
    let mut form = Paper::new("SH", 1).registration();
    let missing = json!({ "missing": { "material": "application" } });
    form["registration"]["materials"][0]["form"] = json!("copy");
    form["registration"]["acknowledged"] = json!([missing]);
    let answer = intake.order("/api/cases", &form).await.expect_status(200);
    let mut case = Held {
        id: answer.text("/case/case/id"),
        number: answer.text("/case/case/number"),
        version: answer.number("/version"),
        paper: Paper::new("SH", 1),
    };
    for (form, left) in [("copy", json!([missing])), ("original", json!([]))] {
        let material = json!({ "kind": "application", "form": form, "copies": 1, "pages": 2 });
        let answer = case.command(&intake, json!({ "receive_material": { "material": material } })).await;
        assert_eq!(answer.body["case"]["case"]["shortfalls"], left, "{form}");
    }
    app.verify().await;
}

async fn a_new_application_paper_takes_results_down(app: TestApp) {
    let mut case = at(&app, "binding").await;
    let (binding, intake) = (app.binding_clerk("SH").await, app.intake_clerk("SH").await);
    let lines = json!({ "endorsement": "done", "customer_copy": "done" });
    case.command(&binding, json!({ "bind": { "item": 1, "lines": lines } })).await;
    let material = json!({ "kind": "application", "form": "original", "copies": 1, "pages": 2 });
    case.command(&intake, json!({ "receive_material": { "material": material } })).await;
    let item = &binding.get(&case.path()).await.expect_status(200).body["case"]["items"][0];
    assert_eq!((&item["review"], &item["pass"]), (&Value::Null, &Value::Null));
    assert_eq!(item["asked"], json!({}));
    let release = json!({ "release": { "method": "counter", "receiver": "顾文娟" } });
    assert_eq!(case.try_command(&binding, &release).await.status, 409);
    app.verify().await;
}

async fn an_amendment_keeps_its_hands_off_papers(app: TestApp) {
    let intake = app.intake_clerk("SH").await;
    let mut case = Held::registered(&intake, Paper::new("SH", 1)).await;
    let material = json!({ "kind": "change_proof", "form": "original", "copies": 1, "pages": 3 });
    case.command(&intake, json!({ "receive_material": { "material": material } })).await;
    let papers = intake.get(&case.path()).await.expect_status(200).body["case"]["materials"].clone();
    let amend = |amendment: &Value| json!({ "amend_registration": { "amendment": amendment } });
    for (field, value) in
        [("materials", json!([])), ("items", json!(["BC"])), ("received_at", json!("2026-03-18T00:00:00Z"))]
    {
        let mut amendment = case.paper.amendment();
        amendment[field] = value;
        case.try_command(&intake, &amend(&amendment)).await.expect_problem(400, "malformed");
    }
    let mut amendment = case.paper.amendment();
    amendment["add"] = json!(["AM"]);
    case.try_command(&intake, &amend(&amendment)).await.expect_problem(422, "input");
    amendment["add"] = json!([]);
    amendment["applicant"] = json!("沈嘉树");
    let answer = case.command(&intake, amend(&amendment)).await;
    assert_eq!(answer.text("/case/case/registration/applicant"), "沈嘉树");
    assert_eq!(answer.body["case"]["case"]["materials"], papers, "a late paper stays");
    app.verify().await;
}

async fn facts_that_cannot_be_are_refused(app: TestApp) {
    let intake = app.intake_clerk("SH").await;
    let amount = |minor: i64| json!({ "minor": minor, "currency": "CNY" });
    for (pointer, value) in [
        ("policy/loan", amount(-1)),
        ("policy/cash_value", amount(200_000_000_000)),
        ("policy/paid_to", json!("2198-01-01")),
        ("policy/paid_to", json!("2001-01-01")),
        ("policy/effective", json!("1900-01-01")),
        ("policy/lapsed_on", json!("2026-03-19")),
        ("received_at", json!("2025-01-02T01:00:00Z")),
        ("received_at", json!("2026-03-15T01:00:00Z")),
    ] {
        let mut form = Paper::new("SH", 1).registration();
        *form.pointer_mut(&format!("/registration/{pointer}")).expect("a field") = value.clone();
        if pointer == "received_at" && value == json!("2025-01-02T01:00:00Z") {
            form["registration"]["applied_on"] = json!("2025-01-01");
        }
        let refused = intake.order("/api/cases", &form).await.expect_problem(422, "input");
        assert_eq!(refused.text("/refusal/input/pointer"), format!("/registration/{pointer}"), "{value}");
    }
    let mut form = Paper::new("SH", 1).registration();
    form["registration"]["policy"]["policy_no"] = json!("12-3");
    let refused = intake.order("/api/cases", &form).await.expect_status(422);
    assert_eq!(refused.text("/refusal/fields/faults/0/pointer"), "/registration/policy/policy_no");
}

async fn a_policy_number_has_one_spelling(app: TestApp) {
    let intake = app.intake_clerk("SH").await;
    let paper = Paper { policy_no: "３１００-0000 0001\u{200b}".to_owned(), ..Paper::new("SH", 1) };
    let case = Held::registered(&intake, paper).await;
    let view = intake.get(&case.path()).await.expect_status(200);
    assert_eq!(view.text("/case/registration/policy/policy_no"), "310000000001");
    // E01 across cases: the same item is open on the policy.
    for spelling in ["310000000001", "3100 0000 0001", "３１００００００－０００１"] {
        let mut form = Paper::new("SH", 2).registration();
        form["registration"]["policy"]["policy_no"] = json!(spelling);
        let refused = intake.order("/api/cases", &form).await.expect_problem(422, "acknowledge");
        assert!(refused.body.to_string().contains("no_excluded_item"), "{spelling}: {}", refused.body);
        let found = intake.post("/api/search", &json!({ "text": spelling })).await.expect_status(200);
        assert_eq!(found.body.as_array().map(Vec::len), Some(1), "{spelling}");
    }
    let listed = intake.get("/api/queues/intake?tab=mine&search=3100-0000-0001").await.expect_status(200);
    assert_eq!(listed.number("/count"), 1);
}

async fn preparation_agrees_with_the_facts(app: TestApp) {
    let case = at(&app, "servicing").await;
    let clerk = app.servicing_clerk("SH").await;
    let refused = case.try_command(&clerk, &preparation("present")).await;
    let refused = refused.expect_problem(409, "contradicts-facts");
    let line = json!({ "line": "loan", "answer": "present", "in_facts": false });
    assert_eq!(refused.body["refusal"]["contradicts_facts"]["lines"], json!([line]));
}

async fn what_is_asked_is_keyed_whole_and_tries_are_bounded(app: TestApp) {
    let mut case = at(&app, "recheck").await;
    let (clerk, lead) = (app.recheck_clerk("SH").await, app.person("SH9001").await);
    let key = |asked: &Value| json!({ "key_asked": { "item": 1, "asked": asked } });
    let right = case.paper.asked();
    let mut short = right.clone();
    short.as_object_mut().expect("a map").remove("email");
    let refused = case.try_command(&clerk, &key(&short)).await.expect_problem(422, "input");
    assert_eq!(refused.text("/refusal/input/pointer"), "/key_asked/asked/email");
    for (field, rule) in [("email", "条款 5.2"), ("party", "unchanged")] {
        let mut wrong = right.clone();
        wrong[field] = json!({ "by_rule": rule });
        let refused = case.try_command(&clerk, &key(&wrong)).await.expect_problem(422, "input");
        assert_eq!(refused.text("/refusal/input/rule"), "rule_unknown");
    }
    let mut other = right.clone();
    other["mobile"] = json!({ "stated": { "secret": "13788880000" } });
    case.command(&clerk, key(&other)).await;
    case.command(&clerk, key(&right)).await;
    case.try_command(&clerk, &key(&other)).await.expect_problem(403, "approval-needed");
    let matter = json!({ "asked_again": { "item": 1 } });
    case.command(&clerk, json!({ "request_approval": { "matter": matter, "reason": "字迹不清" } })).await;
    case.command(&lead, json!({ "approve": { "approval": 1 } })).await;
    case.command(&clerk, key(&other)).await;
    app.verify().await;
}

async fn only_what_differs_is_explained(app: TestApp) {
    let mut case = at(&app, "recheck").await;
    let clerk = app.recheck_clerk("SH").await;
    let asked = case.paper.asked();
    case.command(&clerk, json!({ "key_asked": { "item": 1, "asked": asked } })).await;
    let pass = |no: &str, field: &str| {
        let explained = json!({ no: [{ "field": field, "reason": "以核心为准" }] });
        json!({ "pass_recheck": { "change": true, "entry": true, "fees": true, "explained": explained } })
    };
    for (no, field) in [("1", "mobile"), ("1", "nothing"), ("7", "mobile")] {
        let refused = case.try_command(&clerk, &pass(no, field)).await.expect_problem(422, "input");
        assert_eq!(refused.text("/refusal/input/rule"), "not_explainable");
    }
}

async fn what_differs_in_force_is_keyed_twice(app: TestApp) {
    let mut case = at(&app, "recheck").await;
    let clerk = app.recheck_clerk("SH").await;
    let passed = case.passed(&clerk).await;
    let (right, other) = (case.paper.fields(), others(&case.paper));
    let confirm = |at: &str, values: &Value, again: Value| {
        let core =
            json!({ "item": 1, "reference": "C-1", "effective_at": at, "values": values, "again": again });
        json!({ "confirm_core": core })
    };
    let early = case.try_command(&clerk, &confirm("2026-03-18T01:20:00Z", &right, json!({}))).await;
    assert_eq!(early.expect_problem(422, "input").text("/refusal/input/rule"), "before_pass");
    let once = case.try_command(&clerk, &confirm(&passed, &other, json!({}))).await;
    assert_eq!(once.expect_problem(422, "input").text("/refusal/input/rule"), "key_again");
    let differs = case.try_command(&clerk, &confirm(&passed, &other, right)).await;
    differs.expect_problem(422, "keyed-differently");
    let answer = case.command(&clerk, confirm(&passed, &other, other.clone())).await;
    let item = &answer.body["case"]["case"]["items"][0];
    assert_eq!((&item["pass"], &item["endorsement"]), (&Value::Null, &Value::Null));
    let ticks = json!({ "pass_recheck": { "change": true, "entry": true, "fees": true } });
    case.try_command(&clerk, &ticks).await.expect_problem(409, "earlier-list-open");
    case.try_command(&clerk, &json!({ "hand_over": {} })).await.expect_problem(409, "earlier-list-open");
    app.verify().await;
}

async fn days_of_effect_are_keyed_twice(app: TestApp) {
    let mut case = at(&app, "servicing").await;
    let clerk = app.servicing_clerk("SH").await;
    case.command(&clerk, preparation("none")).await;
    let right = case.paper.fields();
    case.command(&clerk, record("pending", &right)).await;
    let endorse = |more: Value| {
        let mut act = json!({
            "item": 1, "number": "P-1", "text": "联系方式变更", "effective_date": "2026-03-18",
        });
        act.as_object_mut().expect("a map").extend(more.as_object().expect("a map").clone());
        json!({ "endorse": act })
    };
    let amount = |minor: i64| json!({ "minor": minor, "currency": "CNY" });
    for (more, rule) in [
        (json!({ "premium": amount(100) }), "key_again"),
        (json!({ "premium": amount(100), "premium_again": amount(101) }), "keyed_otherwise"),
        (json!({ "premium": amount(-1), "premium_again": amount(-1) }), "negative"),
    ] {
        let refused = case.try_command(&clerk, &endorse(more)).await.expect_problem(422, "input");
        assert_eq!(refused.text("/refusal/input/rule"), rule);
    }
    case.command(&clerk, endorse(json!({ "premium": amount(100), "premium_again": amount(100) }))).await;
}
