//! The hash chain: each event of a case is sealed to the one before it.
//!
//! A link is SHA-256 over a label, the link before (zeros for the first), the envelope with every text after
//! its length, and the stored payload bytes as they are. The bytes are never written anew from what was read:
//! what is stored is the canonical form. The global sequence is not sealed, because it is allotted at commit.

use chrono::{DateTime, Utc};
use domain::{
    actor::By,
    case::{Event, Fact, event::PAYLOAD_VERSION},
    catalogue::CatalogueVersion,
    id::{CaseId, UnitId},
    post::Stage,
    time::Timestamp,
};
use sha2::{Digest, Sha256};

/// Written first, so that a link is never taken for another kind of hash.
const LABEL: &[u8] = b"plumbline event 1\n";

/// A link of a chain.
pub type Link = [u8; 32];

/// The link before the first.
pub const START: Link = [0; 32];

/// An event as it is sealed: everything but its payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The case.
    pub case: CaseId,
    /// Its version after the event.
    pub version: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: By,
    /// At which stage.
    pub stage: Option<Stage>,
    /// Working unit at the time.
    pub unit: UnitId,
    /// Catalogue version.
    pub catalogue: CatalogueVersion,
    /// Version of the payload's form.
    pub form: u16,
    /// Idempotency key of the command.
    pub key: Option<String>,
}

impl Envelope {
    /// The envelope of an event made by this program.
    pub fn of(event: &Event, key: Option<&str>) -> Self {
        Self {
            case: event.case,
            version: event.version,
            at: event.at,
            by: event.by.clone(),
            stage: event.stage,
            unit: event.unit.clone(),
            catalogue: event.catalogue,
            form: PAYLOAD_VERSION,
            key: key.map(str::to_owned),
        }
    }

    /// The event with its fact read from the payload; an older form is brought up to the present one.
    pub fn open(&self, payload: &[u8]) -> Result<Event, String> {
        if self.form != PAYLOAD_VERSION {
            return Err(format!(
                "payload form {} of {} v{} is not known",
                self.form, self.case, self.version
            ));
        }
        let fact: Fact = serde_json::from_slice(payload)
            .map_err(|error| format!("payload of {} v{}: {error}", self.case, self.version))?;
        Ok(Event {
            case: self.case,
            version: self.version,
            at: self.at,
            by: self.by.clone(),
            stage: self.stage,
            unit: self.unit.clone(),
            catalogue: self.catalogue,
            fact,
        })
    }
}

/// The payload bytes of a fact, to be stored and sealed as they are.
pub fn payload(fact: &Fact) -> Result<String, crate::StoreError> {
    serde_json::to_string(fact).map_err(|_| crate::StoreError::Invalid("a fact that is no JSON"))
}

/// The link of an event.
pub fn link(before: &Link, envelope: &Envelope, payload: &[u8]) -> Link {
    let mut hash = Sha256::new();
    hash.update(LABEL);
    hash.update(before);
    hash.update(envelope.case.0.as_bytes());
    hash.update(envelope.version.to_be_bytes());
    hash.update(millis(envelope.at).to_be_bytes());
    let (kind, name) = actor(&envelope.by);
    text(&mut hash, Some(kind));
    text(&mut hash, name);
    text(&mut hash, envelope.stage.map(Stage::as_str));
    text(&mut hash, Some(envelope.unit.as_str()));
    hash.update(envelope.catalogue.0.to_be_bytes());
    hash.update(envelope.form.to_be_bytes());
    text(&mut hash, envelope.key.as_deref());
    hash.update((payload.len() as u64).to_be_bytes());
    hash.update(payload);
    hash.finalize().into()
}

/// Kind and name of an actor, as stored.
pub fn actor(by: &By) -> (&'static str, Option<&str>) {
    match by {
        By::Person(id) => ("person", Some(id.as_str())),
        By::System => ("system", None),
        By::Integration(name) => ("integration", Some(name)),
    }
}

/// A text after its length; none is told apart from an empty one.
fn text(hash: &mut Sha256, text: Option<&str>) {
    match text {
        Some(text) => {
            hash.update([1]);
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        None => hash.update([0]),
    }
}

const fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}
