//! Many units at once, from a sheet: streamed, each line by itself, safe to send again.
//!
//! Each line is first planned against the catalogue as it would be by then; that is the whole of a
//! preview. Applied, some hundred planned lines make one unit of work, in which every line is
//! judged once more by the rules of the single commands. A line that is refused is reported and
//! harms no other.

mod apply;
mod plan;

use std::io::Read;
use std::sync::Arc;

use platform::Ctx;

use super::Pen;
use crate::mandate::Mandate;
use crate::refusal::Refusal;
use crate::sheet::{Line, ROWS_MAX, RowFault, Sheet, SheetRow};
use crate::store;

use apply::Applied;
use plan::{Planner, Step};

/// Lines in one unit of work: a longer one would make others wait.
const LINES_TOGETHER: usize = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportMode {
    /// Says what would happen, and changes nothing.
    Preview,
    Apply,
}

/// What became of each line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    pub read: usize,
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub refused: Vec<RowRefused>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RowRefused {
    pub line: u64,
    /// As written in the sheet.
    pub code: String,
    pub why: Refusal,
}

/// A line on its way: understood, and planned or waiting for a line further down.
struct Waiting {
    line: u64,
    row: SheetRow,
}

/// Reads a sheet into the mandate's part of the catalogue.
pub async fn import<R: Read>(
    ctx: &Ctx,
    mandate: &Mandate,
    source: R,
    mode: ImportMode,
) -> Result<Report, Refusal> {
    let mut sheet = Sheet::open(source)?;
    let mut run = Run::begin(ctx, mandate, mode).await?;
    for line in &mut sheet {
        run.take(line?)?;
        if run.planned.len() >= LINES_TOGETHER {
            run.flush().await?;
        }
    }
    run.finish().await
}

struct Run<'a> {
    ctx: &'a Ctx,
    mandate: Mandate,
    mode: ImportMode,
    planner: Planner,
    report: Report,
    planned: Vec<(u64, Step)>,
    /// Lines that name a unit which no line has brought yet.
    later: Vec<Waiting>,
}

impl<'a> Run<'a> {
    async fn begin(ctx: &'a Ctx, mandate: &Mandate, mode: ImportMode) -> Result<Run<'a>, Refusal> {
        let (pen, over) = (Pen::of(ctx), mandate.over);
        let planner = ctx.store.read(move |tx| Planner::load(tx, &pen, over)).await?;
        Ok(Run {
            ctx,
            mandate: mandate.clone(),
            mode,
            planner,
            report: Report::default(),
            planned: Vec::new(),
            later: Vec::new(),
        })
    }

    fn take(&mut self, line: Line) -> Result<(), Refusal> {
        self.report.read += 1;
        if self.report.read > ROWS_MAX {
            return Err(Refusal::SheetTooLong { limit: ROWS_MAX });
        }
        let number = line.number;
        match line.row.and_then(|row| self.planner.first_of_its_code(number, row)) {
            Ok(row) => self.plan(Waiting { line: number, row }, true),
            Err(why) => self.refuse(number, line.code, why),
        }
        Ok(())
    }

    fn plan(&mut self, waiting: Waiting, patient: bool) {
        match self.planner.plan(&waiting.row) {
            Ok(Step::Nothing) => self.report.unchanged += 1,
            Ok(step) => self.planned.push((waiting.line, step)),
            Err(why) if patient && may_pass(&why) => self.later.push(waiting),
            Err(why) => self.refuse(waiting.line, waiting.row.code.to_string(), why),
        }
    }

    /// Lines that waited are planned again as long as that brings any of them further; then the
    /// rest is refused, each with its own reason.
    async fn finish(mut self) -> Result<Report, Refusal> {
        loop {
            let waiting = std::mem::take(&mut self.later);
            let before = waiting.len();
            for line in waiting {
                self.plan(line, true);
            }
            self.flush().await?;
            if self.later.len() == before || self.later.is_empty() {
                break;
            }
        }
        for line in std::mem::take(&mut self.later) {
            self.plan(line, false);
        }
        self.flush().await?;
        self.report.refused.sort_by_key(|refused| refused.line);
        Ok(self.report)
    }

    async fn flush(&mut self) -> Result<(), Refusal> {
        let steps = Arc::new(std::mem::take(&mut self.planned));
        for (applied, (line, step)) in self.applied(&steps).await?.into_iter().zip(steps.iter()) {
            match applied {
                Applied::New => self.report.new += 1,
                Applied::Changed => self.report.changed += 1,
                Applied::Refused(why) => self.refuse(*line, step.code().to_owned(), why),
            }
        }
        Ok(())
    }

    async fn applied(&self, steps: &Arc<Vec<(u64, Step)>>) -> Result<Vec<Applied>, Refusal> {
        if self.mode == ImportMode::Preview {
            return Ok(steps.iter().map(|(_, step)| apply::expected(step)).collect());
        }
        if steps.is_empty() {
            return Ok(Vec::new());
        }
        let (pen, mandate, steps) = (Pen::of(self.ctx), self.mandate.clone(), Arc::clone(steps));
        self.ctx
            .store
            .write(move |tx| {
                store::hold_tree(tx)?;
                let each = steps.iter().map(|(_, step)| apply::apply(tx, &pen, &mandate, step));
                each.collect::<Result<Vec<_>, Refusal>>()
            })
            .await
    }

    fn refuse(&mut self, line: u64, code: String, why: Refusal) {
        self.report.refused.push(RowRefused { line, code, why });
    }
}

/// Could a line further down make this right?
fn may_pass(why: &Refusal) -> bool {
    matches!(
        why,
        Refusal::NothingAbove { .. }
            | Refusal::NoSuchSuccessor { .. }
            | Refusal::SuccessorNotInForce { .. }
            | Refusal::UnitsBelowInForce { .. }
    )
}

/// The refusal of a line whose code another line had.
fn twice(line: u64) -> Refusal {
    RowFault::CodeTwice { line }.into()
}
