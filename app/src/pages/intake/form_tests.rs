use super::*;
use domain::actor::By;
use domain::case::state::Origin;
use domain::case::{Event, Fact};
use domain::catalogue::CatalogueVersion;
use domain::id::CaseId;
use domain::post::Stage;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a test day")
}

fn now() -> Timestamp {
    "2026-03-18T14:30:00+08:00".parse().expect("a test instant")
}

fn filled() -> Form {
    Form {
        policy_no: "310021846621".into(),
        product: "安衡终身寿险".into(),
        effective: Some(day("2019-06-12")),
        holder: "张立群".into(),
        insured: "张立群".into(),
        applicant: "张立群".into(),
        mobile: Secret::Plain("13812341234".into()),
        applied_on: Some(day("2026-03-17")),
        received_on: Some(day("2026-03-18")),
        received_time: "1405".into(),
        items: vec!["BC".into()],
        papers: vec![
            Paper {
                kind: "application".into(),
                form: MaterialForm::Original,
                copies: "1".into(),
                pages: "4".into(),
                back: false,
            },
            Paper {
                kind: "contract".into(),
                form: MaterialForm::Original,
                copies: String::new(),
                pages: String::new(),
                back: true,
            },
        ],
        ..Form::blank()
    }
}

#[test]
fn what_is_on_the_counter_was_received_this_minute() {
    let form = Form::begun(now());
    let received = form.received_at().expect("a day and a time");
    assert!(received <= now() && now() - received < chrono::TimeDelta::minutes(1));
    assert_eq!(Form { received_on: None, received_time: String::new(), ..form }, Form::blank());
}

fn made(form: &Form) -> Registration {
    let (registration, lacks) = form.read(&"SH".into(), now());
    assert_eq!(lacks, []);
    registration
}

fn lacks(form: &Form) -> Vec<(String, Why)> {
    form.read(&"SH".into(), now()).1.into_iter().map(|lack| (lack.at, lack.why)).collect()
}

#[test]
fn a_filled_form_is_a_registration() {
    let registration = made(&filled());
    assert_eq!(
        registration.received_at,
        "2026-03-18T14:05:00+08:00".parse::<Timestamp>().expect("an instant")
    );
    assert_eq!(registration.materials.len(), 1, "a paper without pages was not handed in");
    assert_eq!(registration.managing, "SH".into());
    assert_eq!(registration.document, None, "an applicant's document is written down where it was shown");
}

#[test]
fn what_is_missing_is_named() {
    let lacks = lacks(&Form::blank());
    for at in [
        "policy/policy_no",
        "policy/effective",
        "mobile",
        "applied_on",
        "received_on",
        "received_at",
        "items",
        "materials",
    ] {
        assert!(lacks.contains(&(format!("/registration/{at}"), Why::Missing)), "{at}");
    }
    assert!(!lacks.iter().any(|(at, _)| at.contains("agent")), "nobody acts for the applicant");
}

#[test]
fn what_is_filled_in_wrongly_is_not_missing() {
    let mut form = filled();
    form.papers[1].pages = "0".into();
    form.papers[1].copies = "1".into();
    form.free_look = "十五".into();
    form.received_time = "下午".into();
    form.amounts.insert(Amount::Loan, -100);
    assert_eq!(
        lacks(&form),
        [
            ("/registration/policy/free_look_days".to_owned(), Why::Count),
            ("/registration/received_at".to_owned(), Why::Time),
            ("/registration/materials/1/pages".to_owned(), Why::Count),
            ("/registration/policy/loan".to_owned(), Why::Rule(FieldRule::NotPositive)),
        ]
    );
}

#[test]
fn numbers_are_read_in_any_width() {
    let mut form = filled();
    form.policy_no = " ３１００-2184 6621".into();
    form.free_look = "１５".into();
    form.received_time = "１４：０５".into();
    form.papers[0].pages = "４".into();
    form.mobile = Secret::Plain("+86 138-1234-1234".into());
    let registration = made(&form);
    assert_eq!(registration.policy.policy_no.as_str(), "310021846621");
    assert_eq!((registration.policy.free_look_days, registration.materials[0].pages), (15, 4));
    assert_eq!(registration.mobile, Secret::Plain("13812341234".into()));
}

#[test]
fn a_document_begun_is_a_whole_one() {
    let mut form = filled();
    form.document.number = Secret::Plain("11010519491231002x".into());
    assert_eq!(lacks(&form), [("/registration/document/expires".to_owned(), Why::Missing)]);
    form.document.expires = "长期".into();
    let document = made(&form).document.expect("a document");
    assert_eq!((document.number, document.expires), (Secret::Plain("11010519491231002X".into()), None));
    form.by_agent = true;
    let places: Vec<String> = lacks(&form).into_iter().map(|(at, _)| at).collect();
    assert_eq!(places, ["name", "identity", "expires"].map(|part| format!("/registration/agent/{part}")));
}

#[test]
fn what_the_server_says_of_a_paper_stands_at_its_row() {
    let mut form = filled();
    form.papers[0].pages = String::new();
    form.papers[1].pages = "3".into();
    assert_eq!(form.place_on_form("/registration/materials/0/pages"), "/registration/materials/1/pages");
    assert_eq!(form.place_on_form("/registration/mobile"), "/registration/mobile");
}

/// A case that was registered so.
fn case_of(registration: &Registration) -> Case {
    let registered = Event {
        case: CaseId(uuid::Uuid::nil()),
        version: 1,
        at: now(),
        by: By::System,
        stage: Some(Stage::Intake),
        unit: "SH".into(),
        catalogue: CatalogueVersion(1),
        fact: Fact::Registered {
            number: "SH-260318-0001".to_owned(),
            accepting: "SH".into(),
            origin: Origin::Registered,
            registration: Box::new(registration.clone()),
            shortfalls: Vec::new(),
            paper: true,
            due_at: now(),
            breach_at: None,
        },
    };
    Case::registered(&registered).expect("a registration begins a case")
}

#[test]
fn a_registration_comes_back_as_it_was() {
    let registration = made(&filled());
    assert_eq!(made(&Form::of(&case_of(&registration))), registration);
}

#[test]
fn the_moment_of_receipt_of_a_case_stays() {
    let mut registration = made(&filled());
    registration.received_at = "2026-03-18T14:05:33.120+08:00".parse().expect("an instant");
    let form = Form::of(&case_of(&registration));
    assert_eq!(form.received_at(), Some(registration.received_at));
}
