use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{
    print::fonts::Fonts,
    staff::Employment,
    training::model::{Count, Frequency, ProgrammeId, Reason, State},
    visits::model::FiscalYear,
};

pub(super) fn key() -> ArchiveKey {
    ArchiveKey::new(&[7; 32])
}

fn group(key: &str, name: &str, completed: u32) -> ArchivedGroup {
    let count = Count { due: 40, completed, begun: 1, overdue: 2, deferred: 3, exempt: 4 };
    ArchivedGroup { key: key.to_owned(), name: name.to_owned(), count }
}

pub(super) fn archive() -> Archive {
    let departments: Vec<ArchivedGroup> = (0..60)
        .map(|index| group(&format!("d{index}"), &format!("見本部見本第{index}課"), index % 41))
        .collect();
    let months = (4..=12).map(|month| ArchivedMonth {
        as_of: crate::clock::Date::new(2026, month, 1).unwrap().last_of_month(),
        count: group("", "", u32::from(month.unsigned_abs())).count,
    });
    let person = ArchivedPerson {
        number: Some("001234".into()),
        name: Some("見本 𠮷郎".into()),
        department: "見本課".into(),
        tier: "係長級".into(),
        employment: Employment::Regular,
        state: State::Due,
        reason: Reason::Audience,
        due_on: Some("2027-02-28".parse().unwrap()),
        routes_needed: 2,
        routes_done: 2,
        completed_on: Some("2026-11-20".parse().unwrap()),
    };
    Archive {
        format: FORMAT.into(),
        version: VERSION,
        municipality: ArchivedMunicipality { code: "131032".into(), name: "見本区".into() },
        sample: true,
        fiscal_year: FiscalYear::new(2026).unwrap(),
        as_of: "2027-03-31".parse().unwrap(),
        provisional: false,
        made_at: "2027-04-05T01:23:45Z".parse().unwrap(),
        programmes: vec![ArchivedProgramme {
            id: ProgrammeId(uuid::Uuid::from_u128(1)),
            code: "all-staff".into(),
            title: "悉皆まち歩き研修(見本)".into(),
            frequency: Frequency::Yearly,
            opened_at: Some("2026-03-31T15:00:00Z".parse().unwrap()),
            due_on: "2027-02-28".parse().unwrap(),
            rule: json!({ "requirement": { "routes": 2 } }),
            audience: "全職員(悉皆)".into(),
            requirement: "2コース".into(),
            total: Count { due: 2_400, completed: 2_399, begun: 1, overdue: 1, deferred: 12, exempt: 30 },
            divisions: vec![group("a", "見本部", 40)],
            departments,
            tiers: vec![group("chief", "係長級", 9)],
            employments: vec![group("regular", "常勤", 9)],
            months: months.collect(),
            people: Some(vec![person]),
        }],
    }
}

fn signed() -> Signed {
    sign(&archive(), &key()).unwrap()
}

#[test]
fn an_archive_is_as_it_was_made() {
    let signed = signed();
    assert_eq!(sign(&archive(), &key()).unwrap(), signed, "the same twice");
    let verified = verify(signed.file.as_bytes(), &[key().public()]).unwrap();
    assert_eq!(verified, Verified { archive: archive(), digest: signed.digest, key: key().public() });
    assert!(verify(signed.file.as_bytes(), &[]).is_ok());
}

#[test]
fn each_way_of_changing_it_is_told_apart() {
    let file = signed().file;
    let why = |file: &str| verify(file.as_bytes(), &[key().public()]).unwrap_err();
    assert_eq!(why(&file.replacen("2399", "2400", 1)), BadArchive::Changed);
    assert_eq!(why(&file[..file.len() - 1]), BadArchive::NotJson(1));
    assert_eq!(why("{}"), BadArchive::NotArchive);
    assert_eq!(why("null"), BadArchive::NotArchive);
    assert_eq!(
        why(&file.replacen("machiaruki-training-archive", "something-else", 1)),
        BadArchive::NotArchive
    );
    let value: Value = serde_json::from_str(&file).unwrap();
    assert_eq!(why(&serde_json::to_string_pretty(&value).unwrap()), BadArchive::Rewritten);
    assert_eq!(why(&format!("{file}\n")), BadArchive::Rewritten);
    // Said twice, the last would count.
    let twice = file.replacen("{\"archive\":", "{\"archive\":{},\"archive\":", 1);
    assert_ne!(twice, file);
    assert!(verify(twice.as_bytes(), &[]).is_err());
    // Whoever changes it may sign it anew, but not with this key.
    let forger = ArchiveKey::new(&[8; 32]);
    let mut forged = archive();
    forged.programmes[0].total.completed = 2_400;
    let forged = sign(&forged, &forger).unwrap();
    assert_eq!(why(&forged.file), BadArchive::OtherKey(forger.public().to_string()));
    assert!(verify(forged.file.as_bytes(), &[]).is_ok(), "without a known key it is only whole");
    let borrowed = forged.file.replace(&forger.public().to_string(), &key().public().to_string());
    assert_eq!(why(&borrowed), BadArchive::Changed);
}

#[test]
fn what_a_newer_release_made_is_not_called_changed() {
    let mut value = serde_json::to_value(archive()).unwrap();
    value["version"] = json!(VERSION + 1);
    value["something"] = json!("new");
    let signature = base64::Engine::encode(
        &base64::engine::general_purpose::STANDARD,
        key().sign(canonical(&value).unwrap().as_bytes()),
    );
    let signature = json!({ "algorithm": "Ed25519", "key": key().public().to_string(), "value": signature });
    let file = canonical(&json!({ "archive": value, "signature": signature })).unwrap();
    assert_eq!(verify(file.as_bytes(), &[]), Err(BadArchive::Newer(2)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// One changed byte anywhere is found.
    #[test]
    fn no_changed_byte_passes(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let mut file = signed().file.into_bytes();
        let at = at.index(file.len());
        prop_assume!(file[at] != to);
        file[at] = to;
        prop_assert!(verify(&file, &[]).is_err());
    }

    /// However it was written, it is written in one way; and that is read as the same.
    #[test]
    fn canonical_json_says_the_same(
        names in proptest::collection::btree_map("\\PC{0,6}|[\u{0}-\u{1f}\"\\\\]{0,3}", -9_007_199_254_740_992_i64..=9_007_199_254_740_992, 0..6),
    ) {
        let forwards: Value = names.iter().map(|(name, number)| (name.clone(), json!([number, name]))).collect();
        let backwards: Value = names.iter().rev().map(|(name, number)| (name.clone(), json!([number, name]))).collect();
        let written = canonical(&forwards).unwrap();
        prop_assert_eq!(&canonical(&backwards).unwrap(), &written);
        prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), forwards);
    }
}

#[test]
fn names_stand_in_the_order_of_rfc_8785() {
    // Its section 3.2.3: by UTF-16, an emoji comes before a ligature.
    let value =
        json!({ "\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7 });
    let order: Vec<&str> = ["\\r", "1", "\u{80}", "\u{f6}", "\u{20ac}", "\u{1f600}", "\u{fb33}"].into();
    let written = canonical(&value).unwrap();
    let places: Vec<usize> = order.iter().map(|name| written.find(&format!("\"{name}\"")).unwrap()).collect();
    assert!(places.is_sorted(), "{written}");
    assert_eq!(canonical(&json!(9_007_199_254_740_993_i64)), Err(NotExact));
    assert_eq!(canonical(&json!([{ "a": 1.5 }])), Err(NotExact));
}

#[test]
fn a_key_is_read_as_it_was_written_and_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive.key");
    key().write_new(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(ArchiveKey::read(&path).unwrap().public(), key().public());
    assert!(
        matches!(ArchiveKey::new(&[1; 32]).write_new(&path), Err(BadKey::Unwritable(..))),
        "never overwritten"
    );
    let secret = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [7_u8; 32]);
    assert!(!format!("{:?}", key()).contains(&secret[..8]), "{:?}", key());
    // RFC 8410 section 10.3.
    let example = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
    fs::write(folder.path().join("example"), example).unwrap();
    let public = ArchiveKey::read(&folder.path().join("example")).unwrap().public();
    assert_eq!(public.to_string(), "ed25519:Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=");
    for text in ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "見本"] {
        fs::write(folder.path().join("bad"), text).unwrap();
        assert!(matches!(ArchiveKey::read(&folder.path().join("bad")), Err(BadKey::NoKey(_))), "{text:?}");
    }
    assert!(matches!(ArchiveKey::read(&folder.path().join("none")), Err(BadKey::Unreadable(..))));
}

#[test]
fn a_public_key_is_known_by_its_line_and_a_weak_one_is_none() {
    let public = key().public();
    assert_eq!(public.to_string().parse::<PublicKey>().unwrap(), public);
    assert_eq!(public.fingerprint().split(' ').count(), 16);
    // The neutral point would have signed anything.
    let mut weak = [0_u8; 32];
    weak[0] = 1;
    let weak = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, weak);
    for text in ["", "ed25519:", "ed25519:AAAA", &format!("ed25519:{weak}"), &public.to_string()[8..]] {
        assert!(text.parse::<PublicKey>().is_err(), "{text}");
    }
}

#[test]
fn the_report_goes_over_several_pages() {
    let Ok(pdf) = report::report(
        &verify(signed().file.as_bytes(), &[]).unwrap(),
        &Fonts::new(vec!["/usr/share/fonts".into()]),
    ) else {
        eprintln!("skipped: no Japanese font is installed");
        return;
    };
    assert!(pdf.starts_with(b"%PDF-"));
}
