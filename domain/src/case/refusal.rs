//! Why a command may not be done: a stable code with the facts needed to word it in any language.
//!
//! Order of verdicts (process §2): actor, scope, separation, grant, then the most specific reason of
//! state, then fields.

use super::{
    item::{Done, PreparationAnswer, PreparationLine},
    list::OpenLine,
    state::Ending,
};
use crate::{
    catalogue::{FieldFault, ItemClass, PolicyBlock},
    id::{FieldKey, ItemCode, PersonId},
    money::Money,
    post::{Post, Stage},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Which status a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Needs {
    /// In the pool.
    Ready,
    /// Held.
    Claimed,
    /// Waiting.
    Waiting,
    /// Held or waiting.
    Held,
    /// On a slip.
    HandedOver,
}

/// A missing or wrong input that is not one of an item's fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum InputRule {
    /// Must be given.
    Required,
    /// Longer than allowed.
    TooLong,
    /// No such entry.
    Unknown,
    /// Given twice.
    Twice,
    /// Lies in the future.
    Future,
    /// Lies in the past.
    Past,
    /// Must be greater than zero.
    Positive,
    /// Outside what the rule allows.
    OutOfRange,
    /// Only *not needed* may be answered here.
    MustBeNotNeeded,
    /// Differs from the computed or entered value and carries no reason.
    ReasonMissing,
    /// Must be keyed a second time, equal to the first.
    KeyAgain,
    /// Must be ticked.
    MustTick,
    /// Fee lines must be the computed kinds.
    WrongLines,
    /// The stage is not an earlier one.
    NotEarlier,
    /// A personal value arrived already sealed.
    Sealed,
    /// Must not be below zero.
    Negative,
    /// Above what the product allows.
    TooLarge,
    /// Before the policy took effect.
    DateOrder,
    /// Before the date on the application.
    BeforeApplication,
    /// Too long ago.
    TooOld,
    /// Before the recheck passed it.
    BeforePass,
    /// The second keying differs from the first.
    KeyedOtherwise,
    /// A required field is stated; for another, only a rule the catalogue names for it says what holds instead.
    RuleUnknown,
    /// Nothing here differs, or it may not be explained: an entry is returned to Entry, a core value to Servicing.
    NotExplainable,
}

/// An answer of the preparation beside what the policy facts say of the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Contradiction {
    /// The line.
    pub line: PreparationLine,
    /// What was answered.
    pub answer: PreparationAnswer,
    /// Whether the policy facts have it.
    pub in_facts: bool,
}

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Refusal {
    // ---- actor
    /// Only a person does this.
    NotAPerson {},
    /// Only Plumbline itself or another system does this.
    NotForPersons {},
    /// The post is not held today.
    PostNotHeld {
        /// Which post.
        post: Post,
    },
    /// Only a lead or manager does this.
    NotALead {},
    /// Only an inspector does this.
    NotAnInspector {},
    // ---- scope
    /// The unit is outside the person's scope.
    OutOfScope {},
    // ---- separation
    /// The person worked on the case at a stage that this one must be separate from.
    Separation {
        /// Where the person worked on it.
        worked_at: Stage,
    },
    /// The person has inspected the case, and inspection and work on one case exclude each other.
    Inspected {},
    /// The only person left who could do a later step of the case would no longer be able to.
    Reserve {
        /// Which step.
        stage: Stage,
    },
    /// One's own request.
    OwnRequest {},
    /// What one approved oneself, alone or as one of two, is used by another.
    OwnApproval {},
    // ---- grant
    /// The item is not among the person's items.
    ItemNotGranted {
        /// Which item.
        item: ItemCode,
        /// Who could.
        who: Vec<PersonId>,
    },
    /// The amount is above the person's limit.
    AmountAboveGrant {
        /// Class of items.
        class: ItemClass,
        /// The amount.
        amount: Money,
        /// The person's limit.
        limit: Money,
        /// Who could.
        who: Vec<PersonId>,
    },
    /// Needs an approval that is not given.
    ApprovalNeeded {
        /// Who could give it.
        who: Vec<PersonId>,
    },
    // ---- state
    /// The case has ended.
    Ended {
        /// How.
        ending: Ending,
        /// When.
        at: DateTime<Utc>,
    },
    /// An imported case is read-only.
    Imported {},
    /// The case stands at another stage.
    WrongStage {
        /// Where it stands.
        stage: Stage,
    },
    /// The status does not allow it.
    WrongStatus {
        /// What is needed.
        needs: Needs,
    },
    /// Someone else holds it.
    HeldByOther {
        /// Who.
        holder: PersonId,
    },
    /// Another person is the receiver.
    NotReceiver {},
    /// One's own line cannot be received while another of the receiving post could.
    OwnLine {},
    /// The receiver may not take it: why.
    ReceiverNotEligible {
        /// Who was named.
        person: PersonId,
        /// Why not.
        #[cfg_attr(feature = "openapi", schema(no_recursion))]
        why: Box<Refusal>,
    },
    /// The list of the stage is not complete.
    ListOpen {
        /// Open lines.
        lines: Vec<OpenLine>,
    },
    /// Two differing counts come before a difference is reported.
    CountFirst {
        /// Counts so far.
        counted: u8,
    },
    /// Both counts differed: the difference can only be reported.
    BothCountsDiffered {},
    /// The list of an earlier stage has an open line.
    EarlierListOpen {
        /// Open lines.
        lines: Vec<OpenLine>,
    },
    /// The review has a line at fault: inquire, return or propose to decline.
    ReviewAtFault {
        /// Shortfalls of the registration that are still there.
        shortfalls: Vec<super::registration::Shortfall>,
    },
    /// A core result stands in the way.
    CoreOutstanding {
        /// Items concerned.
        items: Vec<u8>,
    },
    /// A core result under another reference is outstanding.
    OtherReference {
        /// The one recorded.
        reference: String,
    },
    /// The item is effective in the core already.
    AlreadyEffective {},
    /// The item is not passed.
    NotPassed {},
    /// The item is not effective in the core.
    NotEffective {
        /// Items concerned.
        items: Vec<u8>,
    },
    /// Differences between asked, entered and core are neither mended nor explained.
    Differences {
        /// Item and field.
        fields: Vec<(u8, FieldKey)>,
    },
    /// Key fields of the application are not keyed yet.
    AskedMissing {
        /// Item and field.
        fields: Vec<(u8, FieldKey)>,
    },
    /// A proposal to decline is open.
    ProposalOpen {},
    /// There is no proposal to decline.
    NoProposal {},
    /// A finishing line is at fault: the case must go back.
    FinishAtFault {
        /// Items concerned.
        items: Vec<u8>,
    },
    /// A major finding bars the release until the second check conforms.
    ReleaseBarred {
        /// Steps concerned.
        stages: Vec<Stage>,
    },
    /// The request for approval is answered already or unknown.
    ApprovalClosed {},
    /// The same was done already.
    AlreadyDone {
        /// By whom and when.
        done: Option<Done>,
    },
    /// The item is not in the case or has left it.
    NoSuchItem {
        /// Its number.
        item: u8,
    },
    /// The fee rule cannot compute: a policy fact it needs is missing. Return to Intake to amend it.
    FeeUnknown {
        /// The item's number.
        item: u8,
    },
    /// The preparation contradicts the policy facts: they are amended by a return to Intake, or the answer is wrong.
    ContradictsFacts {
        /// The lines, both ways.
        lines: Vec<Contradiction>,
    },
    /// The preparation found what stops the item: inquire, return or propose to decline.
    Blocked {
        /// What stops it.
        by: Vec<PolicyBlock>,
    },
    /// The lease has not run out.
    LeaseRuns {},
    /// A transfer is under way.
    TransferOpen {
        /// To whom.
        to: PersonId,
    },
    // ---- fields
    /// Fields break their rules.
    Fields {
        /// Which, and which rules.
        faults: Vec<FieldFault>,
    },
    /// A second keying differs; neither value counts.
    KeyedDifferently {
        /// Which fields.
        fields: Vec<FieldKey>,
    },
    /// Failing lines of the registration must be acknowledged one by one.
    Acknowledge {
        /// The lines.
        lines: Vec<super::registration::Shortfall>,
    },
    /// An input is missing or wrong.
    Input {
        /// JSON pointer into the command's body.
        pointer: String,
        /// The rule.
        rule: InputRule,
    },
    /// Only the server can say: the rule needs a plain personal value.
    ServerDecides {},
}

/// Class of a refusal, from which the HTTP status follows: one total function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalClass {
    /// 403
    Forbidden,
    /// 409
    Conflict,
    /// 422
    Invalid,
}

impl Refusal {
    /// 403 grant, scope or separation; 409 state; 422 field.
    pub const fn class(&self) -> RefusalClass {
        match self {
            Self::NotAPerson {}
            | Self::NotForPersons {}
            | Self::PostNotHeld { .. }
            | Self::NotALead {}
            | Self::NotAnInspector {}
            | Self::OutOfScope {}
            | Self::Separation { .. }
            | Self::Inspected {}
            | Self::Reserve { .. }
            | Self::OwnRequest {}
            | Self::OwnApproval {}
            | Self::ItemNotGranted { .. }
            | Self::AmountAboveGrant { .. }
            | Self::ApprovalNeeded { .. } => RefusalClass::Forbidden,
            Self::Fields { .. }
            | Self::KeyedDifferently { .. }
            | Self::Acknowledge { .. }
            | Self::Input { .. }
            | Self::NoSuchItem { .. }
            | Self::ServerDecides {} => RefusalClass::Invalid,
            _ => RefusalClass::Conflict,
        }
    }

    /// Stable slug: the last part of the problem's `type`.
    pub const fn slug(&self) -> &'static str {
        match self {
            Self::NotAPerson {} => "not-a-person",
            Self::NotForPersons {} => "not-for-persons",
            Self::PostNotHeld { .. } => "post-not-held",
            Self::NotALead {} => "not-a-lead",
            Self::NotAnInspector {} => "not-an-inspector",
            Self::OutOfScope {} => "out-of-scope",
            Self::Separation { .. } => "separation",
            Self::Inspected {} => "inspected",
            Self::Reserve { .. } => "reserve",
            Self::OwnRequest {} => "own-request",
            Self::OwnApproval {} => "own-approval",
            Self::ItemNotGranted { .. } => "item-not-granted",
            Self::AmountAboveGrant { .. } => "amount-above-grant",
            Self::ApprovalNeeded { .. } => "approval-needed",
            Self::Ended { .. } => "case-ended",
            Self::Imported {} => "case-imported",
            Self::WrongStage { .. } => "wrong-stage",
            Self::WrongStatus { .. } => "wrong-status",
            Self::HeldByOther { .. } => "case-already-claimed",
            Self::NotReceiver {} => "not-receiver",
            Self::OwnLine {} => "own-line",
            Self::ReceiverNotEligible { .. } => "receiver-not-eligible",
            Self::ListOpen { .. } => "list-open",
            Self::CountFirst { .. } => "count-first",
            Self::BothCountsDiffered {} => "both-counts-differed",
            Self::EarlierListOpen { .. } => "earlier-list-open",
            Self::ReviewAtFault { .. } => "review-at-fault",
            Self::CoreOutstanding { .. } => "core-outstanding",
            Self::OtherReference { .. } => "other-reference",
            Self::AlreadyEffective {} => "already-effective",
            Self::NotPassed {} => "not-passed",
            Self::NotEffective { .. } => "not-effective",
            Self::Differences { .. } => "differences",
            Self::AskedMissing { .. } => "asked-missing",
            Self::ProposalOpen {} => "proposal-open",
            Self::NoProposal {} => "no-proposal",
            Self::FinishAtFault { .. } => "finish-at-fault",
            Self::ReleaseBarred { .. } => "release-barred",
            Self::ApprovalClosed {} => "approval-closed",
            Self::AlreadyDone { .. } => "already-done",
            Self::NoSuchItem { .. } => "no-such-item",
            Self::FeeUnknown { .. } => "fee-unknown",
            Self::ContradictsFacts { .. } => "contradicts-facts",
            Self::Blocked { .. } => "blocked",
            Self::LeaseRuns {} => "lease-runs",
            Self::TransferOpen { .. } => "transfer-open",
            Self::Fields { .. } => "fields",
            Self::KeyedDifferently { .. } => "keyed-differently",
            Self::Acknowledge { .. } => "acknowledge",
            Self::Input { .. } => "input",
            Self::ServerDecides {} => "server-decides",
        }
    }

    /// An input fault.
    pub fn input(pointer: &str, rule: InputRule) -> Self {
        Self::Input { pointer: pointer.to_owned(), rule }
    }
}
