//! The request being answered: its id, known wherever the answer or a log line is made.

use uuid::Uuid;

tokio::task_local! {
    static ID: Uuid;
}

/// Runs the rest of a request under its id.
pub async fn under<F: Future>(id: Uuid, rest: F) -> F::Output {
    ID.scope(id, rest).await
}

/// The id of the request this task answers; none outside of one.
pub fn id() -> Option<Uuid> {
    ID.try_with(|id| *id).ok()
}
