//! The clocks of a case: how long it took, where, and whose time that was.
//!
//! In elapsed time, `total = Σ visits + Σ transits`, `visit = own + waiting` and
//! `ours = total − customer − desks`, always and exactly. In business minutes each visit runs by the calendar of
//! the unit that works it and the total by that of the unit that accepted the case, so the sums need not agree.

#[cfg(test)]
mod tests;

use std::iter::Sum;
use std::ops::{Add, Sub};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{BusinessMinutes, Calendar, ElapsedMillis, Timestamp};

/// From one instant to another, or still running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Its beginning.
    pub from: DateTime<Utc>,
    /// Its end; none while it runs.
    pub to: Option<DateTime<Utc>>,
}

impl Span {
    /// A finished span.
    pub const fn closed(from: Timestamp, to: Timestamp) -> Self {
        Self { from, to: Some(to) }
    }

    /// A running span.
    pub const fn open(from: Timestamp) -> Self {
        Self { from, to: None }
    }

    /// Its end, or now while it runs, but never before its beginning.
    pub(super) fn end(self, now: Timestamp) -> Timestamp {
        self.to.unwrap_or(now).max(self.from)
    }
}

/// Whose time a wait is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The customer's: inquiry, payment, medical examination.
    Customer,
    /// The underwriting desk's.
    Underwriting,
    /// The finance desk's.
    Finance,
    /// Ours: special approval, hold.
    Ours,
}

/// A wait inside a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitSpan {
    /// When the case waited; what lies outside its visit does not count.
    pub span: Span,
    /// For whom. Where waits overlap, the time is that of the one that began first (the oldest open question).
    pub owner: Owner,
}

/// A stay at a stage, from receipt until the case is handed on. `K` says where: whatever the caller finds the
/// working unit's calendar by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitSpan<K> {
    /// Where.
    pub key: K,
    /// When.
    pub span: Span,
    /// The waits in it, in any order.
    pub waits: Vec<WaitSpan>,
}

/// A time on the way between stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransitSpan<K> {
    /// The receiver, against whom it is shown and by whose calendar its minutes run.
    pub key: K,
    /// When.
    pub span: Span,
}

/// Everything a case has been through, in any order; visits and transits follow one another without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseSpans<K> {
    /// The visits.
    pub visits: Vec<VisitSpan<K>>,
    /// The transits.
    pub transits: Vec<TransitSpan<K>>,
}

/// Waiting time by owner, in elapsed milliseconds or business minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Waiting<T> {
    /// For the customer.
    pub customer: T,
    /// For underwriting.
    pub underwriting: T,
    /// For finance.
    pub finance: T,
    /// For ourselves.
    pub ours: T,
}

impl<T: Copy + Add<Output = T>> Waiting<T> {
    /// For the desks of other departments together.
    pub fn desks(self) -> T {
        self.underwriting + self.finance
    }

    /// All of it.
    pub fn total(self) -> T {
        self.customer + self.desks() + self.ours
    }

    fn add(&mut self, owner: Owner, amount: T) {
        let part = match owner {
            Owner::Customer => &mut self.customer,
            Owner::Underwriting => &mut self.underwriting,
            Owner::Finance => &mut self.finance,
            Owner::Ours => &mut self.ours,
        };
        *part = *part + amount;
    }
}

/// One visit: `visit = own + waiting`, in both units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VisitClock<T> {
    /// The whole of it.
    pub visit: T,
    /// What is left of it after the waits.
    pub own: T,
    /// The waits in it.
    pub waiting: Waiting<T>,
}

/// The clocks of a case, in elapsed milliseconds or business minutes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Clocks<T> {
    /// From received at to the end, or to now.
    pub total: T,
    /// All visits together.
    pub visits: T,
    /// All transits together.
    pub transit: T,
    /// The visits' own time together.
    pub own: T,
    /// All waits together, by owner.
    pub waiting: Waiting<T>,
    /// What we answer for: own time, transit, and the waits for ourselves.
    pub ours: T,
    /// Each visit, in the order given.
    pub per_visit: Vec<VisitClock<T>>,
    /// Each transit, in the order given.
    pub per_transit: Vec<T>,
}

/// Why spans are no history of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClocksError {
    /// Neither a visit nor a transit.
    #[error("a case without a visit has no clocks")]
    Empty,
    /// A span that ends before it begins.
    #[error("a span begins at {from} and ends at {to}")]
    Backwards {
        /// Its beginning.
        from: Timestamp,
        /// Its end.
        to: Timestamp,
    },
    /// One visit or transit does not begin where the one before it ended.
    #[error("what ended at {ended} is followed by what began at {began}")]
    NotContiguous {
        /// The end of the earlier one.
        ended: Timestamp,
        /// The beginning of the later one.
        began: Timestamp,
    },
}

/// The clocks in elapsed time; what still runs is counted up to `now`.
pub fn elapsed_clocks<K>(spans: &CaseSpans<K>, now: Timestamp) -> Result<Clocks<ElapsedMillis>, ClocksError> {
    clocks(spans, now, |_, from, to| ElapsedMillis::between(from, to))
}

/// The clocks in business minutes: the total by the accepting unit's calendar, each visit and transit by the one
/// `working` gives for its key; what still runs is counted up to `now`.
pub fn business_clocks<'a, K>(
    spans: &CaseSpans<K>,
    now: Timestamp,
    accepting: &'a Calendar,
    working: impl Fn(&K) -> &'a Calendar,
) -> Result<Clocks<BusinessMinutes>, ClocksError> {
    clocks(spans, now, |key, from, to| key.map_or(accepting, &working).minutes_between(from, to))
}

/// `measure` is given no key for the total.
fn clocks<K, T>(
    spans: &CaseSpans<K>,
    now: Timestamp,
    measure: impl Fn(Option<&K>, Timestamp, Timestamp) -> T,
) -> Result<Clocks<T>, ClocksError>
where
    T: Copy + Default + Add<Output = T> + Sub<Output = T> + Sum,
{
    let (begin, end) = bounds(spans, now)?;
    let per_visit: Vec<_> = spans.visits.iter().map(|visit| visit_clock(visit, now, &measure)).collect();
    let per_transit: Vec<_> = spans
        .transits
        .iter()
        .map(|transit| measure(Some(&transit.key), transit.span.from, transit.span.end(now)))
        .collect();
    let sum = |part: fn(&VisitClock<T>) -> T| per_visit.iter().map(part).sum::<T>();
    let waiting = Waiting {
        customer: sum(|visit| visit.waiting.customer),
        underwriting: sum(|visit| visit.waiting.underwriting),
        finance: sum(|visit| visit.waiting.finance),
        ours: sum(|visit| visit.waiting.ours),
    };
    let (visits, own) = (sum(|visit| visit.visit), sum(|visit| visit.own));
    let transit = per_transit.iter().copied().sum();
    Ok(Clocks {
        total: measure(None, begin, end),
        visits,
        transit,
        own,
        waiting,
        ours: own + waiting.ours + transit,
        per_visit,
        per_transit,
    })
}

fn visit_clock<K, T>(
    visit: &VisitSpan<K>,
    now: Timestamp,
    measure: impl Fn(Option<&K>, Timestamp, Timestamp) -> T,
) -> VisitClock<T>
where
    T: Copy + Default + Add<Output = T> + Sub<Output = T>,
{
    let (begin, end) = (visit.span.from, visit.span.end(now));
    let whole = measure(Some(&visit.key), begin, end);
    let mut waits = visit.waits.clone();
    waits.sort_by_key(|wait| (wait.span.from, wait.span.end(now)));
    let mut waiting = Waiting::default();
    // Time before the mark has its owner already.
    let mut mark = begin;
    for wait in &waits {
        let (from, to) = (wait.span.from.max(mark), wait.span.end(now).min(end));
        if from < to {
            waiting.add(wait.owner, measure(Some(&visit.key), from, to));
            mark = to;
        }
    }
    VisitClock { visit: whole, own: whole - waiting.total(), waiting }
}

/// The beginning of the first and the end of the last span, if they follow one another without a gap.
fn bounds<K>(spans: &CaseSpans<K>, now: Timestamp) -> Result<(Timestamp, Timestamp), ClocksError> {
    let visits = spans.visits.iter().map(|visit| visit.span);
    let mut legs: Vec<Span> = visits.chain(spans.transits.iter().map(|transit| transit.span)).collect();
    legs.sort_by_key(|leg| (leg.from, leg.end(now)));
    let mut ended = None;
    for leg in &legs {
        if let Some(to) = leg.to.filter(|to| *to < leg.from) {
            return Err(ClocksError::Backwards { from: leg.from, to });
        }
        if let Some(ended) = ended.filter(|ended| *ended != leg.from) {
            return Err(ClocksError::NotContiguous { ended, began: leg.from });
        }
        ended = Some(leg.end(now));
    }
    legs.first().zip(ended).map(|(first, ended)| (first.from, ended)).ok_or(ClocksError::Empty)
}
