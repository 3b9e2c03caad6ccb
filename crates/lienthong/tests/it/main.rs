//! The program's tests: what no single capability can hold.
//!
//! * `tidy`: what the code may not become
//! * `sql`: every SQL constant on both engines
//! * `master_key`: made once, found again, never taken for another
//! * `signatures`: files signed and verified on the command line, beside tools that are not ours
//! * `axis`: the document axis on a real socket, asked as a Java machine asks
//! * `edxml`: packets of the document axis, inspected on the command line
//! * `strangers`: every route, asked by those who have no business there
//! * `browser` (`TEST_BROWSER`): chromium, with and without JavaScript, axe
//! * `faults` (`TEST_FAULTS`): the real program killed under load, a full disk

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::zombie_processes,
    reason = "a test that cannot go on ends, and says what it skipped"
)]

mod axis;
mod browser;
mod edxml;
mod faults;
mod master_key;
mod signatures;
mod sql;
mod strangers;
mod tidy;
