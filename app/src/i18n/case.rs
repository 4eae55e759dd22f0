//! The words of a case and its workbench.

use crate::keys::Verdict;

messages! {
    /// What the workbenches of the posts share.
    pub struct CaseWords {
        policy: "保单", "Policy";
        facts: "保单要素", "Policy facts";
        items: "变更项目", "Change items";
        materials: "材料清单", "Materials";
        complete: "齐全", "Complete";
        missing: "缺", "Missing";
        timeline: "轨迹", "Timeline";
        latest: "最近轨迹", "Latest";
        notices: "通知书", "Notices";
        seals: "印章", "Seals";
        procedure: "SOP", "Procedure";
        procedure_full: "全文", "Full text";
        comparison: "三方比对", "Three-way comparison";
        field: "字段", "Field";
        asked: "申请内容", "Asked";
        entered: "录入内容", "Entered";
        core: "系统结果", "Core result";
        difference: "差异", "Difference";
        entry_difference: "录入差异", "Entry differs";
        core_difference: "系统差异", "Core differs";
        rule_difference: "规则差异", "By rule";
        equal: "一致", "Equal";
        not_stated: "未填", "Not stated";
        by_eye: "对纸件", "By eye";
        original_image: "影像", "Image";
        check_points: "复核要点", "Check points";
        error_points: "差错点", "Error points";
        conforms: "合格", "Conforms";
        does_not: "不合格", "Does not";
        not_applicable: "不适用", "N/A";
        verdict: "结论", "Verdict";
        severity: "严重程度", "Severity";
        major: "重大", "Major";
        ordinary: "一般", "Ordinary";
        minor: "轻微", "Minor";
        pass: "通过", "Pass";
        return_: "退回", "Return";
        hold: "暂挂", "Hold";
        resume: "恢复", "Resume";
        hand_over: "交出", "Hand over";
        claim: "领取", "Claim";
        release: "下发", "Release";
        decline: "拒绝", "Decline";
        withdraw: "撤销", "Withdraw";
        inquiry: "照会", "Inquiry";
        referral: "会办", "Referral";
        reveal: "明文", "Show in full";
        number_copied: "件号已复制", "Case number copied";
        pages_of(papers: i64, pages: i64): |papers, pages| format!("{papers} 份 {pages} 页"),
            |papers, pages| format!("{papers} documents, {pages} pages");
        differences_of(n: i64, of: i64): |n, of| format!("{of} 项，差异 {n}"), |n, of| format!("{of} fields, {n} differ");
        newest_first: "最新在前", "Newest first";
    }
}

impl CaseWords {
    /// The answer to a check point.
    pub fn verdict_name(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Conforms => self.conforms,
            Verdict::DoesNot => self.does_not,
            Verdict::NotApplicable => self.not_applicable,
        }
    }
}
