//! SQL of gatherings, and of who takes part. What is about people is sealed: nothing here can be read without the key.

mod erasure;
mod gatherings;
mod handovers;
mod people;
mod sealed;

use std::str::FromStr;

use crate::{
    clock::Timestamp,
    db::{DbError, Tx},
};

pub use erasure::{erase_handovers, erase_participation, handovers_due, participation_due};
pub use gatherings::{Stored, Within, gathering, gatherings, insert, lock, save};
pub use handovers::{
    HandoverRow, handover_of, handover_row, handover_rows, insert_handover, update_handover,
};
pub use people::{
    MarkRow, SignUpRow, delete_sign_up, insert_mark, mark_of_id, marks, marks_of, put_sign_up, sign_ups,
    sign_ups_of,
};
pub use sealed::{
    reseal_gathering, reseal_handover, reseal_mark, reseal_sign_up, sealed_gatherings, sealed_marks,
    sealed_sign_ups,
};

fn corrupt(error: impl std::fmt::Display) -> DbError {
    DbError::Corrupt(error.to_string())
}

fn parsed<T: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(corrupt)
}

fn moment(micros: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(micros).map_err(corrupt)
}

/// Runs a statement that has an id and what is sealed anew.
async fn resealed(
    tx: &mut Tx,
    sql: &'static str,
    id: &(impl std::fmt::Display + Sync),
    sealed: &crate::vault::Sealed,
) -> Result<(), DbError> {
    crate::on!(tx, conn => sqlx::query(sql).bind(id.to_string()).bind(sealed.bytes()).execute(conn).await.map(|_| ()))?;
    Ok(())
}
