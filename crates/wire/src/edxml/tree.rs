//! The small parts of a packet, held as they were written until they can be understood.

use crate::xml::push::Place;

/// An element with its text and what is in it.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub name: String,
    pub whose: Whose,
    pub place: Place,
    /// All its own text.
    pub text: String,
    pub children: Vec<Node>,
    /// `xlink:href` of references that other kits write.
    pub href: Option<String>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// In the namespace of packets.
    Packet,
    /// In that of XML signatures.
    Signature,
    #[default]
    Other,
}

impl Node {
    /// One of the packet, with nothing in it.
    pub fn named(name: &str, place: Place) -> Node {
        Node { name: name.to_owned(), whose: Whose::Packet, place, ..Node::default() }
    }

    pub fn is(&self, name: &str) -> bool {
        self.whose == Whose::Packet && self.name == name
    }

    /// The children of this name.
    pub fn all<'n, 'a>(&'n self, name: &'a str) -> impl Iterator<Item = &'n Node> + use<'n, 'a> {
        self.children.iter().filter(move |child| child.is(name))
    }

    /// Without the white space around it.
    pub fn trimmed(&self) -> &str {
        self.text.trim_matches([' ', '\t', '\r', '\n'])
    }

    /// The element at a path of names, `To[2]` being the second.
    pub fn at<'n>(&'n self, path: &str) -> Option<&'n Node> {
        path.split('/').try_fold(self, |here, step| {
            let (name, number) = match step.strip_suffix(']').and_then(|it| it.split_once('[')) {
                Some((name, number)) => (name, number.parse::<usize>().ok()?),
                None => (step, 1),
            };
            here.all(name).nth(number.checked_sub(1)?)
        })
    }
}
