//! Members of staff and departments.

use crate::ids;

ids! {
    /// The id of a member of staff. It stays when the number is erased.
    StaffId,
    /// The id of a department.
    DepartmentId,
}
