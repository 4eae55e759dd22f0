//! Seals what a command or a registration brings before the rules see it.

use std::collections::BTreeMap;

use domain::case::item::{Asked, Fields};
use domain::case::refusal::InputRule;
use domain::case::registration::faults;
use domain::case::{Case, Command, Refusal, Registration};
use domain::catalogue::{Catalogue, FieldSpec, Item, secret_validity};
use domain::id::FieldKey;
use domain::secret::{Secret, SecretKind, canonical};
use domain::time::{Timestamp, local_date};
use domain::value::Value;

use super::{DataKey, Vault};
use crate::error::{Error, Result};

/// What sealing needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Sealing<'a> {
    /// Seals.
    pub vault: &'a Vault,
    /// The case's key.
    pub key: &'a DataKey,
    /// The catalogue the case keeps.
    pub catalogue: &'a Catalogue,
    /// Now.
    pub now: Timestamp,
}

impl Sealing<'_> {
    /// Seals every personal value of a command.
    ///
    /// # Errors
    /// `Refused` where one arrives sealed: whoever could send a digest of his own choice could confirm what he never
    /// keyed. An amended registration may name what it leaves as it is by the sealed form it was shown.
    pub fn command(&self, case: &Case, command: &mut Command) -> Result<()> {
        match command {
            Command::AmendRegistration { amendment } => {
                let before = &case.registration;
                let shown = |digest: &str| self.vault.shown_digest(case.id, digest);
                keep(&mut amendment.mobile, Some(&before.mobile), shown);
                if let Some(document) = &mut amendment.document {
                    let before = before.document.as_ref().map(|document| &document.number);
                    keep(&mut document.number, before, shown);
                }
                if let Some(agent) = &mut amendment.agent {
                    keep(&mut agent.identity, before.agent.as_ref().map(|agent| &agent.identity), shown);
                }
                let mut after = amendment.on(before);
                self.kept_registration(&mut after)?;
                amendment.mobile = after.mobile;
                amendment.document = after.document;
                amendment.agent = after.agent;
                Ok(())
            }
            Command::EnterChange { item, fields } => self.fields(case, *item, fields, "/enter_change/fields"),
            Command::ConfirmEntry { item, key_fields } => {
                self.fields(case, *item, key_fields, "/confirm_entry/key_fields")
            }
            Command::RecordCoreResult { item, fields, again, .. } => {
                self.fields(case, *item, fields, "/record_core_result/fields")?;
                self.fields(case, *item, again, "/record_core_result/again")
            }
            Command::ConfirmCore { item, values, again, .. } => {
                self.fields(case, *item, values, "/confirm_core/values")?;
                self.fields(case, *item, again, "/confirm_core/again")
            }
            Command::KeyAsked { item, asked } => self.asked(case, *item, asked),
            _ => Ok(()),
        }
    }

    /// Seals every personal value of a registration.
    ///
    /// # Errors
    /// `Refused` where one arrives sealed.
    pub fn registration(&self, registration: &mut Registration) -> Result<()> {
        let agent = registration.agent.as_ref().map(|agent| &agent.identity);
        if matches!(registration.mobile, Secret::Sealed(_)) {
            return Err(sealed("/registration/mobile"));
        }
        if matches!(agent, Some(Secret::Sealed(_))) {
            return Err(sealed("/registration/agent/identity"));
        }
        if matches!(registration.document.as_ref().map(|document| &document.number), Some(Secret::Sealed(_)))
        {
            return Err(sealed("/registration/document/number"));
        }
        self.kept_registration(registration)
    }

    fn kept_registration(&self, registration: &mut Registration) -> Result<()> {
        // Asked while the values are plain: of a sealed one the rules know nothing but this verdict.
        let broken = faults(registration, self.catalogue, local_date(self.now));
        let keeps = |at: &str| !broken.iter().any(|fault| fault.is_error() && fault.pointer == at);
        let at = "/registration/mobile";
        self.seal(&mut registration.mobile, SecretKind::Phone, keeps(at), at)?;
        if let Some(document) = &mut registration.document {
            let at = "/registration/document/number";
            self.seal(&mut document.number, SecretKind::Identity, keeps(at), at)?;
        }
        if let Some(agent) = &mut registration.agent {
            let at = "/registration/agent/identity";
            self.seal(&mut agent.identity, SecretKind::Identity, keeps(at), at)?;
        }
        Ok(())
    }

    /// Fields of an item. Unknown items and fields are sealed too, as if they were addresses: the rules refuse them,
    /// and until then nothing plain goes anywhere.
    fn fields(&self, case: &Case, no: u8, fields: &mut Fields, pointer: &str) -> Result<()> {
        let entry = case.item(no).and_then(|item| self.catalogue.item(&item.code));
        let verdicts = entry.map_or_else(BTreeMap::new, |entry| self.verdicts(case, entry, fields));
        for (key, value) in fields {
            self.value(entry, key, value, &verdicts, pointer)?;
        }
        Ok(())
    }

    fn asked(&self, case: &Case, no: u8, asked: &mut BTreeMap<FieldKey, Asked>) -> Result<()> {
        let entry = case.item(no).and_then(|item| self.catalogue.item(&item.code));
        let stated: Fields = asked
            .iter()
            .filter_map(|(key, asked)| match asked {
                Asked::Stated(value) => Some((key.clone(), value.clone())),
                Asked::ByRule(_) => None,
            })
            .collect();
        let verdicts = entry.map_or_else(BTreeMap::new, |entry| self.verdicts(case, entry, &stated));
        for (key, asked) in asked {
            if let Asked::Stated(value) = asked {
                self.value(entry, key, value, &verdicts, "/key_asked/asked")?;
            }
        }
        Ok(())
    }

    /// Whether each personal value keeps its rules, asked while the values are plain.
    fn verdicts(&self, case: &Case, entry: &Item, fields: &Fields) -> BTreeMap<FieldKey, Vec<bool>> {
        let context = self.catalogue.context(local_date(self.now), Some(&case.registration.policy));
        secret_validity(entry, fields, &context)
    }

    fn value(
        &self,
        entry: Option<&Item>,
        key: &FieldKey,
        value: &mut Value,
        verdicts: &BTreeMap<FieldKey, Vec<bool>>,
        pointer: &str,
    ) -> Result<()> {
        let spec = entry.and_then(|entry| entry.fields.iter().find(|spec| spec.key == *key));
        let kind = kind_of(spec, value);
        let verdicts = verdicts.get(key).map_or(&[][..], Vec::as_slice);
        for (index, secret) in value.secrets_mut().into_iter().enumerate() {
            if matches!(secret, Secret::Sealed(_)) {
                return Err(sealed(&format!("{pointer}/{key}")));
            }
            let valid = verdicts.get(index).copied().unwrap_or(false);
            self.seal(secret, kind, valid, pointer)?;
        }
        Ok(())
    }

    /// Seals one value. What is empty stays so: it says that nothing was given.
    fn seal(&self, secret: &mut Secret, kind: SecretKind, valid: bool, pointer: &str) -> Result<()> {
        if secret.is_empty() {
            return Ok(());
        }
        if let Secret::Plain(plain) = secret {
            if plain.chars().count() > LONGEST {
                return Err(Refusal::input(pointer, InputRule::TooLong).into());
            }
            *secret = Secret::Sealed(self.vault.seal(self.key, kind, &canonical(kind, plain), valid));
        }
        Ok(())
    }
}

/// Longest personal value, characters: an address has at most 120.
const LONGEST: usize = 200;

/// Puts the stored form in the place of a sealed one that means the same.
fn keep(secret: &mut Secret, before: Option<&Secret>, shown: impl Fn(&str) -> String) {
    if let (Secret::Sealed(sent), Some(Secret::Sealed(stored))) = (&*secret, before)
        && sent.digest == shown(&stored.digest)
    {
        *secret = Secret::Sealed(stored.clone());
    }
}

fn sealed(pointer: &str) -> Error {
    Refusal::input(pointer, InputRule::Sealed).into()
}

fn kind_of(spec: Option<&FieldSpec>, value: &Value) -> SecretKind {
    spec.and_then(|spec| spec.kind.secret_kind()).unwrap_or(match value {
        Value::Document(_) | Value::Beneficiaries(_) => SecretKind::Identity,
        _ => SecretKind::Address,
    })
}
