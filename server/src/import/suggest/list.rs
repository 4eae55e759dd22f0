//! A mapping of a list of cases.

use std::collections::BTreeSet;

use domain::text::trimmed;

use super::super::{Faults, File};
use super::{Draft, LOOKED_AT, columns, quoted, table, times};

/// Fields whose words are those of the other system, with what may be meant.
const WORDS: [(&str, &str); 4] = [
    ("items", "code of the item, such as \"AM\""),
    ("materials", "kind of the material, such as \"application\""),
    ("status", "in_force, lapsed, paid_up, matured or terminated"),
    ("channel", "counter, agent, post, phone or online"),
];

/// What status and channel are mostly called.
const MEANINGS: [(&str, &str); 11] = [
    ("有效", "in_force"),
    ("失效", "lapsed"),
    ("中止", "lapsed"),
    ("缴清", "paid_up"),
    ("满期", "matured"),
    ("终止", "terminated"),
    ("柜面", "counter"),
    ("业务员", "agent"),
    ("邮寄", "post"),
    ("电话", "phone"),
    ("线上", "online"),
];

/// Fields a registration cannot do without.
const NEEDED: [&str; 12] = [
    "number",
    "accepting",
    "applicant",
    "mobile",
    "applied_on",
    "received_at",
    "items",
    "policy_no",
    "status",
    "effective",
    "holder",
    "insured",
];

/// A first mapping of a list of cases.
///
/// # Errors
/// What makes the file unreadable.
pub fn suggest(file: &File, source: &str) -> Result<String, Faults> {
    let table = table(file)?;
    let header: Vec<&str> = table.header().collect();
    let named = columns::named(columns::LIST, &header);
    let values = |field: &str| -> Vec<&str> {
        let column = named.iter().find(|(known, _)| *known == field).map(|(_, column)| *column);
        let at = column.and_then(|column| header.iter().position(|name| *name == column));
        let all = at.into_iter().flat_map(|at| table.values(at)).map(|(_, value)| trimmed(value));
        all.filter(|value| !value.is_empty()).take(LOOKED_AT).collect()
    };
    let mut draft = Draft::new(source, &table, "case-list");
    draft.gap();
    draft.say("What a row is that says other things of a case than those by which it was brought: \"refuse\", \"keep\" (the");
    draft.say("case stays as it is) or \"update\" (cases that nobody has taken up get what the row says).");
    draft.set("brought_before", "refuse");
    draft.gap();
    draft.say("Fields of a registration and the columns they stand in. What is in no column and no constant is not given.");
    draft.table("[columns]");
    for (field, column) in &named {
        draft.set(field, trimmed(column));
    }
    for field in NEEDED.iter().filter(|field| !named.iter().any(|(known, _)| known == *field)) {
        draft.open(field, "this is needed, here or under [constants]");
    }
    draft.gap();
    draft.say("Fields that are the same for all rows.");
    draft.table("[constants]");
    for (field, value, words) in [
        ("group", "traditional", "? traditional, participating, universal, annuity or endowment"),
        ("payment_mode", "annual", "? single, annual, half_yearly, quarterly or monthly"),
        ("channel", "online", "? counter, agent, post, phone or online"),
    ] {
        if !named.iter().any(|(known, _)| *known == field) {
            draft.set_with(field, value, words);
        }
    }
    draft.gap();
    draft.say("Words of the list and what they mean here, by field.");
    for (field, meant) in WORDS {
        let words: BTreeSet<&str> = values(field).into_iter().flat_map(parts).collect();
        if words.is_empty() {
            continue;
        }
        draft.table(&format!("[words.{field}]"));
        for word in words.into_iter().take(100) {
            match MEANINGS.iter().find(|(known, _)| *known == word) {
                Some((_, meaning)) => draft.set(&quoted(word), meaning),
                None => draft.open(&quoted(word), meant),
            }
        }
    }
    times::write(&mut draft, &values("received_at"));
    let days: Vec<&str> = ["applied_on", "effective", "paid_to"].into_iter().flat_map(values).collect();
    if times::days_are_serial(&days) && !draft.text.contains("serial =") {
        draft.set_with("serial", "1900", "days as spreadsheets count them");
    }
    Ok(draft.text)
}

/// The words of a value: of several with a semicolon between, what stands before a colon.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    value
        .split([';', '；'])
        .filter_map(|part| part.split([':', '：']).next())
        .map(trimmed)
        .filter(|part| !part.is_empty())
}
