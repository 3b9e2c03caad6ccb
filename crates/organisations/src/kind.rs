//! What a unit is, at which level of the State it works, and below what it may stand.
//!
//! Law: Luật Tổ chức chính quyền địa phương 72/2025/QH15 art. 1
//! Law: NĐ 150/2025/NĐ-CP
//! Law: NĐ 118/2025/NĐ-CP

use serde::{Deserialize, Serialize};

use crate::branch::Branch;
use crate::code::Code;

#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Bộ, cơ quan ngang bộ.
    Ministry,
    /// Cơ quan thuộc Chính phủ, tổ chức do Chính phủ hoặc Thủ tướng lập.
    GovernmentAgency,
    /// Văn phòng Chủ tịch nước, Toà án, Viện kiểm sát, Kiểm toán nhà nước.
    StateBody,
    PartyBody,
    /// Tổ chức chính trị - xã hội.
    PoliticalOrganisation,
    /// Hội.
    Association,
    ProvinceCouncil,
    ProvinceCommittee,
    /// Ended on 30 June 2025; here for the packets and papers of before.
    DistrictCommittee,
    CommuneCommittee,
    /// Sở, cục, vụ, phòng, văn phòng: works inside or directly for the unit above it.
    Department,
    /// Đơn vị sự nghiệp: school, hospital, centre.
    PublicService,
    /// Trung tâm Phục vụ hành chính công, bộ phận một cửa.
    OneStopCentre,
    Other,
}

/// The level of the State at which a unit works.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Central,
    Province,
    /// Until 30 June 2025.
    District,
    Commune,
}

impl Kind {
    pub const ALL: [Kind; 14] = [
        Kind::Ministry,
        Kind::GovernmentAgency,
        Kind::StateBody,
        Kind::PartyBody,
        Kind::PoliticalOrganisation,
        Kind::Association,
        Kind::ProvinceCouncil,
        Kind::ProvinceCommittee,
        Kind::DistrictCommittee,
        Kind::CommuneCommittee,
        Kind::Department,
        Kind::PublicService,
        Kind::OneStopCentre,
        Kind::Other,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Ministry => "ministry",
            Kind::GovernmentAgency => "government_agency",
            Kind::StateBody => "state_body",
            Kind::PartyBody => "party_body",
            Kind::PoliticalOrganisation => "political_organisation",
            Kind::Association => "association",
            Kind::ProvinceCouncil => "province_council",
            Kind::ProvinceCommittee => "province_committee",
            Kind::DistrictCommittee => "district_committee",
            Kind::CommuneCommittee => "commune_committee",
            Kind::Department => "department",
            Kind::PublicService => "public_service",
            Kind::OneStopCentre => "one_stop_centre",
            Kind::Other => "other",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Its key in `words`.
    pub fn word(self) -> String {
        format!("organisations-kind-{}", self.as_str().replace('_', "-"))
    }

    /// The level that this kind works at wherever it stands; a department or a one-stop centre
    /// works at the level of the unit above it.
    pub fn own_level(self) -> Option<Level> {
        match self {
            Kind::Ministry
            | Kind::GovernmentAgency
            | Kind::StateBody
            | Kind::PartyBody
            | Kind::PoliticalOrganisation
            | Kind::Association => Some(Level::Central),
            Kind::ProvinceCouncil | Kind::ProvinceCommittee => Some(Level::Province),
            Kind::DistrictCommittee => Some(Level::District),
            Kind::CommuneCommittee => Some(Level::Commune),
            Kind::Department | Kind::PublicService | Kind::OneStopCentre | Kind::Other => None,
        }
    }

    /// The level at which a unit of this kind works below `above`.
    pub fn level_below(self, above: Option<Level>) -> Level {
        self.own_level().or(above).unwrap_or(Level::Central)
    }

    /// May a unit of this kind carry this code below a unit of that kind? Says only what can
    /// never be: a commune below a ministry, a ministry with a code of the provinces.
    pub fn fits(self, code: &Code, above: Option<Kind>) -> bool {
        match above {
            None => self.fits_level_one(code.branch()),
            Some(above) => self.fits_below(above),
        }
    }

    fn fits_level_one(self, branch: Option<Branch>) -> bool {
        match self {
            Kind::Ministry | Kind::GovernmentAgency => branch == Some(Branch::Government),
            Kind::ProvinceCommittee => branch == Some(Branch::ProvinceCommittees),
            Kind::ProvinceCouncil => branch == Some(Branch::ProvinceCouncils),
            Kind::PartyBody => branch == Some(Branch::Party),
            Kind::PoliticalOrganisation => branch == Some(Branch::PoliticalOrganisations),
            Kind::Association => branch == Some(Branch::Associations),
            Kind::StateBody => matches!(
                branch,
                Some(
                    Branch::President
                        | Branch::Assembly
                        | Branch::Courts
                        | Branch::Procuracies
                        | Branch::Audit
                )
            ),
            Kind::Other => branch.is_some(),
            Kind::DistrictCommittee
            | Kind::CommuneCommittee
            | Kind::Department
            | Kind::PublicService
            | Kind::OneStopCentre => false,
        }
    }

    fn fits_below(self, above: Kind) -> bool {
        match self {
            Kind::Ministry | Kind::ProvinceCouncil | Kind::ProvinceCommittee => false,
            Kind::DistrictCommittee => above == Kind::ProvinceCommittee,
            Kind::CommuneCommittee => {
                matches!(above, Kind::ProvinceCommittee | Kind::DistrictCommittee)
            }
            // Nothing stands below the counter where papers are taken in.
            _ => above != Kind::OneStopCentre,
        }
    }
}

impl Level {
    pub const ALL: [Level; 4] = [Level::Central, Level::Province, Level::District, Level::Commune];

    pub fn as_str(self) -> &'static str {
        match self {
            Level::Central => "central",
            Level::Province => "province",
            Level::District => "district",
            Level::Commune => "commune",
        }
    }

    pub fn parse(text: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.as_str() == text)
    }

    /// Its key in `words`.
    pub fn word(self) -> String {
        format!("organisations-level-{}", self.as_str())
    }
}
