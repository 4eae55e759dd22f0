//! Names and values of an address.

/// Names with their values, in the order of the address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Params(Vec<(String, String)>);

impl Params {
    /// What stands behind a question mark, with or without it.
    pub fn of_query(query: &str) -> Self {
        let part = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(&name.replace('+', " ")), decoded(&value.replace('+', " ")))
        };
        Self(query.trim_start_matches('?').split('&').filter(|part| !part.is_empty()).map(part).collect())
    }

    /// The value of a name; the last one where it is given twice.
    pub fn get_str(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Every name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// What a path names by a pattern such as `/cases/:id`; none where it is not of that form.
pub fn fit(pattern: &str, path: &str) -> Option<Params> {
    let segments = |path: &'_ str| path.split('/').filter(|part| !part.is_empty()).count();
    if segments(pattern) != segments(path) {
        return None;
    }
    let parts = |path| str::split(path, '/').filter(|part: &&str| !part.is_empty());
    let mut params = Params::default();
    for (wanted, part) in parts(pattern).zip(parts(path)) {
        match wanted.strip_prefix(':') {
            Some(name) => params.0.push((name.to_owned(), decoded(part))),
            None if wanted == part => {}
            None => return None,
        }
    }
    Some(params)
}

/// The text of percent-encoded bytes; what is no encoding stands for itself.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        let code = (first == b'%').then(|| Some(digit(0)? * 16 + digit(1)?)).flatten();
        let byte = code.and_then(|code| u8::try_from(code).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::load::escape;

    #[test]
    fn a_query_is_read_as_it_was_written() {
        let text = "张 a&b=c+100%";
        let query = Params::of_query(&format!("?search={}&tab=mine&flag&tab=done", escape(text)));
        assert_eq!(query.get_str("search"), Some(text));
        assert_eq!((query.get_str("tab"), query.get_str("flag")), (Some("done"), Some("")));
        assert_eq!(query.get_str("unit"), None);
        assert_eq!(query.iter().count(), 4);
        assert_eq!(Params::of_query("q=a+b%2").get_str("q"), Some("a b%2"));
        assert_eq!(Params::of_query("?"), Params::default());
    }

    #[test]
    fn a_path_fits_a_pattern_of_as_many_segments() {
        let found = fit("/cases/:id/registration", "/cases/0318/registration");
        assert_eq!(found.expect("it fits").get_str("id"), Some("0318"));
        assert!(fit("/", "/").is_some() && fit("/slips", "/slips/").is_some());
        for (pattern, path) in
            [("/", "/slips"), ("/slips", "/checks"), ("/cases/:id", "/cases"), ("/a/:b", "/a/b/c")]
        {
            assert_eq!(fit(pattern, path), None, "{pattern} {path}");
        }
    }
}
