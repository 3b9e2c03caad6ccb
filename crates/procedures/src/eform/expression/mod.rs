//! The small language of forms: it says when a page is asked, what a calculated field holds, and
//! what an answer must fulfil.
//!
//! ```text
//! applicant == 'mother' and not answered(father_name)
//! age(child_birth_date, today) < 14
//! sum(members.capital) - own_capital
//! if(count(members) > 1, 'group', 'single')
//! ```
//!
//! | | |
//! |---|---|
//! | values | `12`, `'text'`, `true`, `false`, `today`, a field, `home.province` of an address |
//! | logic | `and`, `or`, `not` |
//! | comparison | `==` `!=` `<` `<=` `>` `>=`, `applicant in ['mother', 'father']` |
//! | arithmetic | `+` `-` `*` |
//! | `sum(group.field)` | the sum of a number over every item of a repeated group |
//! | `count(group)` | how many items; of a file field, how many files; how many choices |
//! | `has(field, 'choice')` | whether this is among several choices |
//! | `age(birth, at)` | full years on that day |
//! | `days(from, to)` | days from one date to another |
//! | `concat(a, b, …)` | texts and numbers joined; what is absent adds nothing |
//! | `if(condition, a, b)` | one of two |
//! | `answered(field)` | whether there is an answer |
//!
//! It is typed at the door, it is total, and it cannot loop: no name is bound, nothing recurs,
//! the length and the depth of an expression are bounded. An answer that is not there makes the
//! value around it absent; a condition counts only when it is plainly true.

mod evaluate;
mod parse;
mod token;

pub use evaluate::{Facts, Value};
pub use parse::{Names, Sort};

/// One parsed expression. What it reads is known before it is run.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    root: Node,
    kind: Type,
    reads: Vec<String>,
}

/// The type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Truth,
    Number,
    Text,
    Date,
}

/// Why a text is not an expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionFault {
    #[error("longer than {} characters", Expression::LENGTH_MAX)]
    TooLong,
    #[error("nested deeper than {} levels", Expression::DEPTH_MAX)]
    TooDeep,
    #[error("{0:?} is not expected here")]
    Unexpected(String),
    #[error("ends before it is complete")]
    Unfinished,
    #[error("the form has no field {0:?}")]
    UnknownName(String),
    #[error("there is no function {0:?}")]
    UnknownFunction(String),
    #[error("{name} takes {wanted} values, not {found}")]
    WrongCount { name: String, wanted: &'static str, found: usize },
    #[error("{0:?} cannot be used this way")]
    WrongUse(String),
    #[error("a {} is needed here, this is a {}", wanted.as_str(), found.as_str())]
    WrongType { wanted: Type, found: Type },
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Constant(Value),
    Today,
    Read(String),
    Answered(String),
    Count(String),
    Sum(String),
    Has(String, String),
    Not(Box<Node>),
    Age(Box<Node>, Box<Node>),
    Days(Box<Node>, Box<Node>),
    Concat(Vec<Node>),
    If(Box<Node>, Box<Node>, Box<Node>),
    Among(Box<Node>, Vec<String>),
    Pair(Operator, Box<Node>, Box<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    And,
    Or,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
}

impl Expression {
    pub const LENGTH_MAX: usize = 1_000;
    pub const DEPTH_MAX: usize = 24;

    pub fn parse(text: &str, names: &Names) -> Result<Expression, ExpressionFault> {
        parse::expression(text, names)
    }

    pub fn kind(&self) -> Type {
        self.kind
    }

    /// The fields, groups and calculated fields it looks at, each once.
    pub fn reads(&self) -> &[String] {
        &self.reads
    }

    pub fn value(&self, facts: &Facts) -> Value {
        evaluate::value(&self.root, facts)
    }

    /// Plainly true: an absent answer never makes a condition hold.
    pub fn holds(&self, facts: &Facts) -> bool {
        self.value(facts) == Value::Truth(true)
    }

    /// Plainly false: a rule about an answer that is not there is not broken.
    pub fn is_broken(&self, facts: &Facts) -> bool {
        self.value(facts) == Value::Truth(false)
    }
}

impl Type {
    pub fn as_str(self) -> &'static str {
        match self {
            Type::Truth => "truth",
            Type::Number => "number",
            Type::Text => "text",
            Type::Date => "date",
        }
    }
}
