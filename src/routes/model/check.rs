//! What a design document must keep to, complete or not.

use std::collections::HashSet;

use crate::{geo::Position, http::Message};

use super::{
    design::{DesignDocument, Stop, Waypoint},
    text::{Language, Text},
};

/// The most stops and control points of a route, as many as the network takes points; a round trip needs one more.
pub const MOST_WAYPOINTS: usize = 49;
/// The most stops: as many as can be put in order.
pub const MOST_STOPS: usize = 30;

/// A field that cannot be so: the path to it, and why.
pub type Wrong = (String, Message);

/// Characters of one-line texts, and of stories.
const SHORT: usize = 100;
const LONG: usize = 2_000;
const MOST_THEMES: usize = 10;
const MOST_HOSTS: usize = 10;
const MOST_ANSWERS: usize = 10;

/// Tidies a document's texts and says all that is wrong with it.
pub(super) fn check(design: &mut DesignDocument) -> Vec<Wrong> {
    let mut check = Check { wrong: Vec::new() };
    design.languages.insert(Language::Ja);
    check.text("title", &mut design.title, SHORT);
    check.text("summary", &mut design.summary, LONG);
    check.text("accessibility", &mut design.accessibility, LONG);
    check.text("alternative.desk_based", &mut design.alternative.desk_based, LONG);
    check.line("district", &mut design.district);
    check.range("slot_min", design.slot_min, 15, 480);
    check.count("themes", design.themes.len(), MOST_THEMES);
    for (index, theme) in design.themes.iter_mut().enumerate() {
        check.filled(&format!("themes[{index}]"), theme);
    }
    check.count("hosts", design.hosts.len(), MOST_HOSTS);
    for (index, host) in design.hosts.iter_mut().enumerate() {
        check.filled(&format!("hosts[{index}].name"), &mut host.name);
    }
    check.count("waypoints", design.waypoints.len(), MOST_WAYPOINTS);
    let stops = design.waypoints.iter().filter(|waypoint| waypoint.stop().is_some()).count();
    if stops > MOST_STOPS {
        check.count("waypoints", stops, MOST_STOPS);
    }
    let mut seen = HashSet::new();
    for (index, waypoint) in design.waypoints.iter_mut().enumerate() {
        let at = format!("waypoints[{index}]");
        check.location(&format!("{at}.location"), waypoint.location());
        if let Waypoint::Stop(stop) = waypoint {
            check.stop(&at, stop);
            if !seen.insert(stop.stop_id) {
                check.says(
                    &format!("{at}.stop_id"),
                    "同じ立ち寄り点が2回あります。片方を別の立ち寄り点にしてください。",
                    "The same stop is there twice. Please make one of them another stop.",
                );
            }
        }
    }
    check.wrong
}

struct Check {
    wrong: Vec<Wrong>,
}

impl Check {
    fn says(&mut self, field: &str, ja: impl Into<String>, en: impl Into<String>) {
        self.wrong.push((field.to_owned(), Message::new(ja, en)));
    }

    fn stop(&mut self, at: &str, stop: &mut Stop) {
        self.text(&format!("{at}.name"), &mut stop.name, SHORT);
        self.line(&format!("{at}.address"), &mut stop.address);
        self.text(&format!("{at}.story"), &mut stop.story, LONG);
        self.range(&format!("{at}.radius_m"), stop.radius_m, 10, 300);
        self.range(&format!("{at}.stay_min"), stop.stay_min, 0, 180);
        if let Some(question) = &mut stop.question {
            self.text(&format!("{at}.question.text"), &mut question.text, SHORT * 3);
            self.count(&format!("{at}.question.answers"), question.answers.len(), MOST_ANSWERS);
            for (index, answer) in question.answers.iter_mut().enumerate() {
                self.filled(&format!("{at}.question.answers[{index}]"), answer);
            }
        }
        if let Some(photo) = &mut stop.photo {
            self.line(&format!("{at}.photo.credit"), &mut photo.credit);
            self.text(&format!("{at}.photo.alt"), &mut photo.alt, SHORT * 3);
        }
    }

    fn text(&mut self, field: &str, text: &mut Text, most: usize) {
        for (language, part) in text.parts_mut() {
            if most == SHORT {
                join_lines(part);
            } else {
                *part = part.trim().replace("\r\n", "\n");
            }
            self.length(&format!("{field}.{language}"), part, most);
        }
    }

    fn line(&mut self, field: &str, text: &mut String) {
        join_lines(text);
        self.length(field, text, SHORT);
    }

    fn filled(&mut self, field: &str, text: &mut String) {
        self.line(field, text);
        if text.is_empty() {
            self.says(field, "入力するか、この行を削除してください。", "Please fill it in, or remove it.");
        }
    }

    fn length(&mut self, field: &str, text: &str, most: usize) {
        if text.chars().count() > most {
            self.says(
                field,
                format!("{most}文字以内で入力してください。"),
                format!("Please use at most {most} characters."),
            );
        } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.says(
                field,
                "使えない文字(制御文字)が含まれています。入力し直してください。",
                "It holds characters that cannot be shown (control characters). Please type it again.",
            );
        }
    }

    fn count(&mut self, field: &str, count: usize, most: usize) {
        if count > most {
            self.says(
                field,
                format!("{most}件以内にしてください({count}件あります)。"),
                format!("Please use at most {most}; there are {count}."),
            );
        }
    }

    fn range(&mut self, field: &str, value: u16, least: u16, most: u16) {
        if !(least..=most).contains(&value) {
            self.says(
                field,
                format!("{least}〜{most}で入力してください。"),
                format!("Please use {least} to {most}."),
            );
        }
    }

    fn location(&mut self, field: &str, location: Position) {
        if !location.is_in_world() {
            self.says(
                field,
                "[経度, 緯度] を、経度は -180〜180、緯度は -90〜90 で指定してください。",
                "Please give [longitude, latitude]: -180 to 180 and -90 to 90.",
            );
        }
    }
}

/// One line of a text: trimmed, each run of blanks one blank.
fn join_lines(text: &mut String) {
    if text.contains(['\n', '\r', '\t']) || text.trim().len() != text.len() {
        *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::design::{Design, DesignDocument};

    fn document(waypoints: &serde_json::Value) -> DesignDocument {
        serde_json::from_value(json!({ "languages": [], "slot_min": 60, "waypoints": waypoints })).unwrap()
    }

    fn stop(id: u8, location: [f64; 2]) -> serde_json::Value {
        let stop_id = format!("019a9f6e-0000-7000-8000-0000000000{id:02}");
        json!({
            "kind": "stop", "stop_id": stop_id, "location": location, "radius_m": 30, "required": true,
            "evidence": ["gps"], "name": { "ja": " 坂の\n上 " },
        })
    }

    #[test]
    fn texts_are_tidied_and_japanese_is_always_promised() {
        let design = Design::new(document(&json!([stop(1, [139.7, 35.6])]))).unwrap();
        assert_eq!(design.stops().next().unwrap().name.ja, "坂の 上");
        assert!(design.languages.contains(&super::Language::Ja));
    }

    #[test]
    fn all_that_is_wrong_is_named_at_once() {
        let mut bad = document(&json!([stop(1, [139.7, 35.6]), stop(1, [35.6, 139.7])]));
        bad.slot_min = 5;
        bad.title.en = "x".repeat(101);
        bad.themes = vec![" ".into()];
        let wrong: Vec<String> = Design::new(bad).unwrap_err().into_iter().map(|(field, _)| field).collect();
        let expected = ["title.en", "slot_min", "themes[0]", "waypoints[1].location", "waypoints[1].stop_id"];
        assert_eq!(wrong, expected);
    }

    #[test]
    fn what_is_no_number_and_what_is_unknown_is_refused() {
        let nowhere = Design::new(document(&json!([stop(1, [f64::MAX, 0.0])])));
        assert!(nowhere.is_err());
        let unknown =
            serde_json::from_value::<DesignDocument>(json!({ "languages": [], "slot_min": 60, "secret": 1 }));
        assert!(unknown.is_err());
    }

    #[test]
    fn a_round_trip_walks_back_to_its_start() {
        let mut round = document(&json!([
            stop(1, [139.70, 35.6]),
            { "kind": "control", "location": [139.71, 35.6], "straight": true },
            stop(2, [139.72, 35.6]),
        ]));
        round.round_trip = true;
        let design = Design::new(round).unwrap();
        assert_eq!(design.points().len(), 4);
        assert_eq!(design.points()[3], design.points()[0]);
        assert_eq!(design.straight_legs(), [true, false, false]);
    }
}
