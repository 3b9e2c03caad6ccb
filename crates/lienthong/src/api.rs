//! The JSON API described for integrators: `/api/openapi.json`, made from the capabilities.

use axum::http::StatusCode;
use platform::Part;
use platform::store::Tables;
use platform::web::{Problem, Reply, Routes, Who};
use platform::words::WordFile;

use crate::commands::openapi::description;

pub fn part() -> Part {
    Part {
        name: "api",
        tables: Tables { namespace: "api", steps: &[] },
        words: WordFile { name: "api", vi: "", en: "" },
        routes: Routes::new().get("/api/openapi.json", Who::Anyone, describe),
        jobs: Vec::new(),
        schedules: Vec::new(),
        menu: &[],
    }
}

async fn describe() -> Result<Reply, Problem> {
    Reply::json(StatusCode::OK, &description())
}
