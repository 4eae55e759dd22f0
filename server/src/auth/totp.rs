//! Time-based codes of a second factor (RFC 6238): six digits, a new one every thirty seconds.

use data_encoding::BASE32_NOPAD;
use domain::id::PersonId;
use domain::time::Timestamp;
use hmac::{Hmac, KeyInit as _, Mac as _};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use sha1::Sha1;

/// Bytes of a secret: 160 bits, as RFC 4226 §4 recommends.
pub const SECRET: usize = 20;
/// Seconds a code stands.
const STEP: u64 = 30;
/// Steps before and after the present one whose codes are taken too: clocks of telephones differ.
const SKEW: u64 = 1;
/// Digits of a code.
const DIGITS: usize = 6;

/// The code of a time step (RFC 4226 §5.3). Authenticators know SHA-1 alone for certain; its weakness is of no use
/// against HMAC.
fn code(secret: &[u8], step: u64) -> u32 {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash[19] & 15);
    let mut word = [0; 4];
    word.copy_from_slice(&hash[offset..offset + 4]);
    (u32::from_be_bytes(word) & 0x7fff_ffff) % 10_u32.pow(u32::try_from(DIGITS).unwrap_or(6))
}

/// The code of that moment.
pub fn code_of(secret: &[u8], now: Timestamp) -> String {
    format!("{:06}", code(secret, present(now)))
}

fn present(now: Timestamp) -> u64 {
    u64::try_from(now.timestamp()).unwrap_or(0) / STEP
}

/// The time step of which this is the code, now or just before or after; none where it is of none of them.
pub fn step_of(secret: &[u8], given: &str, now: Timestamp) -> Option<u64> {
    if given.len() != DIGITS || !given.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let given: u32 = given.parse().ok()?;
    let present = present(now);
    // All are worked out, whichever fits.
    let steps = present.saturating_sub(SKEW)..=present + SKEW;
    steps.fold(None, |found, step| if code(secret, step) == given { Some(step) } else { found })
}

/// The secret as people type it.
pub fn key(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

/// What an authenticator reads: the key URI format, `otpauth://totp/Plumbline:SH2001?…`.
pub fn uri(person: &PersonId, secret: &[u8]) -> String {
    // Staff numbers are letters, digits and hyphens; whatever else one may hold must not end the label.
    let label: String = person
        .as_str()
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("otpauth://totp/Plumbline:{label}?secret={}&issuer=Plumbline", key(secret))
}

/// The URI as a QR code: dark on light whatever the theme, because cameras read no other.
pub fn qr(uri: &str) -> Result<String, qrcode::types::QrError> {
    let code = QrCode::with_error_correction_level(uri, EcLevel::M)?;
    Ok(code
        .render::<svg::Color<'_>>()
        .min_dimensions(220, 220)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1, the last six of eight digits.
    const VECTORS: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];
    const SHARED: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn meets_the_vectors_of_the_standard() {
        for (seconds, code) in VECTORS {
            let step = u64::try_from(seconds).unwrap() / STEP;
            assert_eq!(step_of(SHARED, code, at(seconds)), Some(step), "{seconds}");
            assert_eq!(code_of(SHARED, at(seconds)), code);
        }
    }

    #[test]
    fn a_code_stands_a_step_before_and_after_and_no_longer() {
        let (seconds, code) = VECTORS[3];
        let step = u64::try_from(seconds).unwrap() / STEP;
        assert_eq!(step_of(SHARED, code, at(seconds - 30)), Some(step));
        assert_eq!(step_of(SHARED, code, at(seconds + 30)), Some(step));
        assert_eq!(step_of(SHARED, code, at(seconds - 60)), None);
        assert_eq!(step_of(SHARED, code, at(seconds + 60)), None);
        for wrong in ["", "5924", "0005924", "00592a", "００５９２４"] {
            assert_eq!(step_of(SHARED, wrong, at(seconds)), None, "{wrong}");
        }
    }

    #[test]
    fn the_uri_is_one_authenticators_read() {
        let uri = uri(&PersonId::from("SH 1&x"), SHARED);
        assert_eq!(
            uri,
            "otpauth://totp/Plumbline:SH%201%26x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Plumbline"
        );
        assert!(qr(&uri).unwrap().contains("<svg"));
    }
}
