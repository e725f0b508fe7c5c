//! Real public files, where they are at hand.

use std::path::Path;

/// A file of the folder of real data; says why and gives nothing where the folder is absent.
pub fn shared_file(path: &str) -> Option<Vec<u8>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if let Ok(bytes) = std::fs::read(&file) {
        return Some(bytes);
    }
    eprintln!("skipped: the folder of real data is not here ({path})");
    None
}
