//! Whether what is stored is whole: chains unbroken, every derived row what its events give, one custodian for every
//! case, every noted row as it was written, a sealed value of each case open, every draw repeatable. It reads
//! everything once, page by page, in one snapshot beside working servers, and writes nothing.
//!
//! What cannot be read is named and stops nothing. No fault says a value: reports are shown and kept.

use serde::Serialize;
use store::Store;
use store::seal::Seal;

use crate::directory::Directory;
use crate::error::{Error, Result};
use crate::seal::Vault;

mod draws;
mod keys;
mod walk;

/// Faults told of each kind; the rest are counted.
const TOLD: usize = 100;

/// What was found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Nothing is wrong.
    pub ok: bool,
    /// Cases looked at.
    pub cases: u64,
    /// Events looked at.
    pub events: u64,
    /// The last seal, `number:hex`: kept elsewhere, it shows later whether this state was ever taken back.
    pub seal: Option<String>,
    /// Events and ledger entries no seal covers yet.
    pub unsealed: u64,
    /// Ended cases without a data key: purged, their values cannot be opened any more.
    pub purged: u64,
    /// What was checked.
    pub checks: Checks,
}

/// What was checked.
#[derive(Debug, Default, Serialize)]
pub struct Checks {
    /// Every event is sealed to the one before it, none is missing.
    pub chain: Check,
    /// The state of every case is the replay of its events.
    pub replay: Check,
    /// Every open case has exactly one custodian, and its queue row says the same.
    pub owners: Check,
    /// Movements, steps, rounds of recheck, slip lines and the index of personal values follow from the events.
    pub derived: Check,
    /// Every draw, done again, gives the same units.
    pub draws: Check,
    /// The seals agree with what they cover.
    pub seals: Check,
    /// Draws, checks, findings, slips, imports, catalogues and records of access are as they were written.
    pub ledger: Check,
    /// A sealed value of each case opens and is the one its keyed hash says.
    pub keys: Check,
    /// Nothing belongs to nothing.
    pub orphans: Check,
}

impl Checks {
    /// Each with its name.
    pub fn each(&self) -> [(&'static str, &Check); 9] {
        [
            ("chain", &self.chain),
            ("replay", &self.replay),
            ("owners", &self.owners),
            ("derived", &self.derived),
            ("draws", &self.draws),
            ("seals", &self.seals),
            ("ledger", &self.ledger),
            ("keys", &self.keys),
            ("orphans", &self.orphans),
        ]
    }

    /// The check a derived table belongs to.
    fn of_table(&mut self, table: &str) -> &mut Check {
        match table {
            "case_state" => &mut self.replay,
            "work_item" | "work_person" | "work_line" => &mut self.owners,
            _ => &mut self.derived,
        }
    }
}

/// One thing checked.
#[derive(Debug, Serialize)]
pub struct Check {
    /// Nothing is wrong.
    pub ok: bool,
    /// How many were looked at.
    pub checked: u64,
    /// What is wrong, the first hundred.
    pub faults: Vec<String>,
    /// How many faults in all.
    pub fault_count: u64,
}

impl Default for Check {
    fn default() -> Self {
        Self { ok: true, checked: 0, faults: Vec::new(), fault_count: 0 }
    }
}

impl Check {
    fn fault(&mut self, fault: impl Into<String>) {
        self.ok = false;
        self.fault_count += 1;
        if self.faults.len() < TOLD {
            self.faults.push(fault.into());
        }
    }

    /// Notes where something could not be read. A store that is away is no fault of what it holds, and ends it all.
    fn unreadable<T>(&mut self, what: &str, read: Result<T>) -> Result<Option<T>> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(error @ Error::Unavailable(_)) => Err(error),
            Err(error) => {
                self.fault(format!("{what} cannot be read: {error}"));
                Ok(None)
            }
        }
    }
}

/// Checks a store.
pub async fn verify(store: &dyn Store, vault: &Vault) -> Result<Report> {
    verify_against(store, vault, None).await
}

/// The same, also against a seal that was kept elsewhere, as it was printed: number, colon, hexadecimal.
pub async fn verify_against(store: &dyn Store, vault: &Vault, kept: Option<&str>) -> Result<Report> {
    let snapshot = store.snapshot().await?;
    let report = read_all(snapshot.as_ref(), vault, kept).await;
    snapshot.close().await;
    report
}

async fn read_all(store: &dyn Store, vault: &Vault, kept: Option<&str>) -> Result<Report> {
    let (mut report, mut checks) = (Report::default(), Checks::default());
    let state = store.seals(&vault.seal_key()).await?;
    checks.seals.checked = state.seals.len() as u64;
    state.faults.into_iter().for_each(|fault| checks.seals.fault(fault));
    if let Some(kept) = kept {
        against(&state.seals, kept, &mut checks.seals);
    }
    report.seal = state.seals.last().map(ToString::to_string);
    report.unsealed = state.unsealed;
    let ledger = store.ledger().await?;
    checks.ledger.checked = ledger.checked;
    ledger.faults.into_iter().for_each(|fault| checks.ledger.fault(fault.words));
    let mut keys = keys::Keys::read(store, vault, &mut checks.keys).await?;
    // Who holds a post today is of no matter here.
    let directory = Directory::read(store, chrono::DateTime::UNIX_EPOCH).await;
    if let Some(directory) = checks
        .replay
        .unreadable("people, units, calendars or catalogues, without which no case", directory)?
    {
        walk::Walk::new(store, &directory, &mut keys, &mut report, &mut checks).all().await?;
        draws::check(store, directory.units(), &mut checks.draws).await?;
    }
    report.purged = keys.purged;
    keys.left_over(&mut checks.keys);
    checks.orphans.checked = 1;
    store.orphans().await?.into_iter().for_each(|fault| checks.orphans.fault(fault));
    report.ok = checks.each().iter().all(|(_, check)| check.ok);
    report.checks = checks;
    Ok(report)
}

/// Whether a seal that was kept is still among those that are there.
fn against(seals: &[Seal], kept: &str, check: &mut Check) {
    let kept = kept.trim();
    let number = kept.split_once(':').and_then(|(number, _)| number.parse::<i64>().ok());
    let Some(number) = number else {
        check.fault(format!("{kept:?} is no seal: they are printed as number:hexadecimal"));
        return;
    };
    match seals.iter().find(|seal| seal.no == number) {
        Some(seal) if seal.to_string().eq_ignore_ascii_case(kept) => {}
        Some(_) => check.fault(format!("seal {number} is not the one that was kept: the log was made anew")),
        None => check.fault(format!("seal {number} was kept and is not there: the log was taken back")),
    }
}
