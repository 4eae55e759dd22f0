//! Why not: every refusal of the rules in words, with who can help.

use super::terms::Terms;
use super::wording::Wording;
use super::{Locale, Localised};
use crate::format::{amount, moment};
use domain::case::list::OpenLine;
use domain::case::refusal::{InputRule, Needs};
use domain::case::registration::Shortfall;
use domain::case::{Case, Refusal};
use domain::id::{FieldKey, PersonId};
use domain::time::Timestamp;

messages! {
    /// Refusals.
    pub struct Refusals {
        not_a_person: "须由人办理", "Only a person does this";
        not_for_persons: "由系统办理", "Plumbline does this itself";
        post_not_held(post: &str): |p| format!("须{p}办理，你不在此岗"), |p| format!("Needs the {p} post, which you do not hold");
        not_a_lead: "须岗位主管办理", "Only a lead or manager does this";
        not_an_inspector: "须质检员办理", "Only an inspector does this";
        out_of_scope: "不在你的机构范围", "Outside your units";
        separation(stage: &str): |s| format!("你在{s}办过此件，须另一人办"),
            |s| format!("You worked on this case at {s}; another person must do this");
        inspected: "你抽检过此件，不能再经办", "You inspected this case; another person must work on it";
        reserve(stage: &str): |s| format!("你办了此步就无人能办{s}，须另一人办"),
            |s| format!("Nobody else could do {s} after you; another person must do this");
        own_request: "不能批本人的申请", "You cannot answer your own request";
        own_approval: "本人批准的不能本人用，须另一人办或另人批", "You cannot use what you approved yourself";
        item_not_granted(item: &str): |i| format!("权限不含{i}"), |i| format!("{i} is not among your items");
        amount_above(amount: &str, limit: &str): |a, l| format!("超出权限：金额 {a}，你的上限 {l}"),
            |a, l| format!("Above your limit: {a}, your limit is {l}");
        approval_needed: "须先获批", "Needs an approval first";
        ended(how: &str, when: &str): |h, t| format!("{h}，{t}"), |h, t| format!("{h} at {t}");
        imported: "导入件只读", "Imported cases are read only";
        wrong_stage(stage: &str): |s| format!("此件在{s}"), |s| format!("The case is at {s}");
        needs_ready: "须为待领状态", "The case must be unclaimed";
        needs_claimed: "须先领取", "Claim it first";
        needs_waiting: "此件未在等待", "The case is not waiting";
        needs_held: "须有人持有，且不在途", "Somebody must hold it, and it must not be on a slip";
        needs_handed_over: "此件不在清单上", "The case is not on a slip";
        held_by(who: &str): |w| format!("{w} 已领取"), |w| format!("{w} holds it");
        not_receiver: "接收人不是你", "Somebody else is the receiver";
        own_line: "本人交出的件须由本岗他人签收", "You handed it over; another of the post must receive it";
        receiver_cannot(who: &str, why: &str): |w, y| format!("{w} 不能接：{y}"), |w, y| format!("{w} cannot take it: {y}");
        their_post(who: &str, post: &str): |w, p| format!("{w} 不在{p}"), |w, p| format!("{w} does not hold the {p} post");
        their_scope(who: &str): |w| format!("不在 {w} 的机构范围"), |w| format!("Outside the units of {w}");
        their_work(who: &str, stage: &str): |w, s| format!("{w} 在{s}办过此件，须另一人办"),
            |w, s| format!("{w} worked on this case at {s}; another person must do this");
        their_reserve(who: &str, stage: &str): |w, s| format!("{w} 办了此步就无人能办{s}，须另一人办"),
            |w, s| format!("Nobody could do {s} after {w}; another person must do this");
        their_items(who: &str, item: &str): |w, i| format!("{w} 的权限不含{i}"), |w, i| format!("{i} is not among the items of {w}");
        their_amount(who: &str, amount: &str, limit: &str): |w, a, l| format!("金额 {a} 超出 {w} 的上限 {l}"),
            |w, a, l| format!("{a} is above the limit of {w}, {l}");
        list_open(lines: &str): |l| format!("未完：{l}"), |l| format!("Still open: {l}");
        earlier_open(lines: &str): |l| format!("前岗未完：{l}"), |l| format!("Still open at an earlier post: {l}");
        of_item(line: &str, item: &str): |l, i| format!("{i} {l}"), |l, i| format!("{l} of {i}");
        count_first: "须先清点两遍，两遍都不符才能报差异", "Count twice; only when both differ can a difference be reported";
        counted_twice: "两遍都不符，须报差异", "Both counts differ; report the difference";
        review_at_fault: "有不合格项，不能完成审核", "A line is at fault; the review cannot be completed";
        core_outstanding: "核心结果未撤销", "A core result still stands";
        other_reference(r: &str): |r| format!("已有核心受理号 {r}"), |r| format!("The core result is recorded under {r}");
        already_effective: "核心已生效", "Already in force in the core";
        not_passed: "复核未通过", "The recheck has not passed";
        not_effective: "核心未生效", "Not in force in the core";
        differences(fields: &str): |f| format!("差异未了：{f}；录入差异退录入岗，系统差异退保全岗"),
            |f| format!("Differences open: {f}; an entry goes back to Entry, a core value to Servicing");
        asked_missing(fields: &str): |f| format!("申请内容未录：{f}"), |f| format!("Not keyed from the application: {f}");
        proposal_open: "已拟拒绝，只能移交复核", "A proposal to decline is open; only hand over to Recheck";
        no_proposal: "没有拟拒绝", "There is no proposal to decline";
        finish_at_fault: "装订有误，须退回", "A finishing line is at fault; return the case";
        release_barred: "有重大差错未复检，不能下发", "A major finding bars the release until its second check conforms";
        approval_closed: "此申请已答复", "This request is answered already";
        already_done: "已做过", "Done already";
        already_done_by(who: &str, when: &str): |w, t| format!("{w} {t} 已做"), |w, t| format!("Done by {w} at {t}");
        no_such_item: "没有此项目", "There is no such item";
        fee_unknown: "要素不全，费用算不出", "The fee cannot be computed from the facts";
        contradicts(lines: &str): |l| format!("与登记要素不符：{l}；要素有误须退回收件更正，否则改此处"),
            |l| format!("Contradicts the policy facts: {l}; return to Intake to amend the facts, or correct the answer");
        found_present(line: &str): |l| format!("{l} 查为有、登记为无"), |l| format!("{l} found present, registered as none");
        found_none(line: &str): |l| format!("{l} 查为无、登记为有"), |l| format!("{l} found none, registered as present");
        blocked(by: &str): |b| format!("{b}，本项不能办：须退回或拟拒绝"),
            |b| format!("{b} stops this item: return it or propose to decline");
        lease_runs: "领取未到期", "The claim has not run out";
        transfer_open(who: &str): |w| format!("正移交给 {w}"), |w| format!("Being transferred to {w}");
        fields_fault(n: i64): |n| format!("{n} 处不合规则"), |n| format!("{n} {}", if n == 1 { "field breaks a rule" } else { "fields break a rule" });
        keyed_differently(fields: &str): |f| format!("两遍不同：{f}"), |f| format!("Keyed differently: {f}");
        acknowledge(n: i64): |n| format!("{n} 条须逐条知悉"), |n| format!("{n} to be acknowledged one by one");
        inadmissible(item: &str): |i| format!("{i} 不符规定"), |i| format!("{i} is not admissible");
        missing(material: &str): |m| format!("缺{m}"), |m| format!("{m} is missing");
        server_decides: "由服务器核对", "The server decides";
        who_can(people: &str): |p| format!("可找 {p}"), |p| format!("{p} can help");
        required: "须填写", "Required";
        too_long: "过长", "Too long";
        unknown: "不存在", "Does not exist";
        twice: "重复", "Given twice";
        future: "不能晚于现在", "Lies in the future";
        past: "须晚于现在", "Must lie in the future";
        positive: "须大于零", "Must be greater than zero";
        out_of_range: "不在允许范围", "Outside what the rule allows";
        must_be_not_needed: "本版只能答不需要", "Only “not needed” may be answered here";
        reason_missing: "须写明理由", "Needs a reason";
        key_again: "须再录一遍", "Must be keyed a second time";
        must_tick: "须勾选", "Must be ticked";
        wrong_lines: "费用行须与试算一致", "The lines must be the computed ones";
        not_earlier: "须退到更早的岗位", "Must be an earlier post";
        sealed: "须重新录入", "Must be keyed anew";
        negative: "不能为负", "Must not be negative";
        too_large: "超出险种允许", "Above what the product allows";
        date_order: "早于保单生效日", "Before the policy took effect";
        before_application: "早于申请日", "Before the date of application";
        too_old: "太久以前", "Too long ago";
        before_pass: "早于复核通过", "Before the recheck passed it";
        keyed_otherwise: "两录不同", "The two keyings differ";
        rule_unknown: "须照申请书录入，或选本项允许的规则", "Key what the paper states, or choose a rule this field allows";
        not_explainable: "无差异或不可说明", "Nothing differs here, or it may not be explained";
        at_field(field: &str, rule: &str): |f, r| format!("{f} {r}"), |f, r| format!("{f}: {r}");
    }
}

impl Refusals {
    /// A rule of an input.
    pub const fn input(&self, rule: InputRule) -> &'static str {
        match rule {
            InputRule::Required => self.required,
            InputRule::TooLong => self.too_long,
            InputRule::Unknown => self.unknown,
            InputRule::Twice => self.twice,
            InputRule::Future => self.future,
            InputRule::Past => self.past,
            InputRule::Positive => self.positive,
            InputRule::OutOfRange => self.out_of_range,
            InputRule::MustBeNotNeeded => self.must_be_not_needed,
            InputRule::ReasonMissing => self.reason_missing,
            InputRule::KeyAgain => self.key_again,
            InputRule::MustTick => self.must_tick,
            InputRule::WrongLines => self.wrong_lines,
            InputRule::NotEarlier => self.not_earlier,
            InputRule::Sealed => self.sealed,
            InputRule::Negative => self.negative,
            InputRule::TooLarge => self.too_large,
            InputRule::DateOrder => self.date_order,
            InputRule::BeforeApplication => self.before_application,
            InputRule::TooOld => self.too_old,
            InputRule::BeforePass => self.before_pass,
            InputRule::KeyedOtherwise => self.keyed_otherwise,
            InputRule::RuleUnknown => self.rule_unknown,
            InputRule::NotExplainable => self.not_explainable,
        }
    }
}

/// A refusal in words. `case` names its items; without it numbers are left out.
pub fn word(refusal: &Refusal, wording: &Wording, case: Option<&Case>, now: Timestamp) -> String {
    let t = Refusals::in_locale(wording.locale);
    let terms = Terms::in_locale(wording.locale);
    let posts = wording.messages().post;
    match refusal {
        Refusal::NotAPerson {} => t.not_a_person.into(),
        Refusal::NotForPersons {} => t.not_for_persons.into(),
        Refusal::PostNotHeld { post } => (t.post_not_held)(posts.post(*post)),
        Refusal::NotALead {} => t.not_a_lead.into(),
        Refusal::NotAnInspector {} => t.not_an_inspector.into(),
        Refusal::OutOfScope {} => t.out_of_scope.into(),
        Refusal::Separation { worked_at } => (t.separation)(posts.stage(*worked_at)),
        Refusal::Inspected {} => t.inspected.into(),
        Refusal::Reserve { stage } => (t.reserve)(posts.stage(*stage)),
        Refusal::OwnRequest {} => t.own_request.into(),
        Refusal::OwnApproval {} => t.own_approval.into(),
        Refusal::ItemNotGranted { item, who } => {
            help(wording, &(t.item_not_granted)(&wording.item(item)), who)
        }
        Refusal::AmountAboveGrant { amount: sum, limit, who, .. } => {
            help(wording, &(t.amount_above)(&amount(sum.minor), &amount(limit.minor)), who)
        }
        Refusal::ApprovalNeeded { who } => help(wording, t.approval_needed, who),
        Refusal::Ended { ending, at } => (t.ended)(terms.ending(*ending), &moment(*at, now)),
        Refusal::Imported {} => t.imported.into(),
        Refusal::WrongStage { stage } => (t.wrong_stage)(posts.stage(*stage)),
        Refusal::WrongStatus { needs } => match needs {
            Needs::Ready => t.needs_ready,
            Needs::Claimed => t.needs_claimed,
            Needs::Waiting => t.needs_waiting,
            Needs::Held => t.needs_held,
            Needs::HandedOver => t.needs_handed_over,
        }
        .into(),
        Refusal::HeldByOther { holder } => (t.held_by)(&wording.person(holder)),
        Refusal::NotReceiver {} => t.not_receiver.into(),
        Refusal::OwnLine {} => t.own_line.into(),
        Refusal::ReceiverNotEligible { person, why } => of_other(person, why, wording, case, now),
        Refusal::ListOpen { lines } => (t.list_open)(&open_lines(lines, wording, case)),
        Refusal::EarlierListOpen { lines } => (t.earlier_open)(&open_lines(lines, wording, case)),
        Refusal::CountFirst { .. } => t.count_first.into(),
        Refusal::BothCountsDiffered {} => t.counted_twice.into(),
        Refusal::ReviewAtFault { shortfalls } => {
            let lines: Vec<String> = shortfalls.iter().map(|line| shortfall(line, wording)).collect();
            if lines.is_empty() { t.review_at_fault.into() } else { wording.list(&lines) }
        }
        Refusal::CoreOutstanding { .. } => t.core_outstanding.into(),
        Refusal::OtherReference { reference } => (t.other_reference)(reference),
        Refusal::AlreadyEffective {} => t.already_effective.into(),
        Refusal::NotPassed {} => t.not_passed.into(),
        Refusal::NotEffective { .. } => t.not_effective.into(),
        Refusal::Differences { fields } => (t.differences)(&fields_of(fields, wording, case)),
        Refusal::AskedMissing { fields } => (t.asked_missing)(&fields_of(fields, wording, case)),
        Refusal::ProposalOpen {} => t.proposal_open.into(),
        Refusal::NoProposal {} => t.no_proposal.into(),
        Refusal::FinishAtFault { .. } => t.finish_at_fault.into(),
        Refusal::ReleaseBarred { .. } => t.release_barred.into(),
        Refusal::ApprovalClosed {} => t.approval_closed.into(),
        Refusal::AlreadyDone { done: Some(done) } => {
            (t.already_done_by)(&wording.by(&done.by), &moment(done.at, now))
        }
        Refusal::AlreadyDone { done: None } => t.already_done.into(),
        Refusal::NoSuchItem { .. } => t.no_such_item.into(),
        Refusal::FeeUnknown { .. } => t.fee_unknown.into(),
        Refusal::ContradictsFacts { lines } => {
            let lines: Vec<String> = lines
                .iter()
                .map(|found| {
                    let say = if found.in_facts { t.found_none } else { t.found_present };
                    say(terms.preparation_line(found.line))
                })
                .collect();
            (t.contradicts)(&wording.list(&lines))
        }
        Refusal::Blocked { by } => {
            let blocks: Vec<String> = by.iter().map(|block| terms.block(*block).to_owned()).collect();
            (t.blocked)(&wording.list(&blocks))
        }
        Refusal::LeaseRuns {} => t.lease_runs.into(),
        Refusal::TransferOpen { to } => (t.transfer_open)(&wording.person(to)),
        Refusal::Fields { faults } => (t.fields_fault)(count(faults.len())),
        Refusal::KeyedDifferently { fields } => {
            let names: Vec<String> = fields.iter().map(|key| wording.any_field(key)).collect();
            (t.keyed_differently)(&wording.list(&names))
        }
        Refusal::Acknowledge { lines } => (t.acknowledge)(count(lines.len())),
        Refusal::Input { pointer, rule } => {
            let key = FieldKey::from(pointer.rsplit('/').next().unwrap_or_default());
            let name = wording.any_field(&key);
            if name == key.as_str() { t.input(*rule).into() } else { (t.at_field)(&name, t.input(*rule)) }
        }
        Refusal::ServerDecides {} => t.server_decides.into(),
    }
}

/// A refusal that speaks of another person than who asked: it names that one.
fn of_other(
    person: &PersonId,
    why: &Refusal,
    wording: &Wording,
    case: Option<&Case>,
    now: Timestamp,
) -> String {
    let t = Refusals::in_locale(wording.locale);
    let posts = wording.messages().post;
    let who = wording.person(person);
    match why {
        Refusal::PostNotHeld { post } => (t.their_post)(&who, posts.post(*post)),
        Refusal::OutOfScope {} => (t.their_scope)(&who),
        Refusal::Separation { worked_at } => (t.their_work)(&who, posts.stage(*worked_at)),
        Refusal::Reserve { stage } => (t.their_reserve)(&who, posts.stage(*stage)),
        Refusal::ItemNotGranted { item, who: able } => {
            help(wording, &(t.their_items)(&who, &wording.item(item)), able)
        }
        Refusal::AmountAboveGrant { amount: sum, limit, who: able, .. } => {
            help(wording, &(t.their_amount)(&who, &amount(sum.minor), &amount(limit.minor)), able)
        }
        other => (t.receiver_cannot)(&who, &word(other, wording, case, now)),
    }
}

/// A shortfall of the registration.
pub fn shortfall(line: &Shortfall, wording: &Wording) -> String {
    let t = Refusals::in_locale(wording.locale);
    match line {
        Shortfall::Inadmissible { item, .. } => (t.inadmissible)(&wording.item(item)),
        Shortfall::Missing { material } => (t.missing)(&wording.material(material)),
    }
}

fn help(wording: &Wording, text: &str, who: &[PersonId]) -> String {
    if who.is_empty() {
        return text.to_owned();
    }
    let t = Refusals::in_locale(wording.locale);
    let people = (t.who_can)(&wording.people(&who[..who.len().min(4)]));
    match wording.locale {
        Locale::ZhHans => format!("{text}；{people}"),
        Locale::En => format!("{text}; {people}"),
    }
}

/// Open lines, the item named only where the case has several.
fn open_lines(lines: &[OpenLine], wording: &Wording, case: Option<&Case>) -> String {
    let terms = Terms::in_locale(wording.locale);
    let t = Refusals::in_locale(wording.locale);
    let several = case.is_some_and(|case| case.open_items().count() > 1);
    let words: Vec<String> = lines
        .iter()
        .map(|line| {
            let name = terms.list_line(line.line);
            match case.filter(|_| several).and_then(|case| case.item(line.item)) {
                Some(item) => (t.of_item)(name, &wording.item(&item.code)),
                None => name.to_owned(),
            }
        })
        .collect();
    wording.list(&words)
}

fn fields_of(fields: &[(u8, FieldKey)], wording: &Wording, case: Option<&Case>) -> String {
    let names: Vec<String> = fields
        .iter()
        .map(|(no, key)| match case.and_then(|case| case.item(*no)) {
            Some(item) => wording.field(&item.code, key),
            None => wording.any_field(key),
        })
        .collect();
    wording.list(&names)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::catalogue::{Catalogue, ItemClass};
    use domain::money::Money;
    use std::collections::BTreeMap;

    fn now() -> Timestamp {
        Timestamp::from_timestamp(1_773_800_000, 0).expect("a test instant")
    }

    #[test]
    fn a_refusal_says_who_can_help() {
        let names = BTreeMap::from([("SH1".into(), "何佳".to_owned()), ("SH2".into(), "周敏仪".to_owned())]);
        let refusal = Refusal::AmountAboveGrant {
            class: ItemClass::Payment,
            amount: Money::yuan(200_000),
            limit: Money::yuan(50_000),
            who: vec!["SH1".into(), "SH2".into()],
        };
        let say = |locale| word(&refusal, &Wording { locale, names: &names, catalogue: None }, None, now());
        assert_eq!(say(Locale::ZhHans), "超出权限：金额 200,000.00，你的上限 50,000.00；可找 何佳、周敏仪");
        assert_eq!(
            say(Locale::En),
            "Above your limit: 200,000.00, your limit is 50,000.00; 何佳 and 周敏仪 can help"
        );
    }

    #[test]
    fn a_refusal_of_another_person_speaks_of_that_person() {
        let names = BTreeMap::from([("SH2".into(), "周敏仪".to_owned())]);
        let say = |why: Refusal, locale| {
            let refusal = Refusal::ReceiverNotEligible { person: "SH2".into(), why: Box::new(why) };
            word(&refusal, &Wording { locale, names: &names, catalogue: None }, None, now())
        };
        let reasons = || {
            [
                Refusal::PostNotHeld { post: domain::post::Post::Recheck },
                Refusal::OutOfScope {},
                Refusal::Separation { worked_at: domain::post::Stage::Entry },
                Refusal::Reserve { stage: domain::post::Stage::Recheck },
                Refusal::ItemNotGranted { item: "AM".into(), who: Vec::new() },
                Refusal::AmountAboveGrant {
                    class: ItemClass::Payment,
                    amount: Money::yuan(2),
                    limit: Money::yuan(1),
                    who: Vec::new(),
                },
                Refusal::Ended { ending: domain::case::state::Ending::Released, at: now() },
            ]
        };
        for why in reasons() {
            let (zh, en) = (say(why.clone(), Locale::ZhHans), say(why, Locale::En));
            assert!(zh.contains("周敏仪") && !zh.contains('你'), "{zh}");
            assert!(en.contains("周敏仪") && !en.to_lowercase().contains("you"), "{en}");
        }
    }

    #[test]
    fn a_field_is_called_by_its_name() {
        let (names, catalogue) = (BTreeMap::new(), Catalogue::shipped());
        let item = &catalogue.items[0];
        let field = &item.fields[0];
        let refusal = Refusal::KeyedDifferently { fields: vec![field.key.clone()] };
        let wording = Wording { locale: Locale::ZhHans, names: &names, catalogue: Some(&catalogue) };
        assert_eq!(word(&refusal, &wording, None, now()), format!("两遍不同：{}", field.label.zh));
    }
}
