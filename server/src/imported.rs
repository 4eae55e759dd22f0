//! Cases of other systems' logs: read-only. Every command but a note is refused.

use domain::actor::{By, Person};
use domain::case::refusal::InputRule;
use domain::case::{Command, Event, Fact, Refusal};
use domain::id::CaseId;

use crate::carry::{Done, Once};
use crate::error::{Error, Result};
use crate::state::App;

/// Longest note, characters, as on other cases.
const LONGEST: usize = domain::limits::TEXT;

/// Adds a note to an imported case, or refuses.
///
/// # Errors
/// `NotFound` where there is no such case in scope; `Refused` for everything but a note.
pub async fn command(
    app: &App,
    person: &Person,
    id: CaseId,
    expected: u64,
    command: Command,
    once: Once,
) -> Result<Done> {
    let (server, scope, by) = (app.clone(), person.scope.clone(), By::Person(person.id.clone()));
    app.write(move |tx| {
        let (app, scope, by) = (server.clone(), scope.clone(), by.clone());
        let (command, once) = (command.clone(), once.clone());
        Box::pin(async move {
            if let Some(done) = once.recall::<Done>(tx).await? {
                return Ok(done);
            }
            let (head, unit) = tx
                .imported_head(id)
                .await?
                .filter(|(_, unit)| scope.contains(unit))
                .ok_or(Error::NotFound)?;
            let Command::AddNote { text } = command else {
                return Err(Error::from(Refusal::Imported {}).into());
            };
            if text.trim().is_empty() {
                return Err(Error::from(Refusal::input("/add_note/text", InputRule::Required)).into());
            }
            if text.chars().count() > LONGEST {
                return Err(Error::from(Refusal::input("/add_note/text", InputRule::TooLong)).into());
            }
            if head.version != expected {
                return Err(Error::Stale { events: Vec::new() }.into());
            }
            let now = app.source().now();
            let event = Event {
                case: id,
                version: head.version + 1,
                at: now,
                by,
                stage: None,
                unit,
                catalogue: app.directory().current(now)?.catalogue.version,
                fact: Fact::Noted { text },
            };
            tx.append_note(head, &event, Some(&once.key)).await?;
            let done = Done { case: id, version: event.version };
            once.remember(tx, &done, now).await?;
            Ok(done)
        })
    })
    .await
}
