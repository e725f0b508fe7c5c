//! Lists of the training as tables. Pure.

use crate::{
    clock::{Date, Timestamp, tokyo_date},
    http::Language,
    routes::model::Text,
    staff::Employment,
    table::{Cell, Decimal, Share, Table},
    training::{
        api::{
            coverage::WalkedPlacesDocument,
            documents::{ExemptionItem, ExemptionList, PersonItem, ReportDocument, ReportRow, StandingItem},
            survey_documents::{ChangeDocument, ChangeFigures},
        },
        model::{Grouping, Walked},
        store::ProgrammeYear,
        words::{
            Names, Words, about, audience, best, employment, evidence, exemption, frequency, grouping,
            requirement,
        },
    },
    visits::model::FiscalYear,
};

use super::words as w;

fn headings<const N: usize>(words: [Words; N], language: Language) -> [&'static str; N] {
    words.map(|word| word.say(language))
}

fn said(word: Words, language: Language) -> Cell {
    Cell::text(word.say(language))
}

fn day_of(text: &str) -> Option<Date> {
    text.parse().ok()
}

/// The day of a moment, in Tokyo.
fn moment_day(text: &str) -> Option<Date> {
    text.parse::<Timestamp>().ok().map(tokyo_date)
}

fn year(number: i16, language: Language) -> Cell {
    let era = FiscalYear::new(number).map(FiscalYear::in_era).unwrap_or_default();
    Cell::text(&language.pick(era, number.to_string()))
}

/// The figures, everybody first. Every row says what it is of, so that tables of several days or programmes can be put together.
pub(super) fn report(document: &ReportDocument, today: Date, language: Language) -> Table<14> {
    let as_of = day_of(&document.as_of);
    let row = |row: &ReportRow, group: Cell, as_of: Option<Date>| {
        let count = row.count;
        let hidden = if count.is_none() { said(w::HIDDEN, language) } else { Cell::Empty };
        let number =
            |of: fn(&crate::training::model::Count) -> u32| Cell::maybe_whole(count.as_ref().map(of));
        [
            year(document.fiscal_year, language),
            Cell::text(best(&document.title, language)),
            Cell::maybe_day(as_of),
            said(grouping(document.by), language),
            group,
            number(|count| count.due),
            number(|count| count.completed),
            number(|count| count.due - count.completed),
            count.and_then(|count| Share::of(count.completed, count.due)).map_or(Cell::Empty, Cell::Share),
            number(|count| count.begun),
            number(|count| count.overdue),
            number(|count| count.deferred),
            number(|count| count.exempt),
            hidden,
        ]
    };
    let mut rows = vec![row(&document.total, said(w::EVERYBODY, language), as_of)];
    for group in &document.groups {
        let (name, day) = match document.by {
            Grouping::Employment => {
                let kind = Employment::named(&group.key).map(|kind| employment(kind).say(language));
                (Cell::text(kind.unwrap_or(&group.key)), as_of)
            }
            // Counted at the end of the month, or on the day that is asked for.
            Grouping::Month => {
                let end = day_of(&format!("{}-01", group.key)).map(Date::last_of_month);
                let day = end.into_iter().chain(as_of).min();
                (Cell::maybe_day(day), day)
            }
            Grouping::Division | Grouping::Department | Grouping::District | Grouping::Tier => {
                (Cell::text(group.name.as_deref().unwrap_or(&group.key)), as_of)
            }
        };
        rows.push(row(group, name, day));
    }
    let words = [
        w::YEAR,
        w::TRAINING,
        w::AS_OF,
        w::BY,
        w::GROUP,
        w::DUE,
        w::COMPLETED,
        w::MISSING,
        w::RATE,
        w::BEGUN,
        w::OVERDUE,
        w::DEFERRED,
        w::EXEMPT,
        w::REMARK,
    ];
    Table {
        sheet: language.pick("受講状況", "Completion"),
        made_on: today,
        headings: headings(words, language),
        rows,
    }
}

/// How answers before and after changed: everybody first, then by question and by route.
pub(super) fn change(document: &ChangeDocument, today: Date, language: Language) -> Table<12> {
    let row = |topic: Words, kind: Words, name: Cell, figures: Option<&ChangeFigures>| {
        let points = |of: fn(&ChangeFigures) -> f64| {
            figures.and_then(|one| Decimal::rounded(of(one))).map_or(Cell::Empty, Cell::Decimal)
        };
        [
            year(document.fiscal_year, language),
            Cell::text(best(&document.title, language)),
            said(topic, language),
            said(kind, language),
            name,
            Cell::maybe_whole(figures.map(|one| one.pairs)),
            points(|one| one.before),
            points(|one| one.after),
            points(|one| one.change),
            points(|one| one.low),
            points(|one| one.high),
            if figures.is_none() { said(w::FEW_PAIRS, language) } else { Cell::Empty },
        ]
    };
    let mut rows = Vec::new();
    for topic in &document.topics {
        let of = about(topic.about);
        rows.push(row(of, w::EVERYBODY, Cell::Empty, topic.total.as_ref()));
        for one in &topic.questions {
            rows.push(row(of, w::QUESTION, Cell::text(best(&one.text, language)), one.figures.as_ref()));
        }
        for one in &topic.routes {
            rows.push(row(of, w::ROUTE, Cell::text(best(&one.title, language)), Some(&one.figures)));
        }
    }
    let words = [
        w::YEAR,
        w::TRAINING,
        w::TOPIC,
        w::GROUP,
        w::QUESTION_OR_ROUTE,
        w::PAIRS,
        w::MEAN_BEFORE,
        w::MEAN_AFTER,
        w::CHANGE,
        w::LOW,
        w::HIGH,
        w::REMARK,
    ];
    Table {
        sheet: language.pick("事前・事後の変化", "Change"),
        made_on: today,
        headings: headings(words, language),
        rows,
    }
}

/// Of what people are listed.
pub(super) struct Listing {
    pub(super) title: Text,
    pub(super) as_of: Date,
    pub(super) today: Date,
}

fn number(person: &PersonItem) -> Cell {
    Cell::maybe_text(person.number.as_deref())
}

fn name(person: &PersonItem, language: Language) -> Cell {
    Cell::text(person.name.as_deref().unwrap_or(w::ERASED.say(language)))
}

/// People and how they stand.
pub(super) fn people(items: &[StandingItem], of: &Listing, names: &Names, language: Language) -> Table<12> {
    let rows = items
        .iter()
        .map(|item| {
            let due_on = item.due_on.as_deref().and_then(day_of);
            [
                Cell::text(best(&of.title, language)),
                Cell::Day(of.as_of),
                number(&item.person),
                name(&item.person, language),
                Cell::text(&item.person.department_name),
                Cell::text(names.tier(&item.tier)),
                said(employment(item.employment), language),
                said(w::standing(item, due_on, of.as_of), language),
                Cell::maybe_day(due_on),
                Cell::Whole(item.routes_needed.into()),
                Cell::Whole(item.routes_done.into()),
                Cell::maybe_day(item.completed_on.as_deref().and_then(day_of)),
            ]
        })
        .collect();
    let words = [
        w::TRAINING,
        w::AS_OF,
        w::NUMBER,
        w::NAME,
        w::DEPARTMENT,
        w::TIER,
        w::EMPLOYMENT,
        w::STANDING,
        w::DUE_ON,
        w::ROUTES_NEEDED,
        w::ROUTES_DONE,
        w::COMPLETED_ON,
    ];
    Table {
        sheet: language.pick("対象者", "People"),
        made_on: of.today,
        headings: headings(words, language),
        rows,
    }
}

/// Where walks went, a row for each place and fiscal year.
pub(super) fn coverage(document: &WalkedPlacesDocument, today: Date, language: Language) -> Table<7> {
    let WalkedPlacesDocument { routes, localities, councils, organisations, .. } = document;
    let kinds = [
        (w::ROUTE, routes),
        (w::LOCALITY, localities),
        (w::COUNCIL, councils),
        (w::ORGANISATION, organisations),
    ];
    let mut rows = Vec::new();
    for (kind, places) in kinds {
        for place in places {
            for one in &place.years {
                let number = |of: fn(&Walked) -> u32| Cell::maybe_whole(one.walked.as_ref().map(of));
                rows.push([
                    said(kind, language),
                    Cell::text(&place.name),
                    year(one.fiscal_year, language),
                    number(|walked| walked.walks),
                    number(|walked| walked.completed),
                    number(|walked| walked.visits),
                    if one.walked.is_none() { said(w::HIDDEN, language) } else { Cell::Empty },
                ]);
            }
        }
    }
    let words = [w::PLACE_KIND, w::PLACE, w::YEAR, w::WALKS, w::COMPLETED, w::VISITS, w::REMARK];
    Table {
        sheet: language.pick("歩かれた場所", "Where walks went"),
        made_on: today,
        headings: headings(words, language),
        rows,
    }
}

/// What was asked for.
pub(super) fn exemptions(list: &ExemptionList, today: Date, language: Language) -> Table<13> {
    let row = |item: &ExemptionItem| {
        let asked = &item.exemption;
        let decision = match asked.granted {
            None => w::WAITING,
            Some(true) => w::GRANTED,
            Some(false) => w::REFUSED,
        };
        [
            year(list.fiscal_year, language),
            Cell::text(best(&item.programme_title, language)),
            number(&item.person),
            name(&item.person, language),
            Cell::text(&item.person.department_name),
            Cell::maybe_day(moment_day(&asked.asked_at)),
            said(exemption(asked.kind), language),
            Cell::text(&asked.reason),
            Cell::maybe_day(asked.day.as_deref().and_then(day_of)),
            Cell::maybe_day(asked.until.as_deref().and_then(day_of)),
            said(decision, language),
            Cell::maybe_day(item.decided_at.as_deref().and_then(moment_day)),
            Cell::text(&asked.answer),
        ]
    };
    let words = [
        w::YEAR,
        w::TRAINING,
        w::NUMBER,
        w::NAME,
        w::DEPARTMENT,
        w::ASKED_ON,
        w::KIND,
        w::REASON,
        w::STUDIED_ON,
        w::UNTIL,
        w::DECISION,
        w::DECIDED_ON,
        w::ANSWER,
    ];
    Table {
        sheet: language.pick("申請", "Requests"),
        made_on: today,
        headings: headings(words, language),
        rows: list.exemptions.iter().map(row).collect(),
    }
}

/// The programmes of a fiscal year.
pub(super) fn programmes(
    found: &[ProgrammeYear],
    today: Date,
    names: &Names,
    language: Language,
) -> Table<18> {
    let row = |one: &ProgrammeYear| {
        let (rule, needs) = (&one.rule, &one.rule.requirement);
        let yes = |is: bool| said(if is { w::YES } else { w::NO }, language);
        let state = match one.opened_at {
            None => w::PLANNED,
            Some(_) if one.year.last() < today => w::PAST,
            Some(_) => w::OPEN,
        };
        [
            year(one.year.year(), language),
            Cell::text(&one.programme.code),
            Cell::text(best(&rule.title, language)),
            said(frequency(one.programme.frequency), language),
            Cell::text(&audience(&rule.audience, names, language)),
            Cell::text(&requirement(needs, language)),
            Cell::Whole(needs.routes.into()),
            Cell::Whole(needs.new_routes.into()),
            Cell::Whole(needs.new_within_years.into()),
            said(evidence(needs.evidence), language),
            yes(needs.or_outing),
            yes(needs.or_desk),
            Cell::Day(rule.deadline.on(one.year)),
            Cell::Whole(rule.grace_days.into()),
            Cell::Whole(rule.too_late_days.into()),
            said(state, language),
            Cell::maybe_day(one.opened_at.map(tokyo_date)),
            Cell::maybe_day(one.programme.ended_on),
        ]
    };
    let words = [
        w::YEAR,
        w::CODE,
        w::TRAINING,
        w::FREQUENCY,
        w::AUDIENCE,
        w::REQUIREMENT,
        w::ROUTES,
        w::NEW_ROUTES,
        w::NEW_WITHIN,
        w::EVIDENCE,
        w::OUTING,
        w::DESK,
        w::DUE_ON,
        w::GRACE,
        w::TOO_LATE,
        w::STATE,
        w::OPENED_ON,
        w::ENDED_ON,
    ];
    Table {
        sheet: language.pick("研修プログラム", "Programmes"),
        made_on: today,
        headings: headings(words, language),
        rows: found.iter().map(row).collect(),
    }
}
