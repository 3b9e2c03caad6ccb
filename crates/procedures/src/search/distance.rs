//! How far two words are apart by typing slips: a letter wrong, missing, too many, or two
//! exchanged. Words here are folded syllables: short, ASCII.

/// The distance if it is at most `limit`. Optimal string alignment.
pub fn within(one: &str, other: &str, limit: usize) -> Option<usize> {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > limit || other.len() >= ROW {
        return None;
    }
    let mut before_last = [0usize; ROW];
    let mut last = [0usize; ROW];
    for (at, cell) in last.iter_mut().enumerate() {
        *cell = at;
    }
    for (row, letter) in one.iter().enumerate() {
        let mut this = [0usize; ROW];
        this[0] = row + 1;
        let mut least = this[0];
        for (column, candidate) in other.iter().enumerate() {
            let change = last[column] + usize::from(letter != candidate);
            let mut best = change.min(last[column + 1] + 1).min(this[column] + 1);
            let exchanged =
                row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *candidate;
            if exchanged {
                best = best.min(before_last[column - 1] + 1);
            }
            this[column + 1] = best;
            least = least.min(best);
        }
        if least > limit {
            return None;
        }
        before_last = last;
        last = this;
    }
    Some(last[other.len()]).filter(|distance| *distance <= limit)
}

/// No folded word in any name is longer.
const ROW: usize = 33;

/// How many slips a word of this length may hold and still be meant.
pub fn slips_allowed(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=7 => 1,
        _ => 2,
    }
}
