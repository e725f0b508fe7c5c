//! The program itself.

use std::{path::Path, process::Command};

/// What a command that has ended did.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program in a folder, with no configuration from around the tests.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_machiaruki"));
    command.current_dir(folder);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MACHIARUKI_")) {
        command.env_remove(name);
    }
    command
}

/// Runs a command to its end.
pub fn run(folder: &Path, arguments: &[&str]) -> Ran {
    let output = program(folder).args(arguments).output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    /// Itself, if it succeeded.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{self:#?}");
        self
    }

    /// What it said on standard error, if it failed.
    #[track_caller]
    pub fn refused(self) -> String {
        assert_eq!(self.code, 1, "{self:#?}");
        assert!(!self.err.contains("panicked"), "{self:#?}");
        self.err
    }
}
