//! Published figures of a log, as Markdown, and whether ours are the same: every one of them, and no other.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use server::import::Figures;
use server::import::event_log::{Mapping, StepKind};

/// Compares figure by figure, names included; what one side lacks is a difference too.
pub fn compare(figures: &Figures, mapping: &Mapping, published: &str) {
    let ours = serde_json::to_value(figures).expect("figures are JSON");
    let ours = ours.as_object().expect("figures have names");
    let mut seen = BTreeSet::from(["source"]);
    for section in published.split("\n## ") {
        let (title, _) = section.split_once('\n').unwrap_or((section, ""));
        let rows = rows(section);
        assert!(!rows.is_empty(), "no table in {title:?}");
        if let Some(name) = counted_by(title) {
            let theirs: Map<String, Value> =
                rows.iter().map(|row| (row[0].clone(), count(&row[1]))).collect();
            assert_eq!(ours[name], Value::Object(theirs), "{title}");
            seen.insert(name);
        } else if title.starts_with("Events by activity") {
            activities(&ours["events_by_activity"], mapping, &rows);
            seen.insert("events_by_activity");
        } else {
            for row in &rows {
                let (name, _) =
                    ours.get_key_value(&row[0]).unwrap_or_else(|| panic!("no figure {:?}", row[0]));
                same(name, &ours[name], &row[1]);
                seen.insert(name);
            }
        }
    }
    let lists = [
        ("Events by post", "events_by_post", &figures.events_by_post),
        (
            "Most frequent resource pairs",
            "most_frequent_resource_pairs",
            &figures.most_frequent_resource_pairs,
        ),
        ("Most frequent group pairs", "most_frequent_group_pairs", &figures.most_frequent_group_pairs),
        ("Channels", "channels", &figures.channels),
        ("Departments", "departments", &figures.departments),
    ];
    for (label, name, ours) in lists {
        assert_eq!(ours, &list(published, label), "{label}");
        seen.insert(name);
    }
    let names: BTreeSet<&str> = ours.keys().map(String::as_str).collect();
    assert_eq!(names, seen, "figures without a published one");
}

/// The figure a table of counts is about, by the title of its section.
fn counted_by(title: &str) -> Option<&'static str> {
    let titles = [
        ("Arrivals by month", "arrivals_by_month"),
        ("Open at the end of each month", "open_at_end_of_month"),
    ];
    titles.into_iter().find_map(|(begin, name)| title.starts_with(begin).then_some(name))
}

/// Rows of the table of a section, without its header.
fn rows(section: &str) -> Vec<Vec<String>> {
    let lines = section.lines().filter_map(|line| line.strip_prefix('|')?.strip_suffix('|'));
    lines.skip(2).map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn count(text: &str) -> Value {
    json!(text.parse::<u64>().unwrap_or_else(|_| panic!("{text:?} is no count")))
}

fn same(name: &str, ours: &Value, theirs: &str) {
    match ours {
        Value::String(text) => assert_eq!(text, theirs, "{name}"),
        // Hours are published to four places.
        Value::Number(number) if number.is_f64() => {
            let hours: f64 = theirs.parse().expect("hours are a number");
            let ours = number.as_f64().expect("a number");
            assert!((ours - hours).abs() < 0.000_05, "{name}: {ours}, published {hours}");
        }
        ours => assert_eq!(ours, &count(theirs), "{name}"),
    }
}

/// Counts and posts of every activity; its kind is what the mapping says.
fn activities(ours: &Value, mapping: &Mapping, rows: &[Vec<String>]) {
    let counts = rows.iter().map(|row| (row[0].clone(), json!({ "events": count(&row[1]), "post": row[2] })));
    assert_eq!(ours, &Value::Object(counts.collect()));
    for row in rows {
        let mapped =
            mapping.activities.iter().find(|activity| activity.name == row[0]).expect("a mapped one");
        let kind = match row[3].split_whitespace().next() {
            None => StepKind::Step,
            Some("rework") => StepKind::Rework,
            Some("advice") => StepKind::Referral,
            Some(_) => panic!("{:?} is no kind of step", row[3]),
        };
        assert_eq!(mapped.kind, kind, "{}", row[0]);
    }
}

/// A list in running text, `Label: one 3, other 2.`, pairs with a semicolon between; in its order.
fn list(published: &str, label: &str) -> Vec<(String, u64)> {
    let (_, rest) = published.split_once(&format!("{label}: ")).unwrap_or_else(|| panic!("no {label}"));
    let line = rest.lines().next().unwrap_or_default();
    let text = line.split(". ").next().unwrap_or_default().trim_end_matches('.');
    let text = text.split(" (").next().unwrap_or_default();
    let between = if text.contains(';') { "; " } else { ", " };
    text.split(between)
        .map(|entry| {
            let (name, count) = entry.rsplit_once(' ').unwrap_or_else(|| panic!("{entry:?} has no count"));
            (name.to_owned(), count.parse().unwrap_or_else(|_| panic!("{entry:?} has no count")))
        })
        .collect()
}
