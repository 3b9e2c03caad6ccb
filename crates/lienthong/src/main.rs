//! `lienthong`: the shared systems of e-Government as one program.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    lienthong::cli::run(lienthong::cli::Line::parse())
}
