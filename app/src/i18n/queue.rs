//! The words of a queue.

use crate::format::count;

messages! {
    /// Tabs, bands, columns and acts of a queue.
    pub struct QueueWords {
        lists: "列表", "Lists";
        to_do: "待办", "To do";
        mine: "我的", "Mine";
        waiting: "等待中", "Waiting";
        returned: "退回", "Returned";
        to_receive: "待签收", "To receive";
        done_today: "今日办结", "Done today";
        band_overdue: "逾期", "Overdue";
        band_two_hours: "2 小时内", "Within 2 hours";
        band_today: "今日", "Today";
        band_later: "之后", "Later";
        number: "件号", "Case";
        policy: "保单号", "Policy";
        item: "变更项目", "Change item";
        applicant: "申请人", "Applicant";
        from: "来自", "From";
        at_post: "在岗", "At post";
        post_due: "本岗时限", "Post due";
        cycle_due: "全程到期", "Cycle due";
        flags: "标记", "Marks";
        holder: "持有", "Held by";
        nobody: "待领", "Unclaimed";
        get_next: "取下一件", "Get next";
        claim: "领取", "Claim";
        unclaim: "释放", "Put back";
        assign: "分派", "Assign";
        hold: "暂挂", "Hold";
        preview: "预览", "Preview";
        close_preview: "关闭预览", "Close preview";
        why_here: "为何排在此处", "Why it stands here";
        due_first: "到期优先", "Due first";
        totals(all: i64, ready: i64, claimed: i64):
            |all, ready, claimed| format!("共 {} 件，待领 {}，已领 {}", count(all), count(ready), count(claimed)),
            |all, ready, claimed| format!("{} in all, {} unclaimed, {} claimed", count(all), count(ready), count(claimed));
        and_others(item: &str, n: i64): |item, n| format!("{item} 等 {n} 项"), |item, n| format!("{item} and {} more", n - 1);
        special: "特别件", "Special";
        large: "大额", "Large amount";
        complaint: "投诉", "Complaint";
        vip: "VIP", "VIP";
        inquiry_answered: "照会已回复", "Inquiry answered";
        none_left: "没有可取的件", "There is nothing to get";
        nobody_can: "无人可办", "Nobody can work on it";
    }
}
