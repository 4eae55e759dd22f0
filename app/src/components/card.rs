//! Cards and tiles of dashboards.

use super::icon::{Icon, IconName};
use super::mark::State;
use leptos::prelude::*;

/// A card: title, what and unit in grey, controls, content, foot.
#[component]
pub fn Card(
    /// Its content.
    children: Children,
    /// Its title.
    #[prop(into)]
    title: TextProp,
    /// What is shown and in which unit.
    #[prop(optional, into)]
    detail: Option<TextProp>,
    /// Controls and legend at the right of the head.
    #[prop(optional, into)]
    controls: Option<ViewFn>,
    /// Its foot: definitions, past hit rate.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
    /// Layout class of the dashboard: `s5`, `s7`, `fc`, `mxc`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <section class=format!("card {class}")>
            <header>
                <h2>{move || title.get()}</h2>
                {detail.map(|detail| view! { <span class="sub">{move || detail.get()}</span> })}
                <span class="push"></span>
                {controls.map(|controls| controls.run())}
            </header>
            <div class="body">{children()}</div>
            {foot.map(|foot| view! { <footer>{foot.run()}</footer> })}
        </section>
    }
}

/// A row of tiles.
#[component]
pub fn Strip(
    /// The tiles.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card kpi">
            <div class="strip">{children()}</div>
        </section>
    }
}

/// One figure with its name, its unit and what it is made of. With an address it leads to its cases.
#[component]
pub fn Tile(
    /// What it counts.
    #[prop(into)]
    name: TextProp,
    /// The figure.
    #[prop(into)]
    value: TextProp,
    /// Its unit, in small.
    #[prop(optional, into)]
    unit: Option<TextProp>,
    /// What it is made of, its interval, its target.
    #[prop(optional, into)]
    detail: Option<TextProp>,
    /// State whose shape and colour stand before the name.
    #[prop(optional)]
    state: State,
    /// Icon before the name, in the colour of the state.
    #[prop(optional)]
    icon: Option<IconName>,
    /// Where its cases are.
    #[prop(optional, into)]
    href: Option<Signal<String>>,
    /// A strip or sparkline under the figure.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let name_class = match state {
        State::Ok => "t-ok",
        State::Soon => "t-soon",
        State::Over => "t-over",
        State::Back => "t-back",
        State::Plain | State::Wait | State::Accent | State::Line => "",
    };
    let inner = view! {
        <span class="k">
            {icon.map(|icon| view! { <span class=name_class><Icon name=icon/></span> })} {move || name.get()}
        </span>
        <span class="v">
            {move || value.get()} {unit.map(|unit| view! { <small>{move || unit.get()}</small> })}
        </span>
        {children.map(|inner| inner())}
        {detail.map(|detail| view! { <span class="d">{move || detail.get()}</span> })}
    };
    match href {
        Some(href) => view! { <a class="tile" href=href>{inner}</a> }.into_any(),
        None => view! { <div class="tile">{inner}</div> }.into_any(),
    }
}
