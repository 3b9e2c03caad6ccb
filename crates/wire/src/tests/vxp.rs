//! Requests of the official kit, and ours.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::tests::xml::tools::official_samples;
use crate::vxp::answer::{Agency, ChangedAgency, NewAgency, ReceivedRow, SentRow};
use crate::vxp::{
    Answer, AnswerFault, Call, FileHash, Matched, MessageType, Operation, ProofFault, Proved,
    Request, TransportStatus, file, stamp,
};

const SECRET: &[u8] = b"secret123";

struct Captured {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
}

/// What the kit really sent, where it lies beside the repository.
fn captured() -> Vec<Captured> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/vxp/sdk_2.0.1_requests.txt");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: the captured requests of the official kit are not here");
        return Vec::new();
    };
    let mut all: Vec<Captured> = Vec::new();
    let mut in_head = false;
    for line in text.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            [method @ ("GET" | "POST"), path, "HTTP/1.1"] => {
                let (method, path) = (method.to_string(), path.to_string());
                all.push(Captured { method, path, headers: Vec::new() });
                in_head = true;
            }
            _ if line.is_empty() => in_head = false,
            _ if in_head => {
                let (name, value) = line.split_once(": ").unwrap();
                let own = all.last_mut().unwrap();
                own.headers.push((name.to_owned(), value.to_owned()));
            }
            _ => {}
        }
    }
    assert_eq!(all.len(), 13);
    all
}

fn collected(headers: &[(String, String)]) -> Result<Request, ProofFault> {
    Request::collect(headers.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn proved(headers: &[(String, String)]) -> Result<Proved, ProofFault> {
    collected(headers)?.prove(SECRET)
}

fn now() -> Timestamp {
    "2026-11-21T13:58:58.533Z".parse().unwrap()
}

#[test]
fn every_request_of_the_kit_is_proved() {
    for one in captured() {
        let request = collected(&one.headers).unwrap();
        assert_eq!(request.system_id(), Ok("sys.H57"));
        let proved = request.prove(SECRET).unwrap_or_else(|fault| panic!("{}: {fault}", one.path));
        assert_eq!(request.prove(b"secret124"), Err(ProofFault::Wrong));
        assert_eq!(proved.timely(now(), SignedDuration::from_hours(1)), Ok(()));
        let operation = Operation::of_path(&one.path).unwrap();
        assert!(operation.takes(&one.method), "{}", one.path);
        assert_eq!(proved.get("content-type"), Some(operation.content_type()));
    }
}

#[test]
fn what_the_kit_asks_for_is_understood() {
    let all = captured();
    let find = |name: &'static str| all.iter().filter(move |one| one.path.ends_with(name));
    let mut sent = find("sendEdoc").map(|one| proved(&one.headers).unwrap());
    let (Some(first), Some(second), Some(third)) = (sent.next(), sent.next(), sent.next()) else {
        return;
    };
    assert_eq!(first.recipients(), Ok(None));
    let codes = ["000.00.00.H41", "000.00.00.H14"].map(str::to_owned).to_vec();
    assert_eq!(second.recipients(), Ok(Some(codes)));
    assert_eq!(MessageType::read(third.get("messagetype").unwrap()), Some(MessageType::Status));
    assert_eq!(first.get("from"), Some("000.00.00.G22"));
    let update = find("updateStatus").map(|one| proved(&one.headers).unwrap()).next().unwrap();
    assert_eq!(TransportStatus::read(update.get("status").unwrap()), Some(TransportStatus::Done));
    assert_eq!(update.get("docid"), Some("11111111-2222-3333-4444-555555555555"));
    let samples = official_samples().unwrap();
    for (proved, name) in [(first, "edoc_new.edxml"), (third, "status_acceptance_03.edxml")] {
        let mut bytes = std::fs::read(samples.join(name)).unwrap();
        let hash_file = proved.get("hash-file").unwrap().to_owned();
        let mut hash = FileHash::default();
        hash.push(&bytes);
        let alone = hash.matches(&hash_file);
        bytes.extend_from_slice(b"\r\n");
        let mut hash = FileHash::default();
        bytes.chunks(3).for_each(|piece| hash.push(piece));
        // The status that was captured is another file of the same kind.
        let expected = name.starts_with("edoc").then_some(Matched::WithoutLineEnd);
        assert_eq!(hash.matches(&hash_file), expected, "{name}");
        assert_eq!(alone, expected.map(|_| Matched::Whole), "{name}");
    }
}

/// But for the order in which it names what is signed, our connector writes what the kit writes.
#[test]
fn our_requests_are_those_of_the_kit() {
    let doc_id = "11111111-2222-3333-4444-555555555555";
    for one in captured() {
        let known = proved(&one.headers).unwrap();
        let time = stamp::read(known.get("timestamp").unwrap()).unwrap();
        let operation = Operation::of_path(&one.path).unwrap();
        let kind = known.get("messagetype").and_then(MessageType::read);
        let call = match (operation, kind) {
            (Operation::GetReceivedEdocList, Some(kind)) => Call::received(kind),
            (Operation::GetSentEdocList, Some(kind)) => Call::sent(kind, None),
            (Operation::GetEdoc | Operation::DownloadEdoc, _) => {
                Call::fetch(operation, doc_id).parameter("filePath", "store/")
            }
            (Operation::CountReceiveEdoc, _) => Call::count(operation),
            (Operation::GetAgenciesList | Operation::RegisterAgency, _) => Call::new(operation),
            (Operation::DeleteAgency, _) => Call::new(operation).parameter("AgencyCode", "H57.01"),
            (Operation::SendEdoc, Some(kind)) => {
                let to = known.recipients().unwrap().unwrap_or_default();
                let call = Call::send(kind, known.get("from").unwrap(), &to, &[]);
                // The hash cannot be turned back into bytes: it is put in as it was.
                let hash_file = known.get("hash-file").unwrap().to_owned();
                assert_eq!(call.headers("s", SECRET, time)[4].1, "");
                replaced(call, &hash_file)
            }
            _ => continue,
        };
        let ours = call.headers("sys.H57", SECRET, time);
        let foreign = ["Host", "Accept", "Connection", "Cache-Control", "Pragma", "Expect"];
        let scheme = |(name, _): &&(String, String)| {
            !foreign.contains(&name.as_str())
                && !name.contains("-Length")
                && !name.contains("-Encoding")
        };
        let mut theirs: Vec<_> = one.headers.iter().filter(scheme).cloned().collect();
        let mut ours = ours.clone();
        theirs.sort();
        ours.sort();
        assert_eq!(ours, theirs, "{}", one.path);
    }
}

fn replaced(call: Call, hash_file: &str) -> Call {
    let time = now();
    let mut again = Call::new(call.operation);
    for (name, value) in call.headers("s", SECRET, time).into_iter().skip(2) {
        let short = name.strip_prefix("XroadVnpt-").unwrap_or(&name);
        match short {
            "timestamp" => break,
            "hash-file" => again = again.parameter("hash-file", hash_file),
            "servicetype" => again = again.parameter("servicetype", value),
            "messagetype" => again = again.parameter("messagetype", value),
            "from" => again = again.parameter("from", value),
            _ => again = again.parameter("to", value),
        }
    }
    again
}

fn ours() -> Vec<(String, String)> {
    let to = ["H41".to_owned(), "H14 \"x\"".to_owned()];
    Call::send(MessageType::Edoc, "H57", &to, &[7; 32]).headers("sys.H57", SECRET, now())
}

#[test]
fn our_own_request_is_proved() {
    let known = proved(&ours()).unwrap();
    assert_eq!(known.system_id(), "sys.H57");
    assert_eq!(known.recipients().unwrap().unwrap(), ["H41", "H14 \"x\""]);
    assert_eq!(known.get("timestamp"), Some("21112026T205858+0533"));
    assert_eq!(known.timely(now(), SignedDuration::ZERO), Ok(()));
    let later = now() + SignedDuration::from_secs(61);
    let minute = SignedDuration::from_mins(1);
    assert_eq!(known.timely(later, minute), Err(ProofFault::Age));
    assert_eq!(known.timely(now() - SignedDuration::from_secs(61), minute), Err(ProofFault::Age));
}

#[test]
fn headers_in_any_case_and_order_are_the_same() {
    let mut headers = ours();
    headers.reverse();
    headers.iter_mut().for_each(|(name, _)| *name = name.to_lowercase());
    assert_eq!(proved(&headers).unwrap().get("from"), Some("H57"));
}

#[test]
fn a_header_that_is_not_what_was_signed_is_refused() {
    let headers = ours();
    for (at, (name, _)) in headers.iter().enumerate() {
        let mut changed = headers.clone();
        changed[at].1.push('x');
        let fault = proved(&changed);
        match name.as_str() {
            "User-Agent" | "XroadVnpt-version" => assert!(fault.is_ok()),
            "XroadVnpt-sign-header" | "XroadVnpt-hash-header" => {
                assert_eq!(fault, Err(ProofFault::Wrong), "{name}");
            }
            "XroadVnpt-sign-header-key" => assert_eq!(fault, Err(ProofFault::Names)),
            _ => assert!(matches!(fault, Err(ProofFault::Differs { .. })), "{name}: {fault:?}"),
        }
        let mut without = headers.clone();
        without.remove(at);
        let free = ["User-Agent", "XroadVnpt-version", "Content-Type"];
        assert_eq!(proved(&without).is_ok(), free.contains(&name.as_str()), "{name}");
        let mut twice = headers.clone();
        twice.push((name.to_uppercase(), "other".to_owned()));
        // What nobody signed may be there twice, too.
        let free = ["User-Agent", "XroadVnpt-version"];
        assert_eq!(proved(&twice).is_ok(), free.contains(&name.as_str()), "{name}");
    }
    // What nobody signed is not believed.
    let mut added = headers.clone();
    added.push(("XroadVnpt-docId".to_owned(), "1".to_owned()));
    assert_eq!(proved(&added).unwrap().get("docId"), None);
}

#[test]
fn texts_that_two_readers_read_differently_are_refused() {
    let signed = |text: &str, names: &str| {
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, SECRET);
        let hash = file::padded(aws_lc_rs::hmac::sign(&key, text.as_bytes()).as_ref());
        let all = [
            ("XroadVnpt-systemid", "a"),
            ("XroadVnpt-timestamp", "21112026T205858+0533"),
            ("XroadVnpt-sign-header", text),
            ("XroadVnpt-sign-header-key", names),
            ("XroadVnpt-hash-header", &hash),
        ];
        Request::collect(all).unwrap().prove(SECRET)
    };
    let stamp = r#""XroadVnpt-timestamp":"21112026T205858+0533""#;
    let good = format!(r#"{{"XroadVnpt-systemid":"a",{stamp}}}"#);
    assert!(signed(&good, "systemid;timestamp").is_ok());
    assert!(signed(&good, "timestamp;SystemId").is_ok());
    // `docId` and `docid`, with one value, are said by some versions of the kit.
    let both = format!(r#"{{"XroadVnpt-systemid":"a","XroadVnpt-SystemId":"a",{stamp}}}"#);
    assert!(signed(&both, "systemid;SystemId;timestamp").is_ok());
    assert!(signed(&both, "systemid;timestamp").is_ok());
    assert_eq!(signed(&good, "systemid"), Err(ProofFault::Names));
    assert_eq!(signed(&good, "systemid;timestamp;docId"), Err(ProofFault::Names));
    for text in [
        format!(r#"{{"XroadVnpt-systemid":"b","XroadVnpt-systemid":"a",{stamp}}}"#),
        format!(r#"{{"XroadVnpt-systemid":"a","XroadVnpt-SystemId":"b",{stamp}}}"#),
        format!(r#"{{"XroadVnpt-systemid":["a"],{stamp}}}"#),
        format!(r#"{{"systemid":"a",{stamp}}}"#),
        "[]".to_owned(),
        String::new(),
        format!("{good} x"),
    ] {
        assert_eq!(signed(&text, "systemid;timestamp"), Err(ProofFault::SignedText), "{text}");
    }
    let alone = r#"{"XroadVnpt-systemid":"a"}"#;
    assert_eq!(signed(alone, "systemid"), Err(ProofFault::Missing { name: "timestamp" }));
}

/// The kit keeps the parameters of its calls: one that fetched by `docId`, acknowledged by `docid`
/// and fetches the next says both.
#[test]
fn two_ways_of_writing_one_name_are_told_apart() {
    let headers = |more: &[(&'static str, &str)]| {
        let begun = Call::fetch(Operation::GetEdoc, "second");
        let call = more.iter().fold(begun, |call, (name, value)| call.parameter(name, *value));
        call.headers("sys.H57", SECRET, now())
    };
    let both = proved(&headers(&[("docid", "first"), ("status", "done")])).unwrap();
    assert_eq!((both.get("docId"), both.get("docid")), (Some("second"), Some("first")));
    assert_eq!(both.get("DOCID"), Some("second"), "in yet another case, the first of them");
    assert_eq!(proved(&headers(&[("docid", "second")])).unwrap().get("docid"), Some("second"));
    // In one case as in another, it has to be what was signed, and nothing beside it.
    let mut changed = headers(&[("docid", "first")]);
    let place = changed.iter().position(|(name, _)| name == "XroadVnpt-docid").unwrap();
    changed[place].1 = "third".to_owned();
    assert_eq!(proved(&changed), Err(ProofFault::Twice { name: "docid".to_owned() }));
    // Clients that tell no cases apart send only one of the two; both are signed all the same.
    changed.remove(place);
    assert_eq!(proved(&changed).unwrap().get("docid"), Some("first"));
    changed.retain(|(name, _)| name != "XroadVnpt-docId");
    assert_eq!(proved(&changed), Err(ProofFault::Differs { name: "docid".to_owned() }));
    let mut added = headers(&[]);
    added.push(("XroadVnpt-docid".to_owned(), "first".to_owned()));
    assert_eq!(proved(&added), Err(ProofFault::Twice { name: "docid".to_owned() }));
    // Who asks and when is never in doubt.
    for name in ["SystemId", "Timestamp", "Status"] {
        let twice = headers(&[("status", "done"), (name, "fail")]);
        assert!(proved(&twice).is_err(), "{name}");
    }
}

#[test]
fn receivers_are_a_list_of_codes_or_nothing() {
    let of = |to: &str| {
        let headers =
            Call::new(Operation::SendEdoc).parameter("to", to).headers("a", SECRET, now());
        proved(&headers).unwrap().recipients()
    };
    assert_eq!(of(""), Ok(None));
    assert_eq!(of("[]"), Ok(None));
    assert_eq!(of(r#"["H41"]"#), Ok(Some(vec!["H41".to_owned()])));
    assert_eq!(of(r#""[\"H41\"]""#), Ok(Some(vec!["H41".to_owned()])));
    for wrong in ["H41", "\"H41\"", "[1]", "[\"\"]", "{}", "[\"H41\"", "\"[\"H41\"]\""] {
        assert_eq!(of(wrong), Err(ProofFault::Recipients), "{wrong}");
    }
}

#[test]
fn hashes_lose_their_zeros_in_the_kit() {
    assert_eq!(file::unpadded(&[0x0a, 0x00, 0xff]), "a0ff");
    assert_eq!(file::padded(&[0x0a, 0x00, 0xff]), "0a00ff");
    for body in [&b""[..], b"a", b"ab", b"\r\n", b"abc\r\n", b"abc\r\n\r\n", b"a\r\nb"] {
        let hash = crate::algorithm::Digest::Sha256.of(body);
        let file = body.strip_suffix(b"\r\n").unwrap_or(body);
        let shorter = crate::algorithm::Digest::Sha256.of(file);
        for size in 1..4 {
            let mut own = FileHash::default();
            body.chunks(size).for_each(|piece| own.push(piece));
            assert_eq!(own.matches(&file::padded(&hash)), Some(Matched::Whole), "{body:?}");
            assert_eq!(own.matches(&file::unpadded(&hash).to_uppercase()), Some(Matched::Whole));
            if file.len() < body.len() {
                let found = own.matches(&file::unpadded(&shorter));
                assert_eq!(found, Some(Matched::WithoutLineEnd), "{body:?}");
            }
            assert_eq!(own.matches("00"), None);
        }
    }
}

#[test]
fn times_are_read_as_they_are_written() {
    assert_eq!(stamp::write(now()), "21112026T205858+0533");
    assert_eq!(stamp::read("21112026T205858+0533"), Some(now()));
    for wrong in [
        "",
        "21112026T205858",
        "21112026T205858+533",
        "31022026T205858+0533",
        "2026-11-21T20:58:58Z",
        "21112026T205858+9999",
        "21112026T205858-0533",
        "211120260205858+0533",
        "21112026T20585 +0533",
    ] {
        assert_eq!(stamp::read(wrong), None, "{wrong}");
    }
}

#[test]
fn paths_with_any_number_of_slashes_are_operations() {
    for operation in Operation::ALL {
        let path = format!("//{}", operation.name());
        assert_eq!(Operation::of_path(&path), Some(operation));
        assert!(operation.takes(operation.method()));
        assert!(!operation.takes("DELETE"));
    }
    assert_eq!(Operation::of_path("/sendedoc"), None);
    assert_eq!(Operation::of_path("/sendEdoc/"), None);
}

#[test]
fn answers_have_the_names_of_the_kit() {
    let row =
        ReceivedRow { doc_id: "1".to_owned(), created_time: "t".to_owned(), ..Default::default() };
    assert_eq!(
        Answer::list(std::slice::from_ref(&row)).to_json(),
        r#"{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[{"docId":"1","serviceType":"","messageType":"","created_time":"t","updated_time":"","from":"","to":"","status":"","status_desc":""}]}"#
    );
    assert_eq!(
        Answer::accepted("7").to_json(),
        r#"{"status":"OK","ErrorCode":"0","ErrorDesc":"","DocId":"7","data":[]}"#
    );
    assert_eq!(
        Answer::failed("18", "Đơn vị 🏛").to_json(),
        concat!(
            r#"{"status":"FAIL","ErrorCode":"18","#,
            r#""ErrorDesc":"\u0110\u01a1n v\u1ecb \ud83c\udfdb","DocId":""}"#
        )
    );
    let read = Answer::read(Answer::list(std::slice::from_ref(&row)).to_json().as_bytes()).unwrap();
    assert_eq!(read.rows::<ReceivedRow>(), Ok(vec![row]));
    let changed = serde_json::to_value(ChangedAgency::default()).unwrap();
    let names: Vec<&str> = changed.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "id",
            "pid",
            "code",
            "name",
            "mail",
            "centerCode",
            "version",
            "deleted",
            "modifyDate",
            "isAgency"
        ]
    );
    let sent = serde_json::to_value(SentRow::default()).unwrap();
    assert_eq!(sent.as_object().unwrap().len(), 14);
    let new: NewAgency = serde_json::from_str(r#"{"code":"H57.01","mail":"x@example.vn","pcode":"G22","name":"Sở A","mobile":"","id":"1","fax":""}"#).unwrap();
    assert_eq!((new.code.as_str(), new.pcode.as_str()), ("H57.01", "G22"));
}

#[test]
fn answers_of_others_are_read_and_silence_is_a_failure() {
    assert_eq!(Answer::read(b" "), Err(AnswerFault::Empty));
    assert_eq!(Answer::read(b"<html>"), Err(AnswerFault::NotJson));
    assert_eq!(Answer::read(b"[]"), Err(AnswerFault::NotJson));
    assert_eq!(Answer::read(b"{}"), Err(AnswerFault::NoStatus));
    let failed = Answer::read(br#"{"status":"FAIL","ErrorCode":15,"ErrorDesc":"sai"}"#).unwrap();
    assert_eq!(failed, Answer::failed("15", "sai"));
    assert_eq!(failed.rows::<Agency>(), Err(AnswerFault::Data));
    let sent = Answer::read(br#"{"status":"OK","ErrorCode":"0","DocId":"9f"}"#).unwrap();
    assert_eq!((sent.doc_id().as_deref(), sent.rows::<Agency>()), (Some("9f"), Ok(Vec::new())));
    assert_eq!(Answer::read(br#"{"status":"OK","count":"12"}"#).unwrap().count(), Some(12));
    assert_eq!(Answer::read(Answer::counted(3).to_json().as_bytes()).unwrap().count(), Some(3));
    let rows = json!({"status": "OK", "data": [{"id": 5, "code": "H57", "isAgency": true, "pid": null, "more": []}]});
    let rows: Vec<ChangedAgency> =
        Answer::read(rows.to_string().as_bytes()).unwrap().rows().unwrap();
    assert_eq!((rows[0].agency.id.as_str(), rows[0].is_agency.as_str()), ("5", "true"));
    assert_eq!(rows[0].agency.pid, "");
    assert_eq!(Answer::packet("YQ==".to_owned()).rows::<Agency>(), Err(AnswerFault::Data));
}
