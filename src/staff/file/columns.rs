//! Which column of a file is what.

use crate::sheet::{Headings, Named};

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// 職員番号.
    Number,
    /// 氏名.
    Name,
    /// 氏: the first half, where a file has two.
    FamilyName,
    /// 名.
    GivenName,
    /// フリガナ.
    Kana,
    /// 所属コード.
    DepartmentCode,
    /// 所属, perhaps with those above it before it.
    Department,
    /// 部.
    Division,
    /// 課.
    Section,
    /// 係.
    Unit,
    /// 職級.
    Grade,
    /// 任用形態.
    Employment,
    /// 採用年月日.
    Hired,
    /// 退職年月日.
    Left,
    /// 休職開始.
    LeaveSince,
    /// 休職終了.
    LeaveUntil,
    /// 派遣開始.
    SecondmentSince,
    /// 派遣終了.
    SecondmentUntil,
    /// メールアドレス.
    Email,
    /// 本務・兼務.
    Post,
}

/// The headings of wards.
const HEADINGS: &Named<Column> = &[
    (
        Column::Number,
        &[
            "職員番号",
            "職員no",
            "職員no.",
            "職員コード",
            "職員id",
            "個人番号(職員)",
            "staffnumber",
            "employeenumber",
            "employeeid",
            "staffid",
            "staff_number",
            "employee_number",
            "number",
        ],
    ),
    (Column::Name, &["氏名", "職員氏名", "名前", "漢字氏名", "氏名(漢字)", "name", "fullname", "full_name"]),
    (Column::FamilyName, &["氏", "姓", "familyname", "family_name", "lastname"]),
    (Column::GivenName, &["名", "givenname", "given_name", "firstname"]),
    (
        Column::Kana,
        &[
            "氏名かな",
            "氏名(かな)",
            "ふりがな",
            "かな氏名",
            "職員氏名かな",
            "name_kana",
            "namekana",
            "kana",
            "氏名ふりがな",
            "氏名(ふりがな)",
            "reading",
        ],
    ),
    (
        Column::DepartmentCode,
        &[
            "所属こーど",
            "所属cd",
            "部署こーど",
            "組織こーど",
            "課こーど",
            "係こーど",
            "departmentcode",
            "department_code",
        ],
    ),
    (
        Column::Department,
        &[
            "所属",
            "所属名",
            "所属名称",
            "所属部署",
            "部署",
            "部署名",
            "組織",
            "組織名",
            "department",
            "departmentname",
            "department_name",
        ],
    ),
    (Column::Division, &["部", "部名", "部局", "部局名", "部名称", "局", "division"]),
    (Column::Section, &["課", "課名", "課室", "課室名", "課名称", "section"]),
    (Column::Unit, &["係", "係名", "担当", "担当名", "係名称", "班", "unit"]),
    (
        Column::Grade,
        &[
            "職級",
            "職層",
            "職層名",
            "補職",
            "補職名",
            "職名",
            "職務の級",
            "役職",
            "役職名",
            "職位",
            "職級名",
            "grade",
            "title",
            "position",
        ],
    ),
    (
        Column::Employment,
        &[
            "任用形態",
            "雇用形態",
            "任用区分",
            "雇用区分",
            "職員区分",
            "勤務形態",
            "employment",
            "employmenttype",
            "employment_type",
        ],
    ),
    (
        Column::Hired,
        &[
            "採用年月日",
            "採用日",
            "入職日",
            "任用開始日",
            "任用年月日",
            "hired",
            "hiredon",
            "hired_on",
            "hiredate",
        ],
    ),
    (
        Column::Left,
        &[
            "退職年月日",
            "退職日",
            "退職予定日",
            "任用終了日",
            "任期終了日",
            "left",
            "lefton",
            "left_on",
            "leavedate",
        ],
    ),
    (
        Column::LeaveSince,
        &[
            "休職開始",
            "休職開始日",
            "休職開始年月日",
            "休業開始日",
            "休業開始",
            "育休開始日",
            "休職等開始日",
            "leavesince",
            "leave_since",
            "leavestart",
        ],
    ),
    (
        Column::LeaveUntil,
        &[
            "休職終了",
            "休職終了日",
            "休職終了年月日",
            "休業終了日",
            "休業終了",
            "育休終了日",
            "休職等終了日",
            "leaveuntil",
            "leave_until",
            "leaveend",
        ],
    ),
    (
        Column::SecondmentSince,
        &[
            "派遣開始",
            "派遣開始日",
            "派遣開始年月日",
            "出向開始日",
            "出向開始",
            "secondmentsince",
            "secondment_since",
            "secondmentstart",
        ],
    ),
    (
        Column::SecondmentUntil,
        &[
            "派遣終了",
            "派遣終了日",
            "派遣終了年月日",
            "出向終了日",
            "出向終了",
            "secondmentuntil",
            "secondment_until",
            "secondmentend",
        ],
    ),
    (
        Column::Email,
        &[
            "めーるあどれす",
            "めーる",
            "e-mail",
            "email",
            "mail",
            "電子めーる",
            "電子めーるあどれす",
            "emailaddress",
        ],
    ),
    (Column::Post, &["本務兼務", "本務兼務区分", "本兼区分", "兼務区分", "兼務", "発令区分", "post"]),
];

/// A column is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file has no column for {}", .0.en())]
pub struct NoColumn(pub Column);

impl Column {
    /// What it is called in English.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Number => "the staff number (職員番号)",
            Self::Name => "the name (氏名)",
            Self::Department => "the department (所属, or 部・課・係)",
            Self::Grade => "the grade (職級)",
            _ => "what is needed",
        }
    }

    /// What it is called in Japanese.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Number => "職員番号",
            Self::Name => "氏名",
            Self::Department => "所属(または部・課・係)",
            Self::Grade => "職級(職層・補職)",
            _ => "必要な項目",
        }
    }
}

/// Where each column stands.
#[derive(Clone, Debug)]
pub(super) struct Columns(Headings<Column>);

impl Columns {
    /// Finds the columns among headings.
    pub(super) fn find(headings: &[String]) -> Result<Self, NoColumn> {
        let columns = Headings::find(headings, HEADINGS);
        let has = |column| columns.has(column);
        let has_name = has(Column::Name) || (has(Column::FamilyName) && has(Column::GivenName));
        let has_department =
            [Column::Department, Column::Division, Column::Section, Column::Unit].into_iter().any(has);
        for (is_there, column) in [
            (has(Column::Number), Column::Number),
            (has_name, Column::Name),
            (has_department, Column::Department),
            (has(Column::Grade), Column::Grade),
        ] {
            if !is_there {
                return Err(NoColumn(column));
            }
        }
        Ok(Self(columns))
    }

    /// What a row has in a column.
    pub(super) fn text<'a>(&self, cells: &'a [String], column: Column) -> &'a str {
        self.0.text(cells, column)
    }

    /// The columns that are there.
    pub(super) fn all(&self) -> Vec<Column> {
        self.0.all()
    }

    /// Headings that mean nothing here.
    pub(super) fn ignored(&self) -> &[String] {
        self.0.ignored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(headings: &[&str]) -> Result<Columns, NoColumn> {
        Columns::find(&headings.iter().map(|heading| (*heading).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn columns_are_known_by_the_names_that_wards_give_them() {
        let columns =
            find(&["職員番号", "氏名", "フリガナ", "部", "課", "係", "補職", "雇用形態", "好物"]).unwrap();
        assert_eq!(columns.0.at(Column::Kana), Some(2));
        assert_eq!(columns.0.at(Column::Unit), Some(5));
        assert_eq!(columns.0.at(Column::Grade), Some(6));
        assert_eq!(columns.ignored(), ["好物"]);
        assert!(find(&["Staff Number", "Name", "Department", "Grade", "E-mail"]).is_ok());
        assert!(find(&["職員コード", "氏 名", "所属コード", "所属名", "職 層"]).is_ok());
        assert!(find(&["職員番号", "姓", "名", "所属", "職級"]).is_ok());
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(find(&["氏名", "所属", "職級"]).unwrap_err(), NoColumn(Column::Number));
        assert_eq!(find(&["職員番号", "所属", "職級"]).unwrap_err(), NoColumn(Column::Name));
        assert_eq!(find(&["職員番号", "氏名", "職級"]).unwrap_err(), NoColumn(Column::Department));
        assert_eq!(find(&["職員番号", "氏名", "所属"]).unwrap_err(), NoColumn(Column::Grade));
    }
}
