//! Digests: SHA-256 over fields that are told apart by their lengths.

use sha2::{Digest as _, Sha256};

/// A link of the chain, or the digest of somebody.
pub(super) type Digest = [u8; 32];

/// An entry's content, as the chain covers it.
pub(super) struct Sealed<'e> {
    pub(super) seq: i64,
    pub(super) id: &'e str,
    pub(super) at: i64,
    pub(super) action: &'e str,
    pub(super) outcome: &'e str,
    pub(super) object_kind: &'e str,
    pub(super) object_id: &'e str,
    pub(super) detail: &'e str,
    pub(super) request: &'e str,
    pub(super) roles: &'e str,
    pub(super) people: i64,
    pub(super) people_digest: &'e [u8],
}

/// The link that follows `previous`.
pub(super) fn link(previous: &[u8], entry: &Sealed<'_>) -> Digest {
    of([
        b"machiaruki audit 1".as_slice(),
        previous,
        &entry.seq.to_be_bytes(),
        entry.id.as_bytes(),
        &entry.at.to_be_bytes(),
        entry.action.as_bytes(),
        entry.outcome.as_bytes(),
        entry.object_kind.as_bytes(),
        entry.object_id.as_bytes(),
        entry.detail.as_bytes(),
        entry.request.as_bytes(),
        entry.roles.as_bytes(),
        &entry.people.to_be_bytes(),
        entry.people_digest,
    ])
}

/// The digest of somebody, which says nothing to those who do not have the salt.
pub(super) fn person(person: &str, salt: &[u8]) -> Digest {
    of([salt, person.as_bytes()])
}

/// The digest of all people of an entry, in order.
pub(super) fn people<'d>(people: impl Iterator<Item = (&'d str, &'d [u8])>) -> Digest {
    let mut hash = Sha256::new();
    for (kind, digest) in people {
        hash.update([u8::from(kind == "actor")]);
        hash.update(digest);
    }
    hash.finalize().into()
}

fn of<'f>(fields: impl IntoIterator<Item = &'f [u8]>) -> Digest {
    let mut hash = Sha256::new();
    for field in fields {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}
