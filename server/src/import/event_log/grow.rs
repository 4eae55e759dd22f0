//! Cases that were brought before and have gone on since.

use std::collections::BTreeMap;

use domain::api::case::ImportedStep;
use store::{Grown, Imported, Standing};

use super::super::fault::{Fault, Rule};
use super::Mapping;
use super::read::LogCase;

/// What tells one step of a case from another.
type Mark<'s> = (i64, &'s str, Option<&'s str>, Option<&'s str>);

fn mark(step: &ImportedStep) -> Mark<'_> {
    (step.at.timestamp_millis(), &step.activity, step.resource.as_deref(), step.group.as_deref())
}

/// What a case of a file adds to the one that stands in the store: none where it adds nothing.
///
/// The file may hold the steps that stand there or leave them out. A step is new where none like it stands there; it is
/// put behind them.
///
/// # Errors
/// `Late` for a new step of a case that has ended, or one before the last that stands there; `Changed` where the file
/// says another channel or department.
pub(super) fn grown(standing: &Standing, case: &LogCase, mapping: &Mapping) -> Result<Option<Grown>, Fault> {
    let stored = &standing.case;
    for (column, was, is) in [
        (&mapping.columns.channel, &stored.channel, &case.channel),
        (&mapping.columns.department, &stored.department, &case.department),
    ] {
        if let (Some(column), Some(is)) = (column, is)
            && was.as_ref().is_some_and(|was| was != is)
        {
            let detail = format!(
                "case {} was brought with {:?}, which does not change: mend the row",
                stored.number,
                was.as_deref().unwrap_or_default()
            );
            return Err(Fault::value(case.row, column, Rule::Changed, detail));
        }
    }
    let mut there: BTreeMap<Mark<'_>, u64> = BTreeMap::new();
    for step in &stored.steps {
        *there.entry(mark(step)).or_default() += 1;
    }
    let last = stored.steps.last().map(|step| step.at);
    let ended = stored.end.is_some() || stored.steps.iter().any(|step| mapping.ends(&step.activity));
    let mut new = Vec::new();
    for (step, row) in case.steps.iter().zip(&case.rows) {
        if let Some(count) = there.get_mut(&mark(step)).filter(|count| **count > 0) {
            *count -= 1;
            continue;
        }
        let late = |detail: String| Err(Fault::value(*row, &mapping.columns.time, Rule::Late, detail));
        if ended {
            return late(format!(
                "case {} has ended in what was brought before: a further step is not put behind its end",
                stored.number
            ));
        }
        if last.is_some_and(|last| step.at < last) {
            return late(format!(
                "a step of case {} before the last one that was brought: bring the whole log under another source",
                stored.number
            ));
        }
        new.push(step.clone());
    }
    let (deadline, end) = (case.deadline.or(stored.deadline), case.end.or(stored.end));
    if new.is_empty() && deadline == stored.deadline && end == stored.end {
        return Ok(None);
    }
    let steps: Vec<ImportedStep> = stored.steps.iter().cloned().chain(new).collect();
    let has_ended = end.is_some() || steps.iter().any(|step| mapping.ends(&step.activity));
    let case = Imported {
        id: stored.id,
        number: stored.number.clone(),
        unit: standing.unit.clone(),
        channel: stored.channel.clone().or_else(|| case.channel.clone()),
        department: stored.department.clone().or_else(|| case.department.clone()),
        deadline,
        end,
        open: mapping.tells_ends() && !has_ended,
        by_day: stored.by_day || case.by_day,
        steps,
    };
    Ok(Some(Grown { case, before: stored.steps.len() as u64, version: standing.version }))
}
