//! After the pass: the core made the change effective. Reference, since when, and every value as its screen shows it.

use crate::components::segmented::Segment;
use crate::components::{ButtonVariant, IconName, Segmented, State, Tag, TextInput};
use crate::format::{DateError, moment};
use crate::i18n::forms::FormWords;
use crate::i18n::forms::recheck::RecheckWords;
use crate::i18n::wording::label;
use crate::i18n::{use_messages, use_text};
use crate::pages::case::desk::use_desk;
use crate::pages::case::forms::field::{Bare, Keyed, Purpose, Sheet, Shown, Slot, dated};
use crate::pages::case::forms::marked::full;
use crate::pages::case::forms::section::Section;
use crate::pages::case::forms::submit::{OfItem, Submit, SubmitButton, SubmitForm};
use crate::pages::case::forms::text_slot::{TextSlot, told_at};
use crate::scope::provide;
use chrono::{NaiveDate, TimeDelta};
use domain::case::Command;
use domain::case::item::Fields;
use domain::catalogue::FieldSpec;
use domain::id::FieldKey;
use domain::secret::{Secret, normalise};
use domain::time::{Timestamp, start_of_day};
use domain::value::Value;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is typed beside the values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Typed {
    reference: String,
    day: Result<Option<NaiveDate>, DateError>,
    time: String,
    /// Of each value: whether the core shows the one compared.
    same: BTreeMap<FieldKey, bool>,
}

/// Reads a time of day as minutes after midnight: `1405` or `14:05`.
fn parse_time(text: &str) -> Option<i64> {
    let plain = normalise(text);
    let (hours, minutes) = match plain.split_once(':') {
        Some(parts) => parts,
        None if plain.len() == 4 && plain.is_ascii() => plain.split_at(2),
        None => return None,
    };
    let number = |text: &str| text.parse::<i64>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// The instant a day and a time of the house make.
fn instant(typed: &Typed) -> Option<Timestamp> {
    let day = typed.day.ok()??;
    start_of_day(day).checked_add_signed(TimeDelta::minutes(parse_time(&typed.time)?))
}

/// The core of an item: open after its pass until it is effective.
#[component]
pub fn Effective(
    /// Number of the item.
    no: u8,
) -> impl IntoView {
    let desk = use_desk();
    let stand = desk.bench.of(move |opened| {
        let item = opened.case.item(no)?;
        let since = item.core.as_ref().and_then(|core| core.effective_at);
        Some((item.pass.is_some(), since))
    });
    let parts = move || match stand.get().flatten() {
        Some((_, Some(since))) => view! { <Done no=no since=since/> }.into_any(),
        Some((true, None)) => view! { <Open no=no/> }.into_any(),
        _ => ().into_any(),
    };
    provide(OfItem(no), move || parts)
}

#[component]
fn Done(no: u8, since: Timestamp) -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<RecheckWords>());
    let code = desk.opened().and_then(|opened| Some(opened.case.item(no)?.code.clone()));
    let own = code.clone();
    let sub =
        move || own.as_ref().map(|code| desk.bench.say(|_, wording| wording.item(code))).unwrap_or_default();
    let mark = move || {
        let when = (words.get().effective_since)(&moment(since, desk.bench.clock().now()));
        view! { <Tag state=State::Ok icon=IconName::StateDone>{when}</Tag> }
    };
    view! {
        <Section
            title=move || words.get().effective
            code=code.map(|code| code.to_string()).unwrap_or_default()
            sub=sub
            controls=mark
                />
    }
}

#[component]
fn Open(no: u8) -> impl IntoView {
    let (desk, words, form, t) =
        (use_desk(), use_text::<RecheckWords>(), use_text::<FormWords>(), use_messages());
    let opened = desk.opened()?;
    let case_item = opened.case.item(no)?;
    let item = Arc::new(opened.catalogue.item(&case_item.code)?.clone());
    let compared = case_item.core.as_ref()?.fields.clone();
    let keys: Vec<FieldKey> =
        item.fields.iter().map(|spec| spec.key.clone()).filter(|key| compared.contains_key(key)).collect();
    let purpose = Purpose {
        item: no,
        part: format!("effective-values-{no}"),
        at: "/confirm_core/values",
        rules: false,
    };
    let sheet = Sheet::new(desk, item.clone(), &keys, purpose, |spec| Keyed::blank(&spec.kind));
    // A value that is not the compared one is keyed twice (M2).
    let purpose =
        Purpose { item: no, part: format!("effective-again-{no}"), at: "/confirm_core/again", rules: false };
    let again = Sheet::new(desk, item.clone(), &keys, purpose, |spec| Keyed::blank(&spec.kind));
    let part = format!("effective-{no}");
    let typed = desk.draft(&part, || Typed {
        reference: String::new(),
        day: Ok(Some(desk.today.get_untracked())),
        time: String::new(),
        same: BTreeMap::new(),
    });
    let compared = StoredValue::new(compared);
    // A value nobody here may read cannot be sent again: it is keyed.
    let readable = move |key: &FieldKey| {
        compared.with_value(|fields| {
            fields.get(key).is_some_and(|value| {
                value.secrets().into_iter().all(|secret| matches!(secret, Secret::Plain(_)))
            })
        })
    };
    let values = Memo::new(move |_| {
        typed.with(|typed| {
            sheet
                .keys()
                .into_iter()
                .filter_map(|key| {
                    let value = match typed.same.get(&key)? {
                        true => compared.with_value(|fields| fields.get(&key).cloned())?,
                        false => {
                            let (read, second) = (sheet.read(&key), again.read(&key));
                            let value = read.value.filter(|_| read.unread.is_empty())?;
                            let spec = sheet.spec(&key)?;
                            let twice = second
                                .value
                                .is_some_and(|second| spec.kind.same(&value, &second) == Some(true));
                            if differs(compared, &key, &spec, &value) && !twice {
                                return None;
                            }
                            value
                        }
                    };
                    Some((key, value))
                })
                .collect::<Fields>()
        })
    });
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let rows = keys.len();
    let submit = Submit::new(
        desk,
        move || {
            let (reference, effective_at) =
                typed.with(|typed| Some((typed.reference.trim().to_owned(), instant(typed)?)))?;
            let values = values.get();
            let mut twice = again.fields();
            twice.retain(|key, _| {
                let spec = sheet.spec(key);
                let value = values.get(key);
                spec.zip(value).is_some_and(|(spec, value)| differs(compared, key, &spec, value))
            });
            Some(Command::ConfirmCore { item: no, reference, effective_at, values, again: twice })
        },
        move || {
            let open = rows - values.with(Fields::len);
            let missing = typed.with(|typed| {
                usize::from(typed.reference.trim().is_empty()) + usize::from(instant(typed).is_none())
            });
            if missing > 0 {
                Some((form.get().to_fill)(number(missing)))
            } else if open > 0 {
                Some((words.get().answer_rows)(number(open)))
            } else {
                None
            }
        },
    )
    .of_sheet(sheet)
    .then(move || {
        again.sent();
        desk.sent(&part);
    });
    let day_fault = Signal::derive(move || {
        let here = |text: &str| Shown {
            pointer: "/confirm_core/effective_at".into(),
            text: text.to_owned(),
            warns: false,
        };
        match typed.with(|typed| typed.day) {
            Err(error) => Some(here(t.get().field().date(error))),
            Ok(None) if submit.tried() => Some(here(t.get().field().required)),
            _ => told_at(desk, Some(no), "/confirm_core/effective_at"),
        }
    });
    let time_fault = Signal::derive(move || {
        let here = |text: &str| Some(Shown { pointer: String::new(), text: text.to_owned(), warns: false });
        let (time, at) = typed.with(|typed| (typed.time.trim().to_owned(), instant(typed)));
        if time.is_empty() {
            return submit.tried().then(|| here(t.get().field().required)).flatten();
        }
        // While it is typed a time is not yet wrong.
        if parse_time(&time).is_none() {
            return (time.chars().count() > 4 || submit.tried()).then(|| here(form.get().bad_time)).flatten();
        }
        at.filter(|at| *at > desk.bench.clock().now()).and_then(|_| here(words.get().in_future))
    });
    let date = dated(
        desk,
        Signal::derive(move || typed.with(|typed| typed.day.ok().flatten())),
        TextProp::from(move || words.get().effective_date),
        Callback::new(move |day| typed.update(|typed| typed.day = day)),
    );
    let code = item.code.clone();
    let own = code.clone();
    let name = move || desk.bench.say(|_, wording| wording.item(&own));
    let sub = move || format!("{} {}", name(), words.get().effective_sub);
    Some(view! {
        <Section title=move || words.get().effective code=code.to_string() sub=sub>
            <SubmitForm submit=submit label=move || words.get().effective>
                <TextSlot
                    label=move || form.get().reference
                    value=Signal::derive(move || typed.with(|typed| typed.reference.clone()))
                    on_input=Callback::new(move |text| typed.update(|typed| typed.reference = text))
                    submit=submit
                    item=no
                    pointer="/confirm_core/reference"
                    span=5
                />
                <Slot label=move || words.get().effective_date fault=day_fault required=true span=4>
                    {date}
                </Slot>
                <Slot
                    label=move || words.get().effective_time
                    fault=time_fault
                    hint=Signal::derive(move || Some(words.get().time_hint.to_owned()))
                    required=true
                    span=3
                >
                    <TextInput
                        value=Signal::derive(move || typed.with(|typed| typed.time.clone()))
                        on_input=Callback::new(move |text| typed.update(|typed| typed.time = text))
                        on_commit=Callback::new(move |text: String| {
                            if let Some(minutes) = parse_time(&text) {
                                typed.update(|typed| typed.time = format!("{:02}:{:02}", minutes / 60, minutes % 60));
                            }
                        })
                        input_mode="numeric"
                        disabled=desk.closed
                    />
                </Slot>
                <table class="tbl core eff wide">
                    <caption class="vh">{move || words.get().effective}</caption>
                    <thead class="vh">
                        <tr>
                            <th scope="col">{move || form.get().field}</th>
                            <th scope="col">{move || words.get().compared}</th>
                            <th scope="col">{move || form.get().result}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {keys
                            .into_iter()
                            .map(|key| {
                                let readable = readable(&key);
                                view! {
                                    <OneRow key=key sheet=sheet again=again compared=compared readable=readable typed=typed submit=submit/>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
                <div class="wide acts">
                    <span class="dim sm">{move || words.get().new_difference}</span>
                    <SubmitButton submit=submit variant=ButtonVariant::Primary>
                        {move || words.get().confirm}
                    </SubmitButton>
                </div>
            </SubmitForm>
        </Section>
    })
}

/// Whether a value keyed is not the compared one; one that cannot be read here may be.
fn differs(compared: StoredValue<Fields>, key: &FieldKey, spec: &FieldSpec, value: &Value) -> bool {
    compared.with_value(|fields| {
        fields.get(key).is_none_or(|compared| spec.kind.same(compared, value) != Some(true))
    })
}

#[component]
fn OneRow(
    key: FieldKey,
    sheet: Sheet,
    again: Sheet,
    compared: StoredValue<Fields>,
    /// The compared value may be read here.
    readable: bool,
    typed: RwSignal<Typed>,
    submit: Submit,
) -> impl IntoView {
    let (desk, words) = (use_desk(), use_text::<RecheckWords>());
    let spec = sheet.spec(&key)?;
    let own = StoredValue::new(key.clone());
    if !readable {
        typed.update(|typed| {
            typed.same.entry(key.clone()).or_insert(false);
        });
    }
    let name = spec.label.clone();
    let name = TextProp::from(move || label(&name, words.locale()));
    let title = name.clone();
    let same = Memo::new(move |_| typed.with(|typed| own.with_value(|key| typed.same.get(key).copied())));
    let kind = spec.clone();
    // Asked for once the first keying is whole and is not the compared value.
    let asks_again = Memo::new(move |_| {
        same.get() == Some(false)
            && own.with_value(|key| {
                let read = sheet.read(key);
                let value = read.value.filter(|_| read.unread.is_empty());
                value.is_some_and(|value| differs(compared, key, &kind, &value))
            })
    });
    let shown = move || {
        let value = compared.with_value(|fields| own.with_value(|key| fields.get(key).cloned()))?;
        Some(desk.bench.say(|_, wording| full(&value, Some(&spec), wording)))
    };
    let answers = Signal::derive(move || {
        let words = words.get();
        let mut answers = vec![Segment::new(Some(false), words.value_other)];
        if readable {
            answers.insert(0, Segment::new(Some(true), words.value_equal));
        }
        answers
    });
    Some(view! {
        <tr data-s=move || (same.get() == Some(false) && readable).then_some("soon")>
            <th scope="row">{move || title.get()}</th>
            <td>
                {shown}
                {move || (same.get() == Some(false)).then(|| view! { <Bare sheet=sheet key=own.get_value()/> })}
                {move || {
                    asks_again
                        .get()
                        .then(|| {
                            view! {
                                <p class="t-soon sm">{move || words.get().value_again}</p>
                                <Bare sheet=again key=own.get_value()/>
                            }
                        })
                }}
            </td>
            <td data-fault=move || (submit.tried() && same.get().is_none()).then_some("")>
                <Segmented
                    label=name
                    segments=answers
                    value=same
                    small=true
                    on_change=Callback::new(move |answer: Option<bool>| {
                        if let Some(answer) = answer.filter(|_| !desk.closed.get_untracked()) {
                            typed.update(|typed| {
                                typed.same.insert(own.get_value(), answer);
                            });
                        }
                    })
                />
            </td>
        </tr>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_and_without_a_colon() {
        let cases = [
            ("1405", Some(845)),
            ("14:05", Some(845)),
            ("9:30", Some(570)),
            ("１４：０５", Some(845)),
            ("2400", None),
            ("14:60", None),
            ("930", None),
            ("+1:05", None),
            ("", None),
        ];
        for (text, minutes) in cases {
            assert_eq!(parse_time(text), minutes, "{text}");
        }
    }

    #[test]
    fn a_day_and_a_time_of_the_house_are_an_instant() {
        let typed = Typed {
            reference: String::new(),
            day: Ok(NaiveDate::from_ymd_opt(2026, 3, 18)),
            time: "11:52".into(),
            same: BTreeMap::new(),
        };
        let at: Timestamp = "2026-03-18T11:52:00+08:00".parse().expect("an instant");
        assert_eq!(instant(&typed), Some(at));
        assert_eq!(instant(&Typed { time: "x".into(), ..typed }), None);
    }
}
