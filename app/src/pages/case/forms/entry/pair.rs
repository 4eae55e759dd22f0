//! Two keyings that differ: both shown side by side, one taken and keyed once more.

use super::keying::Taken;
use super::point::{Aspect, Point, text};
use super::second::{PointInput, Work, differs_tag};
use crate::components::Radio;
use crate::components::id::unique;
use crate::format::moment;
use crate::i18n::fault::fault;
use crate::i18n::forms::FormWords;
use crate::i18n::forms::entry::EntryWords;
use crate::i18n::use_text;
use crate::pages::case::forms::marked::{full, pair, segments};
use crate::pages::case::forms::submit::Submit;
use domain::catalogue::check_field;
use domain::value::Value;
use leptos::prelude::*;

/// The two rows of a point that differs.
#[component]
pub(super) fn Pair(work: Work, point: Point, name: String, head: AnyView, submit: Submit) -> impl IntoView {
    let (words, form) = (use_text::<EntryWords>(), use_text::<FormWords>());
    let own = StoredValue::new(point);
    let group = StoredValue::new(unique("take"));
    let values = Memo::new(move |_| own.with_value(|point| two_values(work, point)));
    let texts = Memo::new(move |_| {
        let (first, second) = values.get()?;
        own.with_value(|point| Some((shown(work, &first, point)?, shown(work, &second, point)?)))
    });
    let marks = move || texts.get().map(|(first, second)| pair(&first, &second));
    let taken = Memo::new(move |_| {
        work.keying.with(|keying| own.with_value(|point| keying.taken.get(point).copied()))
    });
    let take = move |which: Taken| {
        work.keying.update(|keying| {
            let point = own.get_value();
            keying.again.remove(&point);
            keying.taken.insert(point, which);
        });
    };
    let first_at = move || {
        work.entered.with(|entered| {
            entered.as_ref().map(|entered| moment(entered.done.at, work.desk.bench.clock().now()))
        })
    };
    // What the catalogue's rules say of a value helps to see which of the two is the slip.
    let rule = move |which: Taken| {
        let (first, second) = values.get()?;
        let value = if which == Taken::First { first } else { second };
        own.with_value(|point| broken(work, &value, point))
    };
    let option =
        move |which: Taken| {
            let words_now = words.get();
            let (title, at) = match which {
                Taken::First => (words_now.first_value, first_at()),
                Taken::Second => (words_now.second_value, None),
            };
            let value = marks().map(|([first, second], _)| match which {
                Taken::First => segments(first, false),
                Taken::Second => segments(second, true),
            });
            let empty = texts.get().is_some_and(|(first, second)| {
                if which == Taken::First { first.is_empty() } else { second.is_empty() }
            });
            let note =
                [Some(title.to_owned()), at, rule(which)].into_iter().flatten().collect::<Vec<_>>().join(" ");
            view! {
                <span>
                    <small class="dim">{note}</small>
                    <b>{if empty { words_now.nothing.into_any() } else { value.into_any() }}</b>
                </span>
            }
        };
    let radio = move |which: Taken| {
        view! {
            <Radio
                group=group.get_value()
                chosen=Signal::derive(move || taken.get() == Some(which))
                on_choose=Callback::new(move |()| take(which))
            >
                {move || option(which)}
            </Radio>
        }
    };
    let legend = name.clone();
    let name = StoredValue::new(name);
    view! {
        <tr data-s="over">
            <th scope="row">{head}</th>
            <td>{move || words.get().both_void}</td>
            <td>
                {move || {
                    marks()
                        .map(|(_, places)| {
                            differs_tag((form.get().differs_by)(i64::try_from(places).unwrap_or(i64::MAX)))
                        })
                }}
            </td>
        </tr>
        <tr class="dif" data-s="over">
            <td colspan="3">
                <fieldset class="pair bare">
                    <legend class="vh">{move || (words.get().take_which)(&legend)}</legend>
                    {radio(Taken::First)}
                    {radio(Taken::Second)}
                </fieldset>
                <div class="row again">
                    <span class="sm mut nw">
                        {move || match taken.get() {
                            None => words.get().choose_first,
                            Some(Taken::First) => words.get().chose_first,
                            Some(Taken::Second) => words.get().chose_second,
                        }}
                    </span>
                    {move || {
                        taken
                            .get()
                            .map(|_| {
                                view! {
                                    <PointInput work=work point=own.get_value() name=name.get_value() again=true submit=submit/>
                                }
                            })
                    }}
                </div>
            </td>
        </tr>
    }
}

/// The entered value, and the same with the second keying of the point in its place.
fn two_values(work: Work, point: &Point) -> Option<(Value, Value)> {
    let entered = work.entered.get()?;
    let first = entered.fields.get(&point.key)?.clone();
    let item = work.item.get_value();
    let today = work.desk.today.get();
    let second = work.keying.with(|keying| keying.second(point, &item, &entered, today))?;
    Some((first, second))
}

/// What a point says of a value, in words.
fn shown(work: Work, value: &Value, point: &Point) -> Option<String> {
    if point.aspect != Aspect::Whole {
        return text(value, point.aspect);
    }
    let spec = work.spec(point);
    let locale = work.desk.bench.locale();
    work.desk
        .bench
        .opened
        .with(|opened| opened.as_ref().map(|opened| full(value, spec.as_ref(), &opened.wording(locale))))
}

/// The first rule a value breaks at a point, in words.
fn broken(work: Work, value: &Value, point: &Point) -> Option<String> {
    let spec = work.spec(point)?;
    let at = match point.aspect {
        Aspect::Whole => format!("/{}", point.key),
        Aspect::Number => format!("/{}/document/number", point.key),
        Aspect::NumberOf(at) => format!("/{}/beneficiaries/named/{at}/document/number", point.key),
        Aspect::ShareOf(_) => return None,
    };
    let locale = work.desk.bench.locale();
    let today = work.desk.today.get();
    work.desk.bench.opened.with(|opened| {
        let opened = opened.as_ref()?;
        let context = opened.catalogue.context(today, Some(&opened.case.registration.policy));
        let faults = check_field(&spec, value, &context);
        faults.iter().find(|of| of.pointer == at).map(|of| fault(of, &opened.wording(locale)))
    })
}
