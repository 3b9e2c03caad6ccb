//! Tokens → the small parts of the packet, and the content of the attachments.

use super::super::NAMESPACE;
use super::super::tree::{Node, Whose};
use super::attachment::{Arriving, Attachment, conclude};
use super::seal::Sealer;
use super::{Event, Fault, Limits, Reason};
use crate::xml::push::{Place, Tag};
use crate::xml::signature::DSIG;

/// What a token was good for.
pub(super) enum Step {
    On,
    /// [`Builder::bytes`] has something.
    Bytes,
    /// [`Builder::attachment`] has something.
    Ended,
}

pub(super) struct Builder {
    limits: Limits,
    /// What is open, the root first.
    stack: Vec<Node>,
    /// The content of the attachment that is open.
    arriving: Option<Arriving>,
    held_bytes: usize,
    /// The attachment that has just ended.
    ended: Option<Node>,
    /// The root, when it has ended.
    pub parts: Node,
    pub sealer: Sealer,
    pub attachments: Vec<Attachment>,
    pub trace_end: Option<u64>,
}

impl Builder {
    pub fn new(limits: Limits) -> Builder {
        Builder {
            limits,
            stack: Vec::new(),
            arriving: None,
            held_bytes: 0,
            ended: None,
            parts: Node::default(),
            sealer: Sealer::default(),
            attachments: Vec::new(),
            trace_end: None,
        }
    }

    pub fn start(&mut self, tag: Tag<'_>) -> Result<(), Reason> {
        let whose = match tag.namespace() {
            NAMESPACE => Whose::Packet,
            DSIG => Whose::Signature,
            _ => Whose::Other,
        };
        match self.stack.as_slice() {
            [] => is_root(tag)?,
            [.., content] if self.in_content() => {
                return Err(Reason::NotText { element: content.name.clone() });
            }
            [above @ .., attachment] => {
                let is_content = whose == Whose::Packet && tag.name() == "ContentTransferEncoded";
                if is_content && is_attachment(above, attachment) {
                    self.arrive()?;
                }
            }
        }
        let ids_bytes = self.sealer.start(tag, &self.stack);
        let name = tag.name().to_owned();
        let mut href = tag.attributes().filter(|(_, name, _)| name.ends_with(":href"));
        let href = href.next().map(|(_, _, value)| value.to_owned());
        self.hold(name.len() + ids_bytes + href.as_ref().map_or(0, String::len))?;
        self.stack.push(Node { name, whose, href, place: tag.place(), ..Node::default() });
        Ok(())
    }

    pub fn text(&mut self, text: &str) -> Result<Step, Reason> {
        self.sealer.text(text);
        if self.in_content()
            && let Some(arriving) = &mut self.arriving
        {
            return Ok(if arriving.push(text)? { Step::Bytes } else { Step::On });
        }
        let Some(node) = self.stack.last_mut() else { return Ok(Step::On) };
        // What only indents is not held.
        let blank = |text: &str| text.bytes().all(crate::xml::scan::is_space);
        if node.text.is_empty() && blank(text) {
            return Ok(Step::On);
        }
        node.text.push_str(text);
        self.hold(text.len()).map(|()| Step::On)
    }

    /// `place` is that of the end tag.
    pub fn end(&mut self, place: Place) -> Result<Step, Reason> {
        self.sealer.end();
        let was_content = self.in_content();
        let Some(node) = self.stack.pop() else { return Ok(Step::On) };
        if was_content {
            let whole = self.arriving.as_ref().is_none_or(Arriving::is_whole);
            return if whole { Ok(Step::On) } else { Err(Reason::Base64) };
        }
        if is_attachment(&self.stack, &node) {
            self.ended = Some(node);
            return Ok(Step::Ended);
        }
        if node.is("TraceHeaderList") && self.stack.len() == 3 {
            // `<TraceHeaderList/>` has no end tag.
            self.trace_end = Some(place.offset).filter(|_| place != node.place);
        }
        match self.stack.last_mut() {
            Some(parent) => parent.children.push(node),
            None => self.parts = node,
        }
        Ok(Step::On)
    }

    pub fn bytes(&self) -> Event<'_> {
        let bytes = self.arriving.as_ref().map(Arriving::bytes).unwrap_or_default();
        Event::Bytes { attachment: self.attachments.len(), bytes }
    }

    /// The attachment that has just ended.
    pub fn attachment(&mut self) -> Result<Event<'_>, Fault> {
        let node = self.ended.take().unwrap_or_default();
        let fault = |reason| Fault { place: node.place, reason };
        let missing = Reason::Missing { element: "ContentTransferEncoded" };
        let arrived = self.arriving.take().ok_or(fault(missing))?;
        let limit = self.limits.attachments;
        let index = self.attachments.len();
        if index >= limit {
            return Err(fault(Reason::TooManyAttachments { limit }));
        }
        let read = conclude(&node, index + 1, arrived).map_err(fault)?;
        self.attachments.push(read);
        let read =
            self.attachments.last().ok_or(fault(Reason::Missing { element: "Attachment" }))?;
        Ok(Event::Attachment { attachment: index, read })
    }

    fn arrive(&mut self) -> Result<(), Reason> {
        if self.arriving.is_some() {
            return Err(Reason::Repeated { element: "ContentTransferEncoded".to_owned() });
        }
        self.arriving = Some(Arriving::new(self.limits.unwrap));
        Ok(())
    }

    /// Whether what is open is the content of an attachment.
    fn in_content(&self) -> bool {
        match self.stack.as_slice() {
            [above @ .., attachment, content] => {
                content.is("ContentTransferEncoded") && is_attachment(above, attachment)
            }
            _ => false,
        }
    }

    fn hold(&mut self, bytes: usize) -> Result<(), Reason> {
        self.held_bytes += bytes;
        let limit_bytes = self.limits.held_bytes;
        match self.held_bytes > limit_bytes {
            true => Err(Reason::TooMuchHeld { limit_bytes }),
            false => Ok(()),
        }
    }
}

fn is_root(tag: Tag<'_>) -> Result<(), Reason> {
    let shown = |text: &str| text.chars().take(200).collect();
    match (tag.namespace(), tag.name()) {
        (NAMESPACE, "edXML") => Ok(()),
        (_, "edXML") => Err(Reason::Namespace { found: shown(tag.namespace()) }),
        _ => Err(Reason::Root { found: shown(tag.qualified_name()) }),
    }
}

/// `AttachmentEncoded/Attachment`, beside the envelope or, as some write it, in it.
fn is_attachment(above: &[Node], node: &Node) -> bool {
    node.is("Attachment")
        && match above {
            [_, list] => list.is("AttachmentEncoded"),
            [_, envelope, list] => envelope.is("edXMLEnvelope") && list.is("AttachmentEncoded"),
            _ => false,
        }
}
