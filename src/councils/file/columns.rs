//! Which column of a file is what.

use crate::sheet::{Headings, Named};

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// 住宅名.
    Housing,
    /// 住所.
    Address,
    /// 経度.
    Longitude,
    /// 緯度.
    Latitude,
    /// 部屋番号.
    Unit,
    /// 職員番号.
    Staff,
    /// 入居日.
    From,
    /// 退居日.
    Until,
    /// 備考.
    Note,
}

/// The headings of wards.
const HEADINGS: &Named<Column> = &[
    (
        Column::Housing,
        &[
            "住宅名",
            "住宅名称",
            "住宅",
            "災害対策住宅名",
            "災害対策住宅",
            "建物名",
            "建物名称",
            "建物",
            "物件名",
            "寮名",
            "名称",
            "housing",
            "housing_name",
            "housing name",
            "building",
            "building_name",
            "building name",
        ],
    ),
    (Column::Address, &["住所", "所在地", "住宅住所", "住宅所在地", "建物住所", "所在", "address"]),
    (Column::Longitude, &["経度", "経度(度)", "東経", "x座標", "longitude", "lon", "lng", "long", "x"]),
    (Column::Latitude, &["緯度", "緯度(度)", "北緯", "y座標", "latitude", "lat", "y"]),
    (
        Column::Unit,
        &[
            "部屋番号",
            "部屋",
            "部屋名",
            "部屋no",
            "部屋no.",
            "号室",
            "室番号",
            "居室番号",
            "住戸",
            "住戸番号",
            "住戸名",
            "unit",
            "unit_name",
            "unit name",
            "room",
            "room_number",
            "room number",
        ],
    ),
    (
        Column::Staff,
        &[
            "職員番号",
            "職員no",
            "職員no.",
            "職員コード",
            "職員id",
            "入居者職員番号",
            "入居職員番号",
            "staff_number",
            "staff number",
            "employee_number",
            "employee number",
            "staff_id",
            "employee_id",
        ],
    ),
    (
        Column::From,
        &[
            "入居日",
            "入居年月日",
            "入居開始日",
            "入居開始年月日",
            "入居開始",
            "入居",
            "moved_in",
            "moved in",
            "move_in",
            "move-in date",
            "from",
        ],
    ),
    (
        Column::Until,
        &[
            "退居日",
            "退居年月日",
            "退去日",
            "退去年月日",
            "退居予定日",
            "退去予定日",
            "入居終了日",
            "退居",
            "退去",
            "moved_out",
            "moved out",
            "move_out",
            "move-out date",
            "until",
        ],
    ),
    (Column::Note, &["備考", "備考欄", "摘要", "メモ", "特記事項", "note", "notes", "remarks", "memo"]),
];

/// A column is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file has no column for {}", .0.en())]
pub struct NoColumn(pub Column);

impl Column {
    /// What it is called in English, as the template has it.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Housing => "Housing name",
            Self::Address => "Address",
            Self::Longitude => "Longitude",
            Self::Latitude => "Latitude",
            Self::Unit => "Unit",
            Self::Staff => "Staff number",
            Self::From => "Moved in",
            Self::Until => "Moved out",
            Self::Note => "Note",
        }
    }

    /// What it is called in Japanese, as the template has it.
    #[must_use]
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Housing => "住宅名",
            Self::Address => "住所",
            Self::Longitude => "経度",
            Self::Latitude => "緯度",
            Self::Unit => "部屋番号",
            Self::Staff => "職員番号",
            Self::From => "入居日",
            Self::Until => "退居日",
            Self::Note => "備考",
        }
    }
}

/// Finds the columns among headings: the building and the unit are needed.
pub(super) fn find(headings: &[String]) -> Result<Headings<Column>, NoColumn> {
    let columns = Headings::find(headings, HEADINGS);
    match [Column::Housing, Column::Unit].into_iter().find(|column| !columns.has(*column)) {
        Some(missing) => Err(NoColumn(missing)),
        None => Ok(columns),
    }
}
