//! Panics, told as everything else is: one structured line, and nobody's data in it.

#[cfg(test)]
mod tests;

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::{PanicHookInfo, set_hook};
use std::thread;

/// From now on a panic in any thread is one line of the log instead of loose text on standard
/// error. For the program, once its log is set up; the target is `panic`.
pub fn log_them() {
    set_hook(Box::new(log));
}

fn log(info: &PanicHookInfo<'_>) {
    let message = text(info.payload());
    let location = info.location().map(ToString::to_string);
    let thread = thread::current();
    // Names of functions only. Taken when RUST_BACKTRACE asks for it.
    let backtrace = Backtrace::capture();
    let backtrace = match backtrace.status() {
        BacktraceStatus::Captured => Some(backtrace.to_string()),
        _ => None,
    };
    tracing::error!(
        target: "panic",
        message,
        location,
        thread = thread.name().unwrap_or("-"),
        backtrace,
    );
}

/// What a panic says of itself, as far as it cannot quote anybody. A message that stands in the
/// source is whole. Of one that was put together at run time the beginning is kept: the standard
/// library says there what went wrong, and behind the first of `: ; line end` with which values.
pub(crate) fn text(payload: &(dyn Any + Send)) -> String {
    if let Some(written) = payload.downcast_ref::<&'static str>() {
        return (*written).to_owned();
    }
    let Some(made) = payload.downcast_ref::<String>() else { return "-".to_owned() };
    let end = [": ", ";", "\n"].iter().filter_map(|mark| made.find(mark)).min();
    made[..end.unwrap_or(made.len())].to_owned()
}
