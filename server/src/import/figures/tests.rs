use super::super::event_log::{Mapping, read};
use super::*;
use domain::api::case::ImportedCase;
use domain::id::CaseId;
use uuid::Uuid;

const MAPPING: &str = r#"
    source = "desk"
    unit.code = "HQ"
    columns = { case = "case", activity = "what", time = "at", resource = "who", group = "where", end = "end" }
    activities = [
        { name = "in", stage = "intake" },
        { name = "check", stage = "recheck" },
        { name = "mend", stage = "servicing", kind = "rework" },
    ]
"#;

const LOG: &str = "case,what,at,who,where,end\n\
    a,check,2026-01-31T23:59:59.999Z,W,,2026-03-01T00:00:00Z\n\
    a,in,2026-01-31T08:00:00Z,V,,2026-03-01T00:00:00Z\n\
    a,mend,2026-02-02T08:00:00Z,W,North,2026-03-01T00:00:00Z\n\
    b,in,2026-02-01T00:00:00Z,,North,\n";

fn count(log: &str) -> Figures {
    let mapping: Mapping = toml::from_str(MAPPING).unwrap();
    let file = super::super::File::new(log.as_bytes().to_vec());
    let log = read(&mapping.table(&file).unwrap(), &mapping);
    assert!(log.faults.is_empty(), "{}", log.faults);
    let mut counting = Counting::default();
    for case in log.cases {
        counting.case(&ImportedCase {
            id: CaseId(Uuid::nil()),
            source: "desk".into(),
            number: case.number,
            channel: case.channel,
            department: case.department,
            deadline: case.deadline,
            end: case.end,
            by_day: case.by_day,
            steps: case.steps,
            notes: Vec::new(),
        });
    }
    counting.figures("desk")
}

#[test]
fn counts_by_hand() {
    let figures = count(LOG);
    assert_eq!((figures.cases, figures.events, figures.activities), (2, 4, 3));
    assert_eq!((figures.resources, figures.resource_pairs, figures.resource_handovers), (2, 2, 1));
    // Of the steps of case a only one has a group: no pair is known.
    assert_eq!((figures.groups, figures.group_pairs, figures.group_handovers), (1, 0, 0));
    assert_eq!((figures.variants, figures.top_variant_cases, figures.zero_duration), (2, 1, 1));
    assert_eq!((figures.rework_cases_with_adjust, figures.with_enddate), (1, 1));
    assert_eq!(figures.duration_mean, Some(24.0));
    let open: Vec<_> = figures.open_at_end_of_month.values().copied().collect();
    assert_eq!(open, [1]);
}

#[test]
fn times_and_hours_read_as_published() {
    let json = serde_json::to_value(count(LOG)).unwrap();
    assert_eq!(json["first"], "2026-01-31 08:00:00.000000+00:00");
    assert_eq!(json["duration mean (h)"], 24.0);
    assert_eq!(json["events_by_activity"]["in"]["post"], "Intake");
}
