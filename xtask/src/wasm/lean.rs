//! Makes the glue smaller than wasm-bindgen writes it: comments and indentation go, and so do the hashes in the names
//! by which the main module imports from the glue – they cannot be packed, and stand in both.

use std::collections::HashMap;

use anyhow::{Context, Result};
use regex::{Captures, Regex};

/// The glue without what only its readers need.
pub fn script(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    out
}

/// The glue with short names for what the main module imports from it, and those names by the long ones.
pub fn names(script: &str) -> Result<(String, HashMap<String, String>)> {
    let long = Regex::new(r"\b__wbg_\w+_[0-9a-f]{16}\b").context("a pattern is well-formed")?;
    let mut short = HashMap::new();
    let script = long.replace_all(script, |found: &Captures| {
        let next = format!("w{}", short.len());
        short.entry(found[0].to_owned()).or_insert(next).clone()
    });
    let script = script.into_owned();
    Ok((script, short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        let text = "/** One. */\nfunction a() {\n    // two\n    /**\n     * three\n     */\n    b(); // four\n\n}\n";
        assert_eq!(script(text), "function a() {\nb(); // four\n}\n");
    }

    #[test]
    fn a_name_is_short_wherever_it_stands() {
        let long = "__wbg_abort_87eb7f23ccb1f6e1";
        let text = format!("{long}: function() {{}},\n__wbg_get_0123456789abcdef: x({long}), __wbg_ptr: 1");
        let (script, names) = names(&text).unwrap();
        assert_eq!(script, "w0: function() {},\nw1: x(w0), __wbg_ptr: 1");
        assert_eq!(names[long], "w0");
        assert_eq!(names.len(), 2);
    }
}
