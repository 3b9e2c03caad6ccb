//! Words of daily life for words of the law.

use super::vocabulary::words;

const TABLE: &str = include_str!("synonyms.txt");

#[derive(Debug)]
pub struct Synonyms(Vec<(Vec<String>, Vec<String>)>);

impl Synonyms {
    /// Reads the table; lines that begin with `#` are remarks.
    pub fn load() -> Synonyms {
        let mut pairs: Vec<_> = TABLE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once(" = "))
            .map(|(daily, law)| (words(daily), words(law)))
            .filter(|(daily, law)| !daily.is_empty() && daily != law)
            .collect();
        // The longest expression first: "sang tên sổ đỏ" before "sổ đỏ".
        pairs.sort_by_key(|(daily, _)| std::cmp::Reverse(daily.len()));
        Synonyms(pairs)
    }

    /// The question in the law's words, if any of its words has such.
    pub fn in_law(&self, question: &[String]) -> Option<Vec<String>> {
        self.0.iter().find_map(|(daily, law)| {
            let at = question.windows(daily.len()).position(|window| window == daily)?;
            let mut changed = question[..at].to_vec();
            changed.extend(law.iter().cloned());
            changed.extend_from_slice(&question[at + daily.len()..]);
            // "đăng ký" + "đăng ký thường trú": what the law's words repeat is said once.
            changed.dedup();
            (changed != question).then_some(changed)
        })
    }
}
