//! Judging what was sent, with what the outings say of trainers' codes in it.

use crate::{
    auth::AccountId,
    clock::Timestamp,
    db::{DbError, Tx},
    routes::{RouteId, StopId},
    visits::{
        model::{
            AdditionId, Evidence, Facts, Flags, Judgement, Moment, Refusal, RefusalCode, SentAddition,
            SentObservation, SentVisit, Shown, VisitId, Weighed, judge,
        },
        store::{self, NewAddition, NewObservation, NewVisit, Origin, Target},
        versions::{Found, Walked},
    },
};

use super::{TrainerCodes, TypedCode};

/// Whose items are, and how they came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sender {
    /// Whose they are.
    pub(super) account: AccountId,
    /// From where they came.
    pub(super) origin: Origin,
    /// When.
    pub(super) received_at: Timestamp,
    /// By how much the phone's clock was ahead when it sent, in seconds; none when that is not known.
    pub(super) clock_off_s: Option<i64>,
}

/// What trainers' codes among some evidence show.
type Said = Vec<(Evidence, Shown)>;

impl Sender {
    /// A visit as it is to be stored.
    pub(super) fn visit(self, sent: SentVisit, versions: &Found) -> Result<NewVisit, Refusal> {
        let walked = versions
            .get(&sent.route_version)
            .ok_or_else(|| Refusal::of(RefusalCode::UnknownRouteVersion, "route_version_id"))?;
        let shown = (&*sent.evidence, &Said::new());
        let judgement =
            judged(shown, sent.moment, (&**walked, sent.stop), self.clock_off_s, &Flags::default())?;
        Ok(NewVisit {
            id: sent.id,
            account: self.account,
            route: walked.version.route,
            route_version: sent.route_version,
            stop: sent.stop,
            moment: sent.moment,
            received_at: self.received_at,
            clock_off_s: self.clock_off_s,
            origin: self.origin,
            digest: sent.digest,
            note: sent.note,
            judgement,
        })
    }

    /// Something added to a visit, as it is to be stored.
    pub(super) fn addition(
        self,
        sent: SentAddition,
        (visit, target): (VisitId, &Target),
        walked: &Walked,
    ) -> Result<NewAddition, Refusal> {
        let shown = (&*sent.evidence, &Said::new());
        let judgement = judged(shown, sent.moment, (walked, target.stop), self.clock_off_s, &target.flags)?;
        Ok(NewAddition {
            id: sent.id,
            visit,
            moment: sent.moment,
            received_at: self.received_at,
            origin: self.origin,
            digest: sent.digest,
            note: sent.note,
            judgement,
        })
    }

    /// An observation as it is to be stored.
    pub(super) fn observation(
        self,
        sent: SentObservation,
        versions: &Found,
    ) -> Result<NewObservation, Refusal> {
        let walked = match sent.route_version {
            None => None,
            Some(id) => Some(
                versions
                    .get(&id)
                    .ok_or_else(|| Refusal::of(RefusalCode::UnknownRouteVersion, "route_version_id"))?,
            ),
        };
        if let Some(stop) = sent.stop {
            // A stop is known by the version in which it stands.
            let known = walked.is_some_and(|walked| walked.stop(stop).is_some());
            if !known {
                return Err(Refusal::of(RefusalCode::UnknownStop, "stop_id"));
            }
        }
        Ok(NewObservation { account: self.account, received_at: self.received_at, origin: self.origin, sent })
    }

    /// Judges an addition again, now by what the outings say of its codes. `known` are those that are stored: they stay as
    /// they were judged.
    pub(super) async fn ask_of_addition(
        self,
        trainer: &dyn TrainerCodes,
        tx: &mut Tx,
        new: &mut NewAddition,
        (target, walked): (&Target, &Walked),
        known: &[AdditionId],
    ) -> Result<(), DbError> {
        if !shows_code(&new.judgement) || known.contains(&new.id) {
            return Ok(());
        }
        let from = (self.account, walked.version.route, new.moment.at, self.received_at);
        let said = said(trainer, tx, from, &new.judgement.evidence).await?;
        let evidence = evidence(&new.judgement);
        let at = (walked, target.stop);
        if let Ok(judgement) = judged((&evidence, &said), new.moment, at, self.clock_off_s, &target.flags) {
            new.judgement = judgement;
        }
        Ok(())
    }
}

/// Judges a visit again, now by what the outings say of its codes. One that is stored stays as it was judged then.
pub(super) async fn ask_of_visit(
    trainer: &dyn TrainerCodes,
    tx: &mut Tx,
    visit: &mut NewVisit,
    versions: &Found,
) -> Result<(), DbError> {
    if !shows_code(&visit.judgement) || !store::with_ids(tx, &[visit.id, visit.id.erased()]).await?.is_empty()
    {
        return Ok(());
    }
    let Some(walked) = versions.get(&visit.route_version) else { return Ok(()) };
    let from = (visit.account, visit.route, visit.moment.at, visit.received_at);
    let said = said(trainer, tx, from, &visit.judgement.evidence).await?;
    let evidence = evidence(&visit.judgement);
    let (at, flags) = ((&**walked, visit.stop), Flags::default());
    if let Ok(judgement) = judged((&evidence, &said), visit.moment, at, visit.clock_off_s, &flags) {
        visit.judgement = judgement;
    }
    Ok(())
}

/// Judges what was shown at a stop of a version, with what the outings say of codes in it.
fn judged(
    (evidence, said): (&[Evidence], &Said),
    moment: Moment,
    (walked, stop): (&Walked, StopId),
    clock_off_s: Option<i64>,
    earlier: &Flags,
) -> Result<Judgement, Refusal> {
    let found = walked.stop(stop).ok_or_else(|| Refusal::of(RefusalCode::UnknownStop, "stop_id"))?;
    let facts = Facts {
        stop: found,
        code: walked.code(stop),
        published_at: walked.version.published_at,
        effective_from: walked.version.effective_from,
        clock_off_s,
        trainer: &|one, _| {
            said.iter().find(|(known, _)| known == one).map_or(Shown::Undecided, |(_, shown)| *shown)
        },
    };
    Ok(judge(evidence, moment, &facts, earlier))
}

fn shows_code(judgement: &Judgement) -> bool {
    judgement.evidence.iter().any(|one| matches!(one.evidence, Evidence::Trainer { .. }))
}

fn evidence(judgement: &Judgement) -> Vec<Evidence> {
    judgement.evidence.iter().map(|one| one.evidence.clone()).collect()
}

/// What the outings say of the codes among some evidence.
async fn said(
    trainer: &dyn TrainerCodes,
    tx: &mut Tx,
    (account, route, at, received_at): (AccountId, RouteId, Timestamp, Timestamp),
    evidence: &[Weighed],
) -> Result<Said, DbError> {
    let mut said = Said::new();
    for one in evidence {
        let Evidence::Trainer { code, outing_id } = &one.evidence else { continue };
        if said.iter().any(|(known, _)| *known == one.evidence) {
            continue;
        }
        let (outing, code) = (*outing_id, code.clone());
        let typed = TypedCode { account, route, outing, code, at, received_at };
        said.push((one.evidence.clone(), trainer.holds(tx, &typed).await?));
    }
    Ok(said)
}
