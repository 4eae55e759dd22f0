//! The plumb line beside the sign-in form.

use crate::i18n::sign_in::SignIn as Words;
use crate::i18n::use_text;
use leptos::prelude::*;

/// Ticks of the scale, from 90 down, every 18; each fifth is long.
const TICKS: u32 = 31;

/// The plumb line: decoration, hidden from readers.
#[component]
pub fn Plumb() -> impl IntoView {
    let t = use_text::<Words>();
    let ticks = (0..TICKS)
        .map(|n| {
            let y = 90 + n * 18;
            let d = if n % 5 == 0 { format!("M340 {y}h40") } else { format!("M348 {y}h24") };
            view! { <path d=d></path> }
        })
        .collect_view();
    view! {
        <section class="lg-a" aria-hidden="true">
            <svg viewBox="0 0 720 900" preserveAspectRatio="xMidYMin slice">
                <g>{ticks}</g>
                <path class="ln" d="M360 0v676"></path>
                <path class="bo" d="M360 672l17 24-17 58-17-58z"></path>
                <ellipse class="sd" cx="360" cy="776" rx="64" ry="5"></ellipse>
            </svg>
            <blockquote>
                <p>{move || t.get().motto}</p>
                <p>{move || t.get().motto_rest}</p>
                <footer>{move || t.get().motto_source}</footer>
            </blockquote>
        </section>
    }
}
