//! The Plumbline browser app: one page in the first download, every other page a lazy route.

use app::app::App;

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(App);
}
