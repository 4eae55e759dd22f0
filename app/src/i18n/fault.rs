//! What is wrong with a field, in the words of the rule.

use super::Localised;
use super::terms::Terms;
use super::wording::Wording;
use crate::format::{amount, full_date, percent};
use domain::catalogue::{CharClass, FieldFault, FieldRule, PolicyFact, ResidentIdFault};

messages! {
    /// Rules of fields.
    pub struct Faults {
        required: "须填写", "Required";
        required_because(field: &str): |f| format!("填了{f}，须填写"), |f| format!("Required because of {f}");
        at_least_one(fields: &str): |f| format!("{f} 至少填一项"), |f| format!("Give at least one of {f}");
        unknown: "本项目没有此字段", "The item has no such field";
        wrong_type: "格式不符", "Not of the right form";
        length(min: i64, max: i64, actual: i64): |min, max, n| format!("须 {min}–{max} 字，现为 {n}"),
            |min, max, n| format!("Must have {min}–{max} characters, has {n}");
        characters(allowed: &str): |a| format!("只能用{a}"), |a| format!("Only {a} may be used");
        digits: "数字", "digits";
        letters: "字母", "letters";
        letters_digits: "字母和数字", "letters and digits";
        han: "汉字", "Chinese characters";
        name_characters: "姓名用字", "what names are written in";
        visible: "可见字符", "visible characters";
        pattern: "不合规定的形式", "Not in the prescribed form";
        not_past(today: &str): |t| format!("不能早于今日 {t}"), |t| format!("Must not lie before today, {t}");
        not_future(today: &str): |t| format!("不能晚于今日 {t}"), |t| format!("Must not lie after today, {t}");
        age(years: i64): |y| format!("须满 {y} 周岁"), |y| format!("Must be at least {y} years old");
        not_positive: "须大于零", "Must be greater than zero";
        range(min: &str, max: &str): |a, b| format!("须在 {a}–{b} 之间"), |a, b| format!("Must be between {a} and {b}");
        ratio: "须在 0–100% 之间", "Must be between 0 and 100 %";
        unknown_choice: "没有这个选项", "There is no such choice";
        as_policy(fact: &str): |f| format!("须与保单{f}一致"), |f| format!("Must be the policy's {f}");
        not_as_policy(fact: &str): |f| format!("与保单现有{f}相同"), |f| format!("Is the policy's present {f}");
        as_field(field: &str): |f| format!("须与{f}一致"), |f| format!("Must be the same as {f}");
        the_holder: "投保人", "holder";
        the_insured: "被保险人", "insured";
        the_mode: "交费方式", "payment mode";
        id_length(n: i64): |n| format!("证件号须 18 位，现为 {n}"), |n| format!("An identity number has 18 characters, this has {n}");
        id_characters: "证件号须为 17 位数字加数字或 X", "An identity number is 17 digits and a digit or X";
        id_region: "证件号前 2 位没有此地区", "The first two digits name no region";
        id_birth: "证件号第 7–14 位不是生日", "Digits 7–14 are no birth date";
        id_check: "证件号第 18 位校验不符", "The check character does not fit";
        document_number(kind: &str): |k| format!("不是{k}号码"), |k| format!("Not a number of that document ({k})");
        expired(day: &str): |d| format!("证件 {d} 已过期"), |d| format!("The document expired on {d}");
        birth_differs(field: &str): |f| format!("与{f}的生日不符"), |f| format!("Not the birth date of {f}");
        sex_differs(field: &str): |f| format!("与{f}的性别不符"), |f| format!("Not the sex of {f}");
        mobile: "手机号须为数字，13–19 开头", "A mobile number is digits beginning with 13–19";
        mobile_length(n: i64): |n| format!("手机号须 11 位，现为 {n} 位"),
            |n| format!("A mobile number has 11 digits, this has {n}");
        invisible(at: i64): |n| format!("第 {n} 个字符看不见，删去重录"),
            |n| format!("Character {n} cannot be seen; delete it and type anew");
        postal_code: "邮编须 6 位数字", "A postal code has 6 digits";
        policy_number: "保单号须 8–20 位字母数字", "A policy number has 8–20 letters and digits";
        email: "邮箱格式不符", "Not an e-mail address";
        account_length(n: i64): |n| format!("账号须 12–19 位，现为 {n}"), |n| format!("An account has 12–19 digits, this has {n}");
        account_luhn: "校验位不符，仅提示，核对原卡", "The check digit does not fit; compare with the card";
        sealed_invalid: "已存的值不合规则，须重录", "The value kept breaks its rule; key it anew";
        no_beneficiary: "须至少一名受益人", "Name at least one beneficiary";
        too_many(n: i64): |n| format!("最多 {n} 名受益人"), |n| format!("At most {n} beneficiaries");
        order_gap(n: i64): |n| format!("缺第 {n} 顺序"), |n| format!("Nobody is in order {n}");
        share_sum(order: i64, sum: &str): |o, s| format!("第 {o} 顺序份额合计须为 100%，现为 {s}"),
            |o, s| format!("Shares of order {o} must make 100 %, they make {s}");
        share_missing(order: i64): |o| format!("第 {o} 顺序份额有填有缺，须都填或都不填"),
            |o| format!("In order {o} give all shares or none");
        share_zero: "份额须大于零", "A share must be greater than zero";
        same_beneficiary(n: i64): |n| format!("与第 {n} 名受益人相同"), |n| format!("The same person as beneficiary {n}");
    }
}

/// A fault in words; where it stands is for the form to show.
pub fn fault(of: &FieldFault, wording: &Wording) -> String {
    let t = Faults::in_locale(wording.locale);
    let terms = Terms::in_locale(wording.locale);
    let field = |key| wording.any_field(key);
    let fact = |fact: PolicyFact| match fact {
        PolicyFact::Holder => t.the_holder,
        PolicyFact::Insured => t.the_insured,
        PolicyFact::PaymentMode => t.the_mode,
    };
    match &of.rule {
        FieldRule::Required => t.required.into(),
        FieldRule::RequiredWhen { when, .. } => (t.required_because)(&field(when)),
        FieldRule::RequiredWith { with } => (t.required_because)(&field(with)),
        FieldRule::AtLeastOne { fields } => {
            let names: Vec<String> = fields.iter().map(field).collect();
            (t.at_least_one)(&wording.list(&names))
        }
        FieldRule::Unknown => t.unknown.into(),
        FieldRule::WrongType => t.wrong_type.into(),
        FieldRule::Length { min, max, actual } => {
            (t.length)(i64::from(*min), i64::from(*max), i64::from(*actual))
        }
        FieldRule::Characters { allowed } => {
            let classes: Vec<String> = allowed.iter().map(|class| characters(t, *class)).collect();
            (t.characters)(&wording.list(&classes))
        }
        FieldRule::Pattern => t.pattern.into(),
        FieldRule::NotPast { today, .. } => (t.not_past)(&full_date(*today)),
        FieldRule::NotFuture { today, .. } => (t.not_future)(&full_date(*today)),
        FieldRule::AgeAtLeast { years } => (t.age)(i64::from(*years)),
        FieldRule::NotPositive => t.not_positive.into(),
        FieldRule::MoneyRange { min, max } => (t.range)(&amount(min.minor), &amount(max.minor)),
        FieldRule::Ratio => t.ratio.into(),
        FieldRule::UnknownChoice => t.unknown_choice.into(),
        FieldRule::AsPolicy { fact: of } => (t.as_policy)(fact(*of)),
        FieldRule::NotAsPolicy { fact: of } => (t.not_as_policy)(fact(*of)),
        FieldRule::AsField { field: other } => (t.as_field)(&field(other)),
        FieldRule::ResidentId { fault } => match fault {
            ResidentIdFault::Length { actual } => (t.id_length)(i64::from(*actual)),
            ResidentIdFault::Characters => t.id_characters.into(),
            ResidentIdFault::Region => t.id_region.into(),
            ResidentIdFault::BirthDate => t.id_birth.into(),
            ResidentIdFault::CheckCharacter => t.id_check.into(),
        },
        FieldRule::DocumentNumber { kind } => (t.document_number)(terms.document(*kind)),
        FieldRule::DocumentExpired { expired, .. } => (t.expired)(&full_date(*expired)),
        FieldRule::BirthDateDiffers { document } => (t.birth_differs)(&field(document)),
        FieldRule::SexDiffers { document } => (t.sex_differs)(&field(document)),
        FieldRule::Mobile => t.mobile.into(),
        FieldRule::MobileLength { actual } => (t.mobile_length)(i64::from(*actual)),
        FieldRule::Invisible { at } => (t.invisible)(i64::from(*at)),
        FieldRule::PostalCode => t.postal_code.into(),
        FieldRule::PolicyNumber => t.policy_number.into(),
        FieldRule::Email => t.email.into(),
        FieldRule::AccountLength { actual } => (t.account_length)(i64::from(*actual)),
        FieldRule::AccountLuhn => t.account_luhn.into(),
        FieldRule::SealedInvalid => t.sealed_invalid.into(),
        FieldRule::NoBeneficiary => t.no_beneficiary.into(),
        FieldRule::TooManyBeneficiaries { max } => (t.too_many)(i64::from(*max)),
        FieldRule::OrderGap { missing } => (t.order_gap)(i64::from(*missing)),
        FieldRule::ShareSum { order, sum_ppm } => {
            #[expect(clippy::cast_precision_loss, reason = "a few hundred shares of at most a million")]
            let share = *sum_ppm as f64 / 1e6;
            (t.share_sum)(i64::from(*order), &percent(share))
        }
        FieldRule::ShareMissing { order } => (t.share_missing)(i64::from(*order)),
        FieldRule::ShareZero => t.share_zero.into(),
        FieldRule::SameBeneficiary { other } => (t.same_beneficiary)(i64::from(*other) + 1),
    }
}

fn characters(t: &Faults, class: CharClass) -> String {
    match class {
        CharClass::Digit => t.digits.into(),
        CharClass::Letter => t.letters.into(),
        CharClass::LetterOrDigit => t.letters_digits.into(),
        CharClass::Han => t.han.into(),
        CharClass::Name => t.name_characters.into(),
        CharClass::Visible => t.visible.into(),
        CharClass::Is(c) => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use domain::catalogue::FaultSeverity;
    use std::collections::BTreeMap;

    #[test]
    fn a_sum_of_shares_says_what_it_is() {
        let names = BTreeMap::new();
        let fault_of = FieldFault {
            pointer: "/beneficiaries".into(),
            rule: FieldRule::ShareSum { order: 1, sum_ppm: 900_000 },
            severity: FaultSeverity::Error,
        };
        let say = |locale| fault(&fault_of, &Wording { locale, names: &names, catalogue: None });
        assert_eq!(say(Locale::ZhHans), "第 1 顺序份额合计须为 100%，现为 90.00%");
        assert_eq!(say(Locale::En), "Shares of order 1 must make 100 %, they make 90.00%");
    }
}
