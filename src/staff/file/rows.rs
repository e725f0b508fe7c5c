//! Rows into people.

use std::collections::HashMap;

use crate::{
    clock::Date,
    sheet::{Reason, Table, japanese_date},
    staff::model::{Employment, Unfit, check_email, check_label, check_name, check_number},
};

use super::{
    Refused, Roster,
    columns::{Column, Columns},
    day_after,
    departments::{Departments, Place},
};

/// Somebody as a row says they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The row's line.
    pub line: u64,
    /// Their number.
    pub number: String,
    /// Their name.
    pub name: String,
    /// How it is read.
    pub kana: Option<String>,
    /// The code of their department.
    pub department: String,
    /// Their 職級; which tier that is, the ward's mapping says.
    pub grade: String,
    /// How they are employed, if the row says so.
    pub employment: Option<Employment>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// When they were hired.
    pub hired: Option<Date>,
    /// Their last day.
    pub left: Option<Date>,
    /// When they are on leave.
    pub leave: Option<Period>,
    /// When they are lent to another organisation.
    pub secondment: Option<Period>,
}

/// A time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub since: Date,
    /// The first day after it, if that is known.
    pub until: Option<Date>,
}

/// Reads all rows of a table.
pub(super) fn read(table: Table, columns: &Columns) -> Roster {
    let mut roster = Roster {
        has: columns.all(),
        ignored_columns: columns.ignored().to_vec(),
        refused: table
            .bad
            .into_iter()
            .map(|bad| Refused { line: bad.line, number: None, reason: bad.reason })
            .collect(),
        ..Roster::default()
    };
    let mut departments = Departments::default();
    for (_, cells) in &table.rows {
        if let Ok(place) = (Row { cells, columns }).place() {
            departments.learn(&place);
        }
    }
    let mut lines: HashMap<String, u64> = HashMap::new();
    for (line, cells) in &table.rows {
        let row = Row { cells, columns };
        if row.is_concurrent_post() {
            roster.concurrent_posts += 1;
            continue;
        }
        let number = check_number(row.text(Column::Number));
        let outcome = match &number {
            Ok(number) => match lines.insert(number.clone(), *line) {
                Some(other) => Err(twice(*line, other)),
                None => row.draft(*line, number, &mut departments),
            },
            Err(why) => Err(unfit(*why, row.text(Column::Number), "職員番号", "staff number")),
        };
        match outcome {
            Ok(draft) => roster.drafts.push(draft),
            Err(reason) => roster.refused.push(Refused { line: *line, number: number.ok(), reason }),
        }
    }
    refuse_the_first_of_two(&mut roster);
    roster.refused.sort_by_key(|refused| refused.line);
    roster.departments = departments.into_nodes();
    roster
}

/// Of two rows with one number, nobody knows which is right.
fn refuse_the_first_of_two(roster: &mut Roster) {
    let twice_named: HashMap<String, u64> = roster
        .refused
        .iter()
        .filter_map(|refused| refused.number.clone().map(|number| (number, refused.line)))
        .collect();
    let (kept, firsts) = std::mem::take(&mut roster.drafts)
        .into_iter()
        .partition(|draft: &Draft| !twice_named.contains_key(&draft.number));
    roster.drafts = kept;
    for draft in firsts {
        let other = twice_named.get(&draft.number).copied().unwrap_or(draft.line);
        roster.refused.push(Refused {
            line: draft.line,
            reason: twice(draft.line, other),
            number: Some(draft.number),
        });
    }
}

fn twice(line: u64, other: u64) -> Reason {
    let (first, second) = (line.min(other), line.max(other));
    Reason::new(
        format!(
            "同じ職員番号が{first}行目と{second}行目にあります。兼務の行なら「本務兼務」の列を加え、誤りなら一方を消してください。"
        ),
        format!(
            "Lines {first} and {second} have the same staff number. If one is a concurrent post, add a 本務兼務 column; if it is a mistake, remove one."
        ),
    )
}

fn unfit(why: Unfit, text: &str, ja: &str, en: &str) -> Reason {
    match why {
        Unfit::Empty => Reason::new(format!("{ja}がありません。"), format!("The {en} is missing.")),
        Unfit::TooLong => Reason::new(format!("{ja}が長すぎます。"), format!("The {en} is too long.")),
        Unfit::Malformed => Reason::new(
            format!("{ja}「{text}」を読み取れません。ファイルを直してください。"),
            format!("The {en} “{text}” cannot be read. Please mend the file."),
        ),
    }
}

struct Row<'r> {
    cells: &'r [String],
    columns: &'r Columns,
}

impl Row<'_> {
    fn text(&self, column: Column) -> &str {
        self.columns.text(self.cells, column)
    }

    fn is_concurrent_post(&self) -> bool {
        ["兼務", "併任", "兼職", "concurrent"].iter().any(|word| self.text(Column::Post).contains(word))
    }

    fn name(&self) -> Result<String, Reason> {
        let whole = self.text(Column::Name);
        let name = if whole.is_empty() {
            format!("{} {}", self.text(Column::FamilyName), self.text(Column::GivenName))
        } else {
            whole.to_owned()
        };
        check_name(&name).map_err(|why| unfit(why, &name, "氏名", "name"))
    }

    /// The department's names: of the columns 部, 課 and 係, or of 所属 with its parts set apart.
    fn place(&self) -> Result<Place, Reason> {
        let steps = [Column::Division, Column::Section, Column::Unit].map(|column| self.text(column));
        let mut path: Vec<String> = Vec::new();
        for step in steps.into_iter().filter(|step| !step.is_empty()) {
            path.push(part(step)?);
        }
        let whole = self.text(Column::Department);
        if !whole.is_empty() {
            let mut parts: Vec<String> = Vec::new();
            for piece in whole.split(['/', '／', '>', '＞', ' ', '　']).filter(|piece| !piece.is_empty()) {
                parts.push(part(piece)?);
            }
            // 所属 beside 部・課・係 names the last of them, or one below.
            if path.is_empty() {
                path = parts;
            } else if let Some(last) = parts.pop()
                && path.last() != Some(&last)
            {
                path.push(last);
            }
        }
        if path.is_empty() {
            return Err(Reason::new("所属がありません。", "The department is missing."));
        }
        let code = self.text(Column::DepartmentCode);
        let code = if code.is_empty() { None } else { Some(part(code)?) };
        Ok(Place { path, code })
    }

    fn draft(&self, line: u64, number: &str, departments: &mut Departments) -> Result<Draft, Reason> {
        let name = self.name()?;
        let optional =
            |column, ja: &str, en: &str, check: fn(&str) -> Result<String, Unfit>| match self.text(column) {
                "" => Ok(None),
                text => check(text).map(Some).map_err(|why| unfit(why, text, ja, en)),
            };
        let kana = optional(Column::Kana, "フリガナ", "reading", check_label)?;
        let email = optional(Column::Email, "メールアドレス", "e-mail address", check_email)?;
        let grade = self.text(Column::Grade);
        let grade = check_label(grade).map_err(|why| unfit(why, grade, "職級", "grade"))?;
        let hired = self.day(Column::Hired, "採用年月日", "date of hiring")?;
        let left = self.day(Column::Left, "退職年月日", "last day")?.filter(|day| *day != Date::MAX);
        if let (Some(hired), Some(left)) = (hired, left)
            && left < hired
        {
            return Err(Reason::new(
                "退職年月日が採用年月日より前です。",
                "The last day is before the day of hiring.",
            ));
        }
        let leave = self.period(Column::LeaveSince, Column::LeaveUntil, "休職", "leave")?;
        let secondment =
            self.period(Column::SecondmentSince, Column::SecondmentUntil, "派遣", "secondment")?;
        let employment = self.employment()?;
        let department = departments.enter(&self.place()?)?;
        let number = number.to_owned();
        Ok(Draft {
            line,
            number,
            name,
            kana,
            department,
            grade,
            employment,
            email,
            hired,
            left,
            leave,
            secondment,
        })
    }

    fn employment(&self) -> Result<Option<Employment>, Reason> {
        let text = self.text(Column::Employment);
        if text.is_empty() {
            return Ok(None);
        }
        Employment::of_words(text).map(Some).ok_or_else(|| {
            Reason::new(
                format!("任用形態「{text}」が分かりません。常勤・再任用・任期付・会計年度任用・臨時的任用・特別職・派遣受入のどれかにしてください。"),
                format!("The employment “{text}” is not known. Please use 常勤, 再任用, 任期付, 会計年度任用, 臨時的任用, 特別職 or 派遣受入."),
            )
        })
    }

    fn day(&self, column: Column, ja: &str, en: &str) -> Result<Option<Date>, Reason> {
        match self.text(column) {
            "" | "-" | "99999999" | "9999/99/99" => Ok(None),
            text => japanese_date(text).map(Some).ok_or_else(|| {
                Reason::new(
                    format!("{ja}「{text}」を日付として読み取れません。2026-04-01、令和8年4月1日 などの形にしてください。"),
                    format!("The {en} “{text}” is no date. Please write it like 2026-04-01 or 令和8年4月1日."),
                )
            }),
        }
    }

    fn period(&self, since: Column, until: Column, ja: &str, en: &str) -> Result<Option<Period>, Reason> {
        let begins = self.day(since, &format!("{ja}開始"), &format!("beginning of the {en}"))?;
        let ends = self.day(until, &format!("{ja}終了"), &format!("end of the {en}"))?;
        let ends = ends.filter(|day| *day != Date::MAX);
        match (begins, ends) {
            (None, None) => Ok(None),
            (None, Some(_)) => Err(Reason::new(
                format!("{ja}終了があり、{ja}開始がありません。"),
                format!("The {en} has an end and no beginning."),
            )),
            (Some(since), Some(last)) if last < since => Err(Reason::new(
                format!("{ja}終了が{ja}開始より前です。"),
                format!("The {en} ends before it begins."),
            )),
            (Some(since), last) => Ok(Some(Period { since, until: last.map(day_after) })),
        }
    }
}

fn part(text: &str) -> Result<String, Reason> {
    check_name(text).map(|name| name.replace('/', "／")).map_err(|why| unfit(why, text, "所属", "department"))
}

#[cfg(test)]
mod tests {
    use super::super::read as read_file;
    use super::*;

    const HEADINGS: &str =
        "職員番号,氏名,部,課,職級,任用形態,採用年月日,退職年月日,休職開始,休職終了,本務兼務";

    fn roster(rows: &str) -> Roster {
        read_file(format!("{HEADINGS}\n{rows}").as_bytes()).unwrap()
    }

    #[test]
    fn a_row_becomes_somebody() {
        let roster =
            roster("００１,見本　あゆみ,総務部,人事課,係長,常勤,令和2年4月1日,,R8.5.1,R8.5.31,本務\n");
        let draft = &roster.drafts[0];
        assert_eq!((&*draft.number, &*draft.name, draft.line), ("001", "見本 あゆみ", 2));
        assert_eq!(draft.department, "総務部/人事課");
        assert_eq!(draft.hired, Some(Date::constant(2020, 4, 1)));
        let leave = draft.leave.unwrap();
        // A file says the last day.
        assert_eq!(
            (leave.since, leave.until),
            (Date::constant(2026, 5, 1), Some(Date::constant(2026, 6, 1)))
        );
        assert_eq!(roster.departments.len(), 2);
    }

    #[test]
    fn a_bad_row_is_refused_with_its_line_and_a_reason() {
        let roster = roster(
            "1,見本 一,総務部,,係長,常勤,いつか,,,,\n,見本 二,総務部,,係長,,,,,,\n3,,総務部,,係長,,,,,,\n4,見本 四,,,係長,,,,,,\n5,見本 五,総務部,,,,,,,,\n6,見本 六,総務部,,係長,謎,,,,,\n7,見本 七,総務部,,係長,,2026-04-01,2020-01-01,,,\n8,見本 八,総務部,,係長,,,,,2026-05-01,\n9,見本 九,総務部,,係長,,,,2026-05-02,2026-05-01,\n",
        );
        assert!(roster.drafts.is_empty());
        let lines: Vec<u64> = roster.refused.iter().map(|refused| refused.line).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert!(roster.refused[0].reason.ja.contains("いつか"));
        assert_eq!(roster.refused[0].number.as_deref(), Some("1"));
        assert_eq!(roster.refused[1].number, None);
    }

    #[test]
    fn two_rows_with_one_number_are_both_refused_and_a_concurrent_post_is_passed_over() {
        let roster = roster(
            "1,見本 一,総務部,,係長,,,,,,本務\n1,見本 一,総務部,人事課,係長,,,,,,兼務\n2,見本 二,総務部,,係長,,,,,,\n2,見本 弐,総務部,,係長,,,,,,\n",
        );
        assert_eq!(roster.drafts.len(), 1);
        assert_eq!(roster.concurrent_posts, 1);
        assert_eq!(roster.refused.len(), 2);
        assert!(roster.refused.iter().all(|refused| refused.reason.en.contains("Lines 4 and 5")));
    }

    #[test]
    fn cp932_and_a_department_in_one_cell_are_read() {
        let text = "職員番号,氏名,所属名,所属コード,職級\n1,見本 一,総務部　人事課,1010,係長\n";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        let roster = read_file(&bytes).unwrap();
        assert_eq!(roster.drafts[0].department, "1010");
        assert_eq!(roster.departments[1].name, "人事課");
        assert_eq!(roster.departments[1].parent.as_deref(), Some("総務部"));
    }

    proptest::proptest! {
        #[test]
        fn no_row_makes_it_panic(rows in "[0-9,一二\"\n/.RH令和年月日 -]{0,120}") {
            let _ = read_file(format!("{HEADINGS}\n{rows}").as_bytes());
        }
    }
}
