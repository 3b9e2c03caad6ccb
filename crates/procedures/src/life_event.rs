//! The moments of a life, or of an enterprise's, by which people look for a procedure.

use platform::fold::fold;
use serde::{Deserialize, Serialize};

use crate::version::Version;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LifeEvent {
    Birth,
    School,
    Work,
    Marriage,
    Residence,
    Housing,
    Vehicle,
    Health,
    Support,
    Retirement,
    Death,
    Justice,
    Travel,
    BusinessStart,
    BusinessLicence,
    BusinessTax,
    BusinessPeople,
    BusinessLand,
    BusinessTrade,
    BusinessEnd,
}

impl LifeEvent {
    pub const CITIZEN: [LifeEvent; 13] = [
        LifeEvent::Birth,
        LifeEvent::School,
        LifeEvent::Work,
        LifeEvent::Marriage,
        LifeEvent::Residence,
        LifeEvent::Housing,
        LifeEvent::Vehicle,
        LifeEvent::Travel,
        LifeEvent::Health,
        LifeEvent::Support,
        LifeEvent::Justice,
        LifeEvent::Retirement,
        LifeEvent::Death,
    ];

    pub const BUSINESS: [LifeEvent; 7] = [
        LifeEvent::BusinessStart,
        LifeEvent::BusinessLicence,
        LifeEvent::BusinessTax,
        LifeEvent::BusinessPeople,
        LifeEvent::BusinessLand,
        LifeEvent::BusinessTrade,
        LifeEvent::BusinessEnd,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            LifeEvent::Birth => "birth",
            LifeEvent::School => "school",
            LifeEvent::Work => "work",
            LifeEvent::Marriage => "marriage",
            LifeEvent::Residence => "residence",
            LifeEvent::Housing => "housing",
            LifeEvent::Vehicle => "vehicle",
            LifeEvent::Health => "health",
            LifeEvent::Support => "support",
            LifeEvent::Retirement => "retirement",
            LifeEvent::Death => "death",
            LifeEvent::Justice => "justice",
            LifeEvent::Travel => "travel",
            LifeEvent::BusinessStart => "business_start",
            LifeEvent::BusinessLicence => "business_licence",
            LifeEvent::BusinessTax => "business_tax",
            LifeEvent::BusinessPeople => "business_people",
            LifeEvent::BusinessLand => "business_land",
            LifeEvent::BusinessTrade => "business_trade",
            LifeEvent::BusinessEnd => "business_end",
        }
    }

    pub fn parse(text: &str) -> Option<LifeEvent> {
        LifeEvent::CITIZEN
            .into_iter()
            .chain(LifeEvent::BUSINESS)
            .find(|event| event.as_str() == text)
    }

    pub fn is_business(self) -> bool {
        LifeEvent::BUSINESS.contains(&self)
    }

    /// The events that the words of a version's name or field belong to, for versions that name
    /// none themselves.
    pub fn of_names(version: &Version) -> Vec<LifeEvent> {
        let name = format!(" {} ", fold(&version.name));
        let fields: Vec<String> = version.fields.iter().map(|field| fold(&field.name)).collect();
        let subjects: Vec<String> =
            version.subjects.iter().map(|subject| fold(&subject.name)).collect();
        let for_people = subjects.iter().any(|name| name.contains("cong dan"));
        let for_business = subjects.iter().any(|name| name.contains("doanh nghiep"));
        let mut found: Vec<LifeEvent> = rules()
            .filter(|(event, _)| if event.is_business() { for_business } else { for_people })
            .filter(|(_, words)| match words.strip_prefix('@') {
                Some(field) => fields.iter().any(|name| name == field),
                None => name.contains(&format!(" {words} ")),
            })
            .map(|(event, _)| event)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// `birth: khai sinh, @nuoi con nuoi`: words of a name, or a whole field after `@`.
const RULES: &str = include_str!("life_events.txt");

fn rules() -> impl Iterator<Item = (LifeEvent, &'static str)> {
    RULES
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter_map(|(event, words)| Some((LifeEvent::parse(event)?, words)))
        .flat_map(|(event, words)| words.split(", ").map(move |words| (event, words)))
}
