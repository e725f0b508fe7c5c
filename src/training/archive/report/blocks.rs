//! What the report says, from top to bottom.

use crate::{
    clock::{Date, Timestamp},
    print::{
        MM,
        fonts::Weight,
        typeset::{Line, Setter},
    },
    table::Share,
    training::{
        archive::{Archive, ArchivedGroup, ArchivedProgramme, Verified},
        model::{Count, Frequency},
    },
};

/// A part of the report that is on one page.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// What the paper is.
    Title(String),
    /// What is not final or not real, in a frame.
    Notice(Vec<Line>),
    /// A programme.
    Programme(Vec<Line>),
    /// A headline above a table.
    Section(String),
    /// Something by its name.
    Fact(String, Vec<Line>),
    /// The figures of everybody.
    Total(Box<Count>),
    /// The headings of a table, by what its rows are.
    Headings(String),
    /// A row of a table.
    Row(Box<Figures>),
    /// Running text.
    Text(Vec<Line>),
    /// Room.
    Gap(f32),
}

/// The figures of a row, by the name of the row.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures {
    pub(super) name: String,
    pub(super) count: Count,
}

/// How large letters of running text are, and how far its lines are apart, in points.
pub(super) const SIZE: f32 = 9.5;
pub(super) const LEADING: f32 = 5.2 * MM;
/// How wide the names of facts are.
pub(super) const NAMES: f32 = 26.0 * MM;

impl Block {
    /// How high it is.
    pub(super) fn height(&self) -> f32 {
        let lines = |lines: &[Line]| lines.len() as f32 * LEADING;
        match self {
            Self::Title(_) => 13.0 * MM,
            Self::Notice(text) => lines(text) + 7.0 * MM,
            Self::Programme(title) => title.len() as f32 * 7.0 * MM + 4.0 * MM,
            Self::Section(_) => 9.0 * MM,
            Self::Fact(_, text) => lines(text) + 0.8 * MM,
            Self::Total(_) => 20.0 * MM,
            Self::Headings(_) => 6.4 * MM,
            Self::Row(_) => 5.8 * MM,
            Self::Text(text) => lines(text),
            Self::Gap(height) => *height,
        }
    }

    /// How much room what follows needs on the same page.
    pub(super) fn company(&self, next: Option<&Self>) -> f32 {
        match (self, next) {
            // Headings and two rows.
            (Self::Section(_), Some(_)) => 18.0 * MM,
            // Its facts and its figures.
            (Self::Programme(_), Some(_)) => 60.0 * MM,
            (Self::Headings(_), Some(next)) => next.height(),
            _ => 0.0,
        }
    }
}

pub(super) fn day(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn moment(at: Timestamp) -> String {
    let local = jiff::tz::offset(9).to_datetime(at);
    format!("{} {:02}:{:02}", day(local.date()), local.hour(), local.minute())
}

/// Everything, from top to bottom.
pub(super) fn blocks(of: &Verified, setter: &Setter<'_>, width: f32) -> Vec<Block> {
    let archive = &of.archive;
    let text = |text: &str| setter.wrap(text, Weight::Regular, SIZE, width, 20);
    let fact = |name: &str, value: &str| {
        Block::Fact(name.to_owned(), setter.wrap(value, Weight::Regular, SIZE, width - NAMES, 20))
    };
    let mut blocks = vec![Block::Title(format!("{} 悉皆研修 実施報告書", archive.fiscal_year.in_era()))];
    let notices: Vec<Line> = notices(archive)
        .iter()
        .flat_map(|notice| setter.wrap(notice, Weight::Bold, SIZE, width - 8.0 * MM, 5))
        .collect();
    if !notices.is_empty() {
        blocks.extend([Block::Notice(notices), Block::Gap(3.0 * MM)]);
    }
    let made_by =
        format!("{}(全国地方公共団体コード {})", archive.municipality.name, archive.municipality.code);
    blocks.extend([
        fact("自治体", &made_by),
        fact("集計の時点", &format!("{}の終わり", day(archive.as_of))),
        fact("記録の作成", &moment(archive.made_at)),
        fact("記録のSHA-256", &of.digest),
        fact("鍵の指紋", &of.key.fingerprint()),
    ]);
    blocks.push(Block::Gap(2.0 * MM));
    blocks.extend([
        Block::Text(text(
            "この報告書の数は、署名つきの記録(JSONファイル)から作りました。記録が作成時のままかどうかは、上のSHA-256と鍵の指紋を見比べたうえで machiaruki archive verify ファイル名 で確かめられます。",
        )),
        Block::Gap(3.0 * MM),
    ]);
    if archive.programmes.is_empty() {
        blocks.push(Block::Text(text("この年度に実施した研修プログラムはありません。")));
    }
    for programme in &archive.programmes {
        blocks.extend(of_programme(programme, setter, width, fact));
    }
    blocks.extend([
        Block::Gap(5.0 * MM),
        Block::Text(text(
            "受講義務: 集計の時点で受講義務のある人(途中から対象になった人を含む)。修了・未受講・受講中・期限超過はその内訳で、受講中と期限超過は未受講に含みます。延期・免除の人は受講義務に数えません。所属・階層・任用形態は、集計の時点のものです。",
        )),
    ]);
    blocks
}

fn notices(archive: &Archive) -> Vec<&'static str> {
    let mut notices = Vec::new();
    if archive.provisional {
        notices.push("速報: 年度の途中の集計です。確定した数ではありません。");
    }
    if archive.sample {
        notices.push("見本: 架空の区の、架空の記録です。");
    }
    notices
}

fn of_programme(
    programme: &ArchivedProgramme,
    setter: &Setter<'_>,
    width: f32,
    fact: impl Fn(&str, &str) -> Block,
) -> Vec<Block> {
    let frequency = match programme.frequency {
        Frequency::Yearly => "毎年度",
        Frequency::Once => "1回だけ",
    };
    let title = format!("{}({})", programme.title, programme.code);
    let mut blocks = vec![
        Block::Gap(4.0 * MM),
        Block::Programme(setter.wrap(&title, Weight::Bold, 13.0, width, 3)),
        fact("対象", &programme.audience),
        fact("修了の条件", &programme.requirement),
        fact("期限", &day(programme.due_on)),
        fact("頻度", frequency),
        Block::Gap(2.0 * MM),
        Block::Total(Box::new(programme.total)),
    ];
    if let Some(people) = &programme.people {
        blocks.push(fact(
            "個人の記録",
            &format!("{}人分が記録のファイルにあります(印刷しません)。", people.len()),
        ));
    }
    let months: Vec<Figures> = programme
        .months
        .iter()
        .map(|month| Figures { name: format!("{}まで", day(month.as_of)), count: month.count })
        .collect();
    let groups = |groups: &[ArchivedGroup]| -> Vec<Figures> {
        groups.iter().map(|group| Figures { name: group.name.clone(), count: group.count }).collect()
    };
    for (section, heading, rows) in [
        ("部ごと", "部", groups(&programme.divisions)),
        ("所属ごと", "所属", groups(&programme.departments)),
        ("階層ごと", "階層", groups(&programme.tiers)),
        ("任用形態ごと", "任用形態", groups(&programme.employments)),
        ("月ごと(年度の初めからの累計)", "時点", months),
    ] {
        if rows.is_empty() {
            continue;
        }
        blocks.extend([Block::Section(section.to_owned()), Block::Headings(heading.to_owned())]);
        blocks.extend(rows.into_iter().map(|row| Block::Row(Box::new(row))));
        blocks.push(Block::Gap(2.0 * MM));
    }
    blocks
}

/// The figures of a row under their headings.
pub(super) fn figures(count: &Count) -> [String; 8] {
    let rate =
        Share::of(count.completed, count.due).map_or_else(|| "-".to_owned(), |share| share.to_string());
    let missing = count.due - count.completed.min(count.due);
    let [due, completed, missing, begun, overdue, deferred, exempt] =
        [count.due, count.completed, missing, count.begun, count.overdue, count.deferred, count.exempt]
            .map(grouped);
    [due, completed, missing, rate, begun, overdue, deferred, exempt]
}

/// What stands above them.
pub(super) const HEADINGS: [&str; 8] =
    ["受講義務", "修了", "未受講", "修了率", "受講中", "期限超過", "延期", "免除"];

/// A number with its thousands apart.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_at_a_glance() {
        assert_eq!(
            [0, 999, 1_000, 60_000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "60,000", "1,234,567"]
        );
        let count = Count { due: 2_000, completed: 1_999, begun: 0, overdue: 1, deferred: 3, exempt: 4 };
        assert_eq!(figures(&count), ["2,000", "1,999", "1", "99.9%", "0", "1", "3", "4"]);
        assert_eq!(figures(&Count::default())[3], "-");
    }
}
