//! The catalogue as a table that people keep in a spreadsheet: one line a unit.
//!
//! Read in whatever shape spreadsheets save it: with a byte order mark, with any line end, with
//! commas, semicolons or tabs, columns in any order. An empty cell says nothing: it changes
//! nothing in a unit that is there.

use std::io::{BufRead, BufReader, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};
use jiff::civil::Date;

use crate::code::Code;
use crate::contact::{Contact, ContactLines};
use crate::kind::Kind;
use crate::name::{Name, one_line};
use crate::refusal::Refusal;
use crate::unit::Unit;

pub const COLUMNS: [&str; 21] = [
    "code",
    "replaces",
    "name",
    "short_name",
    "kind",
    "level",
    "parent",
    "valid_from",
    "valid_to",
    "renamed_on",
    "successors",
    "aliases",
    "province_gso",
    "commune_gso",
    "provisional",
    "note",
    "address",
    "phone",
    "email",
    "working_hours",
    "map_link",
];
const REQUIRED: [&str; 3] = ["code", "name", "kind"];
/// More lines than any catalogue of ours has.
pub const ROWS_MAX: usize = 200_000;
/// Longer cells are not texts of a catalogue.
const CELL_BYTES_MAX: usize = 4_000;
const FORMULA_SIGNS: [char; 4] = ['=', '+', '-', '@'];

/// A line, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    pub code: Code,
    /// The code that the unit had until now.
    pub replaces: Option<Code>,
    pub name: Name,
    pub short_name: Option<Name>,
    pub kind: Kind,
    pub parent: Option<Code>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub renamed_on: Option<Date>,
    /// Code and matter.
    pub successors: Vec<(String, Option<String>)>,
    pub aliases: Vec<Code>,
    pub province_gso: Option<String>,
    pub commune_gso: Option<String>,
    pub provisional: Option<bool>,
    pub note: Option<String>,
    pub contact: Contact,
}

/// Why a line was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    #[error("the line is not UTF-8 text")]
    NotText,
    #[error("the cell {column} is too long")]
    CellTooLong { column: &'static str },
    #[error("no kind is called {text}")]
    KindUnknown { text: String },
    #[error("the cell {column} is no date: {text}")]
    DateUnreadable { column: &'static str, text: String },
    #[error("the cell provisional is neither yes nor no: {text}")]
    NeitherYesNorNo { text: String },
    #[error("the statistics code has other than digits: {text}")]
    GsoUnreadable { text: String },
    #[error("the unit above {code} would be {above}, by its code")]
    ParentDiffers { code: Code, above: String },
    #[error("the unit is a {}, which an import does not change", kind.as_str())]
    KindDiffers { kind: Kind },
    #[error("line {line} has the same code")]
    CodeTwice { line: u64 },
}

/// A line with where it stands, understood or not.
pub struct Line {
    pub number: u64,
    /// As written, for the report.
    pub code: String,
    pub row: Result<SheetRow, Refusal>,
}

/// Reads a sheet line by line; never more than one line in memory.
pub struct Sheet<R: Read> {
    reader: Reader<BufReader<R>>,
    /// Where each of [`COLUMNS`] stands in this file.
    places: [Option<usize>; COLUMNS.len()],
    record: ByteRecord,
}

impl<R: Read> Sheet<R> {
    pub fn open(source: R) -> Result<Sheet<R>, Refusal> {
        let mut source = BufReader::with_capacity(64 * 1024, source);
        let start = source.fill_buf().map_err(|error| unreadable(&error.to_string()))?;
        let mark = if start.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let delimiter = delimiter(&start[mark..]);
        source.consume(mark);
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(source);
        let heads = reader.byte_headers().map_err(|error| unreadable(&error.to_string()))?;
        let heads: Vec<String> = heads.iter().map(head).collect();
        let places = COLUMNS.map(|column| heads.iter().position(|head| head == column));
        for required in REQUIRED {
            if !heads.iter().any(|head| head == required) {
                return Err(Refusal::ColumnMissing { column: required });
            }
        }
        Ok(Sheet { reader, places, record: ByteRecord::new() })
    }

    fn cell(&self, column: &'static str) -> Result<&str, RowFault> {
        let place = COLUMNS.iter().position(|known| *known == column);
        let place = place.and_then(|place| self.places[place]);
        let bytes = place.and_then(|place| self.record.get(place)).unwrap_or_default();
        if bytes.len() > CELL_BYTES_MAX {
            return Err(RowFault::CellTooLong { column });
        }
        str::from_utf8(bytes).map(|text| unguarded(text.trim())).map_err(|_| RowFault::NotText)
    }

    fn row(&self) -> Result<SheetRow, Refusal> {
        let code = Code::issue(self.cell("code")?)?;
        let parent = self.optional_code("parent")?;
        if let Some(parent) = &parent
            && code.parent().as_ref() != Some(parent)
        {
            let above = code.parent().map(String::from).unwrap_or_default();
            return Err(RowFault::ParentDiffers { code, above }.into());
        }
        let lines = ContactLines {
            address: self.cell("address")?.to_owned(),
            phone: self.cell("phone")?.to_owned(),
            email: self.cell("email")?.to_owned(),
            working_hours: self.cell("working_hours")?.to_owned(),
            map_link: self.cell("map_link")?.to_owned(),
        };
        Ok(SheetRow {
            code,
            replaces: self.optional_code("replaces")?,
            name: Name::parse(self.cell("name")?)?,
            short_name: some(self.cell("short_name")?)
                .map(|text| Name::parse(&text))
                .transpose()?,
            kind: self.kind()?,
            parent,
            valid_from: self.date("valid_from")?,
            valid_to: self.date("valid_to")?,
            renamed_on: self.date("renamed_on")?,
            successors: successors(self.cell("successors")?),
            aliases: self.aliases()?,
            province_gso: self.gso("province_gso")?,
            commune_gso: self.gso("commune_gso")?,
            provisional: self.provisional()?,
            note: some(self.cell("note")?),
            contact: Contact::parse(&lines).map_err(Refusal::ContactWrong)?,
        })
    }

    fn optional_code(&self, column: &'static str) -> Result<Option<Code>, Refusal> {
        Ok(some(self.cell(column)?).map(|text| Code::receive(&text)).transpose()?)
    }

    fn aliases(&self) -> Result<Vec<Code>, Refusal> {
        let codes = self.cell("aliases")?.split(['|', ' ']).filter(|code| !code.is_empty());
        codes.map(|code| Code::receive(code).map_err(Refusal::from)).collect()
    }

    fn kind(&self) -> Result<Kind, RowFault> {
        let text = self.cell("kind")?;
        Kind::parse(text).ok_or_else(|| RowFault::KindUnknown { text: shown(text) })
    }

    /// As `2025-06-30`, or as spreadsheets here show it: `30/06/2025`.
    fn date(&self, column: &'static str) -> Result<Option<Date>, RowFault> {
        let text = self.cell(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let date = text.parse().or_else(|_| Date::strptime("%d/%m/%Y", text));
        date.map(Some).map_err(|_| RowFault::DateUnreadable { column, text: shown(text) })
    }

    fn gso(&self, column: &'static str) -> Result<Option<String>, RowFault> {
        let text = self.cell(column)?;
        let fits = text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { Ok(some(text)) } else { Err(RowFault::GsoUnreadable { text: shown(text) }) }
    }

    fn provisional(&self) -> Result<Option<bool>, RowFault> {
        let text = self.cell("provisional")?;
        match text.to_lowercase().as_str() {
            "" => Ok(None),
            "yes" | "true" | "1" | "có" | "x" => Ok(Some(true)),
            "no" | "false" | "0" | "không" => Ok(Some(false)),
            _ => Err(RowFault::NeitherYesNorNo { text: shown(text) }),
        }
    }
}

impl<R: Read> Iterator for Sheet<R> {
    type Item = Result<Line, Refusal>;

    fn next(&mut self) -> Option<Result<Line, Refusal>> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(false) => return None,
                Err(error) => return Some(Err(unreadable(&error.to_string()))),
                Ok(true) if self.record.iter().all(|cell| cell.trim_ascii().is_empty()) => {}
                Ok(true) => break,
            }
        }
        let number = self.record.position().map_or(0, |position| position.line());
        let code = self.cell("code").map(shown).unwrap_or_default();
        Some(Ok(Line { number, code, row: self.row() }))
    }
}

/// A unit as a line, in the order of [`COLUMNS`].
pub fn line(unit: &Unit, successors: &str, aliases: &str) -> Vec<String> {
    let text = |part: &Option<String>| part.clone().unwrap_or_default();
    let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let cells = vec![
        unit.code.to_string(),
        String::new(),
        unit.name.to_string(),
        unit.short_name.as_ref().map(Name::to_string).unwrap_or_default(),
        unit.kind.as_str().to_owned(),
        unit.level.as_str().to_owned(),
        unit.code.parent().map(String::from).unwrap_or_default(),
        day(unit.valid_from),
        day(unit.valid_to),
        String::new(),
        successors.to_owned(),
        aliases.to_owned(),
        text(&unit.province_gso),
        text(&unit.commune_gso),
        if unit.provisional { "yes" } else { "no" }.to_owned(),
        text(&unit.note),
        text(&unit.contact.address),
        text(&unit.contact.phone),
        text(&unit.contact.email),
        text(&unit.contact.working_hours),
        text(&unit.contact.map_link),
    ];
    cells.into_iter().map(guarded).collect()
}

/// A spreadsheet would calculate what begins so: `+84 234…` becomes a number, `=…` is run.
fn guarded(cell: String) -> String {
    if cell.starts_with(FORMULA_SIGNS) { format!("'{cell}") } else { cell }
}

/// Takes back what [`guarded`] did.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA_SIGNS)).unwrap_or(cell)
}

/// `H09: lao động, việc làm | H03`, as [`line`] is given them.
pub fn successors(text: &str) -> Vec<(String, Option<String>)> {
    text.split('|')
        .map(one_line)
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once(':') {
            Some((code, matter)) => (code.trim().to_owned(), some(matter.trim())),
            None => (part, None),
        })
        .collect()
}

/// The sign that the first line has most of.
fn delimiter(start: &[u8]) -> u8 {
    let first = start.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let count = |sign: u8| first.iter().filter(|byte| **byte == sign).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|sign| (count(*sign), *sign == b',')).unwrap_or(b',')
}

/// Names of columns are read without regard to case and spaces.
fn head(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_lowercase().replace([' ', '-'], "_")
}

fn some(text: &str) -> Option<String> {
    Some(one_line(text)).filter(|line| !line.is_empty())
}

/// What a report may repeat of a cell.
fn shown(text: &str) -> String {
    one_line(&text.chars().take(60).collect::<String>())
}

fn unreadable(reason: &str) -> Refusal {
    Refusal::SheetUnreadable { reason: reason.to_owned() }
}
