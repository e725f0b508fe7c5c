//! What an entry says.

use std::fmt;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    auth::{AccountId, Caller, Principal, Roles},
    clock::{SharedClock, Timestamp},
    db::{DbError, Tx},
    http::RequestId,
    ids,
    random::SharedRandom,
    staff::StaffId,
};

use super::{digest, store};

ids! {
    /// The id of an entry; sorts by time.
    EntryId,
}

macro_rules! actions {
    ($($(#[$about:meta])* $variant:ident = $name:literal),+ $(,)?) => {
        /// What was done.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Action {
            $($(#[$about])* $variant,)+
        }

        impl Action {
            /// Every action.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The action's name in JSON and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

actions! {
    /// Somebody signed in.
    SignIn = "sign_in",
    /// Somebody signed out, or ended a session.
    SignOut = "sign_out",
    /// Somebody set a password, by an activation link or knowing the old one.
    SetPassword = "set_password",
    /// An account was made.
    CreateAccount = "create_account",
    /// An activation link was made.
    CreateActivation = "create_activation",
    /// An account was disabled or enabled.
    ChangeAccount = "change_account",
    /// A single sign-on was linked to an account.
    LinkIdentity = "link_identity",
    /// Accounts were looked at.
    ReadAccounts = "read_accounts",
    /// A role was asked for.
    RequestRole = "request_role",
    /// A role was granted.
    GrantRole = "grant_role",
    /// A role was refused.
    RefuseRole = "refuse_role",
    /// A role was ended.
    EndRole = "end_role",
    /// Members of staff were looked at.
    ReadStaff = "read_staff",
    /// A member of staff was changed by hand.
    ChangeStaff = "change_staff",
    /// A roster was read for a preview.
    PreviewRoster = "preview_roster",
    /// A roster was imported.
    ImportRoster = "import_roster",
    /// Tiers were changed.
    ChangeTiers = "change_tiers",
    /// The audit log was searched.
    ReadAudit = "read_audit",
    /// Personal data was exported.
    Export = "export",
    /// Map data was imported.
    ImportDataset = "import_dataset",
    /// A dataset was described or confirmed.
    ChangeDataset = "change_dataset",
    /// The contact persons of a place on the map were looked at.
    ReadPlace = "read_place",
    /// A place on the map was changed.
    ChangePlace = "change_place",
    /// A walking route was published.
    PublishRoute = "publish_route",
    /// A walking route was archived or restored.
    ChangeRoute = "change_route",
    /// A guided outing was made, changed or cancelled, or a host was asked.
    ChangeOuting = "change_outing",
    /// Who takes part in an outing was looked at.
    ReadParticipants = "read_participants",
    /// People were put forward for an outing, decided on, or marked as present or absent.
    ChangeParticipants = "change_participants",
    /// Visits or observations of walkers were looked at.
    ReadVisits = "read_visits",
    /// A visit was accepted, rejected or voided by a trainer.
    DecideVisit = "decide_visit",
    /// What the phones of others could not send was imported from a file.
    ImportVisits = "import_visits",
    /// An observation of a walker was answered.
    AnswerObservation = "answer_observation",
    /// A training programme was planned, opened or ended.
    ChangeProgramme = "change_programme",
    /// Where a department works was changed.
    ChangeOffice = "change_office",
    /// Who completed their training was looked at, by name.
    ReadCompletion = "read_completion",
    /// Those who have not completed their training were reminded.
    SendReminders = "send_reminders",
    /// Something that somebody asked for was granted or refused: an exemption, more time, study at a desk.
    DecideExemption = "decide_exemption",
    /// The archive of a year's training was made.
    MakeArchive = "make_archive",
    /// The register of disaster housing was looked at.
    ReadRegister = "read_register",
    /// The register of disaster housing was changed.
    ChangeRegister = "change_register",
    /// Which council a home belongs to was decided.
    DecideAssignment = "decide_assignment",
    /// What hints at a home's council was changed: its school district, or a rule on addresses.
    ChangeCouncilLink = "change_council_link",
    /// A gathering of councils was made, changed or cancelled.
    ChangeGathering = "change_gathering",
    /// Who takes part in a gathering was looked at.
    ReadGatheringAttendance = "read_gathering_attendance",
    /// Who was at a gathering was marked.
    ChangeGatheringAttendance = "change_gathering_attendance",
    /// What residents hand over was looked at.
    ReadHandovers = "read_handovers",
    /// What a resident hands over was released, or sent back.
    DecideHandover = "decide_handover",
    /// A retention period was changed.
    ChangeRetention = "change_retention",
    /// Personal data was erased after its retention period.
    Erase = "erase",
    /// A setting was changed.
    ChangeSettings = "change_settings",
}

/// Whether it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was tried and refused.
    Refused,
}

impl Outcome {
    /// The name in JSON and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

/// Somebody an entry concerns: by account, or by their place on the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Person {
    /// An account.
    Account(AccountId),
    /// A member of staff.
    Staff(StaffId),
    /// Somebody by a pseudonym: a random id that a feature knows whose it is. What would tell of a person by their place on the roster alone, such
    /// as that they live in disaster housing, is recorded so.
    Pseudonym(Uuid),
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Staff(id) => write!(f, "staff:{id}"),
            Self::Pseudonym(id) => write!(f, "pseudonym:{id}"),
        }
    }
}

/// Knows whose pseudonyms are whose.
pub trait Pseudonyms: Send + Sync {
    /// Those of a member of staff.
    fn of<'t>(&'t self, tx: &'t mut Tx, staff: StaffId) -> BoxFuture<'t, Result<Vec<Uuid>, DbError>>;

    /// Whose one is; nobody's where that is forgotten.
    fn whose<'t>(
        &'t self,
        tx: &'t mut Tx,
        pseudonym: Uuid,
    ) -> BoxFuture<'t, Result<Option<StaffId>, DbError>>;
}

/// What was acted upon, when it is no person: a dataset, a grant, a preview.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Object {
    /// Its kind, such as `dataset`; empty when there is none.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
}

/// An entry to be recorded. Nothing in it but [`Person`]s may point to a person.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What was done.
    pub action: Action,
    /// Whether it was done.
    pub outcome: Outcome,
    /// By whom; nobody when they are not signed in, or it was the service itself.
    pub actor: Option<Person>,
    /// The roles of the actor at that time.
    pub roles: Roles,
    /// Whom it concerns.
    pub subjects: Vec<Person>,
    /// What it concerns besides.
    pub object: Object,
    /// More, without personal data: names of fields, counts, reasons of the service's own.
    pub detail: Value,
    /// The request.
    pub request: String,
}

impl Entry {
    /// Something that the service, or an operator by a command, did by itself.
    #[must_use]
    pub fn by_service(action: Action) -> Self {
        Self {
            action,
            outcome: Outcome::Done,
            actor: None,
            roles: Roles::default(),
            subjects: Vec::new(),
            object: Object::default(),
            detail: Value::Object(serde_json::Map::new()),
            request: "command".into(),
        }
    }

    /// Something that somebody did who is not signed in.
    #[must_use]
    pub fn by_stranger(action: Action, request: RequestId) -> Self {
        Self { request: request.to_string(), ..Self::by_service(action) }
    }

    /// Something that a caller does.
    #[must_use]
    pub fn by(caller: &Caller, action: Action) -> Self {
        Self::by_principal(&caller.principal, caller.request, action)
    }

    /// Something that somebody does who is signed in.
    #[must_use]
    pub fn by_principal(principal: &Principal, request: RequestId, action: Action) -> Self {
        Self {
            actor: Some(Person::Account(principal.account)),
            roles: principal.roles,
            ..Self::by_stranger(action, request)
        }
    }

    /// Concerning these people.
    #[must_use]
    pub fn about(mut self, people: impl IntoIterator<Item = Person>) -> Self {
        self.subjects.extend(people);
        self
    }

    /// Concerning these members of staff.
    #[must_use]
    pub fn about_staff(self, staff: impl IntoIterator<Item = StaffId>) -> Self {
        self.about(staff.into_iter().map(Person::Staff))
    }

    /// Concerning something that is no person.
    #[must_use]
    pub fn on(mut self, kind: &'static str, id: impl fmt::Display) -> Self {
        self.object = Object { kind, id: id.to_string() };
        self
    }

    /// With more to say.
    #[must_use]
    pub fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }

    /// It was refused.
    #[must_use]
    pub const fn refused(mut self) -> Self {
        self.outcome = Outcome::Refused;
        self
    }
}

/// Records entries.
#[derive(Clone)]
pub struct Recorder {
    clock: SharedClock,
    random: SharedRandom,
}

impl Recorder {
    /// A recorder with a clock and a source of salts.
    #[must_use]
    pub const fn new(clock: SharedClock, random: SharedRandom) -> Self {
        Self { clock, random }
    }

    /// Writes an entry in the transaction of what it records.
    ///
    /// # Errors
    /// When it cannot be written; then the transaction must not be kept.
    pub async fn record(&self, tx: &mut Tx, entry: Entry) -> Result<EntryId, DbError> {
        let now: Timestamp = self.clock.now();
        let id = EntryId(self.random.id_at(now));
        let actor = entry.actor.iter().map(|person| ("actor", *person));
        let subjects = entry.subjects.iter().map(|person| ("subject", *person));
        let people: Vec<store::PersonRow> = actor
            .chain(subjects)
            .map(|(kind, person)| {
                let (person, salt) = (person.to_string(), self.random.bytes());
                store::PersonRow { kind, digest: digest::person(&person, &salt), person, salt }
            })
            .collect();
        store::insert(tx, id, now, &entry, &people).await?;
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_database_call_each_action_the_same() {
        for action in Action::ALL {
            assert_eq!(serde_json::to_value(action).unwrap(), action.as_str());
        }
    }

    #[test]
    fn the_interface_is_documented_with_the_names_that_are_sent() {
        use utoipa::PartialSchema as _;
        let schema = serde_json::to_value(Action::schema()).unwrap();
        let documented: Vec<&str> =
            schema["enum"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let sent: Vec<&str> = Action::ALL.iter().map(|action| action.as_str()).collect();
        assert_eq!(documented, sent);
    }
}
