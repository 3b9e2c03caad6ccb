//! What changed from one version to the next, line by line.

/// A line of a part: there before, there now, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Kept(String),
    Gone(String),
    Come(String),
}

/// More lines than any part has; beyond it the whole part counts as replaced.
const LINES_MAX: usize = 600;

/// The lines of both texts, those in common once. Longest common subsequence.
pub fn compare(before: &[String], after: &[String]) -> Vec<Line> {
    if before.len() > LINES_MAX || after.len() > LINES_MAX {
        let gone = before.iter().cloned().map(Line::Gone);
        return gone.chain(after.iter().cloned().map(Line::Come)).collect();
    }
    let lengths = common_lengths(before, after);
    let (mut at, mut to) = (0, 0);
    let mut lines = Vec::new();
    while at < before.len() || to < after.len() {
        if at < before.len() && to < after.len() && before[at] == after[to] {
            lines.push(Line::Kept(before[at].clone()));
            (at, to) = (at + 1, to + 1);
        } else if to == after.len()
            || (at < before.len() && lengths[at + 1][to] >= lengths[at][to + 1])
        {
            lines.push(Line::Gone(before[at].clone()));
            at += 1;
        } else {
            lines.push(Line::Come(after[to].clone()));
            to += 1;
        }
    }
    lines
}

/// For each pair of places the length of the longest sequence both have from there on.
fn common_lengths(before: &[String], after: &[String]) -> Vec<Vec<u32>> {
    let mut lengths = vec![vec![0; after.len() + 1]; before.len() + 1];
    for at in (0..before.len()).rev() {
        for to in (0..after.len()).rev() {
            lengths[at][to] = if before[at] == after[to] {
                lengths[at + 1][to + 1] + 1
            } else {
                lengths[at + 1][to].max(lengths[at][to + 1])
            };
        }
    }
    lengths
}

pub fn is_change(lines: &[Line]) -> bool {
    lines.iter().any(|line| !matches!(line, Line::Kept(_)))
}
