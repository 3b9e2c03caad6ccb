//! One client object of the kit, made once and kept: its stamp is that of its start, and every
//! parameter that it was ever given goes along with all that it asks later.

use std::collections::BTreeMap;

use http::StatusCode as Http;
use jiff::Timestamp;
use serde_json::{Value, json};
use wire::vxp::{Call, Operation, file};

use super::kit::{SECRET, asked, nation};
use super::nation::*;

struct Client<'n> {
    nation: &'n Nation,
    system: &'static str,
    began: Timestamp,
    said: BTreeMap<&'static str, String>,
}

impl<'n> Client<'n> {
    fn new(nation: &'n Nation, system: &'static str) -> Client<'n> {
        Client { nation, system, began: nation.now(), said: BTreeMap::new() }
    }

    async fn raw(
        &mut self,
        operation: Operation,
        parameters: &[(&'static str, &str)],
        body: &[u8],
    ) -> Vec<u8> {
        self.said.extend(parameters.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let said = self.said.iter();
        let call =
            said.fold(Call::new(operation), |call, (name, value)| call.parameter(name, value));
        let headers = call.headers(self.system, SECRET.as_bytes(), self.began);
        let path = format!("/axis/{}", operation.name());
        let to = ("", operation.method(), path.as_str());
        let (status, heard) = asked(self.nation, to, &headers, body.to_vec()).await;
        assert_eq!(status, Http::OK, "{path}");
        heard
    }

    async fn says(&mut self, operation: Operation, parameters: &[(&'static str, &str)]) -> Value {
        let heard = self.raw(operation, parameters, b"").await;
        assert!(heard.is_ascii(), "the kit reads some answers as ASCII");
        serde_json::from_slice(&heard).unwrap()
    }

    async fn waiting(&mut self) -> Vec<String> {
        let kind = [("servicetype", "eDoc"), ("messagetype", "edoc")];
        let heard = self.says(Operation::GetReceivedEdocList, &kind).await;
        assert_eq!(heard["status"], "OK", "{heard}");
        let rows = heard["data"].as_array().unwrap();
        rows.iter().map(|row| row["docId"].as_str().unwrap().to_owned()).collect()
    }

    async fn sends(&mut self, packet: &[u8], to: Option<&str>) -> Value {
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, packet);
        let hash = file::unpadded(hash.as_ref());
        let kind = [("servicetype", "eDoc"), ("messagetype", "edoc"), ("hash-file", hash.as_str())];
        // Gateways write the name of their system where their agency is meant.
        let from = [("from", self.system)].into_iter().chain(to.map(|to| ("to", to)));
        let parameters: Vec<_> = kind.into_iter().chain(from).collect();
        let body = [packet, b"\r\n"].concat();
        let heard = self.raw(Operation::SendEdoc, &parameters, &body).await;
        assert!(heard.is_ascii());
        serde_json::from_slice(&heard).unwrap()
    }
}

async fn sent(nation: &Nation, number: u32) {
    let document = document(HUE, &[JUSTICE], number);
    nation.send("sys.H57", &written(&document, &number.to_string())).await.unwrap();
}

#[tokio::test]
async fn a_client_that_is_kept_fetches_and_acknowledges_for_weeks() {
    let nation = nation().await;
    let mut client = Client::new(&nation, "kit.hub");
    for day in 0..3 {
        let numbers = [2 * day + 1, 2 * day + 2];
        for number in numbers {
            sent(&nation, number).await;
        }
        let waiting = client.waiting().await;
        assert_eq!(waiting.len(), 2, "day {day}: what was acknowledged before is no filter now");
        for id in &waiting {
            let fetched = [("docId", id.as_str()), ("filePath", "store/")];
            let heard = client.says(Operation::GetEdoc, &fetched).await;
            assert_eq!(heard["status"], "OK", "{heard}");
            // As some write it; `docId` of the fetching goes along.
            let done = [("docid", id.as_str()), ("status", "done")];
            let heard = client.says(Operation::UpdateStatus, &done).await;
            assert_eq!(heard["status"], "OK", "{heard}");
        }
        assert_eq!(client.waiting().await, Vec::<String>::new());
        nation.pass_seconds(9 * 24 * 3_600);
    }
}

#[tokio::test]
async fn what_was_said_of_one_packet_is_no_wish_about_a_list() {
    let nation = nation().await;
    let mut client = Client::new(&nation, "kit.hub");
    sent(&nation, 1).await;
    let [id] = &client.waiting().await[..] else { panic!("one waits") };
    client.says(Operation::GetEdoc, &[("docId", id), ("filePath", "store/")]).await;
    client.says(Operation::UpdateStatus, &[("docId", id), ("status", "done")]).await;
    let letter = written(&document(JUSTICE, &[HUE, HOME], 7), "x");
    let accepted = client.sends(&letter, Some(&json!([HUE]).to_string())).await;
    assert_eq!(accepted["status"], "OK", "{accepted}");
    // The receivers, the hash and the sender's name go along with all this.
    let own = client.says(Operation::GetSentEdocList, &[]).await;
    assert_eq!(own["data"].as_array().unwrap().len(), 1, "{own}");
    let name = accepted["DocId"].as_str().unwrap();
    let one = client.says(Operation::GetSentEdocList, &[("docId", name)]).await;
    assert_eq!(one["data"][0]["senderDocId"], name, "{one}");
    sent(&nation, 2).await;
    assert_eq!(client.waiting().await.len(), 1);
    let mut fresh = Client::new(&nation, "kit.hub");
    let unknown = [("messagetype", "edoc"), ("docId", id.as_str())];
    let none = fresh.says(Operation::GetSentEdocList, &unknown).await;
    assert_eq!(none["status"], "FAIL", "asked for alone, what is not ours is not there: {none}");
}

#[tokio::test]
async fn a_refusal_says_its_reason_to_the_kit() {
    let nation = nation().await;
    let mut client = Client::new(&nation, "kit.hub");
    let refused =
        client.sends(&written(&document(JUSTICE, &["000.00.00.X99"], 1), "x"), None).await;
    // The kit wants a text under each of these names, or it hands back nothing at all.
    for name in ["status", "ErrorCode", "ErrorDesc", "DocId"] {
        assert!(refused[name].is_string(), "{name}: {refused}");
    }
}

#[tokio::test]
async fn the_agencies_are_told_with_both_their_codes() {
    let nation = nation().await;
    let mut client = Client::new(&nation, "kit.hub");
    let all = client.says(Operation::GetAgenciesListQd20, &[("level", "1")]).await;
    let rows = all["data"].as_array().unwrap();
    let hue = rows.iter().find(|row| row["code"] == HUE).unwrap();
    assert_eq!(hue["code102"], HUE_OLD);
    let list = client.says(Operation::GetAgenciesList, &[]).await;
    let row = list["data"].as_array().unwrap().iter().find(|row| row["code"] == HUE).unwrap();
    assert_eq!(row["oldCode"], HUE_OLD);
    let none = client.says(Operation::GetAgenciesListQd20, &[("level", "3")]).await;
    assert_eq!(none["data"], json!([]));
    for wrong in ["0", "5", "một"] {
        let refused = client.says(Operation::GetAgenciesListQd20, &[("level", wrong)]).await;
        assert_eq!(refused["ErrorCode"], "10", "{refused}");
    }
}
