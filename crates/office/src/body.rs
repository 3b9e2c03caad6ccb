//! The text of a document as it is typed, line by line, and as it is printed: bases, articles,
//! clauses, points, dashes. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 8, app. I

use serde_json::{Value, json};

/// A typed text, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// "Căn cứ …", before everything else.
    pub bases: Vec<String>,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// As the press calls it.
    pub kind: &'static str,
    pub number: String,
    pub title: String,
    pub text: String,
}

impl Body {
    /// Every line is a paragraph; how it begins says what it is.
    pub fn read(typed: &str) -> Body {
        let mut body = Body::default();
        for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let is_base = body.blocks.is_empty() && is_base(line);
            match is_base {
                true => body.bases.push(line.trim_end_matches([';', '.', ' ']).to_owned()),
                false => body.blocks.push(block(line)),
            }
        }
        body
    }

    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    pub fn blocks_json(&self) -> Value {
        let one = |block: &Block| {
            json!({
                "kind": block.kind,
                "number": block.number,
                "title": block.title,
                "text": block.text,
            })
        };
        self.blocks.iter().map(one).collect()
    }
}

impl Block {
    /// As it was typed.
    pub fn line(&self) -> String {
        match self.kind {
            "part" => format!("Phần {} {}", self.number, self.title),
            "chapter" => format!("Chương {} {}", self.number, self.title),
            "section" => format!("Mục {} {}", self.number, self.title),
            "article" => format!("Điều {}. {}", self.number, self.text),
            "clause" => format!("{}. {}", self.number, self.text),
            "point" => format!("{}) {}", self.number, self.text),
            "dash" => format!("- {}", self.text),
            _ => self.text.clone(),
        }
    }
}

fn is_base(line: &str) -> bool {
    ["Căn cứ ", "Theo đề nghị ", "Xét đề nghị ", "Xét "].iter().any(|mark| line.starts_with(mark))
}

fn block(line: &str) -> Block {
    let made = |kind, number: &str, title: &str, text: &str| Block {
        kind,
        number: number.to_owned(),
        title: title.to_owned(),
        text: text.trim().to_owned(),
    };
    for (mark, kind) in [("Phần ", "part"), ("Chương ", "chapter"), ("Mục ", "section")] {
        if let Some((number, title)) = line.strip_prefix(mark).and_then(heading) {
            return made(kind, number, title, "");
        }
    }
    if let Some((number, rest)) = line.strip_prefix("Điều ").and_then(numbered) {
        return made("article", number, "", rest);
    }
    if let Some((number, rest)) = numbered(line) {
        return made("clause", number, "", rest);
    }
    if let Some((letter, rest)) = lettered(line) {
        return made("point", letter, "", rest);
    }
    match line.strip_prefix("- ").or_else(|| line.strip_prefix("– ")) {
        Some(rest) => made("dash", "", "", rest),
        None => made("paragraph", "", "", line),
    }
}

/// "II. Tổ chức thực hiện", "2": the number of a heading and its title.
fn heading(rest: &str) -> Option<(&str, &str)> {
    let end = rest.find(['.', ':', ' ']).unwrap_or(rest.len());
    let (number, title) = rest.split_at(end);
    let is_number = !number.is_empty()
        && (number.bytes().all(|one| one.is_ascii_digit())
            || number.bytes().all(|one| b"IVXLC".contains(&one)));
    is_number.then(|| (number, title.trim_start_matches(['.', ':', ' '])))
}

/// "12. Sở Nội vụ …"
fn numbered(line: &str) -> Option<(&str, &str)> {
    let (number, rest) = line.split_once('.')?;
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    // "1.5 triệu đồng" is no clause.
    let is_over = rest.is_empty() || rest.starts_with(' ');
    (is_number && is_over).then(|| (number, rest.trim_start()))
}

/// "a) …", "đ) …"
fn lettered(line: &str) -> Option<(&str, &str)> {
    let (letter, rest) = line.split_once(") ")?;
    let mut letters = letter.chars();
    let one = letters.next()?;
    (letters.next().is_none() && one.is_lowercase()).then_some((letter, rest))
}
