//! Forgetting people: one entry says how many links it erased, and `verify` holds it to that.

use serde_json::{Map, Value};

use crate::{
    db::{DbError, Tx},
    retention::Links,
};

use super::{
    erasure_store as store,
    model::{Action, Entry, EntryId, Recorder},
    store::erase_person,
};

impl Recorder {
    /// Records an erasure and erases the links of the log that go with it. The entry's detail says
    /// `links`, how many they were.
    ///
    /// # Errors
    /// When it cannot be written, or somebody wrote of these people meanwhile; then the transaction must
    /// not be kept.
    pub async fn record_erasure(
        &self,
        tx: &mut Tx,
        entry: Entry,
        mut detail: Map<String, Value>,
        links: &Links,
    ) -> Result<(EntryId, i64), DbError> {
        let known = match links {
            Links::None => 0,
            Links::To(people) => store::links_to_all(tx, people).await?,
            Links::From(entries) => store::links_from(tx, entries).await?,
        };
        detail.insert("links".to_owned(), known.into());
        let entry = Entry { action: Action::Erase, detail: Value::Object(detail), ..entry };
        let id = self.record(tx, entry).await?;
        let mut erased = 0;
        match links {
            Links::None => {}
            Links::To(people) => {
                for person in people {
                    erased += erase_person(tx, *person, id).await?;
                }
            }
            Links::From(entries) => erased = store::erase_from(tx, entries, id).await?,
        }
        if erased != known {
            return Err(DbError::Corrupt(format!("{known} links to people became {erased} meanwhile")));
        }
        Ok((id, known))
    }
}
