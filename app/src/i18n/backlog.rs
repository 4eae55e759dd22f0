//! What the backlog dashboard says.

use crate::format::count;
use crate::i18n::common::counted;

messages! {
    /// Figures, matrix, ageing, stuck cases, load.
    pub struct BacklogPage {
        at_post: "在岗", "At posts";
        waiting: "等待", "Waiting";
        overdue: "已逾期", "Overdue";
        due_today: "今日到期", "Due today";
        released: "今日下发", "Released today";
        unit_of_cases: "件", "cases";
        against_yesterday(change: &str): |d| format!("较昨日同刻 {d}"), |d| format!("{d} on yesterday at this hour");
        no_yesterday: "昨日无记录", "No record of yesterday";
        in_pool_and_hand(pool: i64, hand: i64): |p, h| format!("待领 {}，在手 {}", count(p), count(h)),
            |p, h| format!("{} in the pool, {} in hand", count(p), count(h));
        besides_on_slips(n: i64): |n| format!("另有在途 {}", count(n)), |n| format!("{} more on slips", count(n));
        overdue_parts(posts: i64, waiting: i64): |p, w| format!("在岗 {}，等待与在途 {}", count(p), count(w)),
            |p, w| format!("{} at posts, {} waiting or on slips", count(p), count(w));
        due_done(done: i64): |d| format!("未办；今日到期已办 {}", count(d)), |d| format!("open; {} due today are done", count(d));
        registered(n: i64): |n| format!("登记 {} 件", count(n)), |n| format!("{} registered", count(n));
        two(a: &str, b: &str): |a, b| format!("{a}；{b}"), |a, b| format!("{a}; {b}");
        matrix: "积压矩阵", "Backlog matrix";
        matrix_open: "件，底色为积压 ÷ 日均办结", "Cases; shade = backlog ÷ finished a day";
        matrix_overdue: "已逾期，件", "Overdue cases";
        matrix_today: "今日到期未办，件", "Open cases due today";
        matrix_caption: "机构乘岗位", "Units by posts";
        measure: "看什么", "What is shown";
        open: "全部", "All";
        change_legend: "+ − 较昨日同刻", "+ − on yesterday";
        posts: "各岗未结", "Open at posts";
        of_these: "其中", "Of these";
        on_slips: "在途", "On slips";
        unit: "机构", "Unit";
        total: "合计", "Total";
        own_level(unit: &str): |u| format!("{u} 本级"), |u| format!("{u} itself");
        cell(unit: &str, post: &str, figures: &str): |u, p, f| format!("{u} {p} {f}"), |u, p, f| format!("{u}, {p}: {f}");
        cell_figures(open: i64, overdue: i64, today: i64):
            |n, o, t| format!("{} 件，逾期 {}，今日到期 {}", count(n), count(o), count(t)),
            |n, o, t| format!("{}, {} overdue, {} due today", counted(n, "case", "cases"), count(o), count(t));
        days_of_work(days: &str): |d| format!("约 {d} 日的量"), |d| format!("about {d} days of work");
        nothing_open: "没有未结的件", "Nothing is open";
        nothing_open_hint: "换一个机构或岗位再看", "Look at another unit or post";
        flow: "到达与办结", "Arrivals and completions";
        flow_detail(net: &str): |n| format!("今日累计，净增 {n}"), |n| format!("today so far, net {n}");
        arrived(n: i64): |n| format!("到达 {}", count(n)), |n| format!("Arrived {}", count(n));
        finished(n: i64): |n| format!("办结 {}", count(n)), |n| format!("Finished {}", count(n));
        finished_before: "昨日办结", "Finished yesterday";
        flow_summary(time: &str, arrived: i64, finished: i64, net: &str):
            |t, a, f, n| format!("今日到 {t}：到达 {}，办结 {}，净增 {n}", count(a), count(f)),
            |t, a, f, n| format!("Today until {t}: {} arrived, {} finished, net {n}", count(a), count(f));
        flow_summary_before(summary: &str, finished: i64): |s, f| format!("{s}；昨日同刻办结 {}", count(f)),
            |s, f| format!("{s}; yesterday {} finished by this hour", count(f));
        flow_point(time: &str, arrived: i64, finished: i64): |t, a, f| format!("{t} 到达 {}，办结 {}", count(a), count(f)),
            |t, a, f| format!("{t}: {} arrived, {} finished", count(a), count(f));
        flow_empty: "今日还没有到达和办结", "Nothing has arrived or been finished today";
        time: "时刻", "Time";
        arrived_head: "到达", "Arrived";
        finished_head: "办结", "Finished";
        before_head: "昨日办结", "Finished yesterday";
        late_where: "逾期在何处", "Where it is late";
        late_where_detail: "逾期最多的岗位", "posts with most overdue";
        late_cell(unit: &str, post: &str): |u, p| format!("{u} {p}"), |u, p| format!("{u} {p}");
        late_none: "没有逾期", "Nothing is overdue";
        ageing: "在途龄期", "Ageing work";
        ageing_detail(n: i64): |n| format!("{} 件，收件起的工作小时", count(n)),
            |n| format!("{}, business hours since receipt", counted(n, "case", "cases"));
        hours: "小时", "hours";
        in_process: "在途件", "Open";
        late(n: i64): |n| format!("逾期 {}", count(n)), |n| format!("{} overdue", count(n));
        zones(n: i64): |n| format!("底色：近 90 日离岗 {} 件的分位", count(n)),
            |n| format!("Shade: percentiles of {} of the last 90 days", counted(n, "case", "cases"));
        zones_missing: "近 90 日没有离岗的件，不画分位", "Nothing left these posts in 90 days: no percentiles";
        age_dot(number: &str, age: &str): |n, a| format!("{n} {a}"), |n, a| format!("{n} {a}");
        age_dot_late(number: &str, age: &str): |n, a| format!("{n} {a}，逾期"), |n, a| format!("{n} {a}, overdue");
        age_bin(post: &str, from: &str, to: &str, n: i64, late: i64):
            |p, a, b, n, l| format!("{p} {a}–{b} 小时 {} 件，逾期 {}", count(n), count(l)),
            |p, a, b, n, l| format!("{p}, {a}–{b} hours: {}, {} overdue", counted(n, "case", "cases"), count(l));
        age_summary(n: i64, late: i64, post: &str, oldest: &str):
            |n, l, p, o| format!("{} 件在途，逾期 {}；最久在{p}，{o} 小时", count(n), count(l)),
            |n, l, p, o| format!("{} open, {} overdue; the oldest is at {p}, {o} hours", counted(n, "case", "cases"), count(l));
        post_head: "岗位", "Post";
        open_head: "在途", "Open";
        late_head: "逾期", "Overdue";
        oldest_head: "最久", "Oldest";
        percentile_head(p: i64): |p| format!("P{p}"), |p| format!("P{p}");
        stuck: "滞留件", "Stuck cases";
        stuck_detail(n: i64, shown: i64): |n, s| if n > s { format!("{} 件，最久的 {} 件", count(n), count(s)) } else { format!("{} 件", count(n)) },
            |n, s| if n > s { format!("{}, the longest {}", counted(n, "case", "cases"), count(s)) } else { counted(n, "case", "cases") };
        stuck_none: "没有滞留的件", "No case is stuck";
        stuck_none_hint: "有事件的件不在此列", "Cases that moved in time are not listed";
        number: "件号", "Case";
        item: "项目", "Item";
        at: "所在", "At";
        idle: "停滞", "Idle";
        idle_hint: "无动作的工作时间，时:分", "Business time without an act, h:mm";
        why: "原因", "Why";
        holder: "持有人", "Holder";
        due: "岗位到期", "Post due";
        in_pool: "无人领取", "Nobody has taken it";
        in_hand: "领取后无动作", "Taken, nothing done since";
        on_slip: "清单无人签收", "On a slip nobody confirms";
        on_hold: "暂挂", "On hold";
        nobody: "无人可办", "Nobody can do it";
        open_case(number: &str): |n| format!("打开 {n}"), |n| format!("Open {n}");
        load: "人员负荷", "Load";
        load_detail(people: i64, open: i64): |p, o| format!("{} 人，在手 {} 件", count(p), count(o)),
            |p, o| format!("{}, {} in hand", counted(p, "person", "people"), count(o));
        load_none: "无人在手有件，今日也没有办结", "Nobody has a case in hand or finished one today";
        person: "姓名", "Name";
        load_bar: "在手与逾期", "In hand and overdue";
        in_hand_head: "在手", "In hand";
        finished_today_head: "今日办结", "Done today";
        load_words(open: i64, late: i64, done: i64): |o, l, d| format!("在手 {}，逾期 {}，今日办结 {}", count(o), count(l), count(d)),
            |o, l, d| format!("{} in hand, {} overdue, {} done today", count(o), count(l), count(d));
        see_cases(who: &str): |w| format!("看 {w} 在手的件"), |w| format!("See what {w} has in hand");
        see: "看件", "See cases";
        imported(n: i64): |n| format!("另有导入件 {} 件未结，不计入以上各数", count(n)),
            |n| format!("{} open besides, in none of the figures above", counted(n, "imported case", "imported cases"));
        as_of(time: &str): |t| format!("数据截至 {t}"), |t| format!("Data as of {t}");
        all_posts: "全部岗位", "All posts";
        post_filter: "岗位", "Post";
        failed_stale(time: &str): |t| format!("未能更新，显示的是 {t} 的数据"), |t| format!("Could not refresh; showing data of {t}");
        back_to_backlog: "返回积压看板", "Back to the backlog";
        behind_open: "未结", "Open";
        behind_registered: "今日登记", "Registered today";
        behind_due_done: "今日到期已办", "Due today and done";
        matrix_today_head: "今日到期未办", "Due today, open";
        behind_ages(from: i64, to: i64): |a, b| format!("龄期 {a}–{b} 小时"), |a, b| format!("{a}–{b} hours old");
        behind_count(n: i64): |n| format!("共 {} 件", count(n)), |n| counted(n, "row", "rows");
        behind_none: "此刻没有这样的件", "No such case at this moment";
        behind_none_hint: "看板的数会随时间变化", "The figures of the dashboard change with time";
        status: "状态", "Status";
        status_ready: "待领", "Unclaimed";
        status_claimed: "在手", "In hand";
        status_done: "已办", "Done";
        age: "龄期", "Age";
        when: "时限、办结", "Due, done";
    }
}
