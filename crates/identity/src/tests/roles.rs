//! The table of roles and rights.

use crate::role::{Reach, Right, Role};

#[test]
fn every_role_and_right_has_a_code_of_its_own_and_is_read_back() {
    for role in Role::ALL {
        assert_eq!(Role::parse(role.code()), Some(role));
        assert!(!role.rights().is_empty());
    }
    for right in Right::ALL {
        assert_eq!(Right::parse(right.code()), Some(right));
        assert!(Role::ALL.iter().any(|role| role.allows(right)), "{right:?} is nobody's");
    }
    assert_eq!(Role::parse("manager"), None);
}

#[test]
fn who_manages_accounts_handles_no_dossiers() {
    let work = [
        Right::ReceiveDossiers,
        Right::HandleDossiers,
        Right::ReviewDossiers,
        Right::DecideDossiers,
        Right::CollectFees,
        Right::SeeDossiers,
    ];
    for role in [Role::UnitAdministrator, Role::SystemAdministrator] {
        assert!(work.iter().all(|right| !role.allows(*right)), "{role:?}");
    }
    assert!(Role::Auditor.rights().iter().all(|right| matches!(
        right,
        Right::SeeDossiers | Right::SeeFigures | Right::SeeAudit | Right::SeeDocuments
    )));
}

#[test]
fn who_manages_an_office_reads_none_of_its_documents() {
    let work = [
        Right::RegisterDocuments,
        Right::DraftDocuments,
        Right::AssignDocuments,
        Right::SeeDocuments,
    ];
    for role in [Role::UnitAdministrator, Role::SystemAdministrator] {
        assert!(work.iter().all(|right| !role.allows(*right)), "{role:?}");
    }
    assert_eq!(Role::UnitAdministrator.reach(Right::ManageOffice), Some(Reach::Subtree));
    assert_eq!(Role::Leader.reach(Right::SeeDocuments), Some(Reach::Unit));
    assert!(!Role::DocumentClerk.allows(Right::AssignDocuments));
}

#[test]
fn acts_on_dossiers_stay_in_the_unit_and_oversight_reaches_below() {
    assert_eq!(Role::Leader.reach(Right::DecideDossiers), Some(Reach::Unit));
    assert_eq!(Role::Leader.reach(Right::SeeDossiers), Some(Reach::Subtree));
    assert_eq!(Role::Clerk.reach(Right::SeeDossiers), Some(Reach::Unit));
    assert_eq!(Role::UnitAdministrator.reach(Right::ManageAccounts), Some(Reach::Subtree));
    assert_eq!(Role::Clerk.reach(Right::DecideDossiers), None);
}

#[test]
fn nobody_gives_what_lifts_them_above_themselves() {
    let unit = Role::UnitAdministrator;
    assert!(Role::Clerk.may_be_given_by(unit, false));
    assert!(unit.may_be_given_by(unit, false));
    assert!(!Role::SystemAdministrator.may_be_given_by(unit, true));
    assert!(!Role::Auditor.may_be_given_by(unit, false));
    assert!(Role::Auditor.may_be_given_by(unit, true));
    for giver in [Role::Clerk, Role::Leader, Role::Auditor] {
        assert!(Role::ALL.iter().all(|role| !role.may_be_given_by(giver, true)), "{giver:?}");
    }
}
