//! A step of a form as a person walks it, and how it is written in an address.

use super::definition::Definition;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A page, by its place in the form.
    Page(usize),
    /// An item of the repeated group on this page.
    Item(usize, usize),
    /// The list of that group's items, with "add another"; at the first of its pages.
    List(usize),
    /// Check the answers, then hand in.
    Check,
}

impl Step {
    /// `child-name`, `members.0`, `members`, `check`.
    pub fn address(self, definition: &Definition) -> String {
        let id = |page: usize| definition.pages().get(page).map_or("", |page| page.id.as_str());
        match self {
            Step::Page(page) | Step::List(page) => id(page).to_owned(),
            Step::Item(page, item) => format!("{}.{item}", id(page)),
            Step::Check => "check".to_owned(),
        }
    }

    /// Reads an address; none for what the form does not have.
    pub fn find(definition: &Definition, address: &str) -> Option<Step> {
        if address == "check" {
            return Some(Step::Check);
        }
        let (id, item) = match address.split_once('.') {
            Some((id, item)) => (id, Some(item.parse::<usize>().ok()?)),
            None => (address, None),
        };
        let number = definition.pages().iter().position(|page| page.id == id)?;
        let is_first = definition.pages_of_group(number).first() == Some(&number);
        let group = definition.pages().get(number)?.group;
        match (group.and_then(|group| definition.groups().get(group)), item) {
            (None, None) => Some(Step::Page(number)),
            (Some(_), None) if is_first => Some(Step::List(number)),
            (Some(group), Some(item)) if item < group.items_max => Some(Step::Item(number, item)),
            _ => None,
        }
    }

    pub fn page(self) -> Option<usize> {
        match self {
            Step::Page(page) | Step::Item(page, _) | Step::List(page) => Some(page),
            Step::Check => None,
        }
    }

    pub fn item(self) -> Option<usize> {
        match self {
            Step::Item(_, item) => Some(item),
            _ => None,
        }
    }
}
