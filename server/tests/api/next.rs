//! Get-next: nobody is given what another has, nobody leaves an earlier case behind.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::case::{Held, Paper};
use crate::support::{TestApp, on_both_engines};

on_both_engines!(a_race_gives_every_case_once, the_answer_says_why, what_the_rules_refuse_is_passed_over);

async fn a_race_gives_every_case_once(app: TestApp) {
    const CASES: u32 = 24;
    let intake = app.intake_clerk("SH").await;
    let receiver = app.person("SH2001").await;
    for no in 1..=CASES {
        let mut case = Held::registered(&intake, Paper::new("SH", no)).await;
        case.command(&intake, json!({ "hand_over": {} })).await;
        case.received(&receiver).await;
    }
    let clerks = [app.person("SH2001").await, app.person("SH2002").await];
    let workers = (0..8).map(|worker| {
        let clerk = clerks[worker % 2].clone();
        async move {
            let mut taken = Vec::new();
            loop {
                let answer = clerk.next("entry").await;
                if answer.status == 204 {
                    return taken;
                }
                taken.push(answer.expect_status(200).text("/case/case/id"));
            }
        }
    });
    let taken: Vec<String> = futures::future::join_all(workers).await.into_iter().flatten().collect();
    assert_eq!(taken.len(), CASES as usize);
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), CASES as usize);
    app.verify().await;
}

async fn the_answer_says_why(app: TestApp) {
    for no in 1..=2 {
        Held::at(&app, Paper::new("SH", no), "entry").await;
    }
    let third = Held::at(&app, Paper::new("SH", 3), "entry").await;
    let lead = app.lead("SH").await;
    let priority = json!({ "set_priority": { "priority": "complaint", "reason": "投诉件" } });
    third.try_command(&lead, &priority).await.expect_status(200);
    let entry = app.entry_clerk("SH").await;
    let next = entry.next("entry").await.expect_status(200);
    assert_eq!(next.text("/case/case/id"), third.id);
    let reason = next.body["reason"].as_array().expect("reasons");
    assert!(reason.contains(&json!({ "priority": "complaint" })), "{reason:?}");
    assert!(reason.contains(&json!({ "before_others": 2 })), "{reason:?}");
    assert!(reason.iter().any(|reason| reason.get("post_due").is_some()), "{reason:?}");
}

async fn what_the_rules_refuse_is_passed_over(app: TestApp) {
    // Who entered it may hold the post of recheck too, and is not given it.
    app.app
        .write(|tx| {
            Box::pin(async move {
                let id = "SH2001".into();
                let mut person = tx.person(&id).await?.expect("a clerk");
                let mut both = person.posts[0].clone();
                both.post = domain::post::Post::Recheck;
                person.posts.push(both);
                tx.put_person(&person).await?;
                Ok(())
            })
        })
        .await
        .expect("a post is added");
    app.app.read_directory().await.expect("the directory is read");
    let case = Held::at(&app, Paper::new("SH", 1), "recheck").await;
    let both = app.person("SH2001").await;
    assert_eq!(both.next("recheck").await.status, 204);
    case.try_command(&both, &json!({ "claim": {} })).await.expect_problem(403, "separation");
    let other = app.recheck_clerk("SH").await;
    assert_eq!(other.next("recheck").await.expect_status(200).text("/case/case/id"), case.id);
}
