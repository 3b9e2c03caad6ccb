//! Whether everything is there that must be published. Seven parts every procedure has; the
//! others are needed where they exist, which only people know: their absence is shown, not
//! counted.
//!
//! Law: NĐ 63/2010/NĐ-CP art. 8
//! Law: QĐ 766/QĐ-TTg index 1.3

use crate::version::Version;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Name,
    Steps,
    Channels,
    /// With their numbers.
    Components,
    TimeLimits,
    Subjects,
    Agencies,
    Results,
    Forms,
    Fees,
    Requirements,
    LegalBases,
    Field,
    Decision,
}

impl Part {
    pub const ALL: [Part; 14] = [
        Part::Name,
        Part::Steps,
        Part::Channels,
        Part::Components,
        Part::TimeLimits,
        Part::Subjects,
        Part::Agencies,
        Part::Results,
        Part::Forms,
        Part::Fees,
        Part::Requirements,
        Part::LegalBases,
        Part::Field,
        Part::Decision,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Part::Name => "name",
            Part::Steps => "steps",
            Part::Channels => "channels",
            Part::Components => "components",
            Part::TimeLimits => "time-limits",
            Part::Subjects => "subjects",
            Part::Agencies => "agencies",
            Part::Results => "results",
            Part::Forms => "forms",
            Part::Fees => "fees",
            Part::Requirements => "requirements",
            Part::LegalBases => "legal-bases",
            Part::Field => "field",
            Part::Decision => "decision",
        }
    }

    pub fn is_mandatory(self) -> bool {
        use Part::*;
        matches!(self, Name | Steps | Channels | Components | TimeLimits | Subjects | Agencies)
    }

    pub fn is_there(self, version: &Version) -> bool {
        let components = || version.cases.iter().flat_map(|case| &case.components);
        match self {
            Part::Name => !version.name.trim().is_empty(),
            Part::Steps => !version.steps.is_empty(),
            Part::Channels => !version.channels.is_empty(),
            Part::Components => components().any(|component| !component.is_note),
            Part::TimeLimits => {
                version.channels.iter().any(|channel| channel.time_limit.is_some())
                    || version.cases.iter().any(|case| case.time_limit.is_some())
            }
            Part::Subjects => !version.subjects.is_empty(),
            Part::Agencies => {
                !version.agencies.executing.is_empty() || !version.agencies.authority.is_empty()
            }
            Part::Results => !version.results.is_empty(),
            Part::Forms => {
                version.form.is_some()
                    || components().any(|component| component.eform || !component.files.is_empty())
            }
            Part::Fees => version.channels.iter().any(|channel| !channel.fees.is_empty()),
            Part::Requirements => !version.requirements.is_empty(),
            Part::LegalBases => !version.legal_bases.is_empty(),
            Part::Field => !version.fields.is_empty(),
            Part::Decision => !version.decision.number.is_empty(),
        }
    }
}

/// Which of the fourteen parts are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completeness([bool; 14]);

pub fn check(version: &Version) -> Completeness {
    Completeness(Part::ALL.map(|part| part.is_there(version)))
}

impl Completeness {
    /// The mandatory parts that are not there.
    pub fn missing(&self) -> impl Iterator<Item = Part> {
        self.parts()
            .filter(|(part, is_there)| part.is_mandatory() && !is_there)
            .map(|(part, _)| part)
    }

    pub fn is_complete(&self) -> bool {
        self.missing().next().is_none()
    }

    /// Each part and whether it is there.
    pub fn parts(&self) -> impl Iterator<Item = (Part, bool)> {
        Part::ALL.into_iter().zip(self.0)
    }
}
