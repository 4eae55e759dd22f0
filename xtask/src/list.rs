//! Work for the clerks: a list of invented cases in the columns of the documented mapping.

use std::fmt::Write;
use std::ops::Range;

use chrono::{DateTime, Datelike, FixedOffset, TimeDelta};

/// Columns that `docs/case-list-mapping.toml` names.
const COLUMNS: &str = "受理号,受理机构,申请人,手机号,申请日期,收件时间,保全项目,资料,保单号,险种,保单状态,生效日,交至日,期交保费,现金价值,投保人,被保险人";

/// Most rows `plumbline import case-list` takes in one file.
const MOST: u32 = 4_000;

/// The cases of these numbers as the texts of files, none with more rows than are taken at once.
pub fn files(cases: Range<u32>, units: &[&str], now: DateTime<FixedOffset>) -> impl Iterator<Item = String> {
    let end = cases.end;
    cases.step_by(MOST as usize).map(move |first| invent(first..end.min(first + MOST), units, now))
}

/// The cases of these numbers, received a moment ago, dealt out to the units in turn.
fn invent(cases: Range<u32>, units: &[&str], now: DateTime<FixedOffset>) -> String {
    let received = now - TimeDelta::minutes(2);
    let (day, minute) = (received.format("%Y-%m-%d"), received.format("%Y-%m-%d %H:%M"));
    let paid_to = received.year() + 1;
    let mut text = format!("{COLUMNS}\n");
    for (case, unit) in cases.zip(units.iter().cycle()) {
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "B-{case},{unit},顾文娟,139{case:08},{day},{minute},联系方式变更,申请书:original:1:2;身份证:copy,\
             31{case:08},安衡终身寿险,有效,2019-06-12,{paid_to}-06-12,12480.50,0,顾文娟,沈嘉树"
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_every_column_and_go_to_the_units_in_turn() {
        let now = DateTime::parse_from_rfc3339("2026-03-18T00:01:30+08:00").unwrap();
        let text = invent(0..3, &["SH", "GD01"], now);
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        assert_eq!([rows[1][1], rows[2][1], rows[3][1]], ["SH", "GD01", "SH"]);
        // Two minutes before are the day before.
        assert_eq!((rows[1][4], rows[1][5]), ("2026-03-17", "2026-03-17 23:59"));
    }

    #[test]
    fn many_cases_come_in_files_that_are_taken_and_each_case_once() {
        let now = DateTime::parse_from_rfc3339("2026-03-18T00:01:30+08:00").unwrap();
        let rows: Vec<usize> = files(0..10_000, &["SH"], now).map(|text| text.lines().count() - 1).collect();
        assert_eq!(rows, [4_000, 4_000, 2_000]);
        assert!(files(0..4_001, &["SH"], now).last().unwrap().contains("B-4000,"));
    }
}
