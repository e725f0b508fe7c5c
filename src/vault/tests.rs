//! What is sealed opens where it was stored and nowhere else.

use std::os::unix::fs::PermissionsExt as _;

use proptest::prelude::*;

use crate::random::SeededRandom;

use super::*;

const COLUMN: &str = "residency.sealed";

fn slot(row: &str) -> Slot<'_> {
    Slot { column: COLUMN, row }
}

fn random() -> SeededRandom {
    SeededRandom::new("vault")
}

proptest! {
    #[test]
    fn whatever_is_sealed_opens(value in ".*", row in "[a-z0-9-]{1,40}") {
        let (keys, random) = (Keyring::draw(&random()), random());
        let sealed = keys.seal(slot(&row), &value, &random).unwrap();
        prop_assert_eq!(keys.open::<String>(slot(&row), &sealed), Ok(value.clone()));
        // Short texts are found by chance in anything.
        if value.len() > 4 {
            let found = sealed.bytes().windows(value.len()).any(|part| part == value.as_bytes());
            prop_assert!(!found);
        }
    }

    #[test]
    fn no_changed_byte_is_overlooked(at in 0usize..80, bit in 0u8..8) {
        let (keys, random) = (Keyring::draw(&random()), random());
        let sealed = keys.seal(slot("1"), &"a text of some length for all of them", &random).unwrap();
        let mut bytes = sealed.bytes().to_vec();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        prop_assert!(keys.open::<String>(slot("1"), &Sealed::of_stored(bytes)).is_err());
    }

    #[test]
    fn nothing_that_was_not_sealed_opens_or_panics(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        prop_assert!(Keyring::draw(&random()).open::<String>(slot("1"), &Sealed::of_stored(bytes)).is_err());
    }
}

#[test]
fn it_opens_in_its_own_slot_alone() {
    let (keys, random) = (Keyring::draw(&random()), random());
    let sealed = keys.seal(slot("1"), &7, &random).unwrap();
    assert_eq!(keys.open::<i32>(slot("1"), &sealed), Ok(7));
    assert_eq!(keys.open::<i32>(slot("2"), &sealed), Err(Unopened::Damaged));
    assert_eq!(keys.open::<i32>(Slot { column: "unit.sealed", row: "1" }, &sealed), Err(Unopened::Damaged));
}

#[test]
fn the_same_value_is_sealed_differently_each_time() {
    let (keys, random) = (Keyring::draw(&random()), random());
    let [one, other] = [(); 2].map(|()| keys.seal(slot("1"), &"same", &random).unwrap());
    assert_ne!(one, other);
}

#[test]
fn after_a_rotation_old_and_new_open_and_the_old_key_can_go() {
    let random = random();
    let before = Keyring::draw(&random);
    let sealed = before.seal(slot("1"), &"old", &random).unwrap();
    let both = before.rotated(&random);
    assert!(!both.is_newest(&sealed));
    assert_eq!(both.open::<String>(slot("1"), &sealed).as_deref(), Ok("old"));
    let again = both.seal(slot("1"), &"new", &random).unwrap();
    assert!(both.is_newest(&again));
    let after = both.newest();
    assert_eq!(after.open::<String>(slot("1"), &again).as_deref(), Ok("new"));
    assert_eq!(after.open::<String>(slot("1"), &sealed), Err(Unopened::NoKey(sealed.key().unwrap())));
    // Rows that are not sealed anew yet are found by the old tag.
    let tags: Vec<Tag> = both.tags(COLUMN, b"person").collect();
    assert_eq!(tags, [after.tag(COLUMN, b"person"), before.tag(COLUMN, b"person")]);
}

#[test]
fn a_tag_is_of_one_column_and_one_value() {
    let keys = Keyring::draw(&random());
    assert_eq!(keys.tag(COLUMN, b"one"), keys.tag(COLUMN, b"one"));
    assert_ne!(keys.tag(COLUMN, b"one"), keys.tag(COLUMN, b"two"));
    assert_ne!(keys.tag(COLUMN, b"one"), keys.tag("other.staff", b"one"));
}

#[test]
fn a_key_file_is_written_for_its_owner_and_read_again() {
    let (folder, random) = (tempfile::tempdir().unwrap(), random());
    let path = folder.path().join("register.key");
    let keys = Keyring::draw(&random);
    keys.write_new(&path).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let sealed = keys.seal(slot("1"), &1, &random).unwrap();
    assert_eq!(Keyring::read(&path).unwrap().open::<i32>(slot("1"), &sealed), Ok(1));
    assert!(matches!(keys.write_new(&path), Err(BadKeyring::Unwritable(..))), "it is overwritten");
    keys.rotated(&random).replace(&path).unwrap();
    let read = Keyring::read(&path).unwrap();
    assert_eq!(read.ids().count(), 2);
    assert_eq!(read.open::<i32>(slot("1"), &sealed), Ok(1));
}

#[test]
fn a_key_file_that_others_can_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.key");
    Keyring::draw(&random()).write_new(&path).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(Keyring::read(&path), Err(BadKeyring::Open(_))));
}

#[test]
fn what_is_no_key_file_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.key");
    let key = "00000001 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for (text, expected) in [
        ("# nothing\n", "holds no key"),
        ("# a remark\nnot a key\n", "line 2"),
        ("00000001 AAAA\n", "line 1"),
        ("0000000g AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "line 1"),
        (&format!("{key}\n{key}\n"), "twice"),
    ] {
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        let error = Keyring::read(&path).unwrap_err().to_string();
        assert!(error.contains(expected), "{text:?}: {error}");
    }
}

#[test]
fn no_key_is_shown() {
    let shown = format!("{:?}", Keyring::draw(&random()));
    assert!(shown.len() < 20, "{shown}");
}
