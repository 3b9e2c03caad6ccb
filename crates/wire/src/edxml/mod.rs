//! edXML: the packet in which agencies send each other documents, and their word about what became
//! of them, over the national document axis (Trục liên thông văn bản quốc gia).
//!
//! [`read::Reader`] is fed with pieces of any size and holds none of the attachments: their bytes
//! are decoded, measured and handed on as they come. [`write::Writer`] writes piece by piece too.
//! Elements are known by namespace and local name in any order; written are exactly the prefixes
//! and the order of the official kit, since others go by prefixes. What a packet carries that it
//! should not is remarked upon and kept; what could be understood in two ways is refused.
//!
//! The text of the regulation's schema is not public: the format is that of the official kit (SDK
//! 2.0.x), its samples and packets met on the axis.
//!
//! | term | here |
//! |---|---|
//! | văn bản điện tử | document ([`Document`]) |
//! | trạng thái xử lý văn bản | status ([`Status`]) |
//! | nghiệp vụ (mới, thu hồi, cập nhật, thay thế) | business ([`Business`]) |
//! | trích yếu | subject |
//! | số, ký hiệu | number, notation |
//! | thẩm quyền ký (TM., KT., TL.) | competence |
//! | nơi nhận | places |
//!
//! Law: QCVN 102:2016/BTTTT
//! Law: QĐ 28/2018/QĐ-TTg art. 10

mod base64;
pub mod codes;
pub mod moment;
pub mod packet;
pub mod read;
mod remark;
mod rules;
pub mod signature;
pub mod signing;
pub mod sniff;
pub mod trace;
mod tree;
pub mod unwrap;
pub mod wrap;
pub mod write;

pub use codes::{BusinessKind, Priority, ReceiverKind, StatusCode};
pub use moment::{PacketDate, PacketTime};
pub use packet::{Business, Document, Organisation, Packet, ResponseFor, Status, TraceHeader};
pub use read::{Attachment, Event, Fault, Limits, Reader, Reading, Reason};
pub use remark::{Remark, RemarkKind};
pub use write::{NewAttachment, WriteFault, Writer};

/// The one namespace of everything in a packet.
pub const NAMESPACE: &str = "http://www.mic.gov.vn/TBT/QCVN_102_2016";

/// A content identifier without the `cid:` that some write before it and some do not.
pub fn content_key(content_id: &str) -> &str {
    content_id.strip_prefix("cid:").unwrap_or(content_id)
}
