//! What may be asked inside a transaction. Reads here see what the transaction has written and, on a server
//! database, hold what they read for writing until it ends.

pub(crate) mod audit;
pub(crate) mod bulk;
pub(crate) mod case;
pub(crate) mod check;
pub(crate) mod factor;
pub(crate) mod import;
pub(crate) mod job;
pub(crate) mod key;
pub(crate) mod next;
pub(crate) mod people;
pub(crate) mod session;
pub(crate) mod slip;

use audit::AuditTx;
use bulk::BulkTx;
use case::CaseTx;
use check::CheckTx;
use factor::FactorTx;
use import::ImportTx;
use job::JobTx;
use key::KeyTx;
use next::NextTx;
use people::PeopleTx;
use session::SessionTx;
use slip::SlipTx;

/// A transaction.
pub trait Tx:
    CaseTx
    + NextTx
    + SlipTx
    + KeyTx
    + CheckTx
    + PeopleTx
    + SessionTx
    + FactorTx
    + AuditTx
    + ImportTx
    + JobTx
    + BulkTx
    + Send
{
}

impl<T> Tx for T where
    T: CaseTx
        + NextTx
        + SlipTx
        + KeyTx
        + CheckTx
        + PeopleTx
        + SessionTx
        + FactorTx
        + AuditTx
        + ImportTx
        + JobTx
        + BulkTx
        + Send
{
}
