use std::collections::BTreeSet;

use identity::Role;

use crate::channel::Channel;
use crate::completeness;
use crate::shipped::{FILES, FORMS, Shipped, read};
use crate::time_limit::{TimeLimit, TimeUnit};
use crate::version::Version;

fn each(check: impl Fn(&Shipped)) {
    read().unwrap().iter().for_each(check);
}

/// The working hours that a time limit surely holds: of whole days only the working ones.
fn working_hours(limit: &TimeLimit) -> Option<u32> {
    match limit.unit {
        TimeUnit::WorkingHour | TimeUnit::Hour => Some(limit.amount),
        TimeUnit::WorkingDay => Some(limit.amount * 8),
        TimeUnit::Day => Some(limit.amount * 5 / 7 * 8),
        TimeUnit::Month => Some(limit.amount * 20 * 8),
        TimeUnit::SameDay => Some(8),
        TimeUnit::Other => None,
    }
}

/// The shortest time any way of filing allows.
fn hours_allowed(version: &Version) -> Option<u32> {
    let limit = |channel: &Channel| channel.time_limit.as_ref().and_then(working_hours);
    version.channels.iter().filter_map(limit).min()
}

#[test]
fn there_are_at_least_thirty_of_several_ministries_and_levels() {
    let all = read().unwrap();
    assert!(all.len() >= 36, "{}", all.len());
    let ministries: BTreeSet<_> = all
        .iter()
        .filter_map(|shipped| shipped.version.agencies.publishing.clone()?.code)
        .collect();
    assert!(ministries.len() >= 6, "{ministries:?}");
    for level in crate::level::Level::ALL {
        assert!(all.iter().any(|shipped| shipped.version.levels.has(level)), "{level:?}");
    }
}

#[test]
fn each_file_is_named_by_its_code_and_each_form_has_its_procedure() {
    for ((code, _), shipped) in FILES.iter().zip(read().unwrap()) {
        assert_eq!(*code, shipped.version.code.as_str());
    }
    for (code, _) in FORMS {
        assert!(FILES.iter().any(|(of, _)| *of == code), "{code}");
    }
    let codes: BTreeSet<_> = FILES.iter().map(|(code, _)| code).collect();
    assert_eq!(codes.len(), FILES.len());
}

#[test]
fn each_is_complete_by_the_mandatory_parts_and_says_results_law_and_decision() {
    each(|shipped| {
        let version = &shipped.version;
        let missing: Vec<_> = completeness::check(version).missing().collect();
        assert!(missing.is_empty(), "{}: {missing:?}", version.code);
        assert!(!version.results.is_empty(), "{}", version.code);
        assert!(!version.legal_bases.is_empty(), "{}", version.code);
        assert!(version.legal_bases.iter().all(|law| law.code.is_some()), "{}", version.code);
        assert!(version.decision.number.contains("/QĐ-"), "{}", version.code);
    });
}

#[test]
fn each_speaks_both_languages_and_the_language_of_daily_life() {
    each(|shipped| {
        let version = &shipped.version;
        let said = [&version.name_en, &version.summary, &version.summary_en];
        let is_said = |text: &&Option<String>| text.as_ref().is_some_and(|it| it.len() > 8);
        assert!(said.iter().all(is_said), "{}", version.code);
        let components = version.cases.iter().flat_map(|case| &case.components);
        for component in components {
            assert!(component.name_en.is_some(), "{}: {}", version.code, component.name);
        }
        assert!(!version.life_events.is_empty(), "{}", version.code);
        assert!(version.keywords.len() >= 2, "{}", version.code);
        assert!(version.steps.len() >= 2, "{}", version.code);
    });
}

#[test]
fn each_says_where_and_when_it_was_verified() {
    each(|shipped| {
        let page = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/";
        let id = shipped.verified.from.strip_prefix(page).unwrap();
        assert!(uuid::Uuid::parse_str(id).is_ok(), "{id}");
        assert_eq!(shipped.verified.on.year(), 2026);
    });
}

#[test]
fn routes_name_roles_that_exist_and_fit_the_time_limit() {
    each(|shipped| {
        let version = &shipped.version;
        assert!(!version.route.is_empty(), "{}", version.code);
        for step in &version.route {
            assert!(Role::parse(&step.role).is_some(), "{}: {}", version.code, step.role);
            assert!(step.hours > 0 && !step.name_vi.is_empty() && !step.name_en.is_empty());
        }
        let hours: u32 = version.route.iter().map(|step| step.hours).sum();
        if let Some(allowed) = hours_allowed(version) {
            assert!(hours <= allowed, "{}: {hours} of {allowed}", version.code);
        }
    });
}

#[test]
fn related_procedures_have_codes_and_no_procedure_is_its_own_relative() {
    each(|shipped| {
        let version = &shipped.version;
        assert!(!version.related.contains(&version.code), "{}", version.code);
    });
}

#[test]
fn a_form_is_there_only_where_one_can_file_online() {
    each(|shipped| {
        if shipped.version.form.is_some() {
            assert!(shipped.version.is_filed_online(), "{}", shipped.version.code);
        }
    });
}
