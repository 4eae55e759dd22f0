//! Other items: reissue of the policy.

use super::{
    company_set, copy, face_page,
    field::{choice, key, optional, required, with},
    finishing, original, practice, standard, waivable, with_agent,
};
use crate::{
    catalogue::{
        effective::EffectiveRule,
        fee::FeeRule,
        field::{FieldType, FieldsRule, Rule},
        item::{FinishingAction, Item, ItemClass},
        label::{Label, Subject},
    },
    money::Money,
    policy::PolicyStatus,
    time::BusinessDays,
};
use std::borrow::Cow;

pub(super) fn items() -> Vec<Item> {
    vec![reissue()]
}

fn reissue() -> Item {
    let mut item = standard("LR", Label::new("保单补发", "Policy reissue"), "bdbf");
    item.class = ItemClass::Other;
    item.admission.statuses.push(PolicyStatus::Lapsed);
    item.materials =
        with_agent(vec![original("application"), copy("holder_id"), waivable(original("loss_statement"))]);
    let reasons = choice(&[
        ("customer_lost", "客户遗失", "Lost by the customer"),
        ("customer_damaged", "客户污损", "Damaged by the customer"),
        ("agent_lost", "业务员遗失", "Lost by the agent"),
        ("agent_damaged", "业务员污损", "Damaged by the agent"),
        ("customer_request", "客户要求", "Wanted by the customer"),
        ("company_fault", "公司原因", "The company's fault"),
    ]);
    let lost_on = optional("lost_on", "遗失日期", "Day of loss", FieldType::Date);
    item.fields =
        vec![required("reason", "补发原因", "Reason", reasons), with(lost_on, vec![Rule::NotFuture])];
    item.rules = ["customer_lost", "agent_lost"]
        .into_iter()
        .map(|is| FieldsRule::RequiredWhen { field: key("lost_on"), when: key("reason"), is: is.into() })
        .collect();
    item.fee = Some(FeeRule::Reissue {
        fee: Money::yuan(10),
        reason: key("reason"),
        free: ["agent_lost", "agent_damaged", "company_fault"].map(Cow::Borrowed).to_vec(),
    });
    item.effective = EffectiveRule::SameDay;
    item.finishing = vec![
        finishing("contract", FinishingAction::Bound, "补发保险合同", "Reissued policy contract"),
        face_page(),
        finishing(
            "customer_copy",
            FinishingAction::Bound,
            "变更申请书客户联",
            "Customer's copy of the application",
        ),
        finishing("old_contract", FinishingAction::Cancelled, "原保险合同", "Former policy contract"),
    ];
    item.weight_ppm = 800_000;
    item.promise = BusinessDays(3);
    item.sources = vec![
        practice(Subject::Fields, super::GUIDE),
        company_set(Subject::Window),
        company_set(Subject::Materials),
        company_set(Subject::Fee),
        company_set(Subject::EffectiveDate),
        company_set(Subject::Service),
    ];
    item
}
