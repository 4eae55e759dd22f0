//! A refusal of the server, field by field.

use crate::i18n::Localised;
use crate::i18n::fault::fault;
use crate::i18n::refusal::Refusals;
use crate::i18n::wording::Wording;
use domain::case::refusal::InputRule;
use domain::case::{Command, Refusal};

/// What is wrong at a place of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// JSON pointer into the command: `/endorse/effective_date`.
    pub pointer: String,
    /// In words.
    pub text: String,
}

/// The places a refusal of a command names, with what is wrong there. A refusal of another kind names none: it is
/// worded as a whole.
pub fn told(command: &Command, refusal: &Refusal, wording: &Wording) -> Vec<Told> {
    let words = Refusals::in_locale(wording.locale);
    match refusal {
        Refusal::Input { pointer, rule } => {
            vec![Told { pointer: pointer.clone(), text: words.input(*rule).to_owned() }]
        }
        Refusal::Fields { faults } => faults
            .iter()
            .map(|of| Told {
                pointer: format!("{}{}", fields_of(command), of.pointer),
                text: fault(of, wording),
            })
            .collect(),
        Refusal::KeyedDifferently { fields } => fields
            .iter()
            .map(|key| Told {
                pointer: format!("{}/{key}", fields_of(command)),
                text: words.input(InputRule::KeyAgain).to_owned(),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Where a command has its map of fields.
fn fields_of(command: &Command) -> &'static str {
    match command {
        Command::EnterChange { .. } => "/enter_change/fields",
        Command::ConfirmEntry { .. } => "/confirm_entry/key_fields",
        Command::RecordCoreResult { .. } => "/record_core_result/fields",
        Command::KeyAsked { .. } => "/key_asked/asked",
        Command::ConfirmCore { .. } => "/confirm_core/values",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use domain::case::item::Fields;
    use domain::catalogue::{FaultSeverity, FieldFault, FieldRule};
    use std::collections::BTreeMap;

    #[test]
    fn faults_of_fields_are_found_in_the_command() {
        let names = BTreeMap::new();
        let wording = Wording { locale: Locale::ZhHans, names: &names, catalogue: None };
        let command = Command::EnterChange { item: 1, fields: Fields::new() };
        let refusal = Refusal::Fields {
            faults: vec![FieldFault {
                pointer: "/mobile".into(),
                rule: FieldRule::Mobile,
                severity: FaultSeverity::Error,
            }],
        };
        let [one] = told(&command, &refusal, &wording).try_into().expect("one place");
        assert_eq!(one.pointer, "/enter_change/fields/mobile");
        assert_eq!(one.text, "手机号须为数字，13–19 开头");
        let whole = Refusal::ProposalOpen {};
        assert_eq!(told(&command, &whole, &wording), []);
    }
}
