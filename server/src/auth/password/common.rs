//! Passwords that guessing programs try first, as far as they are long enough to be chosen at all.

/// Words that stay common whatever is put before or after them.
const STEMS: &[&str] = &[
    "password",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "mima",
    "woaini",
    "wodemima",
    "iloveyou",
    "qwerty",
    "asdfgh",
    "zxcvbn",
    "1qaz2wsx",
    "qazwsx",
    "admin",
    "administrator",
    "welcome",
    "letmein",
    "changeme",
    "default",
    "secret",
    "football",
    "baseball",
    "basketball",
    "superman",
    "batman",
    "sunshine",
    "princess",
    "dragon",
    "monkey",
    "michael",
    "jordan",
    "master",
    "shadow",
    "trustno",
    "starwars",
    "whatever",
    "computer",
    "internet",
    "samsung",
    "google",
    "facebook",
    "taobao",
    "tencent",
    "alibaba",
    "weixin",
    "zhongguo",
    "beijing",
    "shanghai",
    "insurance",
    "baoxian",
    "baoquan",
    "plumbline",
    "abc123",
    "a123456",
    "test",
    "guest",
    "summer",
    "winter",
    "spring",
    "autumn",
];

/// Rows of keys and runs, forwards; backwards is tried too.
const RUNS: &[&str] = &[
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "147258369",
    "789456123",
];

/// Whether a password, in lower case, is one of the first to be tried: a common word with at most five digits or
/// signs around it, a run, one short piece repeated, or digits that are a date or a telephone number.
pub fn is_common(folded: &str) -> bool {
    let core = folded.trim_matches(|c: char| !c.is_alphabetic());
    let around = folded.chars().count() - core.chars().count();
    STEMS.contains(&core) && around <= 7
        || STEMS.iter().any(|stem| folded.starts_with(stem) && folded.chars().count() < stem.len() + 6)
        || repeats(folded)
        || runs(folded)
        || folded.chars().all(|c| c.is_ascii_digit()) && folded.len() < 14
        || sweethearts(folded)
}

/// One piece of at most four characters, over and over.
fn repeats(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=4).any(|size| chars.chunks(size).all(|chunk| chunk == &chars[..chunk.len()]))
}

/// A piece of a run, forwards or backwards.
fn runs(text: &str) -> bool {
    let backwards: String = text.chars().rev().collect();
    RUNS.iter().any(|run| run.contains(text) || run.contains(&backwards))
}

/// 我爱你, 一生一世, 我爱你: love in letters and the digits that sound like it.
fn sweethearts(text: &str) -> bool {
    let rest = ["woaini", "1314", "520", "521", "5201314"]
        .iter()
        .fold(text.to_owned(), |rest, word| rest.replace(word, ""));
    rest.chars().count() < 4 && rest.len() < text.len()
}
