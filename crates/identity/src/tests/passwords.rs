//! The policy, by table; and the hash.

use proptest::prelude::*;

use crate::hashing::{Cost, Hashing};
use crate::password::{Password, PasswordFault as Fault, Strictness, blocklist};

const OWN: [&str; 4] = ["079088012341", "Nguyễn Thị Bích Ngọc", "0912345678", "bichngoc88"];

fn citizen(text: &str) -> Result<(), Fault> {
    Password::choose(text, Strictness::Citizen, &OWN).map(drop)
}

#[test]
fn sentences_and_oddities_are_good_passwords() {
    let good = [
        "con trâu ăn lúa ven sông",
        "tách cà phê thứ bảy",
        "x7#kPq2!",
        "mưa rơi 5 giờ chiều",
        "hai mươi ba con vịt",
        "Ngọc Trinh mua ba ổ bánh mì",
        "🐃🌾🎋🪷🍜🛵🏮🧧",
        "correct horse battery staple",
    ];
    for text in good {
        assert_eq!(citizen(text), Ok(()), "{text}");
    }
}

#[test]
fn what_everyone_tries_first_is_refused_in_all_its_disguises() {
    let common = [
        "password",
        "Password1",
        "P@ssw0rd",
        "p@$$w0rd2024",
        "PASSWORD!!!!",
        "matkhau123",
        "Mật khẩu",
        "mậtkhẩu@2025",
        "anhyeuem",
        "Anh Yêu Em",
        "emyeuanh1402",
        "khongbiet",
        "iloveyou",
        "1loveyou",
        "sunshine99",
        "admin@123",
        "Hanoi2025",
        "saigon!!",
        "hanoihanoi",
        "vietnamvodich",
        "dichvucong",
        "DichVuCong@1",
        "canbo2026",
        "lienthong1",
        "ubndxa123",
        "trustno1",
        "1q2w3e4r",
    ];
    for text in common {
        assert!(matches!(citizen(text), Err(Fault::Common | Fault::Row)), "{text}");
    }
}

#[test]
fn rows_repetitions_and_dates_are_refused() {
    let rows = [
        "12345678",
        "87654321",
        "11111111",
        "aaaaaaaa",
        "abcdefgh",
        "qwertyuiop",
        "poiuytrewq",
        "asdfghjkl",
        "1qaz2wsx",
        "qwerty123456",
        "aaaabbbb",
        "12341234",
        "********",
        "!@!@!@!@",
        "01011990",
        "1990-01-01",
        "31/12/2010",
        "20250630",
        "147258369",
        "abcabcabc",
    ];
    for text in rows {
        assert_eq!(citizen(text), Err(Fault::Row), "{text}");
    }
}

#[test]
fn ones_own_data_are_refused_with_little_added() {
    let own = [
        "079088012341",
        "079088012341a",
        "0912345678",
        "0912345678!",
        "nguyenthibichngoc",
        "Nguyễn Thị Bích Ngọc",
        "bichngoc88",
        "BichNgoc88!!",
        "B1chng0c88",
    ];
    for text in own {
        assert_eq!(citizen(text), Err(Fault::Own), "{text}");
    }
    assert_eq!(citizen("bichngoc88 thích ăn xoài chua"), Ok(()));
}

#[test]
fn length_is_counted_in_letters_and_differs_by_who_asks() {
    assert_eq!(citizen(""), Err(Fault::Missing));
    assert_eq!(citizen("xoài7#k"), Err(Fault::Short { least: 8 }));
    assert_eq!(citizen("xoài7#kz"), Ok(()));
    let officer = |text: &str| Password::choose(text, Strictness::Officer, &OWN).map(drop);
    assert_eq!(officer("xoài7#kz"), Err(Fault::Short { least: 12 }));
    assert_eq!(officer("xoài7#kz mận"), Ok(()));
    assert_eq!(citizen(&"xoài 7#k mận ".repeat(10)[..]), Err(Fault::Long { most: 128 }));
    let longest: String = "mười hai con giáp đi chợ Tết ".chars().cycle().take(128).collect();
    assert_eq!(citizen(&longest), Ok(()));
}

#[test]
fn every_keyboard_writes_the_same_password() {
    let composed = Password::typed("tiếng Việt");
    let decomposed = Password::typed("tie\u{302}\u{301}ng Vie\u{323}\u{302}t");
    assert_eq!(composed.as_bytes(), decomposed.as_bytes());
    assert_eq!(format!("{composed:?}"), "Password(…)");
}

#[test]
fn the_blocklist_is_folded_sorted_and_without_doubles() {
    let words: Vec<&str> = blocklist().collect();
    assert!(words.len() > 1_500);
    assert!(words.is_sorted_by(|one, next| one < next));
    for word in words {
        assert!(
            word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()),
            "{word}"
        );
    }
}

proptest! {
    #[test]
    fn judging_a_password_never_panics(text in "\\PC{0,160}", own in "\\PC{0,40}") {
        let _ = Password::choose(&text, Strictness::Officer, &[&own]);
    }
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

#[test]
fn a_hash_opens_with_its_password_and_no_other() {
    run(async {
        let hashing = Hashing::least();
        let right = Password::typed("con trâu ăn lúa");
        let hash = hashing.hash(right.clone(), Strictness::Citizen, [7; 16]).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$"));
        let stored = Some(hash);
        let verdict = hashing.verify(right, stored.clone(), Strictness::Citizen).await.unwrap();
        assert!(verdict.right && !verdict.stale);
        let wrong = Password::typed("con trâu ăn cỏ");
        let verdict = hashing.verify(wrong.clone(), stored, Strictness::Citizen).await.unwrap();
        assert!(!verdict.right && !verdict.stale);
        let nobody = hashing.verify(wrong, None, Strictness::Citizen).await.unwrap();
        assert!(!nobody.right);
    });
}

#[test]
fn a_hash_of_an_older_cost_is_known_as_stale() {
    run(async {
        let cheap = Hashing::least();
        let least = Cost { memory_kib: 16, passes: 2, lanes: 1 };
        let dearer = Hashing::new(least, least);
        let password = Password::typed("con trâu ăn lúa");
        let hash = cheap.hash(password.clone(), Strictness::Citizen, [7; 16]).await.unwrap();
        let verdict = dearer.verify(password, Some(hash), Strictness::Citizen).await.unwrap();
        assert!(verdict.right && verdict.stale);
    });
}
