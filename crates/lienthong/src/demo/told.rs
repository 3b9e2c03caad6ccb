//! What the demo prints: the steps as they happen, and what to try afterwards.

use std::time::Instant;

use super::ministry::Ministry;
use super::people::{PASSWORD, People};
use crate::say;

/// The steps of a journey, told as they happen.
pub struct Steps<'a> {
    address: &'a str,
    started: Instant,
    count: usize,
    failures: usize,
}

impl<'a> Steps<'a> {
    pub fn begin(address: &'a str) -> Steps<'a> {
        Steps { address, started: Instant::now(), count: 0, failures: 0 }
    }

    /// What was done, and where a person looks at it.
    pub fn done(&mut self, what: &str, where_: &str) {
        self.count += 1;
        let seconds = self.started.elapsed().as_secs_f64();
        let place = if where_.starts_with('/') { self.address } else { "" };
        say::line(&format!(
            "{:>4}  {seconds:>6.2} s  {what}\n               {place}{where_}",
            self.count
        ));
    }

    pub fn failed(&mut self, error: &anyhow::Error) {
        self.failures += 1;
        say::line(&format!("   ✗  {error:#}"));
    }

    pub fn outcome(self, journey: &'static str) -> Outcome {
        Outcome {
            journey,
            steps: self.count,
            failures: self.failures,
            seconds: self.started.elapsed().as_secs_f64(),
        }
    }
}

/// How a journey went.
pub struct Outcome {
    pub journey: &'static str,
    pub steps: usize,
    pub failures: usize,
    pub seconds: f64,
}

impl Outcome {
    /// One of the last lines of `./demo --once`.
    pub fn summary(&self) -> String {
        format!(
            r#"{{"journey":"{}","steps":{},"seconds":{:.1},"failures":{}}}"#,
            self.journey, self.steps, self.seconds, self.failures
        )
    }
}

pub fn journey(outcome: &Outcome) {
    let verdict = match outcome.failures {
        0 => "every step went well".to_owned(),
        count => format!("{count} steps FAILED"),
    };
    say::line(&format!("\n{} steps in {:.1} s: {verdict}.\n", outcome.steps, outcome.seconds));
}

/// For those who bring a system of their own: it may be any of these, with the official kit.
pub fn axis_to_try(axis: &str, systems: &[Ministry]) {
    say::line(&format!(
        "\nTrục liên thông văn bản cho hệ thống khác / the document axis, for other systems: {axis}"
    ));
    for one in systems {
        say::line(&format!(
            "  systemid {:<10} secret {:<32} {} {}",
            one.system_id, one.secret, one.code, one.name
        ));
    }
}

pub fn what_to_try(address: &str, people: &People) {
    say::line(
        "Tài khoản thử nghiệm, người và số đều do chương trình đặt ra / demo accounts, all invented",
    );
    say::line(&format!("Mật khẩu / password: {PASSWORD}\n"));
    for person in people.citizens.iter().chain(&people.officers) {
        let totp = person.totp.as_ref().map(|totp| format!("  TOTP {}", totp.text()));
        say::line(&format!(
            "  {:<16} {:<24} {}{}",
            person.login,
            person.name,
            person.what,
            totp.unwrap_or_default()
        ));
    }
    say::line(&format!(
        "
What to try
  {address}/                       tìm thủ tục: gõ “dang ky khai sih” / search with slips
  {address}/thu-tuc/1.001193       đăng ký khai sinh / birth registration
  {address}/ho-so                  hồ sơ của tôi (đăng nhập) / my dossiers
  {address}/can-bo/ho-so           hàng đợi của cán bộ / the officers' queue
  {address}/can-bo/van-ban-di      văn bản đi / documents that go out
  {address}/can-bo/van-ban-den     văn bản đến / documents that came in
  {address}/quan-tri/truc          trục liên thông văn bản / the document axis
  {address}/can-bo/ky-so           ký số: lãnh đạo, một cửa, văn thư / officers sign
  {address}/kiem-tra/tep           kiểm tra tệp có chữ ký số / check a signed file
  {address}/demo/hop-thu           thư và tin nhắn đã gửi / the visible outbox
  {address}/quan-tri/nhat-ky       nhật ký niêm phong / the sealed log
  {address}/don-vi                 đơn vị và mã định danh / units and their codes
  {address}/api/openapi.json       mô tả API / the API described

Ctrl-C ends it; the data stay in the folder and the next ./demo goes on with them."
    ));
}
