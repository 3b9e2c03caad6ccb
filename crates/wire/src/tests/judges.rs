//! Verifiers that are not ours and come as Python packages. `./test` installs them into
//! target/python; without it the tests that want them say that they were skipped.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A Python that has this module.
pub fn python_with(module: &str) -> Option<PathBuf> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/python/bin/python");
    let found = [ours, PathBuf::from("python3")].into_iter().find(|python| has(python, module));
    if found.is_none() {
        println!("skipped: {module} for Python is not installed");
    }
    found
}

fn has(python: &Path, module: &str) -> bool {
    let mut command = Command::new(python);
    let command = command.args(["-c", &format!("import {module}")]).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
