//! The portal's own JSON.

use super::super::reading::Why;
use super::super::{Format, RecordError, read};
use crate::fee::{Currency, FeeKind, Vnd};
use crate::level::OnlineLevel;
use crate::time_limit::{TimeLimit, TimeUnit};

fn record(change: impl Fn(&mut serde_json::Value)) -> Vec<u8> {
    let mut record = serde_json::json!({
        "code": "1.999999", "name": " Cấp thẻ  đọc sách ", "isWard": true, "isFullProcess": null,
        "formalityType": "OTHER", "keywords": null,
        "executionSteps": [{ "name": "", "description": "Bước 1: Nộp\nBước 2: Nhận" }],
        "executionMethods": [
            { "submissionMethod": "ONLINE", "processingTime": 3, "processingTimeUnit": "WORKING_DAY",
              "description": null,
              "fees": [{ "type": "FEE", "value": 7000, "currencyId": "x",
                         "currencyName": "Việt Nam Đồng", "description": "mỗi lần" }] }],
        "executionCases": [{ "name": "", "profileComponents": [
            { "originalQty": 0, "copyQty": 0, "name": "Lưu ý: mang theo thẻ cũ", "code": "TP.1." },
            { "originalQty": 1, "copyQty": 2, "name": "Đơn", "hasElectronicForm": true,
              "attachments": [{ "id": "a", "fileName": "don.docx", "filePath": "p/don.docx" }] }] }],
        "cases": [
            { "name": "Cấp thẻ", "code": "1.999999.01", "processingDay": { "qty": 1, "type": "WORKING_DAY" } },
            { "name": "Cấp thẻ", "code": "1.999999.01", "processingDay": { "qty": 1, "type": "WORKING_DAY" } }],
        "departmentPromulgateCode": "G15", "departmentPromulgateName": "Bộ Tư pháp",
        "procedureProposal": { "proposalNumber": "12/QĐ-BTP", "decisionDate": 1564592400000i64 }
    });
    change(&mut record);
    record.to_string().into_bytes()
}

#[test]
fn every_part_finds_its_place() {
    let reading = read(&record(|_| {})).unwrap();
    assert_eq!((reading.format, reading.doubts.len()), (Format::Native, 0));
    let version = reading.version;
    assert_eq!(version.name, "Cấp thẻ đọc sách");
    assert_eq!(version.online_level, OnlineLevel::Part);
    assert_eq!(version.decision.date, Some(jiff::civil::date(2019, 8, 1)), "midnight in Vietnam");
    assert_eq!(version.steps.len(), 2);
    let fee = &version.channels[0].fees[0];
    assert_eq!(
        (fee.kind, fee.amount, &fee.currency),
        (FeeKind::Charge, Some(Vnd(7000)), &Currency::Vnd)
    );
    let [note, paper] = &version.cases[0].components[..] else { panic!("two components") };
    assert!(note.is_note && !paper.is_note);
    assert_eq!(note.code.as_deref(), Some("TP.1"));
    assert_eq!(paper.files[0].path, "p/don.docx");
    assert_eq!(version.cases.len(), 2, "the case listed twice is one");
    assert_eq!(version.cases[1].time_limit, Some(TimeLimit::new(1, TimeUnit::WorkingDay)));
}

#[test]
fn the_answer_of_the_portal_is_unwrapped() {
    let inner: serde_json::Value = serde_json::from_slice(&record(|_| {})).unwrap();
    let wrapped = serde_json::json!({ "code": "OK", "data": inner }).to_string();
    assert_eq!(read(wrapped.as_bytes()).unwrap().version.code.as_str(), "1.999999");
    let marked = [b"\xef\xbb\xbf".as_slice(), &record(|_| {})].concat();
    assert!(read(&marked).is_ok(), "a byte-order mark does no harm");
}

#[test]
fn units_are_taken_as_they_are() {
    let limit = |amount: u32, unit: &str| {
        let bytes = record(|record| {
            record["executionMethods"][0]["processingTime"] = amount.into();
            record["executionMethods"][0]["processingTimeUnit"] = unit.into();
        });
        let reading = read(&bytes).unwrap();
        (reading.version.channels[0].time_limit.clone(), reading.doubts.first().map(|d| d.why))
    };
    let sure = |amount, unit| (Some(TimeLimit::new(amount, unit)), None);
    assert_eq!(limit(7, "DAY"), sure(7, TimeUnit::Day));
    assert_eq!(limit(2, "YEAR"), sure(24, TimeUnit::Month));
    assert_eq!(limit(1, "HOUR"), sure(1, TimeUnit::Hour));
    assert_eq!(limit(1, "OTHER"), (Some(TimeLimit::new(1, TimeUnit::Other)), Some(Why::NoUnit)));
    assert_eq!(limit(3, "MOON"), (Some(TimeLimit::told("3 MOON")), Some(Why::UnknownWord)));
}

#[test]
fn a_fee_of_nothing_with_a_rule_is_told_in_words() {
    let fee = |value: serde_json::Value, text: &str| {
        let bytes = record(|record| {
            let fee = &mut record["executionMethods"][0]["fees"][0];
            fee["value"] = value.clone();
            fee["description"] = text.into();
        });
        read(&bytes).unwrap().version.channels[0].fees.first().map(|fee| fee.amount)
    };
    assert_eq!(fee(0.into(), ""), Some(Some(Vnd(0))));
    assert_eq!(fee(0.into(), "Theo quy định của Hội đồng nhân dân tỉnh"), Some(None));
    assert_eq!(fee(0.into(), "Miễn phí cho hộ nghèo"), Some(Some(Vnd(0))));
    assert_eq!(fee(serde_json::Value::Null, "Theo quy định"), Some(None));
    assert_eq!(fee(serde_json::Value::Null, ""), None);
}

#[test]
fn what_is_no_procedure_is_refused_with_the_reason() {
    let wrong = [
        (&b"{ cut off"[..], "it is not JSON"),
        (b"[1, 2]", "neither of the two formats"),
        (b"{\"code\": \"abc\", \"name\": \"x\"}", "not a procedure code"),
        (b"{\"code\": \"1.999999\", \"name\": \" \"}", "no name"),
        (b"{\"code\": \"1.999999\", \"name\": \"x\", \"isWard\": \"yes\"}", "another type"),
    ];
    for (bytes, why) in wrong {
        let error = read(bytes).unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
    assert!(matches!(read(b"{ cut off"), Err(RecordError::NotJson(_))));
}

#[test]
fn content_under_keys_that_were_always_empty_is_told() {
    let reading =
        read(&record(|record| record["targetObjects"] = serde_json::json!(["x"]))).unwrap();
    assert_eq!(reading.doubts[0].why, Why::UnknownKey);
    assert_eq!(reading.doubts[0].text, "targetObjects");
}
