//! `register`: keys, rotation, and what happens with the wrong ones.

use std::fs;

use crate::support::{Server, Ward, run};

const DATABASE: &str = "sqlite:demo/demo.sqlite";

fn keys(out: &str) -> Vec<&str> {
    out.lines().filter(|line| line.ends_with("(seals)") || line.ends_with("(opens)")).collect()
}

#[test]
fn a_key_is_made_once_and_shown_without_its_secret() {
    let ward = Ward::new();
    let made = run(ward.folder(), &["register", "key", "register.key"]).ok().out;
    let again = run(ward.folder(), &["register", "key", "register.key"]).ok().out;
    assert_eq!(keys(&made), keys(&again));
    let file = fs::read_to_string(ward.folder().join("register.key")).unwrap();
    let secret = file.lines().last().unwrap().split_once(' ').unwrap().1;
    assert!(secret.len() == 44 && !made.contains(secret), "{made}");
    fs::write(ward.folder().join("broken.key"), "no key").unwrap();
    let error = run(ward.folder(), &["register", "rotate", "broken.key"]).refused();
    assert!(error.contains("broken.key"), "{error}");
}

#[test]
fn the_register_is_sealed_anew_and_the_old_key_goes() {
    let ward = Ward::new();
    let folder = ward.folder();
    let server = Server::start(folder, &["demo", "--data", "demo"]);
    server.terminate();
    drop(server);
    let key = "demo/register.key";
    fs::copy(folder.join(key), folder.join("old.key")).unwrap();
    let rotated = run(folder, &["register", "rotate", key]).ok().out;
    assert_eq!(keys(&rotated).len(), 2, "{rotated}");
    let doctor = |key: &str| run(folder, &["doctor", "--database-url", DATABASE, "--register-key", key]);
    assert!(doctor(key).ok().out.contains("2 keys are in use"));
    let reseal = ["register", "reseal", "--database-url", DATABASE, "--register-key", key];
    let done = run(folder, &reseal).ok().out;
    assert!(done.contains("rows were sealed anew") && !done.starts_with("0 of"), "{done}");
    let again = run(folder, &[&reseal[..], &["--retire"]].concat()).ok().out;
    assert!(again.starts_with("0 of"), "{again}");
    assert_eq!(keys(&run(folder, &["register", "key", key]).ok().out).len(), 1);
    assert!(doctor(key).ok().out.contains("register: it opens"));
    // The old key opens nothing any more, and nothing is sealed with it.
    let wrong = doctor("old.key");
    assert_eq!(wrong.code, 1, "{wrong:?}");
    assert!(wrong.out.contains("FAIL  register"), "{wrong:?}");
    let refused =
        run(folder, &["register", "reseal", "--database-url", DATABASE, "--register-key", "old.key"])
            .refused();
    assert!(refused.contains("nothing was sealed anew"), "{refused}");
    // The demo goes on with the new one.
    let server = Server::start(folder, &["demo", "--data", "demo"]);
    assert_eq!(server.json("/api/settings")["demo"], true);
}
