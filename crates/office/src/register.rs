//! The registers of an office, line by line, as the decree has their columns. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP app. IV (registers of documents sent and received, follow-up)

use serde::Serialize;

use crate::coded::coded;
use crate::document::Direction;

coded! {
    pub enum Register, "a register" {
        /// Sổ đăng ký văn bản đi.
        Out = "van-ban-di",
        /// Sổ đăng ký văn bản đến.
        In = "van-ban-den",
        /// Sổ theo dõi giải quyết văn bản đến.
        FollowUp = "theo-doi",
    }
}

/// Printed and exported in portions of so many lines.
pub const LINES_MAX: i64 = 1_000;

/// Ten columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OutRow {
    pub number: String,
    pub date: String,
    pub subject: String,
    pub signer: String,
    pub recipients: String,
    pub kept_by: String,
    pub copies: String,
    pub sent_at: String,
    pub receipt: String,
    pub note: String,
}

/// Ten columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct InRow {
    pub arrived_on: String,
    pub number: String,
    pub author: String,
    pub symbol: String,
    pub date: String,
    pub subject: String,
    pub handler: String,
    pub sent_at: String,
    pub receipt: String,
    pub note: String,
}

/// Seven columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FollowUpRow {
    pub number: String,
    pub document: String,
    pub handler: String,
    pub deadline: String,
    pub progress: String,
    pub reply: String,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Row {
    Out(OutRow),
    In(InRow),
    FollowUp(FollowUpRow),
}

impl Register {
    pub fn direction(self) -> Direction {
        match self {
            Register::Out => Direction::Out,
            Register::In | Register::FollowUp => Direction::In,
        }
    }

    /// The key of its name in the words.
    pub fn word(self) -> String {
        format!("office-register-{}", self.code())
    }

    /// The template of the press.
    pub fn template(self) -> &'static str {
        match self {
            Register::Out => "register-out",
            Register::In => "register-in",
            Register::FollowUp => "follow-up",
        }
    }

    /// The keys of the heads of its columns, in order.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Register::Out => &[
                "office-column-symbol",
                "office-column-date",
                "office-column-subject",
                "office-column-signer",
                "office-column-recipients",
                "office-column-kept-by",
                "office-column-copies",
                "office-column-sent-at",
                "office-column-receipt",
                "office-column-note",
            ],
            Register::In => &[
                "office-column-arrived-on",
                "office-column-arrival",
                "office-column-author",
                "office-column-symbol",
                "office-column-date",
                "office-column-subject",
                "office-column-handler",
                "office-column-sent-at",
                "office-column-receipt",
                "office-column-note",
            ],
            Register::FollowUp => &[
                "office-column-arrival",
                "office-column-document",
                "office-column-handler",
                "office-column-deadline",
                "office-column-progress",
                "office-column-reply",
                "office-column-note",
            ],
        }
    }
}

impl Row {
    /// As the columns stand.
    pub fn cells(&self) -> Vec<&str> {
        match self {
            Row::Out(row) => vec![
                &row.number,
                &row.date,
                &row.subject,
                &row.signer,
                &row.recipients,
                &row.kept_by,
                &row.copies,
                &row.sent_at,
                &row.receipt,
                &row.note,
            ],
            Row::In(row) => vec![
                &row.arrived_on,
                &row.number,
                &row.author,
                &row.symbol,
                &row.date,
                &row.subject,
                &row.handler,
                &row.sent_at,
                &row.receipt,
                &row.note,
            ],
            Row::FollowUp(row) => vec![
                &row.number,
                &row.document,
                &row.handler,
                &row.deadline,
                &row.progress,
                &row.reply,
                &row.note,
            ],
        }
    }

    /// Every cell, to be changed.
    pub fn each(&mut self, change: impl Fn(&mut String)) {
        let cells: Vec<&mut String> = match self {
            Row::Out(row) => vec![
                &mut row.number,
                &mut row.date,
                &mut row.subject,
                &mut row.signer,
                &mut row.recipients,
                &mut row.kept_by,
                &mut row.copies,
                &mut row.sent_at,
                &mut row.receipt,
                &mut row.note,
            ],
            Row::In(row) => vec![
                &mut row.arrived_on,
                &mut row.number,
                &mut row.author,
                &mut row.symbol,
                &mut row.date,
                &mut row.subject,
                &mut row.handler,
                &mut row.sent_at,
                &mut row.receipt,
                &mut row.note,
            ],
            Row::FollowUp(row) => vec![
                &mut row.number,
                &mut row.document,
                &mut row.handler,
                &mut row.deadline,
                &mut row.progress,
                &mut row.reply,
                &mut row.note,
            ],
        };
        cells.into_iter().for_each(change);
    }
}
