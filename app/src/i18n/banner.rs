//! What stands under the top bar, and the mark of the connection.

use crate::format::count;
use crate::i18n::common::counted;

messages! {
    /// Offline, late, session about to end, read-only, updates.
    pub struct Banners {
        offline(time: &str, pending: i64): |t, n| match n {
                0 => format!("离线，正在用 {t} 的数据"),
                n => format!("离线，正在用 {t} 的数据，{} 项待发送", count(n)),
            },
            |t, n| match n {
                0 => format!("Offline, working with data of {t}"),
                n => format!("Offline, working with data of {t}; {} to send", counted(n, "act", "acts")),
            };
        reconnect: "重连", "Reconnect";
        updates(n: i64): |n| format!("有 {} 件更新", count(n)),
            |n| counted(n, "case has changed", "cases have changed");
        show_updates(n: i64): |n| format!("更新 {} 件", count(n)), |n| format!("Show {}", counted(n, "update", "updates"));
        merge_updates: "并入", "Show";
        session_ends(minutes: i64): |n| format!("会话 {n} 分钟后结束，草稿已存"),
            |n| format!("The session ends in {}; drafts are kept", counted(n, "minute", "minutes"));
        renew: "续期", "Stay signed in";
        session_ended: "会话已结束，登录后接着办", "The session has ended; sign in to go on";
        read_only: "只读，不能改动", "Read only";
        new_version: "有新版本，手上的做完后更新", "A new version is ready; update when your work is done";
        update: "更新", "Update";
        live: "实时", "Live";
        late(seconds: i64): |n| format!("延迟 {n} 秒"), |n| format!("{n} s late");
        cut: "已断开", "Disconnected";
        sent(n: i64): |n| format!("已补发 {} 项", count(n)), |n| format!("{} sent", counted(n, "act", "acts"));
    }
}
