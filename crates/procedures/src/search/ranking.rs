//! Which entries answer a question, and in which order. A typed word may be meant for several
//! words of the catalogue; an entry counts what it has of each; words in their order and a whole
//! phrase count more; so does a name that says little else.

use super::index::{Index, Listed};
use super::vocabulary::{Meant, WordId, words};

/// An entry that answers, by its position in the index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub entry: u32,
    pub score: f32,
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
    ranking.hits.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| {
            index.entries[a.entry as usize].code.cmp(&index.entries[b.entry as usize].code)
        })
    });
    ranking
}

/// The better score of each entry.
fn better(one: Ranking, other: Ranking) -> Ranking {
    let mut hits = one.hits;
    for hit in other.hits {
        match hits.iter_mut().find(|known| known.entry == hit.entry) {
            Some(known) => known.score = known.score.max(hit.score),
            None => hits.push(hit),
        }
    }
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
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.entry.cmp(&b.entry)));
    for hit in hits.iter_mut().take(CLOSE_LOOK_MAX) {
        hit.score += close_look(&index.entries[hit.entry as usize], &asked);
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
fn close_look(listed: &Listed, asked: &[Vec<Meant>]) -> f32 {
    let name = &listed.name_words;
    let fits = |meant: &[Meant], word: WordId| {
        meant.iter().find(|meaning| meaning.word == word).map_or(0.0, |meaning| meaning.likeness)
    };
    let mut longest = 0.0f32;
    let mut at_start = false;
    for start in 0..name.len() {
        for from in 0..asked.len() {
            let mut run = 0.0;
            let pairs = asked[from..].iter().zip(&name[start..]);
            for (count, likeness) in pairs.map(|(meant, word)| fits(meant, *word)).enumerate() {
                if likeness == 0.0 {
                    break;
                }
                run += likeness;
                at_start |= start == 0 && from == 0 && count + 1 == asked.len();
            }
            longest = longest.max(run);
        }
    }
    let has = |meant: &&Vec<Meant>| name.iter().any(|word| fits(meant, *word) > 0.0);
    let covered = asked.iter().filter(has).count() as f32 / name.len().max(1) as f32;
    let phrase = longest / asked.len() as f32;
    0.5 * phrase + 0.15 * covered.min(1.0) + if at_start { 0.05 } else { 0.0 }
}
