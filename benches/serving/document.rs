//! `docs/benchmarks.md`.

use std::{fs, path::Path};

use crate::{
    duel::Rounds,
    report::{Section, markdown},
    stage::grouped,
};

/// How this run was made.
pub struct Setting {
    /// How many features the large layer has.
    pub large: usize,
    /// How long was measured.
    pub rounds: Rounds,
    /// The yardstick's version.
    pub nginx: String,
    /// The load generator's version.
    pub wrk: String,
}

/// The whole document.
pub fn document(setting: &Setting, feature_bytes: usize, sections: &[Section]) -> anyhow::Result<String> {
    let cores = std::thread::available_parallelism()?;
    let Rounds { count, seconds } = setting.rounds;
    let day = machiaruki::app::system_clock().today();
    Ok(format!(
        "# Benchmarks

Written by the bench itself (`benches/serving`, `benches/network`); do not edit it. To repeat it:

```
make bench
```

The program is measured with all of its middleware, built as a release is but without optimising across crates, against nginx serving the same bytes from
disk (that is, from the page cache: sendfile, no log, open files and connections kept, two workers). `wrk` asks both in
turn, {count} rounds of {seconds} s each after a warm-up, with 16 connections and one thread, over the loopback. **What
counts are ratios of one run**; a ratio is that of one round, and the table gives the median and, in parentheses, the least
and the greatest. Requests per second would say more about the machine than about the program.

- Day: {day}; Machiaruki {version}, nginx {nginx}, wrk {wrk}.
- Machine: {cores} virtual cores, {memory:.0} GiB of memory, Linux. Server and client share the cores, so that a server that
  needs less of them leaves more to the client: ratios near 1 mean that the client is what takes the time. The processor
  time of the server alone is in the last column.
- Data: invented facilities over the ward, the same in every run: 10,000 (about {bytes} bytes of GeoJSON each) and
  {large}. Two in a hundred have a neighbour nearer than a 32-bit float can tell. They are imported into SQLite with
  `machiaruki import`.
- Before anything is measured its answers are checked: status, count, content after decompression, the same bytes
  from both servers.
{tables}",
        version = env!("CARGO_PKG_VERSION"),
        nginx = setting.nginx,
        wrk = setting.wrk,
        memory = memory_of_machine(),
        bytes = feature_bytes,
        large = grouped(setting.large),
        tables = markdown(sections),
    ))
}

/// In GiB; 0 when it is not said.
fn memory_of_machine() -> f64 {
    let said = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let total = said.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kilobytes = total.and_then(|total| total.trim_end_matches("kB").trim().parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0 / 1024.0
}

/// Writes it where it belongs.
pub fn write(text: &str) -> anyhow::Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/benchmarks.md");
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, text)?;
    println!("docs/benchmarks.md is written");
    Ok(())
}
