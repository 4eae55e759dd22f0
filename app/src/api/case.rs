//! Cases: reading, registering, commands.

use super::transport::Answer;
use super::{Api, Failure, Load, Tag};
use domain::api::case::{CaseView, CommandDone, Found, ImportedView, RegisterCase, RegisterCheck, Search};
use domain::api::catalogue::ItemName;
use domain::case::Command;
use domain::catalogue::{Catalogue, CatalogueVersion};
use domain::id::CaseId;
use std::sync::Arc;

/// The address of a case.
pub(super) fn one(case: CaseId) -> String {
    format!("/api/cases/{case}")
}

/// A case as its address answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A case worked here.
    Own(Box<CaseView>),
    /// A case of another system's log: read-only.
    Imported(Box<ImportedView>),
}

impl Shown {
    /// The case, where it is one worked here.
    pub fn own(&self) -> Option<&CaseView> {
        match self {
            Self::Own(view) => Some(view),
            Self::Imported(_) => None,
        }
    }
}

/// A case.
pub fn view(case: CaseId) -> Load<Shown> {
    Load::parsed(one(case), vec![Tag::Case(case)], |answer| Ok(Arc::new(shown(answer)?)))
}

/// The two kinds have no field in common; an imported one says so by its first.
fn shown(answer: &Answer) -> Result<Shown, Failure> {
    if answer.text.starts_with("{\"imported\"") {
        answer.json().map(|view| Shown::Imported(Box::new(view)))
    } else {
        answer.json().map(|view| Shown::Own(Box::new(view)))
    }
}

/// A version of the catalogue.
pub fn catalogue(version: CatalogueVersion) -> Load<Catalogue> {
    Load::new(format!("/api/catalogue/{version}"), [Tag::Immutable])
}

/// The names of a catalogue's items: all a list needs of it.
pub fn item_names(version: CatalogueVersion) -> Load<Vec<ItemName>> {
    Load::new(format!("/api/catalogue/{version}/items"), [Tag::Immutable])
}

impl Api {
    /// Sends a command on a case, decided on that version of it.
    pub async fn case_command(
        self,
        case: CaseId,
        version: u64,
        command: &Command,
    ) -> Result<CommandDone, Failure> {
        self.command(&format!("{}/commands", one(case)), Some(version), command).await?.json()
    }

    /// What registering would say, without doing it.
    pub async fn check_registration(self, register: &RegisterCase) -> Result<RegisterCheck, Failure> {
        self.look("/api/cases/check", register).await
    }

    /// Registers a case.
    pub async fn register(self, register: &RegisterCase) -> Result<CommandDone, Failure> {
        self.command("/api/cases", None, register).await?.json()
    }

    /// Finds cases by number, policy or name.
    pub async fn search(self, text: &str) -> Result<Vec<Found>, Failure> {
        self.look("/api/search", &Search { text: text.to_owned(), exact: false }).await
    }

    /// Finds cases by a whole identity number, telephone or account: counted, recorded and limited by the server.
    pub async fn search_exactly(self, text: &str) -> Result<Vec<Found>, Failure> {
        self.look("/api/search", &Search { text: text.to_owned(), exact: true }).await
    }
}
