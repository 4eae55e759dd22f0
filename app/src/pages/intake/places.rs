//! The places of the registration: what each is called, why it lacks something, and the way to it.

use super::form::{Lack, Why};
use crate::components::focus::{TABBABLE, give, members};
use crate::i18n::fault::fault;
use crate::i18n::intake::Intake as Words;
use crate::i18n::refusal::Refusals;
use crate::i18n::wording::Wording;
use crate::i18n::{Localised, Messages};
use domain::case::Refusal;
use domain::catalogue::{FaultSeverity, FieldFault, FieldRule};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// What a place is called; none where the page has no such place.
pub fn name(at: &str, words: &Words) -> Option<&'static str> {
    let at = at.strip_prefix("/registration/")?;
    Some(match at {
        "policy/policy_no" => words.policy_no,
        "policy/holder" => words.holder,
        "policy/insured" => words.insured,
        "policy/product" => words.product,
        "policy/group" => words.group,
        "policy/status" => words.status,
        "policy/payment_mode" => words.mode,
        "policy/effective" => words.effective,
        "policy/receipt_signed" => words.receipt_signed,
        "policy/free_look_days" => words.free_look,
        "policy/paid_to" => words.paid_to,
        "policy/anniversary" => words.anniversary,
        "policy/matures_on" => words.matures_on,
        "policy/lapsed_on" => words.lapsed_on,
        "policy/premium" => words.premium,
        "policy/premium_paid" => words.premium_paid,
        "policy/cash_value" => words.cash_value,
        "policy/dividends" => words.dividends,
        "policy/survival_benefits" => words.survival,
        "policy/maturity_benefit" => words.maturity,
        "policy/overpaid" => words.overpaid,
        "policy/unexpired_rider" => words.unexpired_rider,
        "policy/loan" => words.loan,
        "policy/loan_interest" => words.loan_interest,
        "policy/apl" => words.apl,
        "policy/arrears" => words.arrears,
        "applicant" => words.applicant,
        "mobile" => words.mobile,
        "document/number" | "document/kind" | "document/expires" => words.applicant_document,
        "agent/name" => words.agent,
        "agent/identity" | "agent/kind" | "agent/expires" => words.agent_document,
        "agent/authority" => words.authority,
        "applied_on" => words.applied_on,
        "received_on" => words.received_on,
        "received_at" => words.received_at,
        _ if at == "items" || at.starts_with("items/") => words.items,
        _ if at == "materials" || at.starts_with("materials/") => words.materials,
        _ => return None,
    })
}

/// Why a place lacks something, in words.
pub fn why(lack: &Lack, words: &Words, wording: &Wording) -> String {
    let fields = Messages::in_locale(wording.locale).field();
    match &lack.why {
        Why::Missing if lack.at == "/registration/items" => words.no_items.to_owned(),
        Why::Missing if lack.at == "/registration/materials" => words.no_materials.to_owned(),
        Why::Missing => fields.required.to_owned(),
        Why::Count => fields.count_form.to_owned(),
        Why::Time => fields.time_form.to_owned(),
        Why::Date(error) => fields.date(*error).to_owned(),
        Why::Amount(error) => fields.amount(*error).to_owned(),
        Why::Rule(FieldRule::UnknownChoice) if lack.at == "/registration/policy/product" => {
            words.unknown_product.to_owned()
        }
        Why::Rule(rule) => {
            let of =
                FieldFault { pointer: lack.at.clone(), rule: rule.clone(), severity: FaultSeverity::Error };
            fault(&of, wording)
        }
    }
}

/// The places a refusal of the server is about, each with what is wrong there. Pointers lead into the registration,
/// whether it is sent for the first time or amends one.
pub fn told(refusal: &Refusal, words: &Words, wording: &Wording) -> Vec<(String, String)> {
    let place = |pointer: &str| {
        let at = pointer.find("/registration/").map_or(pointer, |start| &pointer[start..]);
        at.to_owned()
    };
    match refusal {
        Refusal::Input { pointer, rule } => {
            vec![(place(pointer), Refusals::in_locale(wording.locale).input(*rule).to_owned())]
        }
        Refusal::Fields { faults } => faults
            .iter()
            .filter(|fault| fault.is_error())
            .map(|fault| {
                let lack = Lack { at: place(&fault.pointer), why: Why::Rule(fault.rule.clone()) };
                let said = why(&lack, words, wording);
                (lack.at, said)
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Gives focus to the input of a place, or of the smallest place around it; false where none is on screen.
pub fn go(at: &str) -> bool {
    let mut at = at;
    loop {
        if give_at(at) {
            return true;
        }
        match at.rsplit_once('/') {
            Some((around, _)) if around.len() > "/registration".len() => at = around,
            _ => return false,
        }
    }
}

/// The form of the policy stands on the page twice, in its pane and in the drawer: what is not on screen is passed over.
fn give_at(at: &str) -> bool {
    let Ok(found) = document().query_selector_all(&format!("[data-at='{at}']")) else { return false };
    let input = (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<Element>().ok())
        .find_map(|place| members(&place, TABBABLE).into_iter().next());
    if let Some(input) = &input {
        give(input);
    }
    input.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use domain::case::refusal::InputRule;
    use std::collections::BTreeMap;

    #[test]
    fn what_the_server_refuses_has_its_place() {
        let names = BTreeMap::new();
        let words = Words::in_locale(Locale::ZhHans);
        let wording = Wording { locale: Locale::ZhHans, names: &names, catalogue: None };
        let future = Refusal::input("/registration/received_at", InputRule::Future);
        assert_eq!(
            told(&future, words, &wording),
            [("/registration/received_at".to_owned(), "不能晚于现在".to_owned())]
        );
        let amended = Refusal::input("/amend_registration/registration/policy/loan", InputRule::Positive);
        assert_eq!(told(&amended, words, &wording)[0].0, "/registration/policy/loan");
        let fault = |pointer: &str, rule| FieldFault {
            pointer: pointer.to_owned(),
            rule,
            severity: FaultSeverity::Error,
        };
        let fields = Refusal::Fields {
            faults: vec![
                fault("/registration/mobile", FieldRule::MobileLength { actual: 10 }),
                fault("/registration/policy/product", FieldRule::UnknownChoice),
            ],
        };
        let said: Vec<String> = told(&fields, words, &wording).into_iter().map(|(_, said)| said).collect();
        assert_eq!(said, ["手机号须 11 位，现为 10 位", "目录没有这个险种"]);
        assert_eq!(told(&Refusal::Reserve { stage: domain::post::Stage::Recheck }, words, &wording), []);
        assert_eq!(name("/registration/materials/2/pages", words), Some("材料"));
        assert_eq!(name("/registration/elsewhere", words), None);
    }
}
