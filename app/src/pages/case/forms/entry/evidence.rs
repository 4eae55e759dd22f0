//! What the review looks at: for each of its four parts what speaks for it, and what against.

use crate::format::{amount, full_date};
use crate::i18n::Localised;
use crate::i18n::admission::rule;
use crate::i18n::forms::entry::EntryWords;
use crate::i18n::refusal::shortfall;
use crate::i18n::terms::Terms;
use crate::i18n::wording::Wording;
use crate::pages::case::bench::Opened;
use domain::case::decide::rule_name;
use domain::case::registration::Shortfall;
use domain::catalogue::{E01Context, admissibility};
use domain::id::ItemCode;
use domain::time::{Timestamp, local_date};

/// A part of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Application date and windows.
    Time,
    /// What is asked for is clear, complete and allowed.
    Content,
    /// Papers are complete and in order.
    Material,
    /// Identity and consent.
    Identity,
}

impl Part {
    /// All parts in order.
    pub const ALL: [Self; 4] = [Self::Time, Self::Content, Self::Material, Self::Identity];

    /// Its name.
    pub const fn name(self, words: &EntryWords) -> &'static str {
        match self {
            Self::Time => words.time,
            Self::Content => words.content,
            Self::Material => words.material,
            Self::Identity => words.identity,
        }
    }

    /// The part a shortfall of the registration speaks against.
    pub fn of(shortfall: &Shortfall) -> Self {
        match shortfall {
            Shortfall::Missing { .. } => Self::Material,
            Shortfall::Inadmissible { rule, .. } => match rule.as_str() {
                "not_future" | "not_after_receipt" | "not_too_old" | "window" => Self::Time,
                "capacity" | "agent_allowed" | "agent_authority" => Self::Identity,
                _ => Self::Content,
            },
        }
    }
}

/// What a part of the review sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What is there, in words.
    pub seen: String,
    /// What refuses, in words: shortfalls nobody here can judge away.
    pub against: Vec<String>,
}

/// What each part sees.
pub fn evidence(opened: &Opened, wording: &Wording, now: Timestamp) -> [Evidence; 4] {
    Part::ALL.map(|part| Evidence {
        seen: seen(part, opened, wording),
        against: opened
            .case
            .shortfalls
            .iter()
            .filter(|line| Part::of(line) == part)
            .map(|line| against(line, opened, wording, now))
            .collect(),
    })
}

fn seen(part: Part, opened: &Opened, wording: &Wording) -> String {
    let words = EntryWords::in_locale(wording.locale);
    let registration = &opened.case.registration;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let parts: Vec<String> = match part {
        Part::Time => {
            let received = local_date(registration.received_at);
            vec![
                (words.dates)(&full_date(registration.applied_on), &full_date(received)),
                (words.windows_hold)(count(opened.case.open_items().count())),
            ]
        }
        Part::Content => {
            let names: Vec<String> = opened.case.open_items().map(|item| wording.item(&item.code)).collect();
            vec![(words.content_of)(&wording.list(&names))]
        }
        Part::Material => {
            let pages: u32 = opened.case.materials.iter().map(|material| u32::from(material.pages)).sum();
            vec![(words.materials_all)(count(opened.case.materials.len()), i64::from(pages))]
        }
        Part::Identity => identity(opened, wording, words),
    };
    parts.join(separator(wording))
}

fn identity(opened: &Opened, wording: &Wording, words: &EntryWords) -> Vec<String> {
    let registration = &opened.case.registration;
    let capacity = Terms::in_locale(wording.locale).capacity(registration.capacity);
    let mut parts = vec![match &registration.agent {
        Some(agent) => (words.agent_is)(&agent.name, &registration.applicant, capacity),
        None => (words.applicant_is)(&registration.applicant, capacity),
    }];
    let entries: Vec<_> =
        opened.case.open_items().filter_map(|item| opened.catalogue.item(&item.code)).collect();
    if entries.iter().any(|entry| entry.needs_consent) {
        parts.push(words.consent.to_owned());
    }
    let amounts = opened.case.amounts(&opened.catalogue);
    let checked = entries.iter().find_map(|entry| {
        amounts.get(&entry.class).filter(|amount| opened.catalogue.needs_due_diligence(entry, **amount))
    });
    if let Some(sum) = checked {
        parts.push((words.due_diligence)(&amount(sum.minor)));
    }
    parts.push(words.look.to_owned());
    parts
}

/// A shortfall with the dates it looked at.
fn against(line: &Shortfall, opened: &Opened, wording: &Wording, now: Timestamp) -> String {
    let found = match line {
        Shortfall::Inadmissible { item, rule: name } => broken(item, name, opened, wording, now),
        Shortfall::Missing { .. } => None,
    };
    found.unwrap_or_else(|| shortfall(line, wording))
}

/// The rule of an item by its stable name, worded with what it looked at.
fn broken(code: &ItemCode, name: &str, opened: &Opened, wording: &Wording, now: Timestamp) -> Option<String> {
    let registration = &opened.case.registration;
    let entry = opened.catalogue.item(code)?;
    // Back-dating is the registrar's grant, which is not known here: none, so that the line is found.
    let context = E01Context { open_items: &opened.view.open_items, back_date_days: 0, now };
    let line = admissibility(entry, &registration.policy, &registration.application(), &context)
        .into_iter()
        .find(|line| rule_name(&line.check) == name)?;
    let (text, looked) = rule(&line, wording);
    let several = opened.case.open_items().count() > 1;
    let text = match looked {
        Some(looked) => format!("{text}{}{looked}", separator(wording)),
        None => text,
    };
    Some(if several { format!("{} {text}", wording.item(code)) } else { text })
}

fn separator(wording: &Wording) -> &'static str {
    match wording.locale {
        crate::i18n::Locale::ZhHans => "，",
        crate::i18n::Locale::En => ", ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_an_application_speaks_against_one_part() {
        let inadmissible =
            |rule: &str| Part::of(&Shortfall::Inadmissible { item: "PM".into(), rule: rule.into() });
        assert_eq!(inadmissible("window"), Part::Time);
        assert_eq!(inadmissible("not_too_old"), Part::Time);
        assert_eq!(inadmissible("status"), Part::Content);
        assert_eq!(inadmissible("no_excluded_item"), Part::Content);
        assert_eq!(inadmissible("agent_authority"), Part::Identity);
        assert_eq!(Part::of(&Shortfall::Missing { material: "contract".into() }), Part::Material);
    }
}
