//! Row 5: peak memory, of Routewright when all is indexed and people have hovered, of
//! TypeScript 7 when it has answered once.

use super::first_answer::cold;
use crate::bench::budget::Workspace;
use crate::bench::report::{self, Figure};
use crate::bench::stats::Samples;
use crate::bench::{Bench, pick};
use crate::lsp::place::Place;
use crate::lsp::process;
use crate::lsp::server::Server;
use crate::lsp::session::{Ask, Session};

/// Hovers before Routewright's mark is read.
const HOVERS: usize = 100;

/// Measures the row.
pub fn measure(bench: &Bench<'_>, at: Option<&Place>) -> anyhow::Result<Vec<Figure>> {
    report::row(5, "peak memory, the index complete and 100 hovers answered");
    let at = pick::place(bench, at)?;
    let typescript = bench.ts7_for(&at)?;
    let mut ours = Vec::new();
    let mut ts7 = Vec::new();
    for _ in 0..bench.options.runs {
        if let Some(server) = &bench.ours {
            ours.push(hovered(bench, server, &at)?);
        }
        if let Some((server, at)) = &typescript {
            ts7.push(cold(bench, server, Ask::Definition, at)?.peak);
        }
    }
    // Only Linux tells a living process's mark; elsewhere the row stays empty.
    let figure = |key, what, of: fn(&Samples) -> f64| {
        let value = |runs: &[Option<f64>]| {
            let samples = runs.iter().copied().collect::<Option<Samples>>()?;
            (!runs.is_empty()).then(|| of(&samples))
        };
        Figure::memory(5, key, what).ours(value(&ours)).ts7(value(&ts7))
    };
    Ok(vec![
        figure("memory.median", "peak memory, median", Samples::median).budget(Workspace::of(&bench.dir).memory()),
        figure("memory.max", "  greatest", Samples::max),
    ])
}

fn hovered(bench: &Bench<'_>, server: &Server, at: &Place) -> anyhow::Result<Option<f64>> {
    let mut session = Session::start(&bench.dir, server, bench.options.timeout())?;
    let document = session.open(&at.file)?;
    session.index_end()?;
    for _ in 0..HOVERS {
        session.ask(Ask::Hover, &document, at)?;
    }
    let peak = process::peak_memory(session.pid());
    session.stop()?;
    Ok(peak)
}
