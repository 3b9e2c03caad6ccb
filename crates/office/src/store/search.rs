//! Looking for documents by their fields and by the words in them.
//!
//! What is asked of the document itself is always as it stands now; words are found as soon as they
//! were taken down. A question with a rare word begins at that word, all others at the newest
//! document: neither reads more than a page needs, or than one word has documents.

use organisations::UnitId;
use platform::clock::instant;
use platform::store::{StoreError, ToArg, Tx};
use uuid::Uuid;

use crate::document::Direction;
use crate::search::{Question, WORDS_MAX, Wish};
use crate::store::full_text;

pub const INCOMING: &str = "SELECT i.id
    FROM office_incoming i
    WHERE i.unit = $1
      AND i.id < $2
      AND ($3 OR i.leader = $4 OR EXISTS (SELECT 1 FROM office_task t
        WHERE t.incoming = i.id AND t.account = $4 AND t.state <> 'called-off'))
      AND (CAST($5 AS TEXT) IS NULL OR i.state = $5)
      AND (CAST($6 AS TEXT) IS NULL OR i.urgency = $6)
      AND ($7 OR i.book = $8)
      AND i.arrived_at >= $9 AND i.arrived_at < $10
      AND ($11 OR EXISTS (SELECT 1 FROM office_task h
        WHERE h.incoming = i.id AND h.account = $12 AND h.state <> 'called-off'))
      AND $13 = (SELECT COUNT(DISTINCT w.word) FROM office_word w
        WHERE w.unit = i.unit AND w.document = i.id
          AND w.word IN ($14, $15, $16, $17, $18, $19, $20, $21, $22, $23))
      AND (CAST($24 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM office_text p
        WHERE p.document = i.id AND p.folded LIKE $24))
      AND (CAST($25 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM office_text q
        WHERE q.document = i.id AND q.folded LIKE $25))
    ORDER BY i.id DESC LIMIT $26";
/// The same, from the few documents that have the rarest word.
pub const INCOMING_FROM_WORD: &str = "SELECT i.id
    FROM (SELECT DISTINCT document FROM office_word WHERE unit = $1 AND word = $14) f
    JOIN office_incoming i ON i.id = f.document
    WHERE i.unit = $1
      AND i.id < $2
      AND ($3 OR i.leader = $4 OR EXISTS (SELECT 1 FROM office_task t
        WHERE t.incoming = i.id AND t.account = $4 AND t.state <> 'called-off'))
      AND (CAST($5 AS TEXT) IS NULL OR i.state = $5)
      AND (CAST($6 AS TEXT) IS NULL OR i.urgency = $6)
      AND ($7 OR i.book = $8)
      AND i.arrived_at >= $9 AND i.arrived_at < $10
      AND ($11 OR EXISTS (SELECT 1 FROM office_task h
        WHERE h.incoming = i.id AND h.account = $12 AND h.state <> 'called-off'))
      AND $13 = (SELECT COUNT(DISTINCT w.word) FROM office_word w
        WHERE w.unit = i.unit AND w.document = i.id
          AND w.word IN ($14, $15, $16, $17, $18, $19, $20, $21, $22, $23))
      AND (CAST($24 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM office_text p
        WHERE p.document = i.id AND p.folded LIKE $24))
      AND (CAST($25 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM office_text q
        WHERE q.document = i.id AND q.folded LIKE $25))
    ORDER BY i.id DESC LIMIT $26";
pub const OUTGOING: &str = "SELECT o.id
    FROM office_outgoing o
    WHERE o.unit = $1
      AND o.id < $2
      AND ($3 OR o.author = $4 OR o.signer = $4
        OR EXISTS (SELECT 1 FROM office_initial t WHERE t.outgoing = o.id AND t.account = $4)
        OR EXISTS (SELECT 1 FROM office_opinion v WHERE v.outgoing = o.id AND v.account = $4)
        OR EXISTS (SELECT 1 FROM office_recipient r
          WHERE r.outgoing = o.id AND r.account = $4 AND o.state = 'issued'))
      AND (CAST($5 AS TEXT) IS NULL OR o.state = $5)
      AND (CAST($6 AS TEXT) IS NULL OR o.urgency = $6)
      AND ($7 OR o.book = $8)
      AND COALESCE(o.issued_at, o.made_at) >= $9 AND COALESCE(o.issued_at, o.made_at) < $10
      AND ($11 OR o.author = $12 OR o.signer = $12
        OR EXISTS (SELECT 1 FROM office_initial h WHERE h.outgoing = o.id AND h.account = $12))
      AND $13 = (SELECT COUNT(DISTINCT w.word) FROM office_word w
        WHERE w.unit = o.unit AND w.document = o.id
          AND w.word IN ($14, $15, $16, $17, $18, $19, $20, $21, $22, $23))
      AND (CAST($24 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM office_text p
        WHERE p.document = o.id AND p.folded LIKE $24))
      AND (CAST($25 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM office_text q
        WHERE q.document = o.id AND q.folded LIKE $25))
    ORDER BY o.id DESC LIMIT $26";
pub const OUTGOING_FROM_WORD: &str = "SELECT o.id
    FROM (SELECT DISTINCT document FROM office_word WHERE unit = $1 AND word = $14) f
    JOIN office_outgoing o ON o.id = f.document
    WHERE o.unit = $1
      AND o.id < $2
      AND ($3 OR o.author = $4 OR o.signer = $4
        OR EXISTS (SELECT 1 FROM office_initial t WHERE t.outgoing = o.id AND t.account = $4)
        OR EXISTS (SELECT 1 FROM office_opinion v WHERE v.outgoing = o.id AND v.account = $4)
        OR EXISTS (SELECT 1 FROM office_recipient r
          WHERE r.outgoing = o.id AND r.account = $4 AND o.state = 'issued'))
      AND (CAST($5 AS TEXT) IS NULL OR o.state = $5)
      AND (CAST($6 AS TEXT) IS NULL OR o.urgency = $6)
      AND ($7 OR o.book = $8)
      AND COALESCE(o.issued_at, o.made_at) >= $9 AND COALESCE(o.issued_at, o.made_at) < $10
      AND ($11 OR o.author = $12 OR o.signer = $12
        OR EXISTS (SELECT 1 FROM office_initial h WHERE h.outgoing = o.id AND h.account = $12))
      AND $13 = (SELECT COUNT(DISTINCT w.word) FROM office_word w
        WHERE w.unit = o.unit AND w.document = o.id
          AND w.word IN ($14, $15, $16, $17, $18, $19, $20, $21, $22, $23))
      AND (CAST($24 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM office_text p
        WHERE p.document = o.id AND p.folded LIKE $24))
      AND (CAST($25 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM office_text q
        WHERE q.document = o.id AND q.folded LIKE $25))
    ORDER BY o.id DESC LIMIT $26";

/// A word that occurs in no more documents is where a question begins.
const RARE_MAX: i64 = 2_000;

/// Whose documents, and which part of them.
#[derive(Debug, Clone, Copy)]
pub struct Among {
    pub unit: UnitId,
    /// All of the unit, or those in which the account has a part.
    pub all: bool,
    pub account: Uuid,
    /// Below this one; the highest id for the first page.
    pub before: Uuid,
    pub limit: i64,
}

/// The newest first.
pub fn find(
    tx: &mut Tx,
    among: &Among,
    direction: Direction,
    wish: &Wish,
) -> Result<Vec<Uuid>, StoreError> {
    if !wish.covers(direction) {
        return Ok(Vec::new());
    }
    let mut question = wish.question();
    let is_rare = rarest_first(tx, among.unit, &mut question)?;
    let Among { unit, all, account, before, limit } = *among;
    let (from, to) = span(wish);
    let (any_book, book) = (wish.book.is_none(), wish.book.unwrap_or_default());
    let (anybody, handler) = (wish.handler.is_none(), wish.handler.unwrap_or_default());
    let (state, urgency) = (wish.state_code(), wish.urgency);
    let count = i64::try_from(question.words.len()).unwrap_or(i64::MAX);
    let words: Vec<Option<&String>> = (0..WORDS_MAX).map(|at| question.words.get(at)).collect();
    let phrases: Vec<Option<String>> =
        (0..2).map(|at| question.phrases.get(at).map(|one| format!("% {one} %"))).collect();
    let mut args: Vec<&(dyn ToArg + Sync)> = vec![
        &unit, &before, &all, &account, &state, &urgency, &any_book, &book, &from, &to, &anybody,
        &handler, &count,
    ];
    args.extend(words.iter().map(|word| word as &(dyn ToArg + Sync)));
    args.extend(phrases.iter().map(|phrase| phrase as &(dyn ToArg + Sync)));
    args.push(&limit);
    let sql = match (direction, is_rare) {
        (Direction::In, true) => INCOMING_FROM_WORD,
        (Direction::In, false) => INCOMING,
        (Direction::Out, true) => OUTGOING_FROM_WORD,
        (Direction::Out, false) => OUTGOING,
    };
    let found: Vec<(Uuid,)> = tx.all(sql, &args)?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Puts the word that occurs least in front; whether it is rare.
fn rarest_first(tx: &mut Tx, unit: UnitId, question: &mut Question) -> Result<bool, StoreError> {
    let mut rarest = (0, RARE_MAX);
    for (place, word) in question.words.iter().enumerate() {
        let count = full_text::frequency(tx, unit, word, rarest.1)?;
        if count < rarest.1 {
            rarest = (place, count);
        }
        if count == 0 {
            break;
        }
    }
    if rarest.1 < RARE_MAX {
        question.words.swap(0, rarest.0);
    }
    Ok(rarest.1 < RARE_MAX)
}

/// From the first moment of the first day to that behind the last.
fn span(wish: &Wish) -> (jiff::Timestamp, jiff::Timestamp) {
    let midnight = jiff::civil::Time::midnight();
    let (first, last) = wish.days();
    let from = first.map(|day| instant(day.to_datetime(midnight)));
    let behind = last.and_then(|day| day.tomorrow().ok());
    let to = behind.map(|day| instant(day.to_datetime(midnight)));
    (from.unwrap_or(jiff::Timestamp::MIN), to.unwrap_or(jiff::Timestamp::MAX))
}
