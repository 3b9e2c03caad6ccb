//! When a request is decided on a letter only, and what is asked of paper.

use super::town::{Town, asked};

const SEAL: [(&str, &str); 3] = [("profile", "seal"), ("unit", "H57.101"), ("carrier", "software")];
const RULES: &str = "/quan-tri/chung-thu/van-ban";

fn rule(day: &str) -> Vec<(&str, &str)> {
    let mut fields = vec![("authority", "sandbox"), ("needed", "yes")];
    fields.extend([("from-day", day), ("from-month", "11"), ("from-year", "2026")]);
    fields
}

fn paper<'a>(number: &'a str, day: &'a str, seen: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("paper_number", number), ("paper_date-day", day)];
    fields.extend([("paper_date-month", "11"), ("paper_date-year", "2026"), ("paper_seen", seen)]);
    fields
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_set_from_a_day_on_by_those_who_decide_for_all() {
    let town = Town::new().await;
    town.authority().await;
    let mut stranger = town.at_work("quantri.hue").await;
    assert_eq!(stranger.get(RULES).await.status, 404);
    assert_eq!(stranger.get(&format!("{RULES}/tao")).await.status, 404);
    assert_eq!(stranger.post(&format!("{RULES}/tao"), &rule("23")).await.status, 404);
    let mut decider = town.at_work("hethong.mot").await;
    let page = decider.get(RULES).await;
    assert!(page.has("15/08/2024") && page.has("Không bắt buộc"), "{}", page.text);
    let form = format!("{RULES}/tao");
    decider.get(&form).await;
    for (fields, word) in [
        (rule("22"), "Quy định không đặt cho ngày đã qua"),
        (rule("31"), "Ngày không có thật"),
        (vec![], "Chưa nhập ngày áp dụng"),
    ] {
        let answer = decider.post(&form, &fields).await;
        assert!(answer.title().starts_with("Lỗi: ") && answer.has(word), "{word}: {}", answer.text);
    }
    assert_eq!(decider.post(&form, &rule("23")).await.status, 303);
    assert!(decider.get(RULES).await.has("23/11/2026"));
    assert_eq!(town.verbs().await[0], "trust.set-letter-rule");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_cannot_sign_yet_asks_on_paper_which_the_approver_has_seen() {
    let town = Town::new().await;
    town.authority().await;
    let mut asker = town.at_work("quantri.hue").await;
    let before = asked(&mut asker, &SEAL).await;
    let mut decider = town.at_work("hethong.mot").await;
    let form = format!("{RULES}/tao");
    decider.get(&form).await;
    assert_eq!(decider.post(&form, &rule("24")).await.status, 303);
    town.pass_days(1);
    let mut asker = town.at_work("quantri.hue").await;
    let request = asked(&mut asker, &SEAL).await;
    let mut decider = town.at_work("hethong.mot").await;
    let page = decider.get(&request).await;
    assert!(page.has("chưa có chứng thư để ký số") && page.has("paper_number"), "{}", page.text);
    let approve = format!("{request}/duyet");
    for (fields, word) in [
        (vec![], "Chưa ghi số, ký hiệu"),
        (paper("12/UBND-VP", "25", "yes"), "Ngày của văn bản giấy chưa tới"),
        (paper("12/UBND-VP", "31", "yes"), "Ngày không có thật"),
        (paper("12/UBND-VP", "20", ""), "Chỉ duyệt khi đã xem bản giấy"),
        (paper(" ", "20", "yes"), "Chưa ghi số, ký hiệu"),
    ] {
        let answer = decider.post(&approve, &fields).await;
        assert!(answer.title().starts_with("Lỗi: ") && answer.has(word), "{word}: {}", answer.text);
    }
    assert!(!town.verbs().await.contains(&"trust.issue".to_owned()));
    let answer = decider.post(&approve, &paper("12/UBND-VP", "20", "yes")).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let page = decider.get(&request).await;
    assert!(page.has("Số 12/UBND-VP, ngày 20/11/2026") && page.has("Bản giấy"), "{}", page.text);
    assert_eq!(town.verbs().await[..2], ["trust.issue", "trust.see-letter"]);
    // What was asked for before the rule needs nothing.
    decider.get(&before).await;
    assert_eq!(decider.post(&format!("{before}/duyet"), &[]).await.status, 303);
}
