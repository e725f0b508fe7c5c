//! Roles that the provider's claims stand for.

use std::collections::BTreeSet;

use serde_json::json;

use crate::{
    audit::{Action, Person},
    auth::{
        APPROVERS, AccountId, GrantId, Role,
        store::{self, GrantState, NewGrant, OpenGrant},
    },
    clock::tokyo_date,
    db::{DbError, Tx},
};

use super::link::Desk;

/// What has to be done so that somebody has the roles that they should.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Plan {
    grant: Vec<Role>,
    end: Vec<OpenGrant>,
}

/// Roles that somebody has, or waits for, are not given again, wherever they come from; and only what a single
/// sign-on brought is taken back by it.
fn plan(open: &[OpenGrant], should: &BTreeSet<Role>) -> Plan {
    Plan {
        grant: should.iter().copied().filter(|role| open.iter().all(|grant| grant.role != *role)).collect(),
        end: open.iter().copied().filter(|grant| grant.by_sign_on && !should.contains(&grant.role)).collect(),
    }
}

/// Gives and takes roles. Says whether any that counts has changed.
pub(super) async fn sync(
    tx: &mut Tx,
    account: AccountId,
    subject: Person,
    should: &BTreeSet<Role>,
    desk: &Desk,
) -> Result<bool, DbError> {
    let mut changed = false;
    let entry = |action, grant: GrantId, role: Role| {
        desk.entry(action)
            .about([subject])
            .on("grant", grant)
            .with(json!({ "role": role, "source": "sign_on" }))
    };
    let Plan { grant, end } = plan(&store::open_grants_with_source(tx, account).await?, should);
    for old in end {
        if old.is_active && old.role == Role::Approver && !is_spare(tx, account, desk).await? {
            // The ward is not locked out because of a group in its directory. Somebody has to appoint another approver;
            // the next sign-in ends this one.
            tracing::warn!(grant = %old.id, "sign-on no longer brings one of the last two approvers their role: kept");
            let kept = desk.entry(Action::EndRole).about([subject]).on("grant", old.id);
            let detail = json!({ "role": old.role, "source": "sign_on", "kept": "last_approvers" });
            desk.recorder.record(tx, kept.with(detail).refused()).await?;
            continue;
        }
        store::end_grant(tx, old.id, None, desk.now).await?;
        changed |= old.is_active;
        desk.recorder.record(tx, entry(Action::EndRole, old.id, old.role)).await?;
    }
    for role in grant {
        // Whoever refused it is not asked again each morning; somebody has to ask in person.
        if role.needs_approval() && store::was_refused(tx, account, role).await? {
            continue;
        }
        let (state, action) = if role.needs_approval() {
            (GrantState::Pending, Action::RequestRole)
        } else {
            (GrantState::Active, Action::GrantRole)
        };
        let id = GrantId(desk.random.id());
        let new = NewGrant {
            id,
            account,
            role,
            state,
            source: "sign_on",
            reason: "シングルサインオン / single sign-on".to_owned(),
            requested_by: None,
        };
        store::insert_grant(tx, &new, desk.now).await?;
        changed |= state == GrantState::Active;
        desk.recorder.record(tx, entry(action, id, role)).await?;
    }
    Ok(changed)
}

/// Whether there are approvers enough without this one.
async fn is_spare(tx: &mut Tx, account: AccountId, desk: &Desk) -> Result<bool, DbError> {
    Ok(store::approvers_besides(tx, account, tokyo_date(desk.now)).await? >= APPROVERS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_sign_on_brought_is_taken_back() {
        let open = |role, by_sign_on| OpenGrant {
            id: GrantId(uuid::Uuid::nil()),
            role,
            is_active: true,
            by_sign_on,
        };
        let before = [open(Role::Editor, true), open(Role::Trainer, false), open(Role::Hr, false)];
        let found = plan(&before, &[Role::Hr, Role::Manager].into());
        assert_eq!(found, Plan { grant: vec![Role::Manager], end: vec![before[0]] });
        assert_eq!(plan(&before, &[Role::Editor].into()), Plan::default());
    }
}
