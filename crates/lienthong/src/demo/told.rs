//! What the demo prints: the steps as they happen, and what to try afterwards.

use super::people::{PASSWORD, People};
use crate::say;

/// How a journey went.
pub struct Outcome {
    pub journey: &'static str,
    pub steps: usize,
    pub failures: usize,
    pub seconds: f64,
}

impl Outcome {
    /// The last line of `./demo --once`.
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
  {address}/can-bo/ky-so           ký số: lãnh đạo, một cửa, văn thư / officers sign
  {address}/kiem-tra/tep           kiểm tra tệp có chữ ký số / check a signed file
  {address}/demo/hop-thu           thư và tin nhắn đã gửi / the visible outbox
  {address}/quan-tri/nhat-ky       nhật ký niêm phong / the sealed log
  {address}/don-vi                 đơn vị và mã định danh / units and their codes
  {address}/api/openapi.json       mô tả API / the API described

Ctrl-C ends it; the data stay in the folder and the next ./demo goes on with them."
    ));
}
