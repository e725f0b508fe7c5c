use calamine::{Data, Reader as _, Xlsx};
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const MADE_ON: Date = date(2026, 11, 20);

fn table<const N: usize>(headings: [&'static str; N], rows: Vec<[Cell; N]>) -> Table<N> {
    Table { sheet: "表", made_on: MADE_ON, headings, rows }
}

/// The cells of a CSV as a spreadsheet has them, its headings first.
fn csv_cells(text: &str) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What stood in a cell of a CSV, when it is known what kind it is of.
fn cell_of(text: &str, like: &Cell) -> Cell {
    if text.is_empty() {
        return Cell::Empty;
    }
    match like {
        Cell::Empty | Cell::Text(_) => Cell::text(restored(text)),
        Cell::Whole(_) => Cell::Whole(text.parse().unwrap()),
        Cell::Share(_) => {
            let tenths = text.strip_suffix('%').unwrap().replace('.', "");
            Cell::Share(Share::per_mille(tenths.parse().unwrap()).unwrap())
        }
        Cell::Decimal(_) => Cell::Decimal(Decimal::rounded(text.parse().unwrap()).unwrap()),
        Cell::Day(_) => Cell::Day(text.parse().unwrap()),
    }
}

/// What stands in a cell of a workbook.
fn excel_cell(data: Option<&Data>, like: &Cell) -> Cell {
    match (data, like) {
        (None | Some(Data::Empty), _) => Cell::Empty,
        (Some(Data::String(text)), _) => Cell::text(restored(text)),
        (Some(Data::Float(number)), Cell::Share(_)) => {
            Cell::Share(Share::per_mille((number * 1_000.0).round() as u16).unwrap())
        }
        (Some(Data::Float(number)), Cell::Decimal(_)) => Cell::Decimal(Decimal::rounded(*number).unwrap()),
        (Some(Data::Float(number)), _) => Cell::Whole(*number as u32),
        (Some(Data::DateTime(moment)), _) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Cell::Day(Date::new(year.cast_signed(), month.cast_signed(), day.cast_signed()).unwrap())
        }
        (other, _) => panic!("{other:?}"),
    }
}

fn read_back<const N: usize>(table: &Table<N>, format: TableFormat) -> Vec<[Cell; N]> {
    let bytes = write(table, format).unwrap();
    let rows = &table.rows;
    if format == TableFormat::Excel {
        let mut workbook = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        let range = workbook.worksheet_range("表").unwrap();
        let like = |line: usize, column: usize| {
            excel_cell(range.get_value((line as u32 + 1, column as u32)), &rows[line][column])
        };
        return (0..rows.len()).map(|line| std::array::from_fn(|column| like(line, column))).collect();
    }
    let text = match format {
        TableFormat::Csv => String::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').unwrap().to_owned(),
        _ => {
            encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&bytes).unwrap().into()
        }
    };
    let cells = csv_cells(&text);
    assert_eq!(cells.len(), rows.len() + 1, "{text:?}");
    (0..rows.len())
        .map(|line| std::array::from_fn(|column| cell_of(&cells[line + 1][column], &rows[line][column])))
        .collect()
}

/// The text that a cell of a file really holds.
fn raw(text: &str, format: TableFormat) -> String {
    let bytes = write(&table(["見出し"], vec![[Cell::text(text)]]), format).unwrap();
    if format == TableFormat::Excel {
        let mut workbook = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert!(workbook.worksheet_formula("表").unwrap().is_empty(), "{text:?} became a formula");
        let range = workbook.worksheet_range("表").unwrap();
        return range.get_value((1, 0)).unwrap().to_string();
    }
    let (text, _, _) = match format {
        TableFormat::Csv => encoding_rs::UTF_8.decode(&bytes),
        _ => encoding_rs::SHIFT_JIS.decode(&bytes),
    };
    csv_cells(&text)[1][0].clone()
}

#[test]
fn no_text_begins_as_a_formula_in_any_format() {
    let dangerous = [
        "=1+1",
        "=HYPERLINK(\"http://example.com\")",
        "+81",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\n=1",
        "\r=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
        "\u{2212}1",
        "'=1",
        "''＝1",
    ];
    for text in dangerous {
        for format in TableFormat::ALL {
            let written = raw(text, format);
            assert!(written.starts_with('\''), "{format:?} {text:?}: {written:?}");
        }
    }
    for text in ["1+1", "a=b", "'90年代", "’=", "町会"] {
        assert_eq!(raw(text, TableFormat::Csv), text);
    }
}

#[test]
fn numbers_parts_and_days_stay_what_they_are() {
    let decimal = Cell::Decimal(Decimal::rounded(-0.4).unwrap());
    let row =
        [Cell::Whole(0), Cell::Share(Share::of(6, 7).unwrap()), decimal, Cell::Day(MADE_ON), Cell::Empty];
    let table = table(["人数", "修了率", "変化", "修了日", "備考"], vec![row.clone()]);
    let csv = String::from_utf8(write(&table, TableFormat::Csv).unwrap()).unwrap();
    assert_eq!(
        csv, "\u{feff}人数,修了率,変化,修了日,備考\r\n0,85.7%,-0.40,2026-11-20,\r\n",
        "a number is no formula"
    );
    for format in TableFormat::ALL {
        assert_eq!(read_back(&table, format), std::slice::from_ref(&row));
    }
}

#[test]
fn a_workbook_keeps_headings_and_is_the_same_each_time() {
    let table = table(["氏名", "期限"], vec![[Cell::text("髙橋"), Cell::Day(MADE_ON)]]);
    let bytes = write(&table, TableFormat::Excel).unwrap();
    let mut workbook = Xlsx::new(std::io::Cursor::new(bytes.clone())).unwrap();
    let range = workbook.worksheet_range("表").unwrap();
    assert_eq!(range.get_value((0, 0)), Some(&Data::String("氏名".into())));
    assert_eq!(write(&table, TableFormat::Excel).unwrap(), bytes);
}

#[test]
fn what_excel_writes_in_its_own_way_is_read_back() {
    for text in ["_x0041_", "  前後の空白  ", "改\n行", "\"引用\",と;区切り", "<b>&amp;</b>"] {
        let table = table(["見出し"], vec![[Cell::text(text)]]);
        for format in TableFormat::ALL {
            assert_eq!(read_back(&table, format), table.rows, "{format:?} {text:?}");
        }
    }
    let control = Cell::text("a\u{0}\u{b}b\u{1b}\r\nc\rd\u{ffff}");
    assert_eq!(control, Cell::text("ab\nc\nd"));
    assert_eq!(Cell::text("\u{1}"), Cell::Empty);
}

#[test]
fn a_name_that_cp932_has_is_kept_and_one_that_it_lacks_is_refused() {
    let of = |text: &str| write(&table(["氏名"], vec![[Cell::text(text)]]), TableFormat::CsvCp932);
    for name in ["髙橋", "山﨑", "德永", "①㈱", "ｶﾅ", "~\\"] {
        let bytes = of(name).unwrap();
        let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&bytes);
        assert_eq!((csv_cells(&text)[1][0].as_str(), broken), (name, false));
    }
    assert_eq!(of("𠮷野 葛\u{e0100} 𠮷"), Err(Unwritable::Lacking(Lacking(vec!['𠮷', '\u{e0100}']))));
    assert_eq!(of("𠮷").unwrap_err().to_string(), "𠮷 (U+20BB7)");
    // What stands twice in Unicode is one sign.
    let bytes = of("10〜20 ‖ − — ¢ £ ¬ ¥ ‾").unwrap();
    let (text, _, _) = encoding_rs::SHIFT_JIS.decode(&bytes);
    assert_eq!(csv_cells(&text)[1][0], "10～20 ∥ － ― ￠ ￡ ￢ ￥ ￣");
}

#[test]
fn what_no_sheet_can_hold_is_said() {
    let long = table(["見出し"], vec![[Cell::text(&"長".repeat(32_768))]]);
    assert!(matches!(write(&long, TableFormat::Excel), Err(Unwritable::Workbook(_))));
    assert!(write(&long, TableFormat::Csv).is_ok());
}

#[test]
fn the_whole_is_said_of_all_alone() {
    assert_eq!(Share::of(9_999, 10_000).unwrap().to_string(), "99.9%");
    assert_eq!(Share::of(1, 10_000).unwrap().to_string(), "0.1%");
    assert_eq!(Share::of(10_000, 10_000).unwrap().to_string(), "100.0%");
    assert_eq!(Share::of(0, 10_000).unwrap().to_string(), "0.0%");
    assert_eq!((Share::of(2, 1), Share::per_mille(1_001)), (None, None));
}

/// A cell of any kind, its text of characters that `within` knows.
fn a_cell(within: &'static str) -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        within.prop_map(|text| Cell::text(&text)),
        any::<u32>().prop_map(Cell::Whole),
        (0_u16..=1_000).prop_map(|tenths| Cell::Share(Share::per_mille(tenths).unwrap())),
        (0_i64..40_000).prop_map(|days| Cell::Day(date(1950, 1, 1) + jiff::Span::new().days(days))),
    ]
}

fn a_table(within: &'static str) -> impl Strategy<Value = Table<4>> {
    let row = proptest::array::uniform4(a_cell(within));
    proptest::collection::vec(row, 0..6).prop_map(|rows| table(["甲", "乙", "丙", "丁"], rows))
}

proptest! {
    /// What is read back is what was written.
    #[test]
    fn every_format_says_the_same(table in a_table("\\PC{0,12}|['=+@＝\t\n\r,;\"-]{0,4}.{0,6}")) {
        for format in [TableFormat::Excel, TableFormat::Csv] {
            prop_assert_eq!(&read_back(&table, format), &table.rows, "{:?}", format);
        }
        match write(&table, TableFormat::CsvCp932) {
            Ok(_) => {
                let same_sign = |cell: &Cell| match cell {
                    Cell::Text(text) => Cell::text(&cp932::as_windows(text.as_str())),
                    other => other.clone(),
                };
                let wanted: Vec<_> = table.rows.iter().map(|row| row.each_ref().map(same_sign)).collect();
                prop_assert_eq!(read_back(&table, TableFormat::CsvCp932), wanted);
            }
            // What is refused is refused for a character that is there.
            Err(Unwritable::Lacking(Lacking(lacking))) => {
                let csv = csv::write(&table);
                prop_assert!(!lacking.is_empty() && lacking.iter().all(|c| cp932::as_windows(&csv).contains(*c)));
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn names_of_a_ward_survive_cp932(table in a_table("[ぁ-んァ-ヶ一丁七万三髙﨑橋崎德ー・0-9A-Za-z=＝+ 　]{0,12}")) {
        prop_assert_eq!(read_back(&table, TableFormat::CsvCp932), table.rows);
    }

    /// No cell of text begins as a formula, whatever it says.
    #[test]
    fn nothing_begins_as_a_formula(text in "['=+@＝＋－＠\u{2212}\t\r\n-]{1,4}.{0,6}") {
        let written = neutralised(&text).into_owned();
        let is_risky = written.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\u{2212}']);
        prop_assert!(!is_risky, "{:?}", written);
        prop_assert_eq!(restored(&written), text);
    }
}
