//! Tables as CSV, for the spreadsheets that people open them with (RFC 4180).

/// With the mark by which they know UTF-8.
pub fn csv(head: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

/// What a spreadsheet would take for a formula gets an apostrophe: others wrote these texts.
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.len() > 1 {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}
