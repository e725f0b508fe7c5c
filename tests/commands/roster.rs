//! `roster import`: a whole roster, as operators take it in.

#[path = "../support/workbook.rs"]
mod workbook;

use crate::support::{Ward, on_every_engine};

/// The demo's roster as the file that it was read from.
const ROSTER: &str = include_str!("../../geodata/roster.sample.csv");
const DAY: &str = "2026-04-01";

fn import(ward: &Ward, file: &str, more: &[&str]) -> crate::support::Ran {
    ward.run(&[&["roster", "import", file, "--effective-on", DAY], more].concat())
}

fn cp932(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

#[test]
fn a_cp932_file_is_rehearsed_taken_in_and_again_changes_nothing() {
    for ward in on_every_engine() {
        // Characters of vendors, which other readers of Shift_JIS lose.
        let text = ROSTER.replacen("見本 すみれ", "見本 髙﨑①", 1).replace('\n', "\r\n");
        ward.file("名簿.csv", cp932(&text));
        let said = import(&ward, "名簿.csv", &["--dry-run"]).ok().out;
        assert!(said.contains("joined 60, left 0") && said.contains("dry run: nothing was stored"), "{said}");
        assert!(!said.contains("見本 "), "names do not belong in a log: {said}");
        let said = import(&ward, "名簿.csv", &[]).ok().out;
        assert!(said.contains("joined 60") && said.ends_with("stored\n"), "{said}");
        let said = import(&ward, "名簿.csv", &[]).ok().out;
        assert!(said.contains("unchanged 60") && said.ends_with("nothing to change\n"), "{said}");
        // The same people from UTF-8 and from Excel are the same people.
        ward.file("utf8.csv", format!("\u{feff}{text}"));
        let rows = workbook::typed(&text);
        ward.file("名簿.xlsx", workbook::xlsx("【見本】", &rows));
        ward.file("名簿.xls", workbook::xls("【見本】", &rows));
        for file in ["utf8.csv", "名簿.xlsx", "名簿.xls"] {
            let said = import(&ward, file, &[]).ok().out;
            assert!(said.contains("unchanged 60") && said.ends_with("nothing to change\n"), "{file}: {said}");
        }
        // They can be given accounts, and the log is whole.
        ward.run(&["user", "add", "900002", "--role", "trainer"]).ok();
        assert!(ward.run(&["audit", "verify"]).ok().out.contains("the log is whole"));
    }
}

#[test]
fn what_needs_a_second_look_is_refused_until_somebody_says_so() {
    for ward in on_every_engine() {
        ward.file("all.csv", ROSTER);
        import(&ward, "all.csv", &[]).ok();
        let half: Vec<&str> = ROSTER.lines().take(31).collect();
        ward.file("half.csv", half.join("\n"));
        let ran = import(&ward, "half.csv", &[]);
        assert!(ran.out.contains("left 30") && !ran.out.contains("\nstored"), "{ran:?}");
        assert!(ran.refused().contains("30 of 60 people are not in the file and would leave"));
        let said = import(&ward, "half.csv", &["--accept-leavers"]).ok().out;
        assert!(said.contains("left 30") && said.ends_with("stored\n"), "{said}");

        ward.file("mistyped.csv", half.join("\n").replacen(",課長,", ",課町,", 1));
        let ran = import(&ward, "mistyped.csv", &[]);
        assert!(ran.out.contains("refused 1") && ran.out.contains("  line "), "{ran:?}");
        assert!(ran.refused().contains("1 rows are refused"));
        let said = import(&ward, "mistyped.csv", &["--accept-valid"]).ok().out;
        assert!(said.contains("left 0") && said.ends_with("nothing to change\n"), "{said}");

        let error = import(&ward, "absent.csv", &[]).refused();
        assert!(error.contains("cannot read absent.csv"), "{error}");
        ward.file("no.pdf", "%PDF-1.7");
        assert!(import(&ward, "no.pdf", &[]).refused().contains("PDF"));
    }
}

#[test]
fn whoever_leaves_by_a_file_loses_their_roles() {
    for ward in on_every_engine() {
        ward.file("all.csv", ROSTER);
        import(&ward, "all.csv", &[]).ok();
        ward.run(&["user", "add", "900003", "--role", "trainer"]).ok();
        assert!(ward.run(&["user", "list"]).ok().out.contains("900003: trainer"));
        let others: Vec<&str> = ROSTER.lines().filter(|line| !line.starts_with("900003,")).collect();
        ward.file("others.csv", others.join("\n"));
        // A later day: a file for the same day says that they were never there.
        ward.run(&["roster", "import", "others.csv", "--effective-on", "2026-04-02"]).ok();
        let said = ward.run(&["user", "list"]).ok().out;
        assert!(!said.contains("900003: trainer"), "{said}");
    }
}
