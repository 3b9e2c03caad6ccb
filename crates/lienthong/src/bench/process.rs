//! What this process has used so far, as the kernel counts it.

use anyhow::{Context, Result};

/// Time on a processor since the start, of all threads, in microseconds. The kernel counts in
/// hundredths of a second: measure over seconds.
pub fn cpu_us() -> Result<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").context("/proc/self/stat")?;
    // The name of the program, in brackets, may hold anything; what follows is numbers.
    let (_, numbers) = stat.rsplit_once(')').context("/proc/self/stat has no name")?;
    let ticks: u64 = numbers
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|number| number.parse::<u64>().ok())
        .sum();
    Ok(ticks * 10_000)
}

/// Memory held now, in MiB.
pub fn rss_mib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").context("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    Ok(kib.context("/proc/self/status has no VmRSS")? / 1024)
}

/// The most memory held since [`forget_peak`], in MiB.
pub fn peak_mib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").context("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    Ok(kib.context("/proc/self/status has no VmHWM")? / 1024)
}

/// From now on the peak is counted anew.
pub fn forget_peak() -> Result<()> {
    std::fs::write("/proc/self/clear_refs", "5").context("/proc/self/clear_refs")
}
