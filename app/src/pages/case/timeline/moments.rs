//! The events of a case as entries of its timeline.

use crate::components::{Moment, MomentKind};
use crate::format::{hours, moment};
use crate::i18n::case_page::CasePage as Words;
use crate::i18n::event::{what, why};
use crate::i18n::{Locale, Localised};
use crate::pages::case::bench::Opened;
use domain::case::{Event, Fact};
use domain::time::Timestamp;

/// Entries newest first: the case where it is now, then what happened, runs of one person's small steps kept apart
/// as they were. Durations are business minutes until the next event.
pub fn moments(opened: &Opened, locale: Locale, now: Timestamp) -> Vec<Moment> {
    let wording = opened.wording(locale);
    let (case, calendar) = (&opened.case, &opened.calendar);
    let w = Words::in_locale(locale);
    let messages = wording.messages();
    let open = case.stage().is_some();
    let events: Vec<&Event> =
        opened.view.events.iter().filter(|event| event.version <= case.version).collect();
    let mut moments = Vec::with_capacity(events.len());
    for (index, event) in events.iter().enumerate().rev() {
        let next = events.get(index + 1).map(|next| next.at);
        let last = next.is_none();
        let minutes = calendar.minutes_between(event.at, next.unwrap_or(now)).get().max(0);
        let (kind, duration) = match (&event.fact, last && open) {
            (Fact::Held { .. }, _) => (MomentKind::Waited, (messages.clock.waiting)(&hours(minutes))),
            (Fact::HandedOver { .. } | Fact::Returned { .. }, _) => {
                (MomentKind::Waited, format!("{} {}", w.in_transit, hours(minutes)))
            }
            (_, true) => (MomentKind::Now, (w.at_post)(&hours(minutes))),
            _ if minutes > 0 => (MomentKind::Worked, hours(minutes)),
            _ => (MomentKind::Worked, String::new()),
        };
        let who = match event.stage {
            Some(stage) => format!("{} {}", messages.post.stage(stage), wording.by(&event.by)),
            None => wording.by(&event.by),
        };
        let mut text = what(event, &wording, Some(case), now);
        if let Some(why) = why(event) {
            text = match locale {
                Locale::ZhHans => format!("{text}，{why}"),
                Locale::En => format!("{text}: {why}"),
            };
        }
        moments.push(Moment {
            kind,
            what: who,
            when: format!("{} {text}", moment(event.at, now)),
            instant: event.at.to_rfc3339(),
            duration,
        });
    }
    moments
}
