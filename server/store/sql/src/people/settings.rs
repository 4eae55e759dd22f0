//! Units, sites, calendars, catalogues.

use crate::{
    dialect::Conn,
    error::store_error,
    text::{json, name, named, read_json},
};
use chrono::{DateTime, Utc};
use domain::{catalogue::CatalogueVersion, id::UnitId, post::Stage, time::CalendarData, unit::Unit};
use store::{CatalogueRecord, StoreError};

pub(super) async fn units(conn: &mut Conn) -> Result<Vec<Unit>, StoreError> {
    struct UnitRow {
        id: String,
        name: String,
        name_en: String,
        level: String,
        parent: Option<String>,
    }
    let rows = sqlx::query_as!(
        UnitRow,
        r#"SELECT id AS "id!", name AS "name!", name_en AS "name_en!", level AS "level!", parent FROM unit
           ORDER BY id"#
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter()
        .map(|row| {
            Ok(Unit {
                id: UnitId(row.id),
                name: row.name,
                name_en: row.name_en,
                level: named(&row.level)?,
                parent: row.parent.map(UnitId),
            })
        })
        .collect()
}

pub(super) async fn put_unit(conn: &mut Conn, unit: &Unit) -> Result<(), StoreError> {
    let level = name(&unit.level)?;
    sqlx::query!(
        "INSERT INTO unit (id, name, name_en, level, parent) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE
         SET name = excluded.name, name_en = excluded.name_en, level = excluded.level, parent = excluded.parent",
        unit.id.as_str(),
        unit.name,
        unit.name_en,
        level,
        unit.parent.as_ref().map(UnitId::as_str)
    )
    .execute(conn)
    .await
    .map(drop)
    .map_err(store_error)
}

pub(super) async fn sites(conn: &mut Conn) -> Result<Vec<(UnitId, Stage, UnitId)>, StoreError> {
    struct SiteRow {
        accepting: String,
        stage: String,
        unit: String,
    }
    let rows = sqlx::query_as!(
        SiteRow,
        r#"SELECT accepting AS "accepting!", stage AS "stage!", unit AS "unit!" FROM site
           ORDER BY accepting, stage"#
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter().map(|row| Ok((UnitId(row.accepting), named(&row.stage)?, UnitId(row.unit)))).collect()
}

pub(super) async fn put_site(
    conn: &mut Conn,
    accepting: &UnitId,
    stage: Stage,
    unit: &UnitId,
) -> Result<(), StoreError> {
    sqlx::query!(
        "INSERT INTO site (accepting, stage, unit) VALUES ($1, $2, $3)
         ON CONFLICT (accepting, stage) DO UPDATE SET unit = excluded.unit",
        accepting.as_str(),
        stage.as_str(),
        unit.as_str()
    )
    .execute(conn)
    .await
    .map(drop)
    .map_err(store_error)
}

pub(super) async fn calendars(conn: &mut Conn) -> Result<Vec<(UnitId, CalendarData)>, StoreError> {
    struct CalendarRow {
        unit: String,
        body: String,
    }
    let rows = sqlx::query_as!(
        CalendarRow,
        r#"SELECT unit AS "unit!", body AS "body!" FROM calendar ORDER BY unit"#
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.into_iter().map(|row| Ok((UnitId(row.unit), read_json(&row.body)?))).collect()
}

pub(super) async fn put_calendar(
    conn: &mut Conn,
    unit: &UnitId,
    calendar: &CalendarData,
) -> Result<(), StoreError> {
    let body = json(calendar)?;
    sqlx::query!(
        "INSERT INTO calendar (unit, body) VALUES ($1, $2) ON CONFLICT (unit) DO UPDATE SET body = excluded.body",
        unit.as_str(),
        body
    )
    .execute(conn)
    .await
    .map(drop)
    .map_err(store_error)
}

struct CatalogueRow {
    in_force_from: DateTime<Utc>,
    body: String,
}

fn catalogue_record(row: &CatalogueRow) -> Result<CatalogueRecord, StoreError> {
    Ok(CatalogueRecord { catalogue: read_json(&row.body)?, from: row.in_force_from })
}

pub(super) async fn catalogues(conn: &mut Conn) -> Result<Vec<CatalogueRecord>, StoreError> {
    let rows = sqlx::query_as!(
        CatalogueRow,
        r#"SELECT in_force_from AS "in_force_from!: DateTime<Utc>", body AS "body!" FROM catalogue
           ORDER BY version"#
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    rows.iter().map(catalogue_record).collect()
}

pub(super) async fn catalogue(
    conn: &mut Conn,
    version: CatalogueVersion,
) -> Result<Option<CatalogueRecord>, StoreError> {
    let version = i64::from(version.0);
    let row = sqlx::query_as!(
        CatalogueRow,
        r#"SELECT in_force_from AS "in_force_from!: DateTime<Utc>", body AS "body!" FROM catalogue
           WHERE version = $1"#,
        version
    )
    .fetch_optional(conn)
    .await
    .map_err(store_error)?;
    row.as_ref().map(catalogue_record).transpose()
}

pub(super) async fn add_catalogue(
    conn: &mut Conn,
    record: &CatalogueRecord,
) -> Result<CatalogueVersion, StoreError> {
    let (version, body) = (i64::from(record.catalogue.version.0), json(&record.catalogue)?);
    sqlx::query!(
        "INSERT INTO catalogue (version, in_force_from, body) VALUES ($1, $2, $3)",
        version,
        record.from,
        body
    )
    .execute(conn)
    .await
    .map_err(store_error)?;
    Ok(record.catalogue.version)
}
