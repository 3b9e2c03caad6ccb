//! What the operator decides.

use super::nation::*;
use crate::refusal::Refusal;
use crate::{Settings, commands, queries};

#[tokio::test]
async fn a_value_holds_from_its_time_on_and_within_its_bounds() {
    let nation = Nation::new().await;
    let now = nation.now();
    let in_force = async |at| nation.read(move |tx| queries::settings(tx, at)).await;
    assert_eq!(in_force(now).await, Settings { replay_hours: 24, packet_bytes_max: 1 << 30 });
    nation.pass_seconds(60);
    let set = async |name: &'static str, value: i64| {
        let by = nation.clerk();
        nation.write(move |tx, _| commands::settings::set(tx, &by, name, value)).await
    };
    set("replay-hours", 48).await.unwrap();
    set("packet-bytes-max", 2 << 20).await.unwrap();
    let later = Settings { replay_hours: 48, packet_bytes_max: 2 << 20 };
    assert_eq!(in_force(nation.now()).await, later);
    assert_eq!(in_force(now).await.replay_hours, 24, "what was, was");
    let refused = set("replay-hours", 0).await;
    assert!(matches!(refused, Err(Refusal::SettingWrong { least: 1, most: 720 })));
    assert!(matches!(set("colour", 1).await, Err(Refusal::SettingUnknown { .. })));
    assert!(nation.log().await.iter().any(|entry| entry.object == "setting:replay-hours"));
}
