//! Which entries answer a question, and in which order. A typed word may be meant for several
//! words of the catalogue; an entry counts what it has of each; words in their order and a whole
//! phrase count more; so does a name that says little else.

use std::cmp::Reverse;

use super::index::{Index, Listed};
use super::vocabulary::{Meant, WordId, words};

/// An entry that answers, by its position in the index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub entry: u32,
    pub score: f32,
}

impl Hit {
    /// The best first; of equals the one with the smaller code, as entries stand in that order.
    fn place(&self) -> (Reverse<u32>, u32) {
        // Scores are never below zero: there the bits are in the order of the numbers.
        (Reverse(self.score.to_bits()), self.entry)
    }
}

/// What a question turned out to mean: the hits, best first, and the words to mark in names.
#[derive(Debug, Default, Clone)]
pub struct Ranking {
    pub hits: Vec<Hit>,
    pub marked: Vec<WordId>,
}

/// More words than this add nothing.
const WORDS_MAX: usize = 12;
/// Only so many are looked at closely.
const CLOSE_LOOK_MAX: usize = 600;
/// The law's words for what was typed count a little less than the typed words themselves.
const LAW_SHARE: f32 = 0.97;

pub fn rank(index: &Index, question: &str) -> Ranking {
    let mut typed = words(question);
    typed.truncate(WORDS_MAX);
    let mut ranking = answer(index, &typed, 1.0);
    if let Some(law) = index.synonyms.in_law(&typed) {
        ranking = better(ranking, answer(index, &law, LAW_SHARE));
    }
    ranking.hits.sort_unstable_by_key(Hit::place);
    ranking
}

/// The better score of each entry.
fn better(one: Ranking, other: Ranking) -> Ranking {
    let mut hits = one.hits;
    hits.extend(other.hits);
    hits.sort_unstable_by_key(|hit| (hit.entry, hit.place()));
    hits.dedup_by_key(|hit| hit.entry);
    let mut marked = one.marked;
    marked.extend(other.marked);
    Ranking { hits, marked }
}

fn answer(index: &Index, typed: &[String], share: f32) -> Ranking {
    let asked = understood(index, typed);
    if asked.is_empty() {
        return Ranking::default();
    }
    let mut tally = Tally::new(index.entries.len());
    for meant in &asked {
        tally.add(index, meant);
    }
    let needed = tally.most_words().min(asked.len());
    let full: f32 = asked.iter().map(|meant| weight_of(index, meant)).sum();
    let mut hits: Vec<Hit> = tally.hits(needed, full);
    if hits.len() > CLOSE_LOOK_MAX {
        hits.select_nth_unstable_by_key(CLOSE_LOOK_MAX, Hit::place);
    }
    let mut close = CloseLook::at(index, &asked);
    for hit in hits.iter_mut().take(CLOSE_LOOK_MAX) {
        hit.score += close.score(&index.entries[hit.entry as usize]);
    }
    for hit in &mut hits {
        hit.score = hit.score * share + index.entries[hit.entry as usize].weight;
    }
    let marked = asked.iter().flatten().filter(|meant| meant.likeness > 0.5);
    Ranking { hits, marked: marked.map(|meant| meant.word).collect() }
}

/// For each typed word the words of the catalogue it may mean. Words nobody knows are left out.
fn understood(index: &Index, typed: &[String]) -> Vec<Vec<Meant>> {
    let mut asked = Vec::new();
    for (at, word) in typed.iter().enumerate() {
        let meant = index.words.meant(word, at + 1 == typed.len());
        let is_known = meant.first().is_some_and(|best| best.likeness == 1.0);
        match index.words.parted(word).filter(|_| !is_known && word.len() >= 5) {
            Some(parts) => {
                asked.extend(parts.iter().map(|word| vec![Meant { word: *word, likeness: 0.95 }]));
            }
            None if meant.is_empty() => {}
            None => asked.push(meant),
        }
    }
    asked
}

/// How telling a typed word is: as its likeliest meaning.
fn weight_of(index: &Index, meant: &[Meant]) -> f32 {
    meant.first().map_or(0.0, |best| index.words.rarity(best.word) * best.likeness)
}

/// Scores of all entries while the words are counted one by one.
struct Tally {
    scores: Vec<f32>,
    words: Vec<u8>,
    /// The best of the present word, and for which word it was set.
    best: Vec<f32>,
    touched: Vec<u32>,
}

impl Tally {
    fn new(entries: usize) -> Tally {
        Tally {
            scores: vec![0.0; entries],
            words: vec![0; entries],
            best: vec![0.0; entries],
            touched: Vec::new(),
        }
    }

    /// Counts one typed word: an entry gets the best of its meanings.
    fn add(&mut self, index: &Index, meant: &[Meant]) {
        let first = weight_of(index, meant);
        for meaning in meant {
            // A slip's neighbour that is very rare must not outweigh the word itself.
            let value = (index.words.rarity(meaning.word) * meaning.likeness).min(first);
            let value =
                if meaning.likeness < 1.0 { value.min(first * meaning.likeness) } else { value };
            for posting in index.words.postings(meaning.word) {
                let best = &mut self.best[posting.entry as usize];
                if *best == 0.0 {
                    self.touched.push(posting.entry);
                }
                *best = best.max(value * posting.weight);
            }
        }
        for entry in self.touched.drain(..) {
            let at = entry as usize;
            self.scores[at] += self.best[at];
            self.words[at] += 1;
            self.best[at] = 0.0;
        }
    }

    fn most_words(&self) -> usize {
        self.words.iter().copied().max().unwrap_or(0).into()
    }

    /// Entries with as many of the words as the best has, as shares of the full score.
    fn hits(&self, needed: usize, full: f32) -> Vec<Hit> {
        let entries = self.scores.iter().zip(&self.words).zip(0u32..);
        entries
            .filter(|((_, words), _)| needed > 0 && usize::from(**words) >= needed)
            .map(|((score, _), entry)| Hit { entry, score: score / full.max(f32::MIN_POSITIVE) })
            .collect()
    }
}

/// Words in their order, the whole phrase, the start of the name, and a name that says little
/// else than what was asked.
struct CloseLook {
    /// How many words were asked.
    asked: usize,
    /// For each word of the catalogue its row of `likeness`, from 1 on; 0 where it has none.
    rows: Vec<u16>,
    /// A row for each word that is meant: how like it is to each of the words asked.
    likeness: Vec<f32>,
    /// The runs that end at the word of the name before this one, and at this one.
    runs: [Vec<Run>; 2],
    covered: Vec<bool>,
}

/// Words of the name that follow one another as they were asked.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    likeness: f32,
    words: usize,
}

impl CloseLook {
    fn at(index: &Index, asked: &[Vec<Meant>]) -> CloseLook {
        let width = asked.len();
        let mut rows = vec![0u16; index.words.count()];
        let mut likeness = Vec::new();
        for (place, meant) in asked.iter().enumerate() {
            for meaning in meant {
                let row = &mut rows[meaning.word as usize];
                if *row == 0 {
                    likeness.resize(likeness.len() + width, 0.0);
                    *row = (likeness.len() / width) as u16;
                }
                likeness[(usize::from(*row) - 1) * width + place] = meaning.likeness;
            }
        }
        let runs = [vec![Run::default(); width], vec![Run::default(); width]];
        CloseLook { asked: width, rows, likeness, runs, covered: vec![false; width] }
    }

    fn score(&mut self, listed: &Listed) -> f32 {
        let name = &listed.name_words;
        let mut longest = 0.0f32;
        let mut at_start = false;
        self.covered.fill(false);
        self.runs[0].fill(Run::default());
        for (place, word) in name.iter().enumerate() {
            let [before, now] = &mut self.runs;
            let row = usize::from(self.rows[*word as usize]);
            now.fill(Run::default());
            if row > 0 {
                let likeness = &self.likeness[(row - 1) * self.asked..row * self.asked];
                for (at, likeness) in likeness.iter().enumerate().filter(|(_, it)| **it > 0.0) {
                    let earlier = at.checked_sub(1).map_or(Run::default(), |at| before[at]);
                    let run =
                        Run { likeness: earlier.likeness + likeness, words: earlier.words + 1 };
                    now[at] = run;
                    longest = longest.max(run.likeness);
                    self.covered[at] = true;
                    at_start |= run.words == self.asked && place + 1 == self.asked;
                }
            }
            self.runs.swap(0, 1);
        }
        let covered = self.covered.iter().filter(|covered| **covered).count();
        let covered = covered as f32 / name.len().max(1) as f32;
        let phrase = longest / self.asked as f32;
        0.5 * phrase + 0.15 * covered.min(1.0) + if at_start { 0.05 } else { 0.0 }
    }
}
