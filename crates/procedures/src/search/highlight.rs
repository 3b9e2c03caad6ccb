//! The words of a name that were asked for, marked with their accents as they stand there.

use platform::fold::fold;

use super::vocabulary::{Vocabulary, WordId, sound};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'t> {
    pub text: &'t str,
    pub is_marked: bool,
}

/// The name in pieces; neighbours that are both marked, and the space between them, are one piece.
pub fn highlight<'t>(words: &Vocabulary, marked: &[WordId], name: &'t str) -> Vec<Segment<'t>> {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for (from, to) in word_ranges(name) {
        let is_marked =
            words.id(&sound(&fold(&name[from..to]))).is_some_and(|id| marked.contains(&id));
        match ranges.last_mut() {
            Some(last) if is_marked && name[last.1..from].trim().is_empty() => last.1 = to,
            _ if is_marked => ranges.push((from, to)),
            _ => {}
        }
    }
    let mut segments = Vec::new();
    let mut at = 0;
    for (from, to) in ranges {
        segments.push(Segment { text: &name[at..from], is_marked: false });
        segments.push(Segment { text: &name[from..to], is_marked: true });
        at = to;
    }
    segments.push(Segment { text: &name[at..], is_marked: false });
    segments.retain(|segment| !segment.text.is_empty());
    segments
}

fn word_ranges(name: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut start = None;
    for (at, letter) in name.char_indices() {
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                ranges.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    ranges.extend(start.map(|from| (from, name.len())));
    ranges
}
