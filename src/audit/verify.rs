//! Verifying the chain: whatever was edited, removed or re-ordered is found and named.

use std::{collections::HashMap, fmt};

use crate::db::{DbError, Tx};

use super::{digest, sealer::sealed, store};

/// Entries looked at together.
const BATCH: i64 = 1_000;
/// Defects that are named at most; one edit can break a whole chain.
const NAMED: usize = 20;

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defect {
    /// Entries are missing before this number.
    Gap {
        /// The number that was expected.
        expected: i64,
        /// The next that is there.
        found: i64,
    },
    /// The entry, or one before it, is not what was sealed.
    Changed {
        /// Its number.
        seq: i64,
        /// Its id.
        id: String,
    },
    /// Whom the entry concerns is not what was sealed.
    PeopleChanged {
        /// Its number.
        seq: i64,
        /// Its id.
        id: String,
    },
    /// The head of the chain is not its last link.
    Head {
        /// What the head says.
        head: i64,
        /// The last entry that is there.
        last: i64,
    },
    /// Links to people are gone, and no entry says just that.
    Erased {
        /// The entry that should say so.
        by: String,
        /// How many links are gone.
        links: i64,
    },
    /// The chain does not pass through a head that was noted elsewhere.
    NotedHead {
        /// Its number.
        seq: i64,
    },
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gap { expected, found } => {
                write!(f, "entries {expected} to {} are missing", found - 1)
            }
            Self::Changed { seq, id } => {
                write!(f, "entry {seq} ({id}) was changed, moved or put in after it was sealed")
            }
            Self::PeopleChanged { seq, id } => {
                write!(f, "whom entry {seq} ({id}) concerns was changed")
            }
            Self::Head { head, last } => {
                write!(f, "the chain ends at entry {last}, but {head} entries were sealed")
            }
            Self::Erased { by, links } => {
                write!(f, "{links} links to people were erased, and entry {by} says otherwise")
            }
            Self::NotedHead { seq } => {
                write!(
                    f,
                    "the chain does not pass through the noted head at entry {seq}: it was written anew"
                )
            }
        }
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How many sealed entries were looked at.
    pub entries: i64,
    /// How many wait to be sealed.
    pub unsealed: i64,
    /// The head.
    pub head: store::ChainHead,
    /// What is wrong; the first of it, when there is very much.
    pub defects: Vec<Defect>,
}

/// Looks at every sealed entry. `noted` is a head (number and link) that was kept elsewhere: who can
/// write the whole database can write a whole new chain, and only that betrays them.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify(tx: &mut Tx, noted: Option<(i64, Vec<u8>)>) -> Result<Verdict, DbError> {
    let head = store::head(tx).await?;
    let unsealed = store::unsealed_count(tx).await?;
    let mut defects = Vec::new();
    // Before the first entry there is nothing: 32 zeros.
    let mut previous = vec![0_u8; 32];
    let (mut last, mut entries) = (0_i64, 0_i64);
    let mut told: HashMap<String, i64> = HashMap::new();
    loop {
        let batch = store::sealed_after(tx, last, BATCH).await?;
        let (Some(first), Some(end)) = (batch.first(), batch.last()) else { break };
        let (first, end) = (first.seq.unwrap_or(0), end.seq.unwrap_or(0));
        let mut people: HashMap<String, Vec<store::StoredPerson>> = HashMap::new();
        for person in store::people_between(tx, first, end).await? {
            people.entry(person.entry.clone()).or_default().push(person);
        }
        for entry in &batch {
            let seq = entry.seq.unwrap_or(0);
            if seq != last + 1 {
                defects.push(Defect::Gap { expected: last + 1, found: seq });
            }
            last = seq;
            entries += 1;
            let stored = entry.digest.clone().unwrap_or_default();
            if digest::link(&previous, &sealed(entry, seq))[..] != stored[..] {
                defects.push(Defect::Changed { seq, id: entry.id.clone() });
            }
            // From what is stored on: each broken place is named once.
            previous = stored;
            let concerned = people.remove(&entry.id).unwrap_or_default();
            if !is_whole(entry, &concerned) {
                defects.push(Defect::PeopleChanged { seq, id: entry.id.clone() });
            }
            if entry.action == "erase" {
                let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap_or_default();
                told.insert(entry.id.clone(), detail["links"].as_i64().unwrap_or(0));
            }
            if let Some((at, link)) = &noted
                && *at == seq
                && link[..] != previous[..]
            {
                defects.push(Defect::NotedHead { seq });
            }
        }
    }
    if head.seq != last || head.digest != previous {
        defects.push(Defect::Head { head: head.seq, last });
    }
    if let Some((at, _)) = noted
        && at > last
    {
        defects.push(Defect::NotedHead { seq: at });
    }
    for (by, links) in store::erasures(tx).await? {
        if told.remove(&by) != Some(links) {
            defects.push(Defect::Erased { by, links });
        }
    }
    // An entry that tells of erased links of which there are none would cover for others.
    let mut idle: Vec<String> = told.into_iter().filter(|(_, links)| *links != 0).map(|(by, _)| by).collect();
    idle.sort();
    defects.extend(idle.into_iter().map(|by| Defect::Erased { by, links: 0 }));
    defects.truncate(NAMED);
    Ok(Verdict { entries, unsealed, head, defects })
}

/// Whether the people of an entry are those that were sealed.
fn is_whole(entry: &store::Found, people: &[store::StoredPerson]) -> bool {
    let in_order = people.iter().enumerate().all(|(index, person)| person.position == index as i64);
    let digest = digest::people(people.iter().map(|person| (&*person.kind, &person.digest[..])));
    let are_they = people.iter().all(|stored| match (&stored.person, &stored.salt) {
        (Some(person), Some(salt)) => digest::person(person, salt)[..] == stored.digest[..],
        // Erased, which another entry has to say.
        (None, None) => stored.erased_by.is_some(),
        _ => false,
    });
    in_order && people.len() as i64 == entry.people && digest[..] == entry.people_digest[..] && are_they
}
