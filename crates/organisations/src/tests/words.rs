//! Every sentence that code or a page asks for is there, in both languages.

use std::collections::BTreeSet;

use platform::words::{Locale, Words};

use crate::branch::Branch;
use crate::code::CodeFault;
use crate::contact::ContactFault;
use crate::sheet::{COLUMNS, RowFault};
use crate::unit::Standing;
use crate::{Code, Kind, Level, NameFault, Refusal};

fn words() -> Words {
    let ground = platform::parts().into_iter().map(|part| part.words);
    Words::load(&ground.chain([crate::part().words]).collect::<Vec<_>>()).unwrap()
}

fn refusals() -> Vec<Refusal> {
    let code = || Code::issue("H57.14").unwrap();
    let text = || "x".to_owned();
    let faults = [
        RowFault::NotText,
        RowFault::CellTooLong { column: "name" },
        RowFault::KindUnknown { text: text() },
        RowFault::DateUnreadable { column: "valid_to", text: text() },
        RowFault::NeitherYesNorNo { text: text() },
        RowFault::GsoUnreadable { text: text() },
        RowFault::ParentDiffers { code: code(), above: text() },
        RowFault::KindDiffers { kind: Kind::Other },
        RowFault::CodeTwice { line: 2 },
    ];
    let codes = [
        CodeFault::Empty,
        CodeFault::TooLong,
        CodeFault::Unprintable,
        CodeFault::NotStandard,
        CodeFault::NoSuchBranch,
    ];
    let contacts = [
        ContactFault::AddressTooLong,
        ContactFault::PhoneUnreadable,
        ContactFault::EmailUnreadable,
        ContactFault::WorkingHoursTooLong,
        ContactFault::MapLinkUnreadable,
    ];
    let mut all = vec![
        Refusal::NoSuchUnit,
        Refusal::OwnUnit,
        Refusal::LevelOneIsIssuedAbove,
        Refusal::ChangedMeanwhile,
        Refusal::CodeTaken { code: code(), holder: text() },
        Refusal::NothingAbove { code: code() },
        Refusal::BelowItself,
        Refusal::KindMisplaced,
        Refusal::NameWrong(NameFault::Empty),
        Refusal::NameWrong(NameFault::TooLong),
        Refusal::ContactWrong(contacts.to_vec()),
        Refusal::EndsBeforeItBegins,
        Refusal::OutlivesTheUnitAbove { above: text() },
        Refusal::AlreadyClosed { on: jiff::civil::date(2025, 6, 30) },
        Refusal::NotClosed,
        Refusal::UnitsBelowInForce { count: 3 },
        Refusal::NoSuchSuccessor { code: text() },
        Refusal::NoSuchReplaced { code: text() },
        Refusal::GsoTaken { gso: text(), code: code() },
        Refusal::SucceedsItself,
        Refusal::SuccessorNotInForce { code: code() },
        Refusal::NothingChanged,
        Refusal::NoSuchAlias,
        Refusal::SheetUnreadable { reason: text() },
        Refusal::ColumnMissing { column: "code" },
        Refusal::SheetTooLong { limit: 9 },
    ];
    all.extend(faults.map(Refusal::from));
    all.extend(codes.map(Refusal::from));
    all.extend(contacts.map(|fault| Refusal::ContactWrong(vec![fault])));
    all
}

#[test]
fn every_refusal_has_its_own_sentence_in_both_languages() {
    let words = words();
    for locale in Locale::ALL {
        let speech = words.speak(locale);
        let sentences: BTreeSet<String> =
            refusals().iter().map(|refusal| refusal.sentence(&speech)).collect();
        assert_eq!(sentences.len(), refusals().len(), "{locale:?}");
        for sentence in sentences {
            assert!(sentence.ends_with(['.', ')']), "says what to do: {sentence}");
            assert!(!sentence.contains("organisations-") && !sentence.contains('{'), "{sentence}");
        }
    }
    assert_eq!(words.missing(), BTreeSet::new());
}

#[test]
fn every_kind_level_branch_standing_and_column_has_its_words() {
    let words = words();
    for locale in Locale::ALL {
        let speech = words.speak(locale);
        Kind::ALL.into_iter().for_each(|kind| drop(speech.t(&kind.word())));
        Level::ALL.into_iter().for_each(|level| drop(speech.t(&level.word())));
        Branch::ALL.into_iter().for_each(|branch| drop(speech.t(branch.word())));
        for standing in [Standing::NotYet, Standing::InForce, Standing::Closed] {
            speech.t(standing.word());
        }
        for column in COLUMNS {
            speech.t(&format!("organisations-column-{}", column.replace('_', "-")));
        }
    }
    assert_eq!(words.missing(), BTreeSet::new());
}
