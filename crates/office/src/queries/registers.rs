//! A register as the decree has it: every number of a book between two days, given away or not.
//!
//! Law: NĐ 30/2020/NĐ-CP app. IV

use std::collections::HashMap;

use identity::Right;
use jiff::Timestamp;
use jiff::civil::Date;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::words::Speech;
use uuid::Uuid;

use crate::book::{Book, NumberState, written};
use crate::document::DocumentType;
use crate::hand::Asker;
use crate::queries::offices::Office;
use crate::recipient::RecipientKind;
use crate::register::{FollowUpRow, InRow, LINES_MAX, OutRow, Register, Row};
use crate::store::registers::{self, Handler, InLine, Named, OutLine, Range};
use crate::task::Part;

#[derive(Debug, Clone)]
pub(crate) struct Lines {
    pub rows: Vec<Row>,
    /// The pages of the documents, line by line.
    pub paths: Vec<Option<String>>,
    /// More than one portion.
    pub is_cut: bool,
}

/// Registers are for the clerks and leaders of a unit, and for those who look after its work.
pub(crate) fn may_look(tx: &mut Tx, asker: &Asker, office: &Office) -> Result<bool, StoreError> {
    if office.all {
        return Ok(true);
    }
    Ok(asker.actor.authority(tx, Right::SeeFigures, office.unit)?.is_some())
}

/// All books of a direction, the newest year first.
pub(crate) fn books(
    tx: &mut Tx,
    office: &Office,
    register: Register,
) -> Result<Vec<Book>, StoreError> {
    registers::books(tx, office.unit, register.direction())
}

pub(crate) fn lines(
    tx: &mut Tx,
    speech: &Speech,
    register: Register,
    range: &Range,
) -> Result<Lines, StoreError> {
    let mut found = Lines { rows: Vec::new(), paths: Vec::new(), is_cut: false };
    match register {
        Register::Out => outgoing(tx, speech, range, &mut found)?,
        Register::In | Register::FollowUp => incoming(tx, speech, (register, range), &mut found)?,
    }
    let most = usize::try_from(LINES_MAX).unwrap_or(usize::MAX);
    found.is_cut = found.rows.len() > most;
    found.rows.truncate(most);
    found.paths.truncate(most);
    Ok(found)
}

fn outgoing(
    tx: &mut Tx,
    speech: &Speech,
    range: &Range,
    found: &mut Lines,
) -> Result<(), StoreError> {
    let mut named: HashMap<Uuid, Vec<Named>> = HashMap::new();
    for one in registers::recipients(tx, range)? {
        named.entry(one.outgoing).or_default().push(one);
    }
    for line in registers::outgoing(tx, range, LINES_MAX + 1)? {
        let recipients = line.document.and_then(|id| named.remove(&id)).unwrap_or_default();
        found.paths.push(line.document.map(|id| format!("/can-bo/van-ban-di/{id}")));
        found.rows.push(Row::Out(out_row(speech, &line, &recipients)));
    }
    Ok(())
}

fn out_row(speech: &Speech, line: &OutLine, recipients: &[Named]) -> OutRow {
    let number = written(line.ordinal, &line.suffix);
    let number = match line.notation.is_empty() {
        true => number,
        false => format!("{number}/{}", line.notation),
    };
    let kind = line.kind.as_deref().and_then(DocumentType::parse).map_or("", |kind| kind.name);
    let (kept, sent): (Vec<&Named>, Vec<&Named>) =
        recipients.iter().partition(|one| is_for_keeping(one));
    let names = |list: &[&Named]| {
        let name = |one: &&Named| match one.name.is_empty() {
            true => one.code.clone().unwrap_or_default(),
            false => one.name.clone(),
        };
        list.iter().map(name).collect::<Vec<_>>().join("; ")
    };
    let copies = match line.paper {
        Some(true) => sent.len().max(1).to_string(),
        Some(false) => speech.t("office-register-electronic"),
        None => String::new(),
    };
    OutRow {
        number,
        date: speech.date(line.dated),
        subject: of_type(kind, line.subject.as_deref()),
        signer: line.signer_name.clone().unwrap_or_default(),
        recipients: names(&sent),
        kept_by: names(&kept),
        copies,
        sent_at: day(speech, line.issued_at),
        receipt: receipt(speech, recipients),
        note: note(speech, (line.state, &line.reason), ""),
    }
}

/// Ký nhận: who in the house has opened it, and when first. The receipts of other agencies are
/// their statuses.
fn receipt(speech: &Speech, recipients: &[Named]) -> String {
    let of_person = recipients.iter().filter(|one| one.kind == RecipientKind::Person);
    let opened = of_person.filter_map(|one| Some((&one.name, one.seen_at?)));
    let told = opened.map(|(name, at)| format!("{name} ({})", speech.date_time(at)));
    told.collect::<Vec<_>>().join("; ")
}

/// "Lưu: VT" among the places under "Nơi nhận".
fn is_for_keeping(one: &Named) -> bool {
    one.kind == RecipientKind::Place && one.name.trim_start_matches(['-', ' ']).starts_with("Lưu")
}

fn incoming(
    tx: &mut Tx,
    speech: &Speech,
    (register, range): (Register, &Range),
    found: &mut Lines,
) -> Result<(), StoreError> {
    let mut parts: HashMap<Uuid, Vec<Handler>> = HashMap::new();
    for one in registers::handlers(tx, range)? {
        parts.entry(one.incoming).or_default().push(one);
    }
    for line in registers::incoming(tx, range, LINES_MAX + 1)? {
        let handlers = line.document.and_then(|id| parts.remove(&id)).unwrap_or_default();
        found.paths.push(line.document.map(|id| format!("/can-bo/van-ban-den/{id}")));
        found.rows.push(match register {
            Register::FollowUp => Row::FollowUp(follow_up_row(speech, &line, &handlers)),
            _ => Row::In(in_row(speech, &line, &handlers)),
        });
    }
    Ok(())
}

fn in_row(speech: &Speech, line: &InLine, handlers: &[Handler]) -> InRow {
    InRow {
        arrived_on: speech.date(line.dated),
        number: written(line.ordinal, &line.suffix),
        author: line.from_name.clone().unwrap_or_default(),
        symbol: symbol(line),
        date: issued(speech, line),
        subject: of_type(line.type_name.as_deref().unwrap_or_default(), line.subject.as_deref()),
        handler: who(line, handlers),
        sent_at: day(speech, handlers.first().map(|one| one.given_at)),
        receipt: day(speech, handlers.first().and_then(|one| one.began_at)),
        note: note(speech, (line.state, &line.reason), ""),
    }
}

fn follow_up_row(speech: &Speech, line: &InLine, handlers: &[Handler]) -> FollowUpRow {
    let kind = line.type_name.clone().unwrap_or_default();
    let parts = [
        format!("{kind} {}", symbol(line)),
        issued(speech, line),
        line.from_name.clone().unwrap_or_default(),
        line.subject.clone().unwrap_or_default(),
    ];
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    FollowUpRow {
        number: written(line.ordinal, &line.suffix),
        document: parts.join(", "),
        handler: who(line, handlers),
        deadline: line.due_on.map(|due| speech.date(due)).unwrap_or_default(),
        progress: progress(speech, line, handlers),
        reply: line.reply_text.clone().unwrap_or_default(),
        note: note(
            speech,
            (line.state, &line.reason),
            line.ended_note.as_deref().unwrap_or_default(),
        ),
    }
}

/// The state, how far the main handler is, and whether it was in time.
fn progress(speech: &Speech, line: &InLine, handlers: &[Handler]) -> String {
    let Some(state) = line.standing else { return String::new() };
    let mut parts = vec![speech.t(&state.word())];
    let main = handlers.iter().find(|one| one.role == Part::Main);
    if let Some(main) = main.filter(|_| state.is_open()) {
        parts.push(format!("{}%", main.progress_percent));
    }
    if let Some(ended) = line.ended_at {
        parts.push(speech.date(local(ended).date()));
        let is_late = line.due_on.is_some_and(|due| local(ended).date() > due);
        if is_late {
            parts.push(speech.t("office-handled-late"));
        }
    }
    parts.join(", ")
}

fn who(line: &InLine, handlers: &[Handler]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for part in [Part::Main, Part::Co] {
        let with_part = handlers.iter().filter(|one| one.role == part);
        names.extend(with_part.map(|one| one.name.as_str()));
    }
    match names.is_empty() {
        true => line.leader_name.clone().unwrap_or_default(),
        false => names.join("; "),
    }
}

fn symbol(line: &InLine) -> String {
    let parts = [line.number.as_deref(), line.notation.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join("/")
}

fn issued(speech: &Speech, line: &InLine) -> String {
    match line.issued_on {
        Some(day) => speech.date(day),
        None => line.issued_text.clone().unwrap_or_default(),
    }
}

fn of_type(kind: &str, subject: Option<&str>) -> String {
    match (kind.is_empty(), subject.unwrap_or_default()) {
        (_, "") => kind.to_owned(),
        (true, subject) => subject.to_owned(),
        (false, subject) => format!("{kind}: {subject}"),
    }
}

fn day(speech: &Speech, at: Option<Timestamp>) -> String {
    at.map(|at| speech.date(local(at).date())).unwrap_or_default()
}

/// A number without a document says why there is none.
fn note(speech: &Speech, (state, reason): (NumberState, &str), other: &str) -> String {
    let mut parts = Vec::new();
    if state != NumberState::Used {
        parts.push(speech.t(state.word()));
    }
    parts.extend([reason, other].into_iter().filter(|one| !one.is_empty()).map(str::to_owned));
    parts.join(": ")
}

/// The month of a day.
pub(crate) fn month_of(today: Date) -> (Date, Date) {
    (today.first_of_month(), today.last_of_month())
}
