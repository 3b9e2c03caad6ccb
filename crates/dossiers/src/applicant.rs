//! Whose dossier it is, and what they brought.

use serde::{Deserialize, Serialize};

/// Chủ hồ sơ. Kept with the dossier as it was given then: a later change of the account changes
/// no paper that was issued.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Applicant {
    pub name: String,
    pub kind: ApplicantKind,
    /// Personal number, or tax code of an enterprise; empty where none was asked for.
    pub identity: String,
    /// As `0912345678`, or empty.
    pub phone: String,
    pub email: String,
    pub address: String,
    /// Người nộp thay: whoever acts for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acting: Option<Acting>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantKind {
    #[default]
    Person,
    Enterprise,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Acting {
    pub name: String,
    pub identity: String,
    pub phone: String,
}

/// A component taken in on paper, with how many of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PaperTaken {
    pub code: String,
    pub name: String,
    pub originals: u16,
    pub copies: u16,
}

impl Applicant {
    /// Kind and number, by which dossiers of one person or enterprise are known to be theirs.
    /// None where no number was given.
    pub fn key(&self) -> Option<String> {
        let kind = match self.kind {
            ApplicantKind::Person => "person",
            ApplicantKind::Enterprise => "enterprise",
        };
        (!self.identity.is_empty()).then(|| format!("{kind}:{}", self.identity))
    }

    /// What the queue's search looks through besides the codes.
    pub fn search_text(&self) -> String {
        let acting = self.acting.as_ref().map_or("", |acting| acting.name.as_str());
        let parts = [&self.name, acting, &self.identity, &self.phone];
        parts
            .iter()
            .filter(|part| !part.is_empty())
            .map(|part| part.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The telephone that may follow the dossier: of the applicant, else of who acts for them.
    pub fn reached_by_phone(&self) -> &str {
        match &self.acting {
            Some(acting) if self.phone.is_empty() => &acting.phone,
            _ => &self.phone,
        }
    }
}
