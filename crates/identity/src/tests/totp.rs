//! The codes of an authenticator app, against the vectors of RFC 6238 and of base 32.

use jiff::Timestamp;
use proptest::prelude::*;

use crate::secret_code;
use crate::totp::{TotpSecret, step_of};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn rfc() -> TotpSecret {
    TotpSecret::from_slice(b"12345678901234567890").unwrap()
}

#[test]
fn the_vectors_of_rfc_6238_hold() {
    // Appendix B, SHA-1; the last six of its eight digits.
    let vectors = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];
    for (second, code) in vectors {
        assert_eq!(rfc().code(at(second)), code, "{second}");
    }
}

#[test]
fn the_key_as_text_is_base_32_and_reads_back() {
    assert_eq!(rfc().text(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    let typed = "gezd gnbv gy3t qojq gezd gnbv gy3t qojq";
    assert!(TotpSecret::parse(typed) == Some(rfc()));
    assert!(TotpSecret::parse("GEZDGNBV").is_none());
    assert!(TotpSecret::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1").is_none());
}

#[test]
fn clocks_may_differ_by_one_step_and_no_more() {
    let now = at(1_795_399_200);
    let code_at = |seconds: i64| rfc().code(at(1_795_399_200 + seconds));
    assert!(rfc().accept(&code_at(0), now, None).is_some());
    assert!(rfc().accept(&code_at(-30), now, None).is_some());
    assert!(rfc().accept(&code_at(30), now, None).is_some());
    assert!(rfc().accept(&code_at(60), now, None).is_none());
    assert!(rfc().accept(&code_at(-60), now, None).is_none());
}

#[test]
fn a_code_opens_once_and_no_earlier_one_after_it() {
    let now = at(1_795_399_200);
    let used = rfc().accept(&rfc().code(now), now, None);
    assert_eq!(used, Some(step_of(now)));
    assert_eq!(rfc().accept(&rfc().code(now), now, used), None);
    assert_eq!(rfc().accept(&rfc().code(at(1_795_399_170)), now, used), None);
    let next = at(1_795_399_230);
    assert!(rfc().accept(&rfc().code(next), next, used).is_some());
}

#[test]
fn blanks_between_the_digits_do_no_harm() {
    let now = at(59);
    assert!(rfc().accept(" 287 082 ", now, None).is_some());
    assert!(rfc().accept("", now, None).is_none());
    assert!(rfc().accept("287082287082", now, None).is_none());
}

#[test]
fn the_address_for_the_app_is_percent_encoded() {
    let uri = rfc().uri("Liên Thông", "lan@hanoi");
    assert!(uri.starts_with("otpauth://totp/Li%C3%AAn%20Th%C3%B4ng:lan%40hanoi?secret=GEZD"));
    assert!(uri.ends_with("&issuer=Li%C3%AAn%20Th%C3%B4ng"));
}

#[test]
fn paper_codes_forgive_how_they_are_copied() {
    assert_eq!(secret_code::read_paper_code("o1il - 23ab"), "011123AB");
    let row = uuid::Uuid::from_u128(1);
    let hash = secret_code::hash(row, "ABCD-0123-4567-89EF");
    assert!(secret_code::is(row, "abcd o123 4567 89ef", &hash));
    assert!(!secret_code::is(row, "abcd o123 4567 89eg", &hash));
    assert!(!secret_code::is(uuid::Uuid::from_u128(2), "ABCD-0123-4567-89EF", &hash));
}

proptest! {
    #[test]
    fn any_key_reads_back_from_its_text(bytes in prop::array::uniform20(any::<u8>())) {
        let secret = TotpSecret::new(bytes);
        prop_assert!(TotpSecret::parse(&secret.text()) == Some(secret));
    }

    #[test]
    fn what_a_stranger_types_never_panics(typed in "\\PC{0,40}", second in 0i64..4_000_000_000) {
        let _ = rfc().accept(&typed, at(second), None);
        let _ = TotpSecret::parse(&typed);
        let _ = secret_code::read_paper_code(&typed);
    }
}
