//! A mapping of an event log.

use std::collections::BTreeMap;

use domain::text::trimmed;

use super::super::event_log::tells_life;
use super::super::{Faults, File, Table};
use super::{Draft, LOOKED_AT, columns, quoted, table, times};

/// Most activities that are written down: a column with more is not the one of activities.
const ACTIVITIES: usize = 300;

/// What an activity's name says of its stage.
const STAGES: [(&str, &[&str]); 5] = [
    ("recheck", &["复核", "审核", "核对", "检查", "check", "review", "verify", "recheck"]),
    (
        "binding",
        &[
            "批单", "打印", "发放", "下发", "归档", "装订", "寄", "完成", "结案", "bind", "print", "send",
            "release", "file", "archive", "close",
        ],
    ),
    (
        "intake",
        &[
            "受理",
            "登记",
            "收件",
            "接收",
            "申请",
            "receive",
            "intake",
            "register",
            "accept",
            "confirmation of receipt",
            "in",
        ],
    ),
    ("entry", &["录入", "录单", "初审", "entry", "key", "enter", "type", "draft"]),
    (
        "servicing",
        &[
            "处理",
            "核算",
            "核保",
            "审批",
            "决定",
            "变更",
            "办理",
            "serv",
            "decide",
            "determine",
            "process",
            "approve",
            "price",
            "adjust",
        ],
    ),
];

/// A first mapping of an event log.
///
/// # Errors
/// What makes the file unreadable.
pub fn suggest(file: &File, source: &str) -> Result<String, Faults> {
    let table = table(file)?;
    let header: Vec<&str> = table.header().collect();
    let named = columns::named(columns::LOG, &header);
    let place = |field: &str| {
        let column = named.iter().find(|(known, _)| *known == field)?.1;
        header.iter().position(|name| *name == column)
    };
    let mut draft = Draft::new(source, &table, "event-log");
    draft.gap();
    draft.say("The unit its cases are shown under; with a name it is made where it is not there yet.");
    draft.table("[unit]");
    draft.set_with("code", "IMPORT", "? code of the unit");
    draft.set_with("name", "导入日志", "?");
    draft.gap();
    draft.say("Which column is what. What is left out is not read.");
    draft.table("[columns]");
    for field in ["case", "activity", "time"] {
        match named.iter().find(|(known, _)| *known == field) {
            Some((_, column)) => draft.set(field, trimmed(column)),
            None => draft.open(field, &format!("this is needed; the header has: {}", header.join(", "))),
        }
    }
    for (field, column) in named.iter().filter(|(field, _)| !matches!(*field, "case" | "activity" | "time")) {
        draft.set(field, trimmed(column));
    }
    let life = (0..header.len()).find(|at| tells_life(&table, *at));
    if let Some(at) = life {
        draft.gap();
        draft.say(
            "Rows that begin a step and rows that finish it; other words of this column: skip = [\"…\"].",
        );
        draft.table("[lifecycle]");
        draft.set("column", trimmed(header[at]));
        draft.set_list("complete", &words(&table, at, false));
        draft.set_list("start", &words(&table, at, true));
    }
    let values: Vec<&str> = place("time")
        .map(|at| {
            table
                .values(at)
                .map(|(_, value)| trimmed(value))
                .filter(|value| !value.is_empty())
                .take(LOOKED_AT)
                .collect()
        })
        .unwrap_or_default();
    times::write(&mut draft, &values);
    draft.gap();
    draft.say("Every activity, the stage it belongs to, and where it is so: kind = \"rework\" (done again after a failed");
    draft.say("check), kind = \"referral\" (advice asked or received), ends = true (it ends the case).");
    activities(&mut draft, &table, place("activity"));
    Ok(draft.text)
}

/// The words of a life-cycle column that are of steps begun, or of finished ones, as TOML.
fn words(table: &Table, at: usize, begun: bool) -> String {
    let mut words: Vec<String> = Vec::new();
    for (_, value) in table.values(at) {
        let value = trimmed(value);
        let is_begun = matches!(
            value.to_lowercase().as_str(),
            "start" | "started" | "begin" | "begun" | "开始" | "起始"
        );
        if !value.is_empty() && is_begun == begun && !words.iter().any(|word| word == &quoted(value)) {
            words.push(quoted(value));
        }
    }
    format!("[{}]", words.join(", "))
}

fn activities(draft: &mut Draft, table: &Table, at: Option<usize>) {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, value) in at.into_iter().flat_map(|at| table.values(at)) {
        let value = trimmed(value);
        if !value.is_empty() && known.len() <= ACTIVITIES {
            let next = known.len();
            known.entry(value).or_insert(next);
        }
    }
    if known.is_empty() || known.len() > ACTIVITIES {
        draft.gap();
        draft.say("? The activities of the log: none were found, or so many that the column is another one.");
        draft.text.push_str("# [[activities]]\n# name = \"\"\n# stage = \"intake\"\n");
        return;
    }
    let mut in_order: Vec<(&str, usize)> = known.into_iter().collect();
    in_order.sort_by_key(|(_, first)| *first);
    for (name, _) in in_order {
        draft.table("[[activities]]");
        draft.set("name", name);
        draft.set_with("stage", stage(name), "? intake, entry, servicing, recheck or binding");
    }
}

/// The stage an activity's name speaks of; servicing, where most of the work is, where it speaks of none.
fn stage(name: &str) -> &'static str {
    let name = name.to_lowercase();
    let speaks = |words: &[&str]| {
        words.iter().any(|word| if word.len() > 2 { name.contains(word) } else { name == *word })
    };
    STAGES.iter().find(|(_, words)| speaks(words)).map_or("servicing", |(stage, _)| stage)
}
