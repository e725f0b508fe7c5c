//! The code on the screen of whoever leads: six digits that change every 30 seconds.
//!
//! As TOTP (RFC 6238 over RFC 4226) with HMAC-SHA-256, a step of 30 s counted from 1970 and six digits; the key is the
//! event's own secret. A code is checked against the time at which it was *typed*, not against the time at which it
//! arrives, so that it also counts when the phone sends hours later. [`WINDOW`] says how far the two clocks may be apart.
//!
//! The key never leaves the server. What a leader's phone gets, to show codes without a network, are the codes of the
//! event's own hours: whoever finds them can pretend to have been at this event and at nothing else.

use hmac::{Hmac, Mac as _};
use jiff::SignedDuration;
use sha2::Sha256;

use crate::clock::Timestamp;

/// How long a code is shown, in seconds.
pub const STEP_S: i64 = 30;
/// How far the time of typing may be from the time at which the code was shown: a phone's clock, and the time it takes to type.
pub const WINDOW: SignedDuration = SignedDuration::from_secs(60);
/// For how long before the start codes are shown and count.
pub const BEFORE: SignedDuration = SignedDuration::from_mins(30);
/// For how long after the end.
pub const AFTER: SignedDuration = SignedDuration::from_hours(1);

/// The key of an event's codes.
#[derive(Clone)]
pub struct CodeKey([u8; 32]);

impl std::fmt::Debug for CodeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CodeKey(…)")
    }
}

impl CodeKey {
    /// A key of random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key as it is stored.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The code of a step.
    #[must_use]
    pub fn code(&self, step: i64) -> String {
        format!("{:06}", truncated(&self.0, step) % 1_000_000)
    }

    /// What the key says of a text in parts; without the key nobody can tell.
    #[must_use]
    pub fn digest(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac(&self.0, parts)
    }

    /// Whether a code was shown within `window` of a moment. All steps are compared, each in the same time.
    ///
    /// ```
    /// use machiaruki::attendance::{CodeKey, WINDOW, step_of};
    /// let key = CodeKey::new([7; 32]);
    /// let at = "2026-11-20T01:00:00Z".parse().unwrap();
    /// assert!(key.check(&key.code(step_of(at)), at, WINDOW));
    /// ```
    #[must_use]
    pub fn check(&self, code: &str, typed_at: Timestamp, window: SignedDuration) -> bool {
        let code = code.as_bytes();
        if code.len() != 6 || !code.iter().all(u8::is_ascii_digit) {
            return false;
        }
        let (first, last) = (shifted(typed_at, -window), shifted(typed_at, window));
        let mut found = false;
        for step in first..=last {
            let shown = self.code(step);
            let differs = shown.as_bytes().iter().zip(code).fold(0, |sum, (a, b)| sum | (a ^ b));
            found |= differs == 0;
        }
        found
    }
}

/// The step in which a moment is.
#[must_use]
pub fn step_of(at: Timestamp) -> i64 {
    at.as_second().div_euclid(STEP_S)
}

fn shifted(at: Timestamp, by: SignedDuration) -> i64 {
    step_of(at.saturating_add(by).unwrap_or(at))
}

/// The hours in which an event's codes are shown and count.
#[must_use]
pub fn hours(starts_at: Timestamp, duration_min: i64) -> (Timestamp, Timestamp) {
    let from = starts_at.saturating_sub(BEFORE).unwrap_or(starts_at);
    let length = SignedDuration::from_mins(duration_min) + AFTER;
    (from, starts_at.saturating_add(length).unwrap_or(starts_at))
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Dynamic truncation (RFC 4226, 5.3).
fn truncated(key: &[u8; 32], step: i64) -> u32 {
    let digest = mac(key, &[&step.to_be_bytes()]);
    let offset = usize::from(digest[31] & 0x0f);
    u32::from_be_bytes([digest[offset] & 0x7f, digest[offset + 1], digest[offset + 2], digest[offset + 3]])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_is_rfc_6238_with_sha_256() {
        // Appendix B of RFC 6238, eight digits, with its key of 32 bytes.
        let key = b"12345678901234567890123456789012";
        for (second, expected) in [
            (59, 46_119_246),
            (1_111_111_109, 68_084_774),
            (1_111_111_111, 67_062_674),
            (1_234_567_890, 91_819_424),
            (2_000_000_000, 90_698_825),
            (20_000_000_000, 77_737_706),
        ] {
            assert_eq!(truncated(key, second / STEP_S) % 100_000_000, expected, "{second}");
        }
        assert_eq!(CodeKey::new(*key).code(59 / STEP_S), "119246");
    }

    proptest! {
        #[test]
        fn a_code_counts_exactly_as_long_as_the_window_says(
            key in any::<[u8; 32]>(), second in 1_000_i64..4_000_000_000, apart in -200_i64..200
        ) {
            let key = CodeKey::new(key);
            let (at, visit) = (Timestamp::from_second(second).unwrap(), Timestamp::from_second(second + apart).unwrap());
            let code = key.code(step_of(at));
            // It was on the screen from the first second of its step to the last.
            let (first, last) = (step_of(at) * STEP_S, step_of(at) * STEP_S + STEP_S - 1);
            let far = (first - visit.as_second()).max(visit.as_second() - last).max(0);
            if far <= WINDOW.as_secs() {
                prop_assert!(key.check(&code, visit, WINDOW));
            } else {
                // Unless one of the five codes that count happens to be the same.
                let same = (-2..=2).any(|step| key.code(step_of(visit) + step) == code);
                prop_assert_eq!(key.check(&code, visit, WINDOW), same);
            }
        }

        #[test]
        fn nonsense_is_no_code(text in "\\PC{0,8}") {
            let key = CodeKey::new([3; 32]);
            let at = Timestamp::from_second(1_800_000_000).unwrap();
            let shown: Vec<String> = (-2..=2).map(|step| key.code(step_of(at) + step)).collect();
            prop_assert_eq!(key.check(&text, at, WINDOW), shown.contains(&text));
        }
    }
}
