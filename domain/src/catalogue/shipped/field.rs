//! Fields that several items share.

use crate::{
    catalogue::{
        field::{FieldSpec, FieldType, Rule, unchanged},
        label::{Choice, Label},
        pattern::CharClass,
    },
    id::FieldKey,
};

/// A required field without rules of its own.
pub(super) fn required(key: &str, zh: &'static str, en: &'static str, kind: FieldType) -> FieldSpec {
    FieldSpec {
        key: key.into(),
        label: Label::new(zh, en),
        kind,
        required: true,
        double_keyed: false,
        rules: vec![],
        when_silent: unchanged(),
    }
}

/// An optional field without rules of its own.
pub(super) fn optional(key: &str, zh: &'static str, en: &'static str, kind: FieldType) -> FieldSpec {
    FieldSpec { required: false, ..required(key, zh, en, kind) }
}

/// The field with these rules.
pub(super) fn with(field: FieldSpec, rules: Vec<Rule>) -> FieldSpec {
    FieldSpec { rules, ..field }
}

/// A choice of these.
pub(super) fn choice(choices: &[(&'static str, &'static str, &'static str)]) -> FieldType {
    FieldType::Choice(choices.iter().map(|(code, zh, en)| Choice::new(code, zh, en)).collect())
}

/// Whose data: the holder's or the insured's.
pub(super) fn party() -> FieldSpec {
    let parties = choice(&[("holder", "投保人", "Holder"), ("insured", "被保险人", "Insured")]);
    required("party", "变更对象", "Whose data", parties)
}

/// 男, 女, agreeing with the document of another field.
pub(super) fn sex(key: &str, document: &str) -> FieldSpec {
    let sexes = choice(&[("male", "男", "Male"), ("female", "女", "Female")]);
    with(optional(key, "性别", "Sex", sexes), vec![Rule::SexOf(document.into())])
}

/// Name of a bank: letters, Chinese characters and brackets.
pub(super) fn bank(required: bool) -> FieldSpec {
    let letters = [
        CharClass::Han,
        CharClass::Letter,
        CharClass::Is('('),
        CharClass::Is(')'),
        CharClass::Is('（'),
        CharClass::Is('）'),
        CharClass::Is(' '),
    ];
    let rules = vec![Rule::Length { min: 2, max: 40 }, Rule::Characters(letters.to_vec())];
    FieldSpec { required, ..with(optional("bank", "开户银行", "Bank", FieldType::Text), rules) }
}

/// Account and the name it is kept in, which follows `owner`.
pub(super) fn account(required: bool, owner: Rule) -> [FieldSpec; 2] {
    [
        FieldSpec { required, ..optional("account", "账号", "Account", FieldType::BankAccount) },
        FieldSpec {
            required,
            ..with(optional("account_name", "账户户名", "Account name", FieldType::Name), vec![owner])
        },
    ]
}

/// Key of a field.
pub(super) fn key(key: &str) -> FieldKey {
    key.into()
}
