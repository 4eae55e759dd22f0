//! Three-way comparison: what was asked, what was entered, what the core system shows.

mod difference;

pub use difference::{Segment, differing};

use super::icon::{Icon, IconName};
use super::mark::{State, Tag};
use super::segmented::{Segment as Choice, Segmented};
use crate::i18n::use_messages;
use leptos::prelude::*;

/// Which pair of values differs, and whether a rule explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// All agree.
    Equal,
    /// Asked and entered differ: 录入差异.
    Entry,
    /// Entered and core result differ: 系统差异.
    Core,
    /// They differ as a rule says they may: 规则差异.
    Rule,
}

/// One field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonRow {
    /// The change item it belongs to; rows of one item stand together.
    pub group: String,
    /// The field.
    pub field: String,
    /// What the application says; none where it does not say.
    pub asked: Option<String>,
    /// What was entered.
    pub entered: Option<String>,
    /// What the core system shows.
    pub core: Option<String>,
    /// Which pair differs.
    pub difference: Difference,
    /// What a difference is explained by.
    pub note: Option<String>,
}

/// The comparison of a case: equal rows carry a quiet tick, differing characters are marked.
#[component]
pub fn Comparison(
    /// The fields, those of one item next to each other.
    #[prop(into)]
    rows: Signal<Vec<ComparisonRow>>,
    /// Who entered it and when, under the head of its column.
    #[prop(optional, into)]
    entered_by: Option<TextProp>,
    /// When the core result was taken.
    #[prop(optional, into)]
    core_at: Option<TextProp>,
    /// Only differences are shown.
    #[prop(into)]
    only_differences: Signal<bool>,
    /// Called by the switch.
    #[prop(into)]
    on_filter: Callback<bool>,
    /// Further controls beside the switch: the original image.
    #[prop(optional, into)]
    controls: Option<ViewFn>,
) -> impl IntoView {
    let t = use_messages();
    let differing_rows = Memo::new(move |_| {
        rows.with(|rows| rows.iter().filter(|r| r.difference != Difference::Equal).count())
    });
    let shown = Memo::new(move |_| {
        let only = only_differences.get();
        let kept = rows.get().into_iter().filter(|row| !only || row.difference != Difference::Equal);
        kept.collect::<Vec<_>>()
    });
    let choices = move || {
        let words = t.get().table;
        let differences = i64::try_from(differing_rows.get()).unwrap_or(i64::MAX);
        vec![
            Choice::new(false, words.everything),
            Choice::new(true, words.only_differences).counting(differences),
        ]
    };
    let counts = move || {
        let of = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        (t.get().case().differences_of)(of(differing_rows.get()), rows.with(|rows| of(rows.len())))
    };
    view! {
        <section class="cmp">
            <div class="sec">
                <h2>{move || t.get().case().comparison}</h2>
                <span class="sub">{counts}</span>
                <span class="push"></span>
                <Segmented
                    label=move || t.get().case().comparison
                    segments=Signal::derive(choices)
                    value=only_differences
                    small=true
                    on_change=on_filter
                />
                {controls.map(|controls| controls.run())}
            </div>
            // On narrow screens it slides sideways, by keys too.
            <table class="tbl" tabindex="0" aria-label=move || t.get().case().comparison>
                <thead>
                    <tr>
                        <td class="gx"></td>
                        <th scope="col">{move || t.get().case().field}</th>
                        <th scope="col">{move || t.get().case().asked}</th>
                        <th scope="col">
                            {move || t.get().case().entered}
                            {entered_by.map(|by| view! { <small>{move || by.get()}</small> })}
                        </th>
                        <th scope="col">
                            {move || t.get().case().core}
                            {core_at.map(|at| view! { <small>{move || at.get()}</small> })}
                        </th>
                        <th scope="col">
                            <span class="vh">{move || t.get().case().difference}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{move || grouped(shown.get()).into_iter().map(|row| view! { <Row row=row/> }).collect_view()}</tbody>
            </table>
        </section>
    }
}

/// A row with the number of rows of its group where it is the first of them.
fn grouped(rows: Vec<ComparisonRow>) -> Vec<(Option<usize>, ComparisonRow)> {
    let sizes: Vec<Option<usize>> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let first = i == 0 || rows[i - 1].group != row.group;
            first.then(|| rows[i..].iter().take_while(|other| other.group == row.group).count())
        })
        .collect();
    sizes.into_iter().zip(rows).collect()
}

#[component]
fn Row(row: (Option<usize>, ComparisonRow)) -> impl IntoView {
    let t = use_messages();
    let (group_size, row) = row;
    let ComparisonRow { group, field, asked, entered, core, difference, note } = row;
    let [asked, entered, core] = differing([asked, entered, core]);
    let state = match difference {
        Difference::Equal => State::Plain,
        Difference::Entry | Difference::Core => State::Over,
        Difference::Rule => State::Soon,
    };
    let rows_of_group = group_size.map(|n| n.to_string());
    view! {
        <tr class=group_size.map(|_| "g1") data-s=state.attribute()>
            {rows_of_group
                .map(|n| view! { <th class="gx" scope="rowgroup" rowspan=n><span>{group}</span></th> })}
            <th scope="row">{field}</th>
            // What is not keyed blind – free text, addresses – is held against the paper by eye.
            <td>{cell(asked, false, |t| t.case().by_eye)}</td>
            <td>{cell(entered, difference == Difference::Entry, |t| t.case().not_stated)}</td>
            <td>{cell(core, difference != Difference::Rule, |t| t.case().not_stated)}</td>
            <td data-tip=note>
                {match difference {
                    Difference::Equal => {
                        view! {
                            <span class="dim"><Icon name=IconName::StateDone/></span>
                            <span class="vh">{move || t.get().case().equal}</span>
                        }
                            .into_any()
                    }
                    Difference::Entry => {
                        view! { <Tag state=State::Over icon=IconName::StateCross>{move || t.get().case().entry_difference}</Tag> }
                            .into_any()
                    }
                    Difference::Core => {
                        view! { <Tag state=State::Over icon=IconName::StateCross>{move || t.get().case().core_difference}</Tag> }
                            .into_any()
                    }
                    Difference::Rule => {
                        view! { <Tag state=State::Soon>{move || t.get().case().rule_difference}</Tag> }.into_any()
                    }
                }}
            </td>
        </tr>
    }
}

/// A value with its differing characters marked; `wrong` marks them as the side at fault, `none` says what no value
/// means.
fn cell(
    segments: Option<Vec<Segment>>,
    wrong: bool,
    none: fn(&crate::i18n::Messages) -> &'static str,
) -> AnyView {
    let Some(segments) = segments else {
        let t = use_messages();
        return view! { <span class="dim">{move || none(t.get())}</span> }.into_any();
    };
    segments
        .into_iter()
        .map(|segment| {
            if segment.differs {
                view! { <mark data-s=wrong.then_some("over")>{segment.text}</mark> }.into_any()
            } else {
                segment.text.into_any()
            }
        })
        .collect_view()
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_item_share_one_head() {
        let row = |group: &str| ComparisonRow {
            group: group.into(),
            field: String::new(),
            asked: None,
            entered: None,
            core: None,
            difference: Difference::Equal,
            note: None,
        };
        let sizes: Vec<_> =
            grouped(["AE", "AE", "PC", "AE"].map(row).to_vec()).into_iter().map(|(size, _)| size).collect();
        assert_eq!(sizes, [Some(2), None, Some(1), Some(1)]);
    }
}
