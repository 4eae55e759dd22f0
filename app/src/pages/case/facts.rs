//! The left pane: policy, application, items, papers, shortfalls.

use super::bench::{Opened, use_bench};
use super::head::Side;
use crate::components::{Drawer, Icon, IconName, Pane, PaneSide, State, Tag};
use crate::format::{amount, full_date, moment};
use crate::i18n::case_page::CasePage as Words;
use crate::i18n::refusal::shortfall;
use crate::i18n::terms::Terms;
use crate::i18n::wording::{Wording, unit_name};
use crate::i18n::{Locale, Localised, use_messages, use_text};
use crate::state::session::use_session;
use domain::catalogue::MaterialForm;
use domain::secret::Secret;
use leptos::prelude::*;

/// What is given: beside the work where there is room, else drawn out.
#[component]
pub fn FactsPane() -> impl IntoView {
    let words = use_text::<Words>();
    let side = expect_context::<RwSignal<Side>>();
    let open = Signal::derive(move || side.get() == Side::Papers);
    view! {
        <Pane label=move || words.get().papers_pane side=PaneSide::Left>
            <Facts/>
        </Pane>
        <Drawer
            title=move || words.get().papers_pane
            open=open
            on_close=Callback::new(move |()| side.set(Side::None))
        >
            <Facts/>
        </Drawer>
    }
}

/// Policy, application, items, papers, shortfalls.
#[component]
pub fn Facts() -> impl IntoView {
    view! {
        <Policy/>
        <Items/>
        <Papers/>
        <Shortfalls/>
    }
}

/// One fact: its name and what it is.
fn fact(name: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! { <dt>{name}</dt><dd>{value}</dd> }.into_any()
}

/// A personal value as it is known here: in full while the person holds the case.
pub fn secret(of: &Secret) -> String {
    of.plain().map_or_else(|| of.masked(), str::to_owned)
}

#[component]
fn Policy() -> impl IntoView {
    let (t, words, bench, session) = (use_messages(), use_text::<Words>(), use_bench(), use_session());
    let full = bench.of(|opened| !opened.view.plain.is_empty());
    let rows = move || {
        let locale = bench.locale();
        let now = bench.clock().now();
        let (w, terms) = (Words::in_locale(locale), Terms::in_locale(locale));
        let opened = bench.opened.get()?;
        let registration = &opened.case.registration;
        let policy = &registration.policy;
        let managing =
            unit_name(session.unit(&registration.managing).as_ref(), &registration.managing, locale);
        let mut rows = vec![
            fact(t.get().queue.policy, policy.policy_no.to_string()),
            fact(w.product, product(&opened, locale)),
            fact(
                w.status,
                view! {
                    {terms.policy_status(policy.status)}
                    " "
                    <span class="dim">{(w.since)(&full_date(policy.effective))}</span>
                },
            ),
            fact(w.premium, (w.per)(&amount(policy.premium.minor), terms.payment_mode(policy.payment_mode))),
            fact(w.holder, policy.holder.clone()),
            fact(w.insured, policy.insured.clone()),
            fact(
                w.applicant,
                view! {
                    {registration.applicant.clone()}
                    " "
                    <span class="dim">
                        {terms.capacity(registration.capacity)} " " {secret(&registration.mobile)}
                    </span>
                },
            ),
        ];
        if let Some(document) = &registration.document {
            rows.push(fact(
                w.applicant_document,
                view! {
                    {terms.document(document.kind)}
                    " "
                    <span class="dim">{secret(&document.number)}</span>
                },
            ));
        }
        if let Some(agent) = &registration.agent {
            rows.push(fact(
                w.agent,
                view! {
                    {agent.name.clone()}
                    " "
                    <span class="dim">{terms.document(agent.kind)} " " {secret(&agent.identity)}</span>
                },
            ));
        }
        rows.push(fact(
            w.applied,
            view! {
                {full_date(registration.applied_on)}
                " "
                <span class="dim">{terms.channel(registration.channel)}</span>
            },
        ));
        rows.push(fact(w.received, moment(registration.received_at, now)));
        rows.push(fact(w.managing, managing));
        Some(view! { <dl class="facts">{rows}</dl> })
    };
    view! {
        <section>
            <h2 class="sec">
                {move || t.get().case().policy}
                <span class="push"></span>
                {move || {
                    (full.get() == Some(true)).then(|| view! { <span class="sub">{move || words.get().full_values}</span> })
                }}
            </h2>
            {rows}
        </section>
    }
}

fn product(opened: &Opened, locale: Locale) -> String {
    let policy = &opened.case.registration.policy;
    let group = Terms::in_locale(locale).product_group(policy.group);
    match locale {
        Locale::ZhHans => format!("{}（{group}）", policy.product),
        Locale::En => format!("{} ({group})", policy.product),
    }
}

#[component]
fn Items() -> impl IntoView {
    let (t, bench) = (use_messages(), use_bench());
    let rows = move || {
        let locale = bench.locale();
        let w = Words::in_locale(locale);
        let opened = bench.opened.get()?;
        let wording = opened.wording(locale);
        let rows = opened
            .case
            .items
            .iter()
            .map(|item| {
                let entry = opened.catalogue.item(&item.code);
                let detail =
                    if item.is_open() { money(&opened, item, entry, &wording) } else { w.dropped.to_owned() };
                view! {
                    <li>
                        <span class="dim sm">{item.code.to_string()}</span>
                        <span class="ell">{wording.item(&item.code)}</span>
                        <span class="dim push">{detail}</span>
                    </li>
                }
            })
            .collect_view();
        Some(view! { <ul class="ls">{rows}</ul> })
    };
    view! {
        <section>
            <h2 class="sec">{move || t.get().case().items}</h2>
            {rows}
        </section>
    }
}

/// What money an item moves: settled where it is, else whether any.
fn money(
    _opened: &Opened,
    item: &domain::case::CaseItem,
    entry: Option<&domain::catalogue::Item>,
    wording: &Wording,
) -> String {
    let w = Words::in_locale(wording.locale);
    let (collect, refund) = item.totals();
    if item.fees.is_some() {
        return if refund.minor > 0 { amount(refund.minor) } else { amount(-collect.minor) };
    }
    match entry.and_then(|entry| entry.fee.as_ref()) {
        Some(_) => String::new(),
        None => w.no_money.to_owned(),
    }
}

#[component]
fn Papers() -> impl IntoView {
    let (t, bench) = (use_messages(), use_bench());
    let complete = bench.of(|opened| opened.case.shortfalls.is_empty());
    let rows = move || {
        let locale = bench.locale();
        let w = Words::in_locale(locale);
        let opened = bench.opened.get()?;
        let wording = opened.wording(locale);
        let messages = wording.messages();
        let rows = opened
            .case
            .materials
            .iter()
            .map(|material| {
                // Pages are hidden from who has still to count them.
                let pages = if material.pages == 0 {
                    w.pages_hidden.to_owned()
                } else {
                    (messages.common.pages)(i64::from(material.pages))
                };
                let form = match material.form {
                    MaterialForm::Original => w.original,
                    MaterialForm::Copy => w.copy,
                };
                view! {
                    <li>
                        <span class="t-ok"><Icon name=IconName::StateDone/></span>
                        <span class="ell">{wording.material(&material.kind)}</span>
                        <span class="dim sm">{form}</span>
                        {material
                            .return_to_customer
                            .then(|| view! { <span class="dim sm">{w.to_customer}</span> })}
                        <span class="dim push">{pages}</span>
                    </li>
                }
            })
            .collect_view();
        Some(view! { <ul class="ls">{rows}</ul> })
    };
    let total = move || {
        bench.opened.with(|opened| {
            opened.as_ref().map(|opened| {
                let pages: i64 = opened.case.materials.iter().map(|m| i64::from(m.pages)).sum();
                let papers = i64::try_from(opened.case.materials.len()).unwrap_or(i64::MAX);
                if pages == 0 {
                    (t.get().common.papers)(papers)
                } else {
                    (t.get().case().pages_of)(papers, pages)
                }
            })
        })
    };
    view! {
        <section>
            <h2 class="sec">
                {move || t.get().case().materials}
                <span class="sub">{total}</span>
                <span class="push"></span>
                {move || {
                    (complete.get() == Some(true))
                        .then(|| {
                            view! {
                                <Tag state=State::Ok icon=IconName::StateDone>
                                    {move || t.get().case().complete}
                                </Tag>
                            }
                        })
                }}
            </h2>
            {rows}
        </section>
    }
}

#[component]
fn Shortfalls() -> impl IntoView {
    let (words, bench) = (use_text::<Words>(), use_bench());
    move || {
        let locale = bench.locale();
        let opened = bench.opened.get()?;
        if opened.case.shortfalls.is_empty() {
            return None;
        }
        let wording = opened.wording(locale);
        let lines = opened
            .case
            .shortfalls
            .iter()
            .map(|line| {
                view! {
                    <li data-s="over">
                        <Icon name=IconName::StateCross/>
                        <div>{shortfall(line, &wording)}</div>
                    </li>
                }
            })
            .collect_view();
        Some(view! {
            <section>
                <h2 class="sec">{move || words.get().shortfalls}</h2>
                <ul class="rules">{lines}</ul>
            </section>
        })
    }
}
