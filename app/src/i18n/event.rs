//! Events of a case in words, for timelines: what was done, and why.

use super::Localised;
use super::terms::Terms;
use super::wording::Wording;
use crate::format::{amount, moment};
use domain::case::state::Matter;
use domain::case::{Case, Event, Fact};
use domain::catalogue::FeeDirection;
use domain::id::FieldKey;
use domain::time::Timestamp;

messages! {
    /// What happened to a case.
    pub struct Events {
        registered: "登记新进", "Registered";
        registration_amended: "重填登记要素", "Registration amended";
        material_received(what: &str, pages: i64): |m, n| format!("补收{m} {n} 页"),
            |m, n| format!("{m} received, {}", super::common::counted(n, "page", "pages"));
        count_amended(before: i64, after: i64): |b, a| format!("页数由 {b} 改为 {a}"),
            |b, a| format!("Page count changed from {b} to {a}");
        handed_over(to: &str): |to| format!("移交{to}"), |to| format!("Handed over to {to}");
        arrived_own(stage: &str): |s| format!("{s}自行签收"), |s| format!("Received at {s} by who gave it");
        arrived(at: &str): |at| format!("{at}签收"), |at| format!("Received at {at}");
        count_differed(round: i64): |n| format!("第 {n} 遍清点不符"), |n| format!("Count {n} differed");
        difference_reported: "报告差异，件留交出人", "Difference reported; stays with the giver";
        taken_back: "撤回移交", "Taken back from the slip";
        claimed: "领取", "Claimed";
        unclaimed: "释放", "Put back";
        lease_expired(who: &str): |w| format!("{w} 领取到期，回到待领"), |w| format!("Claim of {w} ran out");
        assigned(to: &str): |w| format!("分派给 {w}"), |w| format!("Assigned to {w}");
        priority(what: &str): |p| format!("优先改为{p}"), |p| format!("Priority set to {p}");
        transfer_offered(to: &str): |w| format!("移交给 {w}"), |w| format!("Transfer offered to {w}");
        transfer_confirmed(from: &str): |w| format!("接下 {w} 的件"), |w| format!("Transfer from {w} confirmed");
        returned(to: &str): |to| format!("退回{to}"), |to| format!("Returned to {to}");
        review_completed(items: &str): |i| format!("审核合格：{i}"), |i| format!("Review passed: {i}");
        change_entered(item: &str): |i| format!("录入{i}"), |i| format!("{i} entered");
        entry_confirmed(item: &str): |i| format!("{i} 二次录入一致"), |i| format!("{i}: second keying agrees");
        entry_differed(item: &str, fields: &str): |i, f| format!("{i} 二次录入不同：{f}"),
            |i, f| format!("{i}: second keying differs in {f}");
        preparation_completed(item: &str): |i| format!("{i} 变更前准备完成"), |i| format!("{i}: preparation complete");
        core_recorded(item: &str, reference: &str): |i, r| format!("{i} 系统结果 {r}"),
            |i, r| format!("{i}: core result {r}");
        core_cancelled(item: &str, reference: &str): |i, r| format!("{i} 系统结果 {r} 已撤销"),
            |i, r| format!("{i}: core result {r} cancelled");
        fees_settled(item: &str): |i| format!("{i} 费用结清"), |i| format!("{i}: fees settled");
        endorsed(item: &str, number: &str): |i, n| format!("{i} 批注 {n}"), |i, n| format!("{i}: endorsement {n}");
        asked_keyed(item: &str): |i| format!("{i} 申请内容盲录"), |i| format!("{i}: application keyed blind");
        asked_again(item: &str, fields: &str): |i, f| format!("{i} 申请内容重录，{f}与前次不同"),
            |i, f| format!("{i}: application keyed again, {f} differ from before");
        recheck_passed(items: &str, round: i64): |i, n| format!("第 {n} 轮复核通过：{i}"),
            |i, n| format!("Recheck passed in round {n}: {i}");
        core_confirmed(item: &str): |i| format!("{i} 核心已生效"), |i| format!("{i}: in force in the core");
        core_confirmed_differing(item: &str, fields: &str): |i, f| format!("{i} 核心已生效，{f}与比对不同，复核、费用、批注失效"),
            |i, f| format!("{i}: in force in the core, {f} differ from what was compared; pass, fees and endorsement fall");
        decline_proposed(items: &str): |i| format!("拟拒绝：{i}"), |i| format!("Decline proposed: {i}");
        proposal_cancelled: "撤回拟拒绝", "Proposal to decline taken back";
        items_declined(items: &str): |i| format!("拒绝：{i}"), |i| format!("Declined: {i}");
        bound(item: &str): |i| format!("{i} 装订完成"), |i| format!("{i}: finished");
        held(until: &str): |t| format!("暂挂至 {t}"), |t| format!("On hold until {t}");
        resumed: "恢复", "Resumed";
        approval_requested(matter: &str): |m| format!("报批：{m}"), |m| format!("Approval requested: {m}");
        approval_signed(no: i64): |n| format!("准第 {n} 号报批，尚须另一人同准"),
            |n| format!("Request {n} approved by the first of two");
        approval_granted(no: i64): |n| format!("准第 {n} 号报批"), |n| format!("Request {n} approved");
        approval_refused(no: i64): |n| format!("不准第 {n} 号报批"), |n| format!("Request {n} refused");
        release_barred(stage: &str): |s| format!("抽检{s}有重大差错，暂不能下发"),
            |s| format!("Major finding at {s} bars the release");
        by_way(ending: &str, way: &str): |e, w| format!("{e}，{w}"), |e, w| format!("{e}, {w}");
        bar_lifted: "重大差错复检合格，可以下发", "Second check conforms; release free again";
        noted: "备注", "Note";
        amend_count: "改页数", "amend a page count";
        return_effective(items: &str, to: &str): |i, to| format!("已生效的{i}退回{to}"),
            |i, to| format!("return {i}, in force, to {to}");
        cancel_effective(item: &str): |i| format!("撤销{i}已生效的核心结果"), |i| format!("cancel the core result of {i}, in force");
        asked_third(item: &str): |i| format!("{i} 申请内容第三次录入"), |i| format!("key the application of {i} a third time");
        deviation_refund(item: &str, amount: &str): |i, a| format!("{i} 费用向客户让 {a} 以内"),
            |i, a| format!("{i}: fee deviation up to {a} in the customer's favour");
        deviation_collect(item: &str, amount: &str): |i, a| format!("{i} 费用多收或少退 {a} 以内"),
            |i, a| format!("{i}: fee deviation up to {a} against the customer");
        hold_moves_due(until: &str): |t| format!("暂挂至 {t}，时限顺延"), |t| format!("hold until {t} that moves the due time");
    }
}

/// What happened, without who and when.
pub fn what(event: &Event, wording: &Wording, case: Option<&Case>, now: Timestamp) -> String {
    let t = Events::in_locale(wording.locale);
    let posts = wording.messages().post;
    let item = |no: u8| item(no, wording, case);
    let items = |all: &[u8]| wording.list(&all.iter().map(|no| item(*no)).collect::<Vec<_>>());
    let fields = |no: u8, keys: &[FieldKey]| fields(no, keys, wording, case);
    match &event.fact {
        Fact::Registered { .. } => t.registered.into(),
        Fact::RegistrationAmended { .. } => t.registration_amended.into(),
        Fact::MaterialReceived { material, .. } => {
            (t.material_received)(&wording.material(&material.kind), material.pages.into())
        }
        Fact::CountAmended { before, pages, .. } => (t.count_amended)((*before).into(), (*pages).into()),
        Fact::HandedOver { to, .. } => (t.handed_over)(posts.stage(*to)),
        Fact::Arrived(arrival) if arrival.own => (t.arrived_own)(posts.stage(arrival.stage)),
        Fact::Arrived(arrival) => (t.arrived)(posts.stage(arrival.stage)),
        Fact::CountDiffered { round, .. } => (t.count_differed)((*round).into()),
        Fact::DifferenceReported { .. } => t.difference_reported.into(),
        Fact::TakenBack { .. } => t.taken_back.into(),
        Fact::Claimed {} => t.claimed.into(),
        Fact::Unclaimed {} => t.unclaimed.into(),
        Fact::LeaseExpired { holder } => (t.lease_expired)(&wording.person(holder)),
        Fact::Assigned { to } => (t.assigned)(&wording.person(to)),
        Fact::PrioritySet { priority, .. } => {
            (t.priority)(Terms::in_locale(wording.locale).priority(*priority))
        }
        Fact::TransferOffered { to, .. } => (t.transfer_offered)(&wording.person(to)),
        Fact::TransferConfirmed { from } => (t.transfer_confirmed)(&wording.person(from)),
        Fact::Returned { returned, .. } => (t.returned)(posts.stage(returned.to)),
        Fact::ReviewCompleted { items: all } => (t.review_completed)(&items(all)),
        Fact::ChangeEntered { item: no, .. } => (t.change_entered)(&item(*no)),
        Fact::EntryConfirmed { item: no } => (t.entry_confirmed)(&item(*no)),
        Fact::EntryDiffered { item: no, fields: keys } => (t.entry_differed)(&item(*no), &fields(*no, keys)),
        Fact::PreparationCompleted { item: no, .. } => (t.preparation_completed)(&item(*no)),
        Fact::CoreRecorded { item: no, reference, .. } => (t.core_recorded)(&item(*no), reference),
        Fact::CoreCancelled { item: no, reference, .. } => (t.core_cancelled)(&item(*no), reference),
        Fact::FeesSettled { item: no, .. } => (t.fees_settled)(&item(*no)),
        Fact::Endorsed { item: no, endorsement } => (t.endorsed)(&item(*no), &endorsement.number),
        Fact::AskedKeyed { item: no, differing, .. } if differing.is_empty() => (t.asked_keyed)(&item(*no)),
        Fact::AskedKeyed { item: no, differing, .. } => (t.asked_again)(&item(*no), &fields(*no, differing)),
        Fact::RecheckPassed { round, items: passed } => {
            (t.recheck_passed)(&items(&passed.keys().copied().collect::<Vec<_>>()), (*round).into())
        }
        Fact::CoreConfirmed { item: no, differing, .. } if differing.is_empty() => {
            (t.core_confirmed)(&item(*no))
        }
        Fact::CoreConfirmed { item: no, differing, .. } => {
            (t.core_confirmed_differing)(&item(*no), &fields(*no, differing))
        }
        Fact::DeclineProposed { items: all, .. } => (t.decline_proposed)(&items(all)),
        Fact::ProposalCancelled {} => t.proposal_cancelled.into(),
        Fact::ItemsDeclined { items: all } => (t.items_declined)(&items(all)),
        Fact::Bound { item: no, .. } => (t.bound)(&item(*no)),
        Fact::Held { until, .. } => (t.held)(&moment(*until, now)),
        Fact::Resumed { .. } => t.resumed.into(),
        Fact::ApprovalRequested { matter, .. } => {
            (t.approval_requested)(&self::matter(matter, wording, case, now))
        }
        Fact::ApprovalSigned { approval } => (t.approval_signed)((*approval).into()),
        Fact::ApprovalGranted { approval } => (t.approval_granted)((*approval).into()),
        Fact::ApprovalRefused { approval, .. } => (t.approval_refused)((*approval).into()),
        Fact::ReleaseBarred { stage, .. } => (t.release_barred)(posts.stage(*stage)),
        Fact::BarLifted { .. } => t.bar_lifted.into(),
        Fact::Noted { .. } => t.noted.into(),
        Fact::Ended { ending, method, .. } => {
            let terms = Terms::in_locale(wording.locale);
            let ending = terms.ending(*ending);
            method.map_or_else(|| ending.into(), |method| (t.by_way)(ending, terms.release_method(method)))
        }
    }
}

/// Why, in the words of who did it; none where nothing was given.
pub fn why(event: &Event) -> Option<&str> {
    let text = match &event.fact {
        Fact::CountAmended { reason, .. }
        | Fact::PrioritySet { reason, .. }
        | Fact::CoreCancelled { reason, .. }
        | Fact::DeclineProposed { reason, .. }
        | Fact::Held { reason, .. }
        | Fact::ApprovalRequested { reason, .. }
        | Fact::ApprovalRefused { reason, .. } => reason,
        Fact::DifferenceReported { difference, .. } => difference,
        Fact::Returned { returned, .. } => &returned.reason,
        Fact::Noted { text } => text,
        Fact::Ended { detail, .. } => detail,
        _ => return None,
    };
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// What an approval is asked for.
pub fn matter(of: &Matter, wording: &Wording, case: Option<&Case>, now: Timestamp) -> String {
    let t = Events::in_locale(wording.locale);
    match of {
        Matter::AmendCount { .. } => t.amend_count.into(),
        Matter::ReturnEffective { to, items } => {
            let items: Vec<String> = items.iter().map(|no| item(*no, wording, case)).collect();
            (t.return_effective)(&wording.list(&items), wording.messages().post.stage(*to))
        }
        Matter::CancelEffective { item: no } => (t.cancel_effective)(&item(*no, wording, case)),
        Matter::AskedAgain { item: no } => (t.asked_third)(&item(*no, wording, case)),
        Matter::FeeDeviation { item: no, towards, amount: sum } => {
            let say = match towards {
                Some(FeeDirection::Collect) => t.deviation_collect,
                Some(FeeDirection::Refund) | None => t.deviation_refund,
            };
            say(&item(*no, wording, case), &amount(sum.minor))
        }
        Matter::HoldMovesDue { until } => (t.hold_moves_due)(&moment(*until, now)),
    }
}

/// An item by its name, or its number where the case is not at hand.
fn item(no: u8, wording: &Wording, case: Option<&Case>) -> String {
    case.and_then(|case| case.items.iter().find(|item| item.no == no))
        .map_or_else(|| no.to_string(), |item| wording.item(&item.code))
}

fn fields(no: u8, keys: &[FieldKey], wording: &Wording, case: Option<&Case>) -> String {
    let code = case.and_then(|case| case.items.iter().find(|item| item.no == no)).map(|item| &item.code);
    let name = |key: &FieldKey| match code {
        Some(code) => wording.field(code, key),
        None => wording.any_field(key),
    };
    wording.list(&keys.iter().map(name).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use domain::actor::By;
    use domain::case::returns::Return;
    use domain::catalogue::CatalogueVersion;
    use domain::id::CaseId;
    use domain::post::Stage;
    use std::collections::BTreeMap;

    fn event(fact: Fact) -> Event {
        Event {
            case: CaseId(uuid::Uuid::nil()),
            version: 1,
            at: Timestamp::UNIX_EPOCH,
            by: By::System,
            stage: None,
            unit: "SH".into(),
            catalogue: CatalogueVersion(1),
            fact,
        }
    }

    fn say(fact: Fact, locale: Locale) -> String {
        let names = BTreeMap::from([("SH1".into(), "何佳".to_owned())]);
        let wording = Wording { locale, names: &names, catalogue: None };
        what(&event(fact), &wording, None, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn people_posts_and_items_are_named() {
        let passed = Fact::RecheckPassed { round: 2, items: BTreeMap::from([(1, vec![]), (2, vec![])]) };
        assert_eq!(say(passed.clone(), Locale::ZhHans), "第 2 轮复核通过：1、2");
        assert_eq!(say(passed, Locale::En), "Recheck passed in round 2: 1 and 2");
        assert_eq!(say(Fact::Assigned { to: "SH1".into() }, Locale::ZhHans), "分派给 何佳");
        let slip = domain::id::SlipId(uuid::Uuid::nil());
        let given = Fact::HandedOver { slip, to: Stage::Recheck, unit: "SH".into() };
        assert_eq!(say(given, Locale::En), "Handed over to Recheck");
    }

    #[test]
    fn the_reason_is_that_of_who_did_it() {
        let returned = Return {
            to: Stage::Entry,
            from: Stage::Recheck,
            items: vec![1],
            grounds: vec![],
            reason: " 身份证号录错 ".into(),
        };
        let slip = domain::id::SlipId(uuid::Uuid::nil());
        let back = Fact::Returned {
            slip,
            unit: "SH".into(),
            returned: Box::new(returned),
            approval: None,
            unfinished: false,
            from_post: false,
        };
        assert_eq!(why(&event(back)), Some("身份证号录错"));
        assert_eq!(why(&event(Fact::Noted { text: "  ".into() })), None);
        assert_eq!(why(&event(Fact::Claimed {})), None);
    }
}
