//! What the workbench says, common to all posts.

use super::common::counted;
use crate::format::count;

messages! {
    /// Head, panes, acts and dialogs of a case.
    pub struct CasePage {
        back: "返回队列", "Back to the queue";
        papers_pane: "资料", "Papers";
        timeline_pane: "轨迹", "Timeline";
        why_given: "为何给你这件", "Why this one";
        product: "险种", "Product";
        status: "状态", "Status";
        since(day: &str): |d| format!("{d} 起"), |d| format!("since {d}");
        premium: "期交保费", "Premium";
        per(sum: &str, mode: &str): |s, m| format!("{s} 元，{m}"), |s, m| format!("{s} yuan, {m}");
        holder: "投保人", "Holder";
        insured: "被保险人", "Insured";
        applicant: "申请人", "Applicant";
        agent: "代办人", "Agent";
        applied: "申请", "Applied";
        received: "收到", "Received";
        channel: "渠道", "Channel";
        managing: "管理机构", "Managing unit";
        accepting: "受理机构", "Accepting unit";
        facts_from(source: &str, time: &str): |s, t| format!("{s} {t}"), |s, t| format!("{s}, {t}");
        full_values: "在手明文，已留痕", "In full while you hold it; logged";
        loan: "贷款、自垫", "Loans";
        blocks: "冻结、挂失、理赔", "Blocks";
        shortfalls: "登记时的缺口", "Shortfalls";
        original: "原件", "original";
        copy: "复印", "copy";
        to_customer: "退客户", "back to the customer";
        pages_hidden: "清点后才显示", "shown after counting";
        dropped: "已拒绝", "declined";
        no_money: "不涉费", "no money";
        list_done: "本岗清单已完", "The post's list is complete";
        still_open(n: i64): |n| format!("还有 {} 项", count(n)), |n| format!("{} to do", counted(n, "line", "lines"));
        cannot(act: &str): |a| format!("不可{a}"), |a| format!("Cannot {a}");
        draft_kept(time: &str): |t| format!("草稿已存 {t}"), |t| format!("Draft kept {t}");
        ready: "待领", "Unclaimed";
        held_by(who: &str): |w| format!("{w} 持有"), |w| format!("Held by {w}");
        on_hold(until: &str): |t| format!("暂挂至 {t}"), |t| format!("On hold until {t}");
        on_slip(number: &str): |n| format!("在途 {n}"), |n| format!("On slip {n}");
        transfer_to(who: &str): |w| format!("正移交给 {w}"), |w| format!("Being transferred to {w}");
        returned_because(why: &str): |w| format!("退回原因：{w}"), |w| format!("Returned: {w}");
        proposal(why: &str): |w| format!("拟拒绝：{w}"), |w| format!("Decline proposed: {w}");
        barred(stage: &str): |s| format!("{s}有重大差错，复检前不能下发"), |s| format!("A major finding at {s} bars the release");
        imported_from(source: &str): |s| format!("从 {s} 导入，只读"), |s| format!("Imported from {s}, read only");
        rework: "返工", "rework";
        // acts
        claim: "领取", "Claim";
        unclaim: "释放", "Put back";
        hand_over(to: &str): |to| format!("移交{to}"), |to| format!("Hand over to {to}");
        hand_over_any: "移交", "Hand over";
        take_back: "撤回移交", "Take back";
        receive: "去签收", "Receive it";
        confirm_transfer: "接下", "Accept the transfer";
        hold: "暂挂", "Hold";
        resume: "恢复", "Resume";
        note: "备注", "Note";
        transfer: "移交他人", "Transfer";
        assign: "分派", "Assign";
        return_: "退回", "Return";
        withdraw: "客户撤销", "Withdraw";
        propose_decline: "拟拒绝", "Propose to decline";
        cancel_proposal: "撤回拟拒绝", "Take the proposal back";
        decline: "拒绝", "Decline";
        refuse_proposal: "不准拒绝", "Refuse the proposal";
        set_priority: "改优先", "Priority";
        amend_count: "改页数", "Amend a count";
        receive_material: "补收资料", "Receive material";
        amend_registration: "改登记", "Amend registration";
        more: "更多操作", "More acts";
        send: "送出", "Send";
        // dialogs
        hold_title: "暂挂", "Put on hold";
        hold_reason: "为何暂挂", "Why";
        hold_until: "到哪天", "Until which day";
        hold_until_hint: "当日营业结束恢复", "Resumes at the end of that day's business";
        hold_moves_due: "本岗时限顺延，须批准", "The due time moves; needs approval";
        note_title: "加备注", "Add a note";
        note_text: "备注", "Note";
        transfer_title: "移交给", "Transfer to";
        transfer_hint: "对方签收前仍归你", "Stays with you until it is confirmed";
        assign_title: "分派给", "Assign to";
        eligible(n: i64): |n| format!("{} 人可接", count(n)), |n| format!("{} can take it", counted(n, "person", "people"));
        nobody_eligible: "没有可接的人", "Nobody can take it";
        choose_person: "选人", "Choose a person";
        withdraw_title: "客户撤销申请", "The customer takes the application back";
        withdraw_pages: "撤销申请书页数", "Pages of the signed request";
        withdraw_reason: "客户所述原因", "Why, as the customer says";
        withdraw_warning: "此件就此结束，不能恢复", "This ends the case and cannot be undone";
        propose_title: "拟拒绝", "Propose to decline";
        propose_items: "哪些项目", "Which items";
        reason: "原因", "Reason";
        decline_title: "拒绝此件", "Decline";
        decline_all(n: i64): |n| format!("拒绝 {} 项，此件结束，不能恢复", count(n)),
            |n| format!("Declines {} and ends the case; this cannot be undone", counted(n, "item", "items"));
        decline_some(n: i64, rest: i64): |n, r| format!("拒绝 {} 项，其余 {} 项退回原岗", count(n), count(r)),
            |n, r| format!("Declines {}; {} go back to the proposer", counted(n, "item", "items"), count(r));
        refuse_title: "不准拒绝，退回原岗", "Refuse the proposal; back to its post";
        priority_title: "改优先", "Set the priority";
        count_title: "改资料页数", "Amend a page count";
        count_material: "哪份资料", "Which document";
        count_pages: "实有页数", "Pages there are";
        material_title: "补收资料", "Receive material";
        material_kind: "资料", "Document";
        material_copies: "份", "Copies";
        material_pages: "页", "Pages";
        material_return: "退还客户", "Back to the customer";
        ask_approval: "报批", "Ask for approval";
        approval_sent: "已报批", "Approval requested";
        approvals: "报批", "Approvals";
        approval_open: "待批", "Waiting";
        approval_granted(who: &str): |w| format!("{w} 已准"), |w| format!("Approved by {w}");
        approval_refused(who: &str, why: &str): |w, y| format!("{w} 不准：{y}"), |w, y| format!("Refused by {w}: {y}");
        approval_used: "已用", "Used";
        approval_fallen: "已失效", "Fallen";
        approve: "准", "Approve";
        refuse: "不准", "Refuse";
        refuse_why: "不准的原因", "Why not";
        notes: "备注", "Notes";
        return_to: "退回到", "Return to";
        return_items: "哪些项目", "Which items";
        return_reason: "哪里不对，见哪份资料", "What is wrong, on which paper";
        return_no_stage: "没有更早的岗位", "There is no earlier post";
        return_no_item: "须选至少一项", "Choose at least one item";
        return_no_ground: "须选依据", "Choose a ground";
        return_no_reason: "须写说明", "Say what is wrong";
        grounds: "依据", "Grounds";
        ground_finding: "差错", "A wrong result";
        ground_nonconformity: "未按规定", "Not by the book";
        ground_no_fault: "非本方", "Nobody's fault";
        no_fault_hint: "不计入差错率", "Counts in no rate";
        cause: "原因", "Cause";
        shortfalls_or_all: "登记", "Registration";
        // conflicts
        conflict_title: "他人已先改", "Someone else changed it first";
        conflict_by(who: &str, when: &str): |w, t| format!("{w} {t} 改过同一处，选一个"),
            |w, t| format!("{w} changed the same at {t}; choose one");
        conflict_whole: "同一步已由他人完成", "The same step was done by someone else";
        theirs: "对方的", "Theirs";
        mine: "我的", "Mine";
        keep_mine: "用我的", "Use mine";
        keep_theirs: "用对方的", "Use theirs";
        merged(n: i64): |n| format!("已合并他人改的 {} 个字段", count(n)),
            |n| format!("Merged {} changed by someone else", counted(n, "field", "fields"));
        // clocks
        elapsed_ours(total: &str, ours: &str): |t, o| format!("历时 {t}，本方 {o}"), |t, o| format!("{t} elapsed, {o} ours");
        in_transit: "在途", "On the way";
        at_post(time: &str): |t| format!("在岗 {t}"), |t| format!("{t} here");
        not_started: "未开始", "Not begun";
        // results
        done_claim: "已领取", "Claimed";
        done_unclaim: "已释放", "Put back";
        done_hand_over(to: &str): |to| format!("已移交{to}"), |to| format!("Handed over to {to}");
        done_return(to: &str): |to| format!("已退回{to}"), |to| format!("Returned to {to}");
        done_hold: "已暂挂", "On hold";
        done_resume: "已恢复", "Resumed";
        done_note: "已加备注", "Note added";
        done_transfer(who: &str): |w| format!("已移交，待 {w} 签收"), |w| format!("Offered to {w}");
        done_other: "已办", "Done";
        done_withdraw: "已撤销", "Withdrawn";
        done_decline: "已拒绝", "Declined";
        done_release: "已下发", "Released";
        done_review: "审核完成", "Review complete";
        done_enter: "已录入", "Entered";
        done_confirm: "二次录入一致", "Second keying agrees";
        done_differs: "两遍不同，选一个", "The two keyings differ; choose one";
        done_prepare: "准备完成", "Preparation complete";
        done_core: "系统结果已记", "Core result recorded";
        done_fees: "费用已结", "Fees settled";
        done_endorse: "已批注", "Endorsed";
        done_asked: "申请内容已录", "Application keyed";
        done_pass: "复核通过", "Recheck passed";
        done_effective: "核心已生效", "In force in the core";
        done_bind: "装订清单已完", "Finishing list complete";
        done_priority: "优先已改", "Priority set";
        done_material: "资料已收", "Material received";
        done_count: "页数已改", "Count amended";
        done_registration: "登记已改", "Registration amended";
        offline: "离线，不能送出", "Offline; this cannot be sent";
        money_waits: "须等服务器答复", "Waits for the server's answer";
        position(at: i64, of: i64): |at, of| format!("第 {} / {} 件", count(at), count(of)),
            |at, of| format!("{} of {}", count(at), count(of));
    }
}
