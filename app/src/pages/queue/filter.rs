//! The rarer filters, in a popover.

use super::desk::use_desk;
use super::url::{CHANNELS, PRIORITIES, channel, channel_name, priority, priority_name};
use crate::components::entry::Choice;
use crate::components::{
    AmountInput, Button, ButtonSize, ButtonVariant, Checkbox, Field, Popover, Select, TextInput,
};
use crate::i18n::queue_page::QueuePage as Words;
use crate::i18n::terms::Terms;
use crate::i18n::wording::label;
use crate::i18n::{use_locale, use_messages, use_text};
use crate::pages::catalogue::use_item_names;
use crate::state::session::use_session;
use domain::catalogue::ItemClass;
use domain::id::{ItemCode, PersonId};
use leptos::html;
use leptos::prelude::*;

/// Search, item, class, channel, holder, priority, amount, returned.
pub fn filters(anchor: NodeRef<html::Button>, open: RwSignal<bool>) -> AnyView {
    let words = use_text::<Words>();
    view! {
        <Popover anchor=anchor open=open label=move || words.get().filters>
            <Form open=open/>
        </Popover>
    }
    .into_any()
}

#[component]
fn Form(open: RwSignal<bool>) -> impl IntoView {
    let (t, words, terms, desk) = (use_messages(), use_text::<Words>(), use_text::<Terms>(), use_desk());
    let (locale, session, names) = (use_locale(), use_session(), use_item_names());
    let url = desk.url;
    let text = RwSignal::new(url.now().query.search.unwrap_or_default());
    let search = move |typed: &str| {
        let typed = typed.trim().to_owned();
        url.push(|url| {
            url.query.search = (!typed.is_empty()).then_some(typed);
            url.case = None;
        });
    };
    let items = Signal::derive(move || {
        let locale = locale.get();
        names.get().map_or_else(Vec::new, |names| {
            names
                .iter()
                .map(|item| Choice::new(item.code.as_str(), label(&item.name, locale)))
                .collect::<Vec<_>>()
        })
    });
    let classes = Signal::derive(move || {
        let locale = locale.get();
        ItemClass::ALL
            .into_iter()
            .filter(|class| *class != ItemClass::Special)
            .map(|class| Choice::new(class.as_str(), label(&class.label(), locale)))
            .collect::<Vec<_>>()
    });
    let channels = Signal::derive(move || {
        let terms = terms.get();
        CHANNELS.iter().map(|(own, name)| Choice::new(*name, terms.channel(*own))).collect::<Vec<_>>()
    });
    let priorities = Signal::derive(move || {
        let terms = terms.get();
        PRIORITIES.iter().map(|(own, name)| Choice::new(*name, terms.priority(*own))).collect::<Vec<_>>()
    });
    let people = Signal::derive(move || {
        let language = locale.get().tag();
        let names = session.get().map(|session| session.names.clone()).unwrap_or_default();
        let mut people: Vec<Choice> =
            names.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
        people.sort_by(|a, b| crate::format::compare(language, &a.label, &b.label));
        people
    });
    view! {
        <div class="form flt">
            <Field label=move || words.get().search_label span=12>
                <TextInput
                    value=text
                    kind="search"
                    icon=crate::components::IconName::Search
                    on_input=move |typed| text.set(typed)
                    on_commit=Callback::new(move |typed: String| search(&typed))
                />
            </Field>
            <Field label=move || t.get().queue.item span=6>
                <Select
                    value=Signal::derive(move || {
                        url.with(|url| {
                            url.query.item.as_ref().map(ToString::to_string).unwrap_or_default()
                        })
                    })
                    choices=items
                    none=move || words.get().any_item
                    on_change=Callback::new(move |code: String| {
                        url.push(|url| {
                            url.query.item = (!code.is_empty()).then_some(ItemCode(code));
                        });
                    })
                />
            </Field>
            <Field label=move || words.get().class span=6>
                <Select
                    value=Signal::derive(move || {
                        url.with(|url| {
                            url.query.class.map(|class| class.as_str().to_owned()).unwrap_or_default()
                        })
                    })
                    choices=classes
                    none=move || words.get().any_class
                    on_change=Callback::new(move |name: String| {
                        url.push(|url| url.query.class = ItemClass::parse(&name));
                    })
                />
            </Field>
            <Field label=move || words.get().channel span=6>
                <Select
                    value=Signal::derive(move || {
                        url.with(|url| url.query.channel.map(channel_name).unwrap_or_default().to_owned())
                    })
                    choices=channels
                    none=move || words.get().any_channel
                    on_change=Callback::new(move |name: String| {
                        url.push(|url| url.query.channel = channel(&name));
                    })
                />
            </Field>
            <Field label=move || t.get().queue.holder span=6>
                <Select
                    value=Signal::derive(move || {
                        url.with(|url| {
                            url.query.holder.as_ref().map(ToString::to_string).unwrap_or_default()
                        })
                    })
                    choices=people
                    none=move || words.get().any_holder
                    on_change=Callback::new(move |id: String| {
                        url.push(|url| url.query.holder = (!id.is_empty()).then_some(PersonId(id)));
                    })
                />
            </Field>
            <Field label=move || words.get().priority span=6>
                <Select
                    value=Signal::derive(move || {
                        url.with(|url| url.query.priority.map(priority_name).unwrap_or_default().to_owned())
                    })
                    choices=priorities
                    none=move || words.get().any_priority
                    on_change=Callback::new(move |name: String| {
                        url.push(|url| url.query.priority = priority(&name));
                    })
                />
            </Field>
            <Field label=move || words.get().amount_from span=6>
                <AmountInput
                    value=Signal::derive(move || url.with(|url| url.query.amount_from))
                    on_change=Callback::new(move |read| {
                        if let Ok(minor) = read {
                            url.replace(|url| url.query.amount_from = minor);
                        }
                    })
                />
            </Field>
            <div class="row span-12">
                <Checkbox
                    checked=Signal::derive(move || url.with(|url| url.query.returned == Some(true)))
                    on_change=Callback::new(move |on: bool| {
                        url.push(|url| url.query.returned = on.then_some(true));
                    })
                >
                    {move || words.get().only_returned}
                </Checkbox>
                <span class="push"></span>
                <Button
                    variant=ButtonVariant::Quiet
                    size=ButtonSize::Small
                    on_press=Callback::new(move |()| {
                        text.set(String::new());
                        url.push(super::url::QueueUrl::clear);
                    })
                >
                    {move || t.get().state.clear_filters}
                </Button>
                <Button
                    size=ButtonSize::Small
                    on_press=Callback::new(move |()| {
                        search(&text.get_untracked());
                        open.set(false);
                    })
                >
                    {move || t.get().common.close}
                </Button>
            </div>
        </div>
    }
}
