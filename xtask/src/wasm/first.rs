//! What the first download must not know: whoever waits for a queue does not wait for everything a case can be.

use anyhow::{Context, Result, bail};
use regex::bytes::Regex;

/// Cases, commands, events, refusals and the catalogue, read, written or copied; the rules that decide.
const CASES: &str = r"domain\[[0-9a-f]+\]::(?:case::(?:state::Case|command::Command|event::(?:Event|Fact)|refusal::Refusal)|catalogue::Catalogue) as (?:serde|core::clone)|domain\[[0-9a-f]+\]::case::(?:decide|apply)::";

/// Fails where the main module, its names still in it, has code for cases.
pub fn knows_no_case(module: &[u8]) -> Result<()> {
    let found = Regex::new(CASES).context("a pattern is well-formed")?.find(module);
    if let Some(found) = found {
        let name = String::from_utf8_lossy(found.as_bytes());
        bail!(
            "the first download has `{name}`: reach it from a part that is fetched when it is wanted \
             (docs/ARCHITECTURE.md)"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_for_cases_is_found_by_its_name() {
        let known = [
            "<domain[0f]::case::refusal::Refusal as serde_core[1]::de::Deserialize>::deserialize",
            "<domain[0f]::case::command::Command as core::clone::Clone>::clone",
            "domain[0f]::case::decide::claiming::claim",
            "<domain[0f]::catalogue::Catalogue as serde_core[1]::de::Deserialize>::deserialize",
        ];
        for name in known {
            assert!(knows_no_case(name.as_bytes()).is_err(), "{name}");
        }
        let unknown = [
            "<domain[0f]::catalogue::CatalogueVersion as serde_core[1]::de::Deserialize>::deserialize",
            "<domain[0f]::case::state::Priority as serde_core[1]::de::Deserialize>::deserialize",
            "core::ptr::drop_in_place::<domain[0f]::case::refusal::Refusal>",
        ];
        for name in unknown {
            assert!(knows_no_case(name.as_bytes()).is_ok(), "{name}");
        }
    }
}
