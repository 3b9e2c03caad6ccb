//! The table of channels, run together as captures have it.

use super::super::channels::read;
use super::super::reading::Why;
use crate::channel::ChannelKind::{Direct, Online, Postal};
use crate::fee::{Currency, Vnd};
use crate::time_limit::{TimeLimit, TimeUnit};

const HEAD: &str = "Hình thức nộpThời gianPhí, lệ phíMô tả";

fn table(rows: &str) -> String {
    format!("{HEAD}{rows}")
}

#[test]
fn rows_are_parted_at_kind_time_and_fee() {
    let (channels, doubts) = read(&table(
        "Trực tuyến7 Ngày làm việcMiễn phíDịch vụ bưu chính22 NgàyMiễn phíGửi hồ sơ qua bưu \
         chính.Trực tiếp1,5 Ngày làm việcKhông có thông tinNộp Trực tiếp tại phòng 3.",
    ));
    assert_eq!(doubts, []);
    let kinds: Vec<_> = channels.iter().map(|channel| channel.kind).collect();
    assert_eq!(kinds, [Online, Postal, Direct]);
    assert_eq!(channels[0].time_limit, Some(TimeLimit::new(7, TimeUnit::WorkingDay)));
    assert!(channels[0].fees[0].is_free());
    assert_eq!(channels[1].time_limit, Some(TimeLimit::new(22, TimeUnit::Day)));
    assert_eq!(channels[1].text, "Gửi hồ sơ qua bưu chính.");
    let limit = channels[2].time_limit.as_ref().unwrap();
    assert_eq!((limit.amount, limit.unit), (12, TimeUnit::WorkingHour));
    assert!(channels[2].fees.is_empty(), "the source says nothing about a fee");
    assert_eq!(channels[2].text, "Nộp Trực tiếp tại phòng 3.");
}

#[test]
fn sums_have_their_currency_and_their_words() {
    let (channels, _) = read(&table(
        "Trực tiếp2 Ngày làm việc1,100,000 Việt Nam Đồng(a) Cấp mới: 1.100.000 đồng; b) Cấp lại \
         (mất): 500.000 đồng)Tại phòng một cửa.Trực tiếpKhông có thông tin10 USD(/bản)",
    ));
    let fee = &channels[0].fees[0];
    assert_eq!(fee.amount, Some(Vnd(1_100_000)));
    assert_eq!(fee.text, "a) Cấp mới: 1.100.000 đồng; b) Cấp lại (mất): 500.000 đồng");
    assert_eq!(channels[0].text, "Tại phòng một cửa.");
    let foreign = &channels[1].fees[0];
    assert_eq!((foreign.amount, &foreign.currency), (Some(Vnd(10)), &Currency::Usd));
    assert_eq!(channels[1].time_limit, None);
}

#[test]
fn free_with_a_rule_beside_it_is_not_free() {
    let words = |text: &str| {
        let (channels, _) = read(&table(&format!("Trực tuyến3 NgàyMiễn phí({text})")));
        channels[0].fees[0].clone()
    };
    assert_eq!(words("Theo quy định của Hội đồng nhân dân").amount, None);
    assert_eq!(words("Lệ phí: 135.000 đồng/lần").amount, None);
    assert_eq!(words("Không").amount, Some(Vnd(0)));
    assert_eq!(words("Miễn phí cho hộ nghèo").amount, Some(Vnd(0)));
    assert_eq!(words("Miễn phí; nộp trễ: 20.000 đồng").amount, None);
}

#[test]
fn digits_that_may_be_parted_in_two_ways_stay_words() {
    let (channels, doubts) = read(&table("Trực tiếp125 VNĐ(Bằng 50% mức thu)"));
    assert_eq!(channels[0].time_limit, None);
    assert_eq!(channels[0].fees[0].amount, None);
    assert_eq!(channels[0].fees[0].text, "125 VNĐ (Bằng 50% mức thu)");
    assert!(doubts.iter().all(|doubt| doubt.why == Why::DigitsRunTogether), "{doubts:?}");
    let (channels, _) = read(&table("Trực tuyến1100,000 Việt Nam Đồng"));
    assert_eq!(channels[0].time_limit, Some(TimeLimit::new(1, TimeUnit::Other)));
    assert_eq!(channels[0].fees[0].amount, Some(Vnd(100_000)));
}

#[test]
fn a_sum_that_lost_its_thousands_is_not_believed() {
    let (channels, doubts) = read(&table("Trực tiếp5 Ngày làm việc135 VNĐ(135.000 đồng/lần.)"));
    assert_eq!(channels[0].fees[0].amount, None);
    assert_eq!(channels[0].fees[0].text, "135 VNĐ (135.000 đồng/lần.)");
    assert_eq!(doubts[0].why, Why::AmountTooSmall);
}

#[test]
fn a_small_sum_run_together_with_its_time_is_told_alone() {
    let (channels, doubts) = read(&table("Trực tuyến1100 VNĐ(Phí công bố: 100.000 đồng)"));
    assert_eq!(channels[0].time_limit, Some(TimeLimit::new(1, TimeUnit::Other)));
    assert_eq!(channels[0].fees[0].text, "100 VNĐ (Phí công bố: 100.000 đồng)");
    assert!(doubts.iter().any(|doubt| doubt.why == Why::AmountTooSmall), "{doubts:?}");
}

#[test]
fn a_number_without_unit_is_the_same_day_only_when_the_words_say_so() {
    let (channels, doubts) = read(&table("Trực tiếp1Miễn phíGiải quyết ngay trong ngày."));
    assert_eq!(channels[0].time_limit, Some(TimeLimit::new(0, TimeUnit::SameDay)));
    assert_eq!(doubts, []);
    let (channels, doubts) = read(&table("Trực tiếp1Miễn phí"));
    assert_eq!(channels[0].time_limit, Some(TimeLimit::new(1, TimeUnit::Other)));
    assert_eq!(doubts[0].why, Why::NoUnit);
}

#[test]
fn hours_are_working_hours_when_the_words_say_so() {
    let (channels, _) = read(&table(
        "Trực tuyến8 GiờMiễn phíTrong 08 giờ làm việc.Trực tiếp8 GiờMiễn phíTrong 8 giờ.",
    ));
    assert_eq!(channels[0].time_limit, Some(TimeLimit::new(8, TimeUnit::WorkingHour)));
    assert_eq!(channels[1].time_limit, Some(TimeLimit::new(8, TimeUnit::Hour)));
}

#[test]
fn a_time_told_in_words_is_kept_as_words() {
    let (channels, doubts) = read(&table(
        "Trực tuyếnKhông phải trả kết quảMiễn phíTrực tiếpKhông phải trả kết quảMiễn phí",
    ));
    assert_eq!(doubts, []);
    assert_eq!(channels.len(), 2);
    assert_eq!(channels[1].time_limit, Some(TimeLimit::told("Không phải trả kết quả")));
}

#[test]
fn words_before_the_first_row_are_told() {
    let (channels, doubts) = read(&table("Xem ghi chú.Trực tiếp3 NgàyMiễn phí"));
    assert_eq!(channels.len(), 1);
    assert_eq!(doubts[0].why, Why::BeforeTable);
    assert_eq!(doubts[0].text, "Xem ghi chú.");
}

#[test]
fn nothing_is_read_from_nothing() {
    assert_eq!(read(HEAD).0, []);
    assert_eq!(read("").0, []);
    assert_eq!(read("Không có thông tin").0, []);
}
