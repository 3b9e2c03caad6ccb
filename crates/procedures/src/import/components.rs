//! The tables of components on a captured page. Each case has a table of its own; a component is
//! its name, perhaps the names of blank forms, and a count such as `1 bản chính,2 bản sao`, all
//! run together. What stands after the last count is the name of the next case.

use super::clean;
use super::page::COMPONENTS_HEAD;
use super::reading::{Doubt, ReadPart, Why};
use crate::component::{BlankForm, Case, Component};

const ORIGINALS: &str = " bản chính";
const COPIES: &str = " bản sao";

/// Reads all tables. Words without a table become a case with a name and no component.
pub fn read(text: &str) -> (Vec<Case>, Vec<Doubt>) {
    let mut doubts = Vec::new();
    let mut cases: Vec<Case> = Vec::new();
    let mut pieces = text.split(COMPONENTS_HEAD);
    let mut name = pieces.next().unwrap_or("");
    for piece in pieces {
        let (components, rest) = table(piece);
        if components.is_empty() {
            doubts.push(Doubt::new(ReadPart::Components, Why::TableCutOff, piece));
        }
        cases.push(Case { name: case_name(name), components, ..Case::default() });
        name = rest;
    }
    if !case_name(name).is_empty() {
        cases.push(Case { name: case_name(name), ..Case::default() });
    }
    (cases, doubts)
}

/// The portal writes `--` for a case without a name.
fn case_name(text: &str) -> String {
    let text = clean::block(text);
    let bare = text.trim_start_matches("--").trim_end_matches("--").trim();
    if clean::is_nothing(bare) { String::new() } else { bare.to_owned() }
}

/// The components of one table and what stands after its last count.
fn table(text: &str) -> (Vec<Component>, &str) {
    let mut components = Vec::new();
    let mut start = 0;
    for count in counts(text) {
        if count.start >= start {
            components.push(component(&text[start..count.start], &count));
            start = count.end;
        }
    }
    (components, &text[start..])
}

struct Count {
    start: usize,
    end: usize,
    originals: u16,
    copies: u16,
}

fn counts(text: &str) -> Vec<Count> {
    text.match_indices(ORIGINALS).filter_map(|(at, _)| count_at(text, at)).collect()
}

/// Whether the words "bản chính" at this place close a row, or stand inside a name ("nộp 02 bản
/// chính tờ khai", "(01 bản chính)").
fn count_at(text: &str, at: usize) -> Option<Count> {
    let digits = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
    let run = &text[at - digits..at];
    let before = text[..at - digits].chars().next_back();
    let figure = count_of(run, before.is_some_and(char::is_whitespace))?;
    let mut end = at + ORIGINALS.len();
    let mut copies = 0;
    if let Some(rest) = text[end..].strip_prefix(',') {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if rest[digits..].starts_with(COPIES) {
            copies = rest[..digits].parse().ok()?;
            end += 1 + digits + COPIES.len();
        }
    }
    let after = &text[end..];
    let goes_on = after.starts_with(|next: char| next.is_whitespace() || ".,;:)/".contains(next))
        || another_count_follows(after);
    (!goes_on).then_some(Count {
        start: at - figure.len(),
        end,
        originals: figure.parse().ok()?,
        copies,
    })
}

/// The digits of a run that are the count. A name may end in digits of its own right before it
/// ("năm 2013" and "1"), and "01" in a sentence is no count.
fn count_of(run: &str, after_space: bool) -> Option<&str> {
    let last = run.get(run.len().checked_sub(1)?..)?;
    let leads_with_zero = run.starts_with('0');
    match run.len() {
        1 => Some(run),
        2 if leads_with_zero => None,
        2 if !after_space => Some(run),
        _ => Some(last),
    }
}

fn another_count_follows(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && !text.starts_with('0') && text[digits..].starts_with(ORIGINALS)
}

fn component(text: &str, count: &Count) -> Component {
    let (name, files) = forms(text);
    let is_paper = count.originals > 0 || count.copies > 0 || !files.is_empty();
    Component {
        name: clean::block(name),
        originals: count.originals,
        copies: count.copies,
        is_note: !is_paper,
        files,
        ..Component::default()
    }
}

const ENDINGS: [&str; 12] = [
    ".docx", ".doc", ".pdf", ".xlsx", ".xls", ".rar", ".zip", ".jpeg", ".jpg", ".png", ".rtf",
    ".odt",
];
/// How names of blank forms begin, folded.
const FORM_WORDS: [&str; 19] = [
    "mau ",
    "mau0",
    "mau1",
    "mus ",
    "phu luc",
    "phieu ",
    "don ",
    "to khai",
    "to trinh",
    "giay ",
    "van ban",
    "bieu ",
    "thuyet minh",
    "ban khai",
    "bao cao",
    "de an",
    "danh sach",
    "phlc",
    "pl ",
];
/// A longer name of a file has not been seen.
const FILE_NAME_CHARS_MAX: usize = 150;

/// The name of a component and the names of the files behind it. Where no place parts the two
/// without guessing, all of it stays the name.
fn forms(text: &str) -> (&str, Vec<BlankForm>) {
    let mut ends = file_ends(text);
    if ends.last() != Some(&text.trim_end().len()) {
        return (text, Vec::new());
    }
    let first_end = ends.remove(0);
    let Some(start) = file_start(&text[..first_end]) else { return (text, Vec::new()) };
    let mut names = vec![&text[start..first_end]];
    let mut from = first_end;
    for end in ends {
        names.push(&text[from..end]);
        from = end;
    }
    let files = names
        .into_iter()
        .map(|name| BlankForm { name: clean::line(name), path: String::new() })
        .collect();
    (&text[..start], files)
}

/// Where names of files end: an ending that the next name or nothing follows.
fn file_ends(text: &str) -> Vec<usize> {
    let lower = text.to_ascii_lowercase();
    let mut ends: Vec<usize> = Vec::new();
    for (at, _) in lower.match_indices('.') {
        let Some(ending) = ENDINGS.iter().find(|ending| lower[at..].starts_with(**ending)) else {
            continue;
        };
        ends.push(at + ending.len());
    }
    ends
}

/// The earliest place near the end where a new word begins without a space before it.
fn file_start(text: &str) -> Option<usize> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let from = letters.len().saturating_sub(FILE_NAME_CHARS_MAX).max(2);
    (from..letters.len())
        .find(|place| is_seam(text, &letters, *place))
        .map(|place| letters[place].0)
}

fn is_seam(text: &str, letters: &[(usize, char)], place: usize) -> bool {
    let (at, next) = letters[place];
    let (last, before_last) = (letters[place - 1].1, letters[place - 2].1);
    if !next.is_alphanumeric() || last.is_whitespace() {
        return false;
    }
    let begins_a_form = || {
        let start: String = text[at..].chars().take(14).collect();
        let start = format!("{} ", platform::fold::fold(&start));
        FORM_WORDS.iter().any(|word| start.starts_with(word))
    };
    match last {
        ';' | ')' | ']' | '”' | '"' => true,
        ',' => next.is_uppercase(),
        // A point between figures or inside an abbreviation parts nothing; after the number of a
        // document ("TT-NHNN.", "30/6/2023.") it does.
        '.' | ':' => {
            let number =
                || text[..at].rsplit(' ').next().is_some_and(|word| word.contains(['-', '/']));
            before_last.is_lowercase()
                || before_last == ')'
                || begins_a_form()
                || (next.is_uppercase() && number())
        }
        _ if last.is_lowercase() && before_last.is_alphabetic() => {
            next.is_uppercase() || next.is_numeric() || begins_a_form()
        }
        _ if last.is_alphanumeric() => next.is_alphabetic() && begins_a_form(),
        _ => false,
    }
}
