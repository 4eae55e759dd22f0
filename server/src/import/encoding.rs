//! Bytes into text: which encoding a file is in, and where it breaks it.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::fault::{Fault, Rule};

/// A text and what it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark and without a Ctrl-Z at its end.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
}

/// Decodes a file. The encoding is what the mapping names, else what a byte-order mark says, else UTF-8 where every byte
/// agrees, else GB18030 where the text has one of the words looked for (names of columns the mapping knows) or is
/// Chinese beyond doubt.
///
/// # Errors
/// A name nobody knows; bytes the encoding does not know, with their row; an encoding that cannot be told.
pub fn decode(bytes: &[u8], named: Option<&str>, words: &[&str]) -> Result<Decoded, Fault> {
    if let Some(name) = named {
        let encoding = Encoding::for_label(name.as_bytes()).ok_or_else(|| {
            let detail =
                format!("encoding = {name:?} is none; the usual ones are utf-8, gb18030 and utf-16le");
            Fault::file(Rule::Encoding, detail)
        })?;
        return read(bytes, if encoding == GBK { GB18030 } else { encoding });
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return read(bytes, encoding);
    }
    // Before UTF-8, in which the zeros of wide ASCII are characters too.
    if let Some(encoding) = wide(bytes) {
        return read(bytes, encoding);
    }
    let broken = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text: without_end(text).to_owned(), encoding: UTF_8.name() }),
        Err(broken) => broken.valid_up_to(),
    };
    let unknown = |looks: &str| {
        let row = row_at(&bytes[..broken]);
        let detail = format!(
            "not UTF-8, and {looks}: save the file as UTF-8, or name its encoding in the mapping, such as \
             encoding = \"gb18030\""
        );
        Fault::row(row, Rule::Encoding, detail)
    };
    let Ok(decoded) = read(bytes, GB18030) else {
        return Err(unknown("what it is cannot be told"));
    };
    let told = words.iter().any(|word| !word.is_ascii() && decoded.text.contains(word));
    if told || guessed(bytes) == GBK {
        return Ok(decoded);
    }
    Err(unknown(&format!("it may be {}", guessed(bytes).name())))
}

/// What a detector made for the web takes it for.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// UTF-16 without its mark: every second byte of its ASCII characters is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4_096)];
    let zeros = |first: usize| start.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = (start.len() / 8).max(4);
    if odd > many && even == 0 {
        return Some(UTF_16LE);
    }
    (even > many && odd == 0).then_some(UTF_16BE)
}

fn read(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, Fault> {
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    if broken {
        let before = text.split(char::REPLACEMENT_CHARACTER).next().unwrap_or_default();
        let detail = format!(
            "bytes that are no {}: save the file as UTF-8, or name its encoding in the mapping (encoding = …)",
            encoding.name()
        );
        return Err(Fault::row(row_at(before.as_bytes()), Rule::Encoding, detail));
    }
    Ok(Decoded { text: without_end(&text).to_owned(), encoding: encoding.name() })
}

/// Without the mark of the end that programs of DOS write, and without a byte-order mark.
fn without_end(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text).trim_end_matches('\u{1a}')
}

/// Row of what follows these bytes, as an editor counts lines.
fn row_at(before: &[u8]) -> u64 {
    before.split(|byte| *byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "受理号,申请人\r\nP-1,顾文娟\r\n";

    fn told(bytes: &[u8]) -> Result<(String, &'static str), (Option<u64>, Rule)> {
        decode(bytes, None, &[])
            .map(|decoded| (decoded.text, decoded.encoding))
            .map_err(|fault| (fault.row, fault.rule))
    }

    fn utf16(text: &str, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn what_spreadsheets_save_is_recognised() {
        let (gbk, _, _) = GB18030.encode(TEXT);
        assert_eq!(told(&gbk), Ok((TEXT.to_owned(), "gb18030")));
        assert_eq!(told(TEXT.as_bytes()), Ok((TEXT.to_owned(), "UTF-8")));
        assert_eq!(told(format!("\u{feff}{TEXT}\u{1a}").as_bytes()), Ok((TEXT.to_owned(), "UTF-8")));
        assert_eq!(told(&utf16(TEXT, true)), Ok((TEXT.to_owned(), "UTF-16LE")));
        assert_eq!(
            told(&utf16("case,act\nA1,in\n", false)),
            Ok(("case,act\nA1,in\n".to_owned(), "UTF-16LE"))
        );
    }

    #[test]
    fn a_name_in_the_mapping_decides_and_a_known_column_removes_doubt() {
        let (big5, _, _) = encoding_rs::BIG5.encode("案件,日期\n1,今天\n");
        assert_eq!(decode(&big5, Some("big5"), &[]).map(|read| read.encoding), Ok("Big5"));
        assert_eq!(decode(b"a", Some("klingon"), &[]).map_err(|fault| fault.rule), Err(Rule::Encoding));
        let (gbk, _, _) = GB18030.encode("case,人\n1,2\n");
        assert!(decode(&gbk, None, &["人"]).is_ok_and(|read| read.text.contains('人')));
    }

    #[test]
    fn what_cannot_be_told_says_where_it_breaks() {
        assert_eq!(told(b"a,b\n1,M\xfcller\n"), Err((Some(2), Rule::Encoding)));
        assert_eq!(told(b"a,b\n1,\xff\n"), Err((Some(2), Rule::Encoding)));
        let broken = decode("a,b\n1,ü\n".as_bytes(), Some("gb18030"), &[]);
        assert!(broken.is_ok(), "two bytes of UTF-8 are one character of GB18030");
        let broken = decode(b"a,b\n1,\xfc\n", Some("utf-8"), &[]).map_err(|fault| (fault.row, fault.rule));
        assert_eq!(broken, Err((Some(2), Rule::Encoding)));
    }
}
