//! Every SQL constant of every capability is understood by both engines.

use lienthong::parts;
use platform::store::Tables;
use platform::testing::fresh_store;

use crate::tidy::sql::statements;

/// On SQLite; on PostgreSQL when `TEST_DB` names one.
#[tokio::test(flavor = "multi_thread")]
async fn every_statement_is_understood() {
    let tables: Vec<Tables> = parts::all().iter().map(|part| part.tables).collect();
    let store = fresh_store(&tables).await.unwrap();
    let mut wrong = Vec::new();
    for statement in statements() {
        // The seam's own statements are engine-specific and prepared by its own tests.
        if statement.place.starts_with("crates/platform/src/store/") {
            continue;
        }
        if let Err(error) = store.prepare_check(statement.sql).await {
            wrong.push(format!("{}: {error}", statement.place));
        }
    }
    assert!(wrong.is_empty(), "{:?} does not understand\n  {}", store.engine(), wrong.join("\n  "));
}
