//! Which office allows which act: the one table of roles and rights.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 8, art. 10, art. 11 (who works at the one-stop shop)
//! Law: NĐ 118/2025/NĐ-CP art. 9, art. 10
//! Law: NĐ 30/2020/NĐ-CP art. 6 (leaders, handlers and document clerks of an office)
//! Law: NĐ 30/2020/NĐ-CP art. 32 (who keeps the seal and the agency's key)

/// What an officer is in a unit (vai trò). Someone may be several things in several units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Cán bộ tiếp nhận tại bộ phận một cửa.
    Clerk,
    /// Chuyên viên xử lý hồ sơ.
    Specialist,
    /// Trưởng phòng.
    Head,
    /// Lãnh đạo cơ quan, người ký.
    Leader,
    /// Người thu phí, lệ phí.
    FeeCollector,
    /// Người trả kết quả.
    ResultDesk,
    /// Văn thư cơ quan: giữ con dấu và khóa bí mật của cơ quan.
    DocumentClerk,
    /// Quản trị đơn vị.
    UnitAdministrator,
    /// Người kiểm tra, giám sát.
    Auditor,
    /// Quản trị hệ thống.
    SystemAdministrator,
}

/// One kind of act over a unit (quyền).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Right {
    /// Receive, ask for supplements, refuse, withdraw for the citizen.
    ReceiveDossiers,
    /// Work on a step of a dossier.
    HandleDossiers,
    /// Check a colleague's work and hand steps to people.
    ReviewDossiers,
    /// Decide and sign.
    DecideDossiers,
    CollectFees,
    HandOverResults,
    /// Put the agency's digital seal on what the competent person signed.
    SealDocuments,
    /// Read dossiers and figures of the unit and of those below it.
    SeeDossiers,
    SeeFigures,
    /// Confirm at the counter that a person, a guardian or a representative is who they say.
    CheckIdentities,
    ManageAccounts,
    ManageOrganisations,
    ManageProcedures,
    SeeAudit,
    /// Dead letters, schedules, the outbox.
    ManageJobs,
    /// Ask for certificates of the unit and of those below it, suspend and revoke them.
    ManageCertificates,
    /// Decide what others asked for; authorities, anchors.
    ApproveCertificates,
    /// Keep the registers of documents: arrival, number, date, issue.
    RegisterDocuments,
    /// Draft what a unit issues, and give opinions on drafts.
    DraftDocuments,
    /// Say who handles a document, until when and how.
    AssignDocuments,
    /// Read the documents of the unit in which one has a part.
    SeeDocuments,
    /// The office of the unit and of those below it: its desk, its plan of books, its groups.
    ManageOffice,
    /// The document axis: its systems, links, work list, rules of keeping.
    ManageAxis,
}

/// How far down a right goes from the unit it was given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only the unit itself: a province does not decide a commune's dossiers.
    Unit,
    /// The unit and all below it.
    Subtree,
}

impl Role {
    pub const ALL: [Role; 10] = [
        Role::Clerk,
        Role::Specialist,
        Role::Head,
        Role::Leader,
        Role::FeeCollector,
        Role::ResultDesk,
        Role::DocumentClerk,
        Role::UnitAdministrator,
        Role::Auditor,
        Role::SystemAdministrator,
    ];

    /// What is stored, and what a route of a procedure names.
    pub fn code(self) -> &'static str {
        match self {
            Role::Clerk => "clerk",
            Role::Specialist => "specialist",
            Role::Head => "head",
            Role::Leader => "leader",
            Role::FeeCollector => "fee-collector",
            Role::ResultDesk => "result-desk",
            Role::DocumentClerk => "document-clerk",
            Role::UnitAdministrator => "unit-administrator",
            Role::Auditor => "auditor",
            Role::SystemAdministrator => "system-administrator",
        }
    }

    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            Role::Clerk => "identity-role-clerk",
            Role::Specialist => "identity-role-specialist",
            Role::Head => "identity-role-head",
            Role::Leader => "identity-role-leader",
            Role::FeeCollector => "identity-role-fee-collector",
            Role::ResultDesk => "identity-role-result-desk",
            Role::DocumentClerk => "identity-role-document-clerk",
            Role::UnitAdministrator => "identity-role-unit-administrator",
            Role::Auditor => "identity-role-auditor",
            Role::SystemAdministrator => "identity-role-system-administrator",
        }
    }

    /// The table. An administrator manages and does not handle; an auditor sees and does not touch.
    pub fn rights(self) -> &'static [Right] {
        use Right::*;
        match self {
            Role::Clerk => &[
                ReceiveDossiers,
                CollectFees,
                HandOverResults,
                CheckIdentities,
                SeeDossiers,
                DraftDocuments,
                SeeDocuments,
            ],
            Role::Specialist => &[HandleDossiers, SeeDossiers, DraftDocuments, SeeDocuments],
            Role::Head => &[
                HandleDossiers,
                ReviewDossiers,
                SeeDossiers,
                SeeFigures,
                DraftDocuments,
                AssignDocuments,
                SeeDocuments,
            ],
            Role::Leader => &[
                ReviewDossiers,
                DecideDossiers,
                SeeDossiers,
                SeeFigures,
                DraftDocuments,
                AssignDocuments,
                SeeDocuments,
            ],
            Role::FeeCollector => &[CollectFees, SeeDossiers, SeeDocuments],
            Role::ResultDesk => &[HandOverResults, SeeDossiers, SeeDocuments],
            Role::DocumentClerk => {
                &[SealDocuments, RegisterDocuments, DraftDocuments, SeeDocuments]
            }
            Role::UnitAdministrator => &[
                ManageAccounts,
                ManageOrganisations,
                ManageProcedures,
                ManageCertificates,
                SeeFigures,
                SeeAudit,
                ManageOffice,
            ],
            Role::Auditor => &[SeeDossiers, SeeFigures, SeeAudit, SeeDocuments],
            Role::SystemAdministrator => &[
                ManageAccounts,
                ManageOrganisations,
                ManageProcedures,
                ManageJobs,
                ManageCertificates,
                ApproveCertificates,
                SeeAudit,
                ManageAxis,
            ],
        }
    }

    /// System administrators are made by the program's operator, for the whole installation.
    pub fn is_given_in_a_unit(self) -> bool {
        self != Role::SystemAdministrator
    }

    pub fn allows(self, right: Right) -> bool {
        self.rights().contains(&right)
    }

    /// How far this role carries this right. Only those who oversee reach below their own unit.
    pub fn reach(self, right: Right) -> Option<Reach> {
        let oversees = matches!(
            self,
            Role::Head
                | Role::Leader
                | Role::UnitAdministrator
                | Role::Auditor
                | Role::SystemAdministrator
        );
        self.allows(right).then_some(match right {
            Right::SeeDossiers | Right::SeeFigures if oversees => Reach::Subtree,
            Right::ManageAccounts
            | Right::ManageOrganisations
            | Right::ManageProcedures
            | Right::ManageJobs
            | Right::ManageCertificates
            | Right::ApproveCertificates
            | Right::ManageOffice
            | Right::ManageAxis
            | Right::SeeAudit => Reach::Subtree,
            _ => Reach::Unit,
        })
    }

    /// Who may give this role to someone else. `above` says that the giver administers a unit
    /// strictly above: who audits a unit is not chosen by that unit's own administrator.
    pub fn may_be_given_by(self, giver: Role, above: bool) -> bool {
        match (self, giver) {
            (_, Role::SystemAdministrator) => true,
            (Role::SystemAdministrator, _) => false,
            (Role::Auditor, Role::UnitAdministrator) => above,
            (_, Role::UnitAdministrator) => true,
            _ => false,
        }
    }
}

impl Right {
    pub const ALL: [Right; 23] = [
        Right::ReceiveDossiers,
        Right::HandleDossiers,
        Right::ReviewDossiers,
        Right::DecideDossiers,
        Right::CollectFees,
        Right::HandOverResults,
        Right::SealDocuments,
        Right::SeeDossiers,
        Right::SeeFigures,
        Right::CheckIdentities,
        Right::ManageAccounts,
        Right::ManageOrganisations,
        Right::ManageProcedures,
        Right::SeeAudit,
        Right::ManageJobs,
        Right::ManageCertificates,
        Right::ApproveCertificates,
        Right::RegisterDocuments,
        Right::DraftDocuments,
        Right::AssignDocuments,
        Right::SeeDocuments,
        Right::ManageOffice,
        Right::ManageAxis,
    ];

    /// What a menu entry names in its `right`.
    pub fn code(self) -> &'static str {
        match self {
            Right::ReceiveDossiers => "receive-dossiers",
            Right::HandleDossiers => "handle-dossiers",
            Right::ReviewDossiers => "review-dossiers",
            Right::DecideDossiers => "decide-dossiers",
            Right::CollectFees => "collect-fees",
            Right::HandOverResults => "hand-over-results",
            Right::SealDocuments => "seal-documents",
            Right::SeeDossiers => "see-dossiers",
            Right::SeeFigures => "see-figures",
            Right::CheckIdentities => "check-identities",
            Right::ManageAccounts => "manage-accounts",
            Right::ManageOrganisations => "manage-organisations",
            Right::ManageProcedures => "manage-procedures",
            Right::SeeAudit => "see-audit",
            Right::ManageJobs => "manage-jobs",
            Right::ManageCertificates => "manage-certificates",
            Right::ApproveCertificates => "approve-certificates",
            Right::RegisterDocuments => "register-documents",
            Right::DraftDocuments => "draft-documents",
            Right::AssignDocuments => "assign-documents",
            Right::SeeDocuments => "see-documents",
            Right::ManageOffice => "manage-office",
            Right::ManageAxis => "manage-axis",
        }
    }

    /// What it opens is not divided by units: it counts only where it is held everywhere.
    pub fn is_undivided(self) -> bool {
        matches!(self, Right::ManageJobs | Right::ManageAxis)
    }

    pub fn parse(code: &str) -> Option<Right> {
        Right::ALL.into_iter().find(|right| right.code() == code)
    }
}
