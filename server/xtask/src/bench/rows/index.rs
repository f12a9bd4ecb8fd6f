//! Row 2: the whole index with all links, in the server and on the command line, beside
//! TypeScript 7's first right definition.

use super::first_answer::{Cold, cold};
use crate::bench::budget::Workspace;
use crate::bench::report::{self, Figure};
use crate::bench::stats::Samples;
use crate::bench::{Bench, pick};
use crate::lsp::place::Place;
use crate::lsp::process::{self, Finished};
use crate::lsp::server::Server;
use crate::lsp::session::{Ask, Session};
use serde_json::Value;
use std::time::Duration;

/// What Routewright does in one run.
struct Run {
    in_server: Duration,
    endpoints: Finished,
    calls: Finished,
}

/// Measures the row; runs of the two servers alternate.
pub fn measure(bench: &Bench<'_>, at: Option<&Place>) -> anyhow::Result<Vec<Figure>> {
    report::row(2, "the whole index; TypeScript 7: its first right definition");
    let typescript = match &bench.ts7 {
        Some(_) => bench.ts7_for(&pick::place(bench, at)?)?,
        None => None,
    };
    let mut ours = Vec::new();
    let mut ts7 = Vec::new();
    for _ in 0..bench.options.runs {
        if let Some(server) = &bench.ours {
            ours.push(run(bench, server)?);
        }
        if let Some((server, at)) = &typescript {
            ts7.push(cold(bench, server, Ask::Definition, at)?);
        }
    }
    if let Some(last) = ours.last() {
        report::note(&what_was_found(last));
        let times = Samples::times(ours.iter().map(|run| run.in_server));
        report::spread("routewright's index", &times);
    }
    if !ts7.is_empty() {
        let times = Samples::times(ts7.iter().map(|run| run.took));
        report::spread("TypeScript 7", &times);
    }
    let ts7_time = median(&ts7, |run: &Cold| Some(milliseconds(run.took)));
    let ts7_peak = median(&ts7, |run: &Cold| run.peak);
    let time = |key, what, of: fn(&Run) -> Duration| {
        Figure::time(2, key, what)
            .ours(median(&ours, |run| Some(milliseconds(of(run)))))
            .ts7(ts7_time)
            .budget(Workspace::of(&bench.dir).index())
    };
    let peak =
        |key, what, of: fn(&Run) -> Option<f64>| Figure::memory(2, key, what).ours(median(&ours, of)).ts7(ts7_peak);
    Ok(vec![
        time("index.server", "index in the server", |run| run.in_server),
        time("endpoints.wall", "`endpoints`, whole process", |run| run.endpoints.wall),
        time("calls.wall", "`calls`, whole process", |run| run.calls.wall),
        peak("endpoints.memory", "`endpoints`, peak memory", |run| run.endpoints.peak),
        peak("calls.memory", "`calls`, peak memory", |run| run.calls.peak),
    ])
}

fn run(bench: &Bench<'_>, server: &Server) -> anyhow::Result<Run> {
    let dir = bench.dir.to_string_lossy();
    let list = |what| process::run(&server.program, &[what, &dir, "--format", "json"], &bench.dir);
    let endpoints = list("endpoints")?;
    let calls = list("calls")?;
    let mut session = Session::start(&bench.dir, server, bench.options.timeout())?;
    let in_server = session.index_end()? - session.initialized;
    session.stop()?;
    Ok(Run { in_server, endpoints, calls })
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The median over the runs; `None` when a run has no value, or there is none.
fn median<T>(runs: &[T], of: impl Fn(&T) -> Option<f64>) -> Option<f64> {
    let values = runs.iter().map(of).collect::<Option<Samples>>()?;
    (!runs.is_empty()).then(|| values.median())
}

fn what_was_found(run: &Run) -> String {
    let count = |json: &[u8], key: &str, counts: fn(&Value) -> bool| {
        let listing: Value = serde_json::from_slice(json).unwrap_or_default();
        let list = listing[key].as_array();
        list.map_or(0, |list| list.iter().filter(|entry| counts(entry)).count())
    };
    let endpoints = count(&run.endpoints.stdout, "endpoints", |_| true);
    let calls = count(&run.calls.stdout, "calls", |_| true);
    let linked = count(&run.calls.stdout, "calls", |call| call["targets"].get(0).is_some());
    format!("found {endpoints} endpoints and {calls} calls, {linked} of them linked")
}
