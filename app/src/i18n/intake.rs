//! Registering a case, and writing a registration anew.

use super::common::counted;
use crate::format::count;

messages! {
    /// The registration form.
    pub struct Intake {
        title: "登记新件", "Register a case";
        amend_title: "改登记", "Amend the registration";
        draft: "草稿", "Draft";
        discard: "丢弃草稿", "Discard draft";
        discarded: "草稿已丢弃", "Draft discarded";
        checks_pane: "登记检查", "Checks";
        policy_pane: "保单要素", "Policy facts";
        policy_no: "保单号", "Policy number";
        policy_no_hint: "扫码或录入", "Scan or key";
        product: "险种", "Product";
        group: "类别", "Product group";
        group_business: "团体业务", "Group business";
        status: "状态", "Status";
        effective: "生效日", "Effective date";
        receipt_signed: "回执签收日", "Policy signed for";
        free_look: "犹豫期（天）", "Free look (days)";
        paid_to: "交至日", "Paid to";
        anniversary: "周年日", "Next anniversary";
        lapsed_on: "失效日", "Lapsed on";
        matures_on: "满期日", "Matures on";
        mode: "交费方式", "Payment mode";
        holder: "投保人", "Holder";
        insured: "被保险人", "Insured";
        amounts: "金额（元）", "Amounts (yuan)";
        premium: "期交保费", "Premium";
        premium_paid: "已交保费", "Premium paid";
        cash_value: "现金价值", "Cash value";
        dividends: "累积红利", "Dividends";
        survival: "未领生存金", "Survival benefits";
        maturity: "满期金", "Maturity benefit";
        overpaid: "溢缴保费", "Overpaid premium";
        unexpired_rider: "附加险未到期", "Unexpired rider premium";
        loan: "贷款本金", "Loan";
        loan_interest: "贷款利息", "Loan interest";
        apl: "自垫本息", "Automatic premium loan";
        arrears: "欠缴保费", "Arrears";
        flags: "标记", "Marks";
        open_claim: "未结理赔", "Open claim";
        frozen: "冻结", "Frozen";
        loss_reported: "挂失", "Reported lost";
        application: "申请", "Application";
        applicant: "申请人", "Applicant";
        mobile: "申请人手机", "Applicant's mobile";
        capacity: "申请人身份", "Applying as";
        channel: "渠道", "Channel";
        by_agent: "代办", "Somebody acts for the applicant";
        agent: "代办人", "Acting person";
        applicant_document: "申请人证件", "Applicant's document";
        agent_document: "代办人证件", "Acting person's document";
        authority: "有授权委托书", "Letter of authority handed in";
        applied_on: "申请日期", "Application date";
        received_on: "收到日期", "Received on";
        received_at: "收到时刻", "Received at";
        received_hint: "全程由此起计", "The whole cycle runs from here";
        accepting: "受理机构", "Accepting unit";
        managing: "管理机构", "Managing unit";
        items: "变更项目", "Change items";
        items_count(n: i64): |n| format!("{} 项", count(n)), |n| counted(n, "item", "items");
        add_item: "加变更项目", "Add a change item";
        add_item_hint: "代码、拼音或名称", "Code, pinyin or name";
        no_item_found: "没有这个项目", "No such item";
        all_hold(n: i64): |n| format!("{} 条规则全符", count(n)), |n| format!("{} hold", counted(n, "rule", "rules"));
        failing(n: i64): |n| format!("{} 条不符", count(n)), |n| format!("{} fail", counted(n, "rule", "rules"));
        remove(what: &str): |w| format!("移除 {w}"), |w| format!("Remove {w}");
        conflict(other: &str): |o| format!("与{o}不能同件办理"), |o| format!("Cannot stand in one case with {o}");
        materials: "材料", "Materials";
        materials_sum(kinds: i64, pages: i64, missing: i64): |k, p, m| match m {
                0 => format!("已收 {} 种 {} 页", count(k), count(p)),
                m => format!("已收 {} 种 {} 页，缺 {}", count(k), count(p), count(m)),
            },
            |k, p, m| match m {
                0 => format!("{}, {} received", counted(k, "document", "documents"), counted(p, "page", "pages")),
                m => format!("{}, {} received, {} missing", counted(k, "document", "documents"), counted(p, "page", "pages"), count(m)),
            };
        add_material: "加材料", "Add a document";
        material: "材料", "Document";
        used_for: "用于", "For";
        form: "原件 / 复印", "Original or copy";
        original: "原件", "Original";
        copy: "复印", "Copy";
        copies: "份", "Copies";
        pages: "页", "Pages";
        back: "退还客户", "Back to the customer";
        state: "状态", "State";
        received: "已收", "Received";
        missing: "缺", "Missing";
        copy_only: "须原件", "Original needed";
        pages_of(what: &str): |w| format!("{w} 页数"), |w| format!("Pages of {w}");
        copies_of(what: &str): |w| format!("{w} 份数"), |w| format!("Copies of {w}");
        form_of(what: &str): |w| format!("{w} 原件或复印"), |w| format!("{w}: original or copy");
        back_of(what: &str): |w| format!("退还 {w}"), |w| format!("{w} goes back to the customer");
        acknowledge: "知悉", "Acknowledged";
        acknowledge_of(what: &str): |w| format!("知悉：{w}"), |w| format!("Acknowledged: {w}");
        checks: "登记检查", "Checks of the registration";
        none_failing: "全符", "All hold";
        some_failing(n: i64): |n| format!("{} 条不符", count(n)), |n| format!("{} fail", counted(n, "line", "lines"));
        open_cases: "同单在途", "Open cases on the policy";
        no_open_cases: "无在途件", "None";
        check_waits: "填全保单与申请后检查", "Checked once policy and application are filled in";
        submit: "登记", "Register";
        submit_amend: "保存登记", "Save the registration";
        can_register: "可登记", "Can be registered";
        with_shortfalls: "可登记，审核前须补", "Can be registered; mend before the review";
        cannot_yet: "还不能登记", "Cannot be registered yet";
        to_fill(n: i64): |n| format!("还有 {} 处要填", count(n)), |n| format!("{} to fill in", counted(n, "field", "fields"));
        to_acknowledge(n: i64): |n| format!("{} 条未知悉", count(n)), |n| format!("{} not acknowledged", count(n));
        registered(number: &str): |n| format!("已登记 {n}"), |n| format!("Registered {n}");
        no_items: "至少加一项", "Add at least one";
        no_materials: "至少收一种，填页数", "Receive at least one, with its pages";
        unknown_product: "目录没有这个险种", "The catalogue has no such product";
        open_places: "待填", "To fill in";
        not_intake: "须有交接岗才能登记", "Registering needs the Intake post";
    }
}
