//! The demo's outings: invented, each marked 見本, around the day on which the demo is started.

use jiff::{ToSpan as _, civil::Weekday};

use crate::{
    attendance::MarkId,
    auth::{Persona, Reach, store::account_by_persona},
    clock::{Date, Timestamp, tokyo_date, tokyo_midnight},
    db::{DbError, Tx},
    random::SharedRandom,
    routes::{model::Version, store::versions_in_force},
    staff::{StaffId, store::id_of_number},
    visits::service::Visits,
};

use super::{
    model::{Answer, HostDocument, OutingDocument, OutingId, Plan},
    service::{self, Actor, NewMark, OutingError},
    store::{self, Outing, Span, Whose},
};

/// What becomes of a sample.
enum End {
    /// It is still to come.
    Planned,
    /// It is cancelled, and why.
    Cancelled(&'static str),
    /// It was.
    Held {
        /// Who had signed up and did not come.
        absent: &'static [&'static str],
        /// What its hosts are thanked with.
        report: &'static str,
    },
}

/// A sample.
struct Sample {
    /// Days from today; moved to a day on which people work.
    days: i64,
    /// The hour of the day at which it starts.
    hour: i64,
    /// Which of the routes, by code.
    route: usize,
    /// Its trainer.
    by: Persona,
    capacity: u16,
    /// Who signs up, in that order, by staff number; once it is full they wait.
    joined: &'static [&'static str],
    /// Whom the coordinator of their department puts forward.
    nominated: &'static [&'static str],
    end: End,
}

const SAMPLES: [Sample; 7] = [
    Sample {
        days: 3,
        hour: 10,
        route: 0,
        by: Persona::Trainer,
        capacity: 12,
        joined: &["900001", "900012", "900020", "900023", "900038"],
        nominated: &["900009", "900032"],
        end: End::Planned,
    },
    Sample {
        days: 9,
        hour: 14,
        route: 1,
        by: Persona::Trainer,
        capacity: 2,
        joined: &["900013", "900018", "900026"],
        nominated: &[],
        end: End::Planned,
    },
    Sample {
        days: 16,
        hour: 10,
        route: 2,
        by: Persona::Reviewer,
        capacity: 20,
        joined: &["900017"],
        nominated: &[],
        end: End::Planned,
    },
    Sample {
        days: 6,
        hour: 13,
        route: 3,
        by: Persona::Trainer,
        capacity: 15,
        joined: &["900024"],
        nominated: &[],
        end: End::Cancelled("【見本】雨の予報のため。次の回に申し込んでください。"),
    },
    Sample {
        days: -8,
        hour: 10,
        route: 0,
        by: Persona::Trainer,
        capacity: 12,
        joined: &["900019", "900021", "900024", "900027", "900028", "900036", "900039"],
        nominated: &[],
        end: End::Held {
            absent: &["900024"],
            report: "【見本】集会所を開けてくださり、ありがとうございました。6人で歩き、防災倉庫の場所と中身を教わりました。",
        },
    },
    Sample {
        days: -15,
        hour: 14,
        route: 1,
        by: Persona::Reviewer,
        capacity: 12,
        joined: &["900010", "900011", "900026", "900031", "900043", "900046", "900050", "900056"],
        nominated: &[],
        end: End::Held {
            absent: &[],
            report: "【見本】お店の前で話を聞かせてくださり、ありがとうございました。8人で歩きました。",
        },
    },
    Sample {
        days: -18,
        hour: 10,
        route: 2,
        by: Persona::Trainer,
        capacity: 15,
        joined: &["900014", "900022", "900035", "900037", "900040", "900042", "900051", "900054", "900059"],
        nominated: &[],
        end: End::Held {
            absent: &["900040", "900054"],
            report: "【見本】坂の名前の由来を教えてくださり、ありがとうございました。7人で歩きました。",
        },
    },
];

const MEETING_POINT: &str = "【見本】区役所1階ロビー";
const HOST_MESSAGE: &str = "【見本】集会所を開けて待っています。";

/// Plans the demo's outings, unless there is one to come. So whoever starts the demo finds some, whenever that is.
///
/// # Errors
/// When the database cannot be written.
pub async fn seed_outings(
    tx: &mut Tx,
    visits: &Visits,
    random: &SharedRandom,
    now: Timestamp,
) -> Result<(), DbError> {
    if !store::listed(tx, Span::From(now, None), Whose::All, 1).await?.is_empty() {
        return Ok(());
    }
    let is_first = store::listed(tx, Span::Before(now, None), Whose::All, 1).await?.is_empty();
    for sample in SAMPLES.iter().filter(|sample| is_first || sample.days > 0) {
        match seed(tx, sample, visits, random, now).await {
            // The demo's routes are published on a day of their own, which a clock that is wrong has not reached.
            Ok(()) | Err(OutingError::NoVersion) => {}
            Err(OutingError::Db(error)) => return Err(error),
            Err(other) => return Err(DbError::Corrupt(format!("the demo's outings: {other}"))),
        }
    }
    Ok(())
}

/// So many days from a day, or the next day after that on which people work.
fn working_day(from: Date, days: i64) -> Date {
    let day = from.saturating_add(days.days());
    let on = match day.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    day.saturating_add(on.days())
}

async fn seed(
    tx: &mut Tx,
    sample: &Sample,
    visits: &Visits,
    random: &SharedRandom,
    now: Timestamp,
) -> Result<(), OutingError> {
    let day = working_day(tokyo_date(now), sample.days);
    let starts_at = tokyo_midnight(day).saturating_add(sample.hour.hours()).unwrap_or(now);
    // What is over was planned a fortnight before.
    let planned_at = if starts_at > now { now } else { starts_at.saturating_sub(336.hours()).unwrap_or(now) };
    let versions = versions_in_force(tx, day).await?;
    let version = versions.get(sample.route).ok_or(OutingError::NoVersion)?;
    let Some(trainer) = actor(tx, sample.by, random, planned_at).await? else { return Ok(()) };
    let plan = plan(sample, version, starts_at)?;
    let id = service::create(tx, &trainer, &plan).await?;
    join(tx, sample, &trainer, id).await?;
    answer(tx, &trainer, id).await?;
    match sample.end {
        End::Planned => Ok(()),
        End::Cancelled(reason) => service::cancel(tx, &trainer, id, reason.to_owned()).await,
        End::Held { absent, report } => {
            let ended_at = starts_at.saturating_add(2.hours()).unwrap_or(starts_at);
            call_the_roll(tx, sample, absent, &Actor { now: ended_at, ..trainer }, id, visits).await?;
            thank(tx, id, report, ended_at).await
        }
    }
}

fn plan(sample: &Sample, version: &Version, starts_at: Timestamp) -> Result<Plan, OutingError> {
    let hosts = version.design.hosts.iter();
    let document = OutingDocument {
        route_version_id: version.id,
        starts_at,
        duration_min: 120,
        meeting_point: MEETING_POINT.to_owned(),
        capacity: sample.capacity,
        trainer_numbers: [sample.by.staff_number().to_owned()].into(),
        hosts: hosts.map(|host| HostDocument { kind: host.kind, name: host.name.clone() }).collect(),
    };
    Plan::new(document).map_err(|wrong| DbError::Corrupt(format!("a demo outing: {wrong:?}")).into())
}

async fn join(tx: &mut Tx, sample: &Sample, trainer: &Actor, id: OutingId) -> Result<(), OutingError> {
    for number in sample.joined {
        let Some(staff) = id_of_number(tx, number).await? else { continue };
        service::sign_up(tx, &Actor { staff: Some(staff), ..trainer.clone() }, id).await?;
    }
    let coordinator = actor(tx, Persona::Manager, &trainer.random, trainer.now).await?;
    if let Some(coordinator) = coordinator.filter(|_| !sample.nominated.is_empty()) {
        let mut people: Vec<StaffId> = Vec::new();
        for number in sample.nominated {
            people.extend(id_of_number(tx, number).await?);
        }
        service::nominate(tx, &coordinator, id, &people).await?;
    }
    Ok(())
}

/// The first host was asked by a link, and has said that it will be there.
async fn answer(tx: &mut Tx, trainer: &Actor, id: OutingId) -> Result<(), OutingError> {
    if let Some(host) = store::hosts(tx, id).await?.first() {
        service::ask(tx, trainer, (id, host.id)).await?;
        store::answer_host(tx, (id, host.id), (Answer::Yes, HOST_MESSAGE), false, trainer.now).await?;
    }
    Ok(())
}

/// The trainer marks everybody who had signed up: whoever was there has walked.
async fn call_the_roll(
    tx: &mut Tx,
    sample: &Sample,
    absent: &[&str],
    trainer: &Actor,
    id: OutingId,
    visits: &Visits,
) -> Result<(), OutingError> {
    let mut marks = Vec::new();
    for number in sample.joined {
        if let Some(staff) = id_of_number(tx, number).await? {
            let present = !absent.contains(number);
            marks.push(NewMark { id: MarkId(trainer.random.id()), staff, present, at: trainer.now });
        }
    }
    service::mark(tx, trainer, id, &marks, visits).await.map(|_| ())
}

/// The trainer writes to the hosts.
async fn thank(tx: &mut Tx, id: OutingId, report: &str, at: Timestamp) -> Result<(), OutingError> {
    let outing = store::outing(tx, id).await?.ok_or(OutingError::Absent)?;
    let version = outing.version + 1;
    let thanked = Outing { version, report: report.to_owned(), updated_at: at, ..outing };
    Ok(store::save(tx, &thanked).await?)
}

async fn actor(
    tx: &mut Tx,
    persona: Persona,
    random: &SharedRandom,
    now: Timestamp,
) -> Result<Option<Actor>, DbError> {
    let today = tokyo_date(now);
    let Some(account) = account_by_persona(tx, persona.as_str(), today).await? else { return Ok(None) };
    Ok(Some(Actor {
        account: account.id,
        staff: account.staff,
        department: account.department,
        reach: Reach::Any,
        now,
        today,
        random: random.clone(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_walks_on_a_weekend() {
        let friday = Date::constant(2026, 11, 27);
        let days: Vec<String> = (0..4).map(|days| working_day(friday, days).to_string()).collect();
        assert_eq!(days, ["2026-11-27", "2026-11-30", "2026-11-30", "2026-11-30"]);
    }

    #[test]
    fn every_text_says_that_it_is_a_sample() {
        let mut texts = vec![MEETING_POINT, HOST_MESSAGE];
        for sample in &SAMPLES {
            match sample.end {
                End::Planned => {}
                End::Cancelled(text) | End::Held { report: text, .. } => texts.push(text),
            }
        }
        assert_eq!(texts.len(), 6);
        assert!(texts.iter().all(|text| text.starts_with("【見本】")), "{texts:?}");
    }
}
