//! Clocks: the post's, the whole cycle's, and how elapsed time is made up.

use super::icon::{Icon, IconName};
use super::mark::State;
use crate::format::hours;
use crate::i18n::clock as words;
use crate::i18n::use_messages;
use leptos::prelude::*;

/// The state of a clock, in business minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClockState {
    /// More than a fifth of the target is left.
    Ok {
        /// Minutes left.
        left: i64,
    },
    /// Four fifths are used.
    Soon {
        /// Minutes left.
        left: i64,
    },
    /// Past due.
    Over {
        /// Minutes past due.
        by: i64,
    },
    /// Stopped.
    Wait {
        /// For what: 照会, 核保.
        why: String,
    },
    /// Came back.
    Back {
        /// How many times.
        times: u32,
    },
    /// Finished.
    Done {
        /// Minutes it took.
        took: i64,
    },
}

impl ClockState {
    /// The state of a target: `used` and `target` in business minutes.
    pub fn of(used: i64, target: i64) -> Self {
        let left = target - used;
        if left < 0 {
            Self::Over { by: -left }
        } else if used * 5 >= target * 4 {
            Self::Soon { left }
        } else {
            Self::Ok { left }
        }
    }

    /// The state as a mark has it.
    pub fn state(&self) -> State {
        match self {
            Self::Ok { .. } => State::Ok,
            Self::Soon { .. } => State::Soon,
            Self::Over { .. } => State::Over,
            Self::Wait { .. } => State::Wait,
            Self::Back { .. } => State::Back,
            Self::Done { .. } => State::Plain,
        }
    }

    /// Its shape.
    pub fn icon(&self) -> IconName {
        match self {
            Self::Ok { .. } => IconName::StateOk,
            Self::Soon { .. } => IconName::StateSoon,
            Self::Over { .. } => IconName::StateOver,
            Self::Wait { .. } => IconName::StateWait,
            Self::Back { .. } => IconName::StateBack,
            Self::Done { .. } => IconName::StateDone,
        }
    }

    /// Its words on screen.
    pub fn words(&self, t: &words::Clock) -> String {
        match self {
            Self::Ok { left } | Self::Soon { left } => (t.left)(&hours(*left)),
            Self::Over { by } => (t.over)(&hours(*by)),
            Self::Wait { why } => (t.stopped)(why),
            Self::Back { times } => (t.returned)(*times),
            Self::Done { took } => (t.done)(&hours(*took)),
        }
    }

    /// Its state in one word, for readers.
    pub fn state_word(&self, t: &words::Clock) -> &'static str {
        match self {
            Self::Ok { .. } => t.state_ok,
            Self::Soon { .. } => t.state_soon,
            Self::Over { .. } => t.state_over,
            Self::Wait { .. } => t.state_wait,
            Self::Back { .. } => t.state_back,
            Self::Done { .. } => t.state_done,
        }
    }
}

/// The post's clock: shape, word and colour.
#[component]
pub fn Clock(
    /// The clock.
    #[prop(into)]
    state: Signal<ClockState>,
    /// On a soft ground, in heads and panes.
    #[prop(optional)]
    filled: bool,
) -> impl IntoView {
    let t = use_messages();
    // One reader for the whole mark, and only when it changes: a list has hundreds of them and the time goes on.
    let state = Memo::new(move |_| state.get());
    move || {
        let words = t.get().clock;
        state.with(|s| {
            view! {
                <span
                    class="sla"
                    data-s=s.state().attribute()
                    data-fill=filled.then_some("")
                    data-tip=words.business_time
                >
                    <Icon name=s.icon()/>
                    <span class="vh">{s.state_word(words)}</span>
                    {s.words(words)}
                </span>
            }
        })
    }
}

/// The whole cycle's clock: a tick per working day, and the date.
#[component]
pub fn Cycle(
    /// Working days gone.
    #[prop(into)]
    day: Signal<u32>,
    /// Working days there are.
    #[prop(into)]
    of: Signal<u32>,
    /// Ok, soon or over.
    #[prop(into)]
    state: Signal<State>,
    /// The date it is due, in words.
    #[prop(into)]
    due: TextProp,
) -> impl IntoView {
    let t = use_messages();
    move || {
        let (day, of) = (day.get(), of.get());
        let title = (t.get().clock.cycle_title)(day, of);
        let tip = title.clone();
        view! {
            <span class="cyc" data-s=state.get().attribute() data-tip=tip>
                <i
                    aria-hidden="true"
                    style:--n=of.clamp(1, 12).to_string()
                    style:--d=day.min(of).min(12).to_string()
                ></i>
                <span class="vh">{title}</span>
                {due.get()}
            </span>
        }
    }
}

/// The share of the post's time used, at the edge of a row: decoration that repeats the clock.
#[component]
pub fn Urgency(
    /// Per cent used, 0 to 100.
    #[prop(into)]
    percent: Signal<u32>,
    /// State of the clock it repeats.
    #[prop(into)]
    state: Signal<State>,
) -> impl IntoView {
    move || {
        view! {
            <i
                class="urg"
                aria-hidden="true"
                data-s=state.get().attribute()
                style:--u=format!("{}%", percent.get().min(100))
            ></i>
        }
    }
}

/// A part of elapsed time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeSpan {
    /// Worked at an earlier post, minutes.
    Worked(i64),
    /// Waited, minutes; not counted at the post.
    Waited(i64),
    /// At this post, minutes.
    Here(i64),
}

/// Elapsed time by its parts, in proportion.
#[component]
pub fn Spans(
    /// The parts in order of time.
    #[prop(into)]
    spans: Signal<Vec<TimeSpan>>,
    /// What they say, for readers.
    #[prop(into)]
    summary: TextProp,
) -> impl IntoView {
    view! {
        <div class="span" role="img" aria-label=move || summary.get()>
            {move || {
                spans
                    .get()
                    .into_iter()
                    .map(|span| {
                        let (kind, minutes) = match span {
                            TimeSpan::Worked(m) => (None, m),
                            TimeSpan::Waited(m) => (Some("wait"), m),
                            TimeSpan::Here(m) => (Some("now"), m),
                        };
                        view! { <i data-k=kind style:--w=minutes.max(1).to_string()></i> }
                    })
                    .collect_view()
            }}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Locale, Localised, Messages};

    #[test]
    fn a_target_is_soon_at_four_fifths_and_over_past_it() {
        let cases = [
            (95, 120, ClockState::Ok { left: 25 }),
            (96, 120, ClockState::Soon { left: 24 }),
            (120, 120, ClockState::Soon { left: 0 }),
            (312, 120, ClockState::Over { by: 192 }),
            (0, 0, ClockState::Soon { left: 0 }),
        ];
        for (used, target, state) in cases {
            assert_eq!(ClockState::of(used, target), state);
        }
    }

    #[test]
    fn every_state_has_its_own_shape_and_words() {
        let states = [
            ClockState::Ok { left: 140 },
            ClockState::Soon { left: 38 },
            ClockState::Over { by: 192 },
            ClockState::Wait { why: "照会".into() },
            ClockState::Back { times: 2 },
            ClockState::Done { took: 112 },
        ];
        let zh = Messages::in_locale(Locale::ZhHans).clock;
        let words: Vec<String> = states.iter().map(|s| s.words(zh)).collect();
        assert_eq!(words, ["剩 2:20", "剩 0:38", "超 3:12", "停 照会", "退回×2", "已办 1:52"]);
        let shapes: std::collections::HashSet<_> = states.iter().map(ClockState::icon).collect();
        let names: std::collections::HashSet<_> = states.iter().map(|s| s.state_word(zh)).collect();
        assert_eq!((shapes.len(), names.len()), (6, 6));
    }
}
