//! A way to file: over the network, at the counter, or by public post, each with its own time
//! and fee.
//!
//! Law: NĐ 63/2010/NĐ-CP art. 8
//! Law: NĐ 61/2018/NĐ-CP art. 16

use serde::{Deserialize, Serialize};

use crate::fee::Fee;
use crate::time_limit::TimeLimit;

/// A procedure may list the same kind more than once: then `text` says when each applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    pub kind: ChannelKind,
    #[serde(default)]
    pub time_limit: Option<TimeLimit>,
    #[serde(default)]
    pub fees: Vec<Fee>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    Online,
    Direct,
    Postal,
}

impl ChannelKind {
    pub const ALL: [ChannelKind; 3] =
        [ChannelKind::Online, ChannelKind::Direct, ChannelKind::Postal];

    pub fn as_str(self) -> &'static str {
        match self {
            ChannelKind::Online => "online",
            ChannelKind::Direct => "direct",
            ChannelKind::Postal => "postal",
        }
    }
}
