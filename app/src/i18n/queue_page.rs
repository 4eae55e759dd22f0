//! What the queue page says beyond the shared words of a queue.

use super::common::counted;
use crate::format::count;

messages! {
    /// Filters, sorting, reasons of get-next, results of acts.
    pub struct QueuePage {
        up_down: "上下", "Up and down";
        select: "选择", "Select";
        register: "登记新件", "Register a case";
        sort: "排序", "Order";
        by_due: "到期优先", "Due first";
        by_arrival: "先到先办", "Longest here first";
        by_amount: "金额优先", "Largest amount first";
        by_number: "按件号", "By number";
        filters: "筛选", "Filters";
        search_label: "件号、保单号、申请人", "Case, policy or applicant";
        any_item: "全部项目", "Any item";
        any_class: "全部类别", "Any class";
        any_channel: "全部渠道", "Any channel";
        any_holder: "全部人员", "Anyone";
        any_priority: "不限", "Any";
        class: "类别", "Class";
        channel: "渠道", "Channel";
        priority: "优先", "Priority";
        amount_from: "金额从", "Amount from";
        only_returned: "只看退回", "Returned only";
        without(filter: &str): |f| format!("去掉筛选 {f}"), |f| format!("Remove filter {f}");
        sorted_list(tab: &str, sort: &str): |tab, sort| format!("{tab}，{sort}"), |tab, sort| format!("{tab}, {sort}");
        total_unknown: "共 — 件", "— in all";
        total(n: i64): |n| format!("共 {} 件", count(n)), |n| format!("{} in all", counted(n, "case", "cases"));
        imported: "导入", "Imported";
        barred: "差错未复检", "Barred by a finding";
        proposal: "拟拒绝", "Decline proposed";
        on_slip: "在途", "On a slip";
        hold_why: "暂挂", "on hold";
        claimed(number: &str): |n| format!("已领取 {n}"), |n| format!("Claimed {n}");
        unclaimed(number: &str): |n| format!("已释放 {n}"), |n| format!("Put back {n}");
        refused(number: &str, why: &str): |n, why| format!("{n} 未办成：{why}"), |n, why| format!("{n}: {why}");
        assign_title: "分派给", "Assign to";
        assign_to(who: &str): |w| format!("分派给 {w}"), |w| format!("Assign to {w}");
        choose_person: "选人", "Choose a person";
        candidates_asked: "正在查可接的人", "Looking up who may take them";
        candidates(n: i64): |n| format!("{n} 人可接"), |n| format!("{} may take them", counted(n, "person", "people"));
        load(open: i64, overdue: i64): |n, late| match (n, late) {
                (0, _) => "手上无件".to_owned(),
                (n, 0) => format!("在办 {n}"),
                (n, late) => format!("在办 {n}，逾期 {late}"),
            },
            |n, late| match (n, late) {
                (0, _) => "nothing in hand".to_owned(),
                (n, 0) => format!("{n} in hand"),
                (n, late) => format!("{n} in hand, {late} overdue"),
            };
        may_take(n: i64, of: i64): |n, of| format!("可接 {n}/{of}"), |n, of| format!("may take {n} of {of}");
        nobody_to_assign: "没有可分派的人", "There is nobody to assign to";
        bulk_done(done: i64, refused: i64): |d, r| match (d, r) {
                (d, 0) => format!("{} 件已办", count(d)),
                (0, r) => format!("{} 件都未办成", count(r)),
                (d, r) => format!("{} 件已办，{} 件未办成", count(d), count(r)),
            },
            |d, r| match (d, r) {
                (d, 0) => format!("{} done", counted(d, "case", "cases")),
                (0, r) => format!("{} refused", counted(r, "case", "cases")),
                (d, r) => format!("{} done, {} refused", counted(d, "case", "cases"), count(r)),
            };
        results: "逐件结果", "Results";
        retry_failed: "重试未办成的", "Try the refused again";
        done: "已办", "Done";
        too_many(n: i64): |n| format!("一次最多 {n} 件"), |n| format!("At most {n} at once");
        why_this: "为何给你这件", "Why this one";
        reason_returned_to_you: "退回给你，保留一个工作日", "Came back to you, kept for one working day";
        reason_overdue: "已逾期", "Overdue";
        reason_soon: "2 小时内到期", "Due within 2 hours";
        reason_today: "今日到期", "Due today";
        reason_later: "今日之后到期", "Due after today";
        reason_returned: "退回件在先", "Returned cases come first";
        reason_complaint: "投诉件在先", "A complaint hangs on it";
        reason_vip: "重要客户在先", "An important customer";
        reason_no_priority: "无优先", "No priority";
        reason_post_due(t: &str): |t| format!("本岗时限 {t}"), |t| format!("Post due {t}");
        reason_promised(t: &str): |t| format!("承诺 {t}"), |t| format!("Promised by {t}");
        reason_before(n: i64): |n| format!("早于同级 {} 件", count(n)), |n| format!("Before {} of the same band", counted(n, "case", "cases"));
        open_preview: "预览", "Preview";
        done_at(t: &str): |t| format!("办结 {t}"), |t| format!("Finished {t}");
    }
}
