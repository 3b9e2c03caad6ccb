//! What has come in, what was sent, how much waits.

use platform::web::Reply;
use wire::edxml::StatusCode;
use wire::vxp::answer;
use wire::vxp::{Answer, MessageType, Proved, SERVICE_TYPE, TransportStatus};

use super::Call;
use super::parameters::{Page, carries, kind, status, text, written};
use crate::packet::{Kind, PacketId};
use crate::party;
use crate::queries::{self, Asked, ReceivedRow, SentRow};
use crate::refusal::Refusal;
use crate::secrets::Known;
use crate::store::desks;
use crate::system::SystemId;

/// A call that sent a packet says this, besides from whom and to whom.
const OF_SENDING: [&str; 1] = ["hash-file"];
/// A call that fetched a packet or acknowledged it says one of these, and then its state.
const OF_FETCHING: [&str; 2] = ["docId", "filePath"];

pub(crate) async fn received(mut call: Call) -> Reply {
    let rows = of_received(&mut call).await;
    call.tell(rows).await
}

pub(crate) async fn sent(mut call: Call) -> Reply {
    let rows = of_sent(&mut call).await;
    call.tell(rows).await
}

pub(crate) async fn count_documents(mut call: Call) -> Reply {
    let count = counted(&mut call, Kind::Document).await;
    call.tell(count).await
}

pub(crate) async fn count_statuses(mut call: Call) -> Reply {
    let count = counted(&mut call, Kind::Status).await;
    call.tell(count).await
}

async fn of_received(call: &mut Call) -> Result<Answer, Refusal> {
    let Known { system, said } = call.known().await?;
    call.small_body().await?;
    let kind = kind(&said)?;
    let state = if carries(&said, &OF_FETCHING) { None } else { status(&said)? };
    let read = call.ctx.store.read::<_, Refusal, _>(move |tx| {
        let mut asked = asked(&said)?;
        // Gateways name themselves, by their agency or as a system; whoever names another means
        // the sender.
        let from = text(&said, "from").filter(|code| !is_self(&system, code));
        if let Some(code) = from.filter(|_| !carries(&said, &OF_SENDING)) {
            let party = party::of(tx, code)?;
            match desks::speaks_for(tx, &system, &party)? {
                true => asked.recipient = Some(party.key),
                false => asked.sender = Some(party.key),
            }
        }
        Ok(queries::received(tx, (&system, kind.into()), state, &asked)?)
    });
    let row = |row| received_row(kind, row);
    let rows: Vec<answer::ReceivedRow> = read.await?.into_iter().map(row).collect();
    Ok(Answer::list(&rows))
}

async fn of_sent(call: &mut Call) -> Result<Answer, Refusal> {
    let Known { system, said } = call.known().await?;
    call.small_body().await?;
    let kind = kind(&said)?;
    let state = if carries(&said, &OF_FETCHING) { None } else { status(&said)? };
    let read = call.ctx.store.read::<_, Refusal, _>(move |tx| {
        if let Some(doc_id) = text(&said, "docId") {
            let id = PacketId::parse(doc_id);
            let rows = id.map_or(Ok(Vec::new()), |id| queries::sent(tx, &system, id))?;
            // The name of a packet that came in may be left from fetching or acknowledging it.
            match rows.is_empty() {
                false => return Ok(rows),
                true if !carries(&said, &["filePath", "status"]) => return Err(Refusal::Nothing),
                true => {}
            }
        }
        let mut asked = asked(&said)?;
        if !carries(&said, &OF_SENDING) {
            if let Some(code) = text(&said, "to") {
                asked.recipient = Some(party::of(tx, code)?.key);
            }
            if let Some(code) = text(&said, "from").filter(|code| !is_self(&system, code)) {
                asked.sender = Some(party::of(tx, code)?.key);
            }
        }
        Ok(queries::sent_since(tx, (&system, kind.into()), state, &asked)?)
    });
    let rows: Vec<answer::SentRow> = read.await?.into_iter().map(sent_row).collect();
    Ok(Answer::list(&rows))
}

/// Some gateways write the name of their system where an agency is meant.
fn is_self(system: &SystemId, code: &str) -> bool {
    system.as_str().eq_ignore_ascii_case(code)
}

async fn counted(call: &mut Call, kind: Kind) -> Result<Answer, Refusal> {
    let Known { system, .. } = call.known().await?;
    call.small_body().await?;
    let read = call.ctx.store.read(move |tx| queries::count_waiting(tx, &system, kind));
    Ok(Answer::counted(read.await?.unsigned_abs()))
}

fn asked(said: &Proved) -> Result<Asked, Refusal> {
    let Page { since, before, limit, offset } = Page::of(said)?;
    Ok(Asked { from: since, until: before, limit, offset, ..Asked::default() })
}

fn received_row(kind: MessageType, row: ReceivedRow) -> answer::ReceivedRow {
    answer::ReceivedRow {
        doc_id: row.id.to_string(),
        service_type: SERVICE_TYPE.to_owned(),
        message_type: kind.code().to_owned(),
        created_time: written(row.accepted_at),
        updated_time: written(row.transport_at),
        from: row.from_code,
        to: row.to_code,
        status: row.transport.0.code().to_owned(),
        status_desc: row.description,
    }
}

/// Sent is what the axis has; received is how the recipient stands to it.
fn sent_row(row: SentRow) -> answer::SentRow {
    let transport = row.transport.0;
    let has_it = matches!(transport, TransportStatus::Processing | TransportStatus::Done);
    let said = [row.said.as_str(), row.description.as_str()];
    let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
    let notation = match (row.number.is_empty(), row.notation.is_empty()) {
        (false, false) => format!("{}/{}", row.number, row.notation),
        _ => format!("{}{}", row.number, row.notation),
    };
    answer::SentRow {
        service_type: SERVICE_TYPE.to_owned(),
        sender_doc_id: row.id.to_string(),
        from_code: row.from_code,
        receiver_doc_id: row.delivery.to_string(),
        to_code: row.to_code,
        title: row.subject,
        notation,
        message_type: row.kind.code().to_owned(),
        sent_time: written(row.accepted_at),
        send_status: TransportStatus::Done.code().to_owned(),
        send_status_desc: String::new(),
        received_time: if has_it { written(row.transport_at) } else { String::new() },
        receive_status: transport.code().to_owned(),
        receive_status_desc: match row.recalled_at {
            Some(at) => format!("{}: {}", StatusCode::RecallAsked.code(), written(at)),
            None => said.join(": "),
        },
    }
}
