//! What the operator decides.

use platform::clock::{instant, local};

use super::nation::*;
use super::watching::{administrator, verbs};
use crate::refusal::Refusal;
use crate::setting::Setting;
use crate::watch_fault::WatchFault;
use crate::{Settings, commands, queries};

#[tokio::test]
async fn a_value_holds_from_its_time_on_and_within_its_bounds() {
    let nation = Nation::new().await;
    let now = nation.now();
    let in_force = async |at| nation.read(move |tx| queries::settings(tx, at)).await;
    assert_eq!(in_force(now).await, Settings { replay_hours: 720, packet_bytes_max: 1 << 30 });
    nation.pass_seconds(60);
    let set = async |name: &'static str, value: i64| {
        commands::settings::put(nation.ctx(), &nation.clerk(), (name, value), None).await
    };
    set("replay-hours", 48).await.unwrap();
    set("packet-bytes-max", 2 << 20).await.unwrap();
    let later = Settings { replay_hours: 48, packet_bytes_max: 2 << 20 };
    assert_eq!(in_force(nation.now()).await, later);
    assert_eq!(in_force(now).await.replay_hours, 720, "what was, was");
    let refused = set("replay-hours", 0).await;
    assert!(matches!(refused, Err(Refusal::SettingWrong { least: 1, most: 8_784 })));
    assert!(matches!(set("colour", 1).await, Err(Refusal::SettingUnknown { .. })));
    assert!(nation.log().await.iter().any(|entry| entry.object == "setting:replay-hours"));
}

#[tokio::test]
async fn a_value_of_a_later_day_waits_for_it_and_the_last_word_about_a_day_holds() {
    let nation = Nation::new().await;
    let by = nation.clerk();
    let today = local(nation.now()).date();
    let tomorrow = today.tomorrow().unwrap();
    let set = async |value: i64, from| {
        commands::settings::put(nation.ctx(), &by, ("replay-hours", value), Some(from)).await
    };
    let before = today.yesterday().unwrap();
    assert!(matches!(set(5, before).await, Err(Refusal::Watch(WatchFault::From))));
    set(36, today).await.unwrap();
    set(48, tomorrow).await.unwrap();
    nation.pass_seconds(1);
    let by = nation.clerk();
    let put = commands::settings::put(nation.ctx(), &by, ("replay-hours", 72), Some(tomorrow));
    put.await.unwrap();
    let hours = async |at| nation.read(move |tx| queries::settings(tx, at)).await.replay_hours;
    assert_eq!(hours(nation.now()).await, 36);
    let midnight = instant(tomorrow.to_datetime(jiff::civil::Time::midnight()));
    let just_before = midnight - jiff::SignedDuration::from_secs(1);
    assert_eq!((hours(just_before).await, hours(midnight).await), (36, 72));
    let decisions = nation.read(queries::decisions).await;
    assert_eq!(decisions.len(), 3, "what was taken back is still written down");
    let replay = Setting::named("replay-hours").unwrap();
    let coming: Vec<i64> =
        replay.coming(&decisions, nation.now()).iter().map(|one| one.value).collect();
    assert_eq!(coming, [72]);
}

const PLACE: &str = "/quan-tri/truc/cau-hinh";

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sets_a_value_for_a_day_and_sees_what_holds_and_what_will() {
    let nation = Nation::new().await;
    let mut admin = administrator(&nation).await;
    let page = admin.get(PLACE).await;
    assert!(page.has("1.024 MB") && page.has("720 giờ"), "{}", page.text);
    let form = format!("{PLACE}/packet-bytes-max");
    admin.get(&form).await;
    let day = |day: &'static str| [("from-day", day), ("from-month", "12"), ("from-year", "2026")];
    let fields = |value: &'static str, at: &'static str| {
        let [day, month, year] = day(at);
        [("value", value), day, month, year]
    };
    for wrong in ["", "nhiều", "0", "5000"] {
        let page = admin.post(&form, &fields(wrong, "1")).await;
        assert!(page.title().starts_with("Lỗi: "), "{wrong}: {}", page.title());
        assert_eq!(page.input("value"), Some(wrong));
    }
    let no_day = admin.post(&form, &fields("2048", "31")).await;
    assert_eq!(no_day.status, 303, "the last of December is a day: {}", no_day.text);
    admin.get(&form).await;
    let past = [("value", "2.048"), ("from-day", "1"), ("from-month", "11"), ("from-year", "2026")];
    assert!(admin.post(&form, &past).await.title().starts_with("Lỗi: "));
    let soon = admin.post(&form, &fields("2.048", "1")).await;
    assert_eq!(soon.status, 303, "{}", soon.text);
    let page = admin.get(PLACE).await;
    for expected in ["1.024 MB", "2.048 MB", "01/12/2026", "31/12/2026", "Trần Thị Quản Trị"]
    {
        assert!(page.has(expected), "{expected}: {}", page.text);
    }
    assert_eq!(verbs(&nation, "axis.set").await, 2);
    assert_eq!(admin.get(&format!("{PLACE}/mau")).await.status, 404);
}
