//! Rows of one case together.

use chrono::{DateTime, Utc};

use super::super::super::fault::{Fault, Faults, Rule};
use super::super::super::spelling;
use super::super::super::when::{Read, WholeDays, whole};
use super::super::columns::Column;
use super::{LogCase, Reader, Step};

impl<'m> Reader<'m> {
    /// The place of a case, which takes what this row says of it; none where it says another thing than one before.
    pub(super) fn place(&mut self, case: LogCase, faults: &mut Faults) -> Option<usize> {
        let key = spelling::key(&case.number);
        let Some(&place) = self.places.get(&key) else {
            self.places.insert(key, self.cases.len());
            self.cases.push(case);
            self.steps.push(Vec::new());
            return Some(self.cases.len() - 1);
        };
        let known = &mut self.cases[place];
        self.respelled += u64::from(known.number != case.number);
        known.by_day |= case.by_day;
        let columns = &self.columns;
        let mut differs = None;
        let mut says = |column: &Option<Column<'m>>, same: bool| {
            differs = differs.or_else(|| column.as_ref().filter(|_| !same).map(|column| column.name));
        };
        says(&columns.channel, joined(&mut known.channel, case.channel));
        says(&columns.department, joined(&mut known.department, case.department));
        says(&columns.deadline, joined(&mut known.deadline, case.deadline));
        says(&columns.end, joined(&mut known.end, case.end));
        if let Some(column) = differs {
            let detail = format!(
                "says of case {} another thing than a row before, from row {}",
                known.number, known.row
            );
            faults.push(Fault::value(case.row, column, Rule::Differs, detail));
            return None;
        }
        Some(place)
    }

    /// The point in time of a step of a case.
    pub(super) fn moment(&self, place: usize, read: Read) -> DateTime<Utc> {
        let times = &self.columns.times;
        let (Some(offset), Some(last)) = (times.offset(), self.steps[place].last()) else { return read.at };
        let day = |at: DateTime<Utc>| at.with_timezone(&offset).date_naive();
        let of_row =
            read.day_only && times.whole_days() == Some(WholeDays::Rows) && day(last.at) == day(read.at);
        if of_row { last.at } else { read.at }
    }

    pub(super) fn finish(mut self, notes: &mut Vec<String>) -> Vec<LogCase> {
        let tells_ends = self.mapping.tells_ends();
        let (life, any_ends) =
            (self.columns.life.is_some(), self.mapping.activities.iter().any(|one| one.ends));
        let mut cases = Vec::with_capacity(self.cases.len());
        let (mut only_begun, mut days) = (0_u64, 0_u64);
        for (place, (mut case, mut steps)) in self.cases.into_iter().zip(self.steps).enumerate() {
            // Stable: steps of one time stay as the file has them.
            steps.sort_by_key(|step| step.at);
            let ended = case.end.is_some()
                || (any_ends && steps.iter().any(|step| self.mapping.ends(&step.written.activity)));
            case.open = tells_ends && !ended;
            for Step { at, row, id, written: mut step } in steps {
                if life {
                    step.started_at = self.begun.take(&(place, step.activity.clone(), id), at).map(whole);
                }
                case.steps.push(step);
                case.rows.push(row);
            }
            days += u64::from(case.by_day);
            if case.steps.is_empty() {
                only_begun += 1;
            } else {
                cases.push(case);
            }
        }
        if days > 0 {
            notes.push(format!("{days} cases have days without times: their figures are of days"));
        }
        if self.begun.left() > 0 {
            notes.push(format!(
                "{} steps were begun and not finished: they are not counted",
                self.begun.left()
            ));
        }
        if only_begun > 0 {
            notes.push(format!("{only_begun} cases have no finished step: they were left out"));
        }
        cases
    }
}

/// Takes what another row says where nothing was said; whether they agree. What is blank says nothing.
fn joined<T: PartialEq>(known: &mut Option<T>, other: Option<T>) -> bool {
    match (known.as_ref(), other) {
        (_, None) => true,
        (Some(known), Some(other)) => *known == other,
        (None, other) => {
            *known = other;
            true
        }
    }
}
