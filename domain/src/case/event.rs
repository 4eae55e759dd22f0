//! What happened to a case: append only, the truth from which everything else is derived.

use super::{
    command::ReleaseMethod,
    item::{
        Asked, CoreState, Endorsement, Explained, Fields, Finished, PreparationLine, Prepared, SettledFee,
    },
    registration::{Material, Registration, Shortfall},
    returns::Return,
    state::{Count, Ending, Matter, Origin, Priority},
};
use crate::{
    actor::By,
    catalogue::CatalogueVersion,
    id::{CaseId, CheckId, FieldKey, FinishLine, ItemCode, PersonId, SlipId, UnitId},
    post::Stage,
    time::DayEnd,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the payload format; older ones are upcast on read.
pub const PAYLOAD_VERSION: u16 = 1;

/// Where a case goes when a line is confirmed or a paperless hand-over is its own receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Arrival {
    /// The stage.
    pub stage: Stage,
    /// Unit that works it.
    pub unit: UnitId,
    /// When the former visit ended: the hand-over.
    pub left_at: DateTime<Utc>,
    /// Due time of the visit that begins.
    pub due_at: DateTime<Utc>,
    /// Set where a return is received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<Return>,
    /// Until when a returned case is kept for who last did the step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reserved_until: Option<DateTime<Utc>>,
    /// 自行签收: the giver received it, because nobody else of the post could; leads see it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
    /// A hand-over without papers, which is its own receipt: then it is the giver's work.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub handed_over: bool,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Fact {
    /// 登记新进
    Registered {
        /// Number people read.
        number: String,
        /// Accepting unit.
        accepting: UnitId,
        /// Where it came from.
        origin: Origin,
        /// What was written down.
        registration: Box<Registration>,
        /// Acknowledged shortfalls.
        shortfalls: Vec<Shortfall>,
        /// Papers travel with the case.
        paper: bool,
        /// Due time of the first visit.
        due_at: DateTime<Utc>,
        /// Promised end.
        breach_at: Option<DayEnd>,
    },
    /// The registration was written anew.
    RegistrationAmended {
        /// The whole registration.
        registration: Box<Registration>,
        /// Acknowledged shortfalls.
        shortfalls: Vec<Shortfall>,
        /// Papers travel with the case.
        paper: bool,
        /// Promised end.
        breach_at: Option<DayEnd>,
        /// Items added, under new numbers.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        added: Vec<ItemCode>,
        /// Papers, counts and items there already are left alone, and what falls, falls by the table
        /// ([`super::rests`]). Absent in events of an older version, which wrote all of it anew.
        #[serde(default, skip_serializing_if = "is_false")]
        by_table: bool,
    },
    /// Papers came later.
    MaterialReceived {
        /// What came.
        material: Material,
        /// Its kind is missing all the same: a copy where the original is needed.
        #[serde(default, skip_serializing_if = "is_false")]
        still_missing: bool,
        /// It is an application paper: what was reviewed and keyed blind from the one before falls.
        #[serde(default, skip_serializing_if = "is_false")]
        application: bool,
    },
    /// A count was mended.
    CountAmended {
        /// Index of the material.
        material: u16,
        /// Pages before.
        before: u16,
        /// Pages now.
        pages: u16,
        /// Why.
        reason: String,
        /// Approval used up; none where a lead amended it.
        approval: Option<u16>,
    },
    /// On a slip to the next stage.
    HandedOver {
        /// The slip.
        slip: SlipId,
        /// Its stage.
        to: Stage,
        /// Its unit.
        unit: UnitId,
    },
    /// Arrived at a stage: a line was confirmed, or the hand-over was paperless.
    Arrived(Box<Arrival>),
    /// A count differed from the slip.
    CountDiffered {
        /// First or second time.
        round: u8,
        /// Pages counted.
        counted: Count,
    },
    /// The line was reported different: the case stays with the giver.
    DifferenceReported {
        /// The slip.
        slip: SlipId,
        /// In words.
        difference: String,
        /// Both counts.
        counts: Vec<Count>,
    },
    /// Taken back from the slip.
    TakenBack {
        /// The slip.
        slip: SlipId,
    },
    /// Claimed from the pool.
    Claimed {},
    /// Put back.
    Unclaimed {},
    /// The lease ran out.
    LeaseExpired {
        /// Who held it.
        holder: PersonId,
    },
    /// Given by a lead.
    Assigned {
        /// The receiver.
        to: PersonId,
    },
    /// Priority changed.
    PrioritySet {
        /// The priority.
        priority: Priority,
        /// Why.
        reason: String,
    },
    /// Offered to another person.
    TransferOffered {
        /// The receiver.
        to: PersonId,
        /// The slip.
        slip: SlipId,
    },
    /// The receiver of a transfer holds it now.
    TransferConfirmed {
        /// Who held it before.
        from: PersonId,
    },
    /// On a slip back to an earlier stage.
    Returned {
        /// The slip.
        slip: SlipId,
        /// Unit that works that stage.
        unit: UnitId,
        /// What goes back, and why.
        returned: Box<Return>,
        /// Approval used up, for an item effective in the core.
        approval: Option<u16>,
        /// A lead sent it back who did not hold it: the step is not finished, and is no recheck.
        #[serde(default, skip_serializing_if = "is_false")]
        unfinished: bool,
        /// A lead sends it back from the pool: the post is its giver.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        from_post: bool,
    },
    /// Review passed for these items.
    ReviewCompleted {
        /// Item numbers.
        items: Vec<u8>,
    },
    /// Change data keyed.
    ChangeEntered {
        /// The item's number.
        item: u8,
        /// The values.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, crate::value::Value>))]
        fields: Fields,
    },
    /// Second keying equalled the first.
    EntryConfirmed {
        /// The item's number.
        item: u8,
    },
    /// Second keying differed.
    EntryDiffered {
        /// The item's number.
        item: u8,
        /// Which fields.
        fields: Vec<FieldKey>,
    },
    /// Preparation complete.
    PreparationCompleted {
        /// The item's number.
        item: u8,
        /// The lines.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Prepared>))]
        lines: BTreeMap<PreparationLine, Prepared>,
    },
    /// Core result recorded, or confirmed anew.
    CoreRecorded {
        /// The item's number.
        item: u8,
        /// The core's reference.
        reference: String,
        /// Pending or effective.
        state: CoreState,
        /// The values.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, crate::value::Value>))]
        fields: Fields,
        /// What rests on a value that changed falls by the table ([`super::rests`]). Absent in events of an older
        /// version, where fees stayed.
        #[serde(default, skip_serializing_if = "is_false")]
        by_table: bool,
    },
    /// Core result cancelled in the core.
    CoreCancelled {
        /// The item's number.
        item: u8,
        /// The reference.
        reference: String,
        /// Why.
        reason: String,
        /// Approval used up, for a result in force.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approval: Option<u16>,
        /// What rests on its values falls by the table. Absent in events of an older version, where fees stayed.
        #[serde(default, skip_serializing_if = "is_false")]
        by_table: bool,
    },
    /// Fees settled.
    FeesSettled {
        /// The item's number.
        item: u8,
        /// The lines.
        lines: Vec<SettledFee>,
        /// Approval used up.
        approval: Option<u16>,
    },
    /// Endorsed.
    Endorsed {
        /// The item's number.
        item: u8,
        /// The endorsement.
        endorsement: Box<Endorsement>,
    },
    /// The application's key fields keyed blind.
    AskedKeyed {
        /// The item's number.
        item: u8,
        /// The fields.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Asked>))]
        asked: BTreeMap<FieldKey, Asked>,
        /// Fields keyed otherwise than the time before.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        differing: Vec<FieldKey>,
        /// Approval used up: a third keying is a lead's to allow.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approval: Option<u16>,
    },
    /// Recheck passed for these items.
    RecheckPassed {
        /// Round of recheck, from 1.
        round: u16,
        /// Explained differences by item number.
        items: BTreeMap<u8, Vec<Explained>>,
    },
    /// The core made it effective.
    CoreConfirmed {
        /// The item's number.
        item: u8,
        /// Since when.
        effective_at: DateTime<Utc>,
        /// The values in force.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, crate::value::Value>))]
        values: Fields,
        /// Fields whose value in force is not the compared one: a new difference, the pass falls.
        #[serde(default)]
        differing: Vec<FieldKey>,
        /// With the pass falls everything else that rests on those values, by the table. Absent in events of an
        /// older version.
        #[serde(default, skip_serializing_if = "is_false")]
        by_table: bool,
    },
    /// Decline proposed.
    DeclineProposed {
        /// Why.
        reason: String,
        /// Items named.
        items: Vec<u8>,
    },
    /// Proposal taken back.
    ProposalCancelled {},
    /// Items dropped as declined; where none is left the case ends with `Ended`.
    ItemsDeclined {
        /// Item numbers.
        items: Vec<u8>,
    },
    /// An item is finished.
    Bound {
        /// The item's number.
        item: u8,
        /// Answers to its finishing list.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Finished>))]
        lines: BTreeMap<FinishLine, Finished>,
    },
    /// On hold.
    Held {
        /// Why.
        reason: String,
        /// Until when.
        until: DateTime<Utc>,
        /// The due time moves.
        moves_due: bool,
        /// Approval used up.
        approval: Option<u16>,
    },
    /// Off hold.
    Resumed {
        /// Due time from now on.
        due_at: DateTime<Utc>,
    },
    /// Approval asked for.
    ApprovalRequested {
        /// Number of the request.
        approval: u16,
        /// What for.
        matter: Matter,
        /// Why.
        reason: String,
    },
    /// The first of two signatures on what is beyond every grant.
    ApprovalSigned {
        /// Number of the request.
        approval: u16,
    },
    /// Approval given.
    ApprovalGranted {
        /// Number of the request.
        approval: u16,
    },
    /// Approval refused.
    ApprovalRefused {
        /// Number of the request.
        approval: u16,
        /// Why.
        reason: String,
    },
    /// A major finding bars the release.
    ReleaseBarred {
        /// The check.
        check: CheckId,
        /// The step checked.
        stage: Stage,
    },
    /// The bar is gone.
    BarLifted {
        /// The check that barred it.
        check: CheckId,
    },
    /// A note.
    Noted {
        /// Its text.
        text: String,
    },
    /// The case left the house.
    Ended {
        /// How.
        ending: Ending,
        /// Of a release: the way the policy went.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        method: Option<ReleaseMethod>,
        /// Who received it; else the customer's or the proposal's reason.
        detail: String,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl Fact {
    /// Stable name, as stored.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Registered { .. } => "registered",
            Self::RegistrationAmended { .. } => "registration_amended",
            Self::MaterialReceived { .. } => "material_received",
            Self::CountAmended { .. } => "count_amended",
            Self::HandedOver { .. } => "handed_over",
            Self::Arrived(_) => "arrived",
            Self::CountDiffered { .. } => "count_differed",
            Self::DifferenceReported { .. } => "difference_reported",
            Self::TakenBack { .. } => "taken_back",
            Self::Claimed {} => "claimed",
            Self::Unclaimed {} => "unclaimed",
            Self::LeaseExpired { .. } => "lease_expired",
            Self::Assigned { .. } => "assigned",
            Self::PrioritySet { .. } => "priority_set",
            Self::TransferOffered { .. } => "transfer_offered",
            Self::TransferConfirmed { .. } => "transfer_confirmed",
            Self::Returned { .. } => "returned",
            Self::ReviewCompleted { .. } => "review_completed",
            Self::ChangeEntered { .. } => "change_entered",
            Self::EntryConfirmed { .. } => "entry_confirmed",
            Self::EntryDiffered { .. } => "entry_differed",
            Self::PreparationCompleted { .. } => "preparation_completed",
            Self::CoreRecorded { .. } => "core_recorded",
            Self::CoreCancelled { .. } => "core_cancelled",
            Self::FeesSettled { .. } => "fees_settled",
            Self::Endorsed { .. } => "endorsed",
            Self::AskedKeyed { .. } => "asked_keyed",
            Self::RecheckPassed { .. } => "recheck_passed",
            Self::CoreConfirmed { .. } => "core_confirmed",
            Self::DeclineProposed { .. } => "decline_proposed",
            Self::ProposalCancelled {} => "proposal_cancelled",
            Self::ItemsDeclined { .. } => "items_declined",
            Self::Bound { .. } => "bound",
            Self::Held { .. } => "held",
            Self::Resumed { .. } => "resumed",
            Self::ApprovalRequested { .. } => "approval_requested",
            Self::ApprovalSigned { .. } => "approval_signed",
            Self::ApprovalGranted { .. } => "approval_granted",
            Self::ApprovalRefused { .. } => "approval_refused",
            Self::ReleaseBarred { .. } => "release_barred",
            Self::BarLifted { .. } => "bar_lifted",
            Self::Noted { .. } => "noted",
            Self::Ended { .. } => "ended",
        }
    }

    /// Whether recording it makes a person *worked on* the case (process §3): what changes content,
    /// result, papers or verdict; not claim, unclaim, receipt, note, nor what only leads people.
    pub fn is_work(&self) -> bool {
        if let Self::Arrived(arrival) = self {
            return arrival.handed_over;
        }
        !matches!(
            self,
            Self::Claimed {}
                | Self::Unclaimed {}
                | Self::LeaseExpired { .. }
                | Self::Assigned { .. }
                | Self::PrioritySet { .. }
                | Self::TransferOffered { .. }
                | Self::TransferConfirmed { .. }
                | Self::CountDiffered { .. }
                | Self::DifferenceReported { .. }
                | Self::TakenBack { .. }
                | Self::Held { .. }
                | Self::Resumed { .. }
                | Self::ApprovalRequested { .. }
                | Self::ApprovalSigned { .. }
                | Self::ApprovalGranted { .. }
                | Self::ApprovalRefused { .. }
                | Self::ReleaseBarred { .. }
                | Self::BarLifted { .. }
                | Self::Noted { .. }
        )
    }
}

/// One event of a case. The stored payload bytes are the canonical JSON of `fact`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// The case.
    pub case: CaseId,
    /// Sequence in the case, from 1; equals the version after it.
    pub version: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: By,
    /// At which stage the actor acted; none for acts outside a stage (notes, approvals, inspectors).
    pub stage: Option<Stage>,
    /// Working unit at the time.
    pub unit: UnitId,
    /// Catalogue version in force for the case.
    pub catalogue: CatalogueVersion,
    /// What happened.
    pub fact: Fact,
}
