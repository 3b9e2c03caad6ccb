//! What the store says reaches people unchanged, through whichever capability it comes.

use platform::files::FileRefusal;
use platform::store::StoreError;
use platform::web::Problem;
use platform::words::{Locale, Words};

use crate::refusal::Refusal;

#[test]
fn an_unknown_outcome_stays_one_through_every_capability() {
    let speech = Words::load(&[crate::WORDS]).unwrap().speak(Locale::Vi);
    let lost = || StoreError::Unknown;
    let problems: [(&str, Problem); 5] = [
        ("dossiers", Refusal::Store(lost()).into()),
        ("files of dossiers", Refusal::File(FileRefusal::Store(lost())).into()),
        ("identity", identity::Refusal::Store(lost()).into()),
        ("organisations", organisations::Refusal::Store(lost()).into()),
        ("procedures", procedures::Refusal::Store(lost()).into_problem(&speech)),
    ];
    for (whose, problem) in problems {
        assert_eq!(
            (problem.kind(), problem.status().as_u16()),
            ("outcome-unknown", 503),
            "{whose}"
        );
    }
}
