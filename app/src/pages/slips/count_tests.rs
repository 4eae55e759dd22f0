use super::*;
use domain::api::slip::LineMaterial;
use domain::time::Timestamp;
use uuid::Uuid;

fn line(n: u128, materials: usize, counts: u8) -> SlipLine {
    SlipLine {
        case: CaseId(Uuid::from_u128(n)),
        version: 3,
        given: 3,
        number: format!("SH-260318-{n:04}"),
        policy_no: "310019862214".into(),
        items: vec!["CT".into()],
        giver: "SH1".into(),
        returned: false,
        materials: (0..materials)
            .map(|_| LineMaterial { kind: "application".into(), copies: 1, pages: None })
            .collect(),
        counts,
        state: LineState::Open,
        since: Timestamp::UNIX_EPOCH,
        settled_at: None,
        settled_by: None,
        difference: None,
    }
}

#[test]
fn a_line_is_complete_when_every_material_is_counted() {
    let (line, mut counts) = (line(1, 2, 0), Counts::default());
    assert_eq!(counts.standing(&line), Standing::ToCount);
    counts.set(&line, 0, "4".into());
    assert_eq!(counts.standing(&line), Standing::Counting { done: 1, all: 2 });
    counts.set(&line, 1, "x".into());
    assert_eq!(counts.complete(&line), None);
    counts.set(&line, 1, "３６".into());
    assert_eq!((counts.complete(&line), counts.standing(&line)), (Some(vec![4, 36]), Standing::Complete));
}

#[test]
fn a_differing_count_is_counted_anew_unseen() {
    let (first, mut counts) = (line(1, 1, 0), Counts::default());
    counts.set(&first, 0, "4".into());
    let second = line(1, 1, 1);
    assert_eq!((counts.pages(&second, 0), counts.standing(&second)), (String::new(), Standing::ToCount));
    assert_eq!(counts.standing(&line(1, 1, 2)), Standing::Differs);
}

#[test]
fn a_scan_finds_its_line() {
    let lines = [line(52, 1, 0), line(44, 1, 0), line(1044, 1, 0)];
    assert_eq!(find(&lines, "SH-260318-0052"), Some(lines[0].key()));
    assert_eq!(find(&lines, "SH-260318-0052K"), Some(lines[0].key()), "with its check character");
    assert_eq!(find(&lines, "0044"), Some(lines[1].key()));
    assert_eq!(find(&lines, "44"), None, "too short");
    assert_eq!(find(&lines, "9999"), None);
}

#[test]
fn given_again_the_open_line_is_found_and_counted_anew() {
    let mut before = line(52, 1, 0);
    before.state = LineState::Withdrawn;
    let mut different = line(52, 1, 2);
    (different.state, different.given) = (LineState::Different, 6);
    let mut again = line(52, 1, 0);
    again.given = 9;
    let lines = [before.clone(), different, again.clone()];
    for text in ["SH-260318-0052", "0052"] {
        assert_eq!(find(&lines, text), Some(again.key()), "{text}");
    }
    let mut counts = Counts::default();
    counts.set(&before, 0, "4".into());
    assert_eq!(counts.pages(&again, 0), "", "what was typed before it was taken back is void");
    counts.set(&again, 0, "5".into());
    assert_eq!((counts.complete(&again), counts.standing(&again)), (Some(vec![5]), Standing::Complete));
    assert_eq!(counts.standing(&before), Standing::Settled(LineState::Withdrawn));
}
