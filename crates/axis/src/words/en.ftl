## Refusals

axis-refused = The packet was not accepted
axis-refusal-nothing = There is no packet of this id in the mailbox of the system.
axis-refusal-interrupted = The connection ended before the packet was whole. Send the whole packet again.
axis-refusal-too-large = The packet is larger than the { $megabytes } MB that this axis takes.
axis-refusal-hash-wrong = What arrived is not what hash-file says. Send the whole file again.
axis-refusal-not-packet = The edXML packet cannot be read: line { $line }, column { $column }: { $reason }.
axis-refusal-missing = { $field } is missing in the edXML packet.
axis-refusal-too-long = { $field } is longer than { $limit } characters.
axis-refusal-is-document = The packet is a document: send it with messagetype = edoc.
axis-refusal-is-status = The packet is a status: send it with messagetype = status.
axis-refusal-unknown-business = The business “{ $code }” is on no list (0 new, 1 recall, 2 update, 3 replacement).
axis-refusal-unknown-status = The status “{ $code }” is on no list (01–06, 13, 15, 16).
axis-refusal-sender-unknown = The sender { $code } is not registered on this axis.
axis-refusal-sender-not-yours = The system does not act for the agency { $code }.
axis-refusal-receiver-unknown = No such recipient: { $codes }.
axis-refusal-receiver-closed = The recipient { $code } has ended.
axis-refusal-receiver-succeeded = The recipient { $code } has ended; send to its successor: { $successors }.
axis-refusal-no-receiver = The packet names no recipient.
axis-refusal-too-many-receivers = The packet has more than { $limit } recipients. Send it in several parts.
axis-refusal-sent-already = { $document } was sent to { $codes } with another content. To change it, send an update (type 2).
axis-refusal-nothing-asked = { $codes }: no recall and no update waits for an answer.
axis-refusal-asked-already = { $codes }: what was asked before is not answered yet.
axis-refusal-withdrawn = { $codes }: the document was called back.
axis-refusal-sent-back = { $codes }: the recipient has sent this document back.
axis-refusal-not-your-document = Only the sender of a document may ask for it back (status 13).
axis-refusal-recalled = The sender has called this document back.
axis-refusal-discarded = The axis keeps the content of this packet no longer.
axis-refusal-done-already = The recipient has confirmed this packet already.
axis-refusal-no-desk = The unit has no desk in this installation.
axis-refusal-desk-taken = The unit has another desk already.
axis-refusal-not-written = The status cannot be written: { $reason }.
axis-refusal-vault = The keys of the axis are not at hand. Send it again later.
axis-refusal-file = The axis could not keep the file. Send it again later.
axis-refusal-store = The axis is busy or at fault. Send it again later.
