//! Identity documents: the resident ID in full, the others by the outward form of their numbers.

use super::{Checking, FieldFault, FieldRule};
use crate::{
    catalogue::{
        identity::ResidentId,
        pattern::{CharClass, PatternPart, matches_pattern},
    },
    secret::{Secret, normalise},
    value::{DocumentKind, IdentityDocument},
};

const LETTER: CharClass = CharClass::Letter;
const DIGIT: CharClass = CharClass::Digit;
const EITHER: CharClass = CharClass::LetterOrDigit;

/// Permanent residence before 2023: three letters and twelve digits. Since then eighteen characters from 9, built like
/// an identity number.
const PERMANENT_OLD: &[PatternPart] = &[PatternPart::exactly(LETTER, 3), PatternPart::exactly(DIGIT, 12)];
/// Passports of any country (ICAO 9303 allows nine; some print more).
const PASSPORT: &[PatternPart] = &[PatternPart::new(EITHER, 5, 15)];
/// Household registers of before identity numbers were printed in them.
const REGISTER_OLD: &[PatternPart] = &[PatternPart::new(EITHER, 6, 17)];
/// Medical certificates of birth: a letter and nine digits.
const BIRTH: &[PatternPart] = &[PatternPart::exactly(LETTER, 1), PatternPart::exactly(DIGIT, 9)];

impl Checking<'_> {
    /// Checks a document found at `at`.
    pub(super) fn document(&mut self, at: &str, document: &IdentityDocument) {
        if let Some(expired) = document.expires.filter(|day| *day < self.context.today) {
            let rule = FieldRule::DocumentExpired { expired, today: self.context.today };
            self.faults.push(FieldFault::error(format!("{at}/expires"), rule));
        }
        let rule = match &document.number {
            Secret::Plain(text) if text.trim().is_empty() => Some(FieldRule::Required),
            Secret::Plain(text) => self.number(document.kind, text),
            Secret::Sealed(sealed) => (!sealed.valid).then_some(FieldRule::SealedInvalid),
        };
        if let Some(rule) = rule {
            self.faults.push(FieldFault::error(format!("{at}/number"), rule));
        }
    }

    fn number(&self, kind: DocumentKind, text: &str) -> Option<FieldRule> {
        let number = normalise(text);
        let form = |good: bool| match another(kind, &number, self.context.today) {
            Some(rule) => Some(rule),
            None => (!good).then_some(FieldRule::DocumentNumber { kind }),
        };
        match kind {
            DocumentKind::ResidentId | DocumentKind::HkMoTwResidence => self.citizen(kind, &number),
            // A household register shows the person's identity number; older ones a number of their own.
            DocumentKind::HouseholdRegister if number.len() == 18 => {
                self.citizen(DocumentKind::ResidentId, &number)
            }
            DocumentKind::HouseholdRegister => form(matches_pattern(REGISTER_OLD, &number)),
            DocumentKind::PermanentResidence if number.starts_with('9') => self.citizen(kind, &number),
            DocumentKind::PermanentResidence => form(matches_pattern(PERMANENT_OLD, &number)),
            DocumentKind::Passport => form(matches_pattern(PASSPORT, &number)),
            DocumentKind::BirthCertificate => form(matches_pattern(BIRTH, &number)),
        }
    }

    fn citizen(&self, kind: DocumentKind, number: &str) -> Option<FieldRule> {
        match ResidentId::parse(number, self.context.today) {
            Err(fault) => Some(FieldRule::ResidentId { fault }),
            Ok(id) if id.document() != kind => Some(FieldRule::DocumentNumber { kind }),
            Ok(_) => None,
        }
    }
}

/// What is wrong with a number of a document whose numbers have no check character, where it is written like an identity
/// number: then it is a slip of the kind, or of both. A valid one is no number of this kind; one that fails is told
/// by the rule it fails, so that nobody gets a mistyped identity number in by calling it a passport.
fn another(kind: DocumentKind, number: &str, today: chrono::NaiveDate) -> Option<FieldRule> {
    let digits = number.strip_suffix('x').unwrap_or(number);
    let written_so = (15..=19).contains(&number.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !written_so {
        return None;
    }
    match ResidentId::parse(number, today) {
        Ok(_) => Some(FieldRule::DocumentNumber { kind }),
        Err(fault) => Some(FieldRule::ResidentId { fault }),
    }
}
