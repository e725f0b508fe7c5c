//! The permission table: the one place that says who may do what.
//!
//! A [`Permission`] is an action on a resource. [`Permission::rule`] maps it to the roles that have it and to
//! how far each reaches: what is one's [own](Scope::Own), what belongs to one's
//! [department](Scope::Department) and those below it, or [any](Scope::Any). A route names its permission
//! when it is added to [`Routes`](super::Routes); the match below makes a permission without a rule
//! impossible.

use super::role::{Role, Roles};

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// What is about oneself.
    Own,
    /// What is about one's own department and those below it.
    Department,
    /// Everything.
    Any,
}

/// What is acted upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resource {
    /// One's own account, sessions and who viewed one's record.
    Me,
    /// Departments and tiers: names, no persons.
    Organisation,
    /// Members of staff.
    Staff,
    /// Roster files that wait to be confirmed, and what was changed.
    Roster,
    /// Numbers of staff, by department and tier.
    StaffCounts,
    /// Accounts: who can sign in.
    Account,
    /// Role grants.
    Grant,
    /// The audit log.
    Audit,
    /// Map datasets.
    Dataset,
    /// Places on the map, as their editors see them.
    Place,
    /// How long personal data is kept.
    Retention,
    /// Settings of the service.
    Settings,
    /// The pedestrian network.
    Network,
    /// Drafts of walking routes, and all that is designed.
    Design,
    /// Numbers of notices on their way, by state.
    Delivery,
    /// Guided outings: when and where, no persons.
    Outing,
    /// One's own place in an outing.
    SignUp,
    /// Who takes part in an outing.
    Participant,
    /// Whom departments put forward for an outing.
    Nomination,
    /// The rotating code of an outing.
    Code,
    /// Visits to stops, and what walkers notice on the way.
    Visit,
    /// Training programmes: for whom, what counts, until when.
    Programme,
    /// Who has to do a programme, and who has.
    Obligation,
    /// What HR grants: exemptions, more time, study at a desk.
    Exemption,
    /// The signed archive of a year's training.
    Archive,
    /// How many walks came to each place: of everybody, without persons.
    Coverage,
    /// How answers before and after a training changed: figures of many, no persons.
    Change,
    /// The register of disaster housing: buildings, units, who lives in them.
    Register,
    /// Which council each home belongs to.
    Assignment,
    /// One's own council.
    OwnCouncil,
    /// What residents consent to be given to their councils, and what was.
    Introduction,
    /// One's own introduction to one's council.
    OwnIntroduction,
    /// Activations of those who live in disaster housing, and who answered what.
    RollCall,
    /// The activation that concerns oneself.
    OwnActivation,
    /// Gatherings of councils: when and where, no persons.
    Gathering,
    /// Who takes part in a gathering.
    GatheringAttendance,
    /// One's own gatherings.
    OwnGathering,
    /// How many took part in gatherings, by council.
    Participation,
    /// What one hands over, and what was handed over to one.
    OwnHandover,
    /// What residents hand over.
    Handover,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Look.
    Read,
    /// Make or change.
    Write,
    /// Take in a file.
    Import,
    /// Decide on what somebody else asked for.
    Decide,
}

/// An action on a resource, as routes name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See one's own account.
    ReadMe,
    /// Change one's own account.
    WriteMe,
    /// See departments and tiers.
    ReadOrganisation,
    /// Change tiers and what they are mapped from.
    WriteOrganisation,
    /// See members of staff.
    ReadStaff,
    /// Change members of staff.
    WriteStaff,
    /// Import the roster.
    ImportStaff,
    /// See roster files that wait to be confirmed, and what was changed.
    ReadRoster,
    /// See numbers of staff.
    ReadStaffCounts,
    /// See accounts.
    ReadAccounts,
    /// Make, activate and disable accounts.
    WriteAccounts,
    /// See role grants.
    ReadGrants,
    /// Ask for a role for somebody, or end one.
    WriteGrants,
    /// Approve or refuse a sensitive role.
    DecideGrants,
    /// Search the audit log.
    ReadAudit,
    /// See map datasets as their editors do.
    ReadDatasets,
    /// Confirm or describe map datasets.
    WriteDatasets,
    /// Import map data.
    ImportDatasets,
    /// See places as their editors do.
    ReadPlaces,
    /// Change places.
    WritePlaces,
    /// See retention periods and what they would erase.
    ReadRetention,
    /// Change retention periods; erase.
    WriteRetention,
    /// See settings.
    ReadSettings,
    /// Change settings.
    WriteSettings,
    /// Ask the pedestrian network for paths. It reads, by POST: what is asked does not fit an address.
    UseNetwork,
    /// See routes and drafts as their designers do: those of one's department, and whatever is in review.
    ReadDesigns,
    /// Design routes: make drafts, change them, send them to review, archive.
    WriteDesigns,
    /// Review drafts that others wrote: send them back or publish them.
    DecideDesigns,
    /// See how many notices are in which state.
    ReadDeliveries,
    /// See guided outings: when and where, no persons.
    ReadOutings,
    /// Make, change and cancel outings of one's department; ask their hosts.
    WriteOutings,
    /// Sign oneself up for an outing, withdraw, and show that one is there.
    JoinOutings,
    /// See who takes part: trainers in their own outings, coordinators those whom they put forward.
    ReadParticipants,
    /// Decide who takes part in one's own outings, and who was there.
    WriteParticipants,
    /// Put people of one's department forward for an outing.
    NominateParticipants,
    /// See the rotating code of one's own outings.
    ReadCodes,
    /// See visits: one's own, or everybody's.
    ReadVisits,
    /// Log one's own visits and what one notices.
    WriteVisits,
    /// Decide on the visits of others, and answer what they noticed.
    DecideVisits,
    /// See training programmes.
    ReadProgrammes,
    /// Plan programmes and open their years.
    WriteProgrammes,
    /// See who has completed their training: figures and names, no positions or times.
    ReadCompletion,
    /// Remind those who have not completed their training.
    SendReminders,
    /// See what people ask to be exempt from, and decide.
    DecideExemptions,
    /// Import what the phones of others could not send.
    ImportVisits,
    /// Make the archive of a year's training, and print it.
    ArchiveTraining,
    /// See how many walks came to each place.
    ReadCoverage,
    /// See how answers before and after a training changed: figures of the whole ward, no persons.
    ReadChange,
    /// See the register of disaster housing.
    ReadRegister,
    /// Change the register of disaster housing, and what is said of councils.
    WriteRegister,
    /// See which council each home belongs to.
    ReadAssignments,
    /// Decide which council a home belongs to.
    DecideAssignments,
    /// See one's own council.
    ReadMyCouncil,
    /// See who consents to be introduced to their council, and to whom what was given.
    ReadIntroductions,
    /// Introduce residents who consent to the chairs of their councils.
    GiveIntroductions,
    /// See what of oneself was given to whom.
    ReadMyIntroduction,
    /// Consent to be introduced to one's council, and withdraw.
    WriteMyIntroduction,
    /// See activations and who answered what.
    ReadRollCall,
    /// Declare and end activations, enter answers taken by phone.
    RunActivations,
    /// See the activation that concerns oneself, and answer it.
    AnswerActivations,
    /// See gatherings of councils, without persons: all of them, or those whose roll one calls.
    ReadGatherings,
    /// Make, change and cancel gatherings.
    WriteGatherings,
    /// See who takes part in gatherings, and the rotating code: of all of them, or of those whose roll one calls.
    ReadGatheringAttendance,
    /// Call the roll of gatherings.
    WriteGatheringAttendance,
    /// See one's own gatherings, and in what one took part.
    ReadMyGatherings,
    /// Say that one comes to a gathering, and show that one is there.
    JoinGatherings,
    /// See how many took part in gatherings, by council.
    ReadParticipation,
    /// See what one hands over, and what was handed over to one.
    ReadMyHandover,
    /// Write what one hands over.
    WriteMyHandover,
    /// Read what residents hand over.
    ReadHandovers,
    /// Release what residents hand over, or send it back.
    DecideHandovers,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is acted upon.
    pub resource: Resource,
    /// What is done.
    pub action: Action,
    /// Who may, and how far.
    pub grants: &'static [(Role, Scope)],
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 71] = [
        Self::ReadMe,
        Self::WriteMe,
        Self::ReadOrganisation,
        Self::WriteOrganisation,
        Self::ReadStaff,
        Self::WriteStaff,
        Self::ImportStaff,
        Self::ReadRoster,
        Self::ReadStaffCounts,
        Self::ReadAccounts,
        Self::WriteAccounts,
        Self::ReadGrants,
        Self::WriteGrants,
        Self::DecideGrants,
        Self::ReadAudit,
        Self::ReadDatasets,
        Self::WriteDatasets,
        Self::ImportDatasets,
        Self::ReadPlaces,
        Self::WritePlaces,
        Self::ReadRetention,
        Self::WriteRetention,
        Self::ReadSettings,
        Self::WriteSettings,
        Self::UseNetwork,
        Self::ReadDesigns,
        Self::WriteDesigns,
        Self::DecideDesigns,
        Self::ReadDeliveries,
        Self::ReadOutings,
        Self::WriteOutings,
        Self::JoinOutings,
        Self::ReadParticipants,
        Self::WriteParticipants,
        Self::NominateParticipants,
        Self::ReadCodes,
        Self::ReadVisits,
        Self::WriteVisits,
        Self::DecideVisits,
        Self::ReadProgrammes,
        Self::WriteProgrammes,
        Self::ReadCompletion,
        Self::SendReminders,
        Self::DecideExemptions,
        Self::ImportVisits,
        Self::ArchiveTraining,
        Self::ReadCoverage,
        Self::ReadChange,
        Self::ReadRegister,
        Self::WriteRegister,
        Self::ReadAssignments,
        Self::DecideAssignments,
        Self::ReadMyCouncil,
        Self::ReadIntroductions,
        Self::GiveIntroductions,
        Self::ReadMyIntroduction,
        Self::WriteMyIntroduction,
        Self::ReadRollCall,
        Self::RunActivations,
        Self::AnswerActivations,
        Self::ReadGatherings,
        Self::WriteGatherings,
        Self::ReadGatheringAttendance,
        Self::WriteGatheringAttendance,
        Self::ReadMyGatherings,
        Self::JoinGatherings,
        Self::ReadParticipation,
        Self::ReadMyHandover,
        Self::WriteMyHandover,
        Self::ReadHandovers,
        Self::DecideHandovers,
    ];

    /// The row of the table.
    #[must_use]
    pub const fn rule(self) -> Rule {
        use {Action as A, Resource as R, Role as O, Scope as S};
        const fn rule(resource: R, action: A, grants: &'static [(O, S)]) -> Rule {
            Rule { resource, action, grants }
        }
        match self {
            Self::ReadMe => rule(R::Me, A::Read, &[(O::Staff, S::Own)]),
            Self::WriteMe => rule(R::Me, A::Write, &[(O::Staff, S::Own)]),
            Self::ReadOrganisation => rule(R::Organisation, A::Read, &[(O::Staff, S::Any)]),
            Self::WriteOrganisation => rule(R::Organisation, A::Write, &[(O::Hr, S::Any)]),
            Self::ReadStaff => rule(
                R::Staff,
                A::Read,
                &[(O::Manager, S::Department), (O::Coordinator, S::Department), (O::Hr, S::Any)],
            ),
            Self::WriteStaff => rule(R::Staff, A::Write, &[(O::Hr, S::Any)]),
            Self::ImportStaff => rule(R::Staff, A::Import, &[(O::Hr, S::Any)]),
            Self::ReadRoster => rule(R::Roster, A::Read, &[(O::Hr, S::Any)]),
            Self::ReadStaffCounts => rule(R::StaffCounts, A::Read, &[(O::Admin, S::Any), (O::Hr, S::Any)]),
            Self::ReadAccounts => {
                rule(R::Account, A::Read, &[(O::Manager, S::Department), (O::Admin, S::Any), (O::Hr, S::Any)])
            }
            Self::WriteAccounts => rule(R::Account, A::Write, &[(O::Admin, S::Any)]),
            Self::ReadGrants => rule(
                R::Grant,
                A::Read,
                &[(O::Manager, S::Department), (O::Admin, S::Any), (O::Hr, S::Any), (O::Approver, S::Any)],
            ),
            Self::WriteGrants => {
                rule(R::Grant, A::Write, &[(O::Manager, S::Department), (O::Admin, S::Any), (O::Hr, S::Any)])
            }
            Self::DecideGrants => rule(R::Grant, A::Decide, &[(O::Approver, S::Any)]),
            Self::ReadAudit => rule(R::Audit, A::Read, &[(O::Admin, S::Any), (O::Hr, S::Any)]),
            Self::ReadDatasets => {
                rule(R::Dataset, A::Read, &[(O::Editor, S::Department), (O::Admin, S::Any)])
            }
            Self::WriteDatasets => rule(R::Dataset, A::Write, &[(O::Editor, S::Department)]),
            Self::ImportDatasets => rule(R::Dataset, A::Import, &[(O::Editor, S::Department)]),
            Self::ReadPlaces => rule(R::Place, A::Read, &[(O::Editor, S::Department)]),
            Self::WritePlaces => rule(R::Place, A::Write, &[(O::Editor, S::Department)]),
            Self::ReadRetention => rule(R::Retention, A::Read, &[(O::Admin, S::Any), (O::Hr, S::Any)]),
            Self::WriteRetention => rule(R::Retention, A::Write, &[(O::Hr, S::Any)]),
            Self::ReadSettings => rule(R::Settings, A::Read, &[(O::Admin, S::Any)]),
            Self::WriteSettings => rule(R::Settings, A::Write, &[(O::Admin, S::Any)]),
            Self::UseNetwork => rule(R::Network, A::Read, &[(O::Staff, S::Any)]),
            Self::ReadDesigns => rule(R::Design, A::Read, &[(O::Trainer, S::Department)]),
            Self::WriteDesigns => rule(R::Design, A::Write, &[(O::Trainer, S::Department)]),
            Self::DecideDesigns => rule(R::Design, A::Decide, &[(O::Trainer, S::Any)]),
            Self::ReadDeliveries => rule(R::Delivery, A::Read, &[(O::Admin, S::Any)]),
            Self::ReadOutings => rule(R::Outing, A::Read, &[(O::Staff, S::Any)]),
            Self::WriteOutings => rule(R::Outing, A::Write, &[(O::Trainer, S::Department)]),
            Self::JoinOutings => rule(R::SignUp, A::Write, &[(O::Staff, S::Own)]),
            Self::ReadParticipants => rule(
                R::Participant,
                A::Read,
                &[(O::Trainer, S::Own), (O::Manager, S::Own), (O::Coordinator, S::Own)],
            ),
            Self::WriteParticipants => rule(R::Participant, A::Write, &[(O::Trainer, S::Own)]),
            Self::NominateParticipants => {
                rule(R::Nomination, A::Write, &[(O::Manager, S::Department), (O::Coordinator, S::Department)])
            }
            Self::ReadCodes => rule(R::Code, A::Read, &[(O::Trainer, S::Own)]),
            Self::ReadVisits => rule(R::Visit, A::Read, &[(O::Staff, S::Own), (O::Trainer, S::Any)]),
            Self::WriteVisits => rule(R::Visit, A::Write, &[(O::Staff, S::Own)]),
            Self::DecideVisits => rule(R::Visit, A::Decide, &[(O::Trainer, S::Any)]),
            Self::ReadProgrammes => rule(R::Programme, A::Read, &[(O::Staff, S::Any)]),
            Self::WriteProgrammes => rule(R::Programme, A::Write, &[(O::Hr, S::Any)]),
            Self::ReadCompletion => {
                rule(R::Obligation, A::Read, &[(O::Manager, S::Department), (O::Hr, S::Any)])
            }
            Self::SendReminders => {
                rule(R::Obligation, A::Write, &[(O::Manager, S::Department), (O::Hr, S::Any)])
            }
            Self::DecideExemptions => rule(R::Exemption, A::Decide, &[(O::Hr, S::Any)]),
            Self::ImportVisits => rule(R::Visit, A::Import, &[(O::Trainer, S::Any)]),
            Self::ArchiveTraining => rule(R::Archive, A::Write, &[(O::Hr, S::Any)]),
            Self::ReadCoverage => rule(
                R::Coverage,
                A::Read,
                &[(O::Trainer, S::Any), (O::Manager, S::Any), (O::Editor, S::Any), (O::Hr, S::Any)],
            ),
            // Whoever designs routes learns which of them change most.
            Self::ReadChange => {
                rule(R::Change, A::Read, &[(O::Manager, S::Any), (O::Trainer, S::Any), (O::Hr, S::Any)])
            }
            // Who lives in disaster housing is for nobody else to know, not even for those who keep accounts or the roster.
            Self::ReadRegister => rule(R::Register, A::Read, &[(O::Registrar, S::Any)]),
            Self::WriteRegister => rule(R::Register, A::Write, &[(O::Registrar, S::Any)]),
            Self::ReadAssignments => rule(R::Assignment, A::Read, &[(O::Registrar, S::Any)]),
            Self::DecideAssignments => rule(R::Assignment, A::Decide, &[(O::Registrar, S::Any)]),
            Self::ReadMyCouncil => rule(R::OwnCouncil, A::Read, &[(O::Staff, S::Own)]),
            Self::ReadIntroductions => rule(R::Introduction, A::Read, &[(O::Registrar, S::Any)]),
            Self::GiveIntroductions => rule(R::Introduction, A::Write, &[(O::Registrar, S::Any)]),
            Self::ReadMyIntroduction => rule(R::OwnIntroduction, A::Read, &[(O::Staff, S::Own)]),
            Self::WriteMyIntroduction => rule(R::OwnIntroduction, A::Write, &[(O::Staff, S::Own)]),
            Self::ReadRollCall => rule(R::RollCall, A::Read, &[(O::Registrar, S::Any)]),
            Self::RunActivations => rule(R::RollCall, A::Write, &[(O::Registrar, S::Any)]),
            Self::AnswerActivations => rule(R::OwnActivation, A::Write, &[(O::Staff, S::Own)]),
            // Whoever the registrar names calls the roll of that gathering.
            Self::ReadGatherings => {
                rule(R::Gathering, A::Read, &[(O::Staff, S::Own), (O::Registrar, S::Any)])
            }
            Self::WriteGatherings => rule(R::Gathering, A::Write, &[(O::Registrar, S::Any)]),
            Self::ReadGatheringAttendance => {
                rule(R::GatheringAttendance, A::Read, &[(O::Staff, S::Own), (O::Registrar, S::Any)])
            }
            Self::WriteGatheringAttendance => {
                rule(R::GatheringAttendance, A::Write, &[(O::Staff, S::Own), (O::Registrar, S::Any)])
            }
            Self::ReadMyGatherings => rule(R::OwnGathering, A::Read, &[(O::Staff, S::Own)]),
            Self::JoinGatherings => rule(R::OwnGathering, A::Write, &[(O::Staff, S::Own)]),
            Self::ReadParticipation => rule(R::Participation, A::Read, &[(O::Registrar, S::Any)]),
            Self::ReadMyHandover => rule(R::OwnHandover, A::Read, &[(O::Staff, S::Own)]),
            Self::WriteMyHandover => rule(R::OwnHandover, A::Write, &[(O::Staff, S::Own)]),
            Self::ReadHandovers => rule(R::Handover, A::Read, &[(O::Registrar, S::Any)]),
            Self::DecideHandovers => rule(R::Handover, A::Decide, &[(O::Registrar, S::Any)]),
        }
    }

    /// How far somebody with these roles reaches; `None` when they do not have the permission.
    #[must_use]
    pub fn scope(self, roles: Roles) -> Option<Scope> {
        self.rule().grants.iter().filter(|(role, _)| roles.has(*role)).map(|(_, scope)| *scope).max()
    }

    /// The permission's name in JSON.
    #[must_use]
    pub fn name(self) -> String {
        // `ReadMe` → `read_me`.
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_ascii_uppercase() && !name.is_empty() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_action_on_a_resource_has_one_row_that_somebody_fulfils() {
        let mut rows = HashSet::new();
        for permission in Permission::ALL {
            let rule = permission.rule();
            assert!(rows.insert((rule.resource, rule.action)), "{permission:?} twice");
            assert!(!rule.grants.is_empty(), "{permission:?} is for nobody");
        }
    }

    #[test]
    fn the_farthest_reach_of_all_roles_counts() {
        let roles = |roles: &[Role]| roles.iter().copied().collect::<Roles>();
        let read = Permission::ReadStaff;
        assert_eq!(read.scope(roles(&[Role::Staff])), None);
        assert_eq!(read.scope(roles(&[Role::Staff, Role::Manager])), Some(Scope::Department));
        assert_eq!(read.scope(roles(&[Role::Manager, Role::Hr])), Some(Scope::Any));
        assert_eq!(Permission::ReadStaffCounts.name(), "read_staff_counts");
    }
}
