//! Sessions that were looked up a moment ago.
//!
//! A look-up is believed only while this process has committed nothing since, for any commit may have ended the
//! session, and for one second at most, for another process may have. Tokens are not kept, only their hashes.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::SignedDuration;

use crate::clock::Timestamp;

use super::model::Principal;

/// How long a look-up is believed.
const BELIEVED: SignedDuration = SignedDuration::from_secs(1);
/// How many look-ups are kept in each shard.
const MOST: usize = 1_000;
/// Requests at the same time seldom want the same shard.
const SHARDS: usize = 16;

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lasting {
    /// Without being used.
    pub(super) idle: SignedDuration,
    /// In all.
    pub(super) absolute: SignedDuration,
}

impl Lasting {
    /// Whether a session is still open.
    pub(super) fn holds(self, began: Timestamp, seen: Timestamp, now: Timestamp) -> bool {
        now.duration_since(began) < self.absolute && now.duration_since(seen) < self.idle
    }
}

/// A session that was looked up.
pub(super) struct Known {
    /// Who is signed in by it.
    pub(super) principal: Arc<Principal>,
    /// When it was last used, to the minute.
    pub(super) seen_at: Timestamp,
    /// How many commits this process had made before the look-up.
    pub(super) commits: u64,
    /// When it was looked up.
    pub(super) looked_up_at: Timestamp,
}

/// Hashes of tokens are as good as random: eight bytes of one are its place in a table. Only sessions that exist are
/// kept, so nobody fills a table with hashes of their choice.
#[derive(Default)]
struct FirstBytes(u64);

impl Hasher for FirstBytes {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 = u64::from_le_bytes(*first);
        }
    }

    /// The length of an array, which all hashes have in common.
    fn write_usize(&mut self, _: usize) {}
}

type Shard = HashMap<[u8; 32], Known, BuildHasherDefault<FirstBytes>>;

/// The sessions, by the hashes of their tokens.
#[derive(Default)]
pub(super) struct KnownSessions([Mutex<Shard>; SHARDS]);

impl KnownSessions {
    fn shard(&self, token: &[u8; 32]) -> MutexGuard<'_, Shard> {
        // The last byte: the first ones are the place within the shard.
        let shard = &self.0[usize::from(token[31]) % SHARDS];
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who is signed in by a session, if that can be believed without a look-up.
    pub(super) fn get(
        &self,
        token: &[u8; 32],
        commits: u64,
        now: Timestamp,
        lasting: Lasting,
    ) -> Option<Arc<Principal>> {
        let shard = self.shard(token);
        let known = shard.get(token)?;
        let is_believed = known.commits == commits
            && now.duration_since(known.looked_up_at) < BELIEVED
            && lasting.holds(known.principal.signed_in_at, known.seen_at, now);
        is_believed.then(|| known.principal.clone())
    }

    /// Keeps a look-up.
    pub(super) fn remember(&self, token: [u8; 32], known: Known) {
        let mut shard = self.shard(&token);
        if shard.len() >= MOST {
            shard.clear();
        }
        shard.insert(token, known);
    }

    /// Forgets a session that is not open any more.
    pub(super) fn forget(&self, token: &[u8; 32]) {
        self.shard(token).remove(token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::{AccountId, Role, SessionId, SignInMethod};

    const HOUR: SignedDuration = SignedDuration::from_hours(1);
    const LASTING: Lasting = Lasting { idle: HOUR, absolute: SignedDuration::from_hours(8) };

    fn principal(signed_in_at: Timestamp) -> Arc<Principal> {
        Arc::new(Principal {
            account: AccountId(uuid::Uuid::nil()),
            login: "900001".into(),
            name: "見本".into(),
            staff: None,
            department: None,
            departments: Arc::default(),
            stewards: Arc::default(),
            roles: [Role::Staff].into_iter().collect(),
            language: None,
            method: SignInMethod::Password,
            session: SessionId(uuid::Uuid::nil()),
            signed_in_at,
        })
    }

    fn known(at: Timestamp, commits: u64) -> Known {
        Known { principal: principal(at), seen_at: at, commits, looked_up_at: at }
    }

    #[test]
    fn a_look_up_is_believed_until_the_next_commit_and_for_a_second() {
        let (sessions, token, at) = (KnownSessions::default(), [7; 32], Timestamp::UNIX_EPOCH);
        sessions.remember(token, known(at, 3));
        let get = |commits, after: SignedDuration| sessions.get(&token, commits, at + after, LASTING);
        assert!(get(3, SignedDuration::ZERO).is_some());
        assert!(get(3, SignedDuration::from_millis(999)).is_some());
        assert!(get(3, BELIEVED).is_none(), "too old");
        assert!(get(4, SignedDuration::ZERO).is_none(), "something was committed");
        assert!(sessions.get(&[8; 32], 3, at, LASTING).is_none(), "another token");
        let mut alike = token;
        alike[20] = 0;
        assert!(sessions.get(&alike, 3, at, LASTING).is_none(), "the whole hash counts");
        sessions.forget(&token);
        assert!(get(3, SignedDuration::ZERO).is_none());
    }

    #[test]
    fn limits_count_without_a_look_up_too() {
        let (sessions, token, at) = (KnownSessions::default(), [7; 32], Timestamp::UNIX_EPOCH);
        let began = at - LASTING.absolute + SignedDuration::from_millis(500);
        sessions.remember(token, Known { principal: principal(began), ..known(at, 0) });
        assert!(sessions.get(&token, 0, at, LASTING).is_some());
        assert!(sessions.get(&token, 0, at + SignedDuration::from_millis(500), LASTING).is_none());
        sessions.remember(token, Known { seen_at: at - HOUR, ..known(at, 0) });
        assert!(sessions.get(&token, 0, at, LASTING).is_none(), "unused for too long");
    }

    #[test]
    fn a_full_table_is_emptied() {
        let (sessions, at) = (KnownSessions::default(), Timestamp::UNIX_EPOCH);
        for number in 0..=MOST as u64 {
            let mut token = [0; 32];
            token[..8].copy_from_slice(&number.to_le_bytes());
            sessions.remember(token, known(at, 0));
        }
        assert!(sessions.get(&[0; 32], 0, at, LASTING).is_none());
        assert_eq!(sessions.shard(&[0; 32]).len(), 1);
    }
}
