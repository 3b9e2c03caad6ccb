//! What the program prints to the person at the terminal.

use std::io::{self, Write};

/// A line on standard output; a closed pipe is the reader's business.
pub fn line(text: &str) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// A failure, in Vietnamese and English, with what to do about it.
pub fn failure(error: &anyhow::Error) {
    let _ = writeln!(io::stderr().lock(), "lienthong: {error:#}");
}
