//! What the stage forms say: what they share here, each stage's own below.

pub mod binding;
pub mod entry;
pub mod recheck;
pub mod servicing;

use super::common::counted;
use crate::format::count;

messages! {
    /// What the stage forms share.
    pub struct FormWords {
        // parts of values
        kind_of(field: &str): |f| format!("{f}类型"), |f| format!("{f}: kind");
        number_of(field: &str): |f| format!("{f}号码"), |f| format!("{f}: number");
        expires_of(field: &str): |f| format!("{f}有效期"), |f| format!("{f}: valid until");
        in_yuan(field: &str): |f| format!("{f}（元）"), |f| format!("{f} (yuan)");
        in_percent(field: &str): |f| format!("{f} %"), |f| format!("{f} %");
        expires_form: "日期，或 长期", "A date, or L for no end";
        order: "顺序", "Order";
        name: "姓名", "Name";
        relation: "是被保险人的", "Relation to the insured";
        document: "证件", "Document";
        number: "证件号码", "Number";
        expires: "有效期", "Valid until";
        share: "份额 %", "Share %";
        equal_shares: "不填均分", "Empty: equal shares";
        beneficiary: "受益人", "Beneficiary";
        beneficiaries: "受益人，顺序与份额", "Beneficiaries, order and share";
        remove_person(n: i64): |n| format!("移除第 {n} 人"), |n| format!("Remove person {n}");
        of_person(n: i64, what: &str): |n, w| format!("第 {n} 人 {w}"), |n, w| format!("Person {n}: {w}");
        manner: "受益方式", "Manner";
        named: "指定", "Named";
        statutory: "法定", "By law";
        statutory_hint: "由法定继承人受益，不列人", "Those the law names; nobody is listed";
        key_field: "须二次录入", "Keyed twice";
        bad_percent: "须为百分数，最多 4 位小数", "A percentage with at most four decimals";
        bad_order: "须为 1 至 255 的整数", "A whole number from 1 to 255";
        bad_time: "按 1405 或 14:05 填写", "Type 1405 or 14:05";
        check_fits(birth: &str, sex: &str): |b, s| format!("校验位符，{b} 生，{s}"), |b, s| format!("Check digit fits; born {b}, {s}");
        male: "男", "male";
        female: "女", "female";
        same_as(what: &str): |w| format!("与{w}一致"), |w| format!("Same as {w}");
        // sections
        of_item(form: &str, item: &str): |f, i| format!("{f}，{i}"), |f, i| format!("{f}, {i}");
        to_fill(n: i64): |n| format!("{} 处须填", count(n)), |n| format!("{} to fill in", counted(n, "place", "places"));
        done_by(who: &str, when: &str): |w, t| format!("{w} {t}"), |w, t| format!("{w}, {t}");
        steps: "本岗清单", "The post's list";
        step_of(done: i64, of: i64): |d, o| format!("{d} / {o}"), |d, o| format!("{d} / {o}");
        change: "改", "Change";
        keep: "不改了", "Leave as it is";
        submit: "提交", "Submit";
        agrees: "一致", "Agrees";
        differs: "不同", "Differs";
        differs_by(n: i64): |n| format!("差 {n} 位"), |n| counted(n, "character differs", "characters differ");
        to_key: "待录", "To key";
        keyed: "已录", "Keyed";
        again: "再录", "Key again";
        field: "字段", "Field";
        result: "结果", "Result";
        reference: "核心受理号", "Core reference";
        way_on: "去向", "Way on";
        not_in_hand: "不在手，只读", "Not in your hands; read only";
    }
}
