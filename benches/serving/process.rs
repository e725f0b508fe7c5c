//! What Linux knows of a running process: its memory and the processor time it has used.

use std::{fs, time::Duration};

use anyhow::Context as _;

/// Resident memory, in MiB.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Now.
    pub resident: f64,
    /// At most, since the process began or [`reset_peak`].
    pub peak: f64,
}

/// The memory of a process.
pub fn memory(id: u32) -> anyhow::Result<Memory> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).context("the process has ended")?;
    let line = |name: &str| -> anyhow::Result<f64> {
        let value = status.lines().find_map(|line| line.strip_prefix(name)).context("no memory in status")?;
        let kilobytes: f64 = value.trim_end_matches("kB").trim().parse()?;
        Ok(kilobytes / 1024.0)
    };
    Ok(Memory { resident: line("VmRSS:")?, peak: line("VmHWM:")? })
}

/// Lets the peak begin anew.
pub fn reset_peak(id: u32) -> anyhow::Result<()> {
    fs::write(format!("/proc/{id}/clear_refs"), "5").context("the peak of memory cannot be reset")
}

/// Linux counts in hundredths of a second towards programs, whatever its own tick.
const TICKS_PER_SECOND: f64 = 100.0;

/// Processor time of a process and its direct children, as nginx has its workers.
pub fn processor_time(id: u32) -> anyhow::Result<Duration> {
    let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
    let ids = children.split_whitespace().filter_map(|child| child.parse().ok());
    let mut ticks = 0.0;
    for id in ids.chain([id]) {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).context("the process has ended")?;
        // The name, in parentheses, may hold blanks; user and system time are the 12th and 13th after it.
        let fields = stat.rsplit(')').next().unwrap_or_default();
        for field in fields.split_whitespace().skip(11).take(2) {
            ticks += field.parse::<f64>()?;
        }
    }
    Ok(Duration::from_secs_f64(ticks / TICKS_PER_SECOND))
}
