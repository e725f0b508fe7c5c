//! `user` and `audit`.

use crate::support::{Ward, on_every_engine};

fn link(out: &str) -> &str {
    out.split_whitespace().find(|word| word.contains("/activate#")).unwrap()
}

#[test]
fn the_first_administrator_is_made_by_command() {
    for ward in on_every_engine() {
        let add = |login: &str, more: &[&str]| {
            let mut words = vec!["user", "add", login];
            words.extend(more);
            ward.run(&words)
        };
        let first = add("taro", &["--name", "見本 太郎", "--role", "admin", "--role", "approver"]).ok();
        assert!(
            first.out.contains("admin: granted") && first.out.contains("approver: granted"),
            "{}",
            first.out
        );
        assert!(first.out.contains("1 more approver is needed"), "{}", first.out);
        assert!(link(&first.out).starts_with("http://127.0.0.1:8080/activate#"));
        let second = add("hanako", &["--name", "見本 花子", "--role", "approver"]).ok();
        assert!(second.out.contains("approver: granted"), "{}", second.out);
        // From now on, two are needed.
        let third =
            add("jiro", &["--name", "見本 二郎", "--role", "hr", "--role", "trainer", "--role", "approver"])
                .ok();
        for word in ["hr: waits for an approver", "trainer: granted", "approver: waits for an approver"] {
            assert!(third.out.contains(word), "{}", third.out);
        }
        let again = add("TARO", &["--name", "x"]);
        assert!(again.err.contains("there is an account taro already"), "{}", again.err);
        let unknown = add("123456", &[]);
        assert!(unknown.err.contains("nobody with the staff number 123456"), "{}", unknown.err);
        let listed = ward.run(&["user", "list"]).ok().out;
        assert!(listed.contains("taro: admin, approver"), "{listed}");
        assert!(listed.contains("jiro: trainer, "), "{listed}");
        let new = ward.run(&["user", "link", "taro"]).ok().out;
        assert_ne!(link(&new), link(&first.out));
        ward.run(&["user", "disable", "jiro"]).ok();
        assert!(ward.run(&["user", "list"]).ok().out.contains("hr (waits for approval)"), "{listed}");
        assert!(ward.run(&["user", "list"]).ok().out.contains("cannot sign in"));
        ward.run(&["user", "enable", "jiro"]).ok();
        assert!(ward.run(&["user", "disable", "nobody"]).err.contains("no account nobody"));
        let verdict = ward.run(&["audit", "verify"]).ok().out;
        assert!(verdict.contains("the log is whole"), "{verdict}");
    }
}

#[test]
fn a_changed_log_is_found_and_a_noted_head_is_checked() {
    let ward = Ward::new();
    ward.run(&["user", "add", "taro", "--name", "見本 太郎", "--role", "trainer"]).ok();
    let verdict = ward.run(&["audit", "verify"]).ok().out;
    let head = verdict.lines().find_map(|line| line.strip_prefix("head ")).unwrap().to_owned();
    ward.run(&["audit", "verify", "--head", &head]).ok();
    let (seq, link) = head.split_once(':').unwrap();
    let other = format!(
        "{seq}:{}",
        if link.starts_with('0') { link.replacen('0', "1", 1) } else { format!("0{}", &link[1..]) }
    );
    let found = ward.run(&["audit", "verify", "--head", &other]);
    assert!(found.out.contains("does not pass through the noted head"), "{}", found.out);
    assert!(ward.run(&["audit", "verify", "--head", "nonsense"]).err.contains("a head looks like"));
}
