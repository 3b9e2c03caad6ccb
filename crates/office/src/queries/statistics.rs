//! How an office works: what was handled in time, what goes out without paper, how much there is.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 24, app. VI (statistics of handling)
//! Law: QĐ 28/2018/QĐ-TTg art. 11

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use organisations::UnitId;
use platform::clock::{instant, local};
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::coded::coded;
use crate::document::{Direction, DocumentType};
use crate::queries::cards::card;
use crate::queries::offices::Office;
use crate::queries::people::colleagues;
use crate::store::statistics::{self, Given, OnPaper, Volume};

/// More tasks than an office gives in a year.
const TASKS_MAX: i64 = 200_000;

coded! {
    /// How a task, or a document, stands against its deadline.
    pub enum Course, "how a task stands against its deadline" {
        DoneInTime = "dung-han",
        DoneLate = "tre-han",
        Running = "trong-han",
        Overdue = "qua-han",
        /// Nobody set one.
        Untimed = "khong-han",
    }
}

impl Course {
    pub fn of(due_on: Option<Date>, ended_on: Option<Date>, today: Date) -> Course {
        match (due_on, ended_on) {
            (None, _) => Course::Untimed,
            (Some(due), Some(ended)) if ended <= due => Course::DoneInTime,
            (Some(_), Some(_)) => Course::DoneLate,
            (Some(due), None) if due < today => Course::Overdue,
            (Some(_), None) => Course::Running,
        }
    }

    /// The key of its name in the words.
    pub fn word(self) -> String {
        format!("office-course-{}", self.code())
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts([i64; 5]);

impl Counts {
    fn add(&mut self, course: Course, count: i64) {
        self.0[course as usize] += count;
    }

    fn add_all(&mut self, other: &Counts) {
        for (sum, one) in self.0.iter_mut().zip(other.0) {
            *sum += one;
        }
    }

    pub fn of(&self, course: Course) -> i64 {
        self.0[course as usize]
    }

    pub fn total(&self) -> i64 {
        self.0.iter().sum()
    }

    /// Of those with a deadline that is past or met: the share in time, in tenths of a percent.
    pub fn in_time_permille(&self) -> Option<i64> {
        let good = self.of(Course::DoneInTime);
        let weighed = good + self.of(Course::DoneLate) + self.of(Course::Overdue);
        (weighed > 0).then(|| good * 1000 / weighed)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub account: Uuid,
    pub name: String,
    /// The part of the agency they work in; empty for the agency itself.
    pub part: String,
    pub counts: Counts,
}

#[derive(Debug, Clone)]
pub(crate) struct Statistics {
    pub documents: Counts,
    pub people: Vec<Person>,
    pub parts: Vec<(String, Counts)>,
    pub all: Counts,
    pub paper: Vec<OnPaper>,
    pub received: Volumes,
    pub issued: Volumes,
}

/// How many of each type in each month.
#[derive(Debug, Clone, Default)]
pub(crate) struct Volumes {
    pub months: Vec<String>,
    pub rows: Vec<(String, Vec<i64>)>,
}

impl Volumes {
    fn of(found: Vec<Volume>) -> Volumes {
        let mut months: Vec<String> = found.iter().map(|one| one.month.clone()).collect();
        months.sort_unstable();
        months.dedup();
        let mut rows: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for one in found {
            let row = rows.entry(one.kind).or_insert_with(|| vec![0; months.len()]);
            if let Some(place) = months.iter().position(|month| *month == one.month) {
                row[place] += one.documents;
            }
        }
        let mut rows: Vec<(String, Vec<i64>)> = rows.into_iter().collect();
        rows.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<i64>()));
        Volumes { months, rows }
    }

    pub fn total(&self) -> i64 {
        self.rows.iter().flat_map(|(_, counts)| counts).sum()
    }
}

pub(crate) fn statistics(
    tx: &mut Tx,
    unit: UnitId,
    (from, to): (Date, Date),
    today: Date,
) -> Result<Statistics, StoreError> {
    let documents = documents(tx, unit, (from, to), today)?;
    let people = people(tx, unit, (from, to), today)?;
    let mut parts: BTreeMap<String, Counts> = BTreeMap::new();
    let mut all = Counts::default();
    for person in &people {
        parts.entry(person.part.clone()).or_default().add_all(&person.counts);
        all.add_all(&person.counts);
    }
    let mut issued = Volumes::of(statistics::issued_by_type(tx, unit, (from, to))?);
    for (kind, _) in &mut issued.rows {
        if let Some(known) = DocumentType::parse(kind) {
            *kind = known.name.to_owned();
        }
    }
    Ok(Statistics {
        documents,
        people,
        parts: parts.into_iter().collect(),
        all,
        paper: statistics::paper(tx, unit, (from, to))?,
        received: Volumes::of(statistics::received_by_type(tx, unit, (from, to))?),
        issued,
    })
}

/// The figures of one of the offices below.
#[derive(Debug, Clone)]
pub(crate) struct Below {
    pub unit: UnitId,
    pub name: String,
    pub documents: Counts,
    pub people: Vec<Person>,
    pub all: Counts,
}

/// Office by office: those that lie below this one.
pub(crate) fn below(
    tx: &mut Tx,
    (unit, others): (UnitId, &[Office]),
    days: (Date, Date),
    today: Date,
) -> Result<Vec<Below>, StoreError> {
    let mut found = Vec::new();
    for office in others {
        if !organisations::queries::is_within(tx, office.unit, unit)? {
            continue;
        }
        let people = by_person(tx, office.unit, days, today)?;
        let mut all = Counts::default();
        people.iter().for_each(|person| all.add_all(&person.counts));
        found.push(Below {
            unit: office.unit,
            name: office.name.clone(),
            documents: documents(tx, office.unit, days, today)?,
            people,
            all,
        });
    }
    Ok(found)
}

/// What was received in these days.
fn documents(
    tx: &mut Tx,
    unit: UnitId,
    days: (Date, Date),
    today: Date,
) -> Result<Counts, StoreError> {
    let mut documents = Counts::default();
    for one in statistics::received(tx, unit, days)? {
        let ended = one.ended_at.filter(|_| !one.state.is_open()).map(|at| local(at).date());
        documents.add(Course::of(one.due_on, ended, today), one.documents);
    }
    Ok(documents)
}

/// With the part of the agency in which each works now.
fn people(
    tx: &mut Tx,
    unit: UnitId,
    days: (Date, Date),
    today: Date,
) -> Result<Vec<Person>, StoreError> {
    let places = colleagues(tx, unit, today)?;
    let mut people = by_person(tx, unit, days, today)?;
    for person in &mut people {
        if let Some(place) = places.iter().find(|place| place.account == person.account) {
            person.part.clone_from(&place.part);
            person.name.clone_from(&place.name);
        }
    }
    people.sort_by(|one, other| (&one.part, &one.name).cmp(&(&other.part, &other.name)));
    Ok(people)
}

fn by_person(
    tx: &mut Tx,
    unit: UnitId,
    days: (Date, Date),
    today: Date,
) -> Result<Vec<Person>, StoreError> {
    let mut people: BTreeMap<Uuid, Person> = BTreeMap::new();
    for task in statistics::tasks(tx, (unit, None), span(days), TASKS_MAX)? {
        let person = people.entry(task.account).or_insert_with(|| Person {
            account: task.account,
            name: task.name.clone(),
            part: String::new(),
            counts: Counts::default(),
        });
        person.counts.add(course(&task, today), 1);
    }
    let mut people: Vec<Person> = people.into_values().collect();
    people.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(people)
}

pub(crate) fn course(task: &Given, today: Date) -> Course {
    Course::of(task.due_on, task.ended_at.map(|at| local(at).date()), today)
}

/// The tasks behind a figure, of everybody or of one person.
pub(crate) fn tasks(
    tx: &mut Tx,
    (unit, account): (UnitId, Option<Uuid>),
    days: (Date, Date),
    (wanted, today): (Option<Course>, Date),
) -> Result<Vec<Given>, StoreError> {
    let mut found = statistics::tasks(tx, (unit, account), span(days), TASKS_MAX)?;
    found.retain(|task| wanted.is_none_or(|wanted| course(task, today) == wanted));
    Ok(found)
}

fn span((from, to): (Date, Date)) -> (jiff::Timestamp, jiff::Timestamp) {
    let behind = to.tomorrow().unwrap_or(to);
    (instant(from.to_datetime(Time::midnight())), instant(behind.to_datetime(Time::midnight())))
}

/// What a task is about: its own title, or that of its document.
pub(crate) fn title(tx: &mut Tx, task: &Given) -> Result<String, StoreError> {
    let document = match task.incoming {
        Some(id) => card(tx, Direction::In, id)?.map(|card| card.title()),
        None => None,
    };
    Ok(document.filter(|_| task.title.is_empty()).unwrap_or_else(|| task.title.clone()))
}
