//! Who may do what on a case, over HTTP: lines given again, one's own lines, cases kept for who is away, values that
//! are to be keyed blind.

use domain::id::PersonId;
use domain::post::Post;
use serde_json::{Value, json};

use crate::checks::{drawn, submit, verdict};
use crate::support::case::{Held, Paper};
use crate::support::{Client, TestApp, on_both_engines};

on_both_engines!(
    a_case_given_again_is_received,
    nobody_receives_his_own_line_while_another_could,
    two_differing_counts_are_reported_and_not_taken_back,
    what_came_back_is_kept_for_who_is_there,
    times_are_cut_before_anything_follows_from_them,
    the_second_keying_is_blind,
    the_asked_values_are_keyed_blind,
    an_inspector_does_not_work_on_what_was_inspected,
);

/// Gives a person exactly these posts.
async fn posts(app: &TestApp, id: &'static str, posts: &'static [Post]) {
    app.app
        .write(move |tx| {
            Box::pin(async move {
                let mut person = tx.person(&PersonId::from(id)).await?.expect("a clerk");
                let held = person.posts[0].clone();
                person.posts = posts
                    .iter()
                    .map(|post| {
                        let mut held = held.clone();
                        held.post = *post;
                        held
                    })
                    .collect();
                tx.put_person(&person).await?;
                Ok(())
            })
        })
        .await
        .expect("posts are written");
    app.app.read_directory().await.expect("the directory is read");
}

async fn slip_of(case: &Held, who: &Client) -> Value {
    let view = who.get(&case.path()).await.expect_status(200);
    let id = view.text("/case/state/open/status/handed_over/slip");
    who.get(&format!("/api/slips/{id}")).await.expect_status(200).body
}

async fn a_case_given_again_is_received(app: TestApp) {
    let (intake, entry) = (app.intake_clerk("SH").await, app.entry_clerk("SH").await);
    let mut case = Held::registered(&intake, Paper::new("SH", 1)).await;
    case.command(&intake, json!({ "hand_over": {} })).await;
    case.command(&intake, json!({ "take_back": {} })).await;
    case.command(&intake, json!({ "hand_over": {} })).await;
    for _ in 0..2 {
        case.command(&entry, json!({ "confirm_receipt": { "counted": [9, 9] } })).await;
    }
    case.command(&entry, json!({ "report_difference": { "difference": "多页" } })).await;
    case.command(&intake, json!({ "hand_over": {} })).await;
    let slip = slip_of(&case, &entry).await;
    let lines = slip["lines"].as_array().expect("lines");
    let states: Vec<&str> = lines.iter().filter_map(|line| line["state"].as_str()).collect();
    assert_eq!(states, ["withdrawn", "different", "open"], "one slip, three lines of one case");
    let given: std::collections::BTreeSet<u64> =
        lines.iter().filter_map(|line| line["given"].as_u64()).collect();
    assert_eq!(given.len(), 3, "each line is named by when it was given");
    // What was stated when it was given before is what will be counted again: unseen, all of it.
    for line in lines {
        assert!(line["materials"].as_array().expect("papers").iter().all(|paper| paper["pages"].is_null()));
    }
    case.received_and_next(&entry, "entry").await;
    app.verify().await;
}

async fn nobody_receives_his_own_line_while_another_could(app: TestApp) {
    posts(&app, "SH1001", &[Post::Intake, Post::Entry]).await;
    let both = app.person("SH1001").await;
    let mut case = Held::registered(&both, Paper::new("SH", 1)).await;
    case.command(&both, json!({ "hand_over": {} })).await;
    let receipt = json!({ "confirm_receipt": { "counted": [2, 1] } });
    case.try_command(&both, &receipt).await.expect_problem(409, "own-line");
    // Nobody else of the receiving post is left.
    posts(&app, "SH2001", &[Post::Binding]).await;
    posts(&app, "SH2002", &[Post::Binding]).await;
    let view = both.get(&case.path()).await.expect_status(200);
    assert_eq!(view.number("/case/materials/0/pages"), 0, "counted unseen by the giver too");
    assert_eq!(slip_of(&case, &both).await["lines"][0]["materials"][0]["pages"], json!(null));
    case.command(&both, receipt).await;
    let view = both.get(&case.path()).await.expect_status(200);
    let arrived =
        view.body["events"].as_array().expect("events").last().expect("one")["fact"]["arrived"].clone();
    assert_eq!(arrived["own"], json!(true));
    let lead = app.lead("SH").await.get("/api/slips").await.expect_status(200);
    assert_eq!(lead.body["own"].as_array().map(Vec::len), Some(1), "a lead sees it");
    let clerk = both.get("/api/slips").await.expect_status(200);
    assert_eq!(clerk.body["own"], json!([]));
    app.verify().await;
}

async fn two_differing_counts_are_reported_and_not_taken_back(app: TestApp) {
    let (intake, entry) = (app.intake_clerk("SH").await, app.entry_clerk("SH").await);
    let mut case = Held::registered(&intake, Paper::new("SH", 1)).await;
    case.command(&intake, json!({ "hand_over": {} })).await;
    for _ in 0..2 {
        case.command(&entry, json!({ "confirm_receipt": { "counted": [9, 9] } })).await;
    }
    for who in [&intake, &app.lead("SH").await] {
        case.try_command(who, &json!({ "take_back": {} })).await.expect_problem(409, "both-counts-differed");
    }
    case.command(&entry, json!({ "report_difference": { "difference": "多页" } })).await;
}

async fn what_came_back_is_kept_for_who_is_there(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "recheck").await;
    let recheck = app.recheck_clerk("SH").await;
    case.claimed(&recheck).await;
    let back = json!({ "return_to": { "stage": "entry", "items": [1], "grounds": [{ "no_fault": "customer" }],
        "reason": "客户要求" } });
    case.command(&recheck, back).await;
    let (first, second) = (app.person("SH2001").await, app.person("SH2002").await);
    case.received(&second).await;
    assert_eq!(second.next("entry").await.status, 204, "kept for who entered it and is here");
    // On the next day only the other one has come.
    app.clock.pass(chrono::TimeDelta::hours(24));
    app.app.read_directory().await.expect("the directory of the day");
    drop(first);
    let second = app.person("SH2002").await;
    let next = second.next("entry").await.expect_status(200);
    assert_eq!(next.text("/case/case/id"), case.id);
}

async fn times_are_cut_before_anything_follows_from_them(app: TestApp) {
    let intake = app.intake_clerk("SH").await;
    let mut form = Paper::new("SH", 1).registration();
    form["registration"]["received_at"] = json!("2026-03-18T01:10:00.123456Z");
    form["registration"]["policy"]["as_of"] = json!("2026-03-18T01:00:00.000001Z");
    let answer = intake.order("/api/cases", &form).await.expect_status(200);
    assert_eq!(answer.text("/case/case/registration/received_at"), "2026-03-18T01:10:00.123Z");
    let path = format!("/api/cases/{}/commands", answer.text("/case/case/id"));
    let hold = json!({ "put_on_hold": { "reason": "等客户", "until": "2026-03-18T05:00:00.7654321Z", "moves_due": false } });
    intake.command(&path, answer.number("/version"), &hold).await.expect_status(200);
    app.verify().await;
}

/// Nothing of what was keyed stands in an answer, in whatever part of it.
fn hides(answer: &Value, paper: &Paper, digests: &[String]) {
    let text = answer.to_string();
    for value in [&paper.new_mobile, &paper.new_address, &"200120".to_owned(), &"138****".to_owned()] {
        assert!(!text.contains(value.as_str()), "{value} in {text}");
    }
    for digest in digests {
        assert!(!text.contains(digest.as_str()), "a digest in {text}");
    }
}

/// Digests of what was entered, as somebody sees them who keys nothing.
async fn digests(app: &TestApp, case: &Held) -> Vec<String> {
    let view = app.manager("SH").await.get(&case.path()).await.expect_status(200);
    let fields = &view.body["case"]["items"][0]["entered"]["fields"];
    let digests: Vec<String> = ["mobile", "address"]
        .iter()
        .filter_map(|key| Some(fields.pointer(&format!("/{key}/secret/digest"))?.as_str()?.to_owned()))
        .collect();
    assert_eq!(digests.len(), 2, "{fields}");
    digests
}

async fn the_second_keying_is_blind(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "entry").await;
    let (entry, other) = (app.entry_clerk("SH").await, app.person("SH2002").await);
    case.claimed(&entry).await;
    let lines = json!({ "time": true, "content": true, "material": true, "identity": true });
    case.command(&entry, json!({ "complete_review": { "lines": lines } })).await;
    let before = case.version;
    let fields = case.paper.fields();
    let done = case.command(&entry, json!({ "enter_change": { "item": 1, "fields": fields } })).await;
    let digests = digests(&app, &case).await;
    let paper = case.paper.clone();
    let view = entry.get(&case.path()).await.expect_status(200);
    assert_eq!(view.body["case"]["items"][0]["blind"], json!(true));
    // The answer, the view, a colleague's view, an answer to an old version, one of several, one sent again.
    hides(&done.body, &paper, &digests);
    hides(&view.body, &paper, &digests);
    hides(&other.get(&case.path()).await.expect_status(200).body, &paper, &digests);
    let note = json!({ "add_note": { "text": "备注" } });
    let path = format!("{}/commands", case.path());
    hides(&entry.command(&path, before, &note).await.expect_status(412).body, &paper, &digests);
    let several = json!({ "cases": [[case.id, before]], "command": { "unclaim": {} } });
    let answer = entry.order("/api/cases/bulk", &several).await.expect_status(200);
    assert_eq!(answer.body[0]["problem"]["status"], json!(412), "{}", answer.body);
    hides(&answer.body, &paper, &digests);
    for path in ["/api/queues", "/api/queues/entry?tab=mine", "/api/slips"] {
        hides(&entry.get(path).await.expect_status(200).body, &paper, &digests);
    }
    let found = entry.post("/api/search", &json!({ "text": case.number })).await.expect_status(200);
    hides(&found.body, &paper, &digests);
    let lists = app.manager("SH").await.get(&case.path()).await.expect_status(200);
    assert!(lists.body.to_string().contains(&digests[0]), "who keys nothing sees it masked");
    // A second keying that differs has been made: both are shown.
    let mut wrong = paper.key_fields();
    wrong["postal_code"] = json!({ "text": "200121" });
    let differs = case.command(&entry, json!({ "confirm_entry": { "item": 1, "key_fields": wrong } })).await;
    assert_eq!(differs.text("/case/case/items/0/entered/fields/postal_code/text"), "200120");
    let right = paper.key_fields();
    let confirmed =
        case.command(&entry, json!({ "confirm_entry": { "item": 1, "key_fields": right } })).await;
    assert!(confirmed.body.to_string().contains(&paper.new_mobile), "the holder sees full values");
}

async fn the_asked_values_are_keyed_blind(app: TestApp) {
    let mut case = Held::at(&app, Paper::new("SH", 1), "servicing").await;
    let (recheck, paper) = (app.recheck_clerk("SH").await, case.paper.clone());
    let digests = digests(&app, &case).await;
    // On its way to Recheck already: who will key it has not seen it.
    hides(&recheck.get(&case.path()).await.expect_status(200).body, &paper, &digests);
    let servicing = app.servicing_clerk("SH").await;
    case.claimed(&servicing).await;
    let view = servicing.get(&case.path()).await.expect_status(200);
    assert!(view.body.to_string().contains(&paper.new_mobile), "who services it works with it");
    case.serviced(&servicing).await;
    case.received(&recheck).await;
    let before = case.version;
    let next = recheck.next("recheck").await.expect_status(200);
    case.version = next.number("/case/case/version");
    hides(&next.body, &paper, &digests);
    assert_eq!(next.body["case"]["differences"], json!({}));
    assert_eq!(
        next.body["case"]["plain"].as_object().map_or(0, serde_json::Map::len),
        1,
        "the applicant's number alone"
    );
    hides(&recheck.get(&case.path()).await.expect_status(200).body, &paper, &digests);
    let path = format!("{}/commands", case.path());
    let old = recheck.command(&path, before - 4, &json!({ "add_note": { "text": "备注" } })).await;
    hides(&old.expect_status(412).body, &paper, &digests);
    for path in ["/api/queues", "/api/queues/recheck?tab=mine", "/api/slips"] {
        hides(&recheck.get(path).await.expect_status(200).body, &paper, &digests);
    }
    let pass = json!({ "pass_recheck": { "change": true, "entry": true, "fees": true } });
    let refused = case.try_command(&recheck, &pass).await;
    assert!(refused.status >= 400);
    hides(&refused.body, &paper, &digests);
    let asked = paper.asked();
    let keyed = case.command(&recheck, json!({ "key_asked": { "item": 1, "asked": asked } })).await;
    assert!(keyed.body.to_string().contains(&paper.new_address), "then it is compared on full values");
    assert!(!keyed.body["case"]["differences"]["1"].as_array().expect("rows").is_empty());
}

async fn an_inspector_does_not_work_on_what_was_inspected(app: TestApp) {
    let case = Held::at(&app, Paper::new("SH", 1), "servicing").await;
    let inspector = app.inspector("SH").await;
    let check = drawn(&app, &inspector).await;
    submit(&inspector, &check, &verdict(&check, None, &json!([]))).await.expect_status(200);
    app.app
        .write(|tx| {
            Box::pin(async move {
                let mut person = tx.person(&"SH8001".into()).await?.expect("the inspector");
                person.role = domain::actor::Role::Clerk;
                person.posts = tx.person(&"SH3001".into()).await?.expect("a clerk").posts;
                tx.put_person(&person).await?;
                Ok(())
            })
        })
        .await
        .expect("an inspector becomes a clerk");
    app.app.read_directory().await.expect("the directory is read");
    let clerk = app.person("SH8001").await;
    let claim =
        clerk.command(&format!("{}/commands", case.path()), case.version, &json!({ "claim": {} })).await;
    claim.expect_problem(403, "inspected");
}
