//! Verbs and small words that every page uses.

use crate::format::count;

messages! {
    /// Verbs of buttons, small words, counted things.
    pub struct Common {
        retry: "重试", "Retry";
        cancel: "取消", "Cancel";
        close: "关闭", "Close";
        open: "打开", "Open";
        back: "返回", "Back";
        more: "更多", "More";
        save: "保存", "Save";
        edit: "修改", "Edit";
        add: "增加", "Add";
        remove: "去掉", "Remove";
        confirm: "确认", "Confirm";
        continue_: "继续", "Continue";
        undo: "撤回", "Undo";
        copy: "复制", "Copy";
        copied: "已复制", "Copied";
        print: "打印", "Print";
        export: "导出", "Export";
        refresh: "刷新", "Refresh";
        search: "搜索", "Search";
        filter: "筛选", "Filter";
        clear: "清除", "Clear";
        all: "全部", "All";
        none: "无", "None";
        yes: "是", "Yes";
        no: "否", "No";
        details: "明细", "Details";
        reason: "原因", "Reason";
        note: "备注", "Note";
        today: "今日", "Today";
        now: "现在", "Now";
        empty_value: "—", "—";
        previous: "上一个", "Previous";
        next: "下一个", "Next";
        dismiss: "知道了", "Dismiss";
        loading: "载入中", "Loading";
        working: "处理中", "Working";
        cases(n: i64): |n| format!("{} 件", count(n)), |n| counted(n, "case", "cases");
        items(n: i64): |n| format!("{} 项", count(n)), |n| counted(n, "item", "items");
        pages(n: i64): |n| format!("{} 页", count(n)), |n| counted(n, "page", "pages");
        papers(n: i64): |n| format!("{} 份", count(n)), |n| counted(n, "document", "documents");
        people(n: i64): |n| format!("{} 人", count(n)), |n| counted(n, "person", "people");
        working_days(n: i64): |n| format!("{} 个工作日", count(n)), |n| counted(n, "working day", "working days");
        further(n: i64): |n| format!("另 {}", count(n)), |n| format!("+{}", count(n));
        position(at: i64, of: i64): |at, of| format!("第 {} / {} 件", count(at), count(of)),
            |at, of| format!("Case {} of {}", count(at), count(of));
        data_as_of(time: &str): |t| format!("数据截至 {t}"), |t| format!("Data as of {t}");
        copy_of(what: &str): |what| format!("复制{what}"), |what| format!("Copy {what}");
    }
}

/// An English count: one thing is singular, every other number plural.
pub fn counted(n: i64, one: &str, other: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { other })
}
