use super::*;

fn read(text: &str, columns: &[&str]) -> Table {
    let layout = Layout { columns, ..Layout::default() };
    Table::read(text.as_bytes(), &layout).unwrap_or_else(|fault| panic!("{fault}"))
}

fn rows(table: &Table) -> Vec<(u64, Vec<&str>)> {
    table.rows.iter().map(|(row, record)| (*row, record.iter().collect())).collect()
}

fn fault(bytes: &[u8], columns: &[&str]) -> (Rule, Option<u64>) {
    let layout = Layout { columns, ..Layout::default() };
    let fault = Table::read(bytes, &layout).expect_err("a fault");
    (fault.rule, fault.row)
}

#[test]
fn reads_what_the_standard_describes() {
    let table = read("\u{feff}a,b\r\n1,\"x,\"\"y\"\"\r\nz\"\r\n\r\n,\n3,last", &["a", "b"]);
    assert_eq!(rows(&table), [(2, vec!["1", "x,\"y\"\r\nz"]), (5, vec!["3", "last"])]);
    assert_eq!(table.blank, 1, "a row of blanks is passed over");
}

#[test]
fn lines_may_end_in_cr_alone_and_delimiters_are_found() {
    assert_eq!(rows(&read("a,b\r1,2\r", &["a", "b"])), [(2, vec!["1", "2"])]);
    assert_eq!(rows(&read("a;b\n1,5;2\n", &["a", "b"])), [(2, vec!["1,5", "2"])]);
    let table = read("sep=;\na;b\n1;2\n", &["a", "b"]);
    assert_eq!(
        (rows(&table), table.header_row(), table.taken().delimiter.as_str()),
        (vec![(3, vec!["1", "2"])], 2, "semicolon")
    );
}

#[test]
fn says_what_makes_a_file_unreadable() {
    assert_eq!(fault(b"", &[]), (Rule::Empty, None));
    assert_eq!(fault(b"\n\n", &[]), (Rule::Empty, None));
    assert_eq!(fault(b"a,b\n", &[]), (Rule::NoRows, None));
    assert_eq!(fault(b"a,b\n1,\xff\n", &[]), (Rule::Encoding, Some(2)));
    assert_eq!(fault(b"a,b\n1,2\n3,\0\n", &[]), (Rule::Nul, Some(3)));
    assert_eq!(fault(b"a,b\n1,\"2\n3,4\n", &[]), (Rule::Quotes, Some(2)));
    assert_eq!(fault("清单,,\na,b,c\n1,2,3\n".as_bytes(), &["a", "b"]), (Rule::Header, Some(1)));
    assert_eq!(fault("a,b\n1,2\n\u{feff}a,b\n3,4\n".as_bytes(), &["a", "b"]), (Rule::Header, Some(3)));
}

#[test]
fn a_header_below_the_first_row_is_named_in_the_mapping() {
    let layout = Layout { columns: &["a", "b"], header: Some(2), ..Layout::default() };
    let table = Table::read("清单,\na,b\n1,2\n".as_bytes(), &layout).expect("a table");
    assert_eq!((rows(&table), table.header_row()), (vec![(3, vec!["1", "2"])], 2));
}

#[test]
fn columns_nobody_reads_do_not_matter_unless_the_mapping_says_so() {
    let text = "a,,,note,note\n1,,,x,y\n";
    let table = read(text, &["a"]);
    assert_eq!(table.column("a"), Ok(0));
    assert_eq!(table.column("note").map_err(|fault| fault.rule), Err(Rule::ColumnTwice));
    assert_eq!(table.column("b").map_err(|fault| fault.rule), Err(Rule::ColumnMissing));
    let layout = Layout { columns: &["a"], only_named: true, ..Layout::default() };
    let strict = Table::read(text.as_bytes(), &layout).map_err(|fault| (fault.rule, fault.column));
    assert_eq!(strict, Err((Rule::Unmapped, Some("note".to_owned()))));
}

#[test]
fn rows_of_another_length_are_named() {
    let long = format!("a,b\n1\n1,2\n1,2,3\n1,2,,\n1,{}\n", "长".repeat(LONGEST + 1));
    let table = read(&long, &["a", "b"]);
    let mut faults = Faults::default();
    assert_eq!(table.whole_rows(&[0], &mut faults).len(), 3);
    let told: Vec<_> = faults.first.iter().map(|fault| (fault.row, fault.rule)).collect();
    assert_eq!(told, [(Some(2), Rule::Columns), (Some(4), Rule::Columns)]);
    table.whole_rows(&[0, 1], &mut faults);
    assert_eq!(faults.first.last().map(|fault| (fault.row, fault.rule)), Some((Some(6), Rule::TooLong)));
}
