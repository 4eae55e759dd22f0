//! What inspectors do: draw from the steps of the day before, check what was drawn, check again after major findings.

use std::collections::BTreeSet;

use chrono::{Datelike, TimeDelta};
use domain::api::check::{CheckState, DrawView, FindingInput, FindingView, PointVerdict};
use domain::case::Command;
use domain::id::{CheckId, DrawId, FindingId, UnitId};
use domain::post::{Post, Stage};
use domain::quality::check::{complete, conforms, may_check};
use domain::quality::draw::{Frame, SampleSize, select};
use domain::quality::points::{Cause, CheckPointSpec, Severity, Verdict};
use domain::time::local_date;
use store::{CheckRecord, FrameStep, number};

use super::Simulation;
use super::agenda::{CaseNo, Happening, WorkerNo};
use super::carry::Who;
use super::lead::Barred;
use super::live::Fault;
use super::orders::words;
use crate::error::Error;
use crate::sampling::{open_check, seed_of, step_id};
use crate::seed::department::BRANCHES;

/// A check with its result.
#[derive(Clone, Debug)]
pub(in crate::seed) struct Checking {
    /// The check as it stands.
    pub record: CheckRecord,
    /// What was found.
    pub findings: Vec<FindingView>,
    case: CaseNo,
}

/// A draw with its checks as they were dealt.
#[derive(Clone, Debug)]
pub(in crate::seed) struct DrawDone {
    /// The ledger.
    pub view: DrawView,
    /// The checks, to be done.
    pub checks: Vec<CheckRecord>,
}

/// Share of errors an inspector sees who looks at the very step.
const SEES: f64 = 0.92;
/// Share of check points not met although nothing came out wrong.
const LAPSE: f64 = 0.012;

impl Simulation<'_> {
    /// An inspector draws from what one post finished the business day before.
    pub(super) fn draw(&mut self, worker: WorkerNo) -> Result<(), Error> {
        let today = local_date(self.now);
        let minutes = self.chance.skewed(12.0);
        let next = self.world.next_morning(today, minutes, &mut self.chance);
        self.agenda.put(next, Happening::Draw(worker));
        let day = self.world.calendar.previous_working_day(today);
        if !self.workers[worker].is_there(self.now) || !self.is_day_of_story(day) {
            return Ok(());
        }
        let turn = usize::try_from(today.num_days_from_ce()).unwrap_or(0) + worker;
        let post = Post::ALL[turn % Post::ALL.len()];
        let unit = match self.workers[worker].branch {
            Some(_) => self.workers[worker].person.unit.clone(),
            None => UnitId::from(BRANCHES[turn % BRANCHES.len()].code),
        };
        self.sample(worker, day, &unit, post)
    }

    fn sample(
        &mut self,
        worker: WorkerNo,
        day: chrono::NaiveDate,
        unit: &UnitId,
        post: Post,
    ) -> Result<(), Error> {
        let units = self.world.directory.units().expand(std::slice::from_ref(unit));
        let stages: BTreeSet<Stage> = Stage::ALL.into_iter().filter(|stage| stage.post() == post).collect();
        let steps: Vec<FrameStep> =
            self.steps.of_day(day, &units, &stages, self.now).into_iter().cloned().collect();
        if steps.is_empty() {
            return Ok(());
        }
        let sequence = self.number(unit, number::DRAW);
        let number = number::lettered_number(unit, local_date(self.now), number::DRAW, sequence);
        let seed = seed_of(&self.seeds[&day], &number)?;
        let frame = Frame::new(steps.iter().map(step_id)).map_err(Error::internal)?;
        let wanted = SampleSize::Count(4 + self.chance.below(3));
        let drawn = select(&frame, &seed, wanted.of(frame.size()));
        let size = |count: u64| u32::try_from(count).map_err(Error::internal);
        let (of, count) = (size(frame.size())?, size(drawn.len() as u64)?);
        let inspector = self.workers[worker].person.id.clone();
        let view = DrawView {
            id: DrawId(self.chance.id(self.now)),
            number,
            day,
            unit: unit.clone(),
            post,
            frame_size: of,
            frame_hash: frame.hash().to_string(),
            seed_commitment: seed.commitment().to_string(),
            seed: seed.to_string(),
            drawn: count,
            at: self.now,
            by: inspector.clone(),
            verified_at: None,
            done: 0,
            repeated: 0,
        };
        let ids: BTreeSet<&str> = drawn.iter().map(|selected| selected.id.as_str()).collect();
        let mut checks = Vec::with_capacity(ids.len());
        for step in steps.iter().filter(|step| ids.contains(step_id(step).as_str())) {
            let mut check = open_check(CheckId(self.chance.id(self.now)), step, &inspector);
            check.row.draw = Some(view.id);
            check.row.pi = Some((count, of));
            checks.push(check);
        }
        let mut minutes = 25.0;
        for record in &checks {
            minutes += self.chance.skewed(48.0);
            // Some are put off until the next day.
            let put_off = if self.chance.happens(0.12) { 480.0 } else { 0.0 };
            let at = self.world.later(self.now, minutes + put_off, &mut self.chance);
            self.deal(record.clone(), at);
        }
        self.draws.push(DrawDone { view, checks });
        Ok(())
    }

    /// Puts a check down to be concluded.
    fn deal(&mut self, record: CheckRecord, at: domain::time::Timestamp) {
        // Cases are few who share an id; a check is of a case of the story.
        let Some(case) = self.cases.iter().position(|live| live.case.id == record.row.case) else { return };
        self.agenda.put(at, Happening::Check(self.checks.len()));
        self.checks.push(Checking { record, findings: Vec::new(), case });
    }

    /// An inspector gives a verdict.
    pub(super) fn conclude(&mut self, check: usize) {
        let record = self.checks[check].record.clone();
        let case = self.checks[check].case;
        let Some(worker) = self.workers.iter().position(|worker| worker.person.id == record.row.inspector)
        else {
            return;
        };
        if !self.workers[worker].is_there(self.now) || !self.world.calendar.is_open(self.now) {
            let at = self.world.next_morning(local_date(self.now), 30.0, &mut self.chance);
            return self.agenda.put(at, Happening::Check(check));
        }
        let seen = self.seen(case, &record);
        let (points, findings) = self.verdicts(&record, &seen);
        let live = &self.cases[case];
        let allowed = may_check(&live.case, &self.workers[worker].person)
            .and_then(|()| complete(record.row.stage, &points, &findings, &live.case.workers()));
        if let Err(refusal) = allowed {
            *self.refused.entry(format!("check: {}", refusal.slug())).or_default() += 1;
            return;
        }
        self.consequences(worker, check, &points, &findings);
        let views = findings
            .into_iter()
            .map(|finding| FindingView {
                id: FindingId(self.chance.id(self.now)),
                finding,
                by: record.row.inspector.clone(),
                at: self.now,
            })
            .collect();
        let checking = &mut self.checks[check];
        checking.findings = views;
        checking.record.row.version += 1;
        checking.record.row.state = CheckState::Done;
        checking.record.row.conforms = Some(conforms(&points));
        checking.record.points = points;
        checking.record.done_at = Some(self.now);
        checking.record.done_on = Some(local_date(self.now));
    }

    /// Errors of the step that the inspector sees; a second check looks at what was put right.
    fn seen(&mut self, case: CaseNo, record: &CheckRecord) -> Vec<Fault> {
        let second = record.row.second_of.is_some();
        let faults: Vec<Fault> = self.cases[case]
            .faults
            .iter()
            .filter(|fault| fault.stage == record.row.stage && fault.round == record.row.round)
            .filter(|_| !second)
            .cloned()
            .collect();
        faults.into_iter().filter(|_| self.chance.happens(SEES)).collect()
    }

    /// A verdict on every point that applies, and the findings.
    fn verdicts(&mut self, record: &CheckRecord, seen: &[Fault]) -> (Vec<PointVerdict>, Vec<FindingInput>) {
        let specs = self.world.catalogue.check_points_for(record.row.stage);
        let mut points: Vec<PointVerdict> = specs.iter().map(|spec| self.verdict(spec, record)).collect();
        let mut findings: Vec<FindingInput> = Vec::new();
        for fault in seen {
            if findings.iter().any(|other| (other.error_point, other.item) == (fault.point, Some(fault.item)))
            {
                continue;
            }
            let at = specs.iter().position(|spec| spec.suggests.contains(&fault.point)).unwrap_or(0);
            points[at].verdict = Verdict::DoesNot;
            words(fault.point).clone_into(&mut points[at].evidence);
            points[at].cause = Some(fault.cause);
            let money = fault.severity == Severity::Major && fault.stage == Stage::Servicing;
            findings.push(FindingInput {
                error_point: fault.point,
                severity: fault.severity,
                cause: fault.cause,
                item: Some(fault.item),
                field: fault.field.clone(),
                responsible: record.row.operator.clone(),
                evidence: format!("{}，见案件{}", words(fault.point), record.row.number),
                affected_minor: if money { self.chance.between(5_000, 900_000) } else { 0 },
            });
        }
        (points, findings)
    }

    fn verdict(&mut self, spec: &CheckPointSpec, record: &CheckRecord) -> PointVerdict {
        let point = spec.number.number();
        let pays =
            record.row.items.iter().any(|item| matches!(item.as_str(), "CT" | "WT" | "AG" | "LR" | "PM"));
        let applies = match point {
            5 => self.chance.happens(0.1),
            8 | 13 => pays,
            9 => self.chance.happens(0.3),
            16 => self.chance.happens(0.35),
            _ => true,
        };
        let (verdict, evidence, cause) = if !applies {
            (Verdict::NotApplicable, String::new(), None)
        } else if record.row.second_of.is_none() && self.chance.happens(LAPSE) {
            let cause =
                *self.chance.one(&[Cause::OwnWay, Cause::Care, Cause::NoClearProcedure, Cause::ManualSteps]);
            (Verdict::DoesNot, format!("{}：未按要求留痕", spec.label.zh), Some(cause))
        } else {
            (Verdict::Conforms, String::new(), None)
        };
        PointVerdict { point, verdict, evidence, cause }
    }

    /// A major finding bars the release of a case still in the house; a second check that conforms ends the bars of
    /// its step.
    fn consequences(
        &mut self,
        worker: WorkerNo,
        check: usize,
        points: &[PointVerdict],
        findings: &[FindingInput],
    ) {
        let (case, row) = (self.checks[check].case, self.checks[check].record.row.clone());
        if self.cases[case].case.stage().is_none() {
            return;
        }
        let who = Who::Worker(worker);
        if domain::quality::check::bars_release(findings) {
            if self.act(who, case, Command::BarRelease { check: row.id, stage: row.stage }) {
                self.barred.push(Barred { case, check, seen_to: false });
                let at = self.world.later(self.now, 240.0, &mut self.chance);
                self.agenda.put(at, Happening::Second(worker, check));
            }
        } else if row.second_of.is_some() && conforms(points) {
            let bars: Vec<CheckId> = self.cases[case]
                .case
                .bars
                .iter()
                .filter(|bar| bar.stage == row.stage)
                .map(|bar| bar.check)
                .collect();
            for check in bars {
                self.act(who, case, Command::LiftBar { check });
            }
        }
    }

    /// Opens the second check of a step with a major finding, once the step stands as it is to be looked at.
    pub(super) fn second(&mut self, worker: WorkerNo, check: usize) {
        let (case, row) = (self.checks[check].case, self.checks[check].record.row.clone());
        let live = &self.cases[case];
        let Some(now_at) = live.case.stage() else { return };
        if !live.case.bars.iter().any(|bar| bar.check == row.id) {
            return;
        }
        let seen_to = self.barred.iter().any(|barred| barred.check == check && barred.seen_to);
        let back = live.case.line().is_none_or(|line| line.returned.is_some());
        let being_redone = now_at < row.stage || (now_at == row.stage && back);
        let step = self.steps.last(row.case, row.stage, row.round).cloned();
        let Some(step) = step.filter(|_| seen_to && !being_redone && self.workers[worker].is_there(self.now))
        else {
            let at = self.world.later(self.now, 150.0, &mut self.chance);
            return self.agenda.put(at, Happening::Second(worker, check));
        };
        let mut record =
            open_check(CheckId(self.chance.id(self.now)), &step, &self.workers[worker].person.id);
        record.row.second_of = Some(row.id);
        self.seconds.push(record.clone());
        let at = self.world.later(self.now, self.chance.skewed(60.0), &mut self.chance);
        self.deal(record, at + TimeDelta::milliseconds(1));
    }
}
