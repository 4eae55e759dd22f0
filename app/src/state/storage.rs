//! Small settings in the browser's storage; never anything of a case.

/// Reads a setting; none where storage is switched off or holds none.
pub fn read(name: &str) -> Option<String> {
    web_sys::window()?.local_storage().ok()??.get_item(&key(name)).ok()?
}

/// Keeps a setting; where storage is switched off it holds for this page alone.
pub fn write(name: &str, value: Option<&str>) {
    let Some(Ok(Some(storage))) = web_sys::window().map(|window| window.local_storage()) else { return };
    // A full or locked storage loses a convenience, nothing else.
    let _kept = match value {
        Some(value) => storage.set_item(&key(name), value),
        None => storage.remove_item(&key(name)),
    };
}

/// The names `boot.js` knows too.
fn key(name: &str) -> String {
    format!("plumbline.{name}")
}
