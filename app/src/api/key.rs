//! Keys that make a command safe to send twice.

use uuid::Uuid;

/// A new `Idempotency-Key`: a UUID v7 from the clock and the browser's random numbers.
pub fn new_key() -> String {
    let mut random = [0_u8; 10];
    fill(&mut random);
    uuid::Builder::from_unix_timestamp_millis(millis(), &random).into_uuid().to_string()
}

/// The identity part of a value of the server's: ids are UUID.
pub fn parse_id(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text).ok()
}

fn millis() -> u64 {
    // Whole milliseconds since 1970 fit into 53 bits until the year 287396.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::disallowed_methods,
        reason = "positive and below 2^53; a key need only be new, so it reads its sources itself"
    )]
    let now = js_sys::Date::now() as u64;
    now
}

fn fill(random: &mut [u8; 10]) {
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(random).is_ok());
    if !filled {
        // Without WebCrypto (a page not served over TLS or loopback) the clock's fraction must do: a key need
        // not be secret, only different from this person's other ones.
        for byte in random {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::disallowed_methods,
                reason = "0 ≤ x < 256; a key need only be new, so it reads its sources itself"
            )]
            let any = (js_sys::Math::random() * 256.0) as u8;
            *byte = any;
        }
    }
}
