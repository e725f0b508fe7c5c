//! The JSON of the roster.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::{
    auth::{Caller, Scope},
    clock::Date,
    staff::{
        model::{Absence, AbsenceKind, Employment, LEFT_OPEN, Tier},
        plan::{Counts, Summary},
        store::{ChangeKind, ChangeRow, Found, Person, PersonSpell},
    },
};

/// How much of a person somebody sees: those who keep the roster all of it, managers the least that they need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// Name, number, department and tier.
    Little,
    /// Everything.
    All,
}

impl Sight {
    pub(super) fn of(caller: &Caller) -> Self {
        if caller.scope == Scope::Any { Self::All } else { Self::Little }
    }
}

/// A department's id and name.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentRef {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Somebody in a list. Managers see `id`, `number`, `name`, `department` and `tier` alone.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffItem {
    /// Their id.
    pub id: String,
    /// Their number.
    pub number: Option<String>,
    /// Their name.
    pub name: String,
    /// Their department.
    pub department: DepartmentRef,
    /// Their tier.
    pub tier: String,
    /// How the name is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_kana: Option<String>,
    /// Their 職級.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// How they are employed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employment: Option<Employment>,
    /// Their e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Their last day, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_on: Option<String>,
    /// Why they do not work here on that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absence: Option<AbsenceKind>,
}

impl StaffItem {
    pub(super) fn new(found: Found, absence: Option<&Absence>, sight: Sight) -> Self {
        let all = sight == Sight::All;
        Self {
            id: found.staff.to_string(),
            number: Some(found.number),
            name: found.name,
            department: DepartmentRef { id: found.department.to_string(), name: found.department_name },
            tier: found.tier,
            name_kana: found.name_kana.filter(|_| all),
            grade: all.then_some(found.grade),
            employment: all.then_some(found.employment),
            email: found.email.filter(|_| all),
            left_on: found.left_on.filter(|_| all),
            absence: absence.filter(|_| all).map(|absence| absence.kind),
        }
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffList {
    /// Those on this page, by number.
    pub staff: Vec<StaffItem>,
    /// How many there are on all pages.
    pub total: i64,
    /// The day that was asked for.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
    /// Where the next page is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// What somebody was for a time.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpellItem {
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The last day; none when it is not known.
    #[schema(value_type = Option<String>, format = Date)]
    pub last: Option<Date>,
    /// Their name.
    pub name: String,
    /// How it is read.
    pub name_kana: Option<String>,
    /// Their department, as it was called.
    pub department: DepartmentRef,
    /// Their tier.
    pub tier: String,
    /// Their 職級.
    pub grade: String,
    /// How they were employed.
    pub employment: Employment,
    /// Their e-mail address.
    pub email: Option<String>,
}

impl SpellItem {
    fn new(spell: &PersonSpell) -> Self {
        let (facts, to) = (&spell.spell.facts, spell.spell.to);
        Self {
            from: spell.spell.from,
            last: (to != LEFT_OPEN).then(|| to.yesterday().unwrap_or(to)),
            name: facts.name.clone(),
            name_kana: facts.name_kana.clone(),
            department: DepartmentRef {
                id: spell.department.to_string(),
                name: spell.department_name.clone(),
            },
            tier: facts.tier.clone(),
            grade: facts.grade.clone(),
            employment: facts.employment,
            email: facts.email.clone(),
        }
    }
}

/// Somebody with their history. Managers see who they are today alone.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffDocument {
    /// Their id.
    pub id: String,
    /// Their number; none once it is erased.
    pub number: Option<String>,
    /// Their name.
    pub name: String,
    /// Their department, today or at last.
    pub department: DepartmentRef,
    /// Their tier.
    pub tier: String,
    /// Grows with every change; also the `ETag`.
    pub version: i64,
    /// When they were hired.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub hired_on: Option<Date>,
    /// Their last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub left_on: Option<Date>,
    /// What they were, the oldest first.
    pub spells: Vec<SpellItem>,
    /// When they were absent, the oldest first.
    pub absences: Vec<Absence>,
}

impl StaffDocument {
    /// Nothing where they never were anything.
    pub(super) fn new(person: &Person, today: Date, sight: Sight) -> Option<Self> {
        let now = person.on(today).or_else(|| person.spells.last())?;
        let all = sight == Sight::All;
        Some(Self {
            id: person.staff.to_string(),
            number: person.number.clone(),
            name: now.spell.facts.name.clone(),
            department: DepartmentRef { id: now.department.to_string(), name: now.department_name.clone() },
            tier: now.spell.facts.tier.clone(),
            version: person.version,
            hired_on: person.hired_on.filter(|_| all),
            left_on: person.left_on.filter(|_| all),
            spells: if all { person.spells.iter().map(SpellItem::new).collect() } else { Vec::new() },
            absences: if all { person.absences.clone() } else { Vec::new() },
        })
    }
}

/// A field that was given, be it as null.
#[expect(clippy::option_option, reason = "not given and given as null differ")]
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(reader: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(reader).map(Some)
}

/// What to change about somebody, from a day on. What is not given stays.
#[expect(clippy::option_option, reason = "not given and given as null differ")]
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeStaff {
    /// The day from which on it counts.
    #[schema(value_type = String, format = Date)]
    pub effective_on: Date,
    /// Why: kept with the change.
    pub reason: String,
    /// The name.
    pub name: Option<String>,
    /// How it is read.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub name_kana: Option<Option<String>>,
    /// The id of the department.
    pub department: Option<String>,
    /// The 職級.
    pub grade: Option<String>,
    /// The employment.
    pub employment: Option<Employment>,
    /// The e-mail address.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub email: Option<Option<String>>,
    /// When they were hired.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, format = Date)]
    pub hired_on: Option<Option<Date>>,
    /// All absences; those that are not among them are gone.
    pub absences: Option<Vec<Absence>>,
}

/// Somebody who comes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddStaff {
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub effective_on: Date,
    /// Why: kept with the change.
    pub reason: String,
    /// The staff number.
    pub number: String,
    /// The name.
    pub name: String,
    /// How it is read.
    pub name_kana: Option<String>,
    /// The id of the department.
    pub department: String,
    /// The 職級.
    pub grade: String,
    /// The employment.
    pub employment: Employment,
    /// The e-mail address.
    pub email: Option<String>,
}

/// Somebody who leaves.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndStaff {
    /// The last day; null when it turns out that they stay.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(value_type = Option<String>, format = Date, required)]
    pub last_day: Option<Date>,
    /// Why: kept with the change.
    pub reason: String,
}

/// A department as it stands on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentItem {
    /// Its id.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The one above.
    pub parent: Option<String>,
    /// How many stand above it.
    pub depth: usize,
}

/// The departments of a day, each behind the one above it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DepartmentsDocument {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
    /// In the order of the tree.
    pub departments: Vec<DepartmentItem>,
}

/// The tiers, the highest first.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TiersDocument {
    /// The tiers.
    pub tiers: Vec<Tier>,
}

/// How many there are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StaffCountItem)]
pub struct CountItem {
    /// The department.
    pub department: String,
    /// The tier.
    pub tier: String,
    /// How many.
    pub count: i64,
}

/// How many there are on a day, by department and tier.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StaffCountsDocument)]
pub struct CountsDocument {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
    /// In all.
    pub total: i64,
    /// By department and tier.
    pub counts: Vec<CountItem>,
}

/// What a file would change.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RosterPreviewDocument)]
pub struct PreviewDocument {
    /// Its id.
    pub id: String,
    /// The file's name.
    pub file_name: String,
    /// When it was brought.
    pub made_at: String,
    /// What it would change.
    pub summary: Summary,
}

/// A file that waits to be confirmed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RosterPreviewItem)]
pub struct PreviewItem {
    /// Its id.
    pub id: String,
    /// The file's name.
    pub file_name: String,
    /// The day from which on it counts.
    #[schema(value_type = String, format = Date)]
    pub effective_on: Date,
    /// When it was brought.
    pub made_at: String,
    /// How many of each.
    pub counts: Counts,
}

/// Files that wait to be confirmed, the newest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RosterPreviewsDocument)]
pub struct PreviewsDocument {
    /// The files.
    pub previews: Vec<PreviewItem>,
}

/// What whoever confirms says is right.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RosterConfirmPreview)]
pub struct ConfirmPreview {
    /// That the other rows are to be taken in though some are refused.
    #[serde(default)]
    pub accept_refused: bool,
    /// That so many leave.
    #[serde(default)]
    pub accept_leavers: bool,
}

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RosterConfirmedDocument)]
pub struct ConfirmedDocument {
    /// The change as it is kept; none when the file changed nothing.
    pub change: Option<String>,
    /// How many of each.
    pub counts: Counts,
}

/// A change that was made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RosterChangeItem)]
pub struct ChangeItem {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: ChangeKind,
    /// Who made it; none when an operator did by a command.
    pub by: Option<String>,
    /// Whom an edit concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff: Option<DepartmentRef>,
    /// The day from which on it counts.
    #[schema(value_type = String, format = Date)]
    pub effective_on: Date,
    /// Why.
    pub reason: String,
    /// The file.
    pub file_name: Option<String>,
    /// Counts of an import.
    pub counts: Option<Counts>,
    /// The fields of an edit.
    pub fields: Vec<String>,
    /// When it was made.
    pub made_at: String,
}

impl ChangeItem {
    pub(super) fn new(row: &ChangeRow, names: &std::collections::HashMap<String, String>) -> Self {
        let name = |id: String| names.get(&id).cloned();
        Self {
            id: row.id.to_string(),
            kind: row.kind,
            by: row.account.and_then(|account| name(account.to_string())),
            staff: row.staff.map(|staff| DepartmentRef {
                id: staff.to_string(),
                name: name(staff.to_string()).unwrap_or_default(),
            }),
            effective_on: row.effective_on,
            reason: row.reason.clone(),
            file_name: row.file_name.clone(),
            counts: (row.kind == ChangeKind::Import)
                .then(|| serde_json::from_str(&row.summary).ok())
                .flatten(),
            fields: if row.kind == ChangeKind::Edit {
                serde_json::from_str(&row.summary).unwrap_or_default()
            } else {
                Vec::new()
            },
            made_at: row.made_at.to_string(),
        }
    }
}

/// Changes, the newest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RosterChangesDocument)]
pub struct ChangesDocument {
    /// The changes.
    pub changes: Vec<ChangeItem>,
    /// Where older ones are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
