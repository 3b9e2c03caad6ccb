//! The moments of a life, or of an enterprise's, by which people look for a procedure.

use serde::{Deserialize, Serialize};

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
}
