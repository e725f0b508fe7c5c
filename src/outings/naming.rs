//! The names of visits of whoever was there.
//!
//! They follow from the outing's key. Without it nobody can say which visits belong to an outing: once it is forgotten who
//! took part, the key is gone as well.

use crate::{attendance::CodeKey, routes::StopId, staff::StaffId, visits::VisitId};

/// The name of the visit of somebody at a stop with the outing of that key: the same each time (UUID version 8).
#[must_use]
pub(super) fn visit(key: &CodeKey, staff: StaffId, stop: StopId) -> VisitId {
    let digest = key.digest(&[b"visit", staff.0.as_bytes(), stop.0.as_bytes()]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    VisitId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn visits_are_named_by_outing_person_and_stop(
            key in any::<[u8; 32]>(), other in any::<[u8; 32]>(), staff in any::<u128>(), stop in any::<u128>()
        ) {
            let (staff, stop) = (StaffId(uuid::Uuid::from_u128(staff)), StopId(uuid::Uuid::from_u128(stop)));
            let named = visit(&CodeKey::new(key), staff, stop);
            prop_assert_eq!(visit(&CodeKey::new(key), staff, stop), named);
            prop_assert_eq!(named.0.get_version_num(), 8);
            prop_assert!(key == other || visit(&CodeKey::new(other), staff, stop) != named);
            prop_assert!(staff.0 == stop.0 || visit(&CodeKey::new(key), StaffId(stop.0), StopId(staff.0)) != named);
        }
    }
}
