//! Which result rests on which input (process §1): one table.
//!
//! A result names the inputs it was given for. When an input changes, every result the table names for it falls. A
//! return takes away by stage instead ([`CaseItem::fall_from`]); what the core system holds never falls, only its
//! comparison does, and money received stays.

use super::item::CaseItem;
use crate::post::Stage;

/// Something a result was given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// A new or exchanged application paper.
    ApplicationPaper,
    /// Another applicant, capacity or agent.
    Applicant,
    /// The policy facts or the application date.
    PolicyFacts,
    /// The change data.
    Entered,
    /// What the preparation found.
    Preparation,
    /// A value the core shows: recorded, cancelled or in force.
    CoreValue,
    /// Settled fees.
    Fees,
    /// The endorsement.
    Endorsement,
    /// What the application says, keyed blind.
    Asked,
}

/// A result of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Review.
    Review,
    /// Change data with their confirmation.
    Entered,
    /// Preparation.
    Preparation,
    /// That the core's values were compared with the entered ones.
    Comparison,
    /// Settled fees.
    Fees,
    /// Endorsement.
    Endorsement,
    /// What the application says, keyed blind.
    Asked,
    /// Pass of the recheck.
    Pass,
    /// Finishing list.
    Bound,
}

impl Input {
    /// What falls when it changes. Closed: what rests on something that falls is named too.
    pub const fn falls(self) -> &'static [Outcome] {
        use Outcome::{Asked, Bound, Comparison, Endorsement, Entered, Fees, Pass, Preparation, Review};
        match self {
            Self::ApplicationPaper | Self::Applicant => &[Review, Asked, Pass, Bound],
            // Admissibility, field rules that name the policy, answers of the preparation, fees and effective dates
            // are all computed from the facts.
            Self::PolicyFacts => &[Review, Entered, Preparation, Comparison, Fees, Endorsement, Pass, Bound],
            Self::Entered => &[Preparation, Comparison, Fees, Endorsement, Pass, Bound],
            Self::Preparation => &[Fees, Endorsement, Pass, Bound],
            Self::CoreValue => &[Comparison, Fees, Endorsement, Pass, Bound],
            Self::Fees | Self::Endorsement | Self::Asked => &[Pass, Bound],
        }
    }
}

impl Outcome {
    /// All, in the order of the cycle.
    pub const ALL: [Self; 9] = [
        Self::Review,
        Self::Entered,
        Self::Preparation,
        Self::Comparison,
        Self::Fees,
        Self::Endorsement,
        Self::Asked,
        Self::Pass,
        Self::Bound,
    ];

    /// The stage a return must reach for it to fall. What the application says stands while its paper is
    /// unchanged: only intake takes a paper back.
    pub const fn stage(self) -> Stage {
        match self {
            Self::Asked => Stage::Intake,
            Self::Review | Self::Entered => Stage::Entry,
            Self::Preparation | Self::Comparison | Self::Fees | Self::Endorsement => Stage::Servicing,
            Self::Pass => Stage::Recheck,
            Self::Bound => Stage::Binding,
        }
    }
}

impl CaseItem {
    /// An input has changed: what rests on it falls.
    pub fn changed(&mut self, input: Input) {
        for outcome in input.falls() {
            self.take(*outcome);
        }
    }

    /// Takes away every result at or after a stage.
    pub fn fall_from(&mut self, stage: Stage) {
        for outcome in Outcome::ALL.into_iter().filter(|outcome| stage <= outcome.stage()) {
            self.take(outcome);
        }
    }

    fn take(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Review => self.review = None,
            Outcome::Entered => self.entered = None,
            Outcome::Preparation => self.preparation = None,
            Outcome::Comparison => {
                if let Some(core) = &mut self.core {
                    core.compared = false;
                }
            }
            Outcome::Fees => self.fees = None,
            Outcome::Endorsement => self.endorsement = None,
            Outcome::Asked => {
                self.asked.clear();
                self.asked_again = 0;
            }
            Outcome::Pass => self.pass = None,
            Outcome::Bound => self.bound = None,
        }
    }
}
