//! The systems of two ministries are known to the axis: with secrets that everybody may read, since
//! whoever brings a system of their own tries it with them.

use anyhow::{Result, anyhow};
use axis::commands::systems::{NewSystem, add};
use axis::{Refusal, Secret, SystemId, SystemRefusal};
use identity::Scribe;
use platform::Ctx;

use super::ministry::{HOME_AFFAIRS, JUSTICE, Ministry};

pub const ALL: [Ministry; 2] = [JUSTICE, HOME_AFFAIRS];

/// Run again it finds them.
pub async fn enter(ctx: &Ctx) -> Result<()> {
    for one in ALL {
        let id = SystemId::parse(one.system_id).map_err(|fault| anyhow!("{fault}"))?;
        let secret = Secret::given(one.secret).map_err(|no| anyhow!("{no}"))?;
        let new = NewSystem {
            id,
            name: format!("Hệ thống của {}", one.name),
            agencies: vec![one.code.to_owned()],
            secret: Some(secret),
            registers: false,
        };
        match add(ctx, &Scribe::named(ctx, None, "demo"), new).await {
            Ok(_) | Err(Refusal::System(SystemRefusal::Taken { .. })) => {}
            Err(no) => return Err(anyhow!("the demo's systems at the axis: {no}")),
        }
    }
    Ok(())
}
