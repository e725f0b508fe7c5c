//! The code on the trainer's screen: six digits that change every 30 seconds.
//!
//! As TOTP (RFC 6238 over RFC 4226) with HMAC-SHA-256, a step of 30 s counted from 1970 and six digits; the key is the
//! outing's own secret. A code is checked against the time of the *visit* that it came with, not against the time at
//! which it arrives, so that it also counts when the phone sends hours later. [`WINDOW`] says how far the two clocks may
//! be apart.
//!
//! The key never leaves the server. What a trainer's phone gets, to show codes without a network, are the codes of the
//! outing's own hours: whoever finds them can pretend to have been at this outing and at nothing else.

use hmac::{Hmac, Mac as _};
use jiff::SignedDuration;
use sha2::Sha256;

use crate::clock::Timestamp;

/// How long a code is shown, in seconds.
pub const STEP_S: i64 = 30;
/// How far a visit's time may be from the time at which its code was shown: a phone's clock, and the time it takes to type.
pub const WINDOW: SignedDuration = SignedDuration::from_secs(60);
/// For how long before the start codes are shown and count.
pub const BEFORE: SignedDuration = SignedDuration::from_mins(30);
/// For how long after the end.
pub const AFTER: SignedDuration = SignedDuration::from_hours(1);

/// The key of an outing's codes.
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

    /// Whether a code was shown within `window` of a visit's time. All steps are compared, each in the same time.
    ///
    /// ```
    /// use machiaruki::outings::codes::{CodeKey, WINDOW, step_of};
    /// let key = CodeKey::new([7; 32]);
    /// let at = "2026-11-20T01:00:00Z".parse().unwrap();
    /// assert!(key.check(&key.code(step_of(at)), at, WINDOW));
    /// ```
    #[must_use]
    pub fn check(&self, code: &str, visit_time: Timestamp, window: SignedDuration) -> bool {
        let code = code.as_bytes();
        if code.len() != 6 || !code.iter().all(u8::is_ascii_digit) {
            return false;
        }
        let (first, last) = (shifted(visit_time, -window), shifted(visit_time, window));
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

/// The hours in which an outing's codes are shown and count.
#[must_use]
pub fn hours(starts_at: Timestamp, duration_min: i64) -> (Timestamp, Timestamp) {
    let from = starts_at.saturating_sub(BEFORE).unwrap_or(starts_at);
    let length = SignedDuration::from_mins(duration_min) + AFTER;
    (from, starts_at.saturating_add(length).unwrap_or(starts_at))
}

/// Dynamic truncation (RFC 4226, 5.3).
fn truncated(key: &[u8], step: i64) -> u32 {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return 0 };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
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
        fn a_code_counts_within_the_window_and_is_a_guess_beyond(
            key in any::<[u8; 32]>(), second in 0_i64..4_000_000_000, apart in -200_i64..200
        ) {
            let key = CodeKey::new(key);
            let at = Timestamp::from_second(second).unwrap();
            let code = key.code(step_of(at));
            let visit = Timestamp::from_second(second + apart).unwrap_or(at);
            let steps = (step_of(visit) - step_of(at)).abs();
            if apart.abs() <= 60 {
                prop_assert!(key.check(&code, visit, WINDOW));
            } else if steps > 3 {
                // Five codes of a million count at a time.
                let near = (-3..=3).any(|step| key.code(step_of(visit) + step) == code);
                prop_assert!(near || !key.check(&code, visit, WINDOW));
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
