//! What the quality dashboard says.

use crate::format::count;
use crate::i18n::common::counted;

messages! {
    /// Rates, trend, Pareto, check points, groups.
    pub struct QualityPage {
        series: "数据来源", "Series";
        samples: "抽检", "Samples";
        recheck: "复核", "Recheck";
        samples_long: "随机抽检的环节", "Steps drawn at random";
        recheck_long: "首轮复核，逐件", "First rounds of recheck, every item";
        apart: "两个来源分开计算，从不相加", "The two series are kept apart and never added";
        error_rate: "差错率", "Error rate";
        conformity: "符合率", "Conformity rate";
        conformity_missing: "复核不逐点打分", "Recheck does not grade check points";
        barred: "暂不能下发", "Release barred";
        barred_detail: "重大差错待复检，件", "Major findings waiting for a second check";
        outside: "不计入率", "In no rate";
        outside_detail: "指定的第二次检查", "Second checks, hand-picked";
        unit_of_cases: "件", "cases";
        unit_of_checks: "次", "checks";
        trend: "差错率走势", "Error rate by week";
        trend_detail(weeks: i64): |n| format!("每周，{n} 周"), |n| format!("by week, {}", counted(n, "week", "weeks"));
        control_detail(weeks: i64, spread: &str): |n, s| format!("p′ 图，{n} 周，σz {s}"),
            |n, s| format!("p′ chart, {}, σz {s}", counted(n, "week", "weeks"));
        week_of(day: &str): |d| format!("{d} 起"), |d| format!("from {d}");
        week: "周", "Week";
        upper(rate: &str): |r| format!("上限 {r}"), |r| format!("upper {r}");
        mean(rate: &str): |r| format!("均值 {r}"), |r| format!("mean {r}");
        lower(rate: &str): |r| format!("下限 {r}"), |r| format!("lower {r}");
        checked: "检查", "Checked";
        rate_line: "周差错率", "Weekly rate";
        limits: "3σ 限", "3σ limits";
        signals(n: i64): |n| format!("{n} 周出限"), |n| format!("{} outside the limits", counted(n, "week", "weeks"));
        no_signal: "各周都在限内", "Every week is within its limits";
        control_summary(mean: &str, signals: &str): |m, s| format!("差错率 p′ 图：均值 {m}，{s}"),
            |m, s| format!("p′ chart of the error rate: mean {m}, {s}");
        trend_summary(latest: &str, why: &str): |l, w| format!("最近一周 {l}；{w}"), |l, w| format!("Latest week {l}; {w}");
        signal_words(point: &str): |p| format!("{p}，超出 3σ 限"), |p| format!("{p}, outside 3σ");
        pareto: "差错点帕累托", "Pareto of error points";
        pareto_by_count(n: i64, vital: i64, share: &str): |n, v, s| format!("{} 项差错，前 {v} 点占 {s}", count(n)),
            |n, v, s| format!("{}, the first {v} make {s}", counted(n, "finding", "findings"));
        pareto_by_points(n: i64, vital: i64, share: &str): |n, v, s| format!("{} 分，前 {v} 点占 {s}", count(n)),
            |n, v, s| format!("{}, the first {v} make {s}", counted(n, "point", "points"));
        weigh: "按什么排", "Ordered by";
        by_count: "件数", "Count";
        by_points: "扣分", "Points";
        cumulative: "累计", "Cumulative";
        bar(code: &str, name: &str, n: &str, share: &str): |c, w, n, s| format!("{c} {w} {n}，累计 {s}"),
            |c, w, n, s| format!("{c} {w}: {n}, cumulative {s}");
        findings(n: i64): |n| format!("{} 项", count(n)), |n| counted(n, "finding", "findings");
        points(n: i64): |n| format!("{} 分", count(n)), |n| counted(n, "point", "points");
        by_severity(major: i64, ordinary: i64, minor: i64): |a, b, c| format!("重大 {a}，一般 {b}，轻微 {c}"),
            |a, b, c| format!("{a} major, {b} ordinary, {c} minor");
        pareto_summary(code: &str, name: &str, share: &str): |c, w, s| format!("{c} {w}居首，占 {s}"),
            |c, w, s| format!("{c} {w} comes first with {s}");
        no_findings: "本期没有差错认定", "No findings in this period";
        no_findings_hint: "没有发现不等于没有：看差错率的区间", "None found is not none there: see the interval of the rate";
        error_point: "差错点", "Error point";
        major: "重大", "Major";
        ordinary: "一般", "Ordinary";
        minor: "轻微", "Minor";
        severity_points: "扣分", "Points";
        by_check_point: "检查点符合率", "Conformity by check point";
        by_check_point_detail: "合格 ÷（合格 + 不合格），95% 区间", "Conforming ÷ (conforming + not), 95% interval";
        by_check_point_summary(name: &str, figure: &str): |w, f| format!("最低为 {w}，{f}"), |w, f| format!("Lowest: {w}, {f}");
        nothing_judged: "本期没有抽检结论", "No verdicts in this period";
        by_post: "各岗差错率", "Error rate by post";
        by_unit: "各机构差错率", "Error rate by unit";
        group_detail: "点为估计，条为 95% 区间，虚线为整体", "Point, 95% interval, overall rate dashed";
        group_summary(name: &str, figure: &str, detail: &str): |w, f, d| format!("最高为 {w}，{f}（{d}）"),
            |w, f, d| format!("Highest: {w}, {f} ({d})");
        group_overlap: "区间重叠的不分高下", "Overlapping intervals are not told apart";
        nothing_checked: "本期没有检查", "Nothing was checked in this period";
        nothing_checked_hint: "换一段期间，或先去抽样", "Choose another period, or draw a sample";
        group: "组", "Group";
        rate: "率", "Rate";
        counts: "件数", "Counts";
        interval: "95% 区间", "95% interval";
        period: "期间", "Period";
        four_weeks: "近 4 周", "4 weeks";
        twelve_weeks: "近 12 周", "12 weeks";
        this_month: "本月", "This month";
        this_year: "本年", "This year";
        other_period: "自定", "Other";
        from: "自", "From";
        to: "至", "To";
        period_order: "止日早于起日", "The period ends before it begins";
        period_future: "止日晚于今日", "The period ends after today";
        period_long(days: i64): |n| format!("最长 {n} 日"), |n| format!("At most {}", counted(n, "day", "days"));
        apply: "查看", "Show";
        all_posts: "全部岗位", "All posts";
        post_filter: "岗位", "Post";
        as_of(from: &str, to: &str, time: &str): |f, t, at| format!("{f} 至 {t}，数据截至 {at}"), |f, t, at| format!("{f} to {t}, data as of {at}");
        failed_stale(time: &str): |t| format!("未能更新，显示的是 {t} 的数据"), |t| format!("Could not refresh; showing data of {t}");
        sample_steps: "去抽检", "Go to sample checks";
    }
}
