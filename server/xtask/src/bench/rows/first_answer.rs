//! Row 1: from the start of a process that has nothing cached to its first right answer.

use crate::bench::report::{self, Figure};
use crate::bench::stats::Samples;
use crate::bench::{Bench, budget};
use crate::lsp::place::Place;
use crate::lsp::server::Server;
use crate::lsp::session::{Ask, Session};
use crate::lsp::{answer, process};
use std::time::Duration;

/// One cold run.
pub struct Cold {
    /// From the start of the process to the first right answer.
    pub took: Duration,
    /// Peak memory right after that answer, in MiB.
    pub peak: Option<f64>,
    /// The answer in one line.
    pub said: String,
}

/// Measures the row; cold runs of the two servers alternate.
pub fn measure(bench: &Bench<'_>, at: &Place, definition: bool) -> anyhow::Result<Vec<Figure>> {
    let (ask, what) =
        if definition { (Ask::Definition, "first definition, median") } else { (Ask::Hover, "first hover, median") };
    report::row(1, "start of the process to the first right answer");
    let mut ours = Vec::new();
    let mut ts7 = Vec::new();
    let typescript = bench.ts7_for(at)?;
    for _ in 0..bench.options.runs {
        if let Some(server) = &bench.ours {
            ours.push(cold(bench, server, ask, at)?);
        }
        if let Some((server, at)) = &typescript {
            ts7.push(cold(bench, server, Ask::Definition, at)?);
        }
    }
    let samples = |name: &str, runs: &[Cold], ask: Ask, at: &Place| {
        let last = runs.last()?;
        report::note(&format!("{name}: {ask:?} at {at}\n    says: {}", last.said));
        Some(Samples::times(runs.iter().map(|run| run.took)))
    };
    let ours = samples("routewright", &ours, ask, at);
    let ts7 = typescript.and_then(|(server, at)| samples(server.name, &ts7, Ask::Definition, &at));
    let figure = |key, what, of: fn(&Samples) -> f64| {
        Figure::time(1, key, what).ours(ours.as_ref().map(of)).ts7(ts7.as_ref().map(of))
    };
    Ok(vec![
        figure("first.median", what, Samples::median).budget(budget::FIRST_ANSWER),
        figure("first.min", "  fastest run", Samples::min),
        figure("first.max", "  slowest run", Samples::max),
    ])
}

/// One cold run of one server.
pub fn cold(bench: &Bench<'_>, server: &Server, ask: Ask, at: &Place) -> anyhow::Result<Cold> {
    let mut session = Session::start(&bench.dir, server, bench.options.timeout())?;
    let document = session.open(&at.file)?;
    let first = session.first_answer(ask, &document, at)?;
    let peak = process::peak_memory(session.pid());
    let said = answer::in_short(&bench.dir, &first.value);
    session.stop()?;
    Ok(Cold { took: first.since_start, peak, said })
}
