//! Registering a case, and writing a registration anew.

mod application;
mod checks;
mod foot;
mod form;
mod identity;
mod items;
mod materials;
mod places;
mod policy;
mod sheet;

use crate::components::{Button, ButtonSize, ButtonVariant, Drawer, Empty, Pane, PaneSide, Skeleton, Tag};
use crate::i18n::intake::Intake as Words;
use crate::i18n::{use_messages, use_text};
use crate::pages::case::bench::Bench;
use crate::pages::case::conflict::ConflictDialog;
use crate::pages::frame::{use_bar, use_title};
use crate::pages::part::Make;
use crate::pages::restored::Restored;
use crate::pages::shell::UnitAndPost;
use crate::router::{NavigateOptions, use_navigate, use_params_map};
use crate::scope::provide;
use crate::state::clock::use_clock;
use crate::state::session::use_session;
use domain::id::CaseId;
use domain::post::{Post, Queue};
use form::Form;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use sheet::{Amends, Sheet, Side, use_sheet};

/// The registration page.
#[wasm_split(casework, wasm_split_path = leptos::wasm_split, fallible)]
pub fn intake_page() -> Result<Make, SplitLoaderError> {
    Ok(|| view! { <Restored><Page/></Restored> }.into_any())
}

/// A new registration, or one of a case that is there.
#[component]
fn Page() -> impl IntoView {
    let (words, session, params) = (use_text::<Words>(), use_session(), use_params_map());
    let clock = use_clock();
    let id =
        params.with_untracked(|params| params.get_str("id").and_then(crate::api::key::parse_id)).map(CaseId);
    use_bar(move || view! { <UnitAndPost queue=Signal::stored(Some(Queue::Intake))/> }.into_any());
    use_title(move |_| if id.is_some() { words.now().amend_title } else { words.now().title }.to_owned());
    let may = session.now().is_some_and(|session| session.person.holds(Post::Intake));
    if !may {
        return view! {
            <main class="sheet"><Empty page=true title=move || words.get().not_intake/></main>
        }
        .into_any();
    }
    match id {
        None => form_page(Callback::new(move |()| Form::begun(clock.exact())), None),
        Some(id) => {
            // The way every other command of a case takes: what others change meanwhile is caught up with.
            let bench = Bench::open(id);
            let start = bench.of(|opened| (Form::of(&opened.view.case), opened.case.open_items().count()));
            // What is being typed must not be replaced by a newer version of the case.
            let first = StoredValue::new(None::<(Form, usize)>);
            let there = Memo::new(move |_| {
                if first.with_value(Option::is_none)
                    && let Some(found) = start.get()
                {
                    first.set_value(Some(found));
                }
                first.with_value(Option::is_some)
            });
            let page = move || {
                move || {
                    if there.get() {
                        let Some((form, items)) = first.get_value() else { return ().into_any() };
                        let amends = Amends { bench, items };
                        view! {
                            {form_page(Callback::new(move |()| form.clone()), Some(amends))}
                            <ConflictDialog/>
                        }
                        .into_any()
                    } else {
                        view! { <main class="sheet"><Skeleton lines=12/></main> }.into_any()
                    }
                }
            };
            provide(bench, page)
        }
    }
}

/// The form, begun as `start` says.
fn form_page(start: Callback<(), Form>, case: Option<Amends>) -> AnyView {
    provide(Sheet::open(start, case), move || view! { <FormPage case=case/> })
}

#[component]
fn FormPage(case: Option<Amends>) -> impl IntoView {
    let (words, t, navigate, sheet) = (use_text::<Words>(), use_messages(), use_navigate(), use_sheet());
    let side = sheet.side;
    let toggle = move |which: Side| {
        Callback::new(move |()| side.update(|side| *side = if *side == which { Side::None } else { which }))
    };
    let close = Callback::new(move |()| side.set(Side::None));
    let title = move || if case.is_some() { words.get().amend_title } else { words.get().title };
    let back = Callback::new(move |()| {
        let target = case.map_or_else(
            || crate::routes::queue_path(Queue::Intake),
            |amends| crate::routes::case_path(amends.bench.id),
        );
        navigate(&target, NavigateOptions::default());
    });
    view! {
        <main class="sheet case intake">
            <header class="bar">
                <Button
                    square=true
                    variant=ButtonVariant::Quiet
                    icon=crate::components::IconName::Left
                    label=move || t.get().common.back
                    on_press=back
                />
                <h1 class="nw">{title}</h1>
                <Tag>{move || words.get().draft}</Tag>
                <span class="med ell">{move || sheet.item_names()}</span>
                <span class="push"></span>
                <span class="nar">
                    <Button size=ButtonSize::Small on_press=toggle(Side::Policy)>
                        {move || words.get().policy_pane}
                    </Button>
                </span>
                <span class="nar">
                    <Button size=ButtonSize::Small on_press=toggle(Side::Checks)>
                        {move || words.get().checks_pane}
                    </Button>
                </span>
            </header>
            <Pane label=move || words.get().policy_pane side=PaneSide::Left>
                <policy::PolicyForm/>
            </Pane>
            <Drawer
                title=move || words.get().policy_pane
                open=Signal::derive(move || side.get() == Side::Policy)
                on_close=close
            >
                <policy::PolicyForm/>
            </Drawer>
            <div class="pane wk">
                <div class="scroll">
                    <application::ApplicationForm/>
                    <items::ItemsForm/>
                    // Papers there already are received, counted and given back by acts of their own.
                    {case.is_none().then(|| view! { <materials::MaterialsForm/> })}
                </div>
                <foot::Foot/>
            </div>
            <Pane label=move || words.get().checks_pane side=PaneSide::Right>
                <checks::Checks/>
            </Pane>
            <Drawer
                title=move || words.get().checks_pane
                open=Signal::derive(move || side.get() == Side::Checks)
                on_close=close
            >
                <checks::Checks/>
            </Drawer>
        </main>
    }
}
