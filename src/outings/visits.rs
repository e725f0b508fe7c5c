//! What outings say of the trainer's codes that come with visits.

use futures_util::future::BoxFuture;
use jiff::SignedDuration;

use crate::{
    attendance::{CodeCheck, hours},
    auth::{Reach, store::account},
    clock::tokyo_date,
    db::{DbError, Tx},
    visits::{
        model::Shown,
        service::{TrainerCodes, TypedCode},
    },
};

use super::{
    model::{OutingState, SignUpState},
    service::{check_code, is_trainer},
    store::{self, Outing},
};

/// Checks the codes of outings. A code that was typed on the walk page holds for the one stop that it came with; a check-in
/// holds for all of them.
#[derive(Clone, Copy, Debug)]
pub struct OutingCodes;

/// The longest time between the start of an outing and the last of its codes.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);

impl TrainerCodes for OutingCodes {
    fn holds<'t>(&'t self, tx: &'t mut Tx, code: &'t TypedCode) -> BoxFuture<'t, Result<Shown, DbError>> {
        Box::pin(holds(tx, code))
    }
}

/// Whoever has no place in an outing of the route at that time, or leads it, is for a trainer to decide.
async fn holds(tx: &mut Tx, code: &TypedCode) -> Result<Shown, DbError> {
    let owner = account(tx, code.account, &Reach::Any, tokyo_date(code.received_at)).await?;
    let Some(staff) = owner.and_then(|owner| owner.staff) else { return Ok(Shown::Undecided) };
    let named: Vec<Outing> = if let Some(id) = code.outing {
        store::outing(tx, id).await?.into_iter().collect()
    } else {
        let since = code.at.saturating_sub(LONGEST).unwrap_or(code.at);
        store::outings_of(tx, staff, since).await?
    };
    let mut shown = Shown::Undecided;
    for outing in named {
        let (from, until) = hours(outing.starts_at, outing.duration_min);
        let is_now = from <= code.at && code.at <= until;
        if outing.route != code.route || outing.state == OutingState::Cancelled || !is_now {
            continue;
        }
        let sign_up = store::sign_up(tx, outing.id, staff).await?;
        let has_place = sign_up.is_some_and(|one| one.state == SignUpState::Confirmed);
        if !has_place || is_trainer(tx, outing.id, Some(staff)).await? {
            continue;
        }
        let typed = (&*code.code, code.at);
        match check_code(tx, &outing, code.account, typed, code.received_at).await? {
            CodeCheck::Right => return Ok(Shown::Yes),
            CodeCheck::Wrong => shown = Shown::No,
            CodeCheck::Blocked { .. } => {}
        }
    }
    Ok(shown)
}
