//! The parts of a long piece of work, each with its state: shown first at every return.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Tag;

#[derive(Template, Clone, Debug)]
#[template(path = "pieces/tasks.html")]
pub struct Tasks(pub Vec<Task>);

#[derive(Clone, Debug)]
pub struct Task {
    /// Names the line: its state is tied to its link by it.
    pub id: String,
    pub label: String,
    pub hint: Option<String>,
    /// `None` while it cannot be begun.
    pub path: Option<String>,
    pub state: Tag,
}

impl HtmlSafe for Tasks {}
