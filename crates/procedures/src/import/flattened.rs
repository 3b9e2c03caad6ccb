//! Records captured from the portal's pages: 22 fields of text, the last of them the whole page.
//! The page is taken apart anew, because the capture cut it at the first place where a heading's
//! words stood, which may be inside a sentence.

use serde::Deserialize;

use super::page::{self, Page};
use super::reading::{Doubt, Format, ReadPart, Reading, Why};
use super::{channels, clean, components, lists};
use crate::channel::ChannelKind;
use crate::code::{Code, NotACode};
use crate::level::{Level, Levels, OnlineLevel};
use crate::version::{Agencies, Decision, Mandate, Named, Step, Version};

/// The fields of a capture by their names there.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Capture {
    pub ma_thu_tuc: String,
    pub ten_thu_tuc: String,
    pub so_quyet_dinh: String,
    pub cap_thuc_hien: String,
    pub loai_thu_tuc: String,
    pub linh_vuc: String,
    pub doi_tuong_thuc_hien: String,
    pub co_quan_co_tham_quyen: String,
    pub dia_chi_tiep_nhan: String,
    pub co_quan_duoc_uy_quyen: String,
    pub co_quan_phoi_hop: String,
    pub thu_tuc_lien_quan: String,
    pub trinh_tu_thuc_hien: String,
    pub cach_thuc_thuc_hien: String,
    pub thanh_phan_ho_so: String,
    pub can_cu_phap_ly: String,
    pub co_quan_thuc_hien: String,
    pub yeu_cau_dieu_kien: String,
    pub ket_qua_xu_ly: String,
    pub raw_text: String,
}

/// Reads one capture. Only a code that is none is refused.
pub fn read(capture: &Capture) -> Result<Reading, NotACode> {
    let code = Code::parse(&capture.ma_thu_tuc)?;
    let mut doubts = Vec::new();
    let page = match page::split(&clean::normal(&capture.raw_text)) {
        Ok(page) => page,
        Err(heading) => {
            doubts.push(Doubt::new(ReadPart::Code, Why::PageNotSplit, heading));
            capture.page()
        }
    };
    if page.code.trim() != code.as_str() {
        doubts.push(Doubt::new(ReadPart::Code, Why::AnotherCode, &page.code));
    }
    let version = version(code, &page, &mut doubts);
    Ok(Reading { format: Format::Flattened, version, doubts })
}

fn version(code: Code, page: &Page, doubts: &mut Vec<Doubt>) -> Version {
    let (subjects, unknown) = lists::subjects(&page.subjects);
    doubts.extend(unknown);
    let (channels, unclear) = channels::read(&page.channels);
    doubts.extend(unclear);
    let (cases, cut) = components::read(&page.components);
    doubts.extend(cut);
    if let Some(related) = clean::some(&page.related) {
        doubts.push(Doubt::new(ReadPart::Steps, Why::NamedWithoutCode, related));
    }
    let offered = channels.iter().any(|channel| channel.kind == ChannelKind::Online);
    Version {
        mandate: mandate(&page.mandate),
        levels: levels(&page.levels, doubts),
        // The page says that it may be filed online, never that the whole of it is.
        online_level: if offered { OnlineLevel::Part } else { OnlineLevel::Information },
        fields: clean::some(&page.field)
            .map(|field| Named::of(clean::line(field)))
            .into_iter()
            .collect(),
        subjects,
        agencies: agencies(page),
        decision: Decision { number: clean::line(&page.decision), ..Decision::default() },
        steps: steps(&page.steps),
        channels,
        cases,
        results: lists::results(&page.results),
        requirements: clean::some(&page.requirements).map(clean::block).unwrap_or_default(),
        legal_bases: lists::legal_bases(&page.legal_bases),
        keywords: keywords(&page.keywords),
        note: note(page),
        ..Version::new(code, clean::line(&page.name))
    }
}

pub fn keywords(text: &str) -> Vec<String> {
    let text = clean::line(text);
    text.split([',', ';']).filter_map(clean::some).map(str::to_owned).collect()
}

fn note(page: &Page) -> String {
    let related = clean::some(&page.related).map(clean::block);
    let description = clean::some(&page.description).map(clean::block);
    [description, related].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn mandate(text: &str) -> Mandate {
    match clean::line(text).as_str() {
        "TTHC được giao luật quy định chi tiết" => Mandate::Delegated,
        "TTHC không được luật giao cho địa phương quy định" => Mandate::NotDelegated,
        "Loại khác" => Mandate::Other,
        _ => Mandate::Unsaid,
    }
}

fn levels(text: &str, doubts: &mut Vec<Doubt>) -> Levels {
    let text = clean::line(text);
    let mut found = Vec::new();
    for word in text.split(", ").filter_map(clean::some) {
        match word {
            "Cấp xã" => found.push(Level::Ward),
            "Cấp tỉnh" => found.push(Level::Province),
            "Cấp bộ" => found.push(Level::Ministry),
            "Cơ quan khác" => found.push(Level::Other),
            other => doubts.push(Doubt::new(ReadPart::Level, Why::UnknownWord, other)),
        }
    }
    Levels::of(&found)
}

/// Ministries by the letters their decisions carry: who decided, published.
const PUBLISHERS: [(&str, &str, &str); 8] = [
    ("BCA", "G01", "Bộ Công an"),
    ("BTC", "G12", "Bộ Tài chính"),
    ("BTP", "G15", "Bộ Tư pháp"),
    ("BXD", "G17", "Bộ Xây dựng"),
    ("BNNMT", "G10", "Bộ Nông nghiệp và Môi trường"),
    ("BNNNMT", "G10", "Bộ Nông nghiệp và Môi trường"),
    ("NHNN", "G19", "Ngân hàng Nhà nước Việt Nam"),
    ("TANDTC", "", "Tòa án nhân dân tối cao"),
];

fn agencies(page: &Page) -> Agencies {
    let letters: Vec<&str> = page.decision.trim().split(['/', '-']).collect();
    let publishing =
        PUBLISHERS.iter().find(|(mark, ..)| letters.contains(mark)).map(|(_, code, name)| Named {
            code: (!code.is_empty()).then(|| (*code).to_owned()),
            name: (*name).to_owned(),
        });
    Agencies {
        publishing,
        executing: lists::agencies(&page.executing),
        authority: lists::agencies(&page.authority),
        authorised: lists::agencies(&page.authorised),
        coordinating: lists::agencies(&page.coordinating),
        receiving: clean::some(&page.receiving).map(clean::block).unwrap_or_default(),
    }
}

/// One step for each line that begins "Bước 1", "Bước 2" … in order; else the text as one.
pub fn steps(text: &str) -> Vec<Step> {
    let text = clean::block(text);
    if clean::is_nothing(&text) {
        return Vec::new();
    }
    let mut steps: Vec<Step> = Vec::new();
    for line in text.lines() {
        let next = steps.iter().filter(|step| !step.name.is_empty()).count() + 1;
        match (step_head(line, next), steps.last_mut()) {
            (Some((name, rest)), _) => {
                steps.push(Step { name: name.to_owned(), text: rest.to_owned() });
            }
            (None, Some(last)) if last.text.is_empty() => last.text = line.to_owned(),
            (None, Some(last)) => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            (None, None) => steps.push(Step { name: String::new(), text: line.to_owned() }),
        }
    }
    steps
}

/// `- Bước 2: Nộp hồ sơ` parted into `Bước 2` and the rest, where 2 is the next number.
fn step_head(line: &str, number: usize) -> Option<(&str, &str)> {
    let bare = line.trim_start_matches(|letter: char| "-+*•– ".contains(letter));
    let bare = match bare.split_once(") ") {
        Some((point, rest)) if point.chars().count() == 1 => rest,
        _ => bare,
    };
    let head = ["Bước ", "Bước 0", "BƯỚC "].iter().find_map(|word| {
        let figure = bare.strip_prefix(word)?;
        let rest = figure.strip_prefix(&number.to_string())?;
        rest.starts_with([':', '.', ' ', ';', '-', ')']).then_some(rest)
    });
    let rest = head
        .or_else(|| bare.strip_prefix(&format!("Bước {number}")).filter(|rest| rest.is_empty()))?;
    let name = bare[..bare.len() - rest.len()].trim();
    Some((name, rest.trim_start_matches(|letter: char| ":.;- )".contains(letter))))
}

impl Capture {
    /// The parts as the capture cut them, for a page that cannot be taken apart.
    fn page(&self) -> Page {
        let own = |text: &str| clean::normal(text);
        Page {
            name: own(&self.ten_thu_tuc),
            code: own(&self.ma_thu_tuc),
            decision: own(&self.so_quyet_dinh),
            levels: own(&self.cap_thuc_hien),
            mandate: own(&self.loai_thu_tuc),
            field: own(&self.linh_vuc),
            subjects: own(&self.doi_tuong_thuc_hien),
            authority: own(&self.co_quan_co_tham_quyen),
            receiving: own(&self.dia_chi_tiep_nhan),
            authorised: own(&self.co_quan_duoc_uy_quyen),
            coordinating: own(&self.co_quan_phoi_hop),
            related: own(&self.thu_tuc_lien_quan),
            steps: own(&self.trinh_tu_thuc_hien),
            channels: own(&self.cach_thuc_thuc_hien),
            components: own(&self.thanh_phan_ho_so),
            legal_bases: own(self.can_cu_phap_ly.trim_start_matches(page::LEGAL_HEAD)),
            executing: own(&self.co_quan_thuc_hien),
            requirements: own(&self.yeu_cau_dieu_kien),
            results: own(self.ket_qua_xu_ly.split("Từ khóa").next().unwrap_or("")),
            keywords: String::new(),
            description: String::new(),
        }
    }
}
