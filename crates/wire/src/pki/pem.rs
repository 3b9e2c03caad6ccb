//! PEM (RFC 7468): DER as text that survives mail.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const BLOCKS_MAX: usize = 10_000;

/// Why a text is not PEM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PemFault {
    #[error("there is no PEM block in the text")]
    Missing,
    #[error("a PEM block does not end as it begins")]
    Unfinished,
    #[error("a PEM block holds characters that are not base64")]
    Characters,
    #[error("there are too many PEM blocks")]
    TooMany,
}

/// Label (`CERTIFICATE`, `X509 CRL` …) and DER of each block, in order. Text around blocks, such
/// as the readable form that OpenSSL prints, is passed over.
pub fn read_all(text: &[u8]) -> Result<Vec<(String, Vec<u8>)>, PemFault> {
    let text = str::from_utf8(text).map_err(|_| PemFault::Characters)?;
    let mut blocks = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in text.lines().map(str::trim) {
        let begins = line.strip_prefix("-----BEGIN ").and_then(|rest| rest.strip_suffix("-----"));
        let ends = line.strip_prefix("-----END ").and_then(|rest| rest.strip_suffix("-----"));
        match (begins, ends, &mut open) {
            (Some(label), _, None) => open = Some((label, String::new())),
            (Some(_), _, Some(_)) | (_, Some(_), None) => return Err(PemFault::Unfinished),
            (_, Some(label), Some((began, body))) => {
                if label != *began {
                    return Err(PemFault::Unfinished);
                }
                let der = STANDARD.decode(&body).map_err(|_| PemFault::Characters)?;
                blocks.push((label.to_owned(), der));
                open = None;
            }
            (None, None, Some((_, body))) => body.push_str(line),
            (None, None, None) => {}
        }
        if blocks.len() > BLOCKS_MAX {
            return Err(PemFault::TooMany);
        }
    }
    match (open, blocks.is_empty()) {
        (Some(_), _) => Err(PemFault::Unfinished),
        (None, true) => Err(PemFault::Missing),
        (None, false) => Ok(blocks),
    }
}

pub fn write(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in body.as_bytes().chunks(64) {
        text.extend(line.iter().map(|byte| char::from(*byte)));
        text.push('\n');
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}
