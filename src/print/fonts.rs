//! A Japanese font of the machine, for print.
//!
//! No font is part of this program. A server gets one from its distribution (`fonts-noto-cjk` on Debian), or from a folder
//! that the operator names. Fonts that are known to look well come first; otherwise the first one that has Japanese
//! characters and may be embedded (`OS/2.fsType`) is taken.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, Weak},
};

use krilla::text::Font;
use rustybuzz::ttf_parser::{self, Permissions, name_id};

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Of running text.
    Regular,
    /// Of titles.
    Bold,
}

/// Where fonts are looked for, and the one that was found while it is in use: tens of megabytes that nobody needs between
/// two prints.
#[derive(Debug)]
pub struct Fonts {
    folders: Vec<PathBuf>,
    in_use: Mutex<Weak<Family>>,
}

/// A font in both weights.
#[derive(Debug)]
pub struct Family {
    /// Its name.
    pub name: String,
    pub(super) regular: Face,
    /// Without a bold face of its own, titles are the regular one with a thicker stroke.
    pub(super) bold: Option<Face>,
}

/// One face of a font file.
pub(super) struct Face {
    pub(super) bytes: Arc<Vec<u8>>,
    pub(super) index: u32,
    pub(super) font: Font,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Face")
            .field("bytes", &self.bytes.len())
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

/// No Japanese font was found that may be embedded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no Japanese font that may be embedded is in {}", .0.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", "))]
pub struct NoFont(pub Vec<PathBuf>);

/// Files (without their endings) that hold fonts known to look well, the best first. In lower case.
const PREFERRED: &[&str] = &[
    "notosanscjk-regular",
    "notosanscjkjp-regular",
    "notosansjp-regular",
    "bizudpgothic-regular",
    "bizudgothic-regular",
    "sourcehansansjp-regular",
    "sourcehansans-regular",
    "ipaexg",
    "ipagp",
    "ipag",
    "takaopgothic",
    "vl-pgothic-regular",
];
/// Larger files are no fonts.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// More files than any machine has fonts.
const MOST_FILES: usize = 10_000;
const MOST_DEPTH: usize = 6;

impl Fonts {
    /// Fonts in these folders and the folders within them.
    #[must_use]
    pub const fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders, in_use: Mutex::new(Weak::new()) }
    }

    /// The best font. Reads files: not for a thread that answers others.
    ///
    /// # Errors
    /// When there is none.
    pub fn load(&self) -> Result<Arc<Family>, NoFont> {
        let mut in_use = self.in_use.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(family) = in_use.upgrade() {
            return Ok(family);
        }
        let family = Arc::new(self.find().ok_or_else(|| NoFont(self.folders.clone()))?);
        *in_use = Arc::downgrade(&family);
        Ok(family)
    }

    fn find(&self) -> Option<Family> {
        let mut files = Vec::new();
        for folder in &self.folders {
            collect(folder, MOST_DEPTH, &mut files);
        }
        files.sort_by_cached_key(|file| {
            let stem = stem(file);
            let rank = PREFERRED.iter().position(|known| *known == stem).unwrap_or(PREFERRED.len());
            (rank, file.clone())
        });
        files.iter().find_map(|file| family(file))
    }
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if files.len() >= MOST_FILES {
            return;
        }
        let path = entry.path();
        // Follows links: Debian's alternatives are some.
        let Ok(about) = fs::metadata(&path) else { continue };
        if about.is_dir() && depth > 0 {
            collect(&path, depth - 1, files);
        } else if about.len() <= MOST_BYTES && is_font(&path) {
            files.push(path);
        }
    }
}

fn is_font(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| ending == *known)
}

/// The Japanese family in a file, with its bold face from the file beside it.
fn family(file: &Path) -> Option<Family> {
    let bytes = Arc::new(fs::read(file).ok()?);
    let (index, name) = japanese(&bytes)?;
    let bold = bold_of(file).and_then(|file| {
        let bytes = Arc::new(fs::read(file).ok()?);
        let (index, _) = japanese(&bytes)?;
        face(bytes, index)
    });
    Some(Family { name, regular: face(bytes, index)?, bold })
}

fn face(bytes: Arc<Vec<u8>>, index: u32) -> Option<Face> {
    let font = Font::new(bytes.clone().into(), index)?;
    Some(Face { bytes, index, font })
}

fn bold_of(file: &Path) -> Option<PathBuf> {
    let name = file.file_name()?.to_str()?;
    let bold = file.with_file_name(name.replace("Regular", "Bold").replace("regular", "bold"));
    (bold != file && bold.is_file()).then_some(bold)
}

/// The face of a file that has Japanese characters, and its name. Of a collection for several countries, Japan's.
fn japanese(bytes: &[u8]) -> Option<(u32, String)> {
    let count = ttf_parser::fonts_in_collection(bytes).unwrap_or(1).min(64);
    let faces: Vec<(u32, String)> = (0..count)
        .filter_map(|index| {
            let face = ttf_parser::Face::parse(bytes, index).ok()?;
            let fits = "見本あア、。漢字A1".chars().all(|c| face.glyph_index(c).is_some())
                && !face.is_italic()
                && matches!(
                    face.permissions(),
                    Some(Permissions::Installable | Permissions::PreviewAndPrint | Permissions::Editable)
                )
                && face.is_subsetting_allowed();
            fits.then(|| (index, name(&face)))
        })
        .collect();
    let home = faces.iter().position(|(_, name)| name.contains("JP")).unwrap_or(0);
    faces.into_iter().nth(home)
}

fn name(face: &ttf_parser::Face<'_>) -> String {
    let names = face.names();
    let of = |id| names.into_iter().filter(move |name| name.name_id == id).find_map(|name| name.to_string());
    of(name_id::FULL_NAME).or_else(|| of(name_id::FAMILY)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_font_the_folders_are_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("notosanscjk-regular.ttf"), b"no font at all").unwrap();
        let fonts = Fonts::new(vec![folder.path().to_owned(), "/nowhere".into()]);
        let error = fonts.load().unwrap_err();
        assert!(error.to_string().contains("/nowhere"), "{error}");
    }

    #[test]
    fn the_font_of_japan_is_taken_and_let_go() {
        let fonts = Fonts::new(vec!["/usr/share/fonts".into()]);
        let Ok(family) = fonts.load() else {
            eprintln!("skipped: no Japanese font is installed");
            return;
        };
        assert!(Arc::ptr_eq(&family, &fonts.load().unwrap()), "it is read once");
        if family.name.starts_with("Noto Sans CJK") {
            assert!(family.name.contains("JP"), "{}", family.name);
            assert!(family.bold.is_some());
        }
        drop(family);
        assert!(fonts.in_use.lock().unwrap().upgrade().is_none(), "nobody holds it");
    }
}
