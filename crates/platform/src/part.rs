//! What one capability brings to the program. `lienthong::parts` lists them; nothing else does.

use crate::jobs::{JobKind, Schedule};
use crate::store::Tables;
use crate::web::{MenuItem, Routes};
use crate::words::WordFile;

pub struct Part {
    pub name: &'static str,
    pub tables: Tables,
    pub words: WordFile,
    pub routes: Routes,
    pub jobs: Vec<JobKind>,
    pub schedules: Vec<Schedule>,
    pub menu: &'static [MenuItem],
}
