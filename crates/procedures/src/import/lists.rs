//! Lists that a captured page runs together: subjects and agencies with commas inside their
//! names, results with their codes, legal bases with the numbers of documents.

use super::clean;
use super::reading::{Doubt, ReadPart, Why};
use crate::version::Named;

/// The groups of people the portal knows, the longer names before those they begin with.
const SUBJECTS: [&str; 13] = [
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "Tổ chức nước ngoài",
    "Tổ chức Đảng",
    "Công dân Việt Nam",
    "Cán bộ, công chức, viên chức",
    "Doanh nghiệp có vốn đầu tư nước ngoài",
    "Doanh nghiệp Việt Nam",
    "Doanh nghiệp",
    "Hợp tác xã",
    "Người Việt Nam định cư ở nước ngoài",
    "Người nước ngoài cư trú tại Việt Nam",
    "Người nước ngoài",
    "Đảng viên",
];

pub fn subjects(text: &str) -> (Vec<Named>, Vec<Doubt>) {
    let text = clean::line(text);
    let mut found = Vec::new();
    let mut doubts = Vec::new();
    let mut rest = text.as_str();
    while !clean::is_nothing(rest) {
        let known = SUBJECTS.iter().find(|name| {
            let after = rest.strip_prefix(**name);
            after.is_some_and(|after| after.is_empty() || after.starts_with(", "))
        });
        let name = match known {
            Some(name) => name,
            None => rest.split(", ").next().unwrap_or(rest),
        };
        if known.is_none() {
            doubts.push(Doubt::new(ReadPart::Subjects, Why::UnknownWord, name));
        }
        found.push(Named::of(name));
        rest = rest[name.len()..].trim_start_matches(", ");
    }
    (found, doubts)
}

/// First words of agencies' names: after a comma, anything else goes on with the name before.
const AGENCY_HEADS: [&str; 49] = [
    "Ban ",
    "Biên phòng",
    "Bảo hiểm",
    "Bộ ",
    "Chi cục",
    "Chi Cục",
    "Chi nhánh",
    "Chính phủ",
    "Chủ tịch",
    "Các ",
    "Công an",
    "Công An",
    "Công đoàn",
    "Cơ quan",
    "Cơ sở",
    "Cảng vụ",
    "Cục ",
    "Doanh nghiệp",
    "Giám đốc",
    "Hải quan",
    "Học viện",
    "Hội ",
    "Hội đồng",
    "Khu ",
    "Kho bạc",
    "Lãnh đạo",
    "Lưu trữ",
    "Ngân hàng",
    "Người ",
    "Phòng ",
    "Quốc ",
    "Quỹ ",
    "Sở ",
    "Thanh tra",
    "Thi hành",
    "Thuế ",
    "Thủ tướng",
    "Trung tâm",
    "Trường ",
    "Tòa ",
    "Tổ chức",
    "Tổng ",
    "UBND",
    "Uỷ ban",
    "Viện ",
    "Văn phòng",
    "Vụ ",
    "Đơn vị",
    "Đại sứ",
];

pub fn agencies(text: &str) -> Vec<Named> {
    let text = clean::line(text);
    let mut names: Vec<String> = Vec::new();
    for piece in text.split(", ") {
        let begins = piece.starts_with("Ủy ban")
            || AGENCY_HEADS.iter().any(|head| piece.starts_with(head) || piece == head.trim());
        match names.last_mut() {
            Some(last) if !begins => {
                last.push_str(", ");
                last.push_str(piece);
            }
            _ if clean::is_nothing(piece) => {}
            _ => names.push(piece.to_owned()),
        }
    }
    names.into_iter().map(Named::of).collect()
}

/// `Giấy khai sinhMã: KQ.G15.000031…` again and again.
pub fn results(text: &str) -> Vec<Named> {
    let text = clean::normal(text);
    let mut found = Vec::new();
    let mut pieces = text.split("Mã: ");
    let mut name = pieces.next().unwrap_or("");
    for piece in pieces {
        let (code, rest) = result_code(piece);
        found.push(Named {
            code: (!code.is_empty()).then(|| code.to_owned()),
            name: result_name(name),
        });
        name = rest;
    }
    if clean::some(&result_name(name)).is_some() {
        found.push(Named::of(result_name(name)));
    }
    found.retain(|result| !clean::is_nothing(&result.name));
    found
}

/// `KQ.G09.001342` or `000.00.00.G04-KQ0279`: ends with the digits, whatever name follows.
fn result_code(text: &str) -> (&str, &str) {
    let is_part = |byte: u8| {
        byte.is_ascii_digit() || byte.is_ascii_uppercase() || byte == b'.' || byte == b'-'
    };
    let run = text.bytes().take_while(|byte| is_part(*byte)).count();
    let digits_end = text[..run].bytes().rposition(|byte| byte.is_ascii_digit());
    text.split_at(digits_end.map_or(0, |at| at + 1))
}

fn result_name(text: &str) -> String {
    clean::line(text).trim_matches(|letter: char| ".,;- ".contains(letter)).to_owned()
}

/// Bodies that issue documents, as they stand in numbers: the longer before those they begin
/// with. After one of them the number ends, whatever letters follow.
const ISSUERS: [&str; 58] = [
    "UBTVQH10",
    "UBTVQH11",
    "UBTVQH12",
    "UBTVQH13",
    "UBTVQH14",
    "UBTVQH15",
    "UBTVQH16",
    "UBTVQH",
    "UBTƯMTTQVN",
    "BNNPTNT",
    "BNNMT",
    "BTNMT",
    "BLĐTBXH",
    "BVHTTDL",
    "BGTVT",
    "BGDĐT",
    "BKHĐT",
    "BKHCN",
    "BTTTT",
    "TTCP",
    "TANDTC",
    "VKSNDTC",
    "HĐTP",
    "NHNN",
    "BHXH",
    "TCHQ",
    "UBND",
    "HĐND",
    "UBCK",
    "VPCP",
    "BNV",
    "BNG",
    "BQP",
    "BCA",
    "BCT",
    "BTC",
    "BTP",
    "BXD",
    "BYT",
    "BTM",
    "BTS",
    "BNN",
    "BVHTT",
    "TTg",
    "TTG",
    "CP",
    "QH10",
    "QH11",
    "QH12",
    "QH13",
    "QH14",
    "QH15",
    "QH16",
    "QH9",
    "QH8",
    "HĐBT",
    "CTN",
    "BCTC",
];
/// Words that may stand before the number inside its cell.
const KINDS: [&str; 12] = [
    "Nghị định",
    "Thông tư liên tịch",
    "Thông tư",
    "Quyết định",
    "Nghị quyết",
    "Bộ luật",
    "Luật",
    "Pháp lệnh",
    "Nghị đinh",
    "Văn bản hợp nhất",
    "Chỉ thị",
    "Công văn",
];

/// Rows of name and number, run together. A number inside a name is followed by a space or a
/// mark; the one that closes a row by the next name or nothing.
pub fn legal_bases(text: &str) -> Vec<Named> {
    let text = clean::normal(text);
    let mut found: Vec<Named> = Vec::new();
    let mut start = 0;
    for (from, to) in document_numbers(&text) {
        // A name may end in the very number that follows in its own cell.
        let is_name = text[to..].starts_with(&text[from..to]);
        if from < start || is_name || !closes_row(&text[to..], &text[start..from]) {
            continue;
        }
        push_basis(&mut found, &text[start..from], &text[from..to]);
        start = to;
    }
    let rest = clean::line(&text[start..]);
    if !clean::is_nothing(rest.trim_matches(|letter: char| ".,; ".contains(letter))) {
        found.push(Named::of(rest));
    }
    found
}

fn push_basis(found: &mut Vec<Named>, name: &str, number: &str) {
    let (name, kind) = kind_at_end(name);
    let name = clean::line(name);
    let code = clean::line(&format!("{kind} {number}"));
    let repeats = found.last().is_some_and(|last| last.code.as_deref() == Some(number));
    match found.last_mut() {
        // A name that was itself the number: `24/2022/TT-BNNPTNTThông tư 24/2022/TT-BNNPTNT`.
        Some(last) if repeats && name.is_empty() => {
            last.name.clone_from(&code);
        }
        _ if name.is_empty() => found.push(Named { name: code.clone(), code: Some(code) }),
        _ => found.push(Named { name, code: Some(code) }),
    }
}

/// `… kinh doanhNghị định số ` parted before the kind of document, where no space joins the two.
fn kind_at_end(name: &str) -> (&str, &str) {
    let bare = name.trim_end().trim_end_matches("số").trim_end_matches("Số").trim_end();
    for kind in KINDS {
        if let Some(before) = bare.strip_suffix(kind) {
            let joined = before.chars().next_back().is_none_or(|last| !last.is_whitespace());
            return if joined { name.split_at(before.len()) } else { (name, "") };
        }
    }
    (name, "")
}

fn closes_row(after: &str, name: &str) -> bool {
    let Some(next) = after.chars().next() else { return true };
    let next_is_number = document_numbers(after).first().is_some_and(|(from, _)| *from == 0);
    if next.is_alphabetic() || next_is_number {
        return true;
    }
    // A number with a space behind it, and the next name.
    let next_name = after.trim_start();
    next.is_whitespace()
        && !name.trim().is_empty()
        && !KINDS.iter().any(|kind| name.trim_end().trim_end_matches("số").trim_end() == *kind)
        && (next_name.is_empty() || KINDS.iter().any(|kind| next_name.starts_with(kind)))
}

/// Places of `08/2015/NĐ-CP`, `54/2014/QH13`, `30a/2008/NQ-CP`.
fn document_numbers(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (slash, _) in text.match_indices('/') {
        let last_end = found.last().map_or(0, |(_, to)| *to);
        if slash < last_end {
            continue;
        }
        let from = number_start(text, slash).max(last_end);
        let Some(to) = number_end(text, slash) else { continue };
        if from < slash {
            found.push((from, to));
        }
    }
    found
}

/// Digits before the slash, with one small letter perhaps (`30a`).
fn number_start(text: &str, slash: usize) -> usize {
    let bytes = text.as_bytes();
    let mut from = slash;
    if from > 1 && bytes[from - 1].is_ascii_lowercase() && bytes[from - 2].is_ascii_digit() {
        from -= 1;
    }
    let digits = text[..from].bytes().rev().take_while(u8::is_ascii_digit).count();
    let run = &text[from - digits..from];
    // A name that ends in a year, run together with the number behind it.
    let ends_in_year = digits > 4 && (run.starts_with("19") || run.starts_with("20"));
    match digits {
        0 => slash,
        _ if ends_in_year => from - (digits - 4),
        _ => from - digits,
    }
}

fn number_end(text: &str, slash: usize) -> Option<usize> {
    let mut at = slash + 1;
    let year = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    if year == 4 && text[at + 4..].starts_with('/') {
        at += 5;
    } else if year > 0 {
        return None;
    }
    loop {
        let rest = &text[at..];
        if let Some(issuer) = ISSUERS.iter().find(|issuer| rest.starts_with(**issuer)) {
            at += issuer.len();
            match text[at..].strip_prefix(['-', '–']) {
                Some(more) if ISSUERS.iter().any(|issuer| more.starts_with(issuer)) => {
                    at = text.len() - more.len();
                }
                _ => return Some(at),
            }
        } else {
            // A kind of document (NĐ, TT, QĐ, NQ, TTLT …) and what joins it to the issuer.
            let kind: usize =
                rest.chars().take_while(|letter| letter.is_uppercase()).map(char::len_utf8).sum();
            let joint = rest[kind..].chars().next()?;
            if kind == 0 || kind > 8 || !matches!(joint, '-' | '–' | '/' | '_') {
                return None;
            }
            let after = &rest[kind + joint.len_utf8()..];
            at = text.len() - after.trim_start_matches(' ').len();
        }
    }
}
