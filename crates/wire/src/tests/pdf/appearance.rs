//! The rules of the decree, row by row.

use super::sign::spot;
use crate::pdf::appearance::{
    Block, POINTS_PER_MM, PlacementFault, annex_lines, copy_lines, on_page, person, seal, top_right,
};
use crate::pdf::document::Page;
use crate::pdf::object::Id;
use crate::pdf::picture::{Ink, Picture, PictureFault};
use crate::pdf::stamp::{Rectangle, Stamp, StampFault};
use crate::pdf::time;

const BLOCK: Block = Block { centre_x: 420.0, position_y: 300.0, name_y: 200.0 };

fn mm(points: f64) -> f64 {
    (points / POINTS_PER_MM * 10.0).round() / 10.0
}

#[test]
fn a_person_signs_centred_between_position_and_name() {
    for pixels in [(900, 400), (400, 900), (1_000, 100), (100, 100)] {
        let place = person(BLOCK, pixels).unwrap();
        assert!((place.left + place.width / 2.0 - 420.0).abs() < 1e-9);
        assert!((place.bottom + place.height / 2.0 - 250.0).abs() < 1e-9);
        assert!(mm(place.width) <= 45.0 && mm(place.height) <= 20.0);
        assert!(mm(place.width) == 45.0 || mm(place.height) == 20.0);
    }
    let narrow = Block { name_y: 260.0, ..BLOCK };
    assert!(person(narrow, (900, 400)).unwrap().height <= 40.0);
    let none = Block { name_y: 290.0, ..BLOCK };
    assert_eq!(person(none, (900, 400)).unwrap_err(), PlacementFault::NoRoom);
}

#[test]
fn a_seal_covers_the_left_third_in_its_real_size() {
    let signature = person(BLOCK, (900, 400)).unwrap();
    let round = seal(signature, (36.0, 36.0)).unwrap();
    assert_eq!((mm(round.width), mm(round.height)), (36.0, 36.0));
    let covered = round.left + round.width - signature.left;
    assert!((covered - signature.width / 3.0).abs() < 1e-9);
    let centres = [round, signature].map(|one| one.bottom + one.height / 2.0);
    assert!((centres[0] - centres[1]).abs() < 1e-9);
    assert_eq!(seal(signature, (5.0, 36.0)).unwrap_err(), PlacementFault::SealSize);
}

#[test]
fn text_stands_in_the_upper_right_corner_and_not_over_the_edge() {
    let place = top_right((595.0, 842.0), (150.0, 24.0)).unwrap();
    assert!(place.left > 297.5 && place.bottom > 780.0);
    assert!(place.left + place.width < 595.0 && place.bottom + place.height < 842.0);
    assert_eq!(top_right((595.0, 842.0), (600.0, 24.0)).unwrap_err(), PlacementFault::OffPage);
    let low = Rectangle { left: 0.0, bottom: -1.0, width: 9.0, height: 9.0 };
    assert_eq!(on_page(low, (595.0, 842.0)).unwrap_err(), PlacementFault::OffPage);
}

#[test]
fn annexes_and_copies_say_what_the_decree_asks() {
    let signed = "2026-04-20T07:30:45Z".parse().unwrap();
    assert_eq!(annex_lines("12/QĐ-UBND", signed), ["12/QĐ-UBND", "2026-04-20T14:30:45+07:00"]);
    let copy = copy_lines("SAO Y", "UBND xã Tân Lập", signed);
    assert_eq!(copy, ["SAO Y", "UBND xã Tân Lập", "2026-04-20T14:30:45+07:00"]);
    assert_eq!(time::to_pdf(signed), "D:20260420143045+07'00'");
}

#[test]
fn dates_are_read_as_they_are_found() {
    let moment = |words: &str| time::from_pdf(words).map(|moment| moment.to_string());
    let expected = Some("2026-04-20T07:30:45Z".to_owned());
    for words in ["D:20260420143045+07'00'", "D:20260420143045+07'00", "D:20260420073045Z"] {
        assert_eq!(moment(words), expected, "{words}");
    }
    assert_eq!(moment("D:2026"), Some("2026-01-01T00:00:00Z".into()));
    for words in ["", "D:", "D:20261320", "D:20260420143045+99'00'", "D:2026042014304é", "D:202"] {
        assert_eq!(moment(words), None, "{words}");
    }
}

#[test]
fn pictures_are_blue_or_red_on_nothing() {
    let blue = spot([20, 40, 200], 0);
    let red = spot([210, 20, 30], 0);
    assert!(Picture::read(&blue, Ink::Blue).is_ok());
    assert!(Picture::read(&red, Ink::Red).is_ok());
    let fault = |png: &[u8], ink| Picture::read(png, ink).unwrap_err();
    assert_eq!(fault(&blue, Ink::Red), PictureFault::Colour { expected: Ink::Red, percent: 0 });
    assert_eq!(fault(&red, Ink::Blue), PictureFault::Colour { expected: Ink::Blue, percent: 0 });
    let black = spot([10, 10, 10], 0);
    assert_eq!(fault(&black, Ink::Blue), PictureFault::Colour { expected: Ink::Blue, percent: 0 });
    let white = spot([20, 40, 200], 255);
    assert_eq!(fault(&white, Ink::Blue), PictureFault::Ground { clear_percent: 0 });
    assert_eq!(fault(b"GIF89a", Ink::Blue), PictureFault::NotPng);
    assert_eq!(fault(&blue[..blue.len() / 2], Ink::Blue), PictureFault::NotPng);
    let mut opaque = Vec::new();
    let encoder = png::Encoder::new(&mut opaque, 20, 20);
    encoder.write_header().unwrap().write_image_data(&[0; 400]).unwrap();
    assert_eq!(fault(&opaque, Ink::Blue), PictureFault::NoAlpha);
}

#[test]
fn a_turned_page_takes_the_stamp_where_it_is_seen() {
    let place = Rectangle { left: 10.0, bottom: 20.0, width: 30.0, height: 5.0 };
    let id = Id { number: 3, generation: 0 };
    let on = |rotation_degrees| {
        place.on(&Page { id, visible: [0.0, 0.0, 100.0, 200.0], rotation_degrees })
    };
    assert_eq!(on(0), [10.0, 20.0, 40.0, 25.0]);
    assert_eq!(on(90), [75.0, 10.0, 80.0, 40.0]);
    assert_eq!(on(180), [60.0, 175.0, 90.0, 180.0]);
    assert_eq!(on(270), [20.0, 160.0, 25.0, 190.0]);
}

#[test]
fn letters_that_the_font_lacks_are_named() {
    let Ok(font) = std::fs::read(super::sign::SERIF) else {
        println!("skipped: Liberation Serif is not installed");
        return;
    };
    let fault = Stamp::text(&font, &["漢".to_owned()], 10.0).unwrap_err();
    assert_eq!(fault, StampFault::NoGlyph { letter: '漢' });
    assert_eq!(Stamp::text(b"no font", &["a".into()], 10.0).unwrap_err(), StampFault::Font);
    assert_eq!(Stamp::text(&font, &[], 10.0).unwrap_err(), StampFault::Lines);
    // Decomposed letters are composed first.
    assert!(Stamp::text(&font, &["e\u{302}\u{301}".to_owned()], 10.0).is_ok());
}
