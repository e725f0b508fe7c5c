//! What was measured, for the terminal and for `docs/benchmarks.md`.

use std::fmt;

/// Several measurements of one thing.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// The middle one.
    pub median: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

impl Spread {
    /// Of these; all 0 when there are none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = values.into_iter().collect();
        sorted.sort_by(f64::total_cmp);
        let at = |index: usize| sorted.get(index).copied().unwrap_or_default();
        let last = sorted.len().saturating_sub(1);
        Self { median: f64::midpoint(at(last / 2), at(last.div_ceil(2))), min: at(0), max: at(last) }
    }

    /// One measurement.
    pub fn one(value: f64) -> Self {
        Self { median: value, min: value, max: value }
    }

    /// Of the same pairs, the other way round.
    pub fn reversed(self) -> Self {
        Self { median: 1.0 / self.median, min: 1.0 / self.max, max: 1.0 / self.min }
    }

    /// As text.
    fn text(self, unit: Unit) -> String {
        let number = |value: f64| match unit {
            Unit::Ratio => format!("{value:.2}"),
            Unit::Milliseconds | Unit::Percent => format!("{value:.1}"),
            Unit::Mebibytes | Unit::Bytes | Unit::Count => format!("{value:.0}"),
        };
        let (median, min, max) = (number(self.median), number(self.min), number(self.max));
        if min == max { format!("{median}{unit}") } else { format!("{median}{unit} ({min}–{max})") }
    }
}

/// The value below which that share of them lies; 0 when there are none.
pub fn percentile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get((values.len().saturating_sub(1) as f64 * share) as usize).copied().unwrap_or_default()
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A ratio of one round.
    Ratio,
    /// Milliseconds.
    Milliseconds,
    /// Mebibytes.
    Mebibytes,
    /// Bytes.
    Bytes,
    /// Of a hundred.
    Percent,
    /// Just a number.
    Count,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ratio => " ×",
            Self::Milliseconds => " ms",
            Self::Mebibytes => " MiB",
            Self::Bytes => " bytes",
            Self::Percent => " %",
            Self::Count => "",
        })
    }
}

/// What is promised.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// The median is at least that.
    AtLeast(f64),
    /// The median is at most that.
    AtMost(f64),
    /// Not even the worst is more than that.
    NeverAbove(f64),
    /// Nothing; it is good to know.
    None,
}

/// One line of the report.
pub struct Line {
    /// What was asked.
    pub what: String,
    /// The promise.
    pub target: Target,
    /// The measurement.
    pub measured: Spread,
    /// Its unit.
    pub unit: Unit,
    /// What else there is to say, in the document too.
    pub remark: String,
    /// Absolute numbers, which mean nothing on another machine: for the terminal alone.
    pub absolute: String,
}

impl Line {
    /// Whether the promise is kept; `None` without one.
    pub fn holds(&self) -> Option<bool> {
        match self.target {
            Target::AtLeast(least) => Some(self.measured.median >= least),
            Target::AtMost(most) => Some(self.measured.median <= most),
            Target::NeverAbove(most) => Some(self.measured.max <= most),
            Target::None => None,
        }
    }

    fn target(&self) -> String {
        let number = |value: f64| {
            if self.unit == Unit::Ratio {
                format!("{value:.2}{}", self.unit)
            } else {
                format!("{value}{}", self.unit)
            }
        };
        match self.target {
            Target::AtLeast(least) => format!("≥ {}", number(least)),
            Target::AtMost(most) | Target::NeverAbove(most) => format!("≤ {}", number(most)),
            Target::None => "–".to_owned(),
        }
    }

    fn cells(&self) -> [String; 5] {
        let holds = match self.holds() {
            Some(true) => "yes",
            Some(false) => "**no**",
            None => "–",
        };
        [
            self.what.clone(),
            self.target(),
            self.measured.text(self.unit),
            holds.to_owned(),
            self.remark.clone(),
        ]
    }
}

/// Lines under one heading.
pub struct Section {
    /// The heading.
    pub title: String,
    /// What is compared with what, and how.
    pub about: String,
    /// The lines.
    pub lines: Vec<Line>,
}

impl Section {
    /// A section without lines.
    pub fn new(title: impl Into<String>, about: impl Into<String>) -> Self {
        let title = title.into();
        println!("{title}");
        Self { title, about: about.into(), lines: Vec::new() }
    }

    /// Adds a line, and says it at once: a whole run takes minutes.
    pub fn push(&mut self, line: Line) {
        let [what, target, measured, holds, remark] = line.cells();
        println!("  {what}: {measured}, target {target}: {holds}  {remark}  {}", line.absolute);
        self.lines.push(line);
    }

    /// Adds a ratio of two servers.
    pub fn push_duel(&mut self, what: impl Into<String>, target: Target, outcome: &crate::duel::Outcome) {
        self.push(Line {
            what: what.into(),
            target,
            measured: outcome.rate,
            unit: Unit::Ratio,
            remark: format!("processor time per request {:.2} ×", outcome.processor.median),
            absolute: outcome.absolute.clone(),
        });
    }
}

/// Tables in Markdown.
pub fn markdown(sections: &[Section]) -> String {
    let mut lines = Vec::new();
    for section in sections {
        lines.extend([String::new(), format!("## {}", section.title), String::new(), section.about.clone()]);
        lines.extend(["", "| | target | measured | holds | |", "|---|---|---|---|---|"].map(str::to_owned));
        lines.extend(section.lines.iter().map(|line| format!("| {} |", line.cells().join(" | "))));
    }
    lines.join("\n") + "\n"
}
