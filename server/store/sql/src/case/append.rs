//! Appending events: the log, the state, and everything that follows, in this order – a case that has moved on
//! is found before anything else is written.

use super::{
    events::EventRow,
    lines, outcomes,
    state::StateRow,
    work::{self, WorkRow, WorkerRow},
};
use crate::{
    dialect::Conn,
    error::store_error,
    feed,
    ledger::Is,
    rows::{Row, Values, insert},
    text::small,
    tx::SqlTx,
    verify::Expected,
};
use domain::id::CaseId;
use store::{
    Appended, Change, FeedEntry, StoreError,
    chain::{Link, START},
};

pub(super) async fn append(tx: &mut SqlTx<'_>, change: &Change) -> Result<Appended, StoreError> {
    let places = change.events.len();
    let first = tx.places(places).await?;
    let before = change.before.map_or(START, |head| head.link);
    let (events, link) = EventRow::seal(&change.events, change.key.as_deref(), before, first)?;
    let state = StateRow::of(change, link)?;
    let conn = tx.write();
    match change.before {
        Some(head) => state.replace(conn, head.version).await?,
        None => insert(conn, &[state]).await.map_err(store_error)?,
    }
    insert(conn, &events).await.map_err(store_error)?;
    work::replace(conn, change).await?;
    let begun = lines::carry_out(conn, change).await?;
    happened(conn, change).await?;
    let seq = first + small::<i64>(i64::try_from(places).unwrap_or(1))? - 1;
    feed::add(conn, seq, &notice(change)).await?;
    if let Some(slip) = begun {
        tx.note("slip", "id", &[Is::Id(slip.0)]).await?;
    }
    Ok(Appended { seq, version: change.after.version })
}

async fn happened(conn: &mut Conn, change: &Change) -> Result<(), StoreError> {
    insert(conn, &outcomes::movements(change)?).await.map_err(store_error)?;
    insert(conn, &outcomes::steps(change)?).await.map_err(store_error)?;
    for round in outcomes::rounds(change) {
        // A round taken back and done again: what it said before no longer holds.
        let (stage, number) = (round.step.stage.as_str(), i64::from(round.step.round));
        for statement in [
            sqlx::query!(
                "DELETE FROM recheck_item WHERE case_id = $1 AND stage = $2 AND round = $3",
                round.step.case.0,
                stage,
                number
            ),
            sqlx::query!(
                "DELETE FROM recheck_ground WHERE case_id = $1 AND stage = $2 AND round = $3",
                round.step.case.0,
                stage,
                number
            ),
        ] {
            statement.execute(&mut *conn).await.map_err(store_error)?;
        }
        let items: Vec<_> = outcomes::recheck_items(round).collect();
        insert(conn, &items).await.map_err(store_error)?;
        insert(conn, &outcomes::recheck_grounds(round)?).await.map_err(store_error)?;
    }
    let parties: Vec<PartyRow<'_>> = parties(change).collect();
    insert(conn, &parties).await.map_err(store_error)
}

/// Writes what follows from the whole past of many new cases.
pub(crate) async fn follow_up(conn: &mut Conn, changes: &[Change]) -> Result<(), StoreError> {
    let mut work = Vec::new();
    let (mut workers, mut items, mut lines, mut moved, mut steps) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut rechecked, mut grounds, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for change in changes {
        if let Some(item) = &change.work {
            work.push(WorkRow::of(item, &change.after)?);
            let case = change.after.id;
            workers.extend(change.worked.iter().map(|(stage, person)| WorkerRow {
                case,
                person,
                stage: *stage,
            }));
            items.extend(work::items(change));
        }
        lines.extend(lines::past(change)?);
        moved.extend(outcomes::movements(change)?);
        steps.extend(outcomes::steps(change)?);
        for round in outcomes::rounds(change) {
            rechecked.extend(outcomes::recheck_items(round));
            grounds.extend(outcomes::recheck_grounds(round)?);
        }
        known.extend(parties(change));
    }
    insert(conn, &work).await.map_err(store_error)?;
    insert(conn, &workers).await.map_err(store_error)?;
    insert(conn, &items).await.map_err(store_error)?;
    insert(conn, &lines).await.map_err(store_error)?;
    insert(conn, &moved).await.map_err(store_error)?;
    insert(conn, &steps).await.map_err(store_error)?;
    insert(conn, &rechecked).await.map_err(store_error)?;
    insert(conn, &grounds).await.map_err(store_error)?;
    insert(conn, &known).await.map_err(store_error)
}

/// The rows that follow from the whole past of a case, to be compared with those that are there.
pub(crate) fn follow(change: &Change, link: Link, expected: &mut Expected) -> Result<(), StoreError> {
    expected.add([StateRow::of(change, link)?]);
    if let Some(item) = &change.work {
        expected.add([WorkRow::of(item, &change.after)?]);
        let case = change.after.id;
        expected.add(change.worked.iter().map(|(stage, person)| WorkerRow { case, person, stage: *stage }));
        expected.add(work::items(change));
    }
    expected.add(lines::past(change)?);
    expected.add(outcomes::movements(change)?);
    expected.add(outcomes::steps(change)?);
    for round in outcomes::rounds(change) {
        expected.add(outcomes::recheck_items(round));
        expected.add(outcomes::recheck_grounds(round)?);
    }
    expected.add(parties(change));
    Ok(())
}

fn notice(change: &Change) -> FeedEntry {
    FeedEntry {
        seq: 0,
        at: change.after.moved_at,
        aggregate: "case".to_owned(),
        id: change.after.id.0,
        version: change.after.version,
        queues: change.queues.clone(),
        unit: change.after.working_unit().clone(),
        accepting: change.after.accepting.clone(),
    }
}

/// A personal value a case is found by.
struct PartyRow<'p> {
    case: CaseId,
    digest: &'p str,
}

fn parties(change: &Change) -> impl Iterator<Item = PartyRow<'_>> {
    change.digests.iter().map(|digest| PartyRow { case: change.after.id, digest })
}

impl Row for PartyRow<'_> {
    const TABLE: &'static str = "party";
    const COLUMNS: &'static [&'static str] = &["digest", "case_id"];
    const TAIL: &'static str = " ON CONFLICT (digest, case_id) DO NOTHING";

    fn bind(&self, values: &mut Values<'_>) {
        values.push_bind(self.digest).push_bind(self.case.0);
    }
}
