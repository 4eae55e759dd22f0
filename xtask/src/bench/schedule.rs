//! When requests are due, whatever the server makes of those before: the open loop.
//!
//! A client that sends the next request when the last is answered waits with a slow server and never sees what others
//! would have waited (coordinated omission). Here every request has a time at which it was to start, and its latency is
//! counted from then, also where no connection was free.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;

/// Requests at a steady rate.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    start: Instant,
    per_second: u32,
}

impl Schedule {
    /// From a start on, so many a second.
    pub fn new(start: Instant, per_second: u32) -> Self {
        Self { start, per_second }
    }

    /// When the request of that index, from 0, is to start. Counted from the start and not from the one before, so that
    /// nothing adds up.
    pub fn due(&self, index: u32) -> Instant {
        let nanos = u64::from(index) * 1_000_000_000 / u64::from(self.per_second);
        self.start + Duration::from_nanos(nanos)
    }

    /// How many requests start within a time.
    pub fn count(&self, time: Duration) -> u32 {
        let count = time.as_millis() * u128::from(self.per_second) / 1_000;
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

/// Opens a gate once for each request when it is due, from a thread of its own: the timer of the client's runtime is
/// as coarse as a millisecond, a good part of some bars.
pub struct Pacer {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Pacer {
    /// Starts it; after the last request the gate opens once more for each client, who finds nothing left.
    pub fn start(schedule: Schedule, count: u32, gate: Arc<Semaphore>, clients: usize) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            for index in 0..count {
                std::thread::sleep(schedule.due(index).saturating_duration_since(Instant::now()));
                if stopped.load(Ordering::Relaxed) {
                    break;
                }
                gate.add_permits(1);
            }
            gate.add_permits(clients);
        });
        Self { stop, thread: Some(thread) }
    }
}

impl Drop for Pacer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It only sleeps and counts.
            drop(thread.join());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_due_at_even_distances_from_the_start() {
        let start = Instant::now();
        let schedule = Schedule::new(start, 200);
        assert_eq!(schedule.due(0), start);
        assert_eq!(schedule.due(1), start + Duration::from_millis(5));
        assert_eq!(schedule.due(2_000), start + Duration::from_secs(10));
        // A rate that does not divide a second loses nothing on the way.
        assert_eq!(Schedule::new(start, 3).due(300), start + Duration::from_secs(100));
    }

    #[test]
    fn as_many_start_as_the_time_holds() {
        let schedule = Schedule::new(Instant::now(), 500);
        assert_eq!(schedule.count(Duration::from_secs(10)), 5_000);
        assert_eq!(schedule.count(Duration::from_millis(999)), 499);
        assert_eq!(schedule.count(Duration::ZERO), 0);
    }

    #[tokio::test]
    async fn the_gate_opens_once_for_each_request_and_never_early() {
        let gate = Arc::new(Semaphore::new(0));
        let schedule = Schedule::new(Instant::now(), 1_000);
        let _pacer = Pacer::start(schedule, 20, Arc::clone(&gate), 2);
        for index in 0..20 {
            gate.acquire().await.unwrap().forget();
            assert!(Instant::now() >= schedule.due(index));
        }
        // One for each client.
        gate.acquire_many(2).await.unwrap().forget();
        assert_eq!(gate.available_permits(), 0);
    }
}
