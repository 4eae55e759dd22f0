use super::*;
use crate::import::File;

const MAPPING: &str = r#"
    source = "desk"
    unit.code = "HQ"
    activities = [{ name = "in", stage = "intake" }, { name = "out", stage = "binding" }]
    [columns]
    case = "case"
    activity = "what"
    time = "at"
    step = "id"
    resource = "who"
    channel = "channel"
    end = "end"
"#;
const HEADER: &str = "case,what,at,id,who,channel,end\n";

fn mapping(more: &str) -> Mapping {
    toml::from_str(&format!("{more}\n{MAPPING}")).expect("a mapping")
}

fn log(mapping: &Mapping, text: &str) -> Log {
    let table =
        mapping.table(&File::new(text.as_bytes().to_vec())).unwrap_or_else(|faults| panic!("{faults}"));
    read(&table, mapping)
}

fn told(log: Log) -> Vec<(Option<u64>, Option<String>, Rule)> {
    log.faults.first.into_iter().map(|fault| (fault.row, fault.column, fault.rule)).collect()
}

fn value(row: u64, column: &str, rule: Rule) -> (Option<u64>, Option<String>, Rule) {
    (Some(row), Some(column.to_owned()), rule)
}

#[test]
fn every_fault_names_row_column_and_rule() {
    let rows = "c1,in,2026-01-01T08:00:00Z,1,,Desk,\n\
        ,in,2026-01-01T08:00:00Z,2,,Desk,\n\
        c1,dance,2026-01-01T08:00:00Z,3,,Desk,\n\
        c1,out,yesterday,4,,Desk,\n\
        c1,out,2026-01-01T09:00:00Z,1,,Desk,\n\
        c1,in,2026-01-01T08:00:00Z,1,,Desk,\n\
        c1,out,2026-01-01T09:00:00Z,5,,Post,\n\
        c1,out,2026-01-01T09:00:00Z,6,,Desk,soon\n\
        合计,8,,,,,\n\
        1.39E+10,in,2026-01-01T08:00:00Z,7,,,\n";
    let expected = [
        value(3, "case", Rule::Required),
        value(4, "what", Rule::Activity),
        value(5, "at", Rule::Time),
        value(6, "id", Rule::Twice),
        (Some(7), None, Rule::Twice),
        value(8, "channel", Rule::Differs),
        value(9, "end", Rule::Time),
        value(10, "case", Rule::Total),
        value(10, "what", Rule::Activity),
        value(10, "at", Rule::Required),
        value(11, "case", Rule::Exponent),
    ];
    assert_eq!(told(log(&mapping(""), &format!("{HEADER}{rows}"))), expected);
}

#[test]
fn columns_the_file_lacks_are_all_named() {
    let names: Vec<_> = told(log(&mapping(""), "case,what\nc1,in\n"));
    let expected = ["at", "id", "who", "channel", "end"].map(|name| value(1, name, Rule::ColumnMissing));
    assert_eq!(names, expected);
}

#[test]
fn steps_stand_in_the_order_of_time_and_else_of_the_file() {
    let rows = "c1,out,2026-01-02T08:00:00.0006Z,3,B,Desk,\n\
        c1,in,2026-01-01T08:00:00Z,1,A,Desk,\n\
        c1,in,2026-01-02T08:00:00.0001Z,2,C,Desk,\n\
        c1,out,2026-01-01T08:00:00Z,4,D,Desk,\n\
        c2,in,2026-01-01T08:00:00Z,5,,Desk,2026-01-01T08:00:00Z\n";
    let log = log(&mapping(""), &format!("{HEADER}{rows}"));
    assert!(log.faults.is_empty(), "{}", log.faults);
    let who: Vec<_> = log.cases[0].steps.iter().filter_map(|step| step.resource.as_deref()).collect();
    assert_eq!(who, ["A", "D", "C", "B"]);
    assert_eq!(log.cases[0].rows, [3, 5, 4, 2]);
    assert_eq!([log.cases[0].open, log.cases[1].open], [true, false]);
}

#[test]
fn rows_that_are_the_same_are_what_the_mapping_says() {
    let text =
        "case,what,at,id,who,channel,end\nc1,in,2026-01-01T08:00:00Z,,,,\nc1,in,2026-01-01T08:00:00Z,,,,\n";
    assert_eq!(told(log(&mapping(""), text)), [(Some(3), None, Rule::Twice)]);
    let once = log(&mapping("identical_rows = \"once\""), text);
    assert_eq!((once.steps(), once.notes.len()), (1, 1));
    assert_eq!(log(&mapping("identical_rows = \"each\""), text).steps(), 2);
}

#[test]
fn an_activity_ends_a_case_where_the_mapping_says_so() {
    let mapping: Mapping = toml::from_str(
        r#"
        source = "desk"
        unit.code = "HQ"
        unknown = ["n/a"]
        columns = { case = "case", activity = "what", time = "at", resource = "who" }
        activities = [{ name = "in", stage = "intake" }, { name = "out", stage = "binding", ends = true }]
        "#,
    )
    .expect("a mapping");
    let text = "case,what,at,who\na,in,2026-01-01T08:00:00Z,N/A\na,out,2026-01-02T08:00:00Z,X\nb,In ,2026-01-01T08:00:00Z,-\n";
    let log = log(&mapping, text);
    assert!(log.faults.is_empty(), "{}", log.faults);
    assert_eq!([log.cases[0].open, log.cases[1].open], [false, true]);
    assert_eq!(log.cases[0].steps[0].resource, None, "a word for nobody is nobody");
    assert_eq!(log.cases[1].steps[0].activity, "in", "the mapping's spelling is kept");
}

#[test]
fn an_activity_twice_in_the_mapping_says_so() {
    let text = MAPPING.replace("\"out\"", "\"in\"");
    let mapping: Mapping = toml::from_str(&text).expect("a mapping");
    let log = log(&mapping, &format!("{HEADER}c1,in,2026-01-01T08:00:00Z,1,,,\n"));
    assert_eq!(told(log), [(None, None, Rule::Twice)]);
}
