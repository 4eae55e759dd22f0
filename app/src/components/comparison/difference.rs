//! Which characters of values differ.

/// A run of characters that is common to the values, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The characters.
    pub text: String,
    /// They are not in the value compared with.
    pub differs: bool,
}

/// Longest value whose characters are compared one by one; longer ones are marked whole where they differ.
const LONGEST: usize = 256;

/// Marks in three values the characters that differ: the second and third against the first, the first against
/// whichever of them differs from it. A value that is not stated takes no part, and nothing is marked in it.
pub fn differing(values: [Option<String>; 3]) -> [Option<Vec<Segment>>; 3] {
    let [asked, entered, core] = values;
    // Without an asked value the entered one is what the core result is compared with.
    let base = asked.clone().or_else(|| entered.clone());
    let against_base = |value: Option<&String>| match (value, &base) {
        (Some(value), Some(base)) => Some(unlike(value, base)),
        (Some(value), None) => Some(plain(value)),
        (None, _) => None,
    };
    let other = [&entered, &core].into_iter().flatten().find(|value| Some(*value) != asked.as_ref()).cloned();
    let first = asked.as_ref().map(|asked| match &other {
        Some(other) => unlike(asked, other),
        None => plain(asked),
    });
    [first, against_base(entered.as_ref()), against_base(core.as_ref())]
}

fn plain(text: &str) -> Vec<Segment> {
    vec![Segment { text: text.to_owned(), differs: false }]
}

/// Where `value` is unlike `base`: numbers and dates of one length place by place (two digits swapped are two
/// places), everything else by what is not part of their longest common subsequence.
fn unlike(value: &str, base: &str) -> Vec<Segment> {
    if value == base {
        return plain(value);
    }
    let (a, b): (Vec<char>, Vec<char>) = (value.chars().collect(), base.chars().collect());
    let marks: Vec<bool> = if a.len() == b.len() && value.is_ascii() && base.is_ascii() {
        a.iter().zip(&b).map(|(x, y)| x != y).collect()
    } else if a.len() > LONGEST || b.len() > LONGEST {
        vec![true; a.len()]
    } else {
        outside_common(&a, &b)
    };
    let mut segments: Vec<Segment> = Vec::new();
    for (c, differs) in a.into_iter().zip(marks) {
        match segments.last_mut() {
            Some(last) if last.differs == differs => last.text.push(c),
            _ => segments.push(Segment { text: c.to_string(), differs }),
        }
    }
    segments
}

/// For each character of `a`: whether it is outside the longest common subsequence with `b`.
fn outside_common(a: &[char], b: &[char]) -> Vec<bool> {
    // common[i][j]: length of the longest common subsequence of a[i..] and b[j..]
    let mut common = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i][j] =
                if a[i] == b[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let mut outside = Vec::with_capacity(a.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() {
        if j < b.len() && a[i] == b[j] {
            outside.push(false);
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || common[i + 1][j] >= common[i][j + 1] {
            outside.push(true);
            i += 1;
        } else {
            j += 1;
        }
    }
    outside
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a[b]c`: what differs in brackets.
    fn shown(segments: Option<&Vec<Segment>>) -> String {
        segments.map_or_else(
            || "-".to_owned(),
            |segments| {
                let one = |s: &Segment| if s.differs { format!("[{}]", s.text) } else { s.text.clone() };
                segments.iter().map(one).collect()
            },
        )
    }

    fn marks(asked: Option<&str>, entered: Option<&str>, core: Option<&str>) -> [String; 3] {
        let marked = differing([asked, entered, core].map(|v| v.map(str::to_owned)));
        marked.each_ref().map(|segments| shown(segments.as_ref()))
    }

    #[test]
    fn only_what_differs_is_marked() {
        let cases = [
            (
                (Some("13612342710"), Some("13612342701"), Some("13612342701")),
                ["136123427[10]", "136123427[01]", "136123427[01]"],
            ),
            (
                (Some("2026-03-18"), Some("2026-03-18"), Some("2026-03-19")),
                ["2026-03-1[8]", "2026-03-18", "2026-03-1[9]"],
            ),
            ((Some("李明"), Some("李明"), Some("李明")), ["李明", "李明", "李明"]),
            ((None, Some("母亲"), Some("父亲")), ["-", "母亲", "[父]亲"]),
            ((Some("上海市"), None, None), ["上海市", "-", "-"]),
            ((Some("ab"), Some(""), Some("ab")), ["[ab]", "", "ab"]),
            (
                (Some("浦东新区世纪大道"), Some("浦东世纪大道1号"), None),
                ["浦东[新区]世纪大道", "浦东世纪大道[1号]", "-"],
            ),
        ];
        for ((asked, entered, core), expected) in cases {
            assert_eq!(marks(asked, entered, core), expected);
        }
    }

    #[test]
    fn long_texts_are_marked_whole() {
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(marks(Some("y"), Some(&long), None)[1], format!("[{long}]"));
    }
}
