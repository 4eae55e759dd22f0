//! Materials, relations, payment modes and the register of documents.

use crate::catalogue::{
    control::ControlTarget,
    label::{Choice, DocumentCode, Label},
    material::MaterialSpec,
    product::Product,
    reference::{DocumentState, ReferenceDocument},
};
use crate::policy::ProductGroup;

/// Kinds of material. Names follow the usual lists of papers (reference, part 2.3).
pub(super) fn materials() -> Vec<MaterialSpec> {
    let material = |kind: &str, zh, en, returned| MaterialSpec {
        kind: kind.into(),
        label: Label::new(zh, en),
        returned,
    };
    vec![
        material("application", "保全变更申请书", "Application for change", false),
        material("contract", "保险合同", "Policy contract", true),
        material("applicant_id", "申请人身份证件", "Applicant's identity document", true),
        material("holder_id", "投保人身份证件", "Holder's identity document", true),
        material("new_holder_id", "新投保人身份证件", "New holder's identity document", true),
        material("insured_id", "被保险人身份证件", "Insured's identity document", true),
        material("beneficiary_id", "受益人身份证件", "Beneficiary's identity document", true),
        material("relation_proof", "关系证明", "Proof of relation", true),
        material("insured_consent", "被保险人同意书", "Consent of the insured", false),
        material("change_proof", "资料变更证明", "Proof of the change", true),
        material("bank_card", "银行卡或存折", "Bank card or book", true),
        material("premium_receipt", "最近一期交费凭证", "Latest premium receipt", true),
        material("loss_statement", "遗失声明", "Statement of loss", false),
        material("authority_letter", "授权委托书", "Letter of authority", false),
        material("agent_id", "代办人身份证件", "Identity document of who acts", true),
    ]
}

/// Relations to the insured. The first five are those of 保险法 art. 31; the list itself is company-set.
pub(super) fn relations() -> Vec<Choice> {
    vec![
        Choice::new("self", "本人", "Self"),
        Choice::new("spouse", "配偶", "Spouse"),
        Choice::new("son", "儿子", "Son"),
        Choice::new("daughter", "女儿", "Daughter"),
        Choice::new("father", "父亲", "Father"),
        Choice::new("mother", "母亲", "Mother"),
        Choice::new("grandparent", "祖父母、外祖父母", "Grandparent"),
        Choice::new("grandchild", "孙子女、外孙子女", "Grandchild"),
        Choice::new("sibling", "兄弟姐妹", "Sibling"),
        Choice::new("dependant", "其他被抚养、赡养人", "Other dependant"),
        Choice::new("employer", "用人单位", "Employer"),
        Choice::new("other", "其他", "Other"),
    ]
}

/// Products, company-set: every company lists its own.
pub(super) fn products() -> Vec<Product> {
    vec![
        Product::new("安衡终身寿险", ProductGroup::Participating),
        Product::new("鑫悦两全保险", ProductGroup::Participating),
        Product::new("康泰重大疾病保险", ProductGroup::Traditional),
        Product::new("守护定期寿险", ProductGroup::Traditional),
        Product::new("安康医疗保险", ProductGroup::Traditional),
        Product::new("金穗终身寿险（万能型）", ProductGroup::Universal),
        Product::new("颐年年金保险", ProductGroup::Annuity),
        Product::new("少儿成长年金保险", ProductGroup::Annuity),
        Product::new("福满两全保险", ProductGroup::Endowment),
        Product::new("岁岁红两全保险", ProductGroup::Endowment),
    ]
}

/// Payment modes.
pub(super) fn payment_modes() -> Vec<Choice> {
    vec![
        Choice::new("single", "趸交", "Single"),
        Choice::new("annual", "年交", "Annual"),
        Choice::new("half_yearly", "半年交", "Half-yearly"),
        Choice::new("quarterly", "季交", "Quarterly"),
        Choice::new("monthly", "月交", "Monthly"),
    ]
}

/// The ten documents in the order the founding document names them: six for target one, four for target three.
pub(super) fn documents() -> Vec<ReferenceDocument> {
    let document = |code, zh, en, target, state| ReferenceDocument {
        code: DocumentCode::new(code),
        title: Label::new(zh, en),
        target,
        state,
    };
    let conformity = ControlTarget::Conformity;
    let errors = ControlTarget::ErrorRate;
    let exists = DocumentState::Exists;
    vec![
        document(
            "D01",
            "变更标准作业流程",
            "Standard procedure for changes",
            conformity,
            DocumentState::Unfinished,
        ),
        document("D02", "退保标准化流程", "Standard process for surrender", conformity, exists),
        document(
            "D03",
            "特别件(退保)标准化流程",
            "Standard process for special cases (surrender)",
            conformity,
            exists,
        ),
        document("D04", "满期金给付标准化流程", "Standard process for maturity payment", conformity, exists),
        document("D05", "契约变更操作手册", "Manual of contract changes", conformity, exists),
        document("D06", "保单变更权限", "Authority for policy changes", conformity, exists),
        document(
            "D07",
            "实时监控制度",
            "Rules of real-time monitoring",
            errors,
            DocumentState::UnfinishedInStages,
        ),
        document("D08", "复核制度", "Rules of recheck", errors, DocumentState::Unfinished),
        document("D09", "客户服务部印章管理", "Seals of the customer service department", errors, exists),
        document(
            "D10",
            "内部文档流转管理办法(保单服务)",
            "Circulation of internal papers (policy servicing)",
            errors,
            exists,
        ),
    ]
}
