//! Builds the browser app, so that the binary can embed it.
//!
//! `static/` is built with npm into `OUT_DIR/ui`. Set `MACHIARUKI_SKIP_UI=1` for a build without it,
//! as for checks of the Rust code alone.

#![expect(clippy::expect_used, reason = "a build script fails loudly")]

use std::{env, fs, path::Path, process::Command};

/// What the browser app is made from.
const INPUTS: [&str; 6] =
    ["src", "public", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"];

fn main() {
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-env-changed=MACHIARUKI_SKIP_UI");
    let app = Path::new("static");
    for input in INPUTS {
        println!("cargo::rerun-if-changed={}", app.join(input).display());
    }
    // Each page is an HTML file. A new one comes with a folder in `src`, and so is noticed.
    for entry in fs::read_dir(app).expect("static can be read") {
        let path = entry.expect("static can be read").path();
        if path.extension().is_some_and(|extension| extension == "html") {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("ui");
    fs::create_dir_all(&out).expect("OUT_DIR can be written");
    if env::var_os("MACHIARUKI_SKIP_UI").is_some_and(|value| value != "0") {
        let page = "<!doctype html><title>machiaruki</title><p>Built without its browser app.";
        fs::write(out.join("index.html"), page).expect("OUT_DIR can be written");
        return;
    }
    if !is_installed(app) {
        run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(app));
    }
    run(Command::new("npx")
        .args(["vite", "build", "--emptyOutDir", "--logLevel", "warn", "--outDir"])
        .arg(&out)
        .current_dir(app));
}

/// Whether `npm ci` has run since the lock file last changed.
fn is_installed(app: &Path) -> bool {
    let modified = |path| fs::metadata(app.join(path)).and_then(|meta| meta.modified());
    match (modified("node_modules/.package-lock.json"), modified("package-lock.json")) {
        (Ok(installed), Ok(locked)) => installed >= locked,
        _ => false,
    }
}

fn run(command: &mut Command) {
    let status = command.status().expect("Node.js with npm is installed");
    assert!(status.success(), "{command:?} failed");
}
