//! A section's submit: asks the rules first, leads to what is wrong, sends.

use super::field::Sheet;
use crate::components::focus::give;
use crate::components::{Button, ButtonSize, ButtonVariant, Form, IconName};
use crate::i18n::forms::FormWords;
use crate::i18n::{use_messages, use_text};
use crate::keys::Shortcut;
use crate::pages::case::bench::Bench;
use crate::pages::case::desk::Desk;
use crate::state::keyboard::use_keyboard;
use domain::case::refusal::RefusalClass;
use domain::case::{Command, Refusal};
use leptos::task::spawn_local;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Inputs at fault, and the first button of a choice that was not made.
const FAULT: &str = "[aria-invalid=true], [data-fault] button";

/// What a section submits, and how it stands. A handle: copies are the same submit.
#[derive(Debug, Clone, Copy)]
pub struct Submit {
    bench: Bench,
    command: Signal<Option<Command>>,
    missing: Signal<Option<String>>,
    sheet: Option<Sheet>,
    node: NodeRef<html::Form>,
    tried: RwSignal<bool>,
    done: StoredValue<Option<Callback<()>>>,
    ask: Option<Callback<()>>,
}

impl Submit {
    /// A submit of a command, none while the section is not filled in; `missing` says in words what is to be done
    /// first.
    pub fn new(
        desk: Desk,
        command: impl Fn() -> Option<Command> + Send + Sync + 'static,
        missing: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            bench: desk.bench,
            command: Memo::new(move |_| command()).into(),
            missing: Signal::derive(missing),
            sheet: None,
            node: NodeRef::new(),
            tried: RwSignal::new(false),
            done: StoredValue::new(None),
            ask: None,
        }
    }

    /// The same for what is typed on a sheet: a try shows what is wrong there, and its draft goes when it was sent.
    #[must_use]
    pub fn of_sheet(self, sheet: Sheet) -> Self {
        Self { sheet: Some(sheet), ..self }
    }

    /// The same with something to do when it was done.
    #[must_use]
    pub fn then(self, done: impl Fn() + Send + Sync + 'static) -> Self {
        self.done.set_value(Some(Callback::new(move |()| done())));
        self
    }

    /// The same for a form that asks before it submits: its keys ask.
    #[must_use]
    pub fn asking(self, ask: Callback<()>) -> Self {
        Self { ask: Some(ask), ..self }
    }

    /// What the form's own keys and its submitting do.
    fn meant(self) {
        match self.ask {
            Some(ask) => ask.run(()),
            None => self.run(),
        }
    }

    /// Whether the person has tried: then what is wrong is shown; followed.
    pub fn tried(self) -> bool {
        self.tried.get()
    }

    /// Why it cannot be submitted, in words; none where it can. Followed.
    pub fn why_not(self) -> Option<String> {
        let refusal = self.refusal();
        // What only a look at the fields mends is said before what they lack.
        match refusal {
            Some(refusal) if refusal.class() != RefusalClass::Invalid => Some(self.bench.word(&refusal)),
            refusal => {
                self.missing.get().or_else(|| refusal.map(|refusal| self.bench.word(&refusal))).or_else(
                    || {
                        self.command
                            .with(|command| command.as_ref().and_then(|command| self.bench.why_not(command)))
                    },
                )
            }
        }
    }

    /// The refusal of the rules; followed.
    pub fn refusal(self) -> Option<Refusal> {
        let command = self.command.get()?;
        self.bench.decide(&command)?.err()
    }

    /// Submits, or leads to the first field at fault.
    pub fn run(self) {
        if self.bench.busy.get_untracked() {
            return;
        }
        let why = untrack(|| self.why_not());
        let command = self.command.get_untracked();
        let (Some(command), None) = (command, why) else {
            self.show_faults();
            return;
        };
        spawn_local(async move {
            if self.bench.send(command).await {
                if let Some(sheet) = self.sheet {
                    sheet.sent();
                }
                if let Some(Some(done)) = self.done.try_get_value() {
                    done.run(());
                }
            } else {
                self.show_faults();
            }
        });
    }

    /// Shows everything wrong and gives focus to the first of it.
    pub fn show_faults(self) {
        self.tried.try_set(true);
        if let Some(sheet) = self.sheet {
            sheet.tried();
        }
        // What is wrong is marked after this turn.
        request_animation_frame(move || {
            let form = self.node.try_get_untracked().flatten();
            let found = form.and_then(|form| form.query_selector(FAULT).ok().flatten());
            if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
                give(&element);
            }
        });
    }

    /// Whether the focus is within its form.
    fn has_focus(self) -> bool {
        let active = document().active_element();
        let form = self.node.try_get_untracked().flatten();
        form.is_some_and(|form| form.contains(active.as_ref().map(AsRef::as_ref)))
    }
}

/// The item the forms below are about: a page has one of each kind for every item, and readers tell them apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfItem(pub u8);

/// The form of a section: Enter goes on, Ctrl + Enter within it submits.
#[component]
pub fn SubmitForm(
    /// Its fields.
    children: Children,
    /// What it submits.
    submit: Submit,
    /// What it is, for readers.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let (words, bench) = (use_text::<FormWords>(), submit.bench);
    let label = match use_context::<OfItem>() {
        None => label,
        Some(OfItem(no)) => TextProp::from(move || {
            let item = bench.say(|opened, wording| {
                opened.case.item(no).map(|item| wording.item(&item.code)).unwrap_or_default()
            });
            (words.get().of_item)(&label.get(), &item)
        }),
    };
    use_keyboard().on_shortcut(move |shortcut| {
        let meant = shortcut == Shortcut::Submit && submit.has_focus();
        if meant {
            submit.meant();
        }
        meant
    });
    view! {
        <Form label=label node_ref=submit.node on_submit=Callback::new(move |()| submit.meant())>
            {children()}
        </Form>
    }
}

/// The button of a submit. Pressed while something is wrong, it leads there.
#[component]
pub fn SubmitButton(
    /// Words on it.
    children: Children,
    /// What it submits.
    submit: Submit,
    /// What it is for.
    #[prop(optional)]
    variant: ButtonVariant,
    /// How high it is.
    #[prop(optional)]
    size: ButtonSize,
    /// Icon before the words.
    #[prop(default = IconName::Check)]
    icon: IconName,
    /// The shortcut drawn on it.
    #[prop(default = Shortcut::Submit)]
    shortcut: Shortcut,
) -> impl IntoView {
    let t = use_messages();
    let disabled = Signal::derive(move || {
        submit
            .why_not()
            .or_else(|| submit.command.with(Option::is_none).then(|| t.get().field().required.to_owned()))
    });
    view! {
        <span
            class="act"
            on:click:capture=move |_| {
                if disabled.with_untracked(Option::is_some) {
                    submit.show_faults();
                }
            }
        >
            <Button
                variant=variant
                size=size
                icon=icon
                shortcut=shortcut
                busy=submit.bench.busy
                disabled=disabled
                on_press=Callback::new(move |()| submit.run())
            >
                {children()}
            </Button>
        </span>
    }
}
