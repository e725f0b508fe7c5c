//! Workbooks as Excel writes them: `.xlsx` by a library, `.xls` by hand.

use machiaruki::clock::Date;

/// One cell.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A number, such as a staff number that somebody typed.
    Number(f64),
    /// A day, as Excel keeps it: a number that is shown as one.
    Day(Date),
}

/// The cells of a CSV file as somebody would type them: staff numbers become numbers, ISO dates become days.
pub fn typed(csv: &str) -> Vec<Vec<Cell>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_bytes());
    let cell = |text: &str| match (text.parse::<Date>(), text.parse::<u32>()) {
        (Ok(day), _) => Cell::Day(day),
        (_, Ok(number)) if text.len() == 6 => Cell::Number(f64::from(number)),
        _ => Cell::Text(text.to_owned()),
    };
    reader.records().map(|row| row.unwrap().iter().map(cell).collect()).collect()
}

/// The number by which Excel means a day: days since 30 December 1899.
fn serial(day: Date) -> f64 {
    f64::from((day - Date::constant(1899, 12, 30)).get_days())
}

/// An `.xlsx` workbook: a sheet with notes, and one with a title above these rows.
pub fn xlsx(title: &str, rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().set_name("はじめに").unwrap().write(0, 0, title).unwrap();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy/mm/dd");
    let sheet = workbook.add_worksheet();
    sheet.set_name("名簿").unwrap().write(0, 0, title).unwrap();
    for (row, cells) in (2..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) if text.is_empty() => continue,
                Cell::Text(text) => sheet.write(row, column, text).unwrap(),
                Cell::Number(number) => sheet.write(row, column, *number).unwrap(),
                Cell::Day(on) => sheet.write_with_format(row, column, serial(*on), &day).unwrap(),
            };
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A record of BIFF8: its kind, its length, its content.
fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
}

/// BOF: version 8, what follows, and a build of Excel 97.
fn beginning(what: u16) -> Vec<u8> {
    let fields = [0x0600, what, 0x0DBB, 0x07CC, 0, 0, 0x0006, 0];
    record(0x0809, &fields.map(u16::to_le_bytes).concat())
}

/// Text in UTF-16 after its flags.
fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(1).chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

/// An `.xls` workbook (Excel 97 to 2003) with one sheet of these rows, after [MS-XLS]: the fewest records that a reader
/// needs.
pub fn xls(title: &str, rows: &[Vec<Cell>]) -> Vec<u8> {
    const END: u16 = 0x000A;
    // XF: a cell's format. Of its fields only the number format differs: 0 is General, 14 a date.
    let format = |number: u16| {
        record(0x00E0, &[0, number, 0x0001, 0x0020, 0, 0, 0, 0, 0, 0x20C0].map(u16::to_le_bytes).concat())
    };
    let name = "名簿";
    let sheet_name = [&[name.encode_utf16().count() as u8][..], &utf16(name)].concat();
    let globals = [beginning(0x0005), format(0), format(14)].concat();
    // BOUNDSHEET: where the sheet begins, that it is visible and a worksheet, and its name.
    let sheet_at = globals.len() + 4 + 6 + sheet_name.len() + 4;
    let at = u32::try_from(sheet_at).unwrap().to_le_bytes();
    let mut stream =
        [globals, record(0x0085, &[&at[..], &[0, 0], &sheet_name].concat()), record(END, &[])].concat();
    assert_eq!(stream.len(), sheet_at);

    stream.extend(beginning(0x0010));
    let title = vec![Cell::Text(title.to_owned())];
    let lines = std::iter::once((0_u16, &title)).chain((2..).zip(rows));
    for (row, cells) in lines {
        for (column, cell) in (0_u16..).zip(cells) {
            let place = |format: u16| [row, column, format].map(u16::to_le_bytes).concat();
            stream.extend(match cell {
                Cell::Text(text) if text.is_empty() => continue,
                Cell::Text(text) => {
                    let length = text.encode_utf16().count() as u16;
                    record(0x0204, &[place(0), length.to_le_bytes().to_vec(), utf16(text)].concat())
                }
                Cell::Number(number) => record(0x0203, &[place(0), number.to_le_bytes().to_vec()].concat()),
                Cell::Day(on) => record(0x0203, &[place(1), serial(*on).to_le_bytes().to_vec()].concat()),
            });
        }
    }
    stream.extend(record(END, &[]));
    compound(&stream)
}

const SECTOR: usize = 512;
const FREE: u32 = 0xFFFF_FFFF;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;

/// A compound file ([MS-CFB], version 3) with one stream: a header, one sector that says which sectors follow which, one
/// sector of directory, and the stream.
fn compound(stream: &[u8]) -> Vec<u8> {
    // Shorter streams would lie elsewhere.
    let size = stream.len().max(4096);
    let sectors = size.div_ceil(SECTOR);
    // What one sector can say of the others.
    assert!(sectors <= SECTOR / 4 - 2, "too long for one sector of the allocation table");
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();

    let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    header.resize(24, 0);
    // Minor and major version, byte order, the sizes of sectors and of small ones as powers of two.
    header.extend([0x003E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0].map(u16::to_le_bytes).concat());
    header.extend(words(&[0, 1, 1, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0, 0]));
    header.resize(SECTOR, 0xFF);

    let mut table = vec![0xFFFF_FFFD, END_OF_CHAIN];
    table.extend((3..).take(sectors - 1).chain([END_OF_CHAIN]));
    table.resize(SECTOR / 4, FREE);

    let entry = |name: &str, kind: u8, child: u32, start: u32, size: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = if name.is_empty() { 0 } else { entry.len() as u16 + 2 };
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend(words(&[FREE, FREE, child]));
        entry.resize(116, 0);
        entry.extend(words(&[start, size as u32, 0]));
        entry
    };
    let directory = [
        entry("Root Entry", 5, 1, END_OF_CHAIN, 0),
        entry("Workbook", 2, FREE, 2, size),
        entry("", 0, FREE, 0, 0),
        entry("", 0, FREE, 0, 0),
    ]
    .concat();

    let mut content = stream.to_vec();
    content.resize(sectors * SECTOR, 0);
    [header, words(&table), directory, content].concat()
}
