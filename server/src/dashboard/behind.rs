//! The cases behind a figure: found by the same sources and the same conditions by which the figure was counted.

use std::collections::BTreeSet;

use domain::api::behind::{Behind, BehindQuery, BehindRow, Counted, Late};
use domain::flow::MovementKind;
use domain::id::{PersonId, UnitId};
use domain::time::{end_of_day, local_date};
use store::{DoneRow, DoneWhat, OpenAge, OpenFilter};

use super::{Extent, ageing};
use crate::directory::Directory;
use crate::error::Result;
use crate::state::App;

/// The rows a figure of this extent counts.
pub async fn behind(app: &App, extent: &Extent, query: &BehindQuery) -> Result<Behind> {
    let (now, directory) = (app.source().now(), app.directory());
    let done = async |what: DoneWhat<'_>| -> Result<Vec<BehindRow>> {
        let rows = app.store().done(local_date(now), &extent.units, what).await?;
        Ok(rows.into_iter().map(of_done).collect())
    };
    let rows = match query.counted {
        Counted::Open => open(app, &directory, extent, query).await?,
        Counted::Stuck => stuck(app, &directory, extent).await?,
        Counted::DueDone => {
            let rows = done(DoneWhat::Due { before: end_of_day(local_date(now)) }).await?;
            rows.into_iter().filter(|row| extent.has(row.stage)).collect()
        }
        Counted::Finished => done(DoneWhat::By { person: query.person.as_ref() }).await?,
        Counted::Registered => done(DoneWhat::Moved { kind: MovementKind::Registered }).await?,
        Counted::Released => done(DoneWhat::Moved { kind: MovementKind::Released }).await?,
    };
    let people: BTreeSet<PersonId> = rows.iter().filter_map(|row| row.person.clone()).collect();
    Ok(Behind { names: directory.names(&people), rows, as_of: now })
}

/// Open cases, what is due first coming first.
async fn open(
    app: &App,
    directory: &Directory,
    extent: &Extent,
    query: &BehindQuery,
) -> Result<Vec<BehindRow>> {
    let now = app.source().now();
    // What somebody has in hand is counted over all posts, whichever post is looked at.
    let (everywhere, stages) = (BTreeSet::new(), &extent.stages);
    let stages = if query.person.is_some() { &everywhere } else { stages };
    let filter = OpenFilter { units: &extent.units, stages };
    let cases = app.store().open_ages(&filter, u32::MAX).await?;
    let row = query.row.as_ref().map(|unit| members(directory, extent, unit, query.alone == Some(true)));
    let today = end_of_day(local_date(now));
    let is_counted = |case: &OpenAge, age: i64| {
        query.standing.is_none_or(|standing| standing.has(case.status))
            && query.late.is_none_or(|late| match late {
                Late::Overdue => case.act_by < now,
                Late::Today => case.act_by >= now && case.act_by < today,
            })
            && row.as_ref().is_none_or(|members| members.contains(&case.accepting))
            && query.stage.is_none_or(|stage| case.stage == stage)
            && query.person.as_ref().is_none_or(|person| case.holder.as_ref() == Some(person))
            && query.from.is_none_or(|from| age >= from)
            && query.to.is_none_or(|to| age < to)
    };
    let mut rows: Vec<BehindRow> = cases
        .into_iter()
        .filter_map(|case| {
            let age = directory.minutes(&case.accepting, case.received_at, now);
            is_counted(&case, age).then(|| BehindRow {
                overdue: case.act_by < now,
                case: case.case,
                number: case.number,
                items: case.items,
                stage: case.stage,
                accepting: case.accepting,
                unit: case.unit,
                status: Some(case.status),
                person: case.holder,
                age: Some(age),
                at: case.act_by,
            })
        })
        .collect();
    rows.sort_by_key(|a| (a.at, a.case));
    Ok(rows)
}

/// The accepting units that a row of the matrix stands for.
fn members(directory: &Directory, extent: &Extent, unit: &UnitId, alone: bool) -> BTreeSet<UnitId> {
    let below = if alone {
        BTreeSet::from([unit.clone()])
    } else {
        directory.units().expand(std::slice::from_ref(unit))
    };
    below.intersection(&extent.units).cloned().collect()
}

/// Stuck cases, longest first.
async fn stuck(app: &App, directory: &Directory, extent: &Extent) -> Result<Vec<BehindRow>> {
    let now = app.source().now();
    let filter = OpenFilter { units: &extent.units, stages: &extent.stages };
    let stuck = ageing::stuck_cases(app, directory, &filter, now).await?;
    let row = |(case, _): (OpenAge, i64)| BehindRow {
        overdue: case.act_by < now,
        age: Some(directory.minutes(&case.accepting, case.received_at, now)),
        case: case.case,
        number: case.number,
        items: case.items,
        stage: case.stage,
        accepting: case.accepting,
        unit: case.unit,
        status: Some(case.status),
        person: case.holder,
        at: case.act_by,
    };
    Ok(stuck.into_iter().map(row).collect())
}

fn of_done(row: DoneRow) -> BehindRow {
    BehindRow {
        case: row.case,
        number: row.number,
        items: row.items,
        stage: row.stage,
        accepting: row.accepting,
        unit: row.unit,
        status: None,
        person: row.person,
        age: None,
        at: row.at,
        overdue: row.late,
    }
}
