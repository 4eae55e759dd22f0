//! What the servicing form says.

use super::super::common::counted;
use crate::format::count;

messages! {
    /// Preparation, core result, fees, endorsement.
    pub struct ServicingWords {
        preparation: "变更前准备", "Preparation";
        answered_of(n: i64, of: i64): |n, of| format!("{n} / {of} 有结果、有来源"), |n, of| format!("{n} of {of} answered, with source");
        line: "项目", "Line";
        answer: "结果", "Finding";
        source: "来源", "Source";
        registered(what: &str): |w| format!("登记：{w}"), |w| format!("registered: {w}");
        nothing: "无", "none";
        present: "有", "present";
        unanswered(n: i64): |n| format!("{} 行未答", count(n)), |n| format!("{} to answer", counted(n, "line", "lines"));
        prepared: "已查", "Looked up";
        prepare: "准备完成", "Preparation complete";
        entered: "录入内容", "Entered";
        entered_hint: "照此在核心系统办理", "Make this change in the core system";
        core: "系统结果", "Core result";
        core_sub: "照核心屏逐项录，不带出", "Key it from the core's screen; nothing is filled in";
        core_anew: "退回后须重新核对：同一受理号、同样的值", "After a return: confirm the same reference and values";
        reference_is(r: &str): |r| format!("受理号 {r}"), |r| format!("reference {r}");
        value: "核心所示", "Core shows";
        equal_of(n: i64, of: i64): |n, of| format!("{n} / {of} 一致"), |n, of| format!("{n} of {of} equal");
        as_entered: "与录入一致", "As entered";
        not_as_entered: "与录入不同，再录一遍", "Not as entered: key it again";
        keyed_twice: "两录一致，差异留复核", "Keyed twice; the recheck will see it";
        again_differs: "两录不同", "The two keyings differ";
        record: "记系统结果", "Record core result";
        recorded_pending: "待生效", "Pending";
        cancel: "核心已撤销", "Cancelled in the core";
        cancel_reason: "撤销原因", "Why it was cancelled";
        cancel_hint(r: &str): |r| format!("核心系统里已撤销 {r} 后才记"), |r| format!("Only once the core has cancelled {r}");
        cancel_do: "记撤销", "Record the cancellation";
        cancel_asked: "已生效的须主管批准，已报批", "In force: a manager must approve; asked";
        fees: "费用", "Fees";
        fees_sub(day: &str): |d| format!("按申请日 {d} 试算，元"), |d| format!("computed as of application, {d}; yuan");
        working: "项目与算式", "Line and working";
        computed: "试算", "Computed";
        settled: "实算", "Settled";
        deviation: "偏差", "Deviation";
        refund: "应退", "To refund";
        collect: "应收", "To collect";
        no_fee: "本次不收不退", "Nothing to collect or refund";
        fee_unknown: "保单要素不全，费用算不出，须退回补录", "The facts do not suffice to compute the fee; return to have them added";
        settle: "结费用", "Settle fees";
        settled_mark: "已结", "Settled";
        reason: "偏差理由", "Why it deviates";
        key_again: "实算再录", "Settled amount again";
        again_fits: "实算再录一致", "Keyed twice, equal";
        approval: "授权", "Approval";
        ask: "报批", "Ask for approval";
        within(limit: &str): |l| format!("在你的上限 {l} 内"), |l| format!("Within your limit of {l}");
        deviates(n: i64): |n| format!("{} 行偏差", count(n)), |n| counted(n, "deviation", "deviations");
        for_amount(sum: &str): |s| format!("至 {s}"), |s| format!("up to {s}");
        endorsement: "批注", "Endorsement";
        number: "批单号", "Endorsement number";
        text: "批文", "Text";
        effective: "生效日", "Effective date";
        only_day(day: &str): |d| format!("须为 {d}"), |d| format!("Must be {d}");
        day_between(from: &str, to: &str): |f, t| format!("{f} 至 {t}"), |f, t| format!("{f} to {t}");
        day_fits: "在允许范围", "Within what the rule allows";
        day_unknown(date: &str): |d| format!("保单缺{d}，生效日定不了"), |d| format!("The policy lacks {d}; no date can be set");
        premium: "变更后期交保费（元）", "Premium after the change (yuan)";
        premium_hint: "不变不填", "Leave empty if it stays";
        effective_again: "生效日再录", "Effective date again";
        premium_again: "保费再录", "Premium again";
        again_other: "两录不同", "The two keyings differ";
        endorse: "批注", "Endorse";
        endorsed: "已批注", "Endorsed";
        rows_to_key(n: i64): |n| format!("{} 项待录", count(n)), |n| format!("{} to key", counted(n, "value", "values"));
        rows_again(n: i64): |n| format!("{} 项待再录", count(n)), |n| format!("{} to key again", counted(n, "value", "values"));
        no_reference: "核心受理号未录", "Core reference missing";
    }
}
