//! What the documents of an office have in common: which they are, which way they go, how urgent
//! they are. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 7, art. 8, app. I, app. III

use platform::store::{Arg, Cell, FromCell, ToArg};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Văn bản đi.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OutgoingId(pub Uuid);

/// Văn bản đến.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IncomingId(pub Uuid);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    In,
    Out,
}

/// Độ khẩn, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    Usual,
    Urgent,
    VeryUrgent,
    Express,
    ExpressAtTime,
}

/// One of the types of administrative documents, by its place in the list of the decree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DocumentType {
    /// In addresses and tables.
    pub code: &'static str,
    /// As it is printed and sent.
    pub name: &'static str,
    /// In the symbol; empty for official letters, which have none.
    pub short: &'static str,
}

const fn named(code: &'static str, name: &'static str, short: &'static str) -> DocumentType {
    DocumentType { code, name, short }
}

/// The 29 types, in the order and with the abbreviations of the decree.
pub const TYPES: [DocumentType; 29] = [
    named("nghi-quyet", "Nghị quyết", "NQ"),
    named("quyet-dinh", "Quyết định", "QĐ"),
    named("chi-thi", "Chỉ thị", "CT"),
    named("quy-che", "Quy chế", "QC"),
    named("quy-dinh", "Quy định", "QyĐ"),
    named("thong-cao", "Thông cáo", "TC"),
    named("thong-bao", "Thông báo", "TB"),
    named("huong-dan", "Hướng dẫn", "HD"),
    named("chuong-trinh", "Chương trình", "CTr"),
    named("ke-hoach", "Kế hoạch", "KH"),
    named("phuong-an", "Phương án", "PA"),
    named("de-an", "Đề án", "ĐA"),
    named("du-an", "Dự án", "DA"),
    named("bao-cao", "Báo cáo", "BC"),
    named("bien-ban", "Biên bản", "BB"),
    named("to-trinh", "Tờ trình", "TTr"),
    named("hop-dong", "Hợp đồng", "HĐ"),
    named("cong-van", "Công văn", ""),
    named("cong-dien", "Công điện", "CĐ"),
    named("ban-ghi-nho", "Bản ghi nhớ", "BGN"),
    named("ban-thoa-thuan", "Bản thỏa thuận", "BTT"),
    named("giay-uy-quyen", "Giấy ủy quyền", "GUQ"),
    named("giay-moi", "Giấy mời", "GM"),
    named("giay-gioi-thieu", "Giấy giới thiệu", "GGT"),
    named("giay-nghi-phep", "Giấy nghỉ phép", "GNP"),
    named("phieu-gui", "Phiếu gửi", "PG"),
    named("phieu-chuyen", "Phiếu chuyển", "PC"),
    named("phieu-bao", "Phiếu báo", "PB"),
    named("thu-cong", "Thư công", ""),
];

impl DocumentType {
    pub fn parse(code: &str) -> Option<&'static DocumentType> {
        TYPES.iter().find(|one| one.code == code)
    }

    /// A type by the name that a packet gives it.
    pub fn of_name(name: &str) -> Option<&'static DocumentType> {
        let name = platform::fold::fold(name.trim());
        TYPES.iter().find(|one| platform::fold::fold(one.name) == name)
    }

    /// The symbol after the number: `QĐ-UBND`; `UBND-VP` for a letter, which names the drafting
    /// part of the agency instead of a type.
    pub fn notation(&self, agency: &str, part: &str) -> String {
        match (self.short.is_empty(), part.is_empty()) {
            (false, _) => format!("{}-{agency}", self.short),
            (true, false) => format!("{agency}-{part}"),
            (true, true) => agency.to_owned(),
        }
    }
}

impl Direction {
    pub const ALL: [Direction; 2] = [Direction::Out, Direction::In];

    pub fn code(self) -> &'static str {
        match self {
            Direction::In => "in",
            Direction::Out => "out",
        }
    }

    pub fn parse(code: &str) -> Option<Direction> {
        Direction::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            Direction::In => "office-direction-in",
            Direction::Out => "office-direction-out",
        }
    }
}

impl Urgency {
    pub const ALL: [Urgency; 5] = [
        Urgency::Usual,
        Urgency::Urgent,
        Urgency::VeryUrgent,
        Urgency::Express,
        Urgency::ExpressAtTime,
    ];

    /// As packets write it, too.
    pub fn code(self) -> &'static str {
        match self {
            Urgency::Usual => "0",
            Urgency::Urgent => "1",
            Urgency::VeryUrgent => "2",
            Urgency::Express => "3",
            Urgency::ExpressAtTime => "4",
        }
    }

    pub fn parse(code: &str) -> Option<Urgency> {
        Urgency::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            Urgency::Usual => "office-urgency-usual",
            Urgency::Urgent => "office-urgency-urgent",
            Urgency::VeryUrgent => "office-urgency-very-urgent",
            Urgency::Express => "office-urgency-express",
            Urgency::ExpressAtTime => "office-urgency-express-at-time",
        }
    }

    /// Goes before everything else, and the same day.
    pub fn is_urgent(self) -> bool {
        self > Urgency::Usual
    }
}

impl std::fmt::Display for OutgoingId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::fmt::Display for IncomingId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ToArg for OutgoingId {
    fn to_arg(&self) -> Arg<'_> {
        self.0.to_arg()
    }
}

impl FromCell for OutgoingId {
    const EXPECTED: &'static str = Uuid::EXPECTED;

    fn from_cell(cell: Cell<'_>) -> Option<OutgoingId> {
        Uuid::from_cell(cell).map(OutgoingId)
    }
}

impl ToArg for IncomingId {
    fn to_arg(&self) -> Arg<'_> {
        self.0.to_arg()
    }
}

impl FromCell for IncomingId {
    const EXPECTED: &'static str = Uuid::EXPECTED;

    fn from_cell(cell: Cell<'_>) -> Option<IncomingId> {
        Uuid::from_cell(cell).map(IncomingId)
    }
}

impl ToArg for Direction {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Direction {
    const EXPECTED: &'static str = "a direction of documents";

    fn from_cell(cell: Cell<'_>) -> Option<Direction> {
        match cell {
            Cell::Text(code) => Direction::parse(code),
            _ => None,
        }
    }
}

impl ToArg for Urgency {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Urgency {
    const EXPECTED: &'static str = "an urgency";

    fn from_cell(cell: Cell<'_>) -> Option<Urgency> {
        match cell {
            Cell::Text(code) => Urgency::parse(code),
            _ => None,
        }
    }
}
