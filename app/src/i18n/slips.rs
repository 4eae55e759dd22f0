//! Hand-over slips.

use super::common::counted;
use crate::format::count;

messages! {
    /// Receiving and giving on slips.
    pub struct SlipWords {
        title: "交接清单", "Hand-over slips";
        incoming: "待签收", "To receive";
        outgoing: "我交出", "Given";
        own: "自行签收", "Received by the giver";
        own_receipt(time: &str): |t| format!("自行签收，{t}"), |t| format!("Received by its giver, {t}");
        none_incoming: "没有待签收的清单", "Nothing to receive";
        none_outgoing: "没有未签收的清单", "Everything given is confirmed";
        choose: "选一张清单", "Choose a slip";
        from_to(from: &str, to: &str): |f, t| format!("{f} → {t}"), |f, t| format!("{f} → {t}");
        to_person(who: &str): |w| format!("移交给 {w}"), |w| format!("Transfer to {w}");
        lines(open: i64, all: i64): |o, a| format!("{} / {} 件", count(o), count(a)), |o, a| format!("{} of {}", count(o), count(a));
        transit(time: &str): |t| format!("在途 {t}"), |t| format!("{t} on the way");
        scan: "扫封面条码，或件号后四位", "Scan the cover, or type the last four digits";
        scan_label: "扫码或件号", "Bar code or number";
        scanned(number: &str): |n| format!("扫到 {n}"), |n| format!("Scanned {n}");
        scan_not_on_slip: "扫到的码不在此清单", "The code scanned is not on this slip";
        not_on_slip(text: &str): |t| format!("{t} 不在此清单"), |t| format!("{t} is not on this slip");
        unseen: "交出页数清点后才显示", "The pages stated show after counting";
        number: "件号", "Case";
        items: "变更项目", "Change items";
        policy: "保单号", "Policy";
        papers: "资料", "Papers";
        counted: "清点页数", "Pages counted";
        result: "结果", "Result";
        kinds(n: i64): |n| format!("{} 种", count(n)), |n| counted(n, "kind", "kinds");
        of_kinds(done: i64, all: i64): |d, a| format!("{} / {} 种", count(d), count(a)), |d, a| format!("{} of {}", count(d), count(a));
        pages_of(what: &str): |w| format!("{w} 页数"), |w| format!("Pages of {w}");
        to_count: "待点", "To be counted";
        counting: "清点中", "Being counted";
        complete: "已点齐", "Counted";
        confirmed(time: &str): |t| format!("一致，{t}"), |t| format!("Agrees, {t}");
        different: "已报差异", "Reported different";
        withdrawn: "已撤回", "Taken back";
        first_differs: "第 1 遍不符，再点一遍", "The first count differs; count again";
        both_differ: "两遍都不符", "Both counts differ";
        returned: "退回", "Return";
        difference: "缺什么、多什么、哪份不对", "What is missing, surplus or wrong";
        report: "报差异", "Report the difference";
        stays_with(who: &str): |w| format!("此件留 {w}，记 E10 待认定"), |w| format!("The case stays with {w}; a candidate for E10");
        receive(n: i64): |n| format!("签收 {} 件", count(n)), |n| format!("Receive {}", counted(n, "case", "cases"));
        receive_none: "先点齐至少一件", "Count at least one case first";
        received(n: i64): |n| format!("已签收 {} 件", count(n)), |n| format!("{} received", counted(n, "case", "cases"));
        differs_now(number: &str): |n| format!("{n} 页数不符"), |n| format!("{n}: the pages differ");
        take_back: "撤回", "Take back";
        taken_back(number: &str): |n| format!("已撤回 {n}"), |n| format!("Took back {n}");
        accept: "接下", "Accept";
        accept_all: "全部接下", "Accept all";
        accepted(number: &str): |n| format!("已接下 {n}"), |n| format!("Accepted {n}");
        open_case: "打开", "Open";
        agree: "一致", "Agree";
        responsibility: "责任", "Responsibility";
        after_receipt: "签收的件进入本岗待办", "What is received is the post's";
        after_receipt_why: "本岗时限自签收起计", "The post's clock runs from the receipt";
        before_receipt: "未签收的件仍归交出人", "Until then it stays with the giver";
        before_receipt_why: "时间记在途，算接收岗", "The time counts as on the way, at the receiver";
        missing_papers: "缺件不签收，留交出人补齐", "What is incomplete is not received; the giver completes it";
        missing_papers_why: "时间算交出岗，补齐后另开清单", "The time is the giver's; it travels on another slip";
        summary(agree: i64, counting: i64, differ: i64, rest: i64):
            |a, c, d, r| format!("一致 {}，清点中 {}，不符 {}，待点 {}", count(a), count(c), count(d), count(r)),
            |a, c, d, r| format!("{} agree, {} counting, {} differ, {} to count", count(a), count(c), count(d), count(r));
    }
}
