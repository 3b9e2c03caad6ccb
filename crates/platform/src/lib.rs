//! The ground every capability stands on: storage, web, audit, jobs, files, words, time and chance.
//!
//! Nothing here knows a capability: all of it would be the same in a program that lends books.
//!
//! | word | Vietnamese | meaning |
//! |---|---|---|
//! | unit of work | đơn vị công việc | one synchronous closure over [`store::Tx`], committed whole or not at all |
//! | lane | làn | a thread that owns a database connection and runs units |
//! | act | hành vi | one audited change of state |
//! | job | việc chạy sau | work that happens after the commit, retried until done |
//! | words | lời | the sentences people read, in Vietnamese and English |
//! | part | phần | what one capability brings to the program |

pub mod audit;
pub mod clock;
mod ctx;
pub mod figures;
pub mod files;
pub mod fold;
pub mod hex;
pub mod ids;
pub mod jobs;
pub mod outside;
pub mod pages;
pub mod panics;
mod part;
pub mod store;
pub mod testing;
pub mod vault;
pub mod web;
pub mod words;

pub use ctx::{Ctx, HardwareToken, Settings};
pub use part::{Part, parts};
