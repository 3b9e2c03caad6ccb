//! Figures of the running process, as Prometheus reads them.

use std::sync::Arc;

use http::{Method, StatusCode};
use metrics::{Counter, Gauge, Histogram, Key, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

use super::routes::RouteMap;

/// Keeps counters and writes them out. One for the process.
#[derive(Clone)]
pub struct Metrics {
    recorder: Arc<PrometheusRecorder>,
    handle: PrometheusHandle,
}

#[derive(Debug, thiserror::Error)]
pub enum MetricsError {
    #[error("the figures of the process are set up twice")]
    Twice,
    #[error("the figures of the process cannot be set up: {0}")]
    Unbuilt(#[from] metrics_exporter_prometheus::BuildError),
}

const SECONDS: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

impl Metrics {
    /// For the program: everything that counts anywhere in the process is heard.
    pub fn install() -> Result<Metrics, MetricsError> {
        let metrics = Metrics::apart()?;
        metrics::set_global_recorder(metrics.recorder.clone()).map_err(|_| MetricsError::Twice)?;
        Ok(metrics)
    }

    /// For a test: hears only its own site.
    pub fn apart() -> Result<Metrics, MetricsError> {
        let recorder = PrometheusBuilder::new().set_buckets(SECONDS)?.build_recorder();
        Ok(Metrics { handle: recorder.handle(), recorder: Arc::new(recorder) })
    }

    pub(crate) fn text(&self) -> String {
        let mut text = self.handle.render();
        text.push_str(&process_text());
        text
    }

    /// Samples wait in memory until somebody gathers them.
    pub(crate) fn gather(&self) {
        self.handle.run_upkeep();
    }
}

/// The counters of every route, made once: counting a request looks nothing up.
pub(crate) struct Counters {
    routes: Vec<RouteCounters>,
    elsewhere: RouteCounters,
    pub kept: Counter,
    pub connections: Gauge,
    pub refused_connections: Counter,
}

struct RouteCounters {
    /// By the first digit of the status, 2 to 5.
    by_status: [Counter; 4],
    seconds: Histogram,
}

const METADATA: Metadata<'static> = Metadata::new("lienthong", Level::INFO, Some(module_path!()));

impl Counters {
    pub fn new(metrics: &Metrics, map: &RouteMap) -> Counters {
        let recorder = &*metrics.recorder;
        describe(recorder);
        let routes = map.list().iter();
        Counters {
            routes: routes.map(|at| RouteCounters::new(recorder, &at.method, at.path)).collect(),
            elsewhere: RouteCounters::new(recorder, &Method::GET, "-"),
            kept: counter(recorder, "http_pages_kept_total", vec![]),
            connections: recorder
                .register_gauge(&Key::from_static_name("http_connections"), &METADATA),
            refused_connections: counter(recorder, "http_connections_refused_total", vec![]),
        }
    }

    pub fn count(&self, place: Option<usize>, status: StatusCode, seconds: f64) {
        let at = place.and_then(|place| self.routes.get(place)).unwrap_or(&self.elsewhere);
        let digit = usize::from(status.as_u16() / 100).clamp(2, 5) - 2;
        at.by_status[digit].increment(1);
        at.seconds.record(seconds);
    }
}

impl RouteCounters {
    fn new(recorder: &PrometheusRecorder, method: &Method, route: &'static str) -> RouteCounters {
        let labels = || vec![Label::new("method", method.to_string()), Label::new("route", route)];
        let of = |status: &'static str| {
            let labels = [labels(), vec![Label::new("status", status)]].concat();
            counter(recorder, "http_requests_total", labels)
        };
        let seconds = Key::from_parts("http_request_seconds", labels());
        RouteCounters {
            by_status: ["2xx", "3xx", "4xx", "5xx"].map(of),
            seconds: recorder.register_histogram(&seconds, &METADATA),
        }
    }
}

fn counter(recorder: &PrometheusRecorder, name: &'static str, labels: Vec<Label>) -> Counter {
    recorder.register_counter(&Key::from_parts(name, labels), &METADATA)
}

fn describe(recorder: &PrometheusRecorder) {
    let counts = [
        ("http_requests_total", "Requests answered, by route and status."),
        ("http_pages_kept_total", "Answers given from the kept public pages."),
        ("http_connections_refused_total", "Connections refused because too many were open."),
    ];
    for (name, text) in counts {
        recorder.describe_counter(name.into(), None, text.into());
    }
    recorder.describe_gauge("http_connections".into(), None, "Open connections.".into());
    let seconds = "Time from the headers of a request to those of its answer.";
    recorder.describe_histogram("http_request_seconds".into(), None, seconds.into());
}

/// What Linux says about this process; empty elsewhere.
fn process_text() -> String {
    let Ok(stat) = std::fs::read_to_string("/proc/self/stat") else { return String::new() };
    // The name of the program, in brackets, may hold anything: count from behind it.
    let fields: Vec<&str> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let field = |place: usize| fields.get(place).and_then(|text| text.parse::<u64>().ok());
    let files = std::fs::read_dir("/proc/self/fd").map(|files| files.count()).unwrap_or_default();
    // Times in hundredths of a second, memory in pages of 4 KiB: fixed on the Linux we run on.
    let cpu = field(11).unwrap_or_default() + field(12).unwrap_or_default();
    let resident = field(21).unwrap_or_default() * 4096;
    format!(
        "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total {}\n\
         # TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes {resident}\n\
         # TYPE process_open_fds gauge\nprocess_open_fds {files}\n",
        cpu as f64 / 100.0
    )
}
