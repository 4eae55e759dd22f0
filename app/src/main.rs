//! The Plumbline browser app: one page in the first download, every other page a lazy route.

use leptos::prelude::*;
use leptos_router::components::{A, Route, Router, Routes};
use leptos_router::{Lazy, LazyRoute, lazy_route, path};

fn main() {
    console_error_panic_hook::set_once();
    mount_to_body(App);
    // What index.html shows until now; kept to this moment, so that the page is never blank.
    if let Some(skeleton) = document().get_element_by_id("skeleton") {
        skeleton.remove();
    }
}

#[component]
fn App() -> impl IntoView {
    view! {
        <Router>
            <main class="sheet">
                <Routes fallback=|| view! { <p role="alert">"没有这一页"</p> }>
                    <Route path=path!("/") view=Home />
                    <Route path=path!("/about") view={Lazy::<About>::new()} />
                </Routes>
            </main>
        </Router>
    }
}

#[component]
fn Home() -> impl IntoView {
    view! {
        <h1>"准绳"</h1>
        <A href="/about">"版本"</A>
    }
}

struct About;

#[lazy_route]
impl LazyRoute for About {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <h1>"准绳 Plumbline"</h1><p>{env!("CARGO_PKG_VERSION")}</p> }.into_any()
    }
}
