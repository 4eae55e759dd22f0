use super::super::{case_list as lists, event_log as logs};
use super::*;

fn file(text: &str) -> File {
    File::new(text.as_bytes().to_vec())
}

/// What is written can be read, and reads the file it was written from.
fn read(text: &str) -> (String, logs::Log) {
    let file = file(text);
    let written = event_log(&file, "desk").unwrap_or_else(|faults| panic!("{faults}"));
    let mapping: logs::Mapping =
        toml::from_str(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
    let table = mapping.table(&file).unwrap_or_else(|faults| panic!("{faults}"));
    (written, logs::read(&table, &mapping))
}

#[test]
fn a_log_is_read_by_the_mapping_suggested_for_it() {
    let (written, log) = read(
        "案件号;环节;操作时间;操作人;渠道\n1;登记;2026-03-05 09:00;甲;柜面\n1;录入;2026-03-05 10:00;乙;\n1;复核;2026-03-05 11:00;丙;\n",
    );
    assert!(log.faults.is_empty(), "{}\n{written}", log.faults);
    let stages: Vec<&str> = log.cases[0].steps.iter().map(|step| step.stage.as_str()).collect();
    assert_eq!(stages, ["intake", "entry", "recheck"]);
    assert!(written.contains("delimiter = \";\"") && written.contains("resource = \"操作人\""), "{written}");
}

#[test]
fn dates_life_cycles_and_days_are_seen() {
    let (written, log) =
        read("case,activity,time,state\nA,in,25/03/2026 09:00,start\nA,in,25/03/2026 09:30,complete\n");
    assert!(log.faults.is_empty(), "{}\n{written}", log.faults);
    assert!(log.cases[0].steps[0].started_at.is_some());
    assert!(written.contains("order = \"dmy\"") && written.contains("[lifecycle]"), "{written}");
    let (written, log) = read("case,activity,time\nA,in,2026-03-05\n");
    assert!(log.faults.is_empty() && log.cases[0].by_day, "{}\n{written}", log.faults);
    let (written, log) = read("case,activity,time\nA,in,1772672400\n");
    assert!(log.faults.is_empty() && written.contains("epoch_s"), "{}\n{written}", log.faults);
    let doubtful =
        event_log(&file("case,activity,time\nA,in,03/04/2026 09:00\n"), "desk").unwrap_or_default();
    assert!(doubtful.contains("# order = \"\" # ?"), "{doubtful}");
}

#[test]
fn a_list_is_read_once_its_open_words_are_filled_in() {
    let text = "受理号,受理机构,申请人,手机号,申请日期,收件时间,保全项目,资料,保单号,险种,保单状态,生效日,交至日,期交保费,现金价值,投保人,被保险人\n\
        P-1,SH01,顾文娟,13900000016,46356,46356.3819444,联系方式变更,申请书:original:1:2,310009084016,安衡,有效,2019-06-12,2027-06-12,12480.50,0,顾文娟,沈嘉树\n";
    let written = case_list(&file(text), "portal").unwrap_or_else(|faults| panic!("{faults}"));
    let filled = written
        .replace("# \"联系方式变更\" = \"\"", "\"联系方式变更\" = \"AM\"")
        .replace("# \"申请书\" = \"\"", "\"申请书\" = \"application\"");
    assert_ne!(filled, written);
    let mapping: lists::Mapping = toml::from_str(&filled).unwrap_or_else(|error| panic!("{error}\n{filled}"));
    let file = file(text);
    let table = mapping.table(&file).unwrap_or_else(|faults| panic!("{faults}"));
    let now = "2026-11-30T02:00:00Z".parse().expect("a time");
    let list = lists::read(&table, &mapping, now);
    assert!(list.faults.is_empty(), "{}\n{filled}", list.faults);
    let form = &list.cases[0].case.registration;
    assert_eq!((form.items[0].as_str(), form.materials[0].kind.as_str()), ("AM", "application"));
    assert_eq!(form.received_at.to_rfc3339(), "2026-11-30T01:10:00+00:00");
}
