//! The three-way comparison in a narrow pane: one line where all agree, the values under each other where not.

use super::sheet::use_sheet;
use crate::components::comparison::{Segment as Run, differing};
use crate::components::segmented::Segment;
use crate::components::{Icon, IconName, IconSize, Segmented, State, Tag};
use crate::i18n::checks::Checks as Words;
use crate::i18n::value::value;
use crate::i18n::wording::Wording;
use crate::i18n::{use_messages, use_text};
use domain::api::check::CheckView;
use domain::case::compare::{Difference, DifferenceKind};
use domain::case::item::Asked;
use domain::id::ItemCode;
use leptos::prelude::*;

/// One field, worded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The item it belongs to.
    pub item: String,
    /// The field.
    pub field: String,
    /// What was asked, entered and shown by the core system.
    pub values: [Option<String>; 3],
    /// Which pair differs.
    pub kind: Option<DifferenceKind>,
}

/// Every field of every item, in order.
pub fn rows(view: &CheckView, wording: &Wording, words: &Words) -> Vec<Row> {
    let mut rows = Vec::new();
    for (no, fields) in &view.differences {
        let code = view.case.items.iter().find(|item| item.no == *no).map(|item| item.code.clone());
        let Some(code) = code else { continue };
        rows.extend(fields.iter().map(|field| row(&code, field, wording, words)));
    }
    rows
}

fn row(code: &ItemCode, of: &Difference, wording: &Wording, words: &Words) -> Row {
    let spec =
        wording.catalogue.and_then(|catalogue| catalogue.item(code)).and_then(|item| item.field(&of.field));
    let say = |of: &domain::value::Value| value(of, spec, wording);
    let asked = of.asked.as_ref().map(|asked| match asked {
        Asked::Stated(value) => say(value),
        Asked::ByRule(rule) => {
            let named = spec.and_then(|spec| spec.silent_rule(rule));
            (words.by_rule)(&named.map_or_else(|| rule.clone(), |rule| wording.label(&rule.label)))
        }
    });
    Row {
        item: wording.item(code),
        field: wording.field(code, &of.field),
        values: [asked, of.entered.as_ref().map(say), of.core.as_ref().map(say)],
        kind: of.kind,
    }
}

/// The comparison.
#[component]
pub fn Compare() -> impl IntoView {
    let (words, sheet) = (use_text::<Words>(), use_sheet());
    let all = Memo::new(move |_| sheet.worded(|view, wording| rows(view, wording, words.get())));
    let differ = Memo::new(move |_| all.with(|rows| rows.iter().filter(|row| row.kind.is_some()).count()));
    let only = RwSignal::new(false);
    let shown = Memo::new(move |_| {
        all.with(|rows| {
            rows.iter().filter(|row| !only.get() || row.kind.is_some()).cloned().collect::<Vec<_>>()
        })
    });
    let of = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let segments = Signal::derive(move || {
        let words = words.get();
        vec![
            Segment::new(false, words.all),
            Segment::new(true, words.only_differences).counting(of(differ.get())),
        ]
    });
    view! {
        <section>
            <h2 class="sec">
                {move || words.get().comparison}
                <span class="push"></span>
                <Segmented
                    label=move || words.get().comparison
                    segments=segments
                    value=only
                    small=true
                    on_change=Callback::new(move |value| only.set(value))
                />
            </h2>
            {move || {
                if all.with(Vec::is_empty) {
                    view! { <p class="dim sm">{move || words.get().no_comparison}</p> }.into_any()
                } else if shown.with(Vec::is_empty) {
                    view! { <p class="dim sm">{move || words.get().all_equal}</p> }.into_any()
                } else {
                    let mut before = String::new();
                    let several = all.with(|rows| rows.iter().any(|row| row.item != rows[0].item));
                    shown
                        .get()
                        .into_iter()
                        .map(|row| {
                            let head = (several && row.item != before).then(|| row.item.clone());
                            before.clone_from(&row.item);
                            view! {
                                {head.map(|item| view! { <p class="med sm">{item}</p> })}
                                <One row=row/>
                            }
                        })
                        .collect_view()
                        .into_any()
                }
            }}
        </section>
    }
}

#[component]
fn One(row: Row) -> impl IntoView {
    let (t, words) = (use_messages(), use_text::<Words>());
    let Some(kind) = row.kind else {
        let compared = row.values.iter().flatten().count() > 1;
        let value = row.values.iter().flatten().next().cloned().unwrap_or_default();
        return view! {
            <div class="cp-row">
                <span class="dim">{row.field}</span>
                <span class="ell" data-tip=value.clone()>{value.clone()}</span>
                // One value alone agrees with nothing.
                {compared
                    .then(|| {
                        view! {
                            <span class="t-ok" data-tip=move || t.get().case().equal>
                                <Icon name=IconName::StateDone size=IconSize::Small/>
                                <span class="vh">{move || t.get().case().equal}</span>
                            </span>
                        }
                    })}
            </div>
        }
        .into_any();
    };
    let word = move || match kind {
        DifferenceKind::Entry => t.get().case().entry_difference,
        DifferenceKind::Core => t.get().case().core_difference,
        DifferenceKind::Rule => t.get().case().rule_difference,
    };
    let [asked, entered, core] = differing(row.values);
    let line = move |name: fn(&Words) -> &'static str, runs: Option<Vec<Run>>| {
        view! {
            <dt>{move || name(words.get())}</dt>
            <dd>
                {match runs {
                    Some(runs) => {
                        runs.into_iter()
                            .map(|run| {
                                if run.differs {
                                    view! { <mark>{run.text}</mark> }.into_any()
                                } else {
                                    run.text.into_any()
                                }
                            })
                            .collect_view()
                            .into_any()
                    }
                    None => view! { <span class="dim">{move || t.get().case().not_stated}</span> }.into_any(),
                }}
            </dd>
        }
    };
    view! {
        <div class="cp-diff">
            <p class="row">
                <span>{row.field}</span>
                <span class="push"></span>
                <Tag state=State::Over icon=IconName::StateCross>{word}</Tag>
            </p>
            <dl class="facts sm">
                {line(|w| w.asked, asked)} {line(|w| w.entered, entered)} {line(|w| w.core, core)}
            </dl>
        </div>
    }
    .into_any()
}
