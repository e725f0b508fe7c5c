//! The versions by which a walk may be complete.

use std::collections::BTreeSet;

use crate::{
    clock::Date,
    routes::{RouteVersionId, model::Version},
};

use super::model::{Candidate, FiscalYear};

/// The versions by which a walk may be complete, each with the day from which it may be: those that were walked, at any time;
/// and those that counted on any day of the year until `until`, from the day on which they began to count. `versions` are all
/// of the route, the first one first.
#[must_use]
pub fn candidates(
    walked: &BTreeSet<RouteVersionId>,
    versions: &[Version],
    year: FiscalYear,
    until: Date,
) -> Vec<(Candidate, Date)> {
    let last = year.last().min(until);
    versions
        .iter()
        .enumerate()
        .filter_map(|(index, version)| {
            // It counts until the day before the next one does.
            let next = versions[index + 1..].iter().map(|next| next.effective_from).min();
            let counted = version.effective_from <= last
                && next.is_none_or(|next| next > version.effective_from.max(year.first()));
            let is_walked = walked.contains(&version.id);
            if !counted && !is_walked {
                return None;
            }
            let candidate = Candidate {
                id: version.id,
                number: version.number,
                required: version
                    .design
                    .stops()
                    .filter(|stop| stop.required)
                    .map(|stop| stop.stop_id)
                    .collect(),
            };
            Some((candidate, if is_walked { Date::MIN } else { version.effective_from }))
        })
        .collect()
}
