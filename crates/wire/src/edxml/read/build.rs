//! Tokens → the small parts of the packet, and the content of the attachments.

use super::super::NAMESPACE;
use super::super::tree::{Node, Whose};
use super::attachment::{Arriving, Attachment, conclude};
use super::elsewhere::{self, Data};
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
    /// The content of the attachment that is open, and where it begins.
    arriving: Option<Arriving>,
    content_at: Place,
    /// Of an attachment in an element of its own.
    data: Data,
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
            content_at: Place::default(),
            data: Data::default(),
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
                let is_elsewhere = elsewhere::is_here(above, attachment);
                if is_elsewhere {
                    self.data.child();
                }
                let may_come = !is_elsewhere || matches!(self.data, Data::Children);
                if is_content && may_come && is_attachment(above, attachment) {
                    self.arrive(tag.place())?;
                }
            }
        }
        let ids_bytes = self.sealer.start(tag, &self.stack);
        let name = tag.name().to_owned();
        let mut href = tag.attributes().filter(|(_, name, _)| name.ends_with(":href"));
        let href = href.next().map(|(_, _, value)| value.to_owned());
        self.hold(name.len() + ids_bytes + href.as_ref().map_or(0, String::len))?;
        let node = Node { name, whose, href, place: tag.place(), ..Node::default() };
        if elsewhere::is_here(&self.stack, &node) {
            self.data = Data::default();
        }
        self.stack.push(node);
        Ok(())
    }

    pub fn text(&mut self, text: &str) -> Result<Step, Reason> {
        self.sealer.text(text);
        if self.in_content()
            && let Some(arriving) = &mut self.arriving
        {
            return Ok(if arriving.push(text)? { Step::Bytes } else { Step::On });
        }
        if self.in_data() {
            return self.data_text(text);
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
        let (was_content, was_data) = (self.in_content(), self.in_data());
        let Some(node) = self.stack.pop() else { return Ok(Step::On) };
        if was_data {
            return self.data_end(node);
        }
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
        self.close(node);
        Ok(Step::On)
    }

    fn close(&mut self, node: Node) {
        match self.stack.last_mut() {
            Some(parent) => parent.children.push(node),
            None => self.parts = node,
        }
    }

    /// Text of what may be an attachment in an element of its own.
    fn data_text(&mut self, text: &str) -> Result<Step, Reason> {
        let Some(content) = self.data.push(text) else { return Ok(Step::On) };
        if self.arriving.is_none() {
            let at = self.stack.last().map(|node| node.place).unwrap_or_default();
            self.arrive(at)?;
        }
        let arriving = self.arriving.as_mut();
        let is_more = arriving.map_or(Ok(false), |arriving| arriving.push(&content))?;
        Ok(if is_more { Step::Bytes } else { Step::On })
    }

    /// It ends: an attachment, or something that nobody understands.
    fn data_end(&mut self, mut node: Node) -> Result<Step, Reason> {
        let small = self.data.small();
        if let Some(letters) = &small {
            self.arrive(node.place)?;
            self.arriving.as_mut().map_or(Ok(false), |arriving| arriving.push(letters))?;
            self.data = Data::Content;
        }
        match (&self.arriving, &self.data) {
            (Some(arriving), _) if !arriving.is_whole() => Err(Reason::Base64),
            (Some(_), data) => {
                if matches!(data, Data::Content) {
                    let said = elsewhere::named(&self.stack, self.attachments.len());
                    node.children.extend(said);
                }
                self.ended = Some(node);
                Ok(if small.is_some() { Step::Bytes } else { Step::Ended })
            }
            (None, _) => {
                self.close(node);
                Ok(Step::On)
            }
        }
    }

    /// Where something is wrong that was found while the token at `place` was taken. Content comes
    /// in pieces of any size: what is no base64 is said of all of it.
    pub fn place_of(&self, reason: &Reason, place: Place) -> Place {
        match reason {
            Reason::Base64 => self.content_at,
            _ => place,
        }
    }

    /// An attachment has ended whose bytes were handed on just now.
    pub fn has_ended(&self) -> bool {
        self.ended.is_some()
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
        let is_elsewhere = elsewhere::is_here(&self.stack, &node);
        let read = conclude((&node, index + 1), is_elsewhere, arrived).map_err(fault)?;
        self.attachments.push(read);
        let read =
            self.attachments.last().ok_or(fault(Reason::Missing { element: "Attachment" }))?;
        Ok(Event::Attachment { attachment: index, read })
    }

    fn arrive(&mut self, at: Place) -> Result<(), Reason> {
        if self.arriving.is_some() {
            return Err(Reason::Repeated { element: "ContentTransferEncoded".to_owned() });
        }
        self.arriving = Some(Arriving::new(self.limits.unwrap));
        self.content_at = at;
        Ok(())
    }

    /// Whether what is open is the content of an attachment.
    fn in_content(&self) -> bool {
        match self.stack.as_slice() {
            [above @ .., attachment, content] => {
                (content.is("ContentTransferEncoded") && is_attachment(above, attachment))
                    || (self.in_data() && matches!(self.data, Data::Content))
            }
            _ => false,
        }
    }

    /// Whether what is open may be an attachment in an element of its own.
    fn in_data(&self) -> bool {
        self.stack.split_last().is_some_and(|(node, above)| elsewhere::is_here(above, node))
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

/// `AttachmentEncoded/Attachment`, beside the envelope or, as some write it, in it; or elsewhere.
fn is_attachment(above: &[Node], node: &Node) -> bool {
    let is_usual = node.is("Attachment")
        && match above {
            [_, list] => list.is("AttachmentEncoded"),
            [_, envelope, list] => envelope.is("edXMLEnvelope") && list.is("AttachmentEncoded"),
            _ => false,
        };
    is_usual || elsewhere::is_here(above, node)
}
