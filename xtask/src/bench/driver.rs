//! Sends what a load asks for: at a steady rate (open loop) for latencies, as fast as it is answered for the peak.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::http::{Answer, Connection, Request};
use super::latency::Latencies;
use super::schedule::{Pacer, Schedule};

/// Between opening the connections and the first request.
const LEAD: Duration = Duration::from_millis(50);

/// What is asked, and what is made of the answers.
pub trait Load: 'static {
    /// What a request is remembered by until its answer.
    type Ticket: 'static;

    /// The next request; none where there is nothing left to ask.
    fn ask(&self) -> Option<(Request, Self::Ticket)>;

    /// What the answer was worth.
    fn told(&self, ticket: Self::Ticket, answer: &Answer) -> Outcome;
}

/// What an answer was worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What was asked for.
    Done,
    /// There was nothing to give: neither done nor wrong.
    Nothing,
    /// Not what was asked for.
    Wrong(String),
}

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Of every request that was done or failed, from the time it was to start (open loop) or was sent (peak).
    pub latencies: Latencies,
    /// How many were done.
    pub done: u32,
    /// How many failed.
    pub failed: u32,
    /// What the first failure said.
    pub failure: Option<String>,
    /// From the first request to the last answer that counts.
    pub elapsed: Duration,
}

impl Run {
    /// Done a second.
    pub fn per_second(&self) -> f64 {
        f64::from(self.done) / self.elapsed.as_secs_f64().max(1e-9)
    }

    fn note(&mut self, latency: Duration, outcome: Outcome, since_start: Duration) {
        match outcome {
            Outcome::Nothing => return,
            Outcome::Done => self.done += 1,
            Outcome::Wrong(what) => self.fail(what),
        }
        self.latencies.push(latency);
        self.elapsed = since_start;
    }

    fn fail(&mut self, what: String) {
        self.failed += 1;
        self.failure.get_or_insert(what);
    }
}

/// Sends requests at a rate for a time over so many connections. Bounded: what is not answered a while after the last
/// was due counts as failed, with the time waited until then.
pub async fn steady<L: Load>(
    address: SocketAddr,
    load: &Rc<L>,
    per_second: u32,
    time: Duration,
    connections: usize,
) -> Result<Run> {
    let open = connect(address, connections).await?;
    let schedule = Schedule::new(Instant::now() + LEAD, per_second);
    let count = schedule.count(time);
    let gate = Arc::new(Semaphore::new(0));
    let state = Rc::new(Steady {
        schedule,
        next: Cell::new(0),
        waiting: RefCell::new(vec![false; count as usize]),
        run: RefCell::default(),
    });
    let mut clients = JoinSet::new();
    for connection in open {
        let (state, load, gate) = (Rc::clone(&state), Rc::clone(load), Arc::clone(&gate));
        clients.spawn_local(async move { state.client(&*load, connection, &gate, count).await });
    }
    let pacer = Pacer::start(schedule, count, gate, connections);
    let deadline = schedule.due(count) + time + Duration::from_secs(5);
    let all = async { while clients.join_next().await.is_some() {} };
    drop(tokio::time::timeout_at(deadline.into(), all).await);
    drop(clients);
    drop(pacer);
    let mut run = state.run.take();
    for index in (0..count).filter(|index| state.waiting.borrow()[*index as usize]) {
        run.latencies.push(deadline - schedule.due(index));
        run.fail("no answer before the run ended".to_owned());
    }
    Ok(run)
}

struct Steady {
    schedule: Schedule,
    next: Cell<u32>,
    waiting: RefCell<Vec<bool>>,
    run: RefCell<Run>,
}

impl Steady {
    async fn client<L: Load>(&self, load: &L, mut connection: Connection, gate: &Semaphore, count: u32) {
        while let Ok(permit) = gate.acquire().await {
            permit.forget();
            let index = self.next.get();
            if index >= count {
                return;
            }
            let Some((request, ticket)) = load.ask() else { return };
            self.next.set(index + 1);
            self.waiting.borrow_mut()[index as usize] = true;
            let answer = connection.send(request).await;
            let now = Instant::now();
            self.waiting.borrow_mut()[index as usize] = false;
            let outcome = judge(load, ticket, answer);
            let since = now - self.schedule.due(0);
            self.run.borrow_mut().note(now - self.schedule.due(index), outcome, since);
        }
    }
}

/// Sends the next request on each connection as soon as the one before is answered: how much there can be. Latencies of
/// such a run say nothing about a steady rate.
pub async fn peak<L: Load>(
    address: SocketAddr,
    load: &Rc<L>,
    time: Duration,
    connections: usize,
) -> Result<Run> {
    let open = connect(address, connections).await?;
    let start = Instant::now();
    let run = Rc::new(RefCell::new(Run::default()));
    let mut clients = JoinSet::new();
    for mut connection in open {
        let (run, load) = (Rc::clone(&run), Rc::clone(load));
        clients.spawn_local(async move {
            while start.elapsed() < time {
                let Some((request, ticket)) = load.ask() else { return };
                let sent = Instant::now();
                let answer = connection.send(request).await;
                let outcome = judge(&*load, ticket, answer);
                run.borrow_mut().note(sent.elapsed(), outcome, start.elapsed());
            }
        });
    }
    while clients.join_next().await.is_some() {}
    Ok(run.take())
}

fn judge<L: Load>(load: &L, ticket: L::Ticket, answer: Result<Answer>) -> Outcome {
    match answer {
        Ok(answer) => load.told(ticket, &answer),
        Err(error) => Outcome::Wrong(format!("{error:#}")),
    }
}

async fn connect(address: SocketAddr, connections: usize) -> Result<Vec<Connection>> {
    let mut open = Vec::with_capacity(connections);
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    Ok(open)
}
