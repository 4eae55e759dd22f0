//! The ledger of draws and the seeds they come from.

use crate::{
    dialect::{Conn, Db},
    error::store_error,
    rows::push_list,
    text::{named, small},
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    api::check::DrawView,
    id::{CaseId, DrawId, PersonId, UnitId},
    post::Stage,
    time::Timestamp,
};
use sqlx::QueryBuilder;
use std::collections::BTreeSet;
use store::{DrawSeed, StoreError};
use uuid::Uuid;

pub(crate) async fn seed(conn: &mut Conn, day: NaiveDate) -> Result<Option<DrawSeed>, StoreError> {
    struct SeedRow {
        seed: String,
        commitment: String,
        at: DateTime<Utc>,
    }
    let row = sqlx::query_as!(
        SeedRow,
        r#"SELECT seed AS "seed!", commitment AS "commitment!", at AS "at!: DateTime<Utc>" FROM draw_seed
           WHERE business_date = $1"#,
        day
    )
    .fetch_optional(conn)
    .await
    .map_err(store_error)?;
    Ok(row.map(|row| DrawSeed { day, seed: row.seed, commitment: row.commitment, at: row.at }))
}

pub(super) async fn put_seed(conn: &mut Conn, seed: &DrawSeed) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO draw_seed (business_date, seed, commitment, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (business_date) DO NOTHING",
        seed.day,
        seed.seed,
        seed.commitment,
        seed.at
    )
    .execute(conn)
    .await
    .map(drop)
    .map_err(store_error)
}

pub(super) async fn insert(conn: &mut Conn, draw: &DrawView) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO draw (id, number, business_date, unit, post, frame_size, frame_hash, seed_commitment, seed,
                           drawn, at, person, verified_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        draw.id.0,
        draw.number,
        draw.day,
        draw.unit.as_str(),
        draw.post.as_str(),
        i64::from(draw.frame_size),
        draw.frame_hash,
        draw.seed_commitment,
        draw.seed,
        i64::from(draw.drawn),
        draw.at,
        draw.by.as_str(),
        draw.verified_at
    )
    .execute(conn)
    .await
    .map(drop)
    .map_err(store_error)
}

pub(super) async fn mark_verified(conn: &mut Conn, id: DrawId, at: Timestamp) -> Result<(), StoreError> {
    sqlx::query!("UPDATE draw SET verified_at = $2 WHERE id = $1", id.0, at)
        .execute(conn)
        .await
        .map(drop)
        .map_err(store_error)
}

#[derive(sqlx::FromRow)]
struct DrawRow {
    id: Uuid,
    number: String,
    business_date: NaiveDate,
    unit: String,
    post: String,
    frame_size: i64,
    frame_hash: String,
    seed_commitment: String,
    seed: String,
    drawn: i64,
    at: DateTime<Utc>,
    person: String,
    verified_at: Option<DateTime<Utc>>,
    done: i64,
    repeated: i64,
}

const OF_DRAW: &str = "SELECT d.id, d.number, d.business_date, d.unit, d.post, d.frame_size, d.frame_hash, \
    d.seed_commitment, d.seed, d.drawn, d.at, d.person, d.verified_at, \
    (SELECT COUNT(*) FROM sample_check k WHERE k.draw_id = d.id AND k.state = 'done') AS done, \
    (SELECT COUNT(*) FROM sample_check k WHERE k.draw_id = d.id AND EXISTS (SELECT 1 FROM sample_check e \
     JOIN draw x ON x.id = e.draw_id WHERE e.case_id = k.case_id AND e.stage = k.stage AND e.round = k.round \
     AND (x.at, x.id) < (d.at, d.id))) AS repeated FROM draw d";

impl TryFrom<DrawRow> for DrawView {
    type Error = StoreError;

    fn try_from(row: DrawRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: DrawId(row.id),
            number: row.number,
            day: row.business_date,
            unit: UnitId(row.unit),
            post: named(&row.post)?,
            frame_size: small(row.frame_size)?,
            frame_hash: row.frame_hash,
            seed_commitment: row.seed_commitment,
            seed: row.seed,
            drawn: small(row.drawn)?,
            at: row.at,
            by: PersonId(row.person),
            verified_at: row.verified_at,
            done: small(row.done)?,
            repeated: small(row.repeated)?,
        })
    }
}

async fn all(conn: &mut Conn, mut query: QueryBuilder<Db>) -> Result<Vec<DrawView>, StoreError> {
    let rows: Vec<DrawRow> = query.build_query_as().fetch_all(conn).await.map_err(store_error)?;
    rows.into_iter().map(DrawView::try_from).collect()
}

pub(super) async fn of_day(
    conn: &mut Conn,
    day: NaiveDate,
    units: &BTreeSet<UnitId>,
) -> Result<Vec<DrawView>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_DRAW);
    query.push(" WHERE d.business_date = ").push_bind(day).push(" AND d.unit");
    push_list(&mut query, units.iter().map(UnitId::as_str));
    query.push(" ORDER BY d.at, d.number");
    all(conn, query).await
}

pub(super) async fn one(conn: &mut Conn, id: DrawId) -> Result<Option<DrawView>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_DRAW);
    query.push(" WHERE d.id = ").push_bind(id.0);
    Ok(all(conn, query).await?.pop())
}

pub(super) async fn behind(
    conn: &mut Conn,
    behind: Option<DrawId>,
    limit: u32,
) -> Result<Vec<DrawView>, StoreError> {
    let mut query = QueryBuilder::<Db>::new(OF_DRAW);
    query.push(" WHERE d.id > ").push_bind(behind.map_or(Uuid::nil(), |id| id.0));
    query.push(" ORDER BY d.id LIMIT ").push_bind(i64::from(limit));
    all(conn, query).await
}

pub(super) async fn drawn(conn: &mut Conn, id: DrawId) -> Result<Vec<(CaseId, Stage, u16)>, StoreError> {
    struct Drawn {
        case_id: Uuid,
        stage: String,
        round: i64,
    }
    let rows = sqlx::query_as!(
        Drawn,
        r#"SELECT case_id AS "case_id!: Uuid", stage AS "stage!", round AS "round!: i64" FROM sample_check
           WHERE draw_id = $1 ORDER BY case_id, stage, round"#,
        id.0
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter().map(|row| Ok((CaseId(row.case_id), named(&row.stage)?, small(row.round)?))).collect()
}
