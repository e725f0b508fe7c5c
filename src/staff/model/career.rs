//! Where people were, and when they were away, without who they are.

use crate::clock::Date;

use super::{Absence, DepartmentId, Employment, StaffId, TierId};

/// Where somebody was for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The first day.
    pub from: Date,
    /// The first day on which it is over.
    pub to: Date,
    /// The department.
    pub department: DepartmentId,
    /// The tier.
    pub tier: TierId,
    /// How they were employed.
    pub employment: Employment,
}

/// Where somebody was, and when they were away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Career {
    /// Who.
    pub staff: StaffId,
    /// When they joined, where that is known.
    pub hired_on: Option<Date>,
    /// Where they were, in the order of days.
    pub posts: Vec<Post>,
    /// When they were away.
    pub absences: Vec<Absence>,
}

/// A department below another for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The department.
    pub department: DepartmentId,
    /// The one above.
    pub parent: DepartmentId,
    /// The first day.
    pub from: Date,
    /// The first day on which it is over.
    pub to: Date,
}
