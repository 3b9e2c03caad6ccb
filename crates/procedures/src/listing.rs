//! What lists and the search need of a version: small enough to keep the whole catalogue in
//! memory.

use serde::{Deserialize, Serialize};

use crate::fee::Fee;
use crate::level::{Levels, OnlineLevel};
use crate::life_event::LifeEvent;
use crate::time_limit::TimeLimit;
use crate::version::{Named, Version};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    pub levels: Levels,
    pub online_level: OnlineLevel,
    pub fields: Vec<Named>,
    pub subjects: Vec<String>,
    pub life_events: Vec<LifeEvent>,
    pub publishing: Option<Named>,
    pub executing: Vec<String>,
    pub results: Vec<String>,
    pub keywords: Vec<String>,
    /// It can be filed here, with an electronic form.
    pub has_form: bool,
    /// Of its first channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_limit: Option<TimeLimit>,
    /// In no channel anything is paid.
    #[serde(default)]
    pub is_free: bool,
    /// How many of the parts that must be published are missing.
    pub missing: u8,
}

impl Listing {
    pub fn of(version: &Version) -> Listing {
        let names = |list: &[Named]| list.iter().map(|named| named.name.clone()).collect();
        let life_events = match version.life_events.is_empty() {
            true => LifeEvent::of_names(version),
            false => version.life_events.clone(),
        };
        Listing {
            name: version.name.clone(),
            name_en: version.name_en.clone(),
            summary: version.summary.clone(),
            levels: version.levels,
            online_level: version.online_level,
            fields: version.fields.clone(),
            subjects: names(&version.subjects),
            life_events,
            publishing: version.agencies.publishing.clone(),
            executing: names(&version.agencies.executing),
            results: names(&version.results),
            keywords: version.keywords.clone(),
            has_form: version.form.is_some() && version.is_filed_online(),
            time_limit: version.channels.iter().find_map(|channel| channel.time_limit.clone()),
            is_free: is_free(version),
            missing: crate::completeness::check(version).missing().count() as u8,
        }
    }
}

fn is_free(version: &Version) -> bool {
    let mut fees = version.channels.iter().flat_map(|channel| &channel.fees).peekable();
    fees.peek().is_some() && fees.all(Fee::is_free)
}
