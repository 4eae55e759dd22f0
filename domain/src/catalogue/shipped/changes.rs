//! Changes: contact details, beneficiary, holder, key profile, payment mode, premium account.

use super::{
    GUIDE, company_set, copy, excluding, face_page,
    field::{account, bank, choice, key, optional, party, required, sex, with},
    law, original, practice, standard, waivable, with_agent,
};
use crate::{
    catalogue::{
        admission::{Capacity, PolicyBlock, Window},
        effective::EffectiveRule,
        fee::{FeeRule, ModalFactors},
        field::{FieldSpec, FieldType, FieldsRule, PolicyFact, Rule},
        item::{Item, Retention},
        label::{Label, Subject},
    },
    policy::PolicyStatus,
    time::BusinessDays,
};
use std::borrow::Cow;

pub(super) fn items() -> Vec<Item> {
    vec![contact_details(), beneficiaries(), holder(), key_profile(), payment_mode(), premium_account()]
}

fn contact_details() -> Item {
    let mut item = standard("AM", Label::new("联系方式变更", "Contact details"), "lxfsbg");
    item.admission.statuses.extend([PolicyStatus::Lapsed, PolicyStatus::Matured]);
    // A new address concerns neither claim nor court order.
    item.admission.blocked_by = Vec::new();
    item.admission.capacities = vec![Capacity::Holder, Capacity::Insured];
    item.materials = with_agent(vec![original("application"), copy("applicant_id")]);
    item.fields = vec![
        party(),
        optional("mobile", "手机", "Mobile", FieldType::Mobile),
        optional("address", "联系地址", "Address", FieldType::Address),
        optional("postal_code", "邮编", "Postal code", FieldType::PostalCode),
        optional("email", "电子邮箱", "E-mail", FieldType::Email),
    ];
    item.rules = vec![
        FieldsRule::AtLeastOne(vec![key("mobile"), key("address"), key("email")]),
        FieldsRule::RequiredWith { field: key("postal_code"), with: key("address") },
    ];
    item.effective = EffectiveRule::SameDay;
    item.retention = Retention::Short;
    item.weight_ppm = 500_000;
    item.promise = BusinessDays(3);
    item.sources = vec![
        practice(Subject::Applicant, GUIDE),
        practice(Subject::Materials, GUIDE),
        company_set(Subject::Window),
        company_set(Subject::EffectiveDate),
        company_set(Subject::Service),
    ];
    item
}

fn beneficiaries() -> Item {
    let mut item = standard("BC", Label::new("受益人变更", "Beneficiary change"), "syrbg");
    item.admission.statuses.push(PolicyStatus::Lapsed);
    item.admission.blocked_by.push(PolicyBlock::OpenClaim);
    item.admission.excludes = excluding(&["BC", "AE"]);
    item.admission.capacities = vec![Capacity::Holder, Capacity::Insured];
    item.materials = with_agent(vec![
        original("application"),
        original("contract"),
        copy("holder_id"),
        copy("insured_id"),
        copy("beneficiary_id"),
        waivable(copy("relation_proof")),
        original("insured_consent"),
    ]);
    item.needs_consent = true;
    let benefits = choice(&[
        ("death", "身故受益人", "Death benefit"),
        ("survival", "生存受益人", "Survival benefit"),
        ("maturity", "满期受益人", "Maturity benefit"),
    ]);
    item.fields = vec![
        required("benefit", "受益类别", "Benefit", benefits),
        required("beneficiaries", "受益人", "Beneficiaries", FieldType::Beneficiaries),
    ];
    item.finishing.insert(0, face_page());
    item.retention = Retention::Permanent;
    item.sources = vec![
        law(Subject::Applicant, "保险法 art. 41"),
        law(Subject::Consent, "保险法 art. 39, 41"),
        law(Subject::Fields, "保险法 art. 40"),
        practice(Subject::Materials, GUIDE),
        company_set(Subject::Window),
        company_set(Subject::EffectiveDate),
        company_set(Subject::Service),
    ];
    item
}

fn holder() -> Item {
    let mut item = standard("AE", Label::new("投保人变更", "Holder change"), "tbrbg");
    item.admission.blocked_by.extend([PolicyBlock::OpenClaim, PolicyBlock::Loan, PolicyBlock::PremiumLoan]);
    item.admission.excludes = excluding(&["AE", "BC", "CM", "PC"]);
    item.admission.by_agent = false;
    item.materials = vec![
        original("application"),
        original("contract"),
        copy("holder_id"),
        copy("new_holder_id"),
        copy("insured_id"),
        copy("relation_proof"),
        original("insured_consent"),
        waivable(copy("bank_card")),
    ];
    item.needs_consent = true;
    let name = required("new_holder_name", "新投保人姓名", "New holder's name", FieldType::Name);
    let birth = required("new_holder_birth", "出生日期", "Birth date", FieldType::Date);
    let document = "new_holder_document";
    item.fields = vec![
        with(name, vec![Rule::NotAsPolicy(PolicyFact::Holder)]),
        required(document, "证件", "Identity document", FieldType::IdentityDocument),
        FieldSpec { required: true, ..sex("new_holder_sex", document) },
        with(birth, vec![Rule::NotFuture, Rule::AgeAtLeast(18), Rule::BirthDateOf(key(document))]),
        required("relation", "是被保险人的", "Relation to the insured", FieldType::Relation),
        required("mobile", "手机", "Mobile", FieldType::Mobile),
        required("address", "联系地址", "Address", FieldType::Address),
        required("postal_code", "邮编", "Postal code", FieldType::PostalCode),
        bank(false),
    ];
    item.fields.extend(account(false, Rule::AsField(key("new_holder_name"))));
    item.rules = vec![
        FieldsRule::RequiredWith { field: key("bank"), with: key("account") },
        FieldsRule::RequiredWith { field: key("account_name"), with: key("account") },
    ];
    item.finishing.insert(0, face_page());
    item.retention = Retention::Permanent;
    item.weight_ppm = 1_500_000;
    item.sources = vec![
        law(Subject::Consent, "保险法 art. 34"),
        law(Subject::Fields, "保险法 art. 10, 31; 民法典 art. 17, 18"),
        practice(Subject::Materials, GUIDE),
        company_set(Subject::Window),
        company_set(Subject::Applicant),
        company_set(Subject::EffectiveDate),
        company_set(Subject::Service),
    ];
    item
}

fn key_profile() -> Item {
    let mut item = standard("CM", Label::new("客户重要资料变更", "Key profile"), "khzyzlbg");
    item.note = Some(Label::new(
        "改姓名、证件。性别、出生日期仅用于核对；改动影响费率的，须核保，不在此受理。",
        "Name and identity document. Sex and birth date are for comparison; a change that moves the premium \
         needs underwriting and is not taken in here.",
    ));
    item.admission.blocked_by.push(PolicyBlock::OpenClaim);
    item.admission.excludes = excluding(&["CM", "AE"]);
    item.admission.capacities = vec![Capacity::Holder, Capacity::Insured];
    item.admission.by_agent = false;
    item.materials =
        vec![original("application"), original("contract"), copy("applicant_id"), original("change_proof")];
    let birth = optional("birth_date", "出生日期", "Birth date", FieldType::Date);
    item.fields = vec![
        party(),
        optional("name", "姓名", "Name", FieldType::Name),
        optional("document", "证件", "Identity document", FieldType::IdentityDocument),
        sex("sex", "document"),
        with(birth, vec![Rule::NotFuture, Rule::BirthDateOf(key("document"))]),
    ];
    item.rules = vec![FieldsRule::AtLeastOne(vec![key("name"), key("document")])];
    item.finishing.insert(0, face_page());
    item.retention = Retention::Permanent;
    item.weight_ppm = 1_200_000;
    item.sources = vec![
        law(Subject::Fields, "GB 11643-1999; 反洗钱法 art. 34"),
        practice(Subject::Materials, GUIDE),
        company_set(Subject::Window),
        company_set(Subject::Applicant),
        company_set(Subject::EffectiveDate),
        company_set(Subject::Service),
    ];
    item
}

fn payment_mode() -> Item {
    let mut item = standard("PM", Label::new("交费间隔变更", "Payment mode"), "jfjgbg");
    item.admission.window = Window::AroundAnniversary { before: 60, after: 0 };
    item.admission.statuses = vec![PolicyStatus::InForce];
    item.admission.blocked_by.push(PolicyBlock::SinglePremium);
    item.materials = with_agent(vec![
        original("application"),
        original("contract"),
        copy("holder_id"),
        waivable(copy("premium_receipt")),
    ]);
    let mode = required("payment_mode", "交费间隔", "Payment mode", FieldType::PaymentMode);
    let rules = vec![Rule::NoneOf(vec![Cow::Borrowed("single")]), Rule::NotAsPolicy(PolicyFact::PaymentMode)];
    item.fields = vec![with(mode, rules)];
    let factors =
        ModalFactors { annual: 1_000_000, half_yearly: 520_000, quarterly: 265_000, monthly: 90_000 };
    item.fee = Some(FeeRule::PremiumDifference { mode: key("payment_mode"), factors });
    item.effective = EffectiveRule::Anniversary;
    item.finishing.insert(0, face_page());
    item.sources = vec![
        practice(Subject::EffectiveDate, GUIDE),
        practice(Subject::Materials, GUIDE),
        company_set(Subject::Window),
        company_set(Subject::Fee),
        company_set(Subject::Service),
    ];
    item
}

fn premium_account() -> Item {
    let mut item = standard("PC", Label::new("交费账号变更", "Premium account"), "jfzhbg");
    item.admission.statuses = vec![PolicyStatus::InForce, PolicyStatus::Lapsed];
    item.admission.blocked_by = vec![PolicyBlock::SinglePremium];
    item.admission.excludes = excluding(&["PC", "AE"]);
    item.materials =
        with_agent(vec![original("application"), copy("holder_id"), waivable(copy("bank_card"))]);
    let methods = choice(&[("transfer", "银行转账", "Bank transfer"), ("cash", "现金", "Cash")]);
    let kinds = choice(&[("debit_card", "借记卡", "Debit card"), ("passbook", "存折", "Passbook")]);
    let ways = choice(&[
        ("sms", "短信", "Text message"),
        ("phone", "电话", "Telephone"),
        ("letter", "信函", "Letter"),
    ]);
    let first = optional("first_debit", "首次扣款日", "First debit", FieldType::Date);
    item.fields = vec![
        required("method", "交费方式", "Payment method", methods),
        bank(false),
        optional("account_kind", "账户类型", "Kind of account", kinds),
    ];
    item.fields.extend(account(false, Rule::AsPolicy(PolicyFact::Holder)));
    item.fields.extend([
        FieldSpec { double_keyed: true, ..with(first, vec![Rule::NotPast]) },
        optional("on_failure", "扣款失败提醒", "Reminder when a debit fails", ways),
        optional("reminder_mobile", "提醒手机", "Mobile for reminders", FieldType::Mobile),
    ]);
    let transfer = ["bank", "account_kind", "account", "account_name", "first_debit"];
    item.rules = transfer
        .into_iter()
        .map(|field| FieldsRule::RequiredWhen {
            field: key(field),
            when: key("method"),
            is: "transfer".into(),
        })
        .chain([FieldsRule::RequiredWhen {
            field: key("reminder_mobile"),
            when: key("on_failure"),
            is: "sms".into(),
        }])
        .collect();
    item.retention = Retention::Short;
    item.weight_ppm = 800_000;
    item.promise = BusinessDays(3);
    item.sources = vec![
        practice(Subject::Materials, GUIDE),
        company_set(Subject::Window),
        company_set(Subject::Fields),
        company_set(Subject::EffectiveDate),
        company_set(Subject::Service),
    ];
    item
}
