//! A sample of a year of the national axis: about 2.5 million documents, each fetched and answered
//! with "đã đến", "đã tiếp nhận" and "hoàn thành", and the answers fetched by their senders.

use anyhow::Result;
use serde_json::json;

use super::load::{Act, Sending};
use super::stage::{CALLERS, Stage};
use super::{Engine, Spent, rounded};
use crate::say;

/// Of 2021, when the axis was two years old.
const DOCUMENTS_A_YEAR: u64 = 2_500_000;
const STATUSES: [&str; 3] = ["01", "03", "06"];
const SIZE_BYTES: usize = 8 << 10;

pub async fn run(stage: &Stage, engine: &Engine, sample: u64) -> Result<()> {
    let spent = Spent::begin(engine)?;
    let sending = Sending {
        by: stage.sender.clone(),
        from: stage.from.clone(),
        to: stage.boxes.iter().map(|(_, code)| code.clone()).collect(),
        in_turn: true,
        size_bytes: SIZE_BYTES,
        first: 1,
        count: sample,
        seal: None,
    };
    let sent = stage.order(CALLERS, Act::Send(sending)).await?;
    let codes = STATUSES.map(str::to_owned).to_vec();
    let boxes = stage.boxes.clone();
    let received = stage.order(CALLERS, Act::Receive { boxes, codes }).await?;
    let boxes = vec![(stage.sender.clone(), stage.from.clone())];
    let collected = stage.order(CALLERS, Act::Collect { boxes }).await?;
    let used = spent.end()?;
    let seconds = sent.seconds + received.seconds + collected.seconds;
    let year_minutes = seconds * DOCUMENTS_A_YEAR as f64 / sample as f64 / 60.0;
    let line = json!({
        "bench": "axis-year",
        "engine": engine.name,
        "documents_a_year": DOCUMENTS_A_YEAR,
        "sampled": sample,
        "packet_bytes": SIZE_BYTES,
        "statuses_each": STATUSES.len(),
        "send_seconds": rounded(sent.seconds),
        "receive_seconds": rounded(received.seconds),
        "collect_seconds": rounded(collected.seconds),
        "documents_per_second": rounded(sample as f64 / seconds),
        "per_cpu_second": used.per_cpu_second(sample),
        "peak_mib": used.peak_mib,
        "year_minutes_by_sample": rounded(year_minutes),
    });
    say::line(&line.to_string());
    Ok(())
}
