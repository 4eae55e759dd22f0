//! Rates of groups with their intervals: check points, posts, units. They are not ranked.

use super::trend_figures::axis;
use super::use_board;
use crate::components::chart::{ChartTable, Figure, RangeChart, RangeRow};
use crate::components::{Card, Empty};
use crate::format::percent_range;
use crate::i18n::quality::QualityPage as Words;
use crate::i18n::rate::Rates;
use crate::i18n::wording::{label, unit_name};
use crate::i18n::{Locale, use_locale, use_messages, use_text};
use crate::state::session::use_session;
use domain::quality::points::CheckPoint;
use domain::statistics::Rate;
use leptos::prelude::*;

/// A group: code, name, rate.
type Group = (String, String, Rate);

/// Conformity of each check point.
#[component]
pub fn CheckPoints() -> impl IntoView {
    let (words, locale, board) = (use_text::<Words>(), use_locale(), use_board());
    let groups = Memo::new(move |_| {
        let locale = locale.get();
        board.data.with(|data| {
            data.points
                .iter()
                .map(|group| (group.key.to_string(), point_name(group.key, locale), group.rate))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Ranges
            title=move || words.get().by_check_point
            detail=move || words.get().by_check_point_detail
            class="s7"
            groups=groups
            whole=Signal::derive(move || {
                board.data.with(|data| data.samples.conformity.and_then(|rate| rate.estimate))
            })
            conforming=true
        />
    }
}

/// Error rate of each post.
#[component]
pub fn Posts(wide: Signal<bool>) -> impl IntoView {
    let (t, words, board) = (use_messages(), use_text::<Words>(), use_board());
    let groups = Memo::new(move |_| {
        let t = t.get();
        board.series(|series| {
            series
                .posts
                .iter()
                .map(|group| (String::new(), t.post.post(group.key).to_owned(), group.rate))
                .collect::<Vec<_>>()
        })
    });
    let whole = Signal::derive(move || board.series(|series| series.error_rate.estimate));
    view! {
        {move || {
            view! {
                <Ranges
                    title=move || words.get().by_post
                    detail=move || words.get().group_detail
                    class=if wide.get() { "s12" } else { "s5" }
                    groups=groups
                    whole=whole
                    conforming=false
                />
            }
        }}
    }
}

/// Error rate of each unit.
#[component]
pub fn Units() -> impl IntoView {
    let (words, locale, session, board) = (use_text::<Words>(), use_locale(), use_session(), use_board());
    let groups = Memo::new(move |_| {
        let locale = locale.get();
        board.series(|series| {
            series
                .units
                .iter()
                .map(|group| {
                    let name = unit_name(session.unit(&group.key).as_ref(), &group.key, locale);
                    (String::new(), name, group.rate)
                })
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Ranges
            title=move || words.get().by_unit
            detail=move || words.get().group_detail
            class="s12"
            groups=groups
            whole=Signal::derive(move || board.series(|series| series.error_rate.estimate))
            conforming=false
        />
    }
}

/// A card of groups.
#[component]
fn Ranges(
    #[prop(into)] title: TextProp,
    #[prop(into)] detail: TextProp,
    class: &'static str,
    groups: Memo<Vec<Group>>,
    whole: Signal<Option<f64>>,
    conforming: bool,
) -> impl IntoView {
    let (words, rates) = (use_text::<Words>(), use_text::<Rates>());
    let empty =
        Memo::new(move |_| groups.with(|groups| groups.iter().all(|(.., rate)| rate.denominator == 0)));
    let nothing = move || {
        if conforming { words.get().nothing_judged } else { words.get().nothing_checked }
    };
    view! {
        <Card
            title=title
            detail=detail
            class=class
            foot=move || view! { <span class="dim sm">{move || words.get().group_overlap}</span> }.into_any()
        >
            {move || {
                if empty.get() {
                    view! {
                        <Empty title=nothing hint=move || words.get().nothing_checked_hint/>
                    }
                    .into_any()
                } else {
                    view! {
                        <Figure
                            summary=move || {
                                groups.with(|groups| summary(groups, conforming, words.get(), rates.get()))
                            }
                            draw=Callback::new(move |width| {
                                groups
                                    .with(|groups| chart(groups, whole.get(), conforming, rates.get()))
                                    .draw(width)
                            })
                            table=Signal::derive(move || {
                                groups.with(|groups| table(groups, conforming, words.get(), rates.get()))
                            })
                        />
                    }
                    .into_any()
                }
            }}
        </Card>
    }
}

fn point_name(number: u8, locale: Locale) -> String {
    CheckPoint::new(number).map_or_else(|| number.to_string(), |point| label(&point.spec().label, locale))
}

fn chart(groups: &[Group], whole: Option<f64>, conforming: bool, rates: &Rates) -> RangeChart {
    let row = |(code, name, rate): &Group| {
        let said = if conforming { rates.conforming(rate) } else { rates.errors(rate) };
        RangeRow {
            code: code.clone(),
            name: name.clone(),
            value: rate.estimate,
            low: rate.low,
            high: rate.high,
            words: format!("{name} {} {}", said.figure, said.detail),
            figure: said.figure,
            counts: said.counts,
        }
    };
    RangeChart { rows: groups.iter().map(row).collect(), from_zero: !conforming, whole, format: axis }
}

/// The group that stands worst by its estimate, said with its counts and interval.
fn summary(groups: &[Group], conforming: bool, words: &Words, rates: &Rates) -> String {
    let rank = |a: f64, b: f64| if conforming { b.total_cmp(&a) } else { a.total_cmp(&b) };
    let worst = groups
        .iter()
        .filter_map(|(_, name, rate)| rate.estimate.map(|estimate| (estimate, name, rate)))
        .max_by(|(a, ..), (b, ..)| rank(*a, *b));
    let Some((_, name, rate)) = worst else { return words.nothing_checked.to_owned() };
    if conforming {
        let said = rates.conforming(rate);
        (words.by_check_point_summary)(name, &format!("{} {}", said.figure, said.counts))
    } else {
        let said = rates.errors(rate);
        (words.group_summary)(name, &said.figure, &said.detail)
    }
}

fn table(groups: &[Group], conforming: bool, words: &Words, rates: &Rates) -> ChartTable {
    let row = |(code, name, rate): &Group| {
        let said = if conforming { rates.conforming(rate) } else { rates.errors(rate) };
        let name = if code.is_empty() { name.clone() } else { format!("{code} {name}") };
        vec![name, said.figure, said.counts, percent_range(rate.low, rate.high)]
    };
    ChartTable {
        heads: [words.group, words.rate, words.counts, words.interval].map(str::to_owned).to_vec(),
        rows: groups.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::statistics::{Tally, UnitOfCount};

    fn group(name: &str, hits: u64, checked: u64) -> Group {
        let rate = Rate::of(Tally::new(hits, checked).expect("a tally"), UnitOfCount::Step);
        (String::new(), name.to_owned(), rate)
    }

    #[test]
    fn what_stands_worst_is_said_with_counts_and_interval() {
        let groups = [group("录入岗", 2, 100), group("保全岗", 0, 0), group("复核岗", 9, 100)];
        let said = summary(&groups, false, &Words::ZH, &Rates::ZH);
        assert!(said.starts_with("最高为 复核岗，9.00%（9 / 100 个环节，95% 区间"), "{said}");
        let said = summary(&groups, true, &Words::ZH, &Rates::ZH);
        assert!(said.starts_with("最低为 录入岗"), "{said}");
        assert_eq!(summary(&[], false, &Words::EN, &Rates::EN), "Nothing was checked in this period");
    }

    #[test]
    fn every_group_has_its_row() {
        let groups = [group("录入岗", 2, 100), group("保全岗", 0, 0)];
        let drawn = chart(&groups, Some(0.02), false, &Rates::ZH).draw(460.0);
        assert_eq!(drawn.marks.len(), 2);
        assert_eq!(table(&groups, false, &Words::ZH, &Rates::ZH).rows[1][1], "未检");
    }
}
