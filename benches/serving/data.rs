//! Invented facilities: points over the ward as densely as asked, the same in every run.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
};

use machiaruki::layers::PlaceId;

use crate::random::Random;

/// The dataset that they are imported as.
pub const DATASET: &str = "facilities-bench";

/// The ward: west, south, east, north.
const WARD: [f64; 4] = [139.70, 35.62, 139.79, 35.69];
const CLUSTERS: usize = 400;

/// The points of a layer. A feature's code is made of its index.
pub struct Dataset {
    /// Longitude and latitude, as they are written and read.
    pub points: Vec<[f64; 2]>,
}

/// The id that a feature has when it is imported.
pub fn id(index: usize) -> PlaceId {
    PlaceId::of_record(DATASET, &code(index))
}

/// The code of a feature: the key of its record.
pub fn code(index: usize) -> String {
    format!("F{index:07}")
}

impl Dataset {
    /// So many points: some around stations, as in a town, some anywhere.
    pub fn generate(count: usize) -> Self {
        let mut random = Random::new(0x6d61_6368_6961_7275);
        let [west, south, east, north] = WARD;
        let anywhere = |random: &mut Random| {
            [west + (east - west) * random.unit(), south + (north - south) * random.unit()]
        };
        let stations: Vec<[f64; 2]> = (0..CLUSTERS).map(|_| anywhere(&mut random)).collect();
        let mut points: Vec<[f64; 2]> = Vec::with_capacity(count);
        while points.len() < count {
            let point = if random.percent(2) && !points.is_empty() {
                // A neighbour nearer than a float of 32 bits can tell, with all digits of a double.
                let near = points[random.below(points.len())];
                near.map(|degree| degree + 3e-9 * random.around_zero())
            } else if random.percent(60) {
                let near = *random.pick(&stations);
                near.map(|degree| rounded(degree + 0.004 * random.around_zero()))
            } else {
                anywhere(&mut random).map(rounded)
            };
            if (west..=east).contains(&point[0]) && (south..=north).contains(&point[1]) {
                points.push(point);
            }
        }
        Self { points }
    }

    /// Writes them as a file that a ward could have.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        let mut random = Random::new(131_032);
        let mut out = BufWriter::new(File::create(path)?);
        writeln!(out, "ID,名称,名称_カナ,名称_英語,種別,住所,電話番号,URL,説明,経度,緯度")?;
        for (index, [longitude, latitude]) in self.points.iter().enumerate() {
            let place = Facility::new(&mut random, index);
            let Facility { name, kana, english, kind, address, phone, url, description } = place;
            writeln!(
                out,
                "{},{name},{kana},{english},{kind},{address},{phone},{url},{description},{longitude},{latitude}",
                code(index)
            )?;
        }
        out.flush()?;
        Ok(())
    }
}

/// Seven digits after the point, as surveys have them: about a centimetre.
fn rounded(degree: f64) -> f64 {
    (degree * 1e7).round() / 1e7
}

/// What a feature has besides its point; empty where nothing is said.
struct Facility {
    name: String,
    kana: String,
    english: String,
    kind: &'static str,
    address: String,
    phone: String,
    url: String,
    description: &'static str,
}

/// Towns: name, reading, English.
const TOWNS: [[&str; 3]; 12] = [
    ["芝浦", "シバウラ", "Shibaura"],
    ["赤坂", "アカサカ", "Akasaka"],
    ["六本木", "ロッポンギ", "Roppongi"],
    ["白金台", "シロカネダイ", "Shirokanedai"],
    ["高輪", "タカナワ", "Takanawa"],
    ["港南", "コウナン", "Konan"],
    ["虎ノ門", "トラノモン", "Toranomon"],
    ["新橋", "シンバシ", "Shimbashi"],
    ["三田", "ミタ", "Mita"],
    ["南青山", "ミナミアオヤマ", "Minami-Aoyama"],
    ["西麻布", "ニシアザブ", "Nishi-Azabu"],
    ["台場", "ダイバ", "Daiba"],
];
/// Kinds of place: kind as files write it, name, reading, English, description.
const KINDS: [[&str; 5]; 8] = [
    ["公共施設", "区民センター", "クミンセンター", "Community Center", "会議室と体育室があります。"],
    ["観光", "展望広場", "テンボウヒロバ", "Lookout Square", "海と街並みを一望できます。"],
    ["AED", "ビル", "ビル", "Building", "一階の受付の横にあります。"],
    ["文化財", "坂の石碑", "サカノセキヒ", "Slope Monument", "坂の名の由来を刻んだ石碑です。"],
    ["公衆トイレ", "公衆便所", "コウシュウベンジョ", "Public Toilet", "車いすで使えます。"],
    ["駅", "駅", "エキ", "Station", "地下の改札口です。"],
    ["公園", "児童遊園", "ジドウユウエン", "Playground", "砂場とぶらんこがあります。"],
    ["その他", "掲示板", "ケイジバン", "Notice Board", "町会の掲示板です。"],
];

impl Facility {
    fn new(random: &mut Random, index: usize) -> Self {
        let [town, town_kana, town_english] = *random.pick(&TOWNS);
        let [kind, noun, noun_kana, noun_english, description] = *random.pick(&KINDS);
        let number = 1 + index % 997;
        let chome = 1 + random.below(6);
        let said = |yes: bool, text: String| if yes { text } else { String::new() };
        let (block, house) = (1 + random.below(30), 1 + random.below(20));
        Self {
            name: format!("{town}第{number}{noun}"),
            kana: said(random.percent(50), format!("{town_kana}ダイ{number}{noun_kana}")),
            english: said(random.percent(30), format!("{town_english} {noun_english} {number}")),
            kind,
            address: format!("東京都港区{town}{chome}-{block}-{house}"),
            phone: said(random.percent(30), format!("03-0000-{:04}", random.below(10_000))),
            url: said(random.percent(15), format!("https://www.example.jp/shisetsu/{index}.html")),
            description: if random.percent(30) { description } else { "" },
        }
    }
}
