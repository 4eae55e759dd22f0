//! What the entry form says.

use super::super::common::counted;
use crate::format::count;

messages! {
    /// Review, change data, second keying.
    pub struct EntryWords {
        review: "审核", "Review";
        time: "时间", "Time";
        content: "内容", "Content";
        material: "资料", "Papers";
        identity: "身份", "Identity";
        review_sub(at_fault: i64): |n| match n { 0 => "4 项".to_owned(), n => format!("4 项，不合格 {n}") },
            |n| match n { 0 => "4 lines".to_owned(), n => format!("4 lines, {n} at fault") };
        judge: "判定", "to judge";
        unanswered(n: i64): |n| format!("{} 项未判", count(n)), |n| format!("{} to judge", counted(n, "line", "lines"));
        review_done: "4 项合格", "All four conform";
        dates(applied: &str, received: &str): |a, r| format!("申请 {a}，收到 {r}"), |a, r| format!("Signed {a}, received {r}");
        windows_hold(n: i64): |n| match n { 1 => "在可申请期".to_owned(), n => format!("{n} 项均在可申请期") },
            |n| match n { 1 => "within its window".to_owned(), n => format!("all {n} within their windows") };
        content_of(items: &str): |i| format!("{i}，保单状态可办，无互斥在途件"), |i| format!("{i}; status allows it, nothing open excludes it");
        materials_all(kinds: i64, pages: i64): |k, p| format!("{} 种 {} 页，齐全", count(k), count(p)),
            |k, p| format!("{}, {}, complete", counted(k, "kind", "kinds"), counted(p, "page", "pages"));
        applicant_is(who: &str, capacity: &str): |w, c| format!("{w}，{c}本人"), |w, c| format!("{w}, the {c} in person");
        agent_is(agent: &str, who: &str, capacity: &str): |a, w, c| format!("{a} 代 {w}（{c}）"), |a, w, c| format!("{a} for {w} ({c})");
        consent: "被保险人书面同意", "the insured's written consent";
        no_agent: "无代办", "nobody acting for another";
        due_diligence(sum: &str): |s| format!("金额 {s} 元，须有尽职调查"), |s| format!("{s} yuan: due diligence must be on file");
        look: "看证件、同意书是否有效", "See that documents and consent are valid";
        return_to(stage: &str): |s| format!("退回{s}"), |s| format!("Return to {s}");
        propose: "拟拒绝", "Propose to decline";
        mend_hint: "缺件、登记有误退回补正；客户不符规定的拟拒绝", "Return what can be mended; propose to decline what is not allowed";
        key_fields(n: i64): |n| format!("{} 个字段须二次录入", count(n)), |n| format!("{} keyed twice", counted(n, "field", "fields"));
        entered_by(who: &str, when: &str): |w, t| format!("{w} {t} 录"), |w, t| format!("entered by {w}, {t}");
        entered: "已录入", "Entered";
        confirmed: "二次录入一致", "Keyed twice, equal";
        hidden: "值在二次录入一致前不显示", "Values stay hidden until the second keying agrees";
        enter: "提交录入", "Submit entry";
        edit: "改录入", "Change the entry";
        edit_hint: "改了须重新二次录入", "Needs the second keying again";
        from_last: "退回前的录入已带出，个人信息须重录", "What was entered before the return is filled in; personal values must be keyed anew";
        second: "二次录入", "Second keying";
        second_sub: "首录值不显示，照纸件或影像再录一遍", "The first values are hidden; key them again from the paper";
        equal_of(n: i64, of: i64): |n, of| format!("{n} / {of} 一致"), |n, of| format!("{n} of {of} equal");
        keyed_of(n: i64, of: i64): |n, of| format!("已录 {n} / {of}"), |n, of| format!("{n} of {of} keyed");
        check: "核对", "Compare";
        person(n: i64, name: &str): |n, name| format!("受益人 {n} {name}"), |n, name| format!("Beneficiary {n}, {name}");
        both_void: "两次不同，两值均未计", "The two differ; neither counts";
        take_which(field: &str): |f| format!("{f} 取哪一值"), |f| format!("{f}: which value");
        first_value: "首录", "First";
        second_value: "再录", "Second";
        chose_first: "取首录，须再录一遍", "First value taken: key it once more";
        chose_second: "取再录，须再录一遍", "Second value taken: key it once more";
        choose_first: "先选一值", "Choose a value first";
        choose_all(n: i64): |n| format!("{} 处未选定", count(n)), |n| format!("{} to choose", counted(n, "value", "values"));
        lost: "上次再录的值已不在，照纸件全部再录", "The earlier second keying is gone; key everything again from the paper";
        nothing: "空", "empty";
        no_key_fields: "无须二次录入的字段", "Nothing to key twice";
    }
}
