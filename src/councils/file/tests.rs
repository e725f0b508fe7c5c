//! What wards write in lists of homes.

use proptest::prelude::*;

use crate::{
    clock::Date,
    geo::Position,
    http::Language,
    sheet::BadTable,
    table::{TableFormat, write},
};

use super::*;

const HEADINGS: &str = "住宅名,住所,部屋番号,職員番号,入居日,退居日,備考,経度,緯度";

fn listing(rows: &str) -> Listing {
    read(format!("{HEADINGS}\n{rows}").as_bytes()).unwrap()
}

#[test]
fn a_row_is_read_as_wards_write_it() {
    let found = listing(
        "【見本】なみの寮,架空町1-2-3,１０１,９００００１,令和8年4月1日,R9.3.31,鍵は2本,１３９．７５,35.66度\n\
         【見本】なみの寮,,102,,,,,,\n【見本】なみの寮,,103,空室,－,なし,改修中,,\n",
    );
    assert_eq!(found.refused, []);
    let [first, second, third] = &found.drafts[..] else { panic!("{found:?}") };
    assert_eq!((first.line, &*first.housing, &*first.unit), (2, "【見本】なみの寮", "１０１"));
    assert_eq!(first.address.as_deref(), Some("架空町1-2-3"));
    assert_eq!(first.location, Some(Position([139.75, 35.66])));
    let resident = Resident {
        number: "900001".into(),
        from: Some(Date::constant(2026, 4, 1)),
        until: Some(Date::constant(2027, 3, 31)),
    };
    assert_eq!((first.resident.as_ref(), first.note.as_deref()), (Some(&resident), Some("鍵は2本")));
    assert_eq!((&second.resident, &second.address, second.location), (&None, &None, None));
    assert_eq!((&third.resident, third.note.as_deref()), (&None, Some("改修中")));
}

#[test]
fn columns_are_known_by_other_names_too_and_in_any_order() {
    for headings in [
        "部屋,建物名,職員コード,入居年月日,退去日,好物",
        "号室,災害対策住宅名,職員ＮＯ,入居開始日,退去予定日,好物",
        "Room,Building,Staff Number,Moved in,Moved out,好物",
        "unit,housing_name,employee_id,from,until,好物",
    ] {
        let file = format!("{headings}\n101,見本寮,1,2026-04-01,2026-05-01,梨\n");
        let found = read(file.as_bytes()).unwrap();
        let draft = &found.drafts[0];
        assert_eq!((&*draft.housing, &*draft.unit), ("見本寮", "101"), "{headings}");
        assert_eq!(draft.resident.as_ref().unwrap().until, Some(Date::constant(2026, 5, 1)), "{headings}");
        assert_eq!(found.ignored_columns, ["好物"]);
    }
}

#[test]
fn a_row_that_cannot_be_read_is_refused_with_its_line_and_the_reason() {
    let found = listing(
        ",見本町,101,,,,,,\n見本寮,,,,,,,,\n見本寮,,101,1,いつか,,,,\n見本寮,,101,1,2026-04-02,2026-04-01,,,\n\
         見本寮,,101,,2026-04-01,,,,\n見本寮,,101,1/2,,,,,\n見本寮,,101,,,,,139.7,\n見本寮,,101,,,,,139.7,95\n",
    );
    assert_eq!(found.drafts, []);
    let lines: Vec<u64> = found.refused.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9]);
    for (row, word) in
        found.refused.iter().zip(["住宅名", "部屋番号", "いつか", "退居日", "職員番号", "1/2", "緯度", "95"])
    {
        assert!(row.reason.ja.contains(word), "{word}: {row:?}");
        assert!(!row.reason.en.is_empty());
    }
    assert_eq!(found.refused[2].says, ["見本寮", "101", "1"]);
    let long = listing(&format!("{},見本町,101,,,,,,\n", "寮".repeat(LONGEST_NAME + 1)));
    assert!(long.refused[0].reason.ja.contains("100文字"), "{long:?}");
}

#[test]
fn a_file_without_what_is_needed_is_refused_as_a_whole() {
    let bad = |text: &str| read(text.as_bytes()).unwrap_err();
    assert!(matches!(bad("部屋番号,職員番号\n1,1\n"), BadListing::Columns(NoColumn(Column::Housing))));
    assert!(matches!(bad("住宅名,職員番号\n1,1\n"), BadListing::Columns(NoColumn(Column::Unit))));
    assert!(matches!(bad(&format!("{HEADINGS}\n")), BadListing::NoRows));
    assert!(matches!(bad(""), BadListing::Table(BadTable::File(_))));
    let many = format!("{HEADINGS}\n{}", "見本寮,,101,,,,,,\n".repeat(MOST_ROWS + 1));
    assert!(matches!(bad(&many), BadListing::TooManyRows(5_001)));
}

#[test]
fn cp932_and_workbooks_say_what_utf_8_says() {
    let lines = [
        Line {
            housing: "【見本】髙橋寮".into(),
            address: "架空町一丁目2番3号".into(),
            location: Position([139.751_234_5, 35.661_234_5]),
            unit: "101".into(),
            resident: Some(("900001".into(), Date::constant(2026, 4, 1), Some(Date::constant(2027, 3, 31)))),
            note: "=鍵は2本\n裏口".into(),
        },
        Line {
            housing: "【見本】髙橋寮".into(),
            address: "架空町一丁目2番3号".into(),
            location: Position([139.751_234_5, 35.661_234_5]),
            unit: "102".into(),
            resident: None,
            note: String::new(),
        },
    ];
    for language in [Language::Ja, Language::En] {
        let table = table(&lines, Date::constant(2026, 11, 29), language);
        let [excel, utf8, cp932] =
            TableFormat::ALL.map(|format| read(&write(&table, format).unwrap()).unwrap());
        assert_eq!(utf8.refused, []);
        assert_eq!(utf8.drafts[0].note.as_deref(), Some("=鍵は2本\n裏口"));
        assert_eq!(utf8.drafts[0].location, Some(lines[0].location));
        let without_lines = |listing: Listing| {
            listing.drafts.into_iter().map(|draft| Draft { line: 0, ..draft }).collect::<Vec<_>>()
        };
        let [excel, utf8, cp932] = [excel, utf8, cp932].map(without_lines);
        assert_eq!((&excel, &cp932), (&utf8, &utf8));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_row_makes_it_panic(rows in "[0-9,一二\"\n/.RH令和年月日寮 '=+-]{0,160}") {
        if let Ok(found) = read(format!("{HEADINGS}\n{rows}").as_bytes()) {
            let mut lines: Vec<u64> = found.drafts.iter().map(|draft| draft.line).collect();
            lines.extend(found.refused.iter().map(|row| row.line));
            // Each row is read or refused, once.
            let count = lines.len();
            lines.sort_unstable();
            lines.dedup();
            prop_assert_eq!(lines.len(), count);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), begin in any::<bool>()) {
        let _ = read(&if begin { [HEADINGS.as_bytes(), b"\n", &bytes].concat() } else { bytes });
    }
}
