//! The ids of what was erased after its period.
//!
//! A UUIDv7 holds the time of the tap, which must not outlive the erasure. The erased row is named by a digest of the
//! phone's id: its 74 random bits cannot be guessed back, and the same visit sent again is still known.

use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::{ObservationId, VisitId};

impl VisitId {
    /// By what the visit is named once it is erased.
    #[must_use]
    pub fn erased(self) -> Self {
        Self(erased("visit", self.0))
    }
}

impl ObservationId {
    /// By what the observation is named once it is erased.
    #[must_use]
    pub fn erased(self) -> Self {
        Self(erased("observation", self.0))
    }
}

/// A UUIDv8 (RFC 9562, section 5.8) of a digest.
fn erased(of: &str, id: Uuid) -> Uuid {
    let digest = Sha256::new().chain_update(of).chain_update(id.as_bytes()).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_erased_id_is_always_the_same_and_tells_no_time() {
        let id: VisitId = "019a9f6e-0000-7000-8000-000000000001".parse().unwrap();
        let next: VisitId = "019a9f6e-0000-7000-8000-000000000002".parse().unwrap();
        assert_eq!(id.erased(), id.erased());
        assert_ne!(id.erased(), next.erased());
        assert_eq!(id.erased().0.get_version_num(), 8);
        assert_eq!(id.erased().0.get_timestamp(), None);
        assert_ne!(id.erased().0, ObservationId(id.0).erased().0, "one name for one thing");
    }
}
