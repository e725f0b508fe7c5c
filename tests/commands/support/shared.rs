//! Real public files, where they are at hand.

use std::path::Path;

/// The path of a file of the folder of real data; says why and gives nothing where the folder is absent.
pub fn shared_path(path: &str) -> Option<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if file.exists() {
        return Some(file.to_str().unwrap().to_owned());
    }
    eprintln!("skipped: the folder of real data is not here ({path})");
    None
}
