//! The papers the office owes at a step, as facts. The press and the printable page show the same
//! facts: they are fixed when a paper is issued and kept with it.
//!
//! Template names of the press are in [`Form::template`]. All texts are ready to be read, in
//! Vietnamese, the language of these papers; a list that is empty and a text that is empty are
//! left out by the template. `qr` is an SVG image of the address beside it.
//!
//! Law: TT 03/2025/TT-VPCP app. I
//! Law: NĐ 30/2020/NĐ-CP app. I

use serde::{Deserialize, Serialize};

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Mẫu số 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt,
    /// Mẫu số 02: Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    Supplement,
    /// Mẫu số 03: Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    Refusal,
    /// Mẫu số 04: Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết.
    Apology,
    /// Mẫu số 05: Thông báo dừng giải quyết hồ sơ.
    Stop,
    /// Mẫu số 06: Phiếu kiểm soát quá trình giải quyết hồ sơ.
    Control,
    /// Mẫu số 07: Sổ theo dõi hồ sơ.
    Register,
    /// The confirmation of a request sent online.
    Request,
    /// The result itself.
    Result,
}

/// Top of a paper: agency on the left, motto on the right, place and date below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// "ỦY BAN NHÂN DÂN TỈNH AN GIANG"; empty for an agency with none above it.
    pub above: String,
    /// "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG".
    pub agency: String,
    /// After "Số:"; empty where the paper has none of its own.
    pub number: String,
    /// "An Giang, ngày 23 tháng 11 năm 2026".
    pub place_and_date: String,
    /// The moment it was issued, `2026-11-23T09:00:00+07:00`: the press has no clock, and PDF/A
    /// asks for it.
    pub issued_at: String,
}

/// The one the paper is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub name: String,
    /// Personal number or tax code.
    pub identity: String,
    pub address: String,
    pub phone: String,
    pub email: String,
    /// Người nộp thay.
    pub acting: String,
}

/// What every slip of a dossier says first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipHead {
    pub letterhead: Letterhead,
    /// Dossier code; before acceptance, the request number.
    pub code: String,
    pub subject: Subject,
    /// Nội dung yêu cầu giải quyết: name and code of the procedure.
    pub procedure: String,
    pub procedure_code: String,
    /// Where the subject may look up and ask: address of the page, telephone of the office.
    pub track_address: String,
    pub office_phone: String,
    /// SVG of `track_address`.
    pub qr: String,
}

/// Mẫu số 01, template `slip01`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSlip {
    #[serde(flatten)]
    pub head: SlipHead,
    pub papers: Vec<PaperLine>,
    /// Số lượng hồ sơ.
    pub sets: u16,
    /// "3 ngày làm việc".
    pub time_limit: String,
    /// "09 giờ 00 phút, thứ hai ngày 23/11/2026".
    pub received_at: String,
    pub due_at: String,
    /// Why on that day: "không tính ngày nhận, bỏ qua thứ bảy, chủ nhật …".
    pub because: String,
    /// Đăng ký nhận kết quả tại.
    pub result_place: String,
    pub fees: Vec<FeeLine>,
    /// Người tiếp nhận hồ sơ.
    pub received_by: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperLine {
    pub name: String,
    pub originals: u16,
    pub copies: u16,
    /// Electronic files handed in for it.
    pub files: u16,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// Phí, lệ phí, and for what.
    pub name: String,
    /// "8.000 ₫", or the words of the published text.
    pub amount: String,
}

/// Mẫu số 02, template `slip02`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementSlip {
    #[serde(flatten)]
    pub head: SlipHead,
    pub items: Vec<SupplementLine>,
    pub reason: String,
    pub legal_basis: String,
    /// "Khi tiếp nhận" or "Trong quá trình giải quyết".
    pub stage: String,
    pub answer_by: String,
    pub officer: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementLine {
    pub name: String,
    pub what: String,
}

/// Mẫu số 03, template `slip03`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalSlip {
    #[serde(flatten)]
    pub head: SlipHead,
    pub reason: String,
    pub legal_basis: String,
    pub officer: String,
}

/// Mẫu số 04, template `slip04`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApologySlip {
    #[serde(flatten)]
    pub head: SlipHead,
    pub received_at: String,
    pub due_before: String,
    pub reason: String,
    pub due_new: String,
    /// "lần thứ 1".
    pub times: u32,
    pub signer: String,
    pub signer_role: String,
}

/// Mẫu số 05, template `slip05`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopSlip {
    #[serde(flatten)]
    pub head: SlipHead,
    pub received_at: String,
    pub reason: String,
    pub legal_basis: String,
    /// The step it had reached.
    pub stage: String,
    pub signer: String,
    pub signer_role: String,
}

/// Mẫu số 06, template `slip06`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlSlip {
    #[serde(flatten)]
    pub head: SlipHead,
    pub received_at: String,
    pub due_at: String,
    pub rows: Vec<ControlRow>,
}

/// One hand-over: Giao … Nhận ….
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlRow {
    pub given_by: String,
    pub given_unit: String,
    pub taken_by: String,
    pub at: String,
    /// "Trước hạn", "Đúng hạn", "Quá hạn" or empty.
    pub course: String,
    pub note: String,
}

/// Mẫu số 07, template `slip07`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    pub letterhead: Letterhead,
    /// "Từ ngày 01/11/2026 đến ngày 30/11/2026".
    pub period: String,
    pub rows: Vec<RegisterRow>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRow {
    pub number: i64,
    pub code: String,
    pub procedure: String,
    pub subject: String,
    pub address: String,
    pub office: String,
    pub received_at: String,
    pub due_at: String,
    pub finished_at: String,
    pub handed_over_at: String,
    pub handed_how: String,
    pub note: String,
}

/// Template `request`: what was sent, with the hash of each file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestConfirmation {
    #[serde(flatten)]
    pub head: SlipHead,
    pub sent_at: String,
    pub answer_by: String,
    pub receiving_office: String,
    pub sections: Vec<AnswerSection>,
    pub files: Vec<FileLine>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerSection {
    pub title: String,
    pub answers: Vec<AnswerLine>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerLine {
    pub question: String,
    pub answer: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLine {
    pub component: String,
    pub name: String,
    pub size: String,
    pub sha256: String,
}

/// Template `result`: a decision, certificate or extract, with the code by which anybody who is
/// shown it can see that it is genuine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultPaper {
    pub letterhead: Letterhead,
    /// "GIẤY KHAI SINH".
    pub title: String,
    pub subject: Subject,
    pub procedure: String,
    pub dossier_code: String,
    /// Paragraphs.
    pub body: Vec<String>,
    pub signer: String,
    pub signer_role: String,
    pub check_code: String,
    /// The public page that confirms it.
    pub check_address: String,
    /// SVG of `check_address`.
    pub qr: String,
}

impl Form {
    pub const ALL: [Form; 9] = [
        Form::Receipt,
        Form::Supplement,
        Form::Refusal,
        Form::Apology,
        Form::Stop,
        Form::Control,
        Form::Register,
        Form::Request,
        Form::Result,
    ];

    /// The name of the press's template, of the stored paper and of its address.
    pub fn template(self) -> &'static str {
        match self {
            Form::Receipt => "slip01",
            Form::Supplement => "slip02",
            Form::Refusal => "slip03",
            Form::Apology => "slip04",
            Form::Stop => "slip05",
            Form::Control => "slip06",
            Form::Register => "slip07",
            Form::Request => "request",
            Form::Result => "result",
        }
    }

    pub fn parse(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.template() == name)
    }

    /// Its name in words: `dossiers-paper-slip01`.
    pub fn word(self) -> String {
        format!("dossiers-paper-{}", self.template())
    }
}

/// The image of an address that a telephone reads. Empty when the address is too long for one.
pub fn qr(address: &str) -> String {
    use fast_qr::convert::{Builder, svg::SvgBuilder};
    match fast_qr::QRBuilder::new(address).ecl(fast_qr::ECL::M).build() {
        Ok(code) => SvgBuilder::default().margin(2).to_str(&code),
        Err(_) => String::new(),
    }
}

/// Larger papers are not printed.
pub const PDF_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// What a result is called in the name of its file.
pub const RESULT_FILE: &str = "ket-qua";

/// How the file of a printed paper is called: `H57.104.01-261122-0001-slip01-1.pdf`.
pub fn file_name(dossier: &str, form: &str, number: i64) -> String {
    format!("{dossier}-{form}-{number}.pdf")
}

/// Text that the press can set: its fonts have no picture letters and no far eastern ones.
pub fn printable(text: &str) -> String {
    let drawn = |letter: char| if (letter as u32) < 0x2c00 { letter } else { '?' };
    text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).map(drawn).collect()
}
