//! The demo's past drill: invented, marked 見本.

use jiff::SignedDuration;
use uuid::Uuid;

use crate::{
    auth::AccountId,
    clock::{Timestamp, tokyo_date, tokyo_midnight},
    councils::service::Vault,
    db::Tx,
};

use super::{
    model::{ActivationFacts, ActivationId, Announcement, Answer, AnswerFacts, AnswerId, By, Kind},
    service::{ActivationError, Meetings, enrol, seal_activation, store_answer},
    store,
};

/// What residents answered, in turns: after how many minutes what, and by phone with what note.
const ANSWERS: [&[(i64, Answer, Option<&str>)]; 6] = [
    &[(2, Answer::Safe, None), (5, Answer::OnTheWay, None), (31, Answer::Arrived, None)],
    &[(3, Answer::OnTheWay, None), (24, Answer::Arrived, None)],
    &[(4, Answer::Safe, None)],
    &[(12, Answer::Unable, Some("【見本】出張中と電話で確認"))],
    &[],
    &[(8, Answer::OnTheWay, None), (44, Answer::Arrived, None)],
];

/// Holds a drill on the day before, unless there was any activation. Nobody is told of it: it is over.
///
/// # Errors
/// When the database cannot be written.
pub async fn seed_drill(tx: &mut Tx, vault: &Vault, now: Timestamp) -> Result<(), ActivationError> {
    if !store::activations(tx).await?.is_empty() {
        return Ok(());
    }
    let Ok(day) = tokyo_date(now).yesterday() else { return Ok(()) };
    let minutes = |minutes: i64| tokyo_midnight(day) + SignedDuration::from_mins(9 * 60 + 30 + minutes);
    let id = ActivationId(vault.random().id());
    let announcement = Announcement {
        kind: Kind::Drill,
        title: "【見本】震度6弱の地震を想定した参集訓練".into(),
        message: "【見本】無事かどうかを答え、動ける人は参集先に向かってください。".into(),
        title_en: "[Sample] Gathering drill: a strong earthquake".into(),
        message_en: "[Sample] Say whether you are safe, and go to where you gather if you can.".into(),
    };
    let facts = ActivationFacts { announcement, declared_at: minutes(0), by: AccountId(Uuid::nil()) };
    store::insert_activation(tx, id, &seal_activation(vault, id, &facts)?).await?;
    let residents = enrol(tx, vault, &Meetings::new(), (id, minutes(0))).await?;
    for ((residency, _), answers) in residents.into_iter().zip(ANSWERS.iter().cycle()) {
        for (after, answer, note) in *answers {
            let at = minutes(*after);
            let facts = AnswerFacts {
                residency,
                answer: *answer,
                answered_at: at,
                said_at: None,
                received_at: at,
                by: if note.is_some() { By::Registrar } else { By::Resident },
                note: note.unwrap_or_default().to_owned(),
                digest: [0; 32],
            };
            store_answer(tx, vault, (AnswerId(vault.random().id_at(at)), id), &facts).await?;
        }
    }
    Ok(store::end_activation(tx, id, minutes(60)).await?)
}
