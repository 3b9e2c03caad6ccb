//! What somebody looks for among the documents of an office, as it stands in the address. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP app. VI (search by all fields, saved searches)

use jiff::civil::Date;
use platform::fold::{fold, tokens};
use platform::web::form::{Answers, DateParts};
use uuid::Uuid;

use crate::document::{Direction, DocumentType, Urgency};

/// Words are looked for all together; more of them find nothing that fewer would not.
pub const WORDS_MAX: usize = 10;
pub const QUERY_BYTES_MAX: usize = 2_000;
/// Of a word; longer ones are no words.
pub const WORD_BYTES_MAX: usize = 64;

/// Each field by its letter, as the words of that field begin in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    Sender,
    Recipient,
    Signer,
    Type,
    Number,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    pub words: String,
    pub direction: Option<Direction>,
    pub book: Option<Uuid>,
    /// A code of the decree's list.
    pub document_type: Option<&'static str>,
    pub number: String,
    pub sender: String,
    pub recipient: String,
    pub signer: String,
    /// Whoever has a part in it.
    pub handler: Option<Uuid>,
    pub urgency: Option<Urgency>,
    /// `in-done`, `out-issued`.
    pub state: String,
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    pub year: Option<i16>,
}

/// What is to be found in the index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// Folded words, those of a field with its letter.
    pub words: Vec<String>,
    /// Folded, each to be found as it stands.
    pub phrases: Vec<String>,
    /// Words that were left out, since there are too many.
    pub is_cut: bool,
}

/// The names of the address, in the order of the form; a day has three parts.
pub const NAMES: [&str; 20] = [
    "tim",
    "chieu",
    "so",
    "loai",
    "ky-hieu",
    "gui",
    "nhan",
    "nguoi-ky",
    "xu-ly",
    "khan",
    "trang-thai",
    "nam",
    "tu-day",
    "tu-month",
    "tu-year",
    "den-day",
    "den-month",
    "den-year",
    "don-vi",
    "xem",
];

impl Wish {
    /// What cannot be meant is not asked for; `wrong` names the days that are none.
    pub fn read(asked: &Answers) -> (Wish, Vec<&'static str>) {
        let text = |name: &str| asked.get(name).trim().chars().take(200).collect::<String>();
        let mut wrong = Vec::new();
        let mut day = |name: &'static str| {
            let parts: DateParts = asked.date(name);
            match parts.parse() {
                Ok(day) => Some(day),
                Err(_) if parts.is_empty() => None,
                Err(_) => {
                    wrong.push(name);
                    None
                }
            }
        };
        let (from, to) = (day("tu"), day("den"));
        let wish = Wish {
            words: text("tim"),
            direction: Direction::parse(asked.get("chieu")),
            book: Uuid::try_parse(asked.get("so")).ok(),
            document_type: DocumentType::parse(asked.get("loai")).map(|one| one.code),
            number: text("ky-hieu"),
            sender: text("gui"),
            recipient: text("nhan"),
            signer: text("nguoi-ky"),
            handler: Uuid::try_parse(asked.get("xu-ly")).ok(),
            urgency: Urgency::parse(asked.get("khan")),
            state: text("trang-thai"),
            from,
            to,
            year: asked.get("nam").parse().ok().filter(|year| (1900..=2200).contains(year)),
        };
        (wish, wrong)
    }

    /// Nothing was asked for: then everything is shown, the newest first.
    pub fn is_empty(&self) -> bool {
        *self == Wish::default()
    }

    /// Whether documents of this direction can be meant.
    pub fn covers(&self, direction: Direction) -> bool {
        let state = self.state.split_once('-').and_then(|(way, _)| Direction::parse(way));
        self.direction.is_none_or(|one| one == direction)
            && (self.state.is_empty() || state == Some(direction))
    }

    /// The state without its direction.
    pub fn state_code(&self) -> Option<&str> {
        self.state.split_once('-').map(|(_, state)| state)
    }

    /// The first and the last day, when the year and the days are taken together.
    pub fn days(&self) -> (Option<Date>, Option<Date>) {
        let Some(year) = self.year else { return (self.from, self.to) };
        let (first, last) = (Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok());
        let later = first.into_iter().chain(self.from).max();
        let earlier = last.into_iter().chain(self.to).min();
        (later, earlier)
    }

    pub fn question(&self) -> Question {
        let (plain, phrases) = quoted(&self.words);
        let mut words = tokens(&plain);
        for phrase in &phrases {
            words.extend(tokens(phrase));
        }
        let fields = [
            (Tag::Number, &self.number),
            (Tag::Sender, &self.sender),
            (Tag::Recipient, &self.recipient),
            (Tag::Signer, &self.signer),
        ];
        for (tag, text) in fields {
            words.extend(tokens(text).iter().map(|word| tag.word(word)));
        }
        words.extend(self.document_type.map(|code| Tag::Type.word(code)));
        words.retain(|word| word.len() <= WORD_BYTES_MAX);
        let mut seen = std::collections::BTreeSet::new();
        words.retain(|word| seen.insert(word.clone()));
        // The longest are the rarest; the letters of fields come before all.
        words.sort_by_key(|word| (!word.contains(':'), std::cmp::Reverse(word.len())));
        let is_cut = words.len() > WORDS_MAX;
        words.truncate(WORDS_MAX);
        Question { words, phrases: phrases.iter().map(|one| fold(one)).collect(), is_cut }
    }
}

impl Tag {
    pub fn word(self, word: &str) -> String {
        let letter = match self {
            Tag::Sender => 's',
            Tag::Recipient => 'r',
            Tag::Signer => 'k',
            Tag::Type => 't',
            Tag::Number => 'n',
        };
        format!("{letter}:{word}")
    }
}

/// What stands outside of quotation marks, and what in each pair of them; at most two pairs.
fn quoted(text: &str) -> (String, Vec<String>) {
    let plain_marks = text.replace(['“', '”', '„'], "\"");
    let mut plain = String::new();
    let mut phrases = Vec::new();
    let pieces: Vec<&str> = plain_marks.split('"').collect();
    for (place, piece) in pieces.iter().enumerate() {
        let is_closed = place + 1 < pieces.len();
        let is_phrase = place % 2 == 1 && is_closed && phrases.len() < 2;
        if is_phrase && tokens(piece).len() > 1 {
            phrases.push((*piece).to_owned());
        } else {
            plain.push_str(piece);
            plain.push(' ');
        }
    }
    (plain, phrases)
}

/// The place in a text where one of the folded words stands, with some letters around it: the part
/// before the word, the word, the part behind.
pub fn excerpt(text: &str, words: &[String]) -> Option<(String, String, String)> {
    const BEFORE: usize = 60;
    const BEHIND: usize = 140;
    let mut at = 0;
    for piece in text.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
        let word = piece.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        if !word.is_empty() && words.contains(&fold(word)) {
            let before: String = text[..at].chars().rev().take(BEFORE).collect();
            let before: String = before.chars().rev().collect();
            let behind: String = text[at + word.len()..].chars().take(BEHIND).collect();
            let one_line = |text: String| text.replace('\n', " ");
            return Some((one_line(before), word.to_owned(), one_line(behind)));
        }
        at += piece.len();
    }
    None
}
