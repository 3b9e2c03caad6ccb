//! What a person has answered so far: path → text exactly as typed, right or wrong. Nothing is
//! thrown away when a page is no longer asked; it is only not handed in.

use std::collections::{BTreeMap, BTreeSet};

use platform::web::form;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::definition::Definition;
use super::field::{Group, Kind};
use super::step::Step;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    texts: BTreeMap<String, String>,
    /// Paths whose text came from the account and was not changed since.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    known: BTreeSet<String>,
}

/// One file given for a file field. The file itself lives with the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub id: Uuid,
    pub name: String,
    pub media: String,
    pub size_bytes: u64,
    pub sha256: String,
    /// Taken from the person's wallet instead of uploaded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reused: bool,
}

pub const YES: &str = "yes";
pub const NO: &str = "no";

impl Answers {
    /// The text at a path; empty where there is none.
    pub fn get(&self, path: &str) -> &str {
        self.texts.get(path).map_or("", String::as_str)
    }

    /// Whether this was ever answered, even with an empty text.
    pub fn has(&self, path: &str) -> bool {
        self.texts.contains_key(path)
    }

    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// U+0000 is dropped: no database keeps it in a text.
    pub fn set(&mut self, path: &str, text: &str) {
        let text = text.replace('\0', "");
        if self.get(path) != text {
            self.known.remove(path);
        }
        self.texts.insert(path.to_owned(), text);
    }

    /// Takes what a step's form posted. Names the step does not ask for are ignored; a box that
    /// was not ticked is not posted, so its absence is its answer.
    pub fn take(&mut self, definition: &Definition, step: Step, posted: &form::Answers) {
        let Some(page) = step.page().and_then(|page| definition.pages().get(page)) else { return };
        let group = page.group.and_then(|group| definition.groups().get(group));
        if let (Step::List(_), Some(group)) = (step, group) {
            let more = more_path(group);
            self.set(&more, posted.get(&more));
            return;
        }
        if let (Step::Item(_, item), Some(group)) = (step, group) {
            self.grow(group, item + 1);
        }
        for field in page.fields.iter().filter_map(|field| definition.fields().get(*field)) {
            let path = field.path(definition.groups(), step.item());
            if field.kind == Kind::Files {
                // Files come on their own way; that the page was answered is noted.
                self.texts.entry(path).or_default();
                continue;
            }
            if field.kind == Kind::Choices {
                self.set(&path, &chosen_text(posted.all(&path)));
                continue;
            }
            for input in field.inputs(&path) {
                let unticked = field.kind == Kind::Tick || !self.has(&input);
                if posted.has(&input) || unticked {
                    self.set(&input, posted.get(&input));
                }
            }
        }
    }

    /// The choices made at a path, in the order they came.
    pub fn chosen(&self, path: &str) -> Vec<&str> {
        self.get(path).lines().filter(|line| !line.is_empty()).collect()
    }

    /// How many items a repeated group has now.
    pub fn items(&self, group: &Group) -> usize {
        self.get(&group.name).parse().unwrap_or(0).min(group.items_max)
    }

    pub(super) fn grow(&mut self, group: &Group, items: usize) {
        let items = items.min(group.items_max);
        if items > self.items(group) {
            self.texts.insert(group.name.clone(), items.to_string());
            // One more item: whether there are others is a new question.
            self.texts.remove(&more_path(group));
        }
    }

    /// "Is there another?" as answered: yes, no, or not yet.
    pub fn more(&self, group: &Group) -> Option<bool> {
        match self.get(&more_path(group)) {
            YES => Some(true),
            NO => Some(false),
            _ => None,
        }
    }

    /// Takes an item out of a group; the later ones move up.
    pub fn remove_item(&mut self, group: &Group, item: usize) {
        let items = self.items(group);
        if item >= items {
            return;
        }
        let prefix = format!("{}.", group.name);
        let moved = |path: &str| -> Option<String> {
            let Some((number, rest)) = path.strip_prefix(&prefix).and_then(|it| it.split_once('.'))
            else {
                return Some(path.to_owned());
            };
            match number.parse::<usize>() {
                Ok(number) if number == item => None,
                Ok(number) if number > item => Some(format!("{prefix}{}.{rest}", number - 1)),
                _ => Some(path.to_owned()),
            }
        };
        let texts = std::mem::take(&mut self.texts);
        self.texts =
            texts.into_iter().filter_map(|(path, text)| Some((moved(&path)?, text))).collect();
        self.known = self.known.iter().filter_map(|path| moved(path)).collect();
        self.texts.insert(group.name.clone(), (items - 1).to_string());
        self.texts.remove(&more_path(group));
    }

    /// The files given for a field.
    pub fn attachments(&self, path: &str) -> Vec<Attachment> {
        serde_json::from_str(self.get(path)).unwrap_or_default()
    }

    pub fn attach(&mut self, path: &str, attachment: Attachment) {
        let mut attachments = self.attachments(path);
        attachments.retain(|known| known.id != attachment.id);
        attachments.push(attachment);
        self.set_attachments(path, &attachments);
    }

    pub fn detach(&mut self, path: &str, id: Uuid) {
        let mut attachments = self.attachments(path);
        attachments.retain(|known| known.id != id);
        self.set_attachments(path, &attachments);
    }

    pub(super) fn set_attachments(&mut self, path: &str, attachments: &[Attachment]) {
        let text = match attachments {
            [] => String::new(),
            // Plain texts and numbers always have a JSON form.
            some => serde_json::to_string(some).unwrap_or_default(),
        };
        self.set(path, &text);
    }

    /// Whether the account answered this, and nobody changed it.
    pub fn is_known(&self, path: &str) -> bool {
        self.known.contains(path)
    }

    pub(super) fn set_known(&mut self, path: &str, text: &str) {
        self.set(path, text);
        self.known.insert(path.to_owned());
    }

    /// Forgets what only the account had said.
    pub(super) fn forget_known(&mut self, path: &str) {
        if self.known.remove(path) {
            self.texts.remove(path);
        }
    }
}

/// Where the answer to "Is there another?" lives.
pub fn more_path(group: &Group) -> String {
    format!("{}.more", group.name)
}

/// Several choices as one text; each once.
pub(super) fn chosen_text<'a>(chosen: impl IntoIterator<Item = &'a str>) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for choice in chosen {
        if !choice.is_empty() && !lines.contains(&choice) {
            lines.push(choice);
        }
    }
    lines.join("\n")
}
