//! The numbers of the law and of the office, each from a day on. A new number never touches
//! what was reckoned with the old one.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 17
//! Law: NĐ 61/2018/NĐ-CP art. 19
//! Law: NĐ 45/2020/NĐ-CP art. 14

use jiff::civil::{Date, Time, date};

use crate::calendar::parse_time;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// What is accepted later than this counts from the next working day.
    ReceptionCutOff,
    /// Working hours in which a request sent online is answered.
    OnlineAnswerHours,
    /// Working hours in one working day, where a limit is weighed in minutes.
    HoursPerDay,
    /// Supplement requests an office may make after acceptance.
    SupplementRequestsMax,
    /// Days a citizen has to answer a supplement request, unless the request says else.
    SupplementAnswerDays,
    /// Times an office may apologise and appoint a new day.
    ReappointmentsMax,
}

/// The rows in force at some version of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    rows: Vec<RuleRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    pub rule: Rule,
    pub valid_from: Date,
    pub value: RuleValue,
    /// The text that sets it.
    pub basis: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleValue {
    Number(u32),
    At(Time),
    /// The rule does not apply from that day on.
    Off,
}

impl Rules {
    pub fn new(rows: Vec<RuleRow>) -> Rules {
        Rules { rows }
    }

    /// What the texts say, each from the day its text came into force.
    pub fn of_the_law() -> Rules {
        let nd_61 = (date(2018, 6, 21), "NĐ 61/2018/NĐ-CP");
        let nd_45 = (date(2020, 5, 22), "NĐ 45/2020/NĐ-CP");
        let row = |rule, (valid_from, basis): (Date, &str), value| RuleRow {
            rule,
            valid_from,
            value,
            basis: basis.to_owned(),
        };
        let number = RuleValue::Number;
        Rules::new(vec![
            row(Rule::ReceptionCutOff, nd_61, RuleValue::At(Time::constant(15, 0, 0, 0))),
            row(Rule::OnlineAnswerHours, nd_45, number(8)),
            row(Rule::HoursPerDay, nd_61, number(8)),
            row(Rule::SupplementRequestsMax, nd_61, number(1)),
            row(Rule::SupplementAnswerDays, nd_61, number(30)),
            row(Rule::ReappointmentsMax, nd_61, number(1)),
        ])
    }

    pub fn rows(&self) -> &[RuleRow] {
        &self.rows
    }

    pub fn reception_cut_off(&self, on: Date) -> Option<Time> {
        match self.value(Rule::ReceptionCutOff, on) {
            Some(RuleValue::At(time)) => Some(time),
            _ => None,
        }
    }

    pub fn number(&self, rule: Rule, on: Date) -> Option<u32> {
        match self.value(rule, on) {
            Some(RuleValue::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// The newest row that is in force on the day.
    fn value(&self, rule: Rule, on: Date) -> Option<RuleValue> {
        self.rows
            .iter()
            .filter(|row| row.rule == rule && row.valid_from <= on)
            .max_by_key(|row| row.valid_from)
            .map(|row| row.value)
    }
}

impl Rule {
    pub const ALL: [Rule; 6] = [
        Rule::ReceptionCutOff,
        Rule::OnlineAnswerHours,
        Rule::HoursPerDay,
        Rule::SupplementRequestsMax,
        Rule::SupplementAnswerDays,
        Rule::ReappointmentsMax,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Rule::ReceptionCutOff => "reception_cut_off",
            Rule::OnlineAnswerHours => "online_answer_hours",
            Rule::HoursPerDay => "hours_per_day",
            Rule::SupplementRequestsMax => "supplement_requests_max",
            Rule::SupplementAnswerDays => "supplement_answer_days",
            Rule::ReappointmentsMax => "reappointments_max",
        }
    }

    pub fn parse(text: &str) -> Option<Rule> {
        Rule::ALL.into_iter().find(|rule| rule.as_str() == text)
    }

    /// A value of the kind this rule takes: a time for the cut-off, a number for the others.
    pub fn parse_value(self, text: &str) -> Option<RuleValue> {
        let text = text.trim();
        match self {
            _ if text == OFF => Some(RuleValue::Off),
            Rule::ReceptionCutOff => parse_time(text).map(RuleValue::At),
            _ => text.parse().ok().filter(|number| *number <= 1000).map(RuleValue::Number),
        }
    }
}

/// How a rule that no longer applies is written.
const OFF: &str = "-";

impl RuleValue {
    pub fn write(self) -> String {
        match self {
            RuleValue::Number(number) => number.to_string(),
            RuleValue::At(time) => crate::calendar::clock(time),
            RuleValue::Off => OFF.to_owned(),
        }
    }
}
