//! `archive`: keys, and checking archives without a database.

use std::{fs, path::Path};

use machiaruki::{
    clock::Date,
    training::archive::{
        Archive, ArchiveKey, ArchivedMunicipality, ArchivedProgramme, FORMAT, VERSION, sign,
    },
    visits::model::FiscalYear,
};
use serde_json::json;

use crate::support::{Server, Ward, program, run};

/// An archive in a file, signed by the key in another.
fn archived(folder: &Path, name: &str, key: &str) -> String {
    let key = ArchiveKey::read(&folder.join(key)).unwrap();
    let programme: ArchivedProgramme = serde_json::from_value(json!({
        "id": "019a9f6e-0000-7000-8000-000000000001", "code": "all-staff", "title": "悉皆まち歩き研修(見本)",
        "frequency": "yearly", "opened_at": null, "due_on": "2027-02-28", "rule": {}, "audience": "全職員(悉皆)",
        "requirement": "1コース", "divisions": [], "departments": [], "tiers": [], "employments": [], "months": [],
        "total": { "due": 2000, "completed": 1999, "begun": 0, "overdue": 1, "deferred": 3, "exempt": 4 },
        "people": null,
    }))
    .unwrap();
    let archive = Archive {
        format: FORMAT.into(),
        version: VERSION,
        municipality: ArchivedMunicipality { code: "131032".into(), name: "見本区".into() },
        sample: true,
        fiscal_year: FiscalYear::new(2026).unwrap(),
        as_of: Date::constant(2027, 3, 31),
        provisional: false,
        made_at: "2027-04-05T01:23:45Z".parse().unwrap(),
        programmes: vec![programme],
    };
    let signed = sign(&archive, &key).unwrap();
    fs::write(folder.join(name), &signed.file).unwrap();
    signed.digest
}

fn public(out: &str) -> &str {
    out.lines().find_map(|line| line.strip_prefix("public key   ")).unwrap()
}

#[test]
fn an_archive_is_checked_years_later_without_anything_else() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let made = run(folder, &["archive", "key", "archive.key"]).ok().out;
    assert!(made.contains("archive.key: key made"), "{made}");
    let found = run(folder, &["archive", "key", "archive.key"]).ok().out;
    assert!(found.contains("key found"), "{found}");
    assert_eq!(public(&found), public(&made));
    let digest = archived(folder, "2026.json", "archive.key");
    let key = public(&made).to_owned();

    let whole = run(folder, &["archive", "verify", "2026.json", "--public-key", &key]).ok().out;
    for words in
        ["as it was signed", "2026 (令和8年度) of 見本区 (131032)", "final", "completed 1999", &digest, &key]
    {
        assert!(whole.contains(words), "{words}: {whole}");
    }
    assert!(!whole.contains("Whose key"), "{whole}");
    let unknown = run(folder, &["archive", "verify", "2026.json"]).ok().out;
    assert!(unknown.contains("Whose key this is was not checked"), "{unknown}");

    // One figure, one byte, another key, another file: each is told apart.
    let file = fs::read_to_string(folder.join("2026.json")).unwrap();
    let verdict = |content: &str, more: &[&str]| {
        fs::write(folder.join("other.json"), content).unwrap();
        let ran = run(folder, &[&["archive", "verify", "other.json"][..], more].concat());
        assert_eq!(ran.code, 1, "{ran:?}");
        ran.out
    };
    let changed = verdict(&file.replacen("1999", "2000", 1), &[]);
    assert!(changed.contains("✗ other.json: it was changed"), "{changed}");
    let rewritten = verdict(&format!("{file}\n"), &[]);
    assert!(rewritten.contains("written anew"), "{rewritten}");
    let cut = verdict(&file[..100], &[]);
    assert!(cut.contains("it is no JSON"), "{cut}");
    let other = verdict("{\"type\":\"FeatureCollection\"}", &[]);
    assert!(other.contains("no archive of the training"), "{other}");
    let second = run(folder, &["archive", "key", "second.key"]).ok().out;
    let by_other = verdict(&file, &["--public-key", public(&second)]);
    assert!(by_other.contains(&format!("signed with another key, {key}")), "{by_other}");
    // Keys of former years count as well.
    let keys = ["archive", "verify", "2026.json", "--public-key", public(&second), "--public-key", &key];
    run(folder, &keys).ok();
    let nonsense = run(folder, &["archive", "verify", "2026.json", "--public-key", "nonsense"]);
    assert!(nonsense.err.contains("a public key looks like ed25519:"), "{}", nonsense.err);
    let error = run(folder, &["archive", "verify", "none.json"]).refused();
    assert!(error.contains("cannot read none.json"), "{error}");
}

#[test]
fn its_report_is_printed_when_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    run(folder, &["archive", "key", "archive.key"]).ok();
    archived(folder, "2026.json", "archive.key");
    let printed = run(folder, &["archive", "report", "2026.json"]);
    if printed.code == 0 {
        assert!(fs::read(folder.join("2026.pdf")).unwrap().starts_with(b"%PDF-"));
    } else {
        assert!(printed.err.contains("no Japanese font"), "{}", printed.err);
    }
    let file = fs::read_to_string(folder.join("2026.json")).unwrap();
    fs::write(folder.join("2026.json"), file.replacen("1999", "2000", 1)).unwrap();
    let refused = run(folder, &["archive", "report", "2026.json", "-o", "other.pdf"]);
    assert!(refused.code == 1 && !folder.join("other.pdf").exists(), "{refused:?}");
    let none = run(folder, &["archive", "report", "2026.json", "--font-dir", "/nowhere"]);
    assert_eq!(none.code, 1);
}

#[test]
fn a_key_that_is_none_stops_the_server_before_it_begins() {
    let ward = Ward::new();
    ward.file("bad.key", "nonsense");
    let said = ward.run(&["serve", "--listen", "127.0.0.1:0", "--archive-key", "bad.key"]).refused();
    assert!(said.contains("bad.key holds no Ed25519 key"), "{said}");
    run(ward.folder(), &["archive", "key", "good.key"]).ok();
    let mut command = program(ward.folder());
    command.args(["serve", "--listen", "127.0.0.1:0", "--database-url", &ward.url]);
    command.env("MACHIARUKI_ARCHIVE_KEY", "good.key");
    Server::spawn(command, ward.folder()).json("/api/settings");
}
