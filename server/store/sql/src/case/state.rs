//! The state of a case as a row: what replay of its events gives, with the columns search and lists need.

use crate::{
    dialect::Conn,
    error::store_error,
    rows::{Row, Values},
    text::{int, json, name, whole},
};
use chrono::{DateTime, Utc};
use domain::{
    case::{Case, State, Status, state::Ending},
    id::ItemCode,
    post::Stage,
};
use store::{Change, StoreError, chain::Link};

/// A state to be written.
pub(crate) struct StateRow<'c> {
    case: &'c Case,
    version: i64,
    link: Link,
    stage: Stage,
    status: &'static str,
    channel: String,
    class: String,
    priority: String,
    items: String,
    amount: i64,
    ended_at: Option<DateTime<Utc>>,
    body: String,
}

impl<'c> StateRow<'c> {
    pub(crate) fn of(change: &'c Change, link: Link) -> Result<Self, StoreError> {
        let case = &change.after;
        let (stage, status, ended_at) = match &case.state {
            State::Open { stage, status } => (*stage, status_name(status), None),
            State::Ended { ending, at, stage } => (*stage, ending_name(*ending), Some(*at)),
        };
        // An ended case keeps the items it ended with, the declined ones too.
        let items: Vec<&ItemCode> = match ended_at {
            None => case.open_items().map(|item| &item.code).collect(),
            Some(_) => case.items.iter().map(|item| &item.code).collect(),
        };
        Ok(Self {
            case,
            version: int(case.version)?,
            link,
            stage,
            status,
            channel: name(&case.registration.channel)?,
            class: name(&change.class)?,
            priority: name(&case.priority)?,
            items: json(&items)?,
            amount: change.amount.minor,
            ended_at,
            body: json(case)?,
        })
    }

    /// Replaces the state, if the case still stands at a version.
    pub(crate) async fn replace(&self, conn: &mut Conn, before: u64) -> Result<(), StoreError> {
        let before = int(before)?;
        let done = sqlx::query!(
            "UPDATE case_state SET version = $3, link = $4, unit = $5, stage = $6, status = $7, policy_no = $8,
                    applicant = $9, channel = $10, class = $11, items = $12, amount = $13, paper = $14,
                    received_at = $15, ended_at = $16, body = $17, breach_at = $18, return_count = $19,
                    priority = $20
             WHERE case_id = $1 AND version = $2",
            self.case.id.0,
            before,
            self.version,
            self.link.as_slice(),
            self.case.working_unit().as_str(),
            self.stage.as_str(),
            self.status,
            self.case.registration.policy.policy_no.as_str(),
            self.case.registration.applicant,
            self.channel,
            self.class,
            self.items,
            self.amount,
            self.case.paper,
            whole(self.case.registration.received_at),
            self.ended_at,
            self.body,
            self.case.breach_at.map(|promised| whole(promised.first_too_late())),
            i64::from(self.case.returns),
            self.priority
        )
        .execute(&mut *conn)
        .await
        .map_err(store_error)?;
        if done.rows_affected() == 1 {
            return Ok(());
        }
        let found = sqlx::query_scalar!(
            r#"SELECT version AS "version!: i64" FROM case_state WHERE case_id = $1"#,
            self.case.id.0
        )
        .fetch_optional(conn)
        .await
        .map_err(store_error)?;
        Err(StoreError::Stale {
            case: self.case.id,
            expected: u64::try_from(before).unwrap_or(0),
            found: found.and_then(|version| u64::try_from(version).ok()),
        })
    }
}

impl Row for StateRow<'_> {
    const TABLE: &'static str = "case_state";
    const COLUMNS: &'static [&'static str] = &[
        "case_id",
        "number",
        "version",
        "link",
        "accepting",
        "unit",
        "stage",
        "status",
        "policy_no",
        "applicant",
        "channel",
        "class",
        "items",
        "amount",
        "paper",
        "received_at",
        "registered_at",
        "ended_at",
        "body",
        "breach_at",
        "return_count",
        "priority",
    ];

    fn bind(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.case.id.0)
            .push_bind(self.case.number.as_str())
            .push_bind(self.version)
            .push_bind(self.link.as_slice())
            .push_bind(self.case.accepting.as_str())
            .push_bind(self.case.working_unit().as_str())
            .push_bind(self.stage.as_str())
            .push_bind(self.status)
            .push_bind(self.case.registration.policy.policy_no.as_str())
            .push_bind(self.case.registration.applicant.as_str())
            .push_bind(self.channel.as_str())
            .push_bind(self.class.as_str())
            .push_bind(self.items.as_str())
            .push_bind(self.amount)
            .push_bind(self.case.paper)
            .push_bind(whole(self.case.registration.received_at))
            .push_bind(whole(self.case.registered_at))
            .push_bind(self.ended_at)
            .push_bind(self.body.as_str())
            .push_bind(self.case.breach_at.map(|promised| whole(promised.first_too_late())))
            .push_bind(i64::from(self.case.returns))
            .push_bind(self.priority.as_str());
    }
}

const fn status_name(status: &Status) -> &'static str {
    match status {
        Status::Ready => "ready",
        Status::Claimed(_) => "claimed",
        Status::Waiting { .. } => "waiting",
        Status::HandedOver(_) => "handed_over",
    }
}

const fn ending_name(ending: Ending) -> &'static str {
    match ending {
        Ending::Released => "released",
        Ending::Withdrawn => "withdrawn",
        Ending::Declined => "declined",
    }
}
