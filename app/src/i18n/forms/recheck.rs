//! What the recheck form says.

use super::super::common::counted;
use crate::format::count;

messages! {
    /// Blind keying of what was asked, comparison, pass, core made effective, proposal to decline.
    pub struct RecheckWords {
        asked: "申请内容", "The application";
        asked_of(item: &str): |i| format!("{i} 申请内容"), |i| format!("{i}: the application");
        asked_sub: "照申请书录，不看录入值", "Key it from the application, without seeing what was entered";
        keyed_of(n: i64, of: i64): |n, of| format!("已录 {n} / {of}"), |n, of| format!("{n} of {of} keyed");
        stated: "已填", "Stated";
        not_stated: "未填", "Not stated";
        on_paper: "申请书", "On the paper";
        rule: "依哪条规则", "By which rule";
        choose_rule: "选规则", "Choose";
        by_rule(rule: &str): |r| format!("未填，依 {r}"), |r| format!("not stated; by {r}");
        record: "录完，比对", "Keyed; compare";
        asked_done: "已录", "Keyed";
        not_compared: "申请内容录完才比对", "The comparison opens once the application is keyed";
        nothing_to_key: "本项没有须盲录的字段", "Nothing to key blind for this item";
        explain: "差异说明", "Differences";
        explain_sub: "规则差异、文本差异说明后可通过；录入差异退录入岗，系统差异退保全岗", "Explain a rule difference or free text; a wrong entry goes back to Entry, a core value to Servicing";
        goes_to_entry: "退录入岗更正", "Return to Entry";
        goes_to_servicing: "退保全岗更正", "Return to Servicing";
        explain_hint: "为何这样是对的", "Why it is right as it is";
        explanation_of(field: &str): |f| format!("{f} 差异说明"), |f| format!("{f}: why it differs");
        unexplained(n: i64): |n| format!("{} 处差异未说明", count(n)), |n| format!("{} to explain", counted(n, "difference", "differences"));
        points: "复核要点", "Check points";
        judge: "判定", "to judge";
        unjudged(n: i64): |n| format!("{} 项未判", count(n)), |n| format!("{} to judge", counted(n, "point", "points"));
        fails(n: i64): |n| format!("不合格 {n} 项，不可通过"), |n| format!("{}: cannot pass", counted(n, "point fails", "points fail"));
        no_fees: "本件不涉费", "No money moves in this case";
        fees_deviate: "有偏差行，须判", "A line deviates: to be judged";
        pass: "通过", "Pass";
        passed: "已通过", "Passed";
        return_: "退回", "Return";
        effective: "核心生效", "Effective in the core";
        effective_sub: "通过后在核心系统生效，照核心屏录", "Made effective in the core after the pass; key what its screen shows";
        effective_date: "生效日期", "Effective on";
        effective_time: "时间", "At";
        time_hint: "按 1405 或 14:05", "1405 or 14:05";
        in_future: "不能晚于现在", "Not later than now";
        value_equal: "一致", "As compared";
        value_other: "不同", "Another";
        value_again: "与比对不同，再录一遍", "Not as compared: key it again";
        compared: "比对时的值", "Value compared";
        answer_rows(n: i64): |n| format!("{} 项未核", count(n)), |n| format!("{} to compare", counted(n, "value", "values"));
        confirm: "核心已生效", "In force in the core";
        new_difference: "与比对不同的值会成新差异，须再通过", "A value that differs opens a new difference; the pass falls";
        effective_since(when: &str): |w| format!("{w} 生效"), |w| format!("in force since {w}");
        proposal: "拟拒绝", "Proposal to decline";
        proposed_by(who: &str, stage: &str): |w, s| format!("{s} {w} 提出"), |w, s| format!("proposed by {w} at {s}");
        proposal_items: "项目", "Items";
        proposal_reason: "原因", "Reason";
        proposal_way: "准则拒绝，不准则退回原岗；下方选", "Decline it, or refuse the proposal and send it back: below";
        decline: "拒绝", "Decline";
        refuse: "不准拒绝", "Refuse the proposal";
        fees: "费用", "Fees";
        endorsement: "批注", "Endorsement";
    }
}
