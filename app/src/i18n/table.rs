//! Lists and tables.

use crate::format::count;
use crate::i18n::common::counted;

messages! {
    /// What a list says about its rows.
    pub struct Tables {
        select_all: "全选", "Select all";
        select_row(number: &str): |number| format!("选择 {number}"), |number| format!("Select {number}");
        selected(n: i64): |n| format!("已选 {} 件", count(n)), |n| format!("{} selected", count(n));
        bulk: "批量操作", "Acts on the selected";
        columns: "列设置", "Columns";
        density: "密度", "Density";
        sort_by(column: &str): |column| format!("按{column}排序"), |column| format!("Sort by {column}");
        rows(n: i64): |n| format!("{} 行", count(n)), |n| counted(n, "row", "rows");
        loading_rows: "载入更多行", "Loading more rows";
        only_differences: "仅差异", "Differences only";
        everything: "全部", "All";
        equal: "一致", "Equal";
    }
}
