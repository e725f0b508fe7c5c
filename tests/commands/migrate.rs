//! `migrate`.

use crate::support::{Ward, on_every_engine};

/// The numbers of "1 new migration(s), 1 in all".
fn numbers(out: &str) -> (usize, usize) {
    let words: Vec<&str> = out.split_whitespace().collect();
    let before = |word: &str| {
        let at = words.iter().position(|one| *one == word).unwrap();
        words[at - 1].parse().unwrap()
    };
    (before("new"), before("in"))
}

#[test]
fn a_database_is_brought_up_to_date_once() {
    for ward in on_every_engine() {
        let (new, all) = numbers(&ward.run(&["migrate"]).ok().out);
        assert!(new > 0);
        assert_eq!(new, all);
        assert_eq!(numbers(&ward.run(&["migrate"]).ok().out), (0, all));
    }
}

#[test]
fn several_at_once_do_no_harm() {
    for ward in on_every_engine() {
        let children: Vec<_> = (0..4).map(|_| ward.spawn(&["migrate"])).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success(), "{}", ward.url);
        }
        assert_eq!(numbers(&ward.run(&["migrate"]).ok().out).0, 0);
    }
}

#[test]
fn a_missing_folder_is_made() {
    let ward = Ward::new();
    let url = format!("sqlite:{}", ward.folder().join("deep/er/ward.sqlite").display());
    crate::support::run(ward.folder(), &["migrate", "--database-url", &url]).ok();
    assert!(ward.folder().join("deep/er/ward.sqlite").exists());
}
