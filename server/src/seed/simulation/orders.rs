//! Steps as commands.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::case::command::{CoreState, FeeInput, ReleaseMethod};
use domain::case::item::{
    Asked, Explained, Fields, Finished, PreparationAnswer, PreparationLine, PreparationSource, Prepared,
    ReviewLines,
};
use domain::case::list::ListLine;
use domain::case::returns::{Ground, NoFault};
use domain::case::state::ApprovalState;
use domain::case::{CaseItem, Command};
use domain::catalogue::{Channel, FeeDirection, Item, UNCHANGED, compute_fees, effective_dates};
use domain::id::{FieldKey, FinishLine};
use domain::money::Money;
use domain::post::Stage;
use domain::quality::points::ErrorPoint;
use domain::time::{BusinessMinutes, Timestamp, local_date};

use super::Simulation;
use super::acts::Act;
use super::agenda::{CaseNo, Happening, WorkerNo};
use super::carry::Who;
use super::live::{Intention, Live};
use crate::seed::invent::altered;

impl Simulation<'_> {
    /// Takes a step; gives whether the rules let it be taken.
    pub(super) fn perform(&mut self, worker: WorkerNo, case: CaseNo, act: Act) -> bool {
        match act {
            Act::Wait => true,
            Act::Ask(intention) => self.ask(worker, case, &intention),
            Act::Beside(intention) => self.beside(worker, case, intention),
            Act::WaitForPaper => self.wait_for_paper(worker, case),
            Act::WaitForCheck => self.hold(worker, case, "重大差错待复检", 480, false),
            Act::CancelCore(item) => self.cancel_core(worker, case, item),
            Act::KeyAsked(item) => self.key_asked(worker, case, item),
            Act::Answer => self.answer(worker, case),
            Act::HandOver => self.hand_over(worker, case),
            Act::Release => self.release(worker, case),
            Act::Line(item, line) => match line {
                ListLine::Review => self.review(worker, case),
                ListLine::Enter => self.enter(worker, case, item),
                ListLine::Confirm => self.confirm(worker, case, item),
                ListLine::Preparation => self.prepare(worker, case, item),
                ListLine::CoreResult => self.record_core(worker, case, item),
                ListLine::Fees => self.settle(worker, case, item),
                ListLine::Endorsement => self.endorse(worker, case, item),
                ListLine::Pass => self.pass(worker, case),
                ListLine::CoreEffective => self.confirm_core(worker, case, item),
                ListLine::Bind => self.bind(worker, case, item),
            },
        }
    }

    fn item(&self, case: CaseNo, no: u8) -> Option<(&CaseItem, &Item)> {
        let item = self.cases[case].case.item(no)?;
        Some((item, self.world.catalogue.item(&item.code)?))
    }

    fn review(&mut self, worker: WorkerNo, case: CaseNo) -> bool {
        let lines = ReviewLines { time: true, content: true, material: true, identity: true };
        let done = self.act(Who::Worker(worker), case, Command::CompleteReview { lines });
        if done && self.errs(worker, case, 0.45) {
            self.err(case, Stage::Entry, 1, ErrorPoint::E02, None);
        }
        done
    }

    fn enter(&mut self, worker: WorkerNo, case: CaseNo, no: u8) -> bool {
        let Some(right) = self.cases[case].asked.get(&no).cloned() else { return false };
        let mut fields = right;
        let mut wrong = None;
        if self.errs(worker, case, 0.55) {
            let Self { cases, world, chance, now, .. } = self;
            let live = &cases[case];
            let entry = live.case.item(no).and_then(|item| world.catalogue.item(&item.code));
            let slip = entry.and_then(|entry| {
                let policy = &live.case.registration.policy;
                altered(world.catalogue, entry, policy, (&fields, local_date(*now)), chance)
            });
            if let Some((field, altered)) = slip {
                (fields, wrong) = (altered, Some(field));
            }
        }
        self.cases[case].entered.insert(no, fields.clone());
        let done = self.act(Who::Worker(worker), case, Command::EnterChange { item: no, fields });
        if let (true, Some(field)) = (done, wrong) {
            self.err(case, Stage::Entry, no, ErrorPoint::E03, Some(field));
        }
        done
    }

    fn confirm(&mut self, worker: WorkerNo, case: CaseNo, no: u8) -> bool {
        let Some(mut key_fields) = self.keys(case, no) else { return false };
        if self.chance.happens(0.012) {
            // The second keying differs now and then: both are looked at and one is keyed again.
            let Self { cases, world, chance, now, .. } = self;
            let live = &cases[case];
            let entry = live.case.item(no).and_then(|item| world.catalogue.item(&item.code));
            let slip = entry.zip(live.entered.get(&no)).and_then(|(entry, fields)| {
                let policy = &live.case.registration.policy;
                altered(world.catalogue, entry, policy, (fields, local_date(*now)), chance)
            });
            if let Some((field, altered)) = slip
                && let Some(value) = altered.get(&field)
            {
                key_fields.insert(field, value.clone());
            }
        }
        self.act(Who::Worker(worker), case, Command::ConfirmEntry { item: no, key_fields })
    }

    /// Key fields of an item as entered.
    fn keys(&self, case: CaseNo, no: u8) -> Option<Fields> {
        let (_, entry) = self.item(case, no)?;
        let entered = self.cases[case].entered.get(&no)?;
        let keys = self.world.catalogue.key_fields(entry);
        let stated = keys.iter().filter_map(|spec| Some((spec.key.clone(), entered.get(&spec.key)?.clone())));
        Some(stated.collect())
    }

    fn prepare(&mut self, worker: WorkerNo, case: CaseNo, no: u8) -> bool {
        let policy = &self.cases[case].case.registration.policy;
        let lines = PreparationLine::ALL
            .into_iter()
            .map(|line| {
                let there = match line {
                    PreparationLine::Loan => policy.loan.minor > 0 || policy.loan_interest.minor > 0,
                    PreparationLine::Apl => policy.apl.minor > 0,
                    PreparationLine::Arrears => policy.arrears.minor > 0,
                    PreparationLine::Claim => policy.open_claim,
                    PreparationLine::Freeze => policy.frozen,
                    PreparationLine::LossReport => policy.loss_reported,
                    PreparationLine::Referrals | PreparationLine::Approvals => false,
                };
                let answer = if line.only_not_needed() {
                    PreparationAnswer::NotNeeded
                } else if there {
                    PreparationAnswer::Present
                } else {
                    PreparationAnswer::None
                };
                (line, Prepared { answer, source: PreparationSource::Core })
            })
            .collect::<BTreeMap<_, _>>();
        self.act(Who::Worker(worker), case, Command::CompletePreparation { item: no, lines })
    }

    fn record_core(&mut self, worker: WorkerNo, case: CaseNo, no: u8) -> bool {
        let Some(entered) = self.cases[case].entered.get(&no).cloned() else { return false };
        let recorded = self.cases[case].case.item(no).is_some_and(|item| item.core.is_some());
        let known = self.cases[case].core.get(&no).cloned().filter(|_| recorded);
        let (reference, mut fields) =
            known.unwrap_or_else(|| (format!("PS{}", self.chance.digits(10)), entered.clone()));
        let mut again = Fields::new();
        let mut wrong = None;
        if !recorded && self.errs(worker, case, 0.3) {
            let Self { cases, world, chance, now, .. } = self;
            let live = &cases[case];
            let entry = live.case.item(no).and_then(|item| world.catalogue.item(&item.code));
            let slip = entry.and_then(|entry| {
                let policy = &live.case.registration.policy;
                altered(world.catalogue, entry, policy, (&entered, local_date(*now)), chance)
            });
            if let Some((field, altered)) = slip {
                (fields, wrong) = (altered, Some(field));
            }
        }
        for (key, value) in &fields {
            if entered.get(key) != Some(value) {
                again.insert(key.clone(), value.clone());
            }
        }
        self.cases[case].core.insert(no, (reference.clone(), fields.clone()));
        let command =
            Command::RecordCoreResult { item: no, reference, state: CoreState::Pending, fields, again };
        let done = self.act(Who::Worker(worker), case, command);
        if let (true, Some(field)) = (done, wrong) {
            self.err(case, Stage::Servicing, no, ErrorPoint::E04, Some(field));
        }
        done
    }

    fn cancel_core(&mut self, worker: WorkerNo, case: CaseNo, no: u8) -> bool {
        let Some((reference, _)) = self.cases[case].core.get(&no).cloned() else { return false };
        let reason = "录入更正，重新变更".to_owned();
        self.act(Who::Worker(worker), case, Command::CancelCoreResult { item: no, reference, reason })
    }

    fn settle(&mut self, worker: WorkerNo, case: CaseNo, no: u8) -> bool {
        let Some((_, entry)) = self.item(case, no) else { return false };
        let live = &self.cases[case];
        let none = Fields::new();
        let entered = live.entered.get(&no).unwrap_or(&none);
        let policy = &live.case.registration.policy;
        let Ok(computed) = compute_fees(entry, policy, entered, local_date(self.now)) else { return false };
        let deviation = match &live.intention {
            Some(Intention::Deviate { item, fen }) if *item == no => {
                Some((*fen, "按审批意见结算".to_owned()))
            }
            _ => None,
        };
        let approved = deviation.filter(|_| granted(live));
        let mut mistake = false;
        // A mistake within the clerk's own limit: nobody is asked, so nobody else sees it here.
        let limit = self.workers[worker].person.grants.fee_deviation.minor;
        let off = approved.or_else(|| {
            mistake = !computed.is_empty() && limit > 0 && self.errs(worker, case, 0.5);
            mistake.then(|| (self.chance.between(100.min(limit), limit), "按系统试算结果".to_owned()))
        });
        let mut lines: Vec<FeeInput> = computed
            .into_iter()
            .map(|fee| FeeInput {
                kind: fee.kind,
                direction: fee.direction,
                settled: fee.amount,
                again: None,
                reason: None,
            })
            .collect();
        if let (Some((fen, reason)), Some(line)) = (off, lines.first_mut()) {
            let more = line.direction == FeeDirection::Refund;
            let settled = if more { line.settled.minor + fen } else { (line.settled.minor - fen).max(0) };
            if settled != line.settled.minor {
                line.settled = Money::fen(settled);
                (line.again, line.reason) = (Some(line.settled), Some(reason));
            }
        }
        let done = self.act(Who::Worker(worker), case, Command::SettleFee { item: no, lines });
        if done && mistake {
            self.err(case, Stage::Servicing, no, ErrorPoint::E05, None);
        }
        if matches!(&self.cases[case].intention, Some(Intention::Deviate { item, .. }) if *item == no) {
            self.cases[case].intention = None;
        }
        done
    }

    fn endorse(&mut self, worker: WorkerNo, case: CaseNo, no: u8) -> bool {
        let Some((_, entry)) = self.item(case, no) else { return false };
        let registration = &self.cases[case].case.registration;
        let dates =
            effective_dates(entry, &registration.policy, &registration.application(), local_date(self.now));
        let Ok(dates) = dates else { return false };
        let name = entry.name.zh.clone();
        let policy = registration.policy.policy_no.clone();
        let mistake = self.errs(worker, case, 0.4);
        let effective_date = if mistake { dates.from } else { dates.default };
        let text = format!("保单{policy}办理{name}，自{effective_date}零时起生效。");
        let number = format!("PD{}", self.chance.digits(9));
        let command = Command::Endorse {
            item: no,
            number,
            text,
            effective_date,
            effective_date_again: (effective_date != dates.default).then_some(effective_date),
            premium: None,
            premium_again: None,
        };
        let done = self.act(Who::Worker(worker), case, command);
        if done && mistake {
            self.err(case, Stage::Servicing, no, ErrorPoint::E06, None);
        }
        done
    }

    fn key_asked(&mut self, worker: WorkerNo, case: CaseNo, no: u8) -> bool {
        let Some(read) = self.read_paper(&self.cases[case], no) else { return false };
        let Some((_, entry)) = self.item(case, no) else { return false };
        let asked = self
            .world
            .catalogue
            .key_fields(entry)
            .into_iter()
            .map(|spec| {
                let silent = || Asked::ByRule(UNCHANGED.to_owned());
                let stated = read.get(&spec.key).map(|value| Asked::Stated(value.clone()));
                (spec.key.clone(), stated.unwrap_or_else(silent))
            })
            .collect();
        let done = self.act(Who::Worker(worker), case, Command::KeyAsked { item: no, asked });
        if done {
            self.cases[case].keyed.insert(no, read);
        }
        done
    }

    /// Key fields of an item as a rechecker reads them on the paper: an eye that has overlooked a slip reads what was
    /// entered.
    pub(super) fn read_paper(&self, live: &Live, no: u8) -> Option<Fields> {
        let entry = self.world.catalogue.item(&live.case.item(no)?.code)?;
        let (entered, paper) = (live.entered.get(&no)?, live.asked.get(&no)?);
        let overlooked = |key: &FieldKey| {
            live.standing(&[Stage::Entry])
                .any(|fault| fault.overlooked && fault.item == no && fault.field.as_ref() == Some(key))
        };
        let keys = self.world.catalogue.key_fields(entry);
        let read = keys.iter().filter_map(|spec| {
            let source = if overlooked(&spec.key) { entered } else { paper };
            Some((spec.key.clone(), source.get(&spec.key)?.clone()))
        });
        Some(read.collect())
    }

    fn pass(&mut self, worker: WorkerNo, case: CaseNo) -> bool {
        let mut explained: BTreeMap<u8, Vec<Explained>> = BTreeMap::new();
        for fault in self.cases[case].standing(&[Stage::Servicing]).filter(|fault| fault.overlooked) {
            if let Some(field) = &fault.field {
                let reason = "以核心系统登记为准".to_owned();
                explained.entry(fault.item).or_default().push(Explained { field: field.clone(), reason });
            }
        }
        let command = Command::PassRecheck { change: true, entry: true, fees: true, explained };
        let done = self.act(Who::Worker(worker), case, command);
        if done {
            self.overlooked(case);
        }
        done
    }

    fn confirm_core(&mut self, worker: WorkerNo, case: CaseNo, no: u8) -> bool {
        let Some((reference, values)) = self.cases[case].core.get(&no).cloned() else { return false };
        let passed =
            self.cases[case].case.item(no).and_then(|item| item.pass.as_ref()).map(|pass| pass.done.at);
        let shown = self.now - TimeDelta::milliseconds(self.chance.between(2_000, 50_000));
        let effective_at = passed.map_or(shown, |passed| shown.max(passed));
        let again = Fields::new();
        self.act(
            Who::Worker(worker),
            case,
            Command::ConfirmCore { item: no, reference, effective_at, values, again },
        )
    }

    /// Decides on a proposal: what falls short of the rules is declined.
    fn answer(&mut self, worker: WorkerNo, case: CaseNo) -> bool {
        self.cases[case].fated = true;
        let live = &self.cases[case];
        let refusable = live.case.shortfalls.is_empty();
        let command = if refusable && self.chance.happens(0.2) {
            Command::RefuseProposal { reason: "资料可补正，继续办理".to_owned() }
        } else {
            Command::Decline {}
        };
        self.act(Who::Worker(worker), case, command)
    }

    fn bind(&mut self, worker: WorkerNo, case: CaseNo, no: u8) -> bool {
        let Some((_, entry)) = self.item(case, no) else { return false };
        let lines =
            entry.finishing.iter().map(|line| (FinishLine(line.code.to_string()), Finished::Done)).collect();
        let done = self.act(Who::Worker(worker), case, Command::Bind { item: no, lines });
        if done && self.errs(worker, case, 1.0) {
            let point = if self.chance.happens(0.6) { ErrorPoint::E08 } else { ErrorPoint::E09 };
            self.err(case, Stage::Binding, no, point, None);
        }
        done
    }

    fn release(&mut self, worker: WorkerNo, case: CaseNo) -> bool {
        let registration = &self.cases[case].case.registration;
        let method = match registration.channel {
            Channel::Counter => ReleaseMethod::Counter,
            Channel::Agent => ReleaseMethod::Agent,
            Channel::Post | Channel::Phone => ReleaseMethod::Post,
            Channel::Online => ReleaseMethod::Electronic,
        };
        let receiver = match (&registration.agent, method) {
            (Some(agent), ReleaseMethod::Agent) => agent.name.clone(),
            _ => registration.applicant.clone(),
        };
        self.act(Who::Worker(worker), case, Command::Release { method, receiver })
    }

    fn hand_over(&mut self, worker: WorkerNo, case: CaseNo) -> bool {
        let done = self.act(Who::Worker(worker), case, Command::HandOver {});
        if done {
            self.on_slip(worker, case);
        }
        done
    }

    fn ask(&mut self, worker: WorkerNo, case: CaseNo, intention: &Intention) -> bool {
        let Some(matter) = self.cases[case].matter(intention) else { return true };
        let reason = match intention {
            Intention::LongHold { .. } => "核心系统升级停办，申请顺延时限",
            Intention::Recount { .. } => "复点后页数与登记不符",
            Intention::Deviate { .. } => "与客户协商一致，申请调整费用",
            Intention::CancelEffective { .. } => "核心已生效的变更有误，申请撤销后重做",
            Intention::AskAgain { .. } => "申请书字迹不清，两次录入不同，申请再录",
            _ => "生效后发现批注有误，申请退回更正",
        };
        let command = Command::RequestApproval { matter, reason: reason.to_owned() };
        let done = self.act(Who::Worker(worker), case, command);
        if done {
            self.requested(case);
        }
        done
    }

    fn beside(&mut self, worker: WorkerNo, case: CaseNo, intention: Intention) -> bool {
        self.cases[case].intention = None;
        let who = Who::Worker(worker);
        match intention {
            Intention::PutBack => self.act(who, case, Command::Unclaim {}),
            Intention::Hold { reason, minutes } => self.hold(worker, case, reason, minutes, false),
            Intention::LongHold { until } => self.hold_until(worker, case, "核心系统升级停办", until, true),
            Intention::Recount { material, pages } => {
                let reason = "复点后更正".to_owned();
                self.act(who, case, Command::AmendCount { material, pages, reason })
            }
            Intention::Deviate { .. } | Intention::CancelEffective { .. } | Intention::AskAgain { .. } => {
                true
            }
            Intention::Back { to, no_fault } => self.back(worker, case, to, no_fault),
            Intention::BackEffective { to } => self.back(worker, case, to, false),
            Intention::Propose => self.propose(worker, case),
            Intention::Withdraw => {
                self.cases[case].fated = true;
                let reason = "客户书面申请撤回".to_owned();
                self.act(who, case, Command::Withdraw { request_pages: 1, reason })
            }
        }
    }

    fn hold(&mut self, worker: WorkerNo, case: CaseNo, reason: &str, minutes: i64, moves: bool) -> bool {
        let until = self.world.calendar.add_minutes(self.now, BusinessMinutes(minutes));
        self.hold_until(worker, case, reason, until, moves)
    }

    fn hold_until(
        &mut self,
        worker: WorkerNo,
        case: CaseNo,
        reason: &str,
        until: Timestamp,
        moves_due: bool,
    ) -> bool {
        if until <= self.now {
            // The approval came too late: there is nothing left to wait for.
            return true;
        }
        let command = Command::PutOnHold { reason: reason.to_owned(), until, moves_due };
        let done = self.act(Who::Worker(worker), case, command);
        if done {
            self.agenda.put(until, Happening::HoldEnds(case, until));
        }
        done
    }

    fn wait_for_paper(&mut self, worker: WorkerNo, case: CaseNo) -> bool {
        let live = &mut self.cases[case];
        live.waits += 1;
        let waits = live.waits;
        if !super::acts::lacks_papers(live) || waits > 2 {
            live.intention = Some(Intention::Propose);
            return true;
        }
        let minutes = self.chance.between(900, 2_900);
        if self.chance.happens(0.75) {
            let at = self.chance.between(60, minutes - 30);
            let at = self.world.calendar.add_minutes(self.now, BusinessMinutes(at));
            self.agenda.put(at, Happening::Paper(case));
        }
        self.hold(worker, case, "待客户补交资料", minutes, false)
    }

    fn propose(&mut self, worker: WorkerNo, case: CaseNo) -> bool {
        let live = &self.cases[case];
        let mut items: Vec<u8> = live.case.open_items().map(|item| item.no).collect();
        let falls_short = !live.case.shortfalls.is_empty();
        if items.len() > 1 && !falls_short && self.chance.happens(0.5) {
            items.truncate(1);
        }
        let reasons = if falls_short {
            ["申请不符合变更规定", "资料逾期未补齐"]
        } else {
            ["被保险人不同意变更", "变更后不符合产品规则"]
        };
        let reason = (*self.chance.one(&reasons)).to_owned();
        let done = self.act(Who::Worker(worker), case, Command::ProposeDecline { reason, items });
        if done {
            self.cases[case].fated = true;
        }
        done
    }

    /// Sends a case back with what is seen, or without anybody's fault.
    fn back(&mut self, worker: WorkerNo, case: CaseNo, to: Stage, no_fault: bool) -> bool {
        let live = &self.cases[case];
        let here = live.case.stage().unwrap_or(Stage::Recheck);
        let seen: Vec<_> = live
            .faults
            .iter()
            .filter(|fault| fault.stands && !fault.overlooked && fault.stage < here)
            .filter(|fault| live.case.item(fault.item).is_some())
            .collect();
        let (items, grounds, reason) = if no_fault || seen.is_empty() {
            let all: Vec<u8> = live.case.open_items().map(|item| item.no).collect();
            let causes = [NoFault::Customer, NoFault::NewFact, NoFault::Core, NoFault::OtherDepartment];
            let cause = *self.chance.one(&causes);
            let reason = match cause {
                NoFault::Customer => "客户补充变更内容",
                NoFault::Core => "核心系统退回，须重新变更",
                NoFault::OtherDepartment => "财务部要求核对账户",
                _ => "保单状态有新变化",
            };
            (all, vec![Ground::NoFault(cause)], reason.to_owned())
        } else {
            let mut items: Vec<u8> = seen.iter().map(|fault| fault.item).collect();
            items.sort_unstable();
            items.dedup();
            let grounds = seen
                .iter()
                .map(|fault| Ground::Finding {
                    error_point: fault.point,
                    severity: fault.severity,
                    cause: fault.cause,
                    field: fault.field.clone(),
                })
                .collect();
            (items, grounds, words(seen[0].point).to_owned())
        };
        let command = Command::ReturnTo { stage: to, items, grounds, reason };
        let done = self.act(Who::Worker(worker), case, command);
        if done {
            self.on_slip(worker, case);
        }
        done
    }
}

/// Whether the approval a holder asked for last is granted.
fn granted(live: &Live) -> bool {
    live.case.approvals.last().is_some_and(|approval| matches!(approval.state, ApprovalState::Granted(_)))
}

/// What is wrong, in words.
pub(super) const fn words(point: ErrorPoint) -> &'static str {
    match point {
        ErrorPoint::E01 => "申请日期与规定不符，未审出",
        ErrorPoint::E02 => "变更资料审核有误",
        ErrorPoint::E03 => "录入内容与申请书不符",
        ErrorPoint::E04 => "核心系统变更内容与录入不符",
        ErrorPoint::E05 => "退费金额计算有误",
        ErrorPoint::E06 => "批注生效日期有误",
        ErrorPoint::E07 => "复核未发现前序差错",
        ErrorPoint::E08 => "装订顺序不合标准",
        ErrorPoint::E09 => "保单首页未更换",
        ErrorPoint::E10 => "资料交接页数不全",
        _ => "办理结果有误",
    }
}
