//! Every sentence is there in both languages, with every place in it filled.

use std::collections::BTreeSet;

use platform::words::{Locale, Word, Words};

use super::town::Town;
use crate::WORDS;
use crate::event::EventKind;
use crate::papers::Form;
use crate::pile::Pile;
use crate::rules::Rule;
use crate::signature::Signing;
use crate::status::Status;

#[test]
fn both_languages_have_the_same_keys() {
    let words = Words::load(&[WORDS]).unwrap();
    let (vi, en) = (words.keys(Locale::Vi), words.keys(Locale::En));
    let lonely: BTreeSet<_> = vi.symmetric_difference(en).collect();
    assert!(lonely.is_empty(), "{lonely:?}");
}

/// Keys that are put together where they are used.
#[test]
fn every_state_act_event_and_paper_has_its_word() {
    let words = Words::load(&[WORDS]).unwrap();
    let mut wanted: Vec<String> = Vec::new();
    wanted.extend(Status::ALL.map(|status| format!("dossiers-status-{}", status.word())));
    wanted.extend(EventKind::ALL.map(|kind| format!("dossiers-event-{}", kind.word())));
    wanted.extend(Form::ALL.map(Form::word));
    let told = Signing::ALL.into_iter().filter(|signing| *signing != Signing::Unasked);
    wanted.extend(told.map(|signing| format!("dossiers-signing-{}", signing.code())));
    wanted.extend(Pile::ALL.map(Pile::word));
    wanted.extend(Rule::ALL.map(|r| format!("dossiers-rule-{}", r.as_str().replace('_', "-"))));
    for kind in EventKind::ALL.into_iter().filter(|kind| kind.is_notified()) {
        let parts = ["subject", "mail", "sms"];
        wanted.extend(parts.map(|part| format!("dossiers-tell-{}-{part}", kind.word())));
    }
    for locale in Locale::ALL {
        let missing: Vec<&String> =
            wanted.iter().filter(|key| !words.keys(locale).contains(*key)).collect();
        assert!(missing.is_empty(), "{} {missing:?}", locale.tag());
    }
}

#[test]
fn a_refusal_names_the_act_and_the_state_in_words() {
    let words = Words::load(&[WORDS]).unwrap();
    for locale in Locale::ALL {
        let speech = words.speak(locale);
        let values = [
            ("by", Word::from("A")),
            ("at", Word::from("1")),
            ("what", Word::from("accepted")),
            ("status", Word::from("withdrawn")),
        ];
        let changed = speech.with("dossiers-refusal-changed-detail", &values);
        assert!(changed.contains("tiếp nhận") || changed.contains("accepted"), "{changed}");
        let not_now = speech.with("dossiers-refusal-not-now-detail", &values);
        assert!(not_now.contains("rút hồ sơ") || not_now.contains("Withdrawn"), "{not_now}");
    }
}

/// Walks the pages in both languages: a key or a place that is missing is remembered.
#[tokio::test]
async fn no_page_lacks_a_word() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let draft = town.filled(&mut binh).await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    let mut leader = town.officer("lanh.dao").await;
    let mut system = town.officer("he.thong").await;
    for lang in ["vi", "en"] {
        let at = |path: &str| {
            let mark = if path.contains('?') { '&' } else { '?' };
            format!("{path}{mark}lang={lang}")
        };
        for path in [
            "/ho-so",
            "/vi-giay-to",
            "/tra-cuu",
            "/kiem-tra",
            "/kiem-tra/AAAA-BBBB-CCCC",
            "/nop-ho-so/1.099999",
        ] {
            binh.get(&at(path)).await;
        }
        for step in
            ["", "/buoc/child-name", "/buoc/birth", "/buoc/paper", "/buoc/check", "/co-quan"]
        {
            binh.get(&at(&format!("{draft}{step}"))).await;
        }
        for page in ["", "/xac-nhan", "/rut", "/phieu/request/1", "/phieu/slip01/1"] {
            let answer = binh.get(&at(&format!("{dossier}{page}"))).await;
            assert_eq!(answer.status, 200, "{page}");
        }
        for page in [
            "",
            "/viec/chuyen",
            "/viec/bo-sung",
            "/viec/nghia-vu-tai-chinh",
            "/viec/ghi-chu",
            "/phieu/slip06/1",
        ] {
            let answer = clerk.get(&at(&format!("/can-bo{dossier}{page}"))).await;
            assert_eq!(answer.status, 200, "{page}");
        }
        for page in [
            "/can-bo/ho-so",
            "/can-bo/ho-so?muc=da-xong",
            "/can-bo/so-theo-doi",
            "/can-bo/tiep-nhan?q=khai",
            "/can-bo/tiep-nhan/1.099999",
        ] {
            assert_eq!(clerk.get(&at(page)).await.status, 200, "{page}");
        }
        for act in ["quyet-dinh", "dung", "hen-lai"] {
            leader.get(&at(&format!("/can-bo{dossier}/viec/{act}"))).await;
        }
        system.get(&at("/quan-tri/lich-lam-viec")).await;
    }
    town.house.run_jobs().await;
    let missing = town.house.ctx.words.missing();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The story of a dossier is only ever added to.
#[test]
fn nothing_changes_or_deletes_what_happened() {
    let sql = include_str!("../store/story.rs");
    let statements = sql.split("const ").skip(1).map(str::to_uppercase);
    for statement in statements {
        let text = statement.split(';').next().unwrap_or_default();
        assert!(!text.contains("\"UPDATE ") && !text.contains("\"DELETE "), "{text}");
    }
    let elsewhere = [
        include_str!("../store/dossier.rs"),
        include_str!("../store/queue.rs"),
        include_str!("../store/result.rs"),
    ];
    for sql in elsewhere {
        assert!(!sql.contains("dossiers_event SET") && !sql.contains("dossiers_handover SET"));
    }
}
