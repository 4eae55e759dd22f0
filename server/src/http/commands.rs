//! Commands on cases: one, and the same on several.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::actor::Actor;
use domain::api::Problem;
use domain::api::audit::AuditKind;
use domain::api::case::{BulkCommand, BulkResult, Candidate, CandidatesAsk, CommandDone, ImportedView};
use domain::case::Command;
use domain::id::CaseId;
use domain::limits::BULK;

use crate::auth::session::SignedIn;
use crate::candidates::candidates;
use crate::carry::{Done, Once, Order};
use crate::error::{Error, Result};
use crate::extract::{self, IdempotencyKey, IfMatch, Path};
use crate::imported;
use crate::metrics::Timer;
use crate::middleware::address::Client;
use crate::state::App;

/// Carries out a command on a case.
#[utoipa::path(post, path = "/api/cases/{id}/commands", tag = "cases", request_body = Command,
    params(
        ("id" = CaseId, Path, description = "The case"),
        ("Idempotency-Key" = String, Header, description = "Makes the request safe to send again"),
        ("If-Match" = String, Header, description = "Version of the case it was decided on, in quotes"),
    ),
    responses(
        (status = 200, description = "Done; the case after it", body = CommandDone),
        (status = 403, description = "The rules refuse: grant, scope, separation", body = Problem),
        (status = 404, description = "No such case in scope", body = Problem),
        (status = 409, description = "The rules refuse: state", body = Problem),
        (status = 412, description = "Changed since; with the events since then", body = Problem),
        (status = 422, description = "The rules refuse: a field; or the key was used for another request",
            body = Problem),
        (status = 428, description = "Idempotency-Key or If-Match is missing", body = Problem),
    ))]
pub async fn command_case(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<CaseId>,
    key: IdempotencyKey,
    IfMatch(version): IfMatch,
    body: extract::Json<Command>,
) -> Result<Response> {
    let once = Once::new(&who.person.id, key, &format!("case {id} {version}"), &body.digest);
    match carry_out(&app, &who, id, version, body.value.clone(), once.clone()).await {
        Ok(done) => match app.view_at(&who, done.case, done.version).await {
            Ok(case) => Ok(Json(CommandDone { case, version: done.version }).into_response()),
            // The key was kept by a note on an imported case.
            Err(Error::NotFound) => noted(&app, &who, &done).await,
            Err(error) => Err(error),
        },
        Err(Error::NotFound) => {
            let done = imported::command(&app, &who.person, id, version, body.value, once).await?;
            noted(&app, &who, &done).await
        }
        Err(error) => Err(error),
    }
}

/// An imported case as it was after a note, however many came later: the same key gives the same answer.
async fn noted(app: &App, who: &SignedIn, done: &Done) -> Result<Response> {
    let mut imported = app.store().imported(done.case, &who.person.scope).await?.ok_or(Error::NotFound)?;
    imported.notes.retain(|note| note.version <= done.version);
    Ok(Json(ImportedView { imported, version: done.version }).into_response())
}

/// Carries out the same command on several cases, each by itself.
#[utoipa::path(post, path = "/api/cases/bulk", tag = "cases", request_body = BulkCommand,
    params(("Idempotency-Key" = String, Header, description = "Makes the request safe to send again")),
    responses(
        (status = 200, description = "A result per case, in the order sent", body = Vec<BulkResult>),
        (status = 422, description = "Too many cases, or a command that is not for several", body = Problem),
    ))]
pub async fn command_cases(
    State(app): State<App>,
    who: SignedIn,
    Client(address): Client,
    key: IdempotencyKey,
    body: extract::Json<BulkCommand>,
) -> Result<Json<Vec<BulkResult>>> {
    let BulkCommand { cases, command } = body.value;
    if cases.is_empty() || cases.len() > BULK {
        return Err(Error::invalid("/cases", format!("1 to {BULK} cases")));
    }
    if !for_several(&command) {
        return Err(Error::invalid("/command", format!("`{}` is not for several cases", command.name())));
    }
    let mut results = Vec::with_capacity(cases.len());
    for (index, (case, version)) in cases.into_iter().enumerate() {
        // Each case has a key of its own below the request's, so that what was cut off goes on where it stopped.
        let key = IdempotencyKey(format!("{}:{index}", key.0));
        let once = Once::new(&who.person.id, key, &format!("bulk {case} {version}"), &body.digest);
        let outcome = match carry_out(&app, &who, case, version, command.clone(), once.clone()).await {
            // An imported case refuses by its own name.
            Err(Error::NotFound) => {
                imported::command(&app, &who.person, case, version, command.clone(), once).await
            }
            outcome => outcome,
        };
        if matches!(outcome, Err(Error::NotFound)) {
            app.missed(&who, address, AuditKind::NotFound, format!("POST /api/cases/{case}/commands")).await;
        }
        results.push(match outcome {
            Ok(done) => BulkResult { case, version: Some(done.version), problem: None },
            Err(error) => BulkResult { case, version: None, problem: Some(error.into_problem()) },
        });
    }
    Ok(Json(results))
}

/// Who may be given these cases, with what they have in hand.
#[utoipa::path(post, path = "/api/cases/candidates", tag = "cases", request_body = CandidatesAsk, responses(
    (status = 200, description = "Who may take at least one of them", body = Vec<Candidate>),
    (status = 404, description = "A case is not in scope", body = Problem),
    (status = 422, description = "No case, or too many", body = Problem),
))]
pub async fn list_candidates(
    State(app): State<App>,
    who: SignedIn,
    body: extract::Json<CandidatesAsk>,
) -> Result<Json<Vec<Candidate>>> {
    let cases = body.value.cases;
    if cases.is_empty() || cases.len() > BULK {
        return Err(Error::invalid("/cases", format!("1 to {BULK} cases")));
    }
    Ok(Json(candidates(&app, &who.person, &cases).await?))
}

/// Commands that mean the same on several cases.
const fn for_several(command: &Command) -> bool {
    matches!(
        command,
        Command::Claim {}
            | Command::Unclaim {}
            | Command::Assign { .. }
            | Command::TransferHolding { .. }
            | Command::ConfirmTransfer {}
            | Command::SetPriority { .. }
            | Command::HandOver {}
            | Command::TakeBack {}
    )
}

async fn carry_out(
    app: &App,
    who: &SignedIn,
    case: CaseId,
    version: u64,
    command: Command,
    once: Once,
) -> Result<Done> {
    let timer = Timer::new();
    let name = command.name();
    let order = Order {
        actor: Actor::Person(who.person.as_ref().clone()),
        case,
        expected: Some(version),
        command,
        key: Some(once.key.clone()),
    };
    let done = app.carry_out(order, once).await;
    let outcome = match &done {
        Ok(_) => "done",
        Err(Error::Refused(_)) => "refused",
        Err(Error::Stale { .. }) => "stale",
        Err(_) => "failed",
    };
    app.metrics().command(name, outcome, timer.seconds());
    done
}
