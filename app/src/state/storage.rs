//! The browser's storage: small settings in the clear, and drafts, which come sealed; never anything of a case in the
//! clear.

use wasm_bindgen::JsValue;
use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Reads what is kept; none where storage is switched off or holds none.
pub fn read(name: &str) -> Option<String> {
    storage()?.get_item(&key(name)).ok()?
}

/// Keeps a setting; where storage is switched off it holds for this page alone.
pub fn write(name: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    // A full or locked storage loses a convenience, nothing else.
    let _kept = match value {
        Some(value) => storage.set_item(&key(name), value),
        None => storage.remove_item(&key(name)),
    };
}

/// Keeps what must not be lost unnoticed.
pub fn keep(name: &str, value: &str) -> Result<(), JsValue> {
    storage().ok_or(JsValue::UNDEFINED)?.set_item(&key(name), value)
}

/// The names that begin so; none where storage is switched off.
pub fn names(prefix: &str) -> Option<Vec<String>> {
    let (storage, prefix) = (storage()?, key(prefix));
    let count = storage.length().ok()?;
    let all = (0..count).filter_map(|at| storage.key(at).ok()?);
    Some(
        all.filter(|name| name.starts_with(&prefix))
            .filter_map(|name| own(&name).map(str::to_owned))
            .collect(),
    )
}

/// A name of the storage as this module's callers know it, if it is one of ours.
pub fn own(stored: &str) -> Option<&str> {
    stored.strip_prefix("plumbline.")
}

/// The names `boot.js` knows too.
fn key(name: &str) -> String {
    format!("plumbline.{name}")
}
