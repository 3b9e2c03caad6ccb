//! What people type: some words of a name, without diacritics, often with a slip. Each question
//! is another one, so that no page was kept before.

use platform::fold::tokens;

/// A small generator: the same questions in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// So many addresses of searches.
pub fn about(names: &[String], count: usize) -> Vec<String> {
    make(names, count, 1)
}

/// Others than those of [`about`].
pub fn about_other(names: &[String], count: usize) -> Vec<String> {
    make(names, count, 2)
}

fn make(names: &[String], count: usize, seed: u64) -> Vec<String> {
    let mut dice = Dice(seed);
    (0..count).map(|number| address(names, &mut dice, number)).collect()
}

fn address(names: &[String], dice: &mut Dice, number: usize) -> String {
    let name = &names[dice.roll(names.len())];
    let words = tokens(name);
    let length = 2 + dice.roll(4);
    let from = dice.roll(words.len().saturating_sub(length) + 1);
    let mut words: Vec<String> = words.into_iter().skip(from).take(length).collect();
    if dice.roll(2) == 0 {
        slip(&mut words, dice);
    }
    // The parameter that nobody reads makes each address new to the kept pages.
    format!("/thu-tuc?q={}&lan={number}", words.join("+"))
}

/// One letter less somewhere.
fn slip(words: &mut [String], dice: &mut Dice) {
    let at = dice.roll(words.len());
    if let Some(word) = words.get_mut(at).filter(|word| word.len() > 3 && word.is_ascii()) {
        word.remove(1 + dice.roll(word.len() - 2));
    }
}
