//! What things are called in files and on paper: the ward's words, as on the pages.

use std::collections::HashMap;

use crate::{
    http::Language,
    routes::model::{Language as TextLanguage, Text},
    staff::{DepartmentId, Employment, TierId, store::DepartmentRow},
};

use super::model::{About, Audience, Evidence, ExemptionKind, Frequency, Grouping, Requirement};

/// In Japanese and English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words(pub(super) &'static str, pub(super) &'static str);

impl Words {
    pub(super) fn say(self, language: Language) -> &'static str {
        language.pick(self.0, self.1)
    }
}

/// A text in that language, or in the next best one.
pub(super) fn best(text: &Text, language: Language) -> &str {
    text.best(language.pick(TextLanguage::Ja, TextLanguage::En))
}

pub(super) const fn employment(kind: Employment) -> Words {
    match kind {
        Employment::Regular => Words("常勤", "Regular"),
        Employment::Reappointed => Words("再任用", "Reappointed"),
        Employment::FixedTerm => Words("任期付", "Fixed term"),
        Employment::FiscalYearAppointment => Words("会計年度任用", "Fiscal-year appointment"),
        Employment::Temporary => Words("臨時的任用", "Temporary"),
        Employment::SpecialService => Words("特別職", "Special service"),
        Employment::SecondedIn => Words("派遣受入", "Seconded in"),
    }
}

pub(super) const fn grouping(by: Grouping) -> Words {
    match by {
        Grouping::Division => Words("部", "Division"),
        Grouping::Department => Words("所属", "Department"),
        Grouping::District => Words("勤務地の地区", "District of work"),
        Grouping::Tier => Words("階層", "Tier"),
        Grouping::Employment => Words("任用形態", "Employment"),
        Grouping::Month => Words("月", "Month"),
    }
}

pub(super) const fn about(about: About) -> Words {
    match about {
        About::Knowledge => Words("知識", "Knowledge"),
        About::Attachment => Words("愛着", "Attachment"),
    }
}

pub(super) const fn frequency(frequency: Frequency) -> Words {
    match frequency {
        Frequency::Yearly => Words("毎年度", "Every year"),
        Frequency::Once => Words("1回だけ", "Once"),
    }
}

pub(super) const fn evidence(evidence: Evidence) -> Words {
    match evidence {
        Evidence::Accepted => Words("立ち寄り点ごとの決まりのとおり", "As each stop asks"),
        Evidence::Proven => Words("その場にいたことを示す訪問だけ", "Only visits that show one was there"),
    }
}

pub(super) const fn exemption(kind: ExemptionKind) -> Words {
    match kind {
        ExemptionKind::Exempt => Words("免除", "Exemption"),
        ExemptionKind::Deferred => Words("延期", "More time"),
        ExemptionKind::Desk => Words("代替学習", "Desk study"),
    }
}

/// What tiers and departments are called.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub(super) tiers: HashMap<TierId, String>,
    pub(super) departments: HashMap<DepartmentId, String>,
}

impl Names {
    pub(super) fn tier<'n>(&'n self, id: &'n str) -> &'n str {
        self.tiers.get(id).map_or(id, String::as_str)
    }

    /// What a department is called; its id where nobody knows.
    pub(super) fn department(&self, id: DepartmentId) -> String {
        self.departments.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }
}

/// What departments are called, so that no two are called the same: divisions have sections of the same name.
pub(super) fn told_apart(rows: &[DepartmentRow]) -> HashMap<DepartmentId, String> {
    // Deeper than any ward: a circle, which no roster should hold, ends there.
    const DEEPEST: usize = 10;
    let above = |row: &DepartmentRow| rows.iter().find(|one| Some(&one.id) == row.parent.as_ref());
    let name = |row: &DepartmentRow| {
        let is_alone = rows.iter().filter(|one| one.name == row.name).count() == 1;
        let above = std::iter::successors(above(row), |one| above(one)).take(DEEPEST);
        let mut path: Vec<&str> = above.map(|one| one.name.as_str()).collect();
        path.reverse();
        if is_alone || path.is_empty() {
            row.name.clone()
        } else {
            format!("{}({})", row.name, path.join(" "))
        }
    };
    rows.iter().filter_map(|row| Some((row.id.parse().ok()?, name(row)))).collect()
}

/// For whom a programme is.
pub(super) fn audience(audience: &Audience, names: &Names, language: Language) -> String {
    let list = |what: Words, items: Vec<String>| {
        let (colon, comma) = language.pick((":", "、"), (": ", ", "));
        format!("{}{colon}{}", what.say(language), items.join(comma))
    };
    let mut parts = Vec::new();
    if let Some(tiers) = &audience.tiers {
        parts.push(list(
            Words("階層", "Tiers"),
            tiers.iter().map(|tier| names.tier(tier).to_owned()).collect(),
        ));
    }
    if let Some(departments) = &audience.departments {
        let departments = departments.iter().map(|id| names.department(*id)).collect();
        parts.push(list(Words("所属", "Departments"), departments));
    }
    if let Some(kinds) = &audience.employments {
        let kinds = kinds.iter().map(|kind| employment(*kind).say(language).to_owned()).collect();
        parts.push(list(Words("任用形態", "Employment"), kinds));
    }
    if let Some(years) = audience.joined_within_years {
        parts.push(language.pick(format!("入区{years}年以内"), format!("joined within {years} years")));
    }
    if parts.is_empty() {
        return Words("全職員(悉皆)", "All staff").say(language).to_owned();
    }
    parts.join(language.pick(" / ", "; "))
}

/// What has to be done.
pub(super) fn requirement(requirement: &Requirement, language: Language) -> String {
    let Requirement { routes, new_routes, new_within_years: years, away_routes, .. } = requirement;
    let mut parts = vec![language.pick(format!("{routes}コース"), format!("{routes} routes"))];
    if *new_routes > 0 {
        parts.push(language.pick(
            format!("うち{new_routes}コースは{years}年間歩いていないコース"),
            format!("{new_routes} of them not walked for {years} years"),
        ));
    }
    if *away_routes > 0 {
        parts.push(language.pick(
            format!("うち{away_routes}コースは勤務地と違う地区のコース"),
            format!("{away_routes} of them in other districts than one's own"),
        ));
    }
    if requirement.evidence == Evidence::Proven {
        parts.push(evidence(Evidence::Proven).say(language).to_owned());
    }
    if requirement.or_outing {
        parts.push(language.pick("実施回1回でも可", "or one outing").to_owned());
    }
    if requirement.or_desk {
        parts.push(language.pick("代替学習あり", "or desk study").to_owned());
    }
    parts.join(language.pick("、", ", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_of_one_name_are_told_apart_by_their_divisions() {
        let id = |number: u128| uuid::Uuid::from_u128(number).to_string();
        let row = |number: u128, name: &str, parent: Option<u128>| DepartmentRow {
            id: id(number),
            code: String::new(),
            name: name.to_owned(),
            parent: parent.map(id),
            rank: 0,
        };
        let rows = [
            row(1, "芝支所", None),
            row(2, "麻布支所", None),
            row(3, "協働推進課", Some(1)),
            row(4, "協働推進課", Some(2)),
            row(5, "防災課", Some(2)),
            row(6, "係", Some(3)),
            row(7, "係", Some(5)),
        ];
        let names = told_apart(&rows);
        let of = |number| names[&DepartmentId(uuid::Uuid::from_u128(number))].as_str();
        assert_eq!([of(3), of(4), of(5)], ["協働推進課(芝支所)", "協働推進課(麻布支所)", "防災課"]);
        assert_eq!([of(1), of(6), of(7)], ["芝支所", "係(芝支所 協働推進課)", "係(麻布支所 防災課)"]);
    }
}
