//! The statements people wait for are served by an index.

use super::{
    given::{Like, at, day, person, units},
    harness::Base,
    queues::bands,
};
use crate::{
    dialect::Db,
    queue::{next_statement, page_statement, tab_statement},
};
use domain::{
    actor::By,
    api::queue::{Band, QueueQuery, Sort},
    post::{Queue, Stage},
};
use sqlx::{Execute, QueryBuilder, Row};
use std::collections::BTreeSet;
use store::{Bulk, Cursor, NextAsk, Position, QueueAsk, SortKey, Store};

/// How the engine would carry a statement out, as one text.
async fn plan(base: &Base, mut query: QueryBuilder<Db>) -> String {
    let explain = if cfg!(feature = "sqlite") { "EXPLAIN QUERY PLAN " } else { "EXPLAIN (COSTS OFF) " };
    let mut conn = base.raw().await;
    let mut built = query.build();
    let arguments = built.take_arguments().unwrap().unwrap_or_default();
    let sql = format!("{explain}{}", built.sql().as_str());
    let rows = sqlx::query_with(sqlx::AssertSqlSafe(sql), arguments).fetch_all(&mut conn).await.unwrap();
    let column = if cfg!(feature = "sqlite") { 3 } else { 0 };
    rows.iter().map(|row| row.get::<String, _>(column)).collect::<Vec<_>>().join("\n")
}

/// Ten thousand cases at Intake, as many statistics as `ANALYZE` makes of them.
async fn full() -> Base {
    let base = Base::new().await;
    let given = base.given.clone();
    let mut bulk = Bulk::default();
    for number in 1..=10_000_u32 {
        let unit = if number % 40 == 0 { "BJ" } else { "SH" };
        let due_at = at(9, 0) + chrono::TimeDelta::seconds(i64::from(number * 7919 % 10_000) * 4);
        let like = Like { unit: unit.into(), due_at, by: By::Integration("list".to_owned()), ..given.like() };
        let facts =
            if number % 20 == 0 { vec![("INT1", domain::case::Fact::Claimed {})] } else { Vec::new() };
        bulk.cases.push(given.change(None, given.past(number, &like, facts)).unwrap());
    }
    base.store.bulk(bulk).await.unwrap();
    base
}

fn assert_served(plan: &str, index: &str) {
    assert!(plan.contains(index), "not by {index}:\n{plan}");
    for bad in ["TEMP B-TREE", "Sort", "SCAN w", "Seq Scan on work_item"] {
        assert!(!plan.contains(bad), "{bad} in:\n{plan}");
    }
}

#[tokio::test]
async fn get_next_walks_its_index() {
    let base = full().await;
    let clerk = person("INT1", &["SH", "BJ"]);
    let ask = NextAsk { stage: Stage::Intake, person: &clerk, bands: bands(), now: at(10, 0), keepers: &[] };
    for band in Band::ALL {
        assert_served(&plan(&base, next_statement(&ask, &[&clerk], band, 7, None)).await, "work_item_next");
    }
    base.drop().await;
}

#[tokio::test]
async fn lists_walk_the_index_of_their_order() {
    let base = full().await;
    let (who, scope, within) = ("INT1".into(), units(&["SH", "BJ"]), BTreeSet::new());
    let cursor = |key| Position::Behind(Cursor { key, case: super::given::id(77) });
    for (sort, index, key) in [
        (Sort::Due, "work_item_due", SortKey::Time(at(11, 0))),
        (Sort::Arrived, "work_item_arrived", SortKey::Time(at(8, 30))),
        (Sort::Amount, "work_item_amount", SortKey::Amount(0)),
        (Sort::Number, "work_item_number", SortKey::Number("SH-260318-5000".to_owned())),
    ] {
        let query = QueueQuery { sort, ..QueueQuery::default() };
        let ask = QueueAsk {
            queue: Queue::Intake,
            person: &who,
            units: &scope,
            within: &within,
            bands: bands(),
            today: day(),
            query: &query,
        };
        for position in [Position::First, cursor(key), Position::Last] {
            let statement = page_statement(&ask, &position, 50).unwrap();
            assert_served(&plan(&base, statement).await, index);
        }
    }
    base.drop().await;
}

#[tokio::test]
async fn counts_read_one_queue_alone() {
    let base = full().await;
    // A queue with little work in it: what it costs is that work, not all there is.
    let statement = tab_statement(Queue::Recheck, &"REC1".into(), &units(&["SH"]), at(10, 0));
    let plan = plan(&base, statement).await;
    assert!(plan.contains("work_item_"), "{plan}");
    assert!(!plan.contains("SCAN w") && !plan.contains("Seq Scan"), "{plan}");
    base.drop().await;
}
