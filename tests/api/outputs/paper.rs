//! Sheets and posters, looked at with poppler and zbar.

use std::{path::Path, process::Command};

use machiaruki::{
    geo::Position,
    print::fonts::Fonts,
    routes::{
        model::{Language, Text, Version},
        output::{
            NoPaper, poster,
            sheet::{Ground, Named, Size, Way, sheet},
        },
    },
};

use super::exports::words;
use crate::support::{ANSWER, codes, version_of, with_design, with_stop};

fn fonts() -> Fonts {
    Fonts::new(vec!["/usr/share/fonts".into()])
}

/// What a program says of a file; `None` where it is not installed.
fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let Ok(output) = Command::new(program).args(arguments).output() else {
        eprintln!("skipped: {program} is not installed");
        return None;
    };
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// A PDF in a folder of its own.
struct Pdf(tempfile::TempDir);

impl Pdf {
    fn new(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("it.pdf"), bytes).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    /// The text of all pages, without blanks.
    fn text(&self) -> Option<String> {
        let text = said("pdftotext", &[&self.path("it.pdf"), "-"])?;
        Some(text.chars().filter(|c| !c.is_whitespace()).collect())
    }

    /// The size of the first page in millimetres, and the number of pages.
    fn pages(&self) -> Option<([f64; 2], usize)> {
        let info = said("pdfinfo", &[&self.path("it.pdf")])?;
        let value = |name: &str| {
            let line = info.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.trim().to_owned()
        };
        let size = value("Page size:");
        let mut sides = size.split(' ').filter_map(|part| part.parse::<f64>().ok());
        let side = |points: Option<f64>| (points.unwrap() * 25.4 / 72.0).round();
        Some(([side(sides.next()), side(sides.next())], value("Pages:").parse().unwrap()))
    }

    /// What the QR codes on each page lead to.
    fn qr_codes(&self) -> Option<Vec<Vec<String>>> {
        said("pdftoppm", &["-r", "150", "-gray", "-png", &self.path("it.pdf"), &self.path("page")])?;
        let mut pages: Vec<_> =
            std::fs::read_dir(self.0.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        pages.retain(|page| page.extension().is_some_and(|ending| ending == "png"));
        pages.sort();
        pages.iter().map(|page| scanned(page)).collect()
    }
}

fn scanned(page: &Path) -> Option<Vec<String>> {
    // zbar says with its status whether there was any code.
    let Ok(output) =
        Command::new("zbarimg").args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"]).arg(page).output()
    else {
        eprintln!("skipped: zbarimg is not installed");
        return None;
    };
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

fn ground() -> Ground {
    let at = |lon: f64, lat: f64| Position([lon, lat]);
    Ground {
        ways: vec![Way { line: vec![at(139.748, 35.655), at(139.752, 35.659)], stairs: true }],
        localities: vec![Named {
            name: Text { ja: "芝公園".into(), en: "Shibakoen".into(), easy: String::new() },
            location: at(139.7475, 35.6565),
        }],
        attributions: vec!["見本の地図".into()],
        ..Ground::default()
    }
}

fn printed(version: &Version, language: Language, size: Size) -> Option<Pdf> {
    match sheet(version, &ground(), &words(language), size, &fonts()) {
        Ok(bytes) => Some(Pdf::new(&bytes)),
        Err(NoPaper::NoFont(_)) => {
            eprintln!("skipped: no Japanese font is installed");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_sheet_says_everything_in_its_language_and_keeps_the_secrets() {
    let version = version_of("shiba-01");
    let Some(pdf) = printed(&version, Language::Ja, Size::A4) else { return };
    let Some(text) = pdf.text() else { return };
    for wanted in [
        "増上寺三解脱門",
        "見本",
        "33分",
        "訪問の確認",
        "江戸時代の初め",
        "任意",
        "門は何色ですか。",
        "CCBY4.0",
        "見本の地図",
        "メモ",
    ] {
        let wanted = if wanted == "33分" {
            format!("{}分", version.line.duration_s / 60)
        } else {
            wanted.to_owned()
        };
        assert!(text.contains(&wanted), "{wanted}: {text}");
    }
    assert!(!text.contains(ANSWER));
    let english = printed(&version, Language::En, Size::A4).unwrap().text().unwrap();
    for wanted in ["MinatoCityHall", "Walkingtime", "optional", "SampleCity", "Shibakoen"] {
        assert!(english.contains(wanted), "{wanted}: {english}");
    }
}

#[test]
fn sheets_are_a4_and_a3_and_lead_to_the_route() {
    let version = version_of("shiba-01");
    for (size, wanted) in [(Size::A4, [210.0, 297.0]), (Size::A3, [420.0, 297.0])] {
        let Some(pdf) = printed(&version, Language::Ja, size) else { return };
        let Some((found, count)) = pdf.pages() else { return };
        assert_eq!(found, wanted, "{size:?}");
        assert!((1..=2).contains(&count), "{count}");
        let Some(codes) = pdf.qr_codes() else { return };
        assert_eq!(codes[0], ["https://map.example/r/shiba-01"], "{size:?}");
    }
}

#[test]
fn long_stories_are_cut_and_many_stops_take_more_pages() {
    let version = version_of("shiba-01");
    let long = with_design(version, |design| {
        let stop = design.waypoints[0].clone();
        for index in 0..20_u128 {
            let mut next = stop.clone();
            if let machiaruki::routes::model::Waypoint::Stop(stop) = &mut next {
                stop.stop_id = machiaruki::routes::model::StopId(uuid::Uuid::from_u128(index + 99));
                stop.story.ja = "とても長い物語です。".repeat(150);
                stop.name.ja = format!("長い名前の立ち寄り点で、同じところにいくつもあるもの{index}");
            }
            design.waypoints.push(next);
        }
    });
    for size in [Size::A4, Size::A3] {
        let Some(pdf) = printed(&long, Language::Ja, size) else { return };
        let (Some(text), Some((_, count))) = (pdf.text(), pdf.pages()) else { return };
        assert!((3..=12).contains(&count), "{count}");
        assert!(text.contains("同じところにいくつもあるもの19") && text.contains('…'));
        assert!(text.contains(&format!("{count}/{count}")), "pages are counted");
    }
}

#[test]
fn a_sheet_needs_no_ground_and_no_stops() {
    let bare = with_design(version_of("shiba-01"), |design| design.waypoints.clear());
    let made = sheet(&bare, &Ground::default(), &words(Language::Easy), Size::A4, &fonts());
    assert!(made.is_ok() || matches!(made, Err(NoPaper::NoFont(_))), "{made:?}");
}

#[test]
fn without_a_font_nothing_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let none = Fonts::new(vec![folder.path().to_owned()]);
    let version = version_of("shiba-01");
    let made = sheet(&version, &Ground::default(), &words(Language::Ja), Size::A4, &none);
    assert!(matches!(made, Err(NoPaper::NoFont(_))));
    assert!(matches!(
        poster::posters(&version, &codes(&version), &words(Language::Ja), &none),
        Err(NoPaper::NoFont(_))
    ));
}

#[test]
fn each_poster_leads_to_its_stop() {
    let version = with_stop(version_of("shiba-01"), 0, |stop| stop.name.easy = "みなとくやくしょ".into());
    let mut codes = codes(&version);
    // One stop has no code: it has no poster.
    codes.remove(3);
    let Ok(bytes) = poster::posters(&version, &codes, &words(Language::Ja), &fonts()) else { return };
    let pdf = Pdf::new(&bytes);
    let Some((size, count)) = pdf.pages() else { return };
    assert_eq!((size, count), ([210.0, 297.0], codes.len()));
    let text = pdf.text().unwrap();
    for wanted in
        ["港区役所", "MinatoCityHall", "みなとくやくしょ", "見本", "見本区", "https://map.example/s/k7wq00xz"]
    {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let Some(found) = pdf.qr_codes() else { return };
    let wanted: Vec<Vec<String>> =
        codes.iter().map(|(_, code)| vec![format!("https://map.example/s/{code}")]).collect();
    assert_eq!(found, wanted);
}
