//! People with their posts and scope.

use crate::{
    dialect::Conn,
    error::store_error,
    rows::{Row, Values, insert},
    text::{json, named, read_json},
};
use chrono::NaiveDate;
use domain::id::{PersonId, UnitId};
use std::collections::{BTreeMap, BTreeSet};
use store::{PersonRecord, PostHeld, StoreError};

struct PersonRow {
    id: String,
    name: String,
    role: String,
    unit: String,
    grants: String,
    password: Option<String>,
    must_change: bool,
    disabled: bool,
}

struct PostRow {
    person: String,
    post: String,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
}

struct ScopeRow {
    person: String,
    unit: String,
}

pub(super) async fn person(conn: &mut Conn, id: &PersonId) -> Result<Option<PersonRecord>, StoreError> {
    let row = sqlx::query_as!(
        PersonRow,
        r#"SELECT id AS "id!", name AS "name!", role AS "role!", unit AS "unit!", grants AS "grants!", password,
                  must_change AS "must_change!: bool", disabled AS "disabled!: bool"
           FROM person WHERE id = $1"#,
        id.as_str()
    )
    .fetch_optional(&mut *conn)
    .await
    .map_err(store_error)?;
    let Some(row) = row else { return Ok(None) };
    let posts = sqlx::query_as!(
        PostRow,
        r#"SELECT person AS "person!", post AS "post!", valid_from AS "valid_from!: NaiveDate",
                  valid_to AS "valid_to: NaiveDate"
           FROM person_post WHERE person = $1 ORDER BY post, valid_from"#,
        id.as_str()
    )
    .fetch_all(&mut *conn)
    .await
    .map_err(store_error)?;
    let scope = sqlx::query_as!(
        ScopeRow,
        r#"SELECT person AS "person!", unit AS "unit!" FROM person_scope WHERE person = $1"#,
        id.as_str()
    )
    .fetch_all(conn)
    .await
    .map_err(store_error)?;
    record(row, &posts.iter().collect::<Vec<_>>(), scope.into_iter().map(|row| UnitId(row.unit)).collect())
        .map(Some)
}

pub(super) async fn people(conn: &mut Conn) -> Result<Vec<PersonRecord>, StoreError> {
    let rows = sqlx::query_as!(
        PersonRow,
        r#"SELECT id AS "id!", name AS "name!", role AS "role!", unit AS "unit!", grants AS "grants!", password,
                  must_change AS "must_change!: bool", disabled AS "disabled!: bool"
           FROM person ORDER BY id"#
    )
    .fetch_all(&mut *conn)
    .await
    .map_err(store_error)?;
    let posts = sqlx::query_as!(
        PostRow,
        r#"SELECT person AS "person!", post AS "post!", valid_from AS "valid_from!: NaiveDate",
                  valid_to AS "valid_to: NaiveDate"
           FROM person_post ORDER BY person, post, valid_from"#
    )
    .fetch_all(&mut *conn)
    .await
    .map_err(store_error)?;
    let scopes =
        sqlx::query_as!(ScopeRow, r#"SELECT person AS "person!", unit AS "unit!" FROM person_scope"#)
            .fetch_all(conn)
            .await
            .map_err(store_error)?;
    let mut posts_of: BTreeMap<&str, Vec<&PostRow>> = BTreeMap::new();
    for post in &posts {
        posts_of.entry(&post.person).or_default().push(post);
    }
    let mut scope_of: BTreeMap<String, BTreeSet<UnitId>> = BTreeMap::new();
    for scope in scopes {
        scope_of.entry(scope.person).or_default().insert(UnitId(scope.unit));
    }
    rows.into_iter()
        .map(|row| {
            let posts = posts_of.remove(row.id.as_str()).unwrap_or_default();
            let scope = scope_of.remove(&row.id).unwrap_or_default();
            record(row, &posts, scope)
        })
        .collect()
}

fn record(row: PersonRow, posts: &[&PostRow], scope: BTreeSet<UnitId>) -> Result<PersonRecord, StoreError> {
    let posts = posts
        .iter()
        .map(|held| Ok(PostHeld { post: named(&held.post)?, from: held.valid_from, to: held.valid_to }))
        .collect::<Result<_, StoreError>>()?;
    Ok(PersonRecord {
        id: PersonId(row.id),
        name: row.name,
        role: named(&row.role)?,
        unit: UnitId(row.unit),
        posts,
        scope,
        grants: read_json(&row.grants)?,
        password: row.password,
        must_change: row.must_change,
        disabled: row.disabled,
    })
}

struct HeldRow<'p> {
    person: &'p PersonId,
    held: &'p PostHeld,
}

impl Row for HeldRow<'_> {
    const TABLE: &'static str = "person_post";
    const COLUMNS: &'static [&'static str] = &["person", "post", "valid_from", "valid_to"];

    fn bind(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.person.as_str())
            .push_bind(self.held.post.as_str())
            .push_bind(self.held.from)
            .push_bind(self.held.to);
    }
}

struct RootRow<'p> {
    person: &'p PersonId,
    unit: &'p UnitId,
}

impl Row for RootRow<'_> {
    const TABLE: &'static str = "person_scope";
    const COLUMNS: &'static [&'static str] = &["person", "unit"];

    fn bind(&self, values: &mut Values<'_>) {
        values.push_bind(self.person.as_str()).push_bind(self.unit.as_str());
    }
}

pub(super) async fn put(conn: &mut Conn, person: &PersonRecord) -> Result<(), StoreError> {
    let (id, grants) = (person.id.as_str(), json(&person.grants)?);
    sqlx::query!(
        "INSERT INTO person (id, name, role, unit, grants, password, must_change, disabled)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE
         SET name = excluded.name, role = excluded.role, unit = excluded.unit, grants = excluded.grants,
             password = excluded.password, must_change = excluded.must_change, disabled = excluded.disabled",
        id,
        person.name,
        person.role.as_str(),
        person.unit.as_str(),
        grants,
        person.password.as_deref(),
        person.must_change,
        person.disabled
    )
    .execute(&mut *conn)
    .await
    .map_err(store_error)?;
    for statement in [
        sqlx::query!("DELETE FROM person_post WHERE person = $1", id),
        sqlx::query!("DELETE FROM person_scope WHERE person = $1", id),
    ] {
        statement.execute(&mut *conn).await.map_err(store_error)?;
    }
    let posts: Vec<_> = person.posts.iter().map(|held| HeldRow { person: &person.id, held }).collect();
    insert(conn, &posts).await.map_err(store_error)?;
    let roots: Vec<_> = person.scope.iter().map(|unit| RootRow { person: &person.id, unit }).collect();
    insert(conn, &roots).await.map_err(store_error)
}

pub(super) async fn set_password(
    conn: &mut Conn,
    person: &PersonId,
    password: &str,
    must_change: bool,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "UPDATE person SET password = $2, must_change = $3 WHERE id = $1 AND NOT disabled",
        person.as_str(),
        password,
        must_change
    )
    .execute(conn)
    .await
    .map_err(store_error)?;
    Ok(done.rows_affected() > 0)
}
