//! Empty, loading, failed, stale: every list, panel and chart has them.

use crate::format::count;

messages! {
    /// What stands where data would be.
    pub struct States {
        loading: "载入中", "Loading";
        failed: "未能载入", "Could not load";
        failed_hint: "已填内容存在本机，没有丢失", "What you typed is kept on this device";
        queue_empty: "本岗已清空", "This post is clear";
        queue_empty_hint(done: i64): |n| format!("今日办结 {} 件", count(n)),
            |n| format!("{} finished today", count(n));
        nothing_matches: "没有符合条件的件", "No case matches";
        nothing_matches_hint: "放宽筛选，或清除全部条件", "Widen the filter or clear it";
        clear_filters: "清除筛选", "Clear filters";
        nothing_yet: "还没有内容", "Nothing here yet";
        no_selection: "选一件以预览", "Select a case to preview it";
        stale(time: &str): |t| format!("显示的是 {t} 的数据"), |t| format!("Showing data of {t}");
        too_little: "样本不足，不作判断", "Too little data to judge";
        not_allowed: "无权查看", "You may not see this";
    }
}
