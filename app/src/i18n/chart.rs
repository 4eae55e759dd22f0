//! Charts and rates.

use crate::format::count;

messages! {
    /// What stands on and beside a chart.
    pub struct Charts {
        as_table: "表格", "Table";
        interval(range: &str): |range| format!("95% 区间 {range}"), |range| format!("95% interval {range}");
        band(range: &str): |range| format!("80% 区间 {range}"), |range| format!("80% band {range}");
        of_units(errors: i64, n: i64): |errors, n| format!("{} / {} 件", count(errors), count(n)),
            |errors, n| format!("{} of {}", count(errors), count(n));
        at_most(rate: &str): |rate| format!("至多 {rate}"), |rate| format!("at most {rate}");
        target(rate: &str): |rate| format!("目标 {rate}"), |rate| format!("target {rate}");
        too_little: "样本不足，不作判断", "Too little data to judge";
        cases: "件数", "Cases";
        cumulative: "累计", "Cumulative";
        mean: "均值", "Mean";
        upper: "上限", "Upper";
        lower: "下限", "Lower";
        value: "数值", "Value";
        time: "时间", "Time";
        overdue: "逾期", "Overdue";
        arrived: "到达", "Arrived";
        finished: "办结", "Finished";
        finished_yesterday: "昨日办结", "Finished yesterday";
        percentile(p: u32): |p| format!("P{p}"), |p| format!("P{p}");
        age: "龄期", "Age";
        open_hours: "只计工作时间", "Business hours only";
    }
}
