//! A check as it is being filled in: what is answered, what is missing, what is sent.

use crate::format::AmountError;
use domain::api::check::{FindingInput, PointVerdict};
use domain::id::{FieldKey, PersonId};
use domain::quality::points::{Cause, ErrorPoint, Severity, Verdict};
use serde::{Deserialize, Serialize};

/// A wrong result, half described.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingDraft {
    /// What tells it from others on the page.
    pub key: u32,
    /// E01–E14.
    pub error_point: ErrorPoint,
    /// Severity.
    pub severity: Severity,
    /// Cause.
    pub cause: Option<Cause>,
    /// Item number it concerns.
    pub item: Option<u8>,
    /// Field it concerns.
    pub field: Option<FieldKey>,
    /// Person responsible.
    pub responsible: Option<PersonId>,
    /// What was found.
    pub evidence: String,
    /// Amount affected, minor units.
    pub affected: Result<Option<i64>, AmountError>,
}

/// A check point, half answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointDraft {
    /// Its number.
    pub point: u8,
    /// The answer.
    pub verdict: Option<Verdict>,
    /// What was seen.
    pub evidence: String,
    /// Why, where it does not conform.
    pub cause: Option<Cause>,
    /// Wrong results that came of it; they count only while it does not conform.
    pub findings: Vec<FindingDraft>,
}

impl PointDraft {
    /// Whether the answer is that it does not conform.
    pub fn fails(&self) -> bool {
        self.verdict == Some(Verdict::DoesNot)
    }
}

/// A field of a finding that must be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingField {
    /// Cause.
    Cause,
    /// Person responsible.
    Responsible,
    /// Evidence.
    Evidence,
    /// Amount affected.
    Affected,
}

/// Something missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// The answer to a check point.
    Verdict(u8),
    /// Evidence of a point that does not conform.
    Evidence(u8),
    /// Cause of a point that does not conform.
    Cause(u8),
    /// A field of a finding, by the finding's key.
    Finding(u32, FindingField),
}

/// A check, half filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// The points that apply, in order.
    pub points: Vec<PointDraft>,
    next: u32,
}

impl Draft {
    /// An empty one for the points that apply.
    pub fn new(applies: &[u8]) -> Self {
        let point = |point: &u8| PointDraft {
            point: *point,
            verdict: None,
            evidence: String::new(),
            cause: None,
            findings: Vec::new(),
        };
        Self { points: applies.iter().map(point).collect(), next: 0 }
    }

    /// Whether it is one for these points.
    pub fn is_for(&self, applies: &[u8]) -> bool {
        self.points.iter().map(|point| &point.point).eq(applies)
    }

    /// A point.
    pub fn point(&self, number: u8) -> Option<&PointDraft> {
        self.points.iter().find(|point| point.point == number)
    }

    /// A point, to be changed.
    pub fn point_mut(&mut self, number: u8) -> Option<&mut PointDraft> {
        self.points.iter_mut().find(|point| point.point == number)
    }

    /// A finding.
    pub fn finding(&self, key: u32) -> Option<&FindingDraft> {
        self.points.iter().flat_map(|point| &point.findings).find(|finding| finding.key == key)
    }

    /// A finding, to be changed.
    pub fn finding_mut(&mut self, key: u32) -> Option<&mut FindingDraft> {
        self.points.iter_mut().flat_map(|point| &mut point.findings).find(|finding| finding.key == key)
    }

    /// Adds a finding to a point; answers its key.
    pub fn add_finding(&mut self, number: u8, make: impl FnOnce(u32) -> FindingDraft) -> u32 {
        let key = self.next;
        self.next += 1;
        if let Some(point) = self.point_mut(number) {
            point.findings.push(make(key));
        }
        key
    }

    /// Takes a finding away.
    pub fn remove_finding(&mut self, key: u32) {
        for point in &mut self.points {
            point.findings.retain(|finding| finding.key != key);
        }
    }

    /// Conforming, not conforming, not applicable.
    pub fn tally(&self) -> (i64, i64, i64) {
        let of = |verdict| {
            let n = self.points.iter().filter(|point| point.verdict == Some(verdict)).count();
            i64::try_from(n).unwrap_or(i64::MAX)
        };
        (of(Verdict::Conforms), of(Verdict::DoesNot), of(Verdict::NotApplicable))
    }

    /// The findings that count, in the order they are sent.
    pub fn findings(&self) -> impl Iterator<Item = &FindingDraft> {
        self.points.iter().filter(|point| point.fails()).flat_map(|point| &point.findings)
    }

    /// Whether it holds a major finding, which bars the release.
    pub fn bars(&self) -> bool {
        self.findings().any(|finding| finding.severity == Severity::Major)
    }

    /// What is missing, from top to bottom.
    pub fn lacks(&self) -> Vec<Lack> {
        let mut lacks = Vec::new();
        for point in &self.points {
            if point.verdict.is_none() {
                lacks.push(Lack::Verdict(point.point));
            }
            if !point.fails() {
                continue;
            }
            if point.evidence.trim().is_empty() {
                lacks.push(Lack::Evidence(point.point));
            }
            if point.cause.is_none() {
                lacks.push(Lack::Cause(point.point));
            }
            for finding in &point.findings {
                let mut lack = |missing: bool, field| {
                    if missing {
                        lacks.push(Lack::Finding(finding.key, field));
                    }
                };
                lack(finding.cause.is_none(), FindingField::Cause);
                lack(finding.responsible.is_none(), FindingField::Responsible);
                lack(finding.evidence.trim().is_empty(), FindingField::Evidence);
                let amount_wrong = finding.affected.is_err_and(|_| true)
                    || matches!(finding.affected, Ok(Some(minor)) if minor < 0);
                lack(amount_wrong, FindingField::Affected);
            }
        }
        lacks
    }

    /// What is sent; none while something is missing.
    pub fn submission(&self) -> Option<(Vec<PointVerdict>, Vec<FindingInput>)> {
        if !self.lacks().is_empty() {
            return None;
        }
        let points = self
            .points
            .iter()
            .map(|point| {
                Some(PointVerdict {
                    point: point.point,
                    verdict: point.verdict?,
                    evidence: point.evidence.trim().to_owned(),
                    cause: point.cause.filter(|_| point.fails()),
                })
            })
            .collect::<Option<_>>()?;
        let findings = self
            .findings()
            .map(|finding| {
                Some(FindingInput {
                    error_point: finding.error_point,
                    severity: finding.severity,
                    cause: finding.cause?,
                    item: finding.item,
                    field: finding.field.clone(),
                    responsible: finding.responsible.clone()?,
                    evidence: finding.evidence.trim().to_owned(),
                    affected_minor: finding.affected.ok()?.unwrap_or(0),
                })
            })
            .collect::<Option<_>>()?;
        Some((points, findings))
    }

    /// The pointer by which the server names a field of a point.
    pub fn pointer_of_point(&self, number: u8, field: &str) -> Option<String> {
        let at = self.points.iter().position(|point| point.point == number)?;
        Some(format!("/submit/points/{at}/{field}"))
    }

    /// The pointer by which the server names a field of a finding.
    pub fn pointer_of_finding(&self, key: u32, field: &str) -> Option<String> {
        let at = self.findings().position(|finding| finding.key == key)?;
        Some(format!("/submit/findings/{at}/{field}"))
    }

    /// The next point without an answer after a place, going round.
    pub fn next_open(&self, after: usize) -> Option<usize> {
        let n = self.points.len();
        (1..=n).map(|by| (after + by) % n).find(|at| self.points[*at].verdict.is_none())
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
