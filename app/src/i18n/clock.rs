//! The states of time, always with a word beside shape and colour.

messages! {
    /// How much time is left, used, or stopped.
    pub struct Clock {
        left(time: &str): |t| format!("剩 {t}"), |t| format!("{t} left");
        over(time: &str): |t| format!("超 {t}"), |t| format!("{t} over");
        stopped(why: &str): |why| format!("停 {why}"), |why| format!("Paused: {why}");
        returned(times: u32): |n| format!("退回×{n}"), |n| format!("Returned ×{n}");
        done(time: &str): |t| format!("已办 {t}"), |t| format!("Done in {t}");
        state_ok: "正常", "In time";
        state_soon: "将到期", "Due soon";
        state_over: "逾期", "Overdue";
        state_wait: "暂停", "Paused";
        state_back: "退回", "Returned";
        state_done: "已办", "Done";
        post_clock: "本岗", "Post";
        cycle_clock: "全程", "Cycle";
        business_time: "工作时间", "Business time";
        due(at: &str): |at| format!("{at} 到期"), |at| format!("due {at}");
        cycle_title(day: u32, of: u32): |day, of| format!("全程第 {day} / {of} 个工作日"),
            |day, of| format!("Working day {day} of {of} in the whole cycle");
        cycle_day(day: u32, of: u32): |day, of| format!("第 {day} / {of} 日"), |day, of| format!("Day {day} of {of}");
        at_post(time: &str): |t| format!("在岗 {t}"), |t| format!("{t} at post");
        waiting(time: &str): |t| format!("等待 {t}"), |t| format!("{t} waiting");
        elapsed(time: &str): |t| format!("历时 {t}"), |t| format!("{t} elapsed");
        ours(time: &str): |t| format!("本方 {t}"), |t| format!("{t} ours");
        spans: "历时分段", "Elapsed time by span";
        span_work: "办理", "Worked";
        span_wait: "等待，不计本岗", "Waiting, not counted at the post";
        span_now: "本岗", "This post";
        urgency(percent: u32): |p| format!("已用本岗时限 {p}%"), |p| format!("{p}% of the post's time used");
        today_at(time: &str): |t| format!("今日 {t}"), |t| format!("today {t}");
    }
}
