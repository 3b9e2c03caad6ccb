//! Papers in the order they are printed in: the sources give them in another one, but many carry a
//! number or a letter.

use crate::component::Component;

/// The sources give papers in another order than they are printed in. Those that carry a number
/// or a letter change places among themselves; all others stay where they are.
pub fn in_printed_order<'a>(papers: &[&'a Component]) -> Vec<&'a Component> {
    let mut numbered: Vec<(Mark, &'a Component)> =
        papers.iter().filter_map(|paper| Some((Mark::of(&paper.name)?, *paper))).collect();
    let is_one_list = numbered.windows(2).all(|pair| pair[0].0.kind == pair[1].0.kind);
    if !is_one_list {
        return papers.to_vec();
    }
    numbered.sort_by_key(|(mark, _)| mark.number);
    let mut numbered = numbered.into_iter().map(|(_, paper)| paper);
    let place = |paper: &&'a Component| match Mark::of(&paper.name) {
        Some(_) => numbered.next().unwrap_or(paper),
        None => *paper,
    };
    papers.iter().map(place).collect()
}

/// `(2)`, `2.`, `b)` or `(ii)` at the start of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    kind: MarkKind,
    number: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MarkKind {
    Figure,
    Letter,
    Roman,
}

const ROMAN: [&str; 12] =
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
/// The alphabet of lists in Vietnamese laws.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

impl Mark {
    fn of(name: &str) -> Option<Mark> {
        let start = name.trim_start_matches(['-', '+', '•', '*', '–', ' ']).trim_start_matches('(');
        let (mark, rest) = start.split_once([')', '.'])?;
        let ends = rest.is_empty() || rest.starts_with(char::is_whitespace);
        if !ends {
            return None;
        }
        if let Ok(number) = mark.parse() {
            return Some(Mark { kind: MarkKind::Figure, number });
        }
        let mark = mark.to_lowercase();
        // "(i)" is a Roman one; "i)" after "h)" would be a letter, and is as often not.
        if let Some(at) = ROMAN.iter().position(|roman| *roman == mark) {
            return Some(Mark { kind: MarkKind::Roman, number: at as u32 });
        }
        let mut letters = mark.chars();
        let (letter, None) = (letters.next()?, letters.next()) else { return None };
        let at = LETTERS.chars().position(|known| known == letter)?;
        Some(Mark { kind: MarkKind::Letter, number: at as u32 })
    }
}
