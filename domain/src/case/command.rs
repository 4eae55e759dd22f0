//! What may be asked of a case (process §2). On the wire externally tagged: `{"claim":{}}`.

use super::{
    item::{Asked, Explained, Fields, Finished, PreparationLine, Prepared, ReviewLines},
    registration::{Agent, Amendment, Material, Registration},
    returns::Ground,
    state::{Count, Matter, Priority},
};
use crate::{
    catalogue::{FeeDirection, FeeKind},
    id::{CheckId, FieldKey, FinishLine, PersonId},
    money::Money,
    post::Stage,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A fee line as the servicing clerk settles it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeeInput {
    /// Which fee.
    pub kind: FeeKind,
    /// To collect or to refund.
    pub direction: FeeDirection,
    /// What is charged or paid, minor units.
    pub settled: Money,
    /// The same keyed a second time, where it is not the computed amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Money>,
    /// Why it differs from the computed line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Whether the core shows the change as pending or in force.
pub use super::item::CoreState;

/// How a finished policy leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReleaseMethod {
    /// 柜面领取
    Counter,
    /// 交业务员
    Agent,
    /// 邮寄
    Post,
    /// 电子
    Electronic,
}

/// A command on a case. A person's command unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Command {
    /// Intake, at Intake: facts, applicant or agent are put right, items added.
    AmendRegistration {
        /// What is changed.
        amendment: Box<Amendment>,
    },
    /// Intake or binding: papers that came later.
    ReceiveMaterial {
        /// What came.
        material: Material,
    },
    /// Holder, with a lead's approval: a count was wrong.
    AmendCount {
        /// Index of the material.
        material: u16,
        /// Pages there really are.
        pages: u16,
        /// Why.
        reason: String,
    },
    /// Holder: passes the case to the next stage on a slip.
    HandOver {},
    /// Receiver: pages counted unseen, per material in the order of the case.
    ConfirmReceipt {
        /// Pages per material.
        counted: Count,
    },
    /// Receiver, after two differing counts: the case stays with the giver.
    ReportDifference {
        /// What is missing, surplus or wrong, in words.
        difference: String,
    },
    /// Giver or lead: the line is not confirmed yet.
    TakeBack {},
    /// Post: takes the case from the shared pool.
    Claim {},
    /// Holder: puts it back.
    Unclaim {},
    /// Lead: gives it to someone.
    Assign {
        /// The receiver.
        to: PersonId,
    },
    /// Lead: priority within the band.
    SetPriority {
        /// The priority.
        priority: Priority,
        /// Why.
        reason: String,
    },
    /// Holder or lead: offers the holding to another person. Nothing else changes.
    TransferHolding {
        /// The receiver.
        to: PersonId,
    },
    /// Receiver of a transfer.
    ConfirmTransfer {},
    /// Holder, or a lead for an inspector's major finding: back to an earlier stage.
    ReturnTo {
        /// The stage.
        stage: Stage,
        /// Items concerned.
        items: Vec<u8>,
        /// Grounds.
        grounds: Vec<Ground>,
        /// In words.
        reason: String,
    },
    /// Entry: the review of time, content, material, identity.
    CompleteReview {
        /// Its lines; one at fault refuses.
        lines: ReviewLines,
    },
    /// Entry: change data of an item.
    EnterChange {
        /// The item's number.
        item: u8,
        /// All fields.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, crate::value::Value>))]
        fields: Fields,
    },
    /// Entry: the key fields, keyed a second time without seeing the first.
    ConfirmEntry {
        /// The item's number.
        item: u8,
        /// The key fields.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, crate::value::Value>))]
        key_fields: Fields,
    },
    /// Servicing: preparation before the change.
    CompletePreparation {
        /// The item's number.
        item: u8,
        /// Every line with answer and source.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Prepared>))]
        lines: BTreeMap<PreparationLine, Prepared>,
    },
    /// Servicing or integration: what the core shows. Typed or fetched, never prefilled.
    RecordCoreResult {
        /// The item's number.
        item: u8,
        /// The core's reference.
        reference: String,
        /// Pending, or effective where the item takes effect at once.
        state: CoreState,
        /// The values.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, crate::value::Value>))]
        fields: Fields,
        /// Values that differ from the entered ones, keyed a second time.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, crate::value::Value>))]
        again: Fields,
    },
    /// Servicing or integration: the core's own cancellation.
    CancelCoreResult {
        /// The item's number.
        item: u8,
        /// The reference cancelled.
        reference: String,
        /// Why.
        reason: String,
    },
    /// Servicing: fee lines.
    SettleFee {
        /// The item's number.
        item: u8,
        /// The lines.
        lines: Vec<FeeInput>,
    },
    /// Servicing: the endorsement.
    Endorse {
        /// The item's number.
        item: u8,
        /// Its number on the policy.
        number: String,
        /// Its text.
        text: String,
        /// From when the change holds.
        effective_date: NaiveDate,
        /// The same keyed a second time, where it is not the day the item's rule gives by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effective_date_again: Option<NaiveDate>,
        /// Premium of one instalment after the change.
        #[serde(default)]
        premium: Option<Money>,
        /// The same keyed a second time: nothing else states it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        premium_again: Option<Money>,
    },
    /// Recheck: the application's key fields, keyed blind.
    KeyAsked {
        /// The item's number.
        item: u8,
        /// The key fields.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Asked>))]
        asked: BTreeMap<FieldKey, Asked>,
    },
    /// Recheck: everything compared and right.
    PassRecheck {
        /// Check point 10: the change was rechecked.
        change: bool,
        /// Check point 11: the entry was rechecked.
        entry: bool,
        /// Check point 12: fees were rechecked; needed where a settled line differs from the computed.
        fees: bool,
        /// Explanations of differences, by item number.
        #[serde(default)]
        explained: BTreeMap<u8, Vec<Explained>>,
    },
    /// Recheck or integration, after the pass: the core made it effective.
    ConfirmCore {
        /// The item's number.
        item: u8,
        /// The core's reference.
        reference: String,
        /// Since when it is in force.
        #[serde(deserialize_with = "crate::time::wire::millis")]
        effective_at: DateTime<Utc>,
        /// The values in force.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, crate::value::Value>))]
        values: Fields,
        /// Values that differ from the compared ones, keyed a second time.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, crate::value::Value>))]
        again: Fields,
    },
    /// Entry or servicing: the request cannot be met.
    ProposeDecline {
        /// Why.
        reason: String,
        /// Items named.
        items: Vec<u8>,
    },
    /// Entry or servicing: takes the proposal back.
    CancelProposal {},
    /// Recheck: declines what is proposed.
    Decline {},
    /// Recheck: refuses the proposal; back to the stage that proposed, no fault.
    RefuseProposal {
        /// Why.
        reason: String,
    },
    /// Intake or entry: the customer takes the application back.
    Withdraw {
        /// The signed request is on file: its pages.
        request_pages: u16,
        /// Why, as the customer says.
        reason: String,
    },
    /// Binding: the finishing list of an item.
    Bind {
        /// The item's number.
        item: u8,
        /// Answers to its finishing list.
        #[cfg_attr(feature = "openapi", schema(value_type = std::collections::HashMap<String, Finished>))]
        lines: BTreeMap<FinishLine, Finished>,
    },
    /// Binding: the policy leaves the department.
    Release {
        /// How.
        method: ReleaseMethod,
        /// To whom.
        receiver: String,
    },
    /// Holder: stops the case for a stated reason.
    PutOnHold {
        /// Why.
        reason: String,
        /// Until when.
        #[serde(deserialize_with = "crate::time::wire::millis")]
        until: DateTime<Utc>,
        /// The due time moves; needs approval.
        #[serde(default)]
        moves_due: bool,
    },
    /// Holder, lead, or the system at the stated time.
    Resume {},
    /// Holder: asks for approval.
    RequestApproval {
        /// What for.
        matter: Matter,
        /// Why.
        reason: String,
    },
    /// Approver.
    Approve {
        /// Number of the request.
        approval: u16,
    },
    /// Approver.
    RefuseApproval {
        /// Number of the request.
        approval: u16,
        /// Why.
        reason: String,
    },
    /// Anyone in scope.
    AddNote {
        /// The note.
        text: String,
    },
    /// System, in business hours after the idle time: the claim ends.
    #[serde(skip)]
    ExpireLease {},
    /// An inspector's major finding, written with the check: bars the release.
    #[serde(skip)]
    BarRelease {
        /// The check.
        check: CheckId,
        /// The step checked.
        stage: Stage,
    },
    /// The second check conforms, or the finding fell.
    #[serde(skip)]
    LiftBar {
        /// The check that barred it.
        check: CheckId,
    },
}

impl Command {
    /// Stable name, as on the wire.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AmendRegistration { .. } => "amend_registration",
            Self::ReceiveMaterial { .. } => "receive_material",
            Self::AmendCount { .. } => "amend_count",
            Self::HandOver {} => "hand_over",
            Self::ConfirmReceipt { .. } => "confirm_receipt",
            Self::ReportDifference { .. } => "report_difference",
            Self::TakeBack {} => "take_back",
            Self::Claim {} => "claim",
            Self::Unclaim {} => "unclaim",
            Self::Assign { .. } => "assign",
            Self::SetPriority { .. } => "set_priority",
            Self::TransferHolding { .. } => "transfer_holding",
            Self::ConfirmTransfer {} => "confirm_transfer",
            Self::ReturnTo { .. } => "return_to",
            Self::CompleteReview { .. } => "complete_review",
            Self::EnterChange { .. } => "enter_change",
            Self::ConfirmEntry { .. } => "confirm_entry",
            Self::CompletePreparation { .. } => "complete_preparation",
            Self::RecordCoreResult { .. } => "record_core_result",
            Self::CancelCoreResult { .. } => "cancel_core_result",
            Self::SettleFee { .. } => "settle_fee",
            Self::Endorse { .. } => "endorse",
            Self::KeyAsked { .. } => "key_asked",
            Self::PassRecheck { .. } => "pass_recheck",
            Self::ConfirmCore { .. } => "confirm_core",
            Self::ProposeDecline { .. } => "propose_decline",
            Self::CancelProposal {} => "cancel_proposal",
            Self::Decline {} => "decline",
            Self::RefuseProposal { .. } => "refuse_proposal",
            Self::Withdraw { .. } => "withdraw",
            Self::Bind { .. } => "bind",
            Self::Release { .. } => "release",
            Self::PutOnHold { .. } => "put_on_hold",
            Self::Resume {} => "resume",
            Self::RequestApproval { .. } => "request_approval",
            Self::Approve { .. } => "approve",
            Self::RefuseApproval { .. } => "refuse_approval",
            Self::AddNote { .. } => "add_note",
            Self::ExpireLease {} => "expire_lease",
            Self::BarRelease { .. } => "bar_release",
            Self::LiftBar { .. } => "lift_bar",
        }
    }

    /// Every field map with personal values in it, to be sealed before the command is decided.
    pub fn secrets_mut(&mut self) -> Vec<&mut crate::secret::Secret> {
        fn of(fields: &mut Fields) -> Vec<&mut crate::secret::Secret> {
            fields.values_mut().flat_map(crate::value::Value::secrets_mut).collect()
        }
        match self {
            Self::AmendRegistration { amendment } => {
                of_applicant(&mut amendment.mobile, amendment.document.as_mut(), amendment.agent.as_mut())
            }
            Self::EnterChange { fields, .. } | Self::ConfirmEntry { key_fields: fields, .. } => of(fields),
            Self::RecordCoreResult { fields, again, .. }
            | Self::ConfirmCore { values: fields, again, .. } => {
                of(fields).into_iter().chain(of(again)).collect()
            }
            Self::KeyAsked { asked, .. } => asked
                .values_mut()
                .filter_map(|asked| match asked {
                    Asked::Stated(value) => Some(value),
                    Asked::ByRule(_) => None,
                })
                .flat_map(crate::value::Value::secrets_mut)
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl Registration {
    /// Every personal value in it, to be sealed in place.
    pub fn secrets_mut(&mut self) -> Vec<&mut crate::secret::Secret> {
        of_applicant(&mut self.mobile, self.document.as_mut(), self.agent.as_mut())
    }
}

fn of_applicant<'s>(
    mobile: &'s mut crate::secret::Secret,
    document: Option<&'s mut crate::value::IdentityDocument>,
    agent: Option<&'s mut Agent>,
) -> Vec<&'s mut crate::secret::Secret> {
    std::iter::once(mobile)
        .chain(document.map(|document| &mut document.number))
        .chain(agent.map(|agent| &mut agent.identity))
        .collect()
}
