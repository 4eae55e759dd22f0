//! Payments: surrender, free-look cancellation, maturity payment. Each ends the policy.

use super::{
    ENDING, GUIDE, company_set, copy, excluding,
    field::{account, bank, choice, key, required},
    finishing, law, original, practice, standard, waivable, with_agent,
};
use crate::{
    catalogue::{
        admission::{Capacity, PolicyBlock, Window},
        effective::EffectiveRule,
        fee::FeeRule,
        field::{FieldSpec, FieldType, PolicyFact, Rule},
        item::{FinishingAction, Item, ItemClass, Retention, Route},
        label::{DocumentCode, Label, Subject},
    },
    money::Money,
    policy::PolicyStatus,
};

/// Refund to an account of the holder himself alone, never through a seller's.
const REFUND: &str = "互联网保险业务监管办法 art. 40; 保险销售行为管理办法 art. 32";

pub(super) fn items() -> Vec<Item> {
    vec![surrender(), free_look(), maturity()]
}

/// What the three share: money over the due-diligence threshold is checked, the policy comes back and is
/// cancelled, nothing else may be open.
fn ending(code: &'static str, name: Label, pinyin: &'static str) -> Item {
    let mut item = standard(code, name, pinyin);
    let others = ["AM", "BC", "AE", "CM", "PM", "PC", "LR"];
    item.class = ItemClass::Payment;
    item.admission.blocked_by.push(PolicyBlock::OpenClaim);
    item.admission.excludes = excluding(&[&others[..], &ENDING].concat());
    item.finishing = vec![
        finishing("contract", FinishingAction::Recovered, "保险合同", "Policy contract"),
        finishing("policy", FinishingAction::Cancelled, "保单", "Policy"),
    ];
    item.retention = Retention::Permanent;
    item.due_diligence = true;
    item
}

/// Where the money goes.
fn refund(owner: Rule) -> Vec<FieldSpec> {
    let mut fields = vec![bank(true)];
    fields.extend(account(true, owner));
    fields
}

fn reason() -> FieldSpec {
    let reasons = choice(&[
        ("funds", "急需资金", "Needs the money"),
        ("premium", "交费困难", "Cannot pay the premium"),
        ("unsuited", "保障不合需要", "Cover not wanted"),
        ("service", "服务不满意", "Dissatisfied with the service"),
        ("misled", "认为受误导", "Feels misled"),
        ("other", "其他", "Other"),
    ]);
    required("reason", "退保原因", "Reason", reasons)
}

fn surrender() -> Item {
    let mut item = ending("CT", Label::new("退保", "Surrender"), "tb");
    item.route = Route::Surrender;
    item.admission.window = Window::AfterFreeLook;
    item.admission.statuses.push(PolicyStatus::Lapsed);
    item.admission.by_agent = false;
    item.materials =
        vec![original("application"), waivable(original("contract")), copy("holder_id"), copy("bank_card")];
    item.fields = [vec![reason()], refund(Rule::AsPolicy(PolicyFact::Holder))].concat();
    item.fee = Some(FeeRule::Surrender);
    item.effective = EffectiveRule::Receipt;
    item.weight_ppm = 1_500_000;
    item.documents = vec![DocumentCode::new("D02"), DocumentCode::new("D05"), DocumentCode::new("D06")];
    item.sources = vec![
        law(Subject::Fee, "保险法 art. 47"),
        law(Subject::EffectiveDate, "保险法 art. 47"),
        law(Subject::Fields, REFUND),
        practice(Subject::Materials, GUIDE),
        company_set(Subject::Window),
        company_set(Subject::Applicant),
        company_set(Subject::Service),
    ];
    item
}

fn free_look() -> Item {
    let mut item = ending("WT", Label::new("犹豫期退保", "Free-look cancellation"), "yyqtb");
    item.route = Route::Surrender;
    item.admission.window = Window::WithinFreeLook;
    item.admission.statuses = vec![PolicyStatus::InForce];
    item.admission.by_agent = false;
    item.materials =
        vec![original("application"), original("contract"), copy("holder_id"), copy("bank_card")];
    item.fields = [vec![reason()], refund(Rule::AsPolicy(PolicyFact::Holder))].concat();
    item.fee = Some(FeeRule::FreeLook { production_cost: Money::yuan(10) });
    item.effective = EffectiveRule::Receipt;
    item.weight_ppm = 1_200_000;
    item.documents = vec![DocumentCode::new("D02"), DocumentCode::new("D05"), DocumentCode::new("D06")];
    item.sources = vec![
        law(Subject::Window, "健康保险管理办法 art. 15"),
        law(Subject::Fields, REFUND),
        practice(Subject::Materials, GUIDE),
        company_set(Subject::Applicant),
        company_set(Subject::Fee),
        company_set(Subject::EffectiveDate),
        company_set(Subject::Service),
    ];
    item
}

fn maturity() -> Item {
    let mut item = ending("AG", Label::new("满期金给付", "Maturity payment"), "mqjjf");
    item.route = Route::Maturity;
    item.admission.window = Window::FromMaturity { before: 0 };
    item.admission.statuses = vec![PolicyStatus::InForce, PolicyStatus::PaidUp, PolicyStatus::Matured];
    item.admission.capacities = vec![Capacity::Insured, Capacity::Beneficiary];
    item.materials = with_agent(vec![
        original("application"),
        waivable(original("contract")),
        copy("beneficiary_id"),
        copy("bank_card"),
    ]);
    let payee = [
        required("payee_name", "领取人姓名", "Payee's name", FieldType::Name),
        required("payee_document", "领取人证件", "Payee's identity document", FieldType::IdentityDocument),
        required("payee_relation", "是被保险人的", "Relation to the insured", FieldType::Relation),
    ];
    item.fields = [payee.to_vec(), refund(Rule::AsField(key("payee_name")))].concat();
    item.fee = Some(FeeRule::Maturity);
    item.effective = EffectiveRule::Maturity;
    item.weight_ppm = 1_200_000;
    item.documents = vec![DocumentCode::new("D04"), DocumentCode::new("D05"), DocumentCode::new("D06")];
    item.sources = vec![
        law(Subject::Fields, REFUND),
        practice(Subject::Materials, GUIDE),
        company_set(Subject::Window),
        company_set(Subject::Applicant),
        company_set(Subject::Fee),
        company_set(Subject::EffectiveDate),
        company_set(Subject::Service),
    ];
    item
}
