//! The branches of the State by which level-1 codes begin (khối cơ quan).
//!
//! Law: QĐ 20/2020/QĐ-TTg

/// One letter of level 1. That a letter stands here does not mean that its agencies are all in the
/// catalogue: the numbers below A, C and J are not public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Branch {
    Party,
    President,
    Assembly,
    Courts,
    Procuracies,
    Audit,
    Government,
    ProvinceCommittees,
    PoliticalOrganisations,
    Associations,
    ProvinceCouncils,
}

impl Branch {
    pub const ALL: [Branch; 11] = [
        Branch::Party,
        Branch::President,
        Branch::Assembly,
        Branch::Courts,
        Branch::Procuracies,
        Branch::Audit,
        Branch::Government,
        Branch::ProvinceCommittees,
        Branch::PoliticalOrganisations,
        Branch::Associations,
        Branch::ProvinceCouncils,
    ];

    pub fn letter(self) -> char {
        match self {
            Branch::Party => 'A',
            Branch::President => 'B',
            Branch::Assembly => 'C',
            Branch::Courts => 'D',
            Branch::Procuracies => 'E',
            Branch::Audit => 'F',
            Branch::Government => 'G',
            Branch::ProvinceCommittees => 'H',
            Branch::PoliticalOrganisations => 'I',
            Branch::Associations => 'J',
            Branch::ProvinceCouncils => 'K',
        }
    }

    pub fn of(letter: char) -> Option<Branch> {
        Branch::ALL.into_iter().find(|branch| branch.letter() == letter)
    }

    /// The end of its key in `words`: `organisations-branch-government`.
    pub fn word(self) -> &'static str {
        match self {
            Branch::Party => "organisations-branch-party",
            Branch::President => "organisations-branch-president",
            Branch::Assembly => "organisations-branch-assembly",
            Branch::Courts => "organisations-branch-courts",
            Branch::Procuracies => "organisations-branch-procuracies",
            Branch::Audit => "organisations-branch-audit",
            Branch::Government => "organisations-branch-government",
            Branch::ProvinceCommittees => "organisations-branch-province-committees",
            Branch::PoliticalOrganisations => "organisations-branch-political-organisations",
            Branch::Associations => "organisations-branch-associations",
            Branch::ProvinceCouncils => "organisations-branch-province-councils",
        }
    }
}
