use crate::status::Status;

/// The whole table of legal moves, by code.
const MOVES: [(i32, &[i32]); 10] = [
    (1, &[2, 3, 5, 7]),
    (2, &[4, 5, 6, 7, 8, 9]),
    (3, &[]),
    (4, &[4, 5, 6, 7, 8, 9]),
    (5, &[1, 2, 3, 4, 7, 8]),
    (6, &[4, 8, 9]),
    (7, &[]),
    (8, &[]),
    (9, &[10]),
    (10, &[]),
];

#[test]
fn the_legal_moves_are_exactly_these() {
    for (code, expected) in MOVES {
        let from = Status::try_from(code).unwrap();
        for to in Status::ALL {
            let legal = expected.contains(&to.code());
            assert_eq!(from.may_become(to), legal, "{code} -> {}", to.code());
        }
    }
}

#[test]
fn refused_withdrawn_stopped_and_handed_over_are_the_end() {
    let ends: Vec<i32> =
        Status::ALL.into_iter().filter(|status| status.is_final()).map(Status::code).collect();
    assert_eq!(ends, [3, 7, 8, 10]);
}

#[test]
fn a_number_outside_the_list_is_no_status() {
    assert!(Status::try_from(0).is_err());
    assert!(Status::try_from(11).is_err());
}
