//! A station added to a packet that passes: nothing else of its bytes changes, and a signature of
//! our profile ([`super::signature`]) outlives it.

use super::NAMESPACE;
use super::packet::TraceHeader;
use super::write::Out;

/// The packet with one more `TraceHeader` at the end of its list, `at` being
/// [`super::Reading::trace_end`].
pub fn add(packet: &[u8], at: u64, station: &TraceHeader) -> Option<Vec<u8>> {
    let at = usize::try_from(at).ok()?;
    let (before, behind) = (packet.get(..at)?, packet.get(at..)?);
    Some([before, text(station).as_bytes(), behind].concat())
}

/// What is put there, for packets that are not held. It declares its own prefix: which one is in
/// force around it, only the packet's writer knows.
pub fn text(station: &TraceHeader) -> String {
    let mut out = Out::default();
    out.trace(station);
    let declared = format!("<edXML:TraceHeader xmlns:edXML=\"{NAMESPACE}\">");
    out.text.replacen("<edXML:TraceHeader>", &declared, 1)
}
