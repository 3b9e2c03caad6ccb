//! Where a document stands: the rule against a model that is written another way.

use proptest::prelude::*;
use wire::edxml::StatusCode;

use crate::standing::{Ask, Effect, Nonsense, Standing};

/// What may be said or asked.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Word {
    Said(&'static str),
    Recall,
    Update,
}

const PLAIN: [&str; 5] = ["01", "03", "04", "05", "06"];
const SAID: [&str; 8] = ["01", "02", "03", "04", "05", "06", "15", "16"];

fn words() -> impl Strategy<Value = Vec<Word>> {
    let word = prop_oneof![
        6 => prop::sample::select(SAID.as_slice()).prop_map(Word::Said),
        1 => Just(Word::Recall),
        1 => Just(Word::Update),
    ];
    prop::collection::vec(word, 0..40)
}

/// The whole history is kept and looked at again each time; nothing is computed ahead.
#[derive(Default)]
struct Model {
    taken: Vec<Word>,
}

impl Model {
    fn reached(&self) -> &'static str {
        let mut said = self.taken.iter().filter_map(|word| match word {
            Word::Said(code) if *code <= "06" => Some(*code),
            _ => None,
        });
        said.next_back().unwrap_or("")
    }

    /// What is open: the last that was asked, if nothing after it closed it.
    fn open(&self) -> Option<Word> {
        let last = self
            .taken
            .iter()
            .rev()
            .find(|word| !matches!(word, Word::Said("01" | "03" | "04" | "05" | "06")))?;
        matches!(last, Word::Recall | Word::Update).then_some(*last)
    }

    fn refusals(&self) -> usize {
        self.taken.iter().filter(|word| **word == Word::Said("16")).count()
    }

    fn is_gone(&self) -> bool {
        (0..self.taken.len()).any(|at| {
            let before = Model { taken: self.taken[..at].to_vec() };
            self.taken[at] == Word::Said("15") && before.open() == Some(Word::Recall)
        })
    }

    /// Whether it changes something (`Ok(true)`), nothing, or has no sense.
    fn takes(&self, word: Word) -> Result<bool, Nonsense> {
        let (gone, reached) = (self.is_gone(), self.reached());
        match word {
            Word::Said("02") => Ok(!gone && matches!(reached, "" | "01")),
            Word::Said("15" | "16") if self.open().is_some() => Ok(true),
            Word::Said("15") if gone => Ok(false),
            Word::Said("16") if gone || self.refusals() > 0 => Ok(false),
            Word::Said("15" | "16") => Err(Nonsense::NothingAsked),
            Word::Said(code) => Ok(!gone && reached != "02" && code > reached),
            Word::Recall | Word::Update if gone => Err(Nonsense::Withdrawn),
            Word::Recall | Word::Update if reached == "02" => Err(Nonsense::SentBack),
            Word::Recall if self.open() == Some(Word::Recall) => Err(Nonsense::AskedAlready),
            Word::Update if self.open() == Some(Word::Recall) => Ok(false),
            Word::Recall | Word::Update => Ok(true),
        }
    }
}

fn effect(standing: &Standing, word: Word) -> Effect {
    match word {
        Word::Said(code) => standing.heard(&StatusCode::read(code)),
        Word::Recall => standing.ask(Ask::Recall),
        Word::Update => standing.ask(Ask::Update),
    }
}

proptest! {
    #[test]
    fn it_goes_where_the_model_goes(words in words()) {
        let (mut standing, mut model) = (Standing::default(), Model::default());
        for word in words {
            match (effect(&standing, word), model.takes(word)) {
                (Effect::Changed(next), Ok(true)) => {
                    standing = next;
                    model.taken.push(word);
                }
                (Effect::Late, Ok(false)) => {}
                (Effect::Refused(why), Err(expected)) => prop_assert_eq!(why, expected),
                (found, expected) => prop_assert!(false, "{word:?}: {found:?}, {expected:?}"),
            }
            let reached = standing.reached.as_ref().map_or("", |code| code.code());
            prop_assert_eq!(reached, model.reached());
            prop_assert_eq!(standing.refusals, model.refusals() as i64);
            prop_assert_eq!(standing.withdrawn, model.is_gone());
            let asked = standing.asked.map(|ask| match ask {
                Ask::Recall => Word::Recall,
                Ask::Update => Word::Update,
            });
            prop_assert_eq!(asked, model.open());
        }
    }

    #[test]
    fn the_order_in_which_plain_words_come_does_not_matter(
        words in prop::collection::vec(prop::sample::select(PLAIN.as_slice()), 1..20),
    ) {
        let mut standing = Standing::default();
        for word in &words {
            if let Effect::Changed(next) = standing.heard(&StatusCode::read(word)) {
                standing = next;
            }
        }
        let furthest = words.iter().max().unwrap();
        let reached = standing.reached.unwrap();
        prop_assert_eq!(reached.code(), *furthest);
    }
}

#[test]
fn a_recall_outweighs_an_update_that_nobody_answered() {
    let Effect::Changed(asked) = Standing::default().ask(Ask::Update) else { panic!() };
    let Effect::Changed(asked) = asked.ask(Ask::Recall) else { panic!() };
    assert_eq!(asked.asked, Some(Ask::Recall));
    assert_eq!(asked.ask(Ask::Update), Effect::Late);
    let Effect::Changed(agreed) = asked.heard(&StatusCode::ChangeAgreed) else { panic!() };
    assert!(agreed.withdrawn);
    assert_eq!(agreed.heard(&StatusCode::Completed), Effect::Late);
}
