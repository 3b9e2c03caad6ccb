use jiff::civil::date;

use super::support::today;
use crate::eform::expression::{Expression, ExpressionFault, Facts, Names, Sort, Type, Value};

fn names() -> Names {
    let mut names = Names::default();
    names.add("role", Sort::One(Type::Text));
    names.add("height", Sort::One(Type::Number));
    names.add("adult", Sort::One(Type::Truth));
    names.add("birth", Sort::One(Type::Date));
    names.add("gone", Sort::One(Type::Number));
    names.add("home", Sort::Whole);
    names.add("home.province", Sort::One(Type::Text));
    names.add("members", Sort::Many);
    names.add("members.capital", Sort::Column(Type::Number));
    names
}

fn facts() -> Facts {
    let mut facts = Facts::on(today());
    let text = |text: &str| Value::Text(text.to_owned());
    facts.values.insert("role".to_owned(), text("mother"));
    facts.values.insert("height".to_owned(), Value::Number(1.5));
    facts.values.insert("adult".to_owned(), Value::Truth(true));
    facts.values.insert("birth".to_owned(), Value::Date(date(2008, 11, 24)));
    facts.values.insert("home.province".to_owned(), text("01"));
    facts.counts.insert("members".to_owned(), 2);
    let capital = vec![Value::Number(20.0), Value::Nothing, Value::Number(5.0)];
    facts.columns.insert("members.capital".to_owned(), capital);
    facts
}

fn value(text: &str) -> Value {
    Expression::parse(text, &names())
        .unwrap_or_else(|fault| panic!("{text}: {fault}"))
        .value(&facts())
}

fn fault(text: &str) -> ExpressionFault {
    Expression::parse(text, &names()).unwrap_err()
}

#[test]
fn expressions_have_their_values() {
    let number = Value::Number;
    let text = |text: &str| Value::Text(text.to_owned());
    for (expression, wanted) in [
        ("1 + 2 * 3 - 4", number(3.0)),
        ("(1 + 2) * -3", number(-9.0)),
        ("2 - 1 - 1", number(0.0)),
        ("role == 'mother'", Value::Truth(true)),
        ("role != 'mother'", Value::Truth(false)),
        ("role in ['father', 'mother']", Value::Truth(true)),
        ("role in ['father']", Value::Truth(false)),
        ("height >= 1.5 and height <= 1.5", Value::Truth(true)),
        ("not adult or height > 2", Value::Truth(false)),
        ("not (adult and height > 2)", Value::Truth(true)),
        ("age(birth, today)", number(17.0)),
        ("age(birth, today) < 18", Value::Truth(true)),
        ("days(birth, birth)", number(0.0)),
        ("birth <= today", Value::Truth(true)),
        ("sum(members.capital)", number(25.0)),
        ("count(members)", number(2.0)),
        ("if(count(members) > 1, 'group', 'single')", text("group")),
        ("concat('a', height, gone, 'b')", text("a1.5b")),
        ("home.province == '01'", Value::Truth(true)),
        ("answered(role) and not answered(gone)", Value::Truth(true)),
        ("true == adult", Value::Truth(true)),
    ] {
        assert_eq!(value(expression), wanted, "{expression}");
    }
}

#[test]
fn what_is_absent_makes_the_value_absent_unless_it_is_decided_already() {
    for (expression, wanted) in [
        ("gone + 1", Value::Nothing),
        ("gone == 1", Value::Nothing),
        ("gone != 1", Value::Nothing),
        ("not (gone == 1)", Value::Nothing),
        ("gone == 1 and adult", Value::Nothing),
        ("gone == 1 and not adult", Value::Truth(false)),
        ("adult or gone == 1", Value::Truth(true)),
        ("if(gone == 1, 1, 2)", Value::Nothing),
    ] {
        assert_eq!(value(expression), wanted, "{expression}");
    }
}

#[test]
fn a_condition_holds_only_when_plainly_true_and_a_rule_breaks_only_when_plainly_false() {
    let absent = Expression::parse("gone > 1", &names()).unwrap();
    assert!(!absent.holds(&facts()));
    assert!(!absent.is_broken(&facts()));
    let wrong = Expression::parse("height > 2", &names()).unwrap();
    assert!(wrong.is_broken(&facts()));
}

#[test]
fn a_year_of_age_is_completed_on_the_birthday() {
    let age = Expression::parse("age(birth, today)", &names()).unwrap();
    for (birth, at, wanted) in [
        (date(2000, 11, 23), date(2026, 11, 22), 25.0),
        (date(2000, 11, 23), date(2026, 11, 23), 26.0),
        (date(2004, 2, 29), date(2022, 2, 28), 17.0),
        (date(2004, 2, 29), date(2022, 3, 1), 18.0),
        (date(2027, 1, 1), date(2026, 11, 23), -1.0),
    ] {
        let mut facts = Facts::on(at);
        facts.values.insert("birth".to_owned(), Value::Date(birth));
        assert_eq!(age.value(&facts), Value::Number(wanted), "{birth} {at}");
    }
}

#[test]
fn numbers_that_leave_the_finite_become_absent() {
    let huge = format!("1{}", "0".repeat(300));
    assert_eq!(value(&format!("{huge} * {huge}")), Value::Nothing);
}

#[test]
fn it_reads_what_it_says_it_reads() {
    let text = "age(birth, today) > 1 and role == 'x' and answered(home) and birth < today";
    let expression = Expression::parse(text, &names()).unwrap();
    assert_eq!(expression.reads(), ["birth", "role", "home"]);
    assert_eq!(expression.kind(), Type::Truth);
}

#[test]
fn what_is_not_an_expression_is_refused_with_its_reason() {
    use ExpressionFault::*;
    let wrong_type = |wanted, found| WrongType { wanted, found };
    let wrong_count =
        |name: &str, wanted, found| WrongCount { name: name.to_owned(), wanted, found };
    for (expression, wanted) in [
        ("", Unfinished),
        ("role ==", Unfinished),
        ("role == 'x", Unfinished),
        ("role = 'x'", Unexpected("=".to_owned())),
        ("1.2.3", Unexpected("1.2.3".to_owned())),
        ("height height", Unexpected("height".to_owned())),
        ("(height", Unfinished),
        ("nobody == 1", UnknownName("nobody".to_owned())),
        ("launch(role)", UnknownFunction("launch".to_owned())),
        ("age(birth)", wrong_count("age", "2", 1)),
        ("age(birth, birth, birth)", wrong_count("age", "2", 3)),
        ("if(adult, 1)", wrong_count("if", "3", 2)),
        ("members.capital > 1", WrongUse("members.capital".to_owned())),
        ("sum(height)", WrongUse("height".to_owned())),
        ("count(role)", WrongUse("role".to_owned())),
        ("home == 'x'", WrongUse("home".to_owned())),
        ("role + 1", wrong_type(Type::Number, Type::Text)),
        ("role < 'b'", wrong_type(Type::Number, Type::Text)),
        ("role == 1", wrong_type(Type::Text, Type::Number)),
        ("adult and role", wrong_type(Type::Truth, Type::Text)),
        ("if(adult, 1, 'x')", wrong_type(Type::Number, Type::Text)),
        ("height in ['x']", wrong_type(Type::Text, Type::Number)),
        ("concat(adult)", wrong_type(Type::Text, Type::Truth)),
        ("age(role, today)", wrong_type(Type::Date, Type::Text)),
    ] {
        assert_eq!(fault(expression), wanted, "{expression:?}");
    }
}

#[test]
fn length_and_depth_are_bounded() {
    assert_eq!(fault(&"1 ".repeat(600)), ExpressionFault::TooLong);
    let nested = format!("{}1{}", "(".repeat(30), ")".repeat(30));
    assert_eq!(fault(&nested), ExpressionFault::TooDeep);
    assert_eq!(fault(&vec!["1"; 40].join("+")), ExpressionFault::TooDeep);
}
