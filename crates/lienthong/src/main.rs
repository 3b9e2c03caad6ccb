//! `lienthong`: the shared systems of e-Government as one program.

use std::process::ExitCode;

use clap::Parser;
use tikv_jemallocator::Jemalloc;

#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    lienthong::cli::run(lienthong::cli::Line::parse())
}
