//! Tokens to a typed tree, by recursive descent with a bounded depth.

use std::collections::BTreeMap;

use super::token::{Token, tokens};
use super::{Expression, ExpressionFault, Node, Operator, Type, Value};

/// The names an expression may use, and what each is.
#[derive(Debug, Clone, Default)]
pub struct Names(BTreeMap<String, Sort>);

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// One value.
    One(Type),
    /// An address: its parts have names of their own, the whole can only be asked for.
    Whole,
    /// A field of a repeated group: a value for each item.
    Column(Type),
    /// A repeated group, or the files of a field.
    Many,
    /// Several choices.
    Chosen,
}

impl Names {
    pub fn add(&mut self, name: impl Into<String>, sort: Sort) {
        self.0.insert(name.into(), sort);
    }

    pub fn get(&self, name: &str) -> Option<Sort> {
        self.0.get(name).copied()
    }
}

pub fn expression(text: &str, names: &Names) -> Result<Expression, ExpressionFault> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, next: 0, depth: 0, names, reads: Vec::new() };
    let (root, kind) = parser.whole()?;
    match parser.peek() {
        Some(token) => Err(ExpressionFault::Unexpected(token.written())),
        None => Ok(Expression { root, kind, reads: parser.reads }),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
    depth: usize,
    names: &'a Names,
    reads: Vec<String>,
}

type Typed = Result<(Node, Type), ExpressionFault>;

impl Parser<'_> {
    /// Every nesting passes through here, so the depth of the tree is bounded here.
    fn whole(&mut self) -> Typed {
        self.depth += 1;
        if self.depth > Expression::DEPTH_MAX {
            return Err(ExpressionFault::TooDeep);
        }
        let read = self.chain(&[("or", Operator::Or)], Type::Truth, |parser| {
            parser.chain(&[("and", Operator::And)], Type::Truth, Parser::negation)
        });
        self.depth -= 1;
        read
    }

    /// `a and b and c`, `a + b - c`: operands of one type, read from the left.
    fn chain(
        &mut self,
        operators: &[(&str, Operator)],
        kind: Type,
        operand: fn(&mut Self) -> Typed,
    ) -> Typed {
        let (mut left, mut found) = operand(self)?;
        let mut links = 0;
        while let Some(operator) = self.operator(operators) {
            links += 1;
            if links > Expression::DEPTH_MAX {
                return Err(ExpressionFault::TooDeep);
            }
            expect(kind, found)?;
            let (right, right_kind) = operand(self)?;
            expect(kind, right_kind)?;
            left = Node::Pair(operator, Box::new(left), Box::new(right));
            found = kind;
        }
        Ok((left, found))
    }

    fn negation(&mut self) -> Typed {
        if !self.take("not") {
            return self.comparison();
        }
        let (inner, kind) = self.comparison()?;
        expect(Type::Truth, kind)?;
        Ok((Node::Not(Box::new(inner)), Type::Truth))
    }

    fn comparison(&mut self) -> Typed {
        let (left, kind) = self.sum()?;
        if self.take("in") {
            expect(Type::Text, kind)?;
            return Ok((Node::Among(Box::new(left), self.list()?), Type::Truth));
        }
        let equality = [("==", Operator::Equal), ("!=", Operator::Unequal)];
        let order = [
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        let operator = match self.operator(&equality) {
            Some(operator) => operator,
            None => match self.operator(&order) {
                Some(_) if !matches!(kind, Type::Number | Type::Date) => {
                    return Err(ExpressionFault::WrongType { wanted: Type::Number, found: kind });
                }
                Some(operator) => operator,
                None => return Ok((left, kind)),
            },
        };
        let (right, right_kind) = self.sum()?;
        expect(kind, right_kind)?;
        Ok((Node::Pair(operator, Box::new(left), Box::new(right)), Type::Truth))
    }

    fn sum(&mut self) -> Typed {
        let operators = [("+", Operator::Add), ("-", Operator::Subtract)];
        self.chain(&operators, Type::Number, |parser| {
            parser.chain(&[("*", Operator::Multiply)], Type::Number, Parser::atom)
        })
    }

    fn atom(&mut self) -> Typed {
        let token = self.advance()?;
        match token {
            Token::Number(number) => Ok((Node::Constant(Value::Number(number)), Type::Number)),
            Token::Text(text) => Ok((Node::Constant(Value::Text(text)), Type::Text)),
            Token::Mark("(") => {
                let inner = self.whole()?;
                self.expect_mark(")")?;
                Ok(inner)
            }
            Token::Mark("-") => match self.advance()? {
                Token::Number(number) => Ok((Node::Constant(Value::Number(-number)), Type::Number)),
                other => Err(ExpressionFault::Unexpected(other.written())),
            },
            Token::Name(name) => self.named(&name),
            other => Err(ExpressionFault::Unexpected(other.written())),
        }
    }

    fn named(&mut self, name: &str) -> Typed {
        match name {
            "true" | "false" => Ok((Node::Constant(Value::Truth(name == "true")), Type::Truth)),
            "today" => Ok((Node::Today, Type::Date)),
            _ if self.peek() == Some(&Token::Mark("(")) => self.function(name),
            _ => match self.sort(name)? {
                Sort::One(kind) => Ok((Node::Read(self.note(name)), kind)),
                _ => Err(ExpressionFault::WrongUse(name.to_owned())),
            },
        }
    }

    fn function(&mut self, name: &str) -> Typed {
        self.expect_mark("(")?;
        let read = match name {
            "answered" => self.asked(|_| true).map(|name| (Node::Answered(name), Type::Truth)),
            "count" => {
                let fits = |sort| matches!(sort, Sort::Many | Sort::Chosen);
                self.asked(fits).map(|name| (Node::Count(name), Type::Number))
            }
            "sum" => self
                .asked(|sort| sort == Sort::Column(Type::Number))
                .map(|name| (Node::Sum(name), Type::Number)),
            "age" => self.two_dates(name).map(|(a, b)| (Node::Age(a, b), Type::Number)),
            "days" => self.two_dates(name).map(|(a, b)| (Node::Days(a, b), Type::Number)),
            "has" => self.has(),
            "concat" => self.concat(),
            "if" => self.either(),
            _ => Err(ExpressionFault::UnknownFunction(name.to_owned())),
        }?;
        self.expect_mark(")")?;
        Ok(read)
    }

    /// The single name a function such as `count` takes.
    fn asked(&mut self, fits: fn(Sort) -> bool) -> Result<String, ExpressionFault> {
        match self.advance()? {
            Token::Name(name) if fits(self.sort(&name)?) => Ok(self.note(&name)),
            other => Err(ExpressionFault::WrongUse(other.written())),
        }
    }

    fn has(&mut self) -> Typed {
        let name = self.asked(|sort| sort == Sort::Chosen)?;
        self.expect_mark(",")?;
        match self.advance()? {
            Token::Text(choice) => Ok((Node::Has(name, choice), Type::Truth)),
            other => Err(ExpressionFault::Unexpected(other.written())),
        }
    }

    fn two_dates(&mut self, name: &str) -> Result<(Box<Node>, Box<Node>), ExpressionFault> {
        let mut values = self.values()?.into_iter();
        match (values.next(), values.next(), values.len()) {
            (Some((first, first_kind)), Some((second, second_kind)), 0) => {
                expect(Type::Date, first_kind)?;
                expect(Type::Date, second_kind)?;
                Ok((Box::new(first), Box::new(second)))
            }
            (first, second, more) => {
                let found = usize::from(first.is_some()) + usize::from(second.is_some()) + more;
                Err(ExpressionFault::WrongCount { name: name.to_owned(), wanted: "2", found })
            }
        }
    }

    fn concat(&mut self) -> Typed {
        let values = self.values()?;
        for (_, kind) in &values {
            if !matches!(kind, Type::Text | Type::Number) {
                return Err(ExpressionFault::WrongType { wanted: Type::Text, found: *kind });
            }
        }
        Ok((Node::Concat(values.into_iter().map(|(node, _)| node).collect()), Type::Text))
    }

    fn either(&mut self) -> Typed {
        let found = self.values()?;
        let count = found.len();
        let Ok([(condition, condition_kind), (then, kind), (other, other_kind)]) =
            <[(Node, Type); 3]>::try_from(found)
        else {
            let name = "if".to_owned();
            return Err(ExpressionFault::WrongCount { name, wanted: "3", found: count });
        };
        expect(Type::Truth, condition_kind)?;
        expect(kind, other_kind)?;
        Ok((Node::If(Box::new(condition), Box::new(then), Box::new(other)), kind))
    }

    /// Values with commas between, up to but not with the closing bracket.
    fn values(&mut self) -> Result<Vec<(Node, Type)>, ExpressionFault> {
        let mut values = vec![self.whole()?];
        while self.take_mark(",") {
            values.push(self.whole()?);
        }
        Ok(values)
    }

    fn list(&mut self) -> Result<Vec<String>, ExpressionFault> {
        self.expect_mark("[")?;
        let mut texts = Vec::new();
        loop {
            match self.advance()? {
                Token::Text(text) => texts.push(text),
                other => return Err(ExpressionFault::Unexpected(other.written())),
            }
            if !self.take_mark(",") {
                self.expect_mark("]")?;
                return Ok(texts);
            }
        }
    }

    fn sort(&self, name: &str) -> Result<Sort, ExpressionFault> {
        self.names.get(name).ok_or_else(|| ExpressionFault::UnknownName(name.to_owned()))
    }

    fn note(&mut self, name: &str) -> String {
        if !self.reads.iter().any(|read| read == name) {
            self.reads.push(name.to_owned());
        }
        name.to_owned()
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn advance(&mut self) -> Result<Token, ExpressionFault> {
        let token = self.peek().cloned().ok_or(ExpressionFault::Unfinished)?;
        self.next += 1;
        Ok(token)
    }

    fn operator(&mut self, operators: &[(&str, Operator)]) -> Option<Operator> {
        let (_, operator) = operators.iter().find(|(written, _)| self.is_next(written)).copied()?;
        self.next += 1;
        Some(operator)
    }

    fn is_next(&self, written: &str) -> bool {
        match self.peek() {
            Some(Token::Mark(mark)) => *mark == written,
            Some(Token::Name(name)) => name == written,
            _ => false,
        }
    }

    fn take(&mut self, word: &str) -> bool {
        let taken = self.is_next(word);
        self.next += usize::from(taken);
        taken
    }

    fn take_mark(&mut self, mark: &'static str) -> bool {
        self.take(mark)
    }

    fn expect_mark(&mut self, mark: &'static str) -> Result<(), ExpressionFault> {
        match self.advance()? {
            Token::Mark(found) if found == mark => Ok(()),
            other => Err(ExpressionFault::Unexpected(other.written())),
        }
    }
}

fn expect(wanted: Type, found: Type) -> Result<(), ExpressionFault> {
    if wanted == found { Ok(()) } else { Err(ExpressionFault::WrongType { wanted, found }) }
}
