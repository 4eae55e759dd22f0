//! Whether the store answers and what time it has, asked twice a second on a connection of its own.
//!
//! A database that hangs would let every request hang with it. Once it has not answered for as long as
//! `PATIENCE`, whatever waits for it is answered 503, and so is what comes, until it answers again.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::time::Timestamp;
use tokio::sync::watch;

use crate::error::{Error, Result};
use crate::state::App;

/// How often the store is asked.
const BEAT: Duration = Duration::from_millis(500);
/// A store that has not answered by then does not answer. With a beat it stays below three seconds.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// An answer that took longer says too little about the time it was given at.
const PROMPT: Duration = Duration::from_millis(500);
/// Clocks further apart than this count and expire differently.
const MOST_SKEW: TimeDelta = TimeDelta::seconds(2);
/// How long nothing is written after the database's clock has jumped: somebody may still put it right.
const SETTLE: Duration = Duration::from_secs(30);

/// What was heard last.
#[derive(Debug)]
pub struct Pulse {
    answers: watch::Sender<bool>,
    jumped: Mutex<Option<(Instant, TimeDelta)>>,
}

impl Default for Pulse {
    fn default() -> Self {
        Self { answers: watch::Sender::new(true), jumped: Mutex::default() }
    }
}

impl Pulse {
    /// Waits until the store does not answer; at once, where it does not now.
    pub async fn lost(&self) {
        // The sender lives as long as this, so waiting ends by its word alone.
        drop(self.answers.subscribe().wait_for(|answers| !answers).await);
    }

    /// Notes what came of asking; only a change is worth a line of the log.
    fn note(&self, heard: Option<&Error>) {
        let answers = heard.is_none();
        let changed = self.answers.send_if_modified(|before| std::mem::replace(before, answers) != answers);
        match heard {
            Some(error) if changed => {
                tracing::error!(%error, "the store does not answer: requests are turned away");
            }
            None if changed => tracing::info!("the store answers again"),
            _ => {}
        }
    }

    fn note_jump(&self, by: TimeDelta) {
        tracing::error!(
            seconds = by.num_seconds(),
            "the database's clock has jumped: nothing is written for a while"
        );
        *self.jumped.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), by));
    }

    fn jumped(&self) -> Option<TimeDelta> {
        let jumped = *self.jumped.lock().unwrap_or_else(PoisonError::into_inner);
        jumped.filter(|(at, _)| at.elapsed() < SETTLE).map(|(_, by)| by)
    }
}

/// Asks for the life of the server.
pub async fn follow(app: App) {
    loop {
        // What went wrong is noted, and every request is told.
        drop(beat(&app).await);
        tokio::select! {
            () = tokio::time::sleep(BEAT) => {}
            () = app.hub().closed() => return,
        }
    }
}

/// Asks once. Separate from [`follow`], so that readiness and tests ask when they like.
///
/// # Errors
/// `Unavailable` where the store did not answer in time.
pub async fn beat(app: &App) -> Result<()> {
    let asked = Instant::now();
    let answer = tokio::time::timeout(PATIENCE, app.store().clock_millis()).await;
    let shown = match answer {
        Ok(answer) => answer.map_err(Error::from),
        Err(_) => Err(Error::Unavailable(format!("no word for {} ms", PATIENCE.as_millis()))),
    };
    app.pulse().note(shown.as_ref().err());
    let Some(shown) = Timestamp::from_timestamp_millis(shown?) else {
        return Err(Error::ClockOff("the database's clock shows no time at all".to_owned()));
    };
    if asked.elapsed() <= PROMPT {
        let by = app.source().hear(shown);
        if by.abs() > MOST_SKEW {
            app.pulse().note_jump(by);
        }
    }
    Ok(())
}

/// Whether this server's clock may be written down: it agrees with the database's, and that one goes on steadily.
///
/// # Errors
/// `ClockOff`, in words.
pub fn clock_is_right(app: &App) -> Result<()> {
    let skew = app.source().skew();
    if skew > MOST_SKEW {
        let millis = skew.num_milliseconds();
        return Err(Error::ClockOff(format!(
            "the clocks of server and database differ by {millis} ms: nothing is written"
        )));
    }
    match app.pulse().jumped() {
        Some(by) => {
            let seconds = by.num_seconds();
            Err(Error::ClockOff(format!(
                "the database's clock jumped by {seconds} s a moment ago: nothing is written"
            )))
        }
        None => Ok(()),
    }
}
