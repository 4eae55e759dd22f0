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
        drafts_nowhere: "这个浏览器存不了草稿：离开或重新载入，未提交的就没了", "This browser keeps no drafts: what is not submitted goes with this page";
        drafts_full: "草稿没存下，浏览器存满了：离开或重新载入，未提交的就没了", "The draft is not saved, the browser's storage is full: what is not submitted goes with this page";
        typed_elsewhere: "另一个窗口也在录同一处，两边内容不同；这里录的还在，先提交的算数", "Another window is typing the same part, and it differs. What is typed here stays; what is submitted first counts";
        sent_elsewhere: "另一个窗口已提交或丢弃了同一处；这里录的还留着草稿，点“修改”可看", "Another window submitted or discarded the same part. What was typed here is kept as a draft: press Edit to see it";
        reconnect: "重连", "Reconnect";
        updates(n: i64): |n| format!("有 {} 件更新", count(n)),
            |n| counted(n, "case has changed", "cases have changed");
        show_updates(n: i64): |n| format!("更新 {} 件", count(n)), |n| format!("Show {}", counted(n, "update", "updates"));
        merge_updates: "并入", "Show";
        session_ends(minutes: i64): |n| format!("会话 {n} 分钟后结束"),
            |n| format!("The session ends in {}", counted(n, "minute", "minutes"));
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
