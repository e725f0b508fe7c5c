//! Two servers asked in turn, so that whatever else the machine does falls upon both.

use crate::{process::processor_time, report::Spread, wrk::Load};

/// One of the two.
pub struct Side {
    /// What it is asked.
    pub load: Load,
    /// Its process.
    pub process: u32,
}

/// How long to measure.
#[derive(Clone, Copy, Debug)]
pub struct Rounds {
    /// How often each is asked.
    pub count: usize,
    /// How long each time.
    pub seconds: u64,
}

/// What came of it. Ratios are of one round each: the first side by the second.
pub struct Outcome {
    /// Requests per second.
    pub rate: Spread,
    /// Processor time of the server per request.
    pub processor: Spread,
    /// Median requests per second of both, and microseconds of processor time per request.
    pub absolute: String,
}

/// Asks both in turn, after a short warm-up.
pub fn duel(first: &Side, second: &Side, rounds: Rounds) -> anyhow::Result<Outcome> {
    first.load.run(1)?;
    second.load.run(1)?;
    let (mut rates, mut costs) = (Vec::new(), Vec::new());
    for _ in 0..rounds.count {
        let (rate_1, cost_1) = turn(first, rounds.seconds)?;
        let (rate_2, cost_2) = turn(second, rounds.seconds)?;
        rates.push([rate_1, rate_2]);
        costs.push([cost_1, cost_2]);
    }
    let ratios = |pairs: &[[f64; 2]]| Spread::of(pairs.iter().map(|[one, two]| one / two));
    let median = |pairs: &[[f64; 2]], side: usize| Spread::of(pairs.iter().map(|pair| pair[side])).median;
    let absolute = format!(
        "{:.0}/s : {:.0}/s, {:.0} µs : {:.0} µs",
        median(&rates, 0),
        median(&rates, 1),
        median(&costs, 0),
        median(&costs, 1)
    );
    Ok(Outcome { rate: ratios(&rates), processor: ratios(&costs), absolute })
}

/// Requests per second, and microseconds of processor time per request.
fn turn(side: &Side, seconds: u64) -> anyhow::Result<(f64, f64)> {
    let before = processor_time(side.process)?;
    let rate = side.load.run(seconds)?;
    let used = processor_time(side.process)?.saturating_sub(before);
    Ok((rate, used.as_secs_f64() * 1e6 / (rate * seconds as f64)))
}
