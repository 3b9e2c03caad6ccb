//! Lines gone, come and kept.

use proptest::prelude::*;

use crate::differences::{Line, compare, is_change};

fn lines(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn told(before: &str, after: &str) -> String {
    let sign = |line: &Line| match line {
        Line::Kept(text) => format!(" {text}"),
        Line::Gone(text) => format!("-{text}"),
        Line::Come(text) => format!("+{text}"),
    };
    compare(&lines(before), &lines(after)).iter().map(sign).collect::<Vec<_>>().join("")
}

#[test]
fn what_stayed_is_not_told_as_changed() {
    assert_eq!(told("a b c", "a c"), " a-b c");
    assert_eq!(told("a c", "a b c"), " a+b c");
    assert_eq!(told("a b", "a x"), " a-b+x");
    assert_eq!(told("", "a"), "+a");
    assert_eq!(told("a b", "a b"), " a b");
    assert!(!is_change(&compare(&lines("a"), &lines("a"))));
    assert!(is_change(&compare(&lines("a"), &lines(""))));
}

#[test]
fn very_long_parts_are_told_as_replaced() {
    let long: Vec<String> = (0..700).map(|number| number.to_string()).collect();
    assert_eq!(compare(&long, &long).len(), 1400);
}

proptest! {
    /// Kept and gone lines are the text before, kept and come lines the text after.
    #[test]
    fn both_texts_can_be_put_together_again(before in "[abc ]{0,20}", after in "[abc ]{0,20}") {
        let (before, after) = (lines(&before), lines(&after));
        let compared = compare(&before, &after);
        let side = |gone: bool| -> Vec<String> {
            compared.iter().filter_map(|line| match line {
                Line::Kept(text) => Some(text.clone()),
                Line::Gone(text) if gone => Some(text.clone()),
                Line::Come(text) if !gone => Some(text.clone()),
                _ => None,
            }).collect()
        };
        prop_assert_eq!(side(true), before);
        prop_assert_eq!(side(false), after);
    }
}
