//! Lists of things by number.

use leptos::prelude::*;

/// What `each` makes of every number, made once for as long as its number is there. The same as `<For>`, but its
/// machinery is compiled, and downloaded, once and not anew for every kind of thing.
#[component]
pub fn Each(
    /// The numbers, each once.
    #[prop(into)]
    numbers: Signal<Vec<usize>>,
    /// Makes the thing of a number.
    #[prop(into)]
    each: Callback<usize, AnyView>,
) -> impl IntoView {
    view! { <For each=move || numbers.get() key=|number| *number children=move |number| each.run(number)/> }
}
