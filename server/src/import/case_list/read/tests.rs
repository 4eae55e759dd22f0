use super::*;
use crate::import::File;
use domain::money::Money;

const MAPPING: &str = r#"
    source = "portal"
    constants = { group = "traditional", payment_mode = "annual", materials = "application;applicant_id:copy:1:2" }
    time.offset = "+08:00"
    [columns]
    number = "no"
    accepting = "unit"
    applicant = "name"
    mobile = "mobile"
    applied_on = "signed"
    received_at = "received"
    items = "what"
    policy_no = "policy"
    status = "status"
    effective = "since"
    premium = "premium"
    holder = "holder"
    insured = "holder"
    [words]
    items = { "地址" = "AM" }
    status = { "有效" = "in_force" }
"#;
const HEADER: &str = "no,unit,name,mobile,signed,received,what,policy,status,since,premium,holder\n";

fn list(rows: &str) -> List {
    let mapping: Mapping = toml::from_str(MAPPING).unwrap();
    let file = File::new(format!("{HEADER}{rows}").into_bytes());
    read(&mapping.table(&file).unwrap(), &mapping, "2026-03-18T02:00:00Z".parse().unwrap())
}

#[test]
fn a_list_too_long_for_one_transaction_says_so() {
    let row = |n: u64| {
        format!(
            "{n},SH01,王敏,13812341234,2026-03-18,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,1200.5,王敏\n"
        )
    };
    let long = list(&(0..=MOST_ROWS).map(row).collect::<String>());
    let [fault] = long.faults.first.as_slice() else { panic!("{}", long.faults) };
    assert_eq!((fault.rule, long.cases.len()), (Rule::TooManyRows, 0));
    assert!(list(&row(1)).faults.is_empty());
}

#[test]
fn a_row_is_a_registration() {
    let list = list(
        "1,SH01,王敏,13812341234,2026-03-18,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,1200.5,王敏\n",
    );
    assert!(list.faults.is_empty(), "{}", list.faults);
    let case = &list.cases[0].case;
    let form = &case.registration;
    assert_eq!((case.accepting.as_str(), form.items[0].as_str()), ("SH01", "AM"));
    assert_eq!(form.policy.premium, Money::fen(120_050));
    assert_eq!(form.received_at.to_rfc3339(), "2026-03-18T01:00:00+00:00");
    assert_eq!((form.materials.len(), form.materials[1].pages), (2, 2));
}

#[test]
fn every_fault_names_row_column_and_rule() {
    let rows = "1,SH01,王敏,13812341234,18.3.2026,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,1200,王敏\n\
        2,SH01,王敏,13812341234,2026-03-18,today,地址,310021846621,有效,2019-06-12,12.345,王敏\n\
        3,SH01,,13812341234,2026-03-18,2026-03-18 09:00,,310021846621,good,2019-06-12,-1,王敏\n\
        4,SH01,王敏,13812341234,2026-03-18,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,0,王敏\n\
        4,SH01,王敏,13812341234,2026-03-18,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,0,王敏\n";
    let list = list(rows);
    let mut faults: Vec<_> = list
        .faults
        .first
        .iter()
        .map(|fault| (fault.row.unwrap_or(0), fault.column.clone().unwrap_or_default(), fault.rule))
        .collect();
    faults.sort();
    let expected = [
        (2, "signed", Rule::Date),
        (3, "premium", Rule::Amount),
        (3, "received", Rule::Time),
        (4, "name", Rule::Required),
        (4, "premium", Rule::Amount),
        (4, "status", Rule::Unknown),
        (4, "what", Rule::Required),
        (6, "no", Rule::Twice),
    ];
    assert_eq!(faults, expected.map(|(row, column, rule)| (row, column.to_owned(), rule)));
    assert_eq!(list.cases.len(), 1);
}

/// What is said of a row in which one value is another: column, rule, and a part of what to do.
fn said(value: &str, other: &str) -> Vec<(String, Rule, String)> {
    let row =
        "1,SH01,王敏,13812341234,2026-03-18,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,1200.5,王敏\n";
    assert!(row.contains(value));
    let faults = list(&row.replacen(value, other, 1)).faults.first.into_iter();
    faults.map(|fault| (fault.column.unwrap_or_default(), fault.rule, fault.detail)).collect()
}

#[test]
fn what_spreadsheets_do_to_numbers_is_undone_or_said() {
    for (value, other) in [
        ("310021846621", "=\"310021846621\""),
        ("310021846621", "'310021846621"),
        ("310021846621", "\t3100 2184-6621\u{200b}"),
        ("13812341234", "+86 138-1234-1234"),
        ("2026-03-18 09:00", "2026年3月18日 9:00"),
        ("1200.5", "\"1,200.50\""),
        ("1200.5", "￥１２００.５０元"),
        ("地址", "地址；"),
    ] {
        assert_eq!(said(value, other), [], "{other}");
    }
    for (value, other, column, rule, what_to_do) in [
        ("310021846621", "3.10022E+11", "policy", Rule::Exponent, "form of a text"),
        ("310021846621", "31002", "policy", Rule::PolicyNumber, "mend"),
        ("13812341234", "1.38E+10", "mobile", Rule::Exponent, "form of a text"),
        ("13812341234", "021-5555", "mobile", Rule::Mobile, "eleven digits"),
        ("2026-03-18,", "46099,", "signed", Rule::Date, "time.serial"),
        ("2026-03-18 09:00", "03/04/2026 09:00", "received", Rule::Time, "time.order"),
        ("2019-06-12", "1019-06-12", "since", Rule::Date, "mend"),
        ("2019-06-12", "2109-06-12", "since", Rule::Date, "mend"),
        ("1200.5", "\"1,2000.5\"", "premium", Rule::Amount, "12480.50"),
        ("1200.5", "1.2E+3", "premium", Rule::Exponent, "12480.50"),
        ("王敏,13", "王\u{202e}敏,13", "name", Rule::Name, "U+202E"),
        ("王敏,13", "\"王\n敏\",13", "name", Rule::Name, "U+000A"),
        ("1,SH01", "合计,SH01", "no", Rule::Total, "take it away"),
        ("1,SH01", "1.2E+10,SH01", "no", Rule::Exponent, "form of a text"),
    ] {
        let faults = said(value, other);
        let [(named, broken, detail)] = faults.as_slice() else { panic!("{other}: {faults:?}") };
        assert_eq!((named.as_str(), *broken), (column, rule), "{other}");
        assert!(detail.contains(what_to_do), "{other}: {detail}");
    }
}

#[test]
fn numbers_with_zeros_in_front_are_different_cases_and_other_spellings_the_same() {
    let row = |no: &str| {
        format!(
            "{no},SH01,王敏,13812341234,2026-03-18,2026-03-18 09:00,地址,310021846621,有效,2019-06-12,0,王敏\n"
        )
    };
    let read = list(&["007", "07", "7", "a1"].map(row).concat());
    assert_eq!(
        read.cases.iter().map(|row| row.number.as_str()).collect::<Vec<_>>(),
        ["007", "07", "7", "a1"]
    );
    let twice = list(&["a1", "Ａ１\u{200b}"].map(row).concat());
    assert_eq!(
        twice.faults.first.iter().map(|fault| (fault.row, fault.rule)).collect::<Vec<_>>(),
        [(Some(3), Rule::Twice)]
    );
}
