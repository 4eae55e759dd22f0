use super::*;

fn numbers(stage: Stage) -> Vec<u8> {
    check_points_for(stage).iter().map(|point| point.number.number()).collect()
}

#[test]
fn tables_stand_in_the_order_of_their_codes() {
    for (index, point) in (1..).zip(&CHECK_POINTS) {
        assert_eq!(point.number.number(), index);
        assert!(point.label.is_complete());
        assert_eq!(point.number.spec().wording, point.wording);
    }
    for (index, point) in (1..).zip(&ERROR_POINTS) {
        assert_eq!(point.code.number(), index);
        assert_eq!(point.code.as_str(), format!("E{index:02}"));
        assert_eq!(ErrorPoint::parse(point.code.as_str()), Some(point.code));
        assert!(point.label.is_complete() && !point.posts.is_empty());
    }
    assert_eq!(ErrorPoint::parse("E15"), None);
}

#[test]
fn stages_have_as_many_points_as_the_document_lists() {
    let counts: Vec<usize> = PointStage::ALL
        .into_iter()
        .map(|stage| CHECK_POINTS.iter().filter(|point| point.stage == stage).count())
        .collect();
    assert_eq!(counts, [3, 2, 5, 3, 2, 1, 1]);
    assert!(PointStage::ALL.into_iter().map(PointStage::number).eq(1..=7));
    assert!(CHECK_POINTS.is_sorted_by_key(|point| point.stage.number()));
}

#[test]
fn points_of_the_post_apply_and_those_of_every_post() {
    assert_eq!(numbers(Stage::Intake), [1, 2, 3, 16, 17]);
    assert_eq!(numbers(Stage::Entry), [4, 5, 16, 17]);
    assert_eq!(numbers(Stage::Servicing), [6, 7, 8, 9, 10, 16, 17]);
    assert_eq!(numbers(Stage::Recheck), [11, 12, 13, 16, 17]);
    assert_eq!(numbers(Stage::Binding), [14, 15, 16, 17]);
    assert_eq!(numbers(Stage::FinalCheck), numbers(Stage::Recheck));
}

/// Reference, part 6.3: the word each sentence ends in.
#[test]
fn basis_is_the_word_of_the_sentence() {
    for point in &CHECK_POINTS {
        let word = match point.basis {
            Basis::Standard => "符合操作标准",
            Basis::Process => "符合操作流程",
            Basis::Requirement => "要求",
            Basis::Rule => "是否规范",
            Basis::Authority => "符合操作权限",
        };
        assert!(point.wording.contains(word), "{}: {}", point.number, point.wording);
    }
}

#[test]
fn critical_points_are_the_company_set_five() {
    let critical: Vec<u8> =
        CHECK_POINTS.iter().filter(|point| point.critical).map(|point| point.number.number()).collect();
    assert_eq!(critical, [4, 7, 8, 12, 17]);
}

/// Quality §3: check points 2, 5, 6 and 17 have no error point of their own; every error point has a way in.
#[test]
fn suggestions_cover_every_error_point() {
    for point in &CHECK_POINTS {
        let none = matches!(point.number.number(), 2 | 5 | 6 | 17);
        assert_eq!(point.suggests.is_empty(), none, "{}", point.number);
    }
    for error in ErrorPoint::ALL {
        assert!(CHECK_POINTS.iter().any(|point| point.suggests.contains(&error)), "{error}");
    }
}

#[test]
fn wire_names_are_stable() {
    let wire = |value: serde_json::Result<String>| value.unwrap_or_default();
    assert_eq!(wire(serde_json::to_string(&ErrorPoint::E05)), "\"E05\"");
    assert_eq!(wire(serde_json::to_string(&CHECK_POINTS[16].number)), "17");
    for verdict in Verdict::ALL {
        assert_eq!(wire(serde_json::to_string(&verdict)), format!("\"{}\"", verdict.as_str()));
    }
    for severity in Severity::ALL {
        assert_eq!(wire(serde_json::to_string(&severity)), format!("\"{}\"", severity.as_str()));
    }
    for cause in Cause::ALL {
        assert_eq!(wire(serde_json::to_string(&cause)), format!("\"{}\"", cause.as_str()));
    }
    assert!(serde_json::from_str::<CheckPoint>("0").is_err());
    assert!(serde_json::from_str::<CheckPoint>("18").is_err());
}

#[test]
fn severity_orders_by_weight() {
    assert!(Severity::Major > Severity::Ordinary && Severity::Ordinary > Severity::Minor);
}
