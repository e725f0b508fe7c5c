//! `retention`: showing and erasing by command.

use crate::support::on_every_engine;

#[test]
fn what_is_past_its_period_is_shown_rehearsed_and_erased() {
    for ward in on_every_engine() {
        let refused = ward.run(&["retention", "show"]);
        assert_ne!(refused.code, 0, "a database that is not migrated");
        ward.run(&["migrate"]).ok();
        let said = ward.run(&["retention", "show"]).ok().out;
        assert!(said.contains("leavers (退職者の名簿)"), "{said}");
        assert!(said.contains("5 years from the 1 April that follows it"), "{said}");
        assert!(said.contains("last run: never"), "{said}");
        assert!(ward.run(&["doctor"]).ok().out.contains("ok    retention: 0 item(s) due"));

        ward.execute(
            "INSERT INTO staff (id, number, hired_on, left_on, version, created_at)
             VALUES ('019a9f6e-0000-7000-8000-000000000000', '77001', '2001-04-01', '2010-03-31', 1, 0)",
        );
        let said = ward.run(&["retention", "run", "--dry-run"]).ok().out;
        assert_eq!(said, "leavers: 1 would be erased\n");
        let said = ward.run(&["doctor"]).ok().out;
        assert!(
            said.contains("note  retention: 1 item(s) are past their period, and the daily run never ran"),
            "{said}"
        );
        let said = ward.run(&["retention", "run"]).ok().out;
        assert!(said.starts_with("leavers: 1 erased"), "{said}");
        assert_eq!(ward.run(&["retention", "run"]).ok().out, "nothing was past its period\n");
        let said = ward.run(&["retention", "show"]).ok().out;
        assert!(said.contains("(command)") && !said.contains("77001"), "{said}");
    }
}
