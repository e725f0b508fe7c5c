//! The deadlines of one's obligations, in one's calendar.

use futures_util::future::BoxFuture;

use crate::{
    calendar::{Entries, Event, Status, When},
    clock::{Date, Timestamp, tokyo_date, tokyo_midnight},
    db::{DbError, Tx},
    routes::model::Language as TextLanguage,
    staff::StaffId,
    text::ReaderLanguage,
    visits::model::FiscalYear,
};

use super::{
    model::{Completion, Facts, Piece, completion, on_day, routes_left, still_due},
    service::town,
    store::{self, ProgrammeYear},
};

/// Puts the day by which each of one's obligations is due into one's calendar, of this fiscal year and the last. Whatever is done
/// is cancelled there, and whoever has to do nothing any more finds nothing.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines;

impl Entries for Deadlines {
    fn of<'t>(
        &'t self,
        tx: &'t mut Tx,
        staff: StaffId,
        language: ReaderLanguage,
        now: Timestamp,
    ) -> BoxFuture<'t, Result<Vec<Event>, DbError>> {
        Box::pin(deadlines(tx, staff, language, tokyo_date(now)))
    }
}

async fn deadlines(
    tx: &mut Tx,
    staff: StaffId,
    language: ReaderLanguage,
    today: Date,
) -> Result<Vec<Event>, DbError> {
    let this = FiscalYear::of(today);
    let mut events = Vec::new();
    let town = town(tx).await?;
    for year in [FiscalYear::new(this.year() - 1), Some(this)].into_iter().flatten() {
        let steps = store::steps_of(tx, staff, year).await?;
        if steps.is_empty() {
            continue;
        }
        let until = year.last().min(today);
        let done: Vec<_> =
            store::walks_of(tx, staff, year).await?.into_iter().map(|walk| walk.done).collect();
        let exemptions = store::exemptions_of(tx, staff, year).await?;
        for programme in store::years_of(tx, year).await? {
            let id = programme.programme.id;
            let of_it = steps.iter().filter(|step| step.programme == id);
            let pieces: Vec<Piece> = of_it.map(|step| step.piece.clone()).collect();
            let Some(piece) = on_day(&pieces, until) else { continue };
            let granted =
                exemptions.iter().filter(|one| one.asked.programme == id && one.granted == Some(true));
            let desk: Vec<Date> = granted.filter_map(|one| one.asked.day).collect();
            let facts = Facts { walks: &done, desk: &desk, pieces: &pieces, town: &town };
            let so_far = completion(&programme.rule.requirement, piece.routes, facts, year, until);
            events.extend(event(&programme, (piece, pieces.len()), so_far, language));
        }
    }
    Ok(events)
}

fn event(
    programme: &ProgrammeYear,
    (piece, steps): (&Piece, usize),
    so_far: Completion,
    language: ReaderLanguage,
) -> Option<Event> {
    let open = still_due(piece, &Completion { day: None, ..so_far })?;
    let name =
        programme.rule.title.best(language.pick(TextLanguage::Ja, TextLanguage::En, TextLanguage::Easy));
    let (title, text, status) = if so_far.day.is_some() {
        let title = language.pick(
            format!("【修了】{name}"),
            format!("Completed: {name}"),
            format!("おわりました: {name}"),
        );
        (title, String::new(), Status::Cancelled)
    } else {
        let left = routes_left(&programme.rule.requirement, piece, &so_far);
        let title = language.pick(
            format!("【研修の期限】{name}"),
            format!("Due: {name}"),
            format!("いつまで: {name}"),
        );
        (
            title,
            language.pick(
                format!("残り: {left}コース"),
                format!("Routes left: {left}"),
                format!("のこり: {left}コース"),
            ),
            Status::Confirmed,
        )
    };
    Some(Event {
        uid: format!("{}-{}@machiaruki", programme.programme.id, programme.year.year()),
        // Each step is a change, and so is each route that was walked, and its completion.
        sequence: steps as i64 * 1_000 + i64::from(so_far.routes) * 2 + i64::from(so_far.day.is_some()),
        changed_at: tokyo_midnight(so_far.day.unwrap_or(piece.since).max(piece.since)),
        when: When::Day(open),
        title,
        place: String::new(),
        text,
        status,
    })
}
