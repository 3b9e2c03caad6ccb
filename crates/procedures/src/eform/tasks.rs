//! The task list of a form: its sections, and how far each is.

use platform::words::Locale;

use super::flow::Flow;
use super::step::Step;

#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// The id of the section.
    pub section: String,
    pub title: String,
    pub state: TaskState,
    /// Where its link leads: the first step that needs something, else its first.
    pub step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    /// Another section comes first.
    CannotStart,
    NotStarted,
    InProgress,
    Done,
    /// Something answered in it is wrong, or the form cannot go on.
    Problem,
}

impl TaskState {
    pub fn as_str(self) -> &'static str {
        match self {
            TaskState::CannotStart => "cannot-start",
            TaskState::NotStarted => "not-started",
            TaskState::InProgress => "in-progress",
            TaskState::Done => "done",
            TaskState::Problem => "problem",
        }
    }
}

impl Flow<'_> {
    /// The sections that have something to ask with these answers, in order.
    pub fn tasks(&self, locale: Locale) -> Vec<Task> {
        let titles = &self.definition.words(locale).sections;
        let mut tasks = Vec::new();
        for (number, section) in self.definition.sections().iter().enumerate() {
            let steps = self.steps_of(number);
            let Some(first) = steps.first().copied() else { continue };
            let open = steps.iter().copied().find(|step| !self.is_done(*step));
            tasks.push(Task {
                section: section.id.clone(),
                title: titles.get(number).cloned().unwrap_or_default(),
                state: self.task_state(number),
                step: open.unwrap_or(first),
            });
        }
        tasks
    }

    fn task_state(&self, section: usize) -> TaskState {
        let steps = self.steps_of(section);
        let ends_here = self.stop().is_some_and(|page| page.section == section);
        let wrong = |step: &Step| self.faults_on(*step).iter().any(|it| !it.kind.is_missing());
        let waits = self.definition.sections().get(section).is_some_and(|section| {
            section.after.iter().any(|earlier| !self.is_section_done(*earlier))
        });
        let visited = |step: &Step| self.is_visited(*step) && !self.is_settled(*step);
        if ends_here || steps.iter().any(|step| self.is_visited(*step) && wrong(step)) {
            TaskState::Problem
        } else if self.is_section_done(section) {
            TaskState::Done
        } else if steps.iter().any(visited) {
            TaskState::InProgress
        } else if waits {
            TaskState::CannotStart
        } else {
            TaskState::NotStarted
        }
    }

    fn is_section_done(&self, section: usize) -> bool {
        self.steps_of(section).iter().all(|step| self.is_done(*step))
    }

    fn steps_of(&self, section: usize) -> Vec<Step> {
        let inside = |step: &&Step| self.page(**step).is_some_and(|page| page.section == section);
        self.steps().iter().filter(inside).copied().collect()
    }
}
