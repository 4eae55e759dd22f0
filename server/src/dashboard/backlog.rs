//! The backlog dashboard: where work stands, what is late, who has how much.

use std::collections::BTreeSet;

use domain::actor::Person;
use domain::api::dashboard::{Backlog, Compared, PersonLoad};
use domain::case::work_item::WorkStatus;
use domain::flow::MovementKind;
use domain::id::PersonId;
use domain::time::{Calendar, Timestamp, end_of_day, local_date, start_of_day};
use store::{LoadRow, MovementRow, OpenFilter};

use super::matrix::{Figures, rows};
use super::{Extent, ageing, flow, small};
use crate::directory::Directory;
use crate::error::Result;
use crate::state::App;

/// Business days over which the daily output of a cell is averaged.
const DAYS: u32 = 10;

/// Makes the dashboard of a person for an extent.
pub async fn backlog(app: &App, person: &Person, extent: &Extent) -> Result<Backlog> {
    let (now, directory, store) = (app.source().now(), app.directory(), app.store());
    let calendar = directory.calendar(&person.unit);
    let (today, units) = (local_date(now), &extent.units);
    let filter = OpenFilter { units, stages: &extent.stages };
    let open = store.open_counts(&filter, now, end_of_day(today)).await?;
    let movements = store.movements(today, units).await?;
    let last_day = calendar.previous_working_day(today);
    let then = now - (start_of_day(today) - start_of_day(last_day));
    let since = store.movements_since(then, units).await?;
    let since_morning = store.movements_since(start_of_day(last_day), units).await?;
    let reaches_back = reaches_back(app, then).await?;
    let first_day = business_days_back(calendar, today);
    let finished = store.step_counts(first_day, last_day, units, end_of_day(today)).await?;
    let finished_today = store.step_counts(today, today, units, end_of_day(today)).await?;
    let figures =
        Figures { open: &open, since: reaches_back.then_some(&since[..]), finished: &finished, days: DAYS };
    let compared = |kind| Compared {
        now: small(flow::count(&movements, kind)),
        before: reaches_back
            .then(|| small(flow::count(&since_morning, kind).saturating_sub(flow::count(&since, kind)))),
    };
    let in_status =
        |status| small(open.iter().filter(|count| count.status == status).map(|count| count.open).sum());
    let stuck = ageing::stuck(app, &directory, &filter, now).await?;
    let load = load(&directory, store.loads(units, now, today).await?);
    let met: BTreeSet<PersonId> = load
        .iter()
        .map(|row| row.person.clone())
        .chain(stuck.iter().filter_map(|case| case.holder.clone()))
        .collect();
    let before: Vec<MovementRow> = store.movements(last_day, units).await?;
    Ok(Backlog {
        ready: in_status(WorkStatus::Ready),
        claimed: in_status(WorkStatus::Claimed),
        waiting: in_status(WorkStatus::Waiting),
        in_transit: in_status(WorkStatus::HandedOver),
        overdue: small(open.iter().map(|count| count.overdue).sum()),
        overdue_waiting: small(
            open.iter()
                .filter(|count| matches!(count.status, WorkStatus::Waiting | WorkStatus::HandedOver))
                .map(|count| count.overdue)
                .sum(),
        ),
        due_today: small(open.iter().map(|count| count.due_today).sum()),
        due_today_done: small(
            finished_today.iter().filter(|count| extent.has(count.stage)).map(|count| count.due).sum(),
        ),
        released_today: compared(MovementKind::Released),
        registered_today: compared(MovementKind::Registered),
        rows: rows(extent, directory.units(), &figures),
        today: flow::points(extent, &movements, now, now),
        before: flow::points(extent, &before, start_of_day(last_day), now),
        ageing: ageing::columns(app, &directory, extent, now).await?,
        stuck_count: small(stuck.len() as u64),
        stuck: stuck.into_iter().take(ageing::STUCK_SHOWN).collect(),
        load,
        imported_open: small(store.imported_open(units).await?),
        names: directory.names(&met),
        as_of: now,
    })
}

/// Whether the log was kept already at a moment.
async fn reaches_back(app: &App, then: Timestamp) -> Result<bool> {
    let first = app.store().events_behind(None, 1).await?;
    Ok(first.first().is_some_and(|event| event.envelope.at <= then))
}

/// The first of the last business days.
fn business_days_back(calendar: &Calendar, today: chrono::NaiveDate) -> chrono::NaiveDate {
    (0..DAYS).fold(today, |day, _| calendar.previous_working_day(day))
}

fn load(directory: &Directory, rows: Vec<LoadRow>) -> Vec<PersonLoad> {
    rows.into_iter()
        .map(|row| PersonLoad {
            posts: directory
                .person(&row.person)
                .map(|person| person.posts.iter().copied().collect())
                .unwrap_or_default(),
            open: small(row.open),
            overdue: small(row.overdue),
            finished: small(row.finished),
            person: row.person,
        })
        .collect()
}
