//! Row 4: one letter typed, or deleted again, until a hover has seen it. An upper bound for the
//! time that facts and links take: the hover and both ways over the pipe are in it.

use crate::bench::report::{self, Figure};
use crate::bench::stats::Samples;
use crate::bench::{Bench, budget, source};
use crate::lsp::place::Place;
use crate::lsp::server::Server;
use crate::lsp::session::{Ask, Session};
use anyhow::Context;
use std::path::Path;

/// Keystrokes before the clock counts.
const UNTIMED: u16 = 20;

/// Measures the row. The hover is at `--hover-at`, else at `link` if that stands in the same file,
/// else at the name that is typed at.
pub fn measure(bench: &Bench<'_>, file: &Path, link: Option<&Place>) -> anyhow::Result<Vec<Figure>> {
    let path = bench.dir.join(file);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let link = link.filter(|at| at.file == file);
    let hover_at = bench.options.hover_at.as_ref().or(link);
    let hover_line = hover_at.map(|at| at.line);
    let (line, column) = source::typing_place(&text, hover_line)
        .with_context(|| format!("{} declares no local `const` to type at", file.display()))?;
    let typing = Place { file: file.to_owned(), line, column };
    // The name just before the letter stays where it is.
    let hover = hover_at.cloned().unwrap_or_else(|| Place { column: column - 1, ..typing.clone() });
    report::row(4, &format!("{} keystrokes, each with a hover", bench.options.keystrokes));
    report::note(&format!("typing at {typing} ({} KB)", text.len() / 1000));
    let ours = match &bench.ours {
        Some(server) => Some(keystrokes(bench, server, &typing, &hover, true)?),
        None => None,
    };
    let typescript = match hover_at {
        Some(_) => bench.ts7_for(&hover)?,
        None => bench.ts7.as_ref().map(|server| (server, hover.clone())),
    };
    let ts7 = match typescript {
        Some((server, at)) => Some(keystrokes(bench, server, &typing, &at, false)?),
        None => None,
    };
    let figure = |key, what, of: &dyn Fn(&Samples) -> f64| {
        Figure::time(4, key, what).ours(ours.as_ref().map(of)).ts7(ts7.as_ref().map(of))
    };
    Ok(vec![
        figure("keystroke.p50", "keystroke and hover, p50", &Samples::median),
        figure("keystroke.p99", "  p99", &|samples| samples.percentile(99.0)).budget(budget::KEYSTROKE_P99),
        figure("keystroke.max", "  slowest", &Samples::max),
    ])
}

fn keystrokes(
    bench: &Bench<'_>,
    server: &Server,
    typing: &Place,
    hover: &Place,
    has_index: bool,
) -> anyhow::Result<Samples> {
    let mut session = Session::start(&bench.dir, server, bench.options.timeout())?;
    let mut document = session.open(&typing.file)?;
    let asked = if hover.file == typing.file { None } else { Some(session.open(&hover.file)?) };
    if has_index {
        session.index_end()?;
    }
    session.ask(Ask::Hover, asked.as_ref().unwrap_or(&document), hover)?;
    let mut times = Vec::new();
    for stroke in 0..UNTIMED + bench.options.keystrokes {
        let (columns, letter) = if stroke % 2 == 0 {
            ((typing.column, typing.column), "x")
        } else {
            ((typing.column, typing.column + 1), "")
        };
        let typed = session.change(&mut document, typing.line, columns, letter)?;
        let answer = session.ask(Ask::Hover, asked.as_ref().unwrap_or(&document), hover)?;
        if stroke >= UNTIMED {
            times.push(answer.arrived - typed);
        }
    }
    report::note(&format!("{}: hover at {hover}", server.name));
    session.stop()?;
    Ok(Samples::times(times))
}
