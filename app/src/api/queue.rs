//! Queues: counts, pages, get-next, acts on many cases.

use super::case::one;
use super::{Api, Failure, Load, Tag};
use domain::api::Problem;
use domain::api::case::{BulkCommand, BulkResult, Candidate, CandidatesAsk};
use domain::api::queue::{Next, QueuePage, QueueQuery, Queues, QueuesQuery, Reason};
use domain::case::Command;
use domain::id::{CaseId, PersonId, UnitId};
use domain::post::Queue;
use serde::{Deserialize, Serialize};

/// Counts of the person's queues, of the unit that is looked at.
pub fn counts(unit: Option<UnitId>) -> Load<Queues> {
    Load::with("/api/queues", &QueuesQuery { unit }, [Tag::Counts])
}

/// A page of a queue.
pub fn page(queue: Queue, query: &QueueQuery) -> Load<QueuePage> {
    Load::with(&format!("/api/queues/{queue}"), query, [Tag::Queue(queue)])
}

/// What get-next gave: the case's id and number, and why this one. The whole case is fetched by the page that
/// shows it, so that the queue's part of the app need not know cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Why this one.
    pub reason: Vec<Reason>,
}

#[derive(Deserialize)]
struct GivenWire {
    case: ViewWire,
    reason: Vec<Reason>,
}

#[derive(Deserialize)]
struct ViewWire {
    case: CaseWire,
}

#[derive(Deserialize)]
struct CaseWire {
    id: CaseId,
    number: String,
}

#[derive(Deserialize)]
struct DoneWire {
    version: u64,
}

/// [`BulkResult`] with problems as they came.
#[derive(Deserialize)]
struct BulkWire {
    case: CaseId,
    #[serde(default)]
    version: Option<u64>,
    #[serde(default)]
    problem: Option<serde_json::Value>,
}

/// [`BulkCommand`] with what is done from lists.
#[derive(Serialize)]
struct BulkAct {
    cases: Vec<(CaseId, u64)>,
    command: ListAct,
}

/// The fields read above are those of the wire type; this fails to compile should one of them go.
const fn _same_names(next: &Next) -> (&CaseId, &String, &Vec<Reason>) {
    (&next.case.case.id, &next.case.case.number, &next.reason)
}

const fn _same_command(bulk: &BulkCommand) -> (&Vec<(CaseId, u64)>, &Command) {
    (&bulk.cases, &bulk.command)
}

const fn _same_result(result: &BulkResult) -> (&CaseId, &Option<u64>, &Option<Problem>) {
    (&result.case, &result.version, &result.problem)
}

#[derive(Serialize)]
struct Nothing {}

/// What is done to a case straight from a list: the commands that need nothing of the case, so that the queue's part
/// of the app need not know all the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ListAct {
    /// Takes it.
    Claim {},
    /// Puts it back.
    Unclaim {},
    /// Gives it to somebody.
    Assign {
        /// To whom.
        to: PersonId,
    },
}

impl Api {
    /// Takes the next case of a queue; none when there is nothing for this person.
    pub async fn next(self, queue: Queue) -> Result<Option<Given>, Failure> {
        let answer = self.command(&format!("/api/queues/{queue}/next"), None, &Nothing {}).await?;
        if answer.status == 204 {
            return Ok(None);
        }
        let given: GivenWire = answer.json()?;
        Ok(Some(Given { id: given.case.case.id, number: given.case.case.number, reason: given.reason }))
    }

    /// An act on a case from a list, without the case itself: a [`ListAct`], or a command whose outcome the list shows.
    /// Answers the new version.
    pub async fn act(self, case: CaseId, version: u64, act: &impl Serialize) -> Result<u64, Failure> {
        let answer = self.command(&format!("{}/commands", one(case)), Some(version), act).await?;
        Ok(answer.json::<DoneWire>()?.version)
    }

    /// Who may be given these cases, with what they have in hand.
    pub async fn candidates(self, cases: Vec<CaseId>) -> Result<Vec<Candidate>, Failure> {
        self.look("/api/cases/candidates", &CandidatesAsk { cases }).await
    }

    /// The same act on several cases, each with its own result: the new version, or why not.
    pub async fn bulk(
        self,
        cases: Vec<(CaseId, u64)>,
        command: ListAct,
    ) -> Result<Vec<(CaseId, Result<u64, Failure>)>, Failure> {
        let answer = self.command("/api/cases/bulk", None, &BulkAct { cases, command }).await?;
        let results: Vec<BulkWire> = answer.json()?;
        let one = |result: BulkWire| {
            let outcome = match result.problem {
                Some(problem) => {
                    Err(Failure::read(answer.status, answer.request.clone(), &problem.to_string()))
                }
                None => Ok(result.version.unwrap_or_default()),
            };
            (result.case, outcome)
        };
        Ok(results.into_iter().map(one).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_of_a_list_is_the_command_of_that_name() {
        let same = [
            (ListAct::Claim {}, Command::Claim {}),
            (ListAct::Unclaim {}, Command::Unclaim {}),
            (ListAct::Assign { to: "SH2".into() }, Command::Assign { to: "SH2".into() }),
        ];
        for (act, command) in same {
            let wire = serde_json::to_string(&act).expect("an act is serialised");
            assert_eq!(wire, serde_json::to_string(&command).expect("a command is serialised"));
        }
    }
}
