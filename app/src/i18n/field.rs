//! Rules of fields, in the words of the rule.

use crate::format::{AmountError, DateError};
use crate::i18n::common::counted;

messages! {
    /// What a field says about itself.
    pub struct Fields {
        required: "须填写", "Required";
        choose: "选择", "Choose";
        amount_form: "须为数字", "Must be a number";
        amount_decimals: "须两位小数", "Must have two decimals";
        amount_large: "数额过大", "Too large";
        amount_grouping: "逗号须三位一节，如 12,480", "Commas group three digits, as in 12,480";
        count_form: "须为大于零的数字", "Must be a number above zero";
        time_form: "按 14:05 填写", "Type 14:05";
        date_form: "按 0318 或 2026-03-18 填写", "Type 0318 or 2026-03-18";
        date_missing: "没有这一天", "There is no such day";
        too_long(n: i64): |n| format!("最多 {n} 字"), |n| format!("At most {}", counted(n, "character", "characters"));
        draft_saved(time: &str): |t| format!("草稿已存 {t}"), |t| format!("Draft kept {t}");
        from_system: "系统带出，不可改", "From the core system; cannot be changed";
        second_keying: "再录一遍，首遍不显示", "Key it again; the first value is hidden";
        keyed_differ: "两遍不同，选一个并重录另一个", "The two differ: choose one and key the other again";
        first_keying: "首遍", "First";
        second: "次遍", "Second";
        yuan: "元", "yuan";
        pick_date: "选日期", "Pick a date";
        previous_month: "上月", "Previous month";
        next_month: "下月", "Next month";
        month(year: i32, month: u32): |y, m| format!("{y} 年 {m} 月"), |y, m| format!("{} {y}", month_name(m));
        weekdays: "一二三四五六日", "MTWTFSS";
        rest_day: "休", "off";
        make_up_day: "班", "on";
        working_days_from(from: &str, n: i64): |from, n| format!("{from} 起第 {n} 个工作日"),
            |from, n| format!("{} from {from}", counted(n, "working day", "working days"));
    }
}

impl Fields {
    /// Why a typed amount is refused.
    pub fn amount(&self, error: AmountError) -> &'static str {
        match error {
            AmountError::NotANumber => self.amount_form,
            AmountError::Decimals => self.amount_decimals,
            AmountError::TooLarge => self.amount_large,
            AmountError::Grouping => self.amount_grouping,
        }
    }

    /// Why a typed date is refused.
    pub fn date(&self, error: DateError) -> &'static str {
        match error {
            DateError::Form => self.date_form,
            DateError::NoSuchDay => self.date_missing,
        }
    }
}

/// The English name of a month, 1 to 12.
fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month).ok().and_then(|m| NAMES.get(m.wrapping_sub(1))).copied().unwrap_or("")
}
