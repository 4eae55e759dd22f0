//! Figures for Prometheus: requests, commands, queues, the pool, the lag of the feed. None names a person.

use std::time::Instant;

use axum::http::{Method, StatusCode};
use domain::post::Queue;
use metrics::{Key, Label, Level, Metadata, Recorder as _};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

static METADATA: Metadata<'static> = Metadata::new(module_path!(), Level::INFO, Some(module_path!()));

/// Upper bounds of the latency histograms, seconds: fine where the promises of 5 and 25 ms lie.
const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Timer(Instant);

impl Timer {
    /// From now on.
    #[expect(clippy::new_without_default, reason = "a timer is begun, not made out of nothing")]
    pub fn new() -> Self {
        Self(Instant::now())
    }

    /// Seconds so far.
    pub fn seconds(self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// The figures of this process. Each holds its own registry, so that several servers can run in one test.
pub struct Metrics {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

impl Metrics {
    /// Nothing counted yet.
    pub fn new() -> anyhow::Result<Self> {
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?
            .build_recorder();
        let handle = recorder.handle();
        Ok(Self { recorder, handle })
    }

    /// A request was answered.
    pub fn request(&self, method: &Method, route: &str, status: StatusCode, seconds: f64) {
        let labels = vec![
            Label::new("method", method_label(method)),
            Label::new("route", route.to_owned()),
            Label::new("status", status.as_str().to_owned()),
        ];
        let key = Key::from_parts("plumbline_request_seconds", labels);
        self.recorder.register_histogram(&key, &METADATA).record(seconds);
    }

    /// A command was carried out or refused.
    pub fn command(&self, command: &'static str, outcome: &'static str, seconds: f64) {
        let labels = vec![Label::new("command", command), Label::new("outcome", outcome)];
        let key = Key::from_parts("plumbline_command_seconds", labels);
        self.recorder.register_histogram(&key, &METADATA).record(seconds);
    }

    /// A sign-in was tried.
    pub fn sign_in(&self, outcome: &'static str) {
        let key = Key::from_parts("plumbline_sign_ins_total", vec![Label::new("outcome", outcome)]);
        self.recorder.register_counter(&key, &METADATA).increment(1);
    }

    /// A connection was one too many.
    pub fn refused_connection(&self) {
        let key = Key::from_name("plumbline_connections_refused_total");
        self.recorder.register_counter(&key, &METADATA).increment(1);
    }

    /// How many cases are to be done in a queue, and how many of them are late.
    pub fn queue(&self, queue: Queue, depth: u64, overdue: u64) {
        let label = || vec![Label::new("queue", queue.as_str())];
        self.gauge("plumbline_queue_depth", label(), real(depth));
        self.gauge("plumbline_queue_overdue", label(), real(overdue));
    }

    /// How long ago the oldest open case of a queue was received.
    pub fn oldest(&self, queue: Queue, seconds: i64) {
        let labels = vec![Label::new("queue", queue.as_str())];
        self.gauge("plumbline_queue_oldest_age_seconds", labels, real(seconds.max(0).unsigned_abs()));
    }

    /// Connections of a pool, open and idle.
    pub fn pool(&self, pool: &'static str, size: u64, idle: u64) {
        self.gauge("plumbline_pool_connections", vec![Label::new("pool", pool)], real(size));
        self.gauge("plumbline_pool_idle", vec![Label::new("pool", pool)], real(idle));
    }

    /// How far behind the newest change the feed is, and how many browsers listen.
    pub fn live(&self, lag_seconds: f64, listeners: usize) {
        self.gauge("plumbline_event_lag_seconds", Vec::new(), lag_seconds);
        self.gauge("plumbline_live_connections", Vec::new(), real(listeners as u64));
    }

    /// The text Prometheus reads.
    pub fn render(&self) -> String {
        self.handle.run_upkeep();
        self.handle.render()
    }

    fn gauge(&self, name: &'static str, labels: Vec<Label>, value: f64) {
        self.recorder.register_gauge(&Key::from_parts(name, labels), &METADATA).set(value);
    }
}

/// The method as a label: a stranger may send any word as one, and each would be a series of its own for good.
fn method_label(method: &Method) -> &'static str {
    const KNOWN: [Method; 7] = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
    ];
    const NAMES: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.iter().position(|known| known == method).map_or("other", |at| NAMES[at])
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders_what_was_counted() {
        let metrics = Metrics::new().unwrap();
        metrics.request(&Method::GET, "/api/queues", StatusCode::OK, 0.004);
        metrics.queue(Queue::FinalCheck, 3, 1);
        let text = metrics.render();
        assert!(text.contains("plumbline_request_seconds_bucket{method=\"GET\",route=\"/api/queues\",status=\"200\",le=\"0.005\"} 1"), "{text}");
        assert!(text.contains("plumbline_queue_depth{queue=\"final-check\"} 3"), "{text}");
    }
}
