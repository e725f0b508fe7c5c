//! From a plan to its report.

use super::{
    Import,
    plan::Plan,
    prepare::Prepared,
    report::{Note, Obstacle, Outcome, Report},
};

/// A report lists at most this many of anything.
const LISTED: usize = 1_000;
/// And at most this many of what is new.
const SAMPLED: usize = 100;

/// What keeps this import from being stored.
pub(super) fn obstacle(import: &Import, prepared: &Prepared, plan: &Plan) -> Option<Obstacle> {
    if !prepared.refused.is_empty() && !import.options.accept_valid {
        Some(Obstacle::RefusedRows)
    } else if plan.vanishes_too_much() && !import.options.accept_vanished {
        Some(Obstacle::MostWouldVanish)
    } else {
        None
    }
}

pub(super) fn summarise(import: &Import, prepared: Prepared, plan: &Plan, outcome: Outcome) -> Report {
    let obstacle = obstacle(import, &prepared, plan);
    let digest = plan.digest(import, &prepared);
    let mut refused = prepared.refused;
    let refused_count = refused.len() as u64;
    refused.truncate(LISTED);
    let note = |(at, text): (crate::import::At, String)| Note { at: at.to_string(), text };
    Report {
        outcome,
        obstacle,
        layer: import.layer.to_string(),
        dataset: import.dataset.to_string(),
        dataset_is_new: plan.before.is_none(),
        file: import.file_name.clone(),
        format: prepared.format.to_string(),
        encoding: prepared.encoding.to_string(),
        key: prepared.key_fields,
        key_was_chosen: prepared.key_was_chosen,
        plan: digest,
        read: prepared.read,
        added: plan.added.len() as u64,
        added_sample: plan
            .added
            .iter()
            .take(SAMPLED)
            .map(|(index, _)| {
                let record = &prepared.records[*index];
                note((record.at, record.key.replace('\u{1f}', " / ")))
            })
            .collect(),
        changed: plan.changed.len() as u64,
        changed_sample: plan.changed_sample.clone(),
        edited: plan.edited.clone(),
        columns: prepared.columns,
        unchanged: plan.unchanged,
        vanished: plan.vanished.len() as u64,
        vanished_keys: plan
            .vanished
            .iter()
            .take(LISTED)
            .map(|(key, _)| key.replace('\u{1f}', " / "))
            .collect(),
        returned: plan.returned.len() as u64,
        refused_count,
        refused,
        repaired_count: prepared.repairs.len() as u64,
        repaired: prepared
            .repairs
            .into_iter()
            .take(LISTED)
            .map(|(at, repair)| note((at, repair.to_string())))
            .collect(),
        left_out_count: prepared.left_out.len() as u64,
        left_out: prepared.left_out.into_iter().take(LISTED).map(note).collect(),
        linked: plan.linked.clone(),
        ambiguous: plan.ambiguous.clone(),
        ignored_columns: prepared.ignored,
        constants: prepared.constants,
    }
}
