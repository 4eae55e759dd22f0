//! What the binding form says.

use super::super::common::counted;
use crate::format::count;

messages! {
    /// Finishing list and release.
    pub struct BindingWords {
        finishing: "装订清单", "Finishing list";
        answered_of(n: i64, of: i64): |n, of| format!("{n} / {of} 已核"), |n, of| format!("{n} of {of} checked");
        judge: "判定", "to judge";
        action: "动作", "Act";
        piece: "内容", "Piece";
        verdict: "结论", "Verdict";
        unanswered(n: i64): |n| format!("{} 行未核", count(n)), |n| format!("{} to check", counted(n, "line", "lines"));
        at_fault(n: i64): |n| format!("有误 {} 行，须退回", count(n)), |n| format!("{} at fault: return the case", counted(n, "line", "lines"));
        bind: "装订完成", "Finished";
        bound: "已装订", "Finished";
        return_: "退回", "Return";
        release: "下发", "Release";
        gate_bound: "装订清单完成", "Finishing lists complete";
        gate_effective: "核心已生效", "In force in the core";
        gate_no_bar: "无未复检的重大差错", "No major finding awaits its second check";
        gate_barred(stages: &str): |s| format!("{s}有重大差错，复检合格后可下发"), |s| format!("A major finding at {s}; release after its second check conforms");
        unmet(n: i64): |n| format!("{} 条未满足", count(n)), |n| format!("{} unmet", counted(n, "condition", "conditions"));
        ready: "可下发", "Ready";
        to_do(items: &str): |i| format!("未完：{i}"), |i| format!("open: {i}");
        method: "方式", "How";
        receiver: "领取人", "Receiver";
        receiver_hint: "姓名，凭何证件", "Name, and by which document";
        choose_method: "先选方式", "Choose how";
        no_receiver: "领取人未填", "The receiver is missing";
        confirm_title(number: &str): |n| format!("下发 {n}"), |n| format!("Release {n}");
        confirm_what(n: i64, items: &str): |n, i| format!("1 件，{n} 项：{i}"), |n, i| format!("One case, {}: {i}", counted(n, "item", "items"));
        confirm_how(method: &str, receiver: &str): |m, r| format!("{m}，领取人 {r}"), |m, r| format!("{m}, to {r}");
        confirm_papers(n: i64): |n| match n { 0 => "无须退客户的原件".to_owned(), n => format!("随件退客户原件 {n} 份") },
            |n| match n { 0 => "No originals go back".to_owned(), n => format!("{} back to the customer", counted(n, "original goes", "originals go")) };
        confirm_end: "下发后此件结束，不能撤回", "This ends the case and cannot be undone";
        not_yet: "不下发", "Not yet";
    }
}
