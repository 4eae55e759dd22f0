//! Get-next: what was returned to the person, then the pool band by band and rank by rank.
//!
//! Each statement walks one stretch of one index – a stage, a rank, a range of `act_by` – and stops at the first
//! row, so that it costs the same with ten cases in the pool and with a hundred thousand.

use super::filter::{push_units, range};
use crate::{
    dialect::{Conn, Db, HELD_BY, PASS_OVER_HELD},
    error::store_error,
    rows::push_list,
    text::small,
};
use chrono::{DateTime, Utc};
use domain::{
    actor::{Limit, Person},
    api::queue::Band,
    case::eligible::separate_from,
    id::{CaseId, ItemCode},
    post::Stage,
};
use sqlx::QueryBuilder;
use store::{Candidate, NextAsk, Place, StoreError};
use uuid::Uuid;

/// Ranks there are: see `domain::case::work_item::rank`.
const RANKS: usize = 8;

#[derive(sqlx::FromRow)]
struct NextRow {
    case_id: Uuid,
    rank: i64,
    act_by: DateTime<Utc>,
    arrived_at: DateTime<Utc>,
    number: String,
}

pub(super) async fn candidate(
    conn: &mut Conn,
    ask: &NextAsk<'_>,
    behind: Option<&Place>,
) -> Result<Option<Candidate>, StoreError> {
    if behind.is_none_or(|place| place.returned_to_me)
        && let Some(row) = first(conn, returned_to_me(ask, behind)).await?
    {
        return found(ask, row, true).map(Some);
    }
    let behind = behind.filter(|place| !place.returned_to_me);
    let kept = kept_for(conn, ask).await?;
    let earliest = earliest(conn, ask.stage).await?;
    for band in Band::ALL {
        if behind.is_some_and(|place| band < place.band) {
            continue;
        }
        let (_, to) = range(&ask.bands, band);
        for (rank, earliest) in (0_u8..).zip(earliest) {
            let passed = behind.is_some_and(|place| band == place.band && rank < place.rank);
            let empty = earliest.is_none_or(|earliest| to.is_some_and(|to| earliest >= to));
            if passed || empty {
                continue;
            }
            let behind = behind.filter(|place| band == place.band && rank == place.rank);
            if let Some(row) = first(conn, pool(ask, &kept, band, rank, behind)).await? {
                return found(ask, row, false).map(Some);
            }
        }
    }
    Ok(None)
}

async fn first(conn: &mut Conn, mut query: QueryBuilder<Db>) -> Result<Option<NextRow>, StoreError> {
    query.build_query_as().fetch_optional(conn).await.map_err(store_error)
}

fn found(ask: &NextAsk<'_>, row: NextRow, returned_to_me: bool) -> Result<Candidate, StoreError> {
    Ok(Candidate {
        case: CaseId(row.case_id),
        place: Place {
            returned_to_me,
            band: ask.bands.band(row.act_by),
            rank: small(row.rank)?,
            act_by: row.act_by,
            arrived_at: row.arrived_at,
            number: row.number,
        },
    })
}

/// The earliest `act_by` of each rank in the pool of a stage: ranks without work are not asked for.
async fn earliest(conn: &mut Conn, stage: Stage) -> Result<[Option<DateTime<Utc>>; RANKS], StoreError> {
    #[derive(sqlx::FromRow)]
    struct Earliest {
        rank: i64,
        act_by: Option<DateTime<Utc>>,
    }
    let rows = sqlx::query_as!(
        Earliest,
        r#"SELECT r.rank AS "rank!: i64",
                  (SELECT MIN(w.act_by) FROM work_item w WHERE w.stage = $1 AND w.rank = r.rank
                   AND w.status = 'ready' AND NOT w.imported) AS "act_by: DateTime<Utc>"
           FROM (SELECT 0 AS rank UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4
                 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7) r"#,
        stage.as_str()
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    let mut earliest = [None; RANKS];
    for row in rows {
        if let Some(place) = earliest.get_mut(small::<usize>(row.rank)?) {
            *place = row.act_by;
        }
    }
    Ok(earliest)
}

fn select(stage: Stage) -> QueryBuilder<Db> {
    let mut query = QueryBuilder::<Db>::new(
        "SELECT w.case_id, w.rank, w.act_by, w.arrived_at, w.number FROM work_item w",
    );
    query.push(HELD_BY).push(" WHERE w.stage = ").push_bind(stage.as_str());
    query.push(" AND w.status = 'ready' AND NOT w.imported");
    query
}

fn returned_to_me(ask: &NextAsk<'_>, behind: Option<&Place>) -> QueryBuilder<Db> {
    let mut query = select(ask.stage);
    query.push(" AND w.reserved_for = ").push_bind(ask.person.id.as_str());
    query.push(" AND w.reserved_until > ").push_bind(ask.now);
    narrow(&mut query, ask.stage, ask.person);
    finish(&mut query, behind);
    query
}

/// People for whom returned cases of the stage are kept: who is present, and whoever asks.
async fn kept_for<'a>(conn: &mut Conn, ask: &NextAsk<'a>) -> Result<Vec<&'a Person>, StoreError> {
    let reserved = sqlx::query_scalar!(
        r#"SELECT DISTINCT reserved_for AS "person!" FROM work_item
           WHERE reserved_for IS NOT NULL AND reserved_until > $1 AND stage = $2 AND status = 'ready'"#,
        ask.now,
        ask.stage.as_str()
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    let keepers = ask.keepers.iter().map(AsRef::as_ref).filter(|person| person.id != ask.person.id);
    let people = keepers.chain([ask.person]);
    Ok(people.filter(|person| reserved.iter().any(|id| id == person.id.as_str())).collect())
}

/// The first case of a band and rank behind a place.
pub(crate) fn pool(
    ask: &NextAsk<'_>,
    kept: &[&Person],
    band: Band,
    rank: u8,
    behind: Option<&Place>,
) -> QueryBuilder<Db> {
    let mut query = select(ask.stage);
    query.push(" AND w.rank = ").push_bind(i64::from(rank));
    super::filter::push_band(&mut query, &ask.bands, band);
    for person in kept {
        query
            .push(" AND NOT (w.reserved_for IS NOT NULL AND w.reserved_for = ")
            .push_bind(person.id.as_str());
        query.push(" AND w.reserved_until > ").push_bind(ask.now);
        narrow(&mut query, ask.stage, person);
        query.push(")");
    }
    narrow(&mut query, ask.stage, ask.person);
    finish(&mut query, behind);
    query
}

/// Scope, separation and grants of a person, as far as a row knows them.
fn narrow(query: &mut QueryBuilder<Db>, stage: Stage, person: &Person) {
    push_units(query, "w.unit", &person.scope);
    let separate = separate_from(stage);
    if !separate.is_empty() {
        query
            .push(" AND NOT EXISTS (SELECT 1 FROM work_person p WHERE p.case_id = w.case_id AND p.person = ")
            .push_bind(person.id.as_str().to_owned())
            .push(" AND p.stage");
        push_list(query, separate.iter().map(|stage| stage.as_str()));
        query.push(")");
    }
    if let Some(items) = &person.grants.items {
        query.push(" AND NOT EXISTS (SELECT 1 FROM work_line l WHERE l.case_id = w.case_id AND NOT l.item");
        push_list(query, items.iter().map(ItemCode::as_str));
        query.push(")");
    }
    if stage == Stage::Recheck
        && let Some(limit) = highest(person)
    {
        // No class may be decided above the highest limit; which class has which is `decide`'s to say.
        query.push(" AND w.amount <= ").push_bind(limit);
    }
}

/// The highest amount the person may decide in any class; none without a limit.
fn highest(person: &Person) -> Option<i64> {
    person.grants.amounts.values().try_fold(0, |highest: i64, limit| match limit {
        Limit::UpTo(amount) => Some(highest.max(amount.minor)),
        Limit::Unlimited => None,
    })
}

fn finish(query: &mut QueryBuilder<Db>, behind: Option<&Place>) {
    if let Some(place) = behind {
        query.push(" AND (w.act_by, w.arrived_at, w.number) > (").push_bind(place.act_by);
        query.push(", ").push_bind(place.arrived_at).push(", ").push_bind(place.number.as_str()).push(")");
    }
    query.push(" ORDER BY w.act_by, w.arrived_at, w.number LIMIT 1").push(PASS_OVER_HELD);
}

/// Cases of the pool in scope that come after a place in its band, counted up to a number.
pub(super) async fn behind(
    conn: &mut Conn,
    ask: &NextAsk<'_>,
    place: &Place,
    at_most: u32,
) -> Result<u64, StoreError> {
    let mut left = i64::from(at_most);
    let mut count = 0;
    for rank in place.rank..u8::try_from(RANKS).unwrap_or(u8::MAX) {
        let mut query = QueryBuilder::<Db>::new("SELECT COUNT(*) FROM (SELECT w.case_id FROM work_item w");
        query.push(" WHERE w.stage = ").push_bind(ask.stage.as_str());
        query.push(" AND w.status = 'ready' AND NOT w.imported AND w.rank = ").push_bind(i64::from(rank));
        super::filter::push_band(&mut query, &ask.bands, place.band);
        push_units(&mut query, "w.unit", &ask.person.scope);
        if rank == place.rank {
            query.push(" AND (w.act_by, w.arrived_at, w.number) > (").push_bind(place.act_by);
            query
                .push(", ")
                .push_bind(place.arrived_at)
                .push(", ")
                .push_bind(place.number.as_str())
                .push(")");
        }
        query.push(" LIMIT ").push_bind(left).push(") counted");
        let (n,): (i64,) = query.build_query_as().fetch_one(&mut *conn).await.map_err(store_error)?;
        count += n;
        left -= n;
        if left <= 0 {
            break;
        }
    }
    small(count)
}
