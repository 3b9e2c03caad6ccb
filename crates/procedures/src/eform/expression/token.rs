//! A text cut into the tokens of the form language.

use super::{Expression, ExpressionFault};

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Number(f64),
    Text(String),
    /// A field, a function or a word such as `and`; with points inside where it has parts.
    Name(String),
    Mark(&'static str),
}

/// Two characters before one, so that `<=` is not read as `<`.
const MARKS: [&str; 14] =
    ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "(", ")", "[", "]", ","];

pub fn tokens(text: &str) -> Result<Vec<Token>, ExpressionFault> {
    if text.chars().count() > Expression::LENGTH_MAX {
        return Err(ExpressionFault::TooLong);
    }
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '\'' => quoted(rest)?,
            '0'..='9' => number(rest)?,
            'a'..='z' => name(rest),
            _ => mark(rest)?,
        };
        found.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(found)
}

impl Token {
    /// The token as a person wrote it, for the words of a fault.
    pub fn written(&self) -> String {
        match self {
            Token::Number(number) => number.to_string(),
            Token::Text(text) => format!("'{text}'"),
            Token::Name(name) => name.clone(),
            Token::Mark(mark) => (*mark).to_owned(),
        }
    }
}

fn quoted(rest: &str) -> Result<(Token, usize), ExpressionFault> {
    let inside = &rest[1..];
    let end = inside.find('\'').ok_or(ExpressionFault::Unfinished)?;
    Ok((Token::Text(inside[..end].to_owned()), end + 2))
}

fn number(rest: &str) -> Result<(Token, usize), ExpressionFault> {
    let length = span(rest, |character| character.is_ascii_digit() || character == '.');
    let written = &rest[..length];
    let number = written.parse().map_err(|_| ExpressionFault::Unexpected(written.to_owned()))?;
    Ok((Token::Number(number), length))
}

fn name(rest: &str) -> (Token, usize) {
    let length = span(rest, |character| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || "_.".contains(character)
    });
    (Token::Name(rest[..length].to_owned()), length)
}

fn mark(rest: &str) -> Result<(Token, usize), ExpressionFault> {
    MARKS
        .into_iter()
        .find(|mark| rest.starts_with(mark))
        .map(|mark| (Token::Mark(mark), mark.len()))
        .ok_or_else(|| ExpressionFault::Unexpected(rest.chars().take(1).collect()))
}

/// How many bytes at the start belong together.
fn span(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|character| !belongs(character)).unwrap_or(rest.len())
}
