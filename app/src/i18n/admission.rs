//! The rules on an application (E01) in words, with the dates they looked at.

use super::Localised;
use super::terms::Terms;
use super::wording::Wording;
use crate::format::{amount, full_date};
use domain::catalogue::{E01Check, E01Line, Window};
use domain::time::local_date;

messages! {
    /// Rules on an application.
    pub struct Admissions {
        not_future: "申请与收件都不晚于现在", "Signed and received not later than now";
        not_after_receipt: "申请日期不晚于收件", "Signed not later than received";
        not_too_old: "申请日期在回溯权限内", "Signed within the days that may be back-dated";
        dates(applied: &str, received: &str): |a, r| format!("申请 {a}，收到 {r}"), |a, r| format!("signed {a}, received {r}");
        back_days_free(days: i64): |d| format!("回溯 {d} 天"), |d| format!("{d} days back");
        back_days(days: i64, allowed: i64): |d, a| format!("回溯 {d} 天，权限 {a} 天"), |d, a| format!("{d} days back, {a} allowed");
        any_time: "随时可申请", "May be applied for at any time";
        free_look: "须在犹豫期内", "Must lie within the free-look period";
        after_free_look: "须在犹豫期后", "Must lie after the free-look period";
        around_anniversary(before: i64, after: i64): |b, a| match a {
                0 => format!("须在周年日前 {b} 天内"),
                a => format!("须在周年日前 {b} 天至后 {a} 天"),
            },
            |b, a| format!("Must lie within {b} days before and {a} days after the anniversary");
        from_maturity(before: i64): |b| format!("须在满期日前 {b} 天起"), |b| format!("Must lie at most {b} days before maturity");
        window(from: &str, to: &str): |f, t| format!("可申请期 {f} 至 {t}"), |f, t| format!("open from {f} to {t}");
        window_from(from: &str): |f| format!("{f} 起可申请"), |f| format!("open from {f}");
        early(days: i64): |d| format!("早 {d} 天"), |d| format!("{d} days too early");
        late(days: i64): |d| format!("晚 {d} 天"), |d| format!("{d} days too late");
        applied(day: &str): |d| format!("申请日期 {d}"), |d| format!("signed {d}");
        date_unknown(date: &str): |d| format!("缺{d}，无法判断"), |d| format!("{d} is not known");
        status_ok: "保单状态可办", "The policy's status allows it";
        status(now: &str, allowed: &str): |n, a| format!("现为{n}，须为{a}"), |n, a| format!("is {n}, must be {a}");
        unblocked(block: &str): |b| format!("无{b}"), |b| format!("Not blocked: {b}");
        blocked(block: &str): |b| format!("有{b}"), |b| format!("Blocked: {b}");
        owed(sum: &str): |s| format!("{s} 元未清"), |s| format!("{s} yuan owed");
        no_excluded: "无互斥的在途件", "No open item excludes it";
        excluded(items: &str): |i| format!("在途：{i}"), |i| format!("open: {i}");
        capacity_ok(who: &str): |w| format!("{w}可申请"), |w| format!("{w} may apply");
        capacity(who: &str, allowed: &str): |w, a| format!("{w}不可申请，须为{a}"), |w, a| format!("{w} may not apply, must be {a}");
        agent_allowed: "可代办", "Somebody may act for the applicant";
        agent_not_allowed: "不可代办，须本人办理", "The applicant must act in person";
        agent_authority: "代办有授权委托书", "Authority shown";
        agent_no_authority: "代办缺授权委托书", "No authority shown";
    }
}

/// A rule in words, and what it looked at.
pub fn rule(line: &E01Line, wording: &Wording) -> (String, Option<String>) {
    let t = Admissions::in_locale(wording.locale);
    let terms = Terms::in_locale(wording.locale);
    match &line.check {
        E01Check::NotFuture { applied_on, received_at, .. } => (
            t.not_future.into(),
            Some((t.dates)(&full_date(*applied_on), &full_date(local_date(*received_at)))),
        ),
        E01Check::NotAfterReceipt { applied_on, received_on } => {
            (t.not_after_receipt.into(), Some((t.dates)(&full_date(*applied_on), &full_date(*received_on))))
        }
        // Where the rules are only shown, whoever registered had the grant it took.
        E01Check::NotTooOld { days, allowed: u16::MAX, .. } => {
            (t.not_too_old.into(), Some((t.back_days_free)(*days)))
        }
        E01Check::NotTooOld { days, allowed, .. } => {
            (t.not_too_old.into(), Some((t.back_days)(*days, i64::from(*allowed))))
        }
        E01Check::Window { window, from, to, applied_on, days_off, unknown } => {
            let name = match window {
                Window::Always => t.any_time.to_owned(),
                Window::WithinFreeLook => t.free_look.to_owned(),
                Window::AfterFreeLook => t.after_free_look.to_owned(),
                Window::AroundAnniversary { before, after } => {
                    (t.around_anniversary)(i64::from(*before), i64::from(*after))
                }
                Window::FromMaturity { before } => (t.from_maturity)(i64::from(*before)),
            };
            let mut parts: Vec<String> = Vec::new();
            if let Some(date) = unknown {
                parts.push((t.date_unknown)(terms.policy_date(*date)));
            }
            match (from, to) {
                (Some(from), Some(to)) => parts.push((t.window)(&full_date(*from), &full_date(*to))),
                (Some(from), None) => parts.push((t.window_from)(&full_date(*from))),
                _ => {}
            }
            if *days_off != 0 {
                parts.push((t.applied)(&full_date(*applied_on)));
                let off = days_off.abs();
                parts.push(if *days_off < 0 { (t.early)(off) } else { (t.late)(off) });
            }
            (name, (!parts.is_empty()).then(|| parts.join(separator(wording))))
        }
        E01Check::Status { status, allowed } => {
            if line.holds {
                return (t.status_ok.into(), Some(terms.policy_status(*status).into()));
            }
            let allowed: Vec<String> = allowed.iter().map(|one| terms.policy_status(*one).into()).collect();
            ((t.status)(terms.policy_status(*status), &wording.list(&allowed)), None)
        }
        E01Check::Unblocked { block, amount: owed } => {
            let name = terms.block(*block);
            if line.holds {
                ((t.unblocked)(name), None)
            } else {
                ((t.blocked)(name), owed.map(|sum| (t.owed)(&amount(sum.minor))))
            }
        }
        E01Check::NoExcludedItem { open } => {
            let items: Vec<String> = open.iter().map(|code| wording.item(code)).collect();
            (t.no_excluded.into(), (!items.is_empty()).then(|| (t.excluded)(&wording.list(&items))))
        }
        E01Check::Capacity { capacity, allowed } => {
            if line.holds {
                return ((t.capacity_ok)(terms.capacity(*capacity)), None);
            }
            let allowed: Vec<String> = allowed.iter().map(|one| terms.capacity(*one).into()).collect();
            ((t.capacity)(terms.capacity(*capacity), &wording.list(&allowed)), None)
        }
        E01Check::AgentAllowed => {
            (if line.holds { t.agent_allowed } else { t.agent_not_allowed }.into(), None)
        }
        E01Check::AgentAuthority => {
            (if line.holds { t.agent_authority } else { t.agent_no_authority }.into(), None)
        }
    }
}

fn separator(wording: &Wording) -> &'static str {
    match wording.locale {
        super::Locale::ZhHans => "，",
        super::Locale::En => ", ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use std::collections::BTreeMap;

    #[test]
    fn a_window_missed_says_by_how_much() {
        let day = |text: &str| text.parse().expect("a test day");
        let line = E01Line {
            holds: false,
            check: E01Check::Window {
                window: Window::AroundAnniversary { before: 60, after: 0 },
                from: Some(day("2026-04-13")),
                to: Some(day("2026-06-12")),
                applied_on: day("2026-03-17"),
                days_off: -27,
                unknown: None,
            },
        };
        let names = BTreeMap::new();
        let (name, looked) = rule(&line, &Wording { locale: Locale::ZhHans, names: &names, catalogue: None });
        assert_eq!(name, "须在周年日前 60 天内");
        assert_eq!(
            looked.as_deref(),
            Some("可申请期 2026-04-13 至 2026-06-12，申请日期 2026-03-17，早 27 天")
        );
    }
}
