//! One version of a procedure: the whole published text, frozen. A dossier keeps the one it
//! began with, and a later decision never moves an older due date.
//!
//! A version is one JSON document. Every field but `code` and `name` may be left out there.
//!
//! Law: NĐ 63/2010/NĐ-CP art. 8

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::channel::{Channel, ChannelKind};
use crate::code::Code;
use crate::component::Case;
use crate::eform::Definition;
use crate::level::{Levels, OnlineLevel};
use crate::life_event::LifeEvent;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    pub code: Code,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// One plain sentence under the law's name of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary_en: Option<String>,
    #[serde(default)]
    pub mandate: Mandate,
    #[serde(default)]
    pub levels: Levels,
    #[serde(default)]
    pub online_level: OnlineLevel,
    /// Lĩnh vực; the first is the chief one.
    #[serde(default)]
    pub fields: Vec<Named>,
    /// Đối tượng thực hiện: who may apply.
    #[serde(default)]
    pub subjects: Vec<Named>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub life_events: Vec<LifeEvent>,
    #[serde(default)]
    pub agencies: Agencies,
    #[serde(default)]
    pub decision: Decision,
    /// Trình tự thực hiện.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// Cách thức thực hiện, with the time limit and the fees of each.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// Thành phần hồ sơ.
    #[serde(default)]
    pub cases: Vec<Case>,
    /// Kết quả thực hiện.
    #[serde(default)]
    pub results: Vec<Named>,
    /// Yêu cầu, điều kiện; empty where the law sets none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub requirements: String,
    #[serde(default)]
    pub legal_bases: Vec<Named>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Codes of procedures that belong with this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Code>,
    /// Ngành dọc: carried out by a service that reports upwards, not to the local government.
    #[serde(default, skip_serializing_if = "is_false")]
    pub vertical: bool,
    /// Phi địa giới: may be filed anywhere, whatever the place of residence.
    #[serde(default, skip_serializing_if = "is_false")]
    pub non_territorial: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Definition>,
    /// The internal steps of the office, in order. Never longer than the time limit allows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub route: Vec<RouteStep>,
}

/// A name with the code its list gives it, where it gives one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Named {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    pub name: String,
}

/// By whose mandate the procedure was laid down (loại thủ tục).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mandate {
    /// Được luật giao quy định chi tiết.
    Delegated,
    /// Không được luật giao cho địa phương quy định.
    NotDelegated,
    Other,
    #[default]
    Unsaid,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agencies {
    /// Who publishes it: a ministry or a province.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publishing: Option<Named>,
    /// Who carries it out (cơ quan thực hiện).
    pub executing: Vec<Named>,
    /// Who decides (cơ quan có thẩm quyền).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authority: Vec<Named>,
    /// Who may decide for them (cơ quan được ủy quyền).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authorised: Vec<Named>,
    /// Who works with them (cơ quan phối hợp).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub coordinating: Vec<Named>,
    /// Where to hand it in (địa chỉ tiếp nhận), as the text says it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub receiving: String,
}

/// The decision that published it (quyết định công bố).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decision {
    pub number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The day the text was put on the national database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub agency: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Step {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    pub text: String,
}

/// One internal step: who holds the dossier, and for how many working hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteStep {
    pub name_vi: String,
    pub name_en: String,
    /// The code of an `identity::Role`: `clerk`, `specialist`, `head`, `leader` …
    pub role: String,
    pub hours: u32,
}

impl Version {
    /// An empty version: what a draft begins with.
    pub fn new(code: Code, name: impl Into<String>) -> Version {
        Version {
            code,
            name: name.into(),
            name_en: None,
            summary: None,
            summary_en: None,
            mandate: Mandate::default(),
            levels: Levels::default(),
            online_level: OnlineLevel::default(),
            fields: Vec::new(),
            subjects: Vec::new(),
            life_events: Vec::new(),
            agencies: Agencies::default(),
            decision: Decision::default(),
            steps: Vec::new(),
            channels: Vec::new(),
            cases: Vec::new(),
            results: Vec::new(),
            requirements: String::new(),
            legal_bases: Vec::new(),
            keywords: Vec::new(),
            related: Vec::new(),
            vertical: false,
            non_territorial: false,
            note: String::new(),
            form: None,
            route: Vec::new(),
        }
    }

    pub fn field(&self) -> Option<&Named> {
        self.fields.first()
    }

    pub fn channel(&self, kind: ChannelKind) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.kind == kind)
    }

    /// More than information goes online, and the text offers the network as a way to file.
    pub fn is_filed_online(&self) -> bool {
        self.online_level != OnlineLevel::Information && self.channel(ChannelKind::Online).is_some()
    }
}

impl Named {
    pub fn of(name: impl Into<String>) -> Named {
        Named { code: None, name: name.into() }
    }

    pub fn coded(code: impl Into<String>, name: impl Into<String>) -> Named {
        Named { code: Some(code.into()), name: name.into() }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
