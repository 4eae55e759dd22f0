//! The second keying of an item: blind, then compared; where the two differ one is taken and keyed once more.

use super::change::second_part;
use super::keying::{Keying, Standing};
use super::pair::Pair;
use super::point::{Aspect, Point, STATUTORY, blank, points};
use crate::components::focus::give;
use crate::components::{Choice, Icon, IconName, Meter, Select, State, Tag, TextInput};
use crate::i18n::forms::FormWords;
use crate::i18n::forms::entry::EntryWords;
use crate::i18n::wording::label;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::pages::case::bench::Opened;
use crate::pages::case::desk::{Desk, use_desk};
use crate::pages::case::forms::field::{Keyed, KeyedInput, Shown, Slot, unread_words};
use crate::pages::case::forms::section::Section;
use crate::pages::case::forms::submit::{Submit, SubmitButton, SubmitForm};
use crate::state::timer::pause;
use domain::case::Command;
use domain::case::item::Entered;
use domain::catalogue::{FieldSpec, Item};
use domain::value::{Beneficiaries, Value};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the second keying works on. A handle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    pub desk: Desk,
    pub no: u8,
    pub item: StoredValue<Arc<Item>>,
    pub keying: RwSignal<Keying>,
    pub entered: Memo<Option<Entered>>,
    pub points: Memo<Vec<Point>>,
    pub disputed: Memo<bool>,
}

impl Work {
    /// Points of which the two keyings differ; followed.
    pub fn differing(self) -> Vec<Point> {
        let points = self.points.get();
        points.into_iter().filter(|point| self.standing(point) == Standing::Differs).collect()
    }

    /// How a point stands; followed.
    pub fn standing(self, point: &Point) -> Standing {
        let (today, disputed) = (self.desk.today.get(), self.disputed.get());
        self.entered.with(|entered| {
            let Some(entered) = entered else { return Standing::Open };
            let item = self.item.get_value();
            self.keying.with(|keying| keying.standing(point, &item, entered, disputed, today))
        })
    }

    /// A field's declaration.
    pub fn spec(self, point: &Point) -> Option<FieldSpec> {
        self.item.with_value(|item| item.field(&point.key).cloned())
    }

    /// What is compared next: the points as keyed, or the values taken. None while something is open.
    fn command(self) -> Option<Command> {
        let today = self.desk.today.get();
        let points = self.points.get();
        let item = self.item.get_value();
        let entered = self.entered.get()?.fields;
        if !self.disputed.get() {
            return self.keying.with(|keying| keying.confirm(self.no, &item, &points, &entered, today));
        }
        let differing = self.differing();
        self.keying.with(|keying| {
            if !keying.is_settled(&differing) {
                return None;
            }
            match keying.corrected(&item, &differing, &entered, today) {
                Some(fields) => Some(Command::EnterChange { item: self.no, fields }),
                None => keying.with_again().confirm(self.no, &item, &points, &entered, today),
            }
        })
    }

    /// After a command was done: a corrected first value is compared with what was keyed once more.
    fn go_on(self) {
        let Some(now) = entered_now(self.desk, self.no) else { return };
        if now.confirmed.is_some() {
            self.desk.sent(&second_part(self.no));
            return;
        }
        if !now.differing.is_empty() {
            into_choice();
        }
        if self.keying.with_untracked(|keying| keying.again.is_empty()) {
            return;
        }
        self.keying.update(Keying::take_again);
        if !now.differing.is_empty() {
            return;
        }
        let (item, today) = (self.item.get_value(), self.desk.today.get_untracked());
        let points = self.points.get_untracked();
        let next =
            self.keying.with_untracked(|keying| keying.confirm(self.no, &item, &points, &now.fields, today));
        let (desk, no) = (self.desk, self.no);
        if let Some(command) = next {
            spawn_local(async move {
                if desk.bench.send(command).await
                    && entered_now(desk, no).is_some_and(|entered| entered.confirmed.is_some())
                {
                    desk.sent(&second_part(no));
                }
            });
        }
    }
}

/// Gives focus to the first choice between two values, once they are on the page.
fn into_choice() {
    spawn_local(async {
        pause(0).await;
        let found = document().query_selector(".wk .dif input").ok().flatten();
        if let Some(input) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            give(&input);
        }
    });
}

/// What is entered now, in full values.
fn entered_now(desk: Desk, no: u8) -> Option<Entered> {
    desk.opened().and_then(|opened| entered_of(&opened, no))
}

fn entered_of(opened: &Opened, no: u8) -> Option<Entered> {
    opened.case.item(no)?.entered.clone()
}

/// The second keying of an item.
#[component]
pub fn Second(
    /// Its number.
    no: u8,
) -> impl IntoView {
    let desk = use_desk();
    let opened = desk.opened()?;
    let item = Arc::new(opened.catalogue.item(&opened.case.item(no)?.code)?.clone());
    let entered = desk.bench.of(move |opened| entered_of(opened, no));
    let entered = Memo::new(move |_| entered.get().flatten());
    let work_item = StoredValue::new(item);
    let points = Memo::new(move |_| {
        desk.bench.opened.with(|opened| {
            let (Some(opened), Some(entered)) = (opened, entered.get()) else { return Vec::new() };
            work_item.with_value(|item| points(item, &opened.catalogue, &entered.fields))
        })
    });
    let keying = desk.draft(&second_part(no), Keying::default);
    let disputed = Memo::new(move |_| {
        entered.with(|entered| {
            entered.as_ref().is_some_and(|entered| {
                keying.with(|keying| points.with(|points| keying.is_disputed(entered, points)))
            })
        })
    });
    let work = Work { desk, no, item: work_item, keying, entered, points, disputed };
    Some(view! { <Points work=work/> })
}

#[component]
fn Points(work: Work) -> impl IntoView {
    let (words, form) = (use_text::<EntryWords>(), use_text::<FormWords>());
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let count = move || {
        let wanted = if work.disputed.get() { Standing::Equal } else { Standing::Keyed };
        let points = work.points.get();
        let so_far = points.iter().filter(|point| work.standing(point) == wanted).count();
        (so_far, points.len())
    };
    let open = move || {
        let points = work.points.get();
        if work.disputed.get() {
            let differing = work.differing();
            let settled =
                |point: &Point| work.keying.with(|keying| keying.is_settled(std::slice::from_ref(point)));
            differing.iter().filter(|point| !settled(point)).count()
        } else {
            points.iter().filter(|point| work.keying.with(|keying| !keying.is_keyed(point))).count()
        }
    };
    let submit = Submit::new(
        work.desk,
        move || work.command(),
        move || {
            let words = words.get();
            match open() {
                0 if work.command().is_none() => Some((form.get().to_fill)(1)),
                0 => None,
                n if work.disputed.get() => Some((words.choose_all)(number(n))),
                n => Some((form.get().to_fill)(number(n))),
            }
        },
    )
    .then(move || work.go_on());
    let lost = move || {
        let differing = work
            .entered
            .with(|entered| entered.as_ref().is_some_and(|entered| !entered.differing.is_empty()));
        differing && !work.disputed.get()
    };
    let share = Signal::derive(move || {
        let (so_far, of) = count();
        #[expect(clippy::cast_precision_loss, reason = "a few dozen points")]
        let share = if of == 0 { 0.0 } else { so_far as f64 / of as f64 };
        share
    });
    let progress = move || {
        let (so_far, of) = count();
        let words = words.get();
        let say = if work.disputed.get() { words.equal_of } else { words.keyed_of };
        say(number(so_far), number(of))
    };
    let controls = move || {
        view! {
            <span class="mut sm">{progress}</span>
            <span class="m72"><Meter share=share label=progress/></span>
        }
    };
    view! {
        <Section
            title=move || words.get().second
            sub=move || if lost() { words.get().lost } else { words.get().second_sub }
            controls=controls
        >
            <SubmitForm submit=submit label=move || words.get().second>
                <table class="tbl key2 wide">
                    <caption class="vh">{move || words.get().second}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{move || form.get().field}</th>
                            <th scope="col">{move || form.get().again}</th>
                            <th scope="col">{move || form.get().result}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || work.points.get() key=Point::clone let(point)>
                            <OnePoint work=work point=point submit=submit/>
                        </For>
                    </tbody>
                </table>
                <div class="wide acts">
                    <SubmitButton submit=submit>{move || words.get().check}</SubmitButton>
                </div>
            </SubmitForm>
        </Section>
    }
}

#[component]
fn OnePoint(work: Work, point: Point, submit: Submit) -> impl IntoView {
    let (words, form) = (use_text::<EntryWords>(), use_text::<FormWords>());
    let own = StoredValue::new(point);
    let standing = Memo::new(move |_| own.with_value(|point| work.standing(point)));
    let name =
        move || own.with_value(|point| point_name(work, point, words.get(), form.get(), form.locale()));
    let head = move || {
        let (what, whose) = name();
        view! { {what} {whose.map(|whose| view! { <small>{whose}</small> })} }
    };
    // How the row looks changes when the two were compared, never with what is typed: inputs made anew under the hand
    // lose focus and what is half typed.
    let looks = Memo::new(move |_| match standing.get() {
        Standing::Differs if work.disputed.get() => Looks::Pair,
        Standing::Equal if work.disputed.get() => Looks::Agreed,
        _ => Looks::Input,
    });
    let result = move || {
        let words = form.get();
        if standing.get() == Standing::Open { words.to_key } else { words.keyed }
    };
    move || {
        match looks.get() {
        Looks::Pair => {
            view! { <Pair work=work point=own.get_value() name=name().0 head=head().into_any() submit=submit/> }.into_any()
        }
        Looks::Agreed => view! {
            <tr>
                <th scope="row">{head()}</th>
                <td class="dim">{form.get().keyed}</td>
                <td>
                    <span class="t-ok row sm">
                        <Icon name=IconName::StateDone/>
                        {form.get().agrees}
                    </span>
                </td>
            </tr>
        }
        .into_any(),
        Looks::Input => view! {
            <tr>
                <th scope="row">{head()}</th>
                <td>
                    <PointInput work=work point=own.get_value() name=name().0 again=false submit=submit/>
                </td>
                <td class="dim sm">{result}</td>
            </tr>
        }
        .into_any(),
    }
    }
}

/// How the row of a point looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// Keyed, blind.
    Input,
    /// Compared, and equal.
    Agreed,
    /// Compared, and both shown.
    Pair,
}

/// What a point is, and whose.
pub(super) fn point_name(
    work: Work,
    point: &Point,
    words: &EntryWords,
    form: &FormWords,
    locale: crate::i18n::Locale,
) -> (String, Option<String>) {
    let field = work.spec(point).map(|spec| label(&spec.label, locale)).unwrap_or_default();
    let person = |at: usize| {
        let name = work.entered.with(|entered| match entered.as_ref()?.fields.get(&point.key)? {
            Value::Beneficiaries(Beneficiaries::Named(list)) => Some(list.get(at)?.name.clone()),
            _ => None,
        });
        (words.person)(i64::try_from(at + 1).unwrap_or(i64::MAX), &name.unwrap_or_default())
    };
    match point.aspect {
        Aspect::Whole => (field, None),
        Aspect::Number => ((form.number_of)(&field), None),
        Aspect::NumberOf(at) => (form.number.to_owned(), Some(person(at))),
        Aspect::ShareOf(at) => (form.share.to_owned(), Some(person(at))),
    }
}

/// The input of a point: its second keying, or the value taken keyed once more.
#[component]
pub(super) fn PointInput(
    work: Work,
    point: Point,
    name: String,
    /// Keyed once more.
    again: bool,
    submit: Submit,
) -> impl IntoView {
    let spec = work.spec(&point)?;
    let locale = use_locale();
    let empty = blank(&point, &spec);
    let kind = spec.kind.clone();
    let own = StoredValue::new(point.clone());
    let keyed = Signal::derive(move || {
        work.keying.with(|keying| {
            let kept = if again { &keying.again } else { &keying.typed };
            own.with_value(|point| kept.get(point).cloned()).unwrap_or_else(|| empty.clone())
        })
    });
    let set = Callback::new(move |now: Keyed| {
        work.keying.update(|keying| {
            let kept = if again { &mut keying.again } else { &mut keying.typed };
            kept.insert(own.get_value(), now);
        });
    });
    let fault = Signal::derive(move || {
        let read = keyed.with(|keyed| keyed.read(&kind, work.desk.today.get()));
        let unread = read.unread.first().map(|(_, why)| unread_words(*why, locale.get()).to_owned());
        let open = submit.tried()
            && own.with_value(|point| {
                let kept = work.keying.with(|keying| {
                    let kept = if again { &keying.again } else { &keying.typed };
                    kept.get(point).is_some_and(|keyed| !super::point::is_empty(keyed))
                });
                !kept && !super::point::may_be_empty(point.aspect)
            });
        let missing = open.then(|| {
            unread_words(crate::pages::case::forms::field::Unread::Missing, locale.get()).to_owned()
        });
        unread.or(missing).map(|text| Shown { pointer: String::new(), text, warns: false })
    });
    // An empty share was looked at when its input was left: equal shares are not written on the form.
    let left = Callback::new(move |()| {
        let share = own.with_value(|point| super::point::may_be_empty(point.aspect));
        if share {
            set.run(keyed.get_untracked());
        }
    });
    let input = match (&spec.kind, point.aspect) {
        (domain::catalogue::FieldType::Beneficiaries, Aspect::Whole) => {
            view! { <MannerInput work=work keyed=keyed name=name on_change=set/> }.into_any()
        }
        (_, Aspect::Whole) => {
            view! { <KeyedInput desk=work.desk spec=spec keyed=keyed name=name small=true on_change=set/> }
                .into_any()
        }
        (_, aspect) => {
            let share = matches!(aspect, Aspect::ShareOf(_));
            let value = Signal::derive(move || match keyed.get() {
                Keyed::Text(text) | Keyed::Percent(text) => text,
                _ => String::new(),
            });
            let typed = move |text: String| if share { Keyed::Percent(text) } else { Keyed::Text(text) };
            view! {
                <TextInput
                    value=value
                    on_input=Callback::new(move |text| set.run(typed(text)))
                    label=name
                    input_mode=if share { "decimal" } else { "text" }
                    numeric=share
                    small=true
                    disabled=work.desk.closed
                />
            }
            .into_any()
        }
    };
    Some(view! { <Slot fault=fault on_leave=left>{input}</Slot> })
}

/// Whether those the law names were chosen.
#[component]
fn MannerInput(work: Work, keyed: Signal<Keyed>, name: String, on_change: Callback<Keyed>) -> impl IntoView {
    let (t, words) = (use_messages(), use_text::<FormWords>());
    let value = Signal::derive(move || match keyed.get() {
        Keyed::Choice(code) => code,
        _ => String::new(),
    });
    let choices = Signal::derive(move || {
        let words = words.get();
        vec![Choice::new(STATUTORY, words.statutory), Choice::new("named", words.named)]
    });
    view! {
        <Select
            value=value
            choices=choices
            none=move || t.get().field().choose
            label=name
            small=true
            disabled=work.desk.closed
            on_change=Callback::new(move |code| on_change.run(Keyed::Choice(code)))
        />
    }
}

/// How many characters two values differ in, as a tag.
pub(super) fn differs_tag(words: String) -> AnyView {
    view! { <Tag state=State::Over icon=IconName::StateCross>{words}</Tag> }.into_any()
}
