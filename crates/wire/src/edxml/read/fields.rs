//! Taking the children of an element by their names.

use super::super::remark::{Remark, RemarkKind};
use super::super::tree::{Node, Whose};
use super::{Fault, Reason};

/// The children of one element, whatever their order. What nobody took is remarked upon.
pub(super) struct Fields<'n, 'r> {
    node: Option<&'n Node>,
    path: String,
    taken: Vec<&'static str>,
    pub remarks: &'r mut Vec<Remark>,
}

impl<'n, 'r> Fields<'n, 'r> {
    /// An element that is not there has no children.
    pub fn of(
        node: Option<&'n Node>,
        path: impl Into<String>,
        remarks: &'r mut Vec<Remark>,
    ) -> Fields<'n, 'r> {
        Fields { node, path: path.into(), taken: Vec::new(), remarks }
    }

    pub fn inside(&mut self, node: Option<&'n Node>, step: &str) -> Fields<'n, '_> {
        let path = format!("{}/{step}", self.path);
        Fields { node, path, taken: Vec::new(), remarks: self.remarks }
    }

    pub fn all(&mut self, name: &'static str) -> Vec<&'n Node> {
        self.taken.push(name);
        self.node.map(|node| node.all(name).collect()).unwrap_or_default()
    }

    /// The only one of this name.
    pub fn one(&mut self, name: &'static str) -> Result<Option<&'n Node>, Fault> {
        match self.all(name).as_slice() {
            [] => Ok(None),
            [only] => Ok(Some(only)),
            [_, again, ..] => {
                let reason = Reason::Repeated { element: format!("{}/{name}", self.path) };
                Err(Fault { place: again.place, reason })
            }
        }
    }

    pub fn needed(&mut self, name: &'static str) -> Result<&'n Node, Fault> {
        let place = self.node.map(|node| node.place).unwrap_or_default();
        let fault = Fault { place, reason: Reason::Missing { element: name } };
        self.one(name)?.ok_or(fault)
    }

    /// Empty when it is not there.
    pub fn text(&mut self, name: &'static str) -> Result<String, Fault> {
        self.one(name)?.map_or(Ok(String::new()), leaf)
    }

    pub fn texts(&mut self, name: &'static str) -> Result<Vec<String>, Fault> {
        self.all(name).into_iter().map(leaf).collect()
    }

    pub fn flag(&mut self, name: &'static str) -> Result<Option<bool>, Fault> {
        let text = self.text(name)?;
        Ok(match text.as_str() {
            "" => None,
            "0" | "false" => Some(false),
            "1" | "true" => Some(true),
            _ => {
                self.remark(name, RemarkKind::NotFlag);
                None
            }
        })
    }

    /// Of a child.
    pub fn remark(&mut self, name: &str, kind: RemarkKind) {
        let child = self.node.and_then(|node| node.all(name).next());
        let place = child.map(|child| child.place);
        let field = format!("{}/{name}", self.path);
        self.remarks.push(Remark { field, place, kind });
    }

    /// What was not taken is not known.
    pub fn end(self) {
        let Some(node) = self.node else { return };
        for child in &node.children {
            if child.whose == Whose::Packet && self.taken.contains(&child.name.as_str()) {
                continue;
            }
            let name: String = child.name.chars().take(100).collect();
            let field = format!("{}/{name}", self.path);
            let place = Some(child.place);
            self.remarks.push(Remark { field, place, kind: RemarkKind::Unknown });
        }
    }
}

/// The text of an element that has only text.
pub(super) fn leaf(node: &Node) -> Result<String, Fault> {
    match node.children.first() {
        None => Ok(node.trimmed().to_owned()),
        Some(child) => {
            let reason = Reason::NotText { element: node.name.clone() };
            Err(Fault { place: child.place, reason })
        }
    }
}
