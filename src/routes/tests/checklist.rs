//! The checklist.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::routes::{
    checklist::{Check, CheckId, Code, Facts, checklist, is_green},
    lay::NoLine,
    model::{Design, DesignDocument, Line, RouteId},
};

use super::{design, document, line, stop};

fn checked(design: &Design, line: Result<&Line, NoLine>) -> Vec<Check> {
    let facts = Facts { line, base: None, is_inside: &|_| true, step_free_routes: &HashSet::new() };
    checklist(design, &facts)
}

fn found(checks: &[Check]) -> Vec<(CheckId, Code)> {
    checks.iter().flat_map(|check| check.findings.iter().map(|finding| (check.id, finding.code))).collect()
}

/// What is found in two complete stops after a change.
fn after(change: impl Fn(&mut Vec<Value>)) -> Vec<(CheckId, Code)> {
    let mut stops = vec![stop(1), stop(2)];
    change(&mut stops);
    let design = design(&stops);
    found(&checked(&design, Ok(&line(&design))))
}

fn after_document(change: impl Fn(&mut DesignDocument)) -> Vec<(CheckId, Code)> {
    let mut document = document(&[stop(1), stop(2)]);
    change(&mut document);
    let design = Design::new(document).unwrap();
    found(&checked(&design, Ok(&line(&design))))
}

#[test]
fn a_complete_design_is_green() {
    let design = design(&[stop(1), stop(2)]);
    let checks = checked(&design, Ok(&line(&design)));
    assert!(is_green(&checks), "{checks:?}");
    assert_eq!(checks.len(), 10);
}

#[test]
fn each_thing_that_is_missing_is_found_and_nothing_else() {
    use {CheckId as I, Code as C};
    assert_eq!(
        after(|stops| {
            stops.pop();
        }),
        [(I::Stops, C::TooFewStops)]
    );
    let none = after(|stops| stops.iter_mut().for_each(|stop| stop["required"] = json!(false)));
    assert_eq!(none, [(I::Stops, C::NoneRequired)]);
    assert_eq!(after(|stops| stops[0]["story"]["ja"] = json!("")), [(I::Texts, C::MissingText)]);
    assert_eq!(after(|stops| stops[0]["evidence"] = json!([])), [(I::Evidence, C::NoEvidence)]);
    assert_eq!(after(|stops| stops[0]["evidence"] = json!(["answer"])), [(I::Evidence, C::NoQuestion)]);
    assert_eq!(after(|stops| stops[0]["radius_m"] = json!(10)), [(I::Evidence, C::SmallRadius)]);
    let photo = json!({ "photo_id": super::stop_id(9) });
    let photo = after(|stops| stops[0]["photo"] = photo.clone());
    assert_eq!(photo, [(I::Photos, C::MissingCredit), (I::Photos, C::MissingText)]);
    assert_eq!(after_document(|design| design.title.ja.clear()), [(I::Texts, C::MissingText)]);
    assert_eq!(after_document(|design| design.slot_min = 15), []);
    let unknown: RouteId = "019a9f6e-0000-7000-8000-000000000000".parse().unwrap();
    let unfit = after_document(|design| design.alternative.step_free_route = Some(unknown));
    assert_eq!(unfit, [(I::StepFree, C::AlternativeUnfit)]);
}

#[test]
fn the_way_must_be_there_near_the_stops_and_short_enough() {
    use {CheckId as I, Code as C};
    let design = design(&[stop(1), stop(2)]);
    let with = |change: &dyn Fn(&mut Line)| {
        let mut line = line(&design);
        change(&mut line);
        found(&checked(&design, Ok(&line)))
    };
    assert_eq!(with(&|line| line.away_m[1] = 30.0), []);
    assert_eq!(with(&|line| line.away_m[1] = 30.1), [(I::NearPath, C::FarFromPath)]);
    assert_eq!(with(&|line| line.estimated_duration_s = 120 * 60), []);
    assert_eq!(with(&|line| line.estimated_duration_s = 120 * 60 + 1), [(I::Slot, C::TooLong)]);
    // The convention's time with the stays counts as well.
    assert_eq!(with(&|line| line.duration_s = 110 * 60 + 1), [(I::Slot, C::TooLong)]);
    assert_eq!(with(&|line| line.stairs = 1), [(I::StepFree, C::NoAlternative)]);
    assert_eq!(with(&|line| line.legs[0].straight = true), [(I::Way, C::OffNetwork)]);
    let none = |why| found(&checked(&design, Err(why)));
    assert_eq!(none(NoLine::Empty), [(I::Way, C::NoNetwork)]);
    assert_eq!(none(NoLine::Apart(0)), [(I::Way, C::NoWay)]);
}

#[test]
fn a_leg_that_is_straight_by_wish_is_no_finding() {
    let mut second = stop(2);
    second["straight"] = json!(true);
    let design = design(&[stop(1), second]);
    let mut line = line(&design);
    line.legs[0].straight = true;
    assert!(is_green(&checked(&design, Ok(&line))));
}

#[test]
fn stops_are_inside_unless_meant_and_stay_the_same_place() {
    use {CheckId as I, Code as C};
    let mut meant = stop(2);
    meant["outside_meant"] = json!(true);
    let after = design(&[stop(1), meant]);
    let line = line(&after);
    let mut moved = stop(1);
    moved["location"] = json!([139.753, 35.65]);
    let base = design(&[moved, stop(2)]);
    let facts = Facts {
        line: Ok(&line),
        base: Some(&base),
        is_inside: &|_| false,
        step_free_routes: &HashSet::new(),
    };
    let checks = checklist(&after, &facts);
    assert_eq!(found(&checks), [(I::Inside, C::Outside), (I::SamePlace, C::MovedFar)]);
    let metres = checks.last().unwrap().findings[0].value.unwrap();
    assert!((180.0..183.0).contains(&metres), "{metres}");
}
