//! What may be asked outside a transaction: committed data, from connections of their own.
//!
//! Architecture invariant: every read that gives cases takes the units the person sees; a case outside them is
//! answered as if it were not there.

pub(crate) mod audit;
pub(crate) mod case;
pub(crate) mod check;
pub(crate) mod dashboard;
pub(crate) mod feed;
pub(crate) mod import;
pub(crate) mod people;
pub(crate) mod queue;
pub(crate) mod slip;
pub(crate) mod verify;

use audit::AuditReads;
use case::CaseReads;
use check::CheckReads;
use dashboard::DashboardReads;
use feed::FeedReads;
use import::ImportReads;
use people::PeopleReads;
use queue::QueueReads;
use slip::SlipReads;
use verify::VerifyReads;

/// All reads.
pub trait Reads:
    CaseReads
    + QueueReads
    + SlipReads
    + CheckReads
    + DashboardReads
    + FeedReads
    + ImportReads
    + PeopleReads
    + AuditReads
    + VerifyReads
{
}

impl<T> Reads for T where
    T: CaseReads
        + QueueReads
        + SlipReads
        + CheckReads
        + DashboardReads
        + FeedReads
        + ImportReads
        + PeopleReads
        + AuditReads
        + VerifyReads
{
}
