//! Refused and failed requests in general words; a reason the server names is worded where its type is known.

use crate::i18n::common::counted;

messages! {
    /// What a request came back with.
    pub struct Problems {
        network: "连不上服务器", "The server cannot be reached";
        malformed: "格式有误，未执行", "The request was malformed; nothing was done";
        signed_out: "未登录或会话已结束", "You are not signed in, or the session has ended";
        forbidden: "无权执行", "You may not do this";
        not_found: "没有找到", "Not found";
        conflict: "当前状态不允许", "Not possible in the present state";
        stale: "他人已先改动", "Someone else changed it first";
        too_large: "内容过大", "Too large";
        invalid: "有字段不合规则", "Some fields break a rule";
        too_many(seconds: i64): |n| format!("操作过密，{n} 秒后再试"),
            |n| format!("Too many requests; try again in {}", counted(n, "second", "seconds"));
        unavailable: "服务暂不可用，稍后再试", "The service is not available; try again later";
        unexpected(id: &str): |id| format!("出错了，编号 {id}"), |id| format!("Something went wrong, reference {id}");
        nothing_lost: "已填内容没有丢失", "Nothing you typed is lost";
        fields_at_fault(n: i64): |n| format!("{n} 处不合规则"),
            |n| counted(n, "field breaks a rule", "fields break a rule");
        who_can_help(people: &str): |people| format!("可找 {people}"), |people| format!("{people} can help");
        changed_by(who: &str, time: &str): |who, t| format!("{who} {t} 改过"), |who, t| format!("Changed by {who} at {t}");
        merged(n: i64): |n| format!("其余 {n} 项已自动合并"),
            |n| counted(n, "other change was merged", "other changes were merged");
    }
}

impl Problems {
    /// The words for a status of HTTP, where the answer names no reason of its own.
    ///
    /// `retry_after` in seconds as the answer says; `request` is its request id.
    pub fn of_status(&self, status: u16, retry_after: Option<i64>, request: &str) -> String {
        match status {
            0 => self.network.to_owned(),
            400 => self.malformed.to_owned(),
            401 => self.signed_out.to_owned(),
            403 => self.forbidden.to_owned(),
            404 => self.not_found.to_owned(),
            409 => self.conflict.to_owned(),
            412 => self.stale.to_owned(),
            413 => self.too_large.to_owned(),
            422 => self.invalid.to_owned(),
            429 => (self.too_many)(retry_after.unwrap_or(1)),
            502..=504 => self.unavailable.to_owned(),
            _ => (self.unexpected)(request),
        }
    }
}
