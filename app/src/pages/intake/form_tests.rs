use super::*;

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

#[test]
fn a_filled_form_is_a_registration() {
    let registration = filled().registration(&"SH".into(), now()).expect("everything is filled in");
    assert_eq!(
        registration.received_at,
        "2026-03-18T14:05:00+08:00".parse::<Timestamp>().expect("an instant")
    );
    assert_eq!(registration.materials.len(), 1, "a paper without pages was not handed in");
    assert_eq!(registration.managing, "SH".into());
}

#[test]
fn what_is_missing_is_named() {
    let gaps = Form::blank().registration(&"SH".into(), now()).expect_err("nothing is filled in");
    for gap in [
        Gap::PolicyNo,
        Gap::Effective,
        Gap::Mobile,
        Gap::AppliedOn,
        Gap::ReceivedAt,
        Gap::Items,
        Gap::Materials,
    ] {
        assert!(gaps.contains(&gap), "{gap:?}");
    }
    assert!(!gaps.contains(&Gap::AgentName), "nobody acts for the applicant");
}

#[test]
fn a_paper_needs_copies_and_pages() {
    let mut form = filled();
    form.papers[1].pages = "0".into();
    assert_eq!(form.registration(&"SH".into(), now()), Err(vec![Gap::Material(1)]));
}

#[test]
fn a_registration_comes_back_as_it_was() {
    let registration = filled().registration(&"SH".into(), now()).expect("everything is filled in");
    let again = Form::of(&registration, &"SH".into()).registration(&"SH".into(), now());
    assert_eq!(again, Ok(registration));
}

#[test]
fn the_moment_of_receipt_of_a_case_stays() {
    let mut registration = filled().registration(&"SH".into(), now()).expect("everything is filled in");
    registration.received_at = "2026-03-18T14:05:33.120+08:00".parse().expect("an instant");
    let form = Form::of(&registration, &"SH".into());
    assert_eq!(form.received_at(), Some(registration.received_at));
}

#[test]
fn times_are_read_as_people_type_them() {
    let at = |h, m| NaiveTime::from_hms_opt(h, m, 0);
    assert_eq!(
        [parse_time("14:05"), parse_time("1405"), parse_time("9：30")],
        [at(14, 5), at(14, 5), at(9, 30)]
    );
    assert_eq!([parse_time("25:00"), parse_time("140"), parse_time("")], [None, None, None]);
}
