//! A delivery: one packet on its way to one recipient.

use std::fmt;

use jiff::Timestamp;
use platform::store::{Arg, Cell, FromCell, FromRow, Row, StoreError, ToArg};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::edxml::StatusCode;
use wire::vxp::TransportStatus;

use crate::packet::PacketId;
use crate::standing::{Ask, Standing};

/// The docId that the recipient is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeliveryId(pub Uuid);

#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub id: DeliveryId,
    pub packet: PacketId,
    /// As the sender wrote it.
    pub to_code: String,
    pub to_name: String,
    pub to_unit: Option<Uuid>,
    pub route: Route,
    /// Of a delivery that goes to another axis.
    pub link: Option<Uuid>,
    pub transport: TransportStatus,
    pub transport_at: Timestamp,
    /// What was said about the transport, by the recipient's system or by us.
    pub description: String,
    /// Of what leaves the building: tries so far, and when the next is due.
    pub attempts: i64,
    pub next_at: Option<Timestamp>,
    /// What the recipient says about the document; of a status packet always empty.
    pub standing: Standing,
    pub standing_at: Option<Timestamp>,
    /// Since when the sender waits for an answer to [`Standing::asked`].
    pub asked_at: Option<Timestamp>,
    /// From then on the bytes are not handed to this recipient any more.
    pub recalled_at: Option<Timestamp>,
    /// The axis' signed receipt of the delivery, a compact JWS; none before it was fetched.
    pub receipt: Option<String>,
    pub accepted_at: Timestamp,
    /// Rises with each change; who changes an older one is told.
    pub version: i64,
}

/// Where a delivery goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// A system that acts for the recipient fetches it.
    Mailbox,
    /// An office in this installation.
    Desk,
    /// Another axis.
    Link,
    /// Nobody yet: it is on the work list.
    Nowhere,
}

/// What the job of a desk is handed: documents and statuses alike, see [`crate::Packet::kind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    pub delivery: Uuid,
}

impl Delivery {
    /// The last that the recipient said about the document (01 to 06); none yet.
    pub fn business(&self) -> Option<&StatusCode> {
        self.standing.reached.as_ref()
    }

    /// Whether the recipient has had the bytes.
    pub fn is_fetched(&self) -> bool {
        matches!(self.transport, TransportStatus::Processing | TransportStatus::Done)
    }

    /// Nobody can deliver it.
    pub fn is_stranded(&self) -> bool {
        self.recalled_at.is_none() && self.route == Route::Nowhere
    }

    /// Waits for somebody to fetch it.
    pub fn is_waiting(&self) -> bool {
        self.recalled_at.is_none()
            && matches!(self.transport, TransportStatus::Initial | TransportStatus::Processing)
    }
}

impl DeliveryId {
    pub fn parse(text: &str) -> Option<DeliveryId> {
        Uuid::try_parse(text.trim()).ok().map(DeliveryId)
    }
}

impl Route {
    pub fn code(self) -> &'static str {
        match self {
            Route::Mailbox => "mailbox",
            Route::Desk => "desk",
            Route::Link => "link",
            Route::Nowhere => "nowhere",
        }
    }

    pub fn parse(code: &str) -> Option<Route> {
        [Route::Mailbox, Route::Desk, Route::Link, Route::Nowhere]
            .into_iter()
            .find(|route| route.code() == code)
    }
}

impl FromRow for Delivery {
    fn from_row(row: &Row<'_>) -> Result<Delivery, StoreError> {
        let transport: String = row.named(7, "transport")?;
        let reached: String = row.named(12, "said")?;
        let recalled_at = row.named(16, "recalled_at")?;
        Ok(Delivery {
            id: row.named(0, "id")?,
            packet: row.named(1, "packet")?,
            to_code: row.named(2, "to_code")?,
            to_name: row.named(3, "to_name")?,
            to_unit: row.named(4, "to_unit")?,
            route: row.named(5, "route")?,
            link: row.named(6, "link")?,
            transport: TransportStatus::read(&transport).ok_or_else(|| StoreError::Column {
                column: "transport".to_owned(),
                expected: "initial, processing, done or fail",
                found: transport,
            })?,
            transport_at: row.named(8, "transport_at")?,
            description: row.named(9, "description")?,
            attempts: row.named(10, "attempts")?,
            next_at: row.named(11, "next_at")?,
            standing: Standing {
                reached: Some(reached)
                    .filter(|code| !code.is_empty())
                    .map(|code| StatusCode::read(&code)),
                asked: row.named::<Option<Ask>>(14, "asked")?,
                refusals: row.named(18, "refusals")?,
                withdrawn: Option::<Timestamp>::is_some(&recalled_at),
            },
            standing_at: row.named(13, "said_at")?,
            asked_at: row.named(15, "asked_at")?,
            recalled_at,
            receipt: row.named(17, "receipt")?,
            accepted_at: row.named(19, "accepted_at")?,
            version: row.named(20, "version")?,
        })
    }
}

impl fmt::Display for DeliveryId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl ToArg for DeliveryId {
    fn to_arg(&self) -> Arg<'_> {
        self.0.to_arg()
    }
}

impl FromCell for DeliveryId {
    const EXPECTED: &'static str = "the id of a delivery";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Uuid::from_cell(cell).map(DeliveryId)
    }
}

impl ToArg for Route {
    fn to_arg(&self) -> Arg<'_> {
        self.code().to_arg()
    }
}

impl FromCell for Route {
    const EXPECTED: &'static str = "where a delivery goes";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Route::parse(&String::from_cell(cell)?)
    }
}
