//! What one capability brings to the program. `lienthong::parts` lists them; nothing else does.

use crate::jobs::{JobKind, Schedule};
use crate::store::Tables;
use crate::web::{self, MenuItem, Routes};
use crate::words::WordFile;
use crate::{audit, figures, files, outside};

pub struct Part {
    pub name: &'static str,
    pub tables: Tables,
    pub words: WordFile,
    pub routes: Routes,
    pub jobs: Vec<JobKind>,
    pub schedules: Vec<Schedule>,
    pub menu: &'static [MenuItem],
}

/// What the ground itself brings; every program begins its list with these.
pub fn parts() -> Vec<Part> {
    vec![ground(), web::part()]
}

/// Audit, jobs, files, figures and the outbox. No routes: their pages are mounted by whoever knows
/// who may see them.
fn ground() -> Part {
    Part {
        name: "platform",
        tables: TABLES,
        words: WORDS,
        routes: Routes::new(),
        jobs: vec![audit::JOB, figures::JOB, files::JOB, outside::JOB],
        schedules: vec![audit::SCHEDULE, figures::SCHEDULE, files::SCHEDULE, outside::SCHEDULE],
        menu: &[],
    }
}

pub(crate) const TABLES: Tables = Tables {
    namespace: "platform",
    steps: &[
        ("0001_audit", include_str!("tables/0001_audit.sql")),
        ("0002_jobs", include_str!("tables/0002_jobs.sql")),
        ("0003_files", include_str!("tables/0003_files.sql")),
        ("0004_figures", include_str!("tables/0004_figures.sql")),
        ("0005_outbox", include_str!("tables/0005_outbox.sql")),
    ],
};

const WORDS: WordFile = WordFile {
    name: "platform",
    vi: include_str!("words/vi.ftl"),
    en: include_str!("words/en.ftl"),
};
