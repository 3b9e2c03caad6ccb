//! A leader signs ten papers on a phone, without JavaScript: what that takes is counted. Taps and
//! pages are promised; seconds are only told, for they are the machine's.

use std::time::{Duration, Instant};

use identity::totp::STEP_SECONDS;
use jiff::Timestamp;
use lienthong::demo::client::Client;
use lienthong::demo::people;

use super::desk::LEADER;
use super::{Browser, Seat};

/// From the page that an officer's day begins with: the menu, the queue, all of it, on; the field
/// for the code, and the signature.
const TAPS_MAX: usize = 6;
const PAGES_MAX: usize = 4;

/// A hand that counts.
struct Phone {
    seat: Seat,
    taps: usize,
    pages: usize,
    /// From a tap until its page has come.
    answers: Duration,
}

impl Phone {
    async fn touch(&mut self, css: &str) {
        self.taps += 1;
        self.seat.touch(css).await;
    }

    async fn tap(&mut self, css: &str) {
        self.taps += 1;
        self.pages += 1;
        let begun = Instant::now();
        self.seat.tap(css).await;
        self.answers += begun.elapsed();
    }
}

pub async fn sign_all(address: &str, leader: &Client, signed_in_at: Timestamp) {
    let browser = Browser::on_a_phone().await;
    let seat = Seat::before(&browser, address);
    seat.become_person(leader).await;
    seat.go("/vao").await;
    let code = fresh_code(signed_in_at).await;
    let mut phone = Phone { seat, taps: 0, pages: 0, answers: Duration::ZERO };
    let begun = Instant::now();
    phone.touch(".menu-narrow summary").await;
    phone.tap(".menu-narrow a[href='/can-bo/ky-so']").await;
    phone.tap("main a[href*='chon=']").await;
    phone.tap("main form[action$='/nhieu'] .buttons button").await;
    phone.seat.says("Ký 10 văn bản bằng một mã").await;
    // Whoever looked at something else in between comes back to the same ten.
    phone.seat.go("/can-bo/ky-so?xem=da-ky").await;
    phone.seat.page.back().await.unwrap();
    phone.seat.says("Ký 10 văn bản bằng một mã").await;
    phone.touch("input[name=code]").await;
    phone.seat.fill("input[name=code]", &code).await;
    phone.tap("main form[action$='/nhieu/ky'] button").await;
    let took = begun.elapsed();
    phone.seat.says("Đã ký tất cả văn bản đã chọn.").await;
    phone.seat.says("Không có văn bản nào chờ ký.").await;
    let Phone { seat, taps, pages, answers } = phone;
    println!(
        "campaign: ten papers signed on a phone: {taps} taps, {} digits typed, {pages} pages, \
         {:.1} s of answers, {:.1} s with the machine's own tapping",
        code.len(),
        answers.as_secs_f64(),
        took.as_secs_f64()
    );
    assert!(taps <= TAPS_MAX && pages <= PAGES_MAX, "{taps} taps, {pages} pages");
    seat.go("/can-bo/ky-so?xem=da-ky").await;
    let signed = seat.page.find_all(fantoccini::Locator::Css("main tbody tr")).await.unwrap();
    assert!(signed.len() >= 10, "only {} are among what was signed", signed.len());
    browser.close().await;
}

/// One that nobody used yet: to sign in, the present one was taken or the next.
async fn fresh_code(signed_in_at: Timestamp) -> String {
    let step = |at: Timestamp| at.as_second() / STEP_SECONDS;
    while step(Timestamp::now()) <= step(signed_in_at) + 1 {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    people::totp(LEADER).unwrap().code(Timestamp::now())
}
