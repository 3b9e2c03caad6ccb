//! The words that occur in the catalogue, each with the places where it stands.

use std::collections::HashMap;

use super::distance::{slips_allowed, within};

pub type WordId = u32;

/// One spelling for what sounds the same: ky and ki, ly and li, quy and qui.
pub fn sound(token: &str) -> String {
    match token.strip_suffix('y') {
        Some(start) if start.len() == 1 || start == "qu" => format!("{start}i"),
        _ => token.to_owned(),
    }
}

/// The words of a text as the catalogue knows them.
pub fn words(text: &str) -> Vec<String> {
    platform::fold::tokens(text).iter().map(|token| sound(token)).collect()
}

/// One word at one entry: how much its place there counts.
#[derive(Debug, Clone, Copy)]
pub struct Posting {
    pub entry: u32,
    pub weight: f32,
}

#[derive(Debug, Default)]
pub struct Vocabulary {
    ids: HashMap<String, WordId>,
    words: Vec<Word>,
    /// Beside each word what rules out most of them at a glance.
    looks: Vec<Look>,
}

/// Which letters a word has, and how many bytes it is long.
#[derive(Debug, Clone, Copy)]
struct Look {
    letters: u32,
    length: u32,
}

impl Look {
    fn of(text: &str) -> Look {
        // Some letters share a bit: then less is ruled out, never too much.
        let letters = text.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31));
        Look { letters, length: text.len() as u32 }
    }

    /// Whether a word of this look may begin with one of the other.
    fn may_begin_with(self, start: Look) -> bool {
        self.length >= start.length && start.letters & !self.letters == 0
    }

    /// One slip takes away one letter at most and brings one in.
    fn may_be_near(self, other: Look, slips: u32) -> bool {
        self.length.abs_diff(other.length) <= slips
            && (self.letters ^ other.letters).count_ones() <= 2 * slips
    }
}

#[derive(Debug)]
struct Word {
    text: String,
    postings: Vec<Posting>,
    /// How telling the word is: rare words count more.
    rarity: f32,
}

/// A word of the catalogue that a typed word may mean, and how likely.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meant {
    pub word: WordId,
    pub likeness: f32,
}

impl Vocabulary {
    /// The id of a word; a new one is learnt.
    pub fn learn(&mut self, text: &str) -> WordId {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = self.words.len() as WordId;
        self.ids.insert(text.to_owned(), id);
        self.looks.push(Look::of(text));
        self.words.push(Word { text: text.to_owned(), postings: Vec::new(), rarity: 0.0 });
        id
    }

    /// Notes that the word stands at an entry; the best place of several counts.
    pub fn post(&mut self, word: WordId, entry: u32, weight: f32) {
        let postings = &mut self.words[word as usize].postings;
        match postings.last_mut() {
            Some(last) if last.entry == entry => last.weight = last.weight.max(weight),
            _ => postings.push(Posting { entry, weight }),
        }
    }

    /// Once all entries are posted.
    pub fn close(&mut self, entries: usize) {
        for word in &mut self.words {
            let share = entries as f32 / (1.0 + word.postings.len() as f32);
            word.rarity = (1.0 + share).ln();
        }
    }

    pub fn count(&self) -> usize {
        self.words.len()
    }

    pub fn id(&self, text: &str) -> Option<WordId> {
        self.ids.get(text).copied()
    }

    pub fn postings(&self, word: WordId) -> &[Posting] {
        &self.words[word as usize].postings
    }

    pub fn rarity(&self, word: WordId) -> f32 {
        self.words[word as usize].rarity
    }

    /// The words a typed one may mean: itself; what begins with it, when it is the last and still
    /// being typed; what is a slip or two away. Never more than a few.
    pub fn meant(&self, typed: &str, is_last: bool) -> Vec<Meant> {
        let mut found: Vec<Meant> = Vec::new();
        if let Some(word) = self.id(typed) {
            found.push(Meant { word, likeness: 1.0 });
        }
        let slips = slips_allowed(typed.len());
        let look = Look::of(typed);
        for (word, candidate) in self.looks.iter().enumerate() {
            let may_be = (is_last && candidate.may_begin_with(look))
                || (slips > 0 && candidate.may_be_near(look, slips as u32));
            if !may_be {
                continue;
            }
            if let Some(likeness) = likeness(typed, &self.words[word].text, is_last, slips) {
                found.push(Meant { word: word as WordId, likeness });
            }
        }
        let often = |meant: &Meant| self.postings(meant.word).len();
        found.sort_by(|a, b| {
            b.likeness.total_cmp(&a.likeness).then_with(|| often(b).cmp(&often(a)))
        });
        found.truncate(MEANT_MAX);
        found
    }

    /// Words written as one: `khaisinh`, `dangkykhaisinh`. Of several ways to part them the one
    /// whose rarest word is the most usual.
    pub fn parted(&self, typed: &str) -> Option<Vec<WordId>> {
        if !typed.is_ascii() || typed.len() > PARTED_LETTERS_MAX {
            return None;
        }
        // For each place the best way to get there: its rarest word's count, and its words.
        let mut ways: Vec<Option<(usize, Vec<WordId>)>> = vec![None; typed.len() + 1];
        ways[0] = Some((usize::MAX, Vec::new()));
        for end in 2..=typed.len() {
            for start in end.saturating_sub(SYLLABLE_LETTERS_MAX)..=end - 2 {
                let Some((rarest, words)) = &ways[start] else { continue };
                let Some(word) = self.id(&sound(&typed[start..end])) else { continue };
                let rarest = self.postings(word).len().min(*rarest);
                if ways[end].as_ref().is_none_or(|(known, _)| rarest > *known) {
                    let words = words.iter().copied().chain([word]).collect();
                    ways[end] = Some((rarest, words));
                }
            }
        }
        ways.pop().flatten().map(|(_, words)| words).filter(|words| words.len() > 1)
    }
}

/// "nghiêng" is as long as a syllable gets.
const SYLLABLE_LETTERS_MAX: usize = 7;
const PARTED_LETTERS_MAX: usize = 40;
const MEANT_MAX: usize = 12;

fn likeness(typed: &str, candidate: &str, is_last: bool, slips: usize) -> Option<f32> {
    if typed == candidate {
        return None;
    }
    if is_last && typed.len() >= 2 && candidate.starts_with(typed) {
        return Some(0.85);
    }
    if slips == 0 {
        return None;
    }
    match within(typed, candidate, slips)? {
        1 => Some(if typed.len() <= 3 { 0.55 } else { 0.7 }),
        _ => Some(0.4),
    }
}
