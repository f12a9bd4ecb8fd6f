//! Row 3: answers over stdio when everything is warm.

use crate::bench::report::{self, Figure};
use crate::bench::stats::Samples;
use crate::bench::{Bench, budget};
use crate::lsp::answer;
use crate::lsp::place::Place;
use crate::lsp::server::Server;
use crate::lsp::session::{Ask, Session};

/// Requests of each kind before the clock counts.
const UNTIMED: u16 = 20;

/// What one server does.
struct Warm {
    hover: Samples,
    definition: Samples,
}

/// Measures the row.
pub fn measure(bench: &Bench<'_>, at: &Place) -> anyhow::Result<Vec<Figure>> {
    report::row(3, &format!("{} hovers and definitions, one at a time", bench.options.requests));
    let ours = match &bench.ours {
        Some(server) => Some(warm(bench, server, Ask::Hover, at, true)?),
        None => None,
    };
    let ts7 = match bench.ts7_for(at)? {
        Some((server, at)) => Some(warm(bench, server, Ask::Definition, &at, false)?),
        None => None,
    };
    let figure = |key, what, of: &dyn Fn(&Warm) -> f64| {
        Figure::time(3, key, what).ours(ours.as_ref().map(of)).ts7(ts7.as_ref().map(of))
    };
    Ok(vec![
        figure("hover.p50", "warm hover, p50", &|warm| warm.hover.median()).budget(budget::WARM_MEDIAN),
        figure("hover.p99", "  p99", &|warm| warm.hover.percentile(99.0)).budget(budget::WARM_P99),
        figure("hover.max", "  slowest", &|warm| warm.hover.max()),
        figure("definition.p50", "warm definition, p50", &|warm| warm.definition.median()).budget(budget::WARM_MEDIAN),
        figure("definition.p99", "  p99", &|warm| warm.definition.percentile(99.0)).budget(budget::WARM_P99),
        figure("definition.max", "  slowest", &|warm| warm.definition.max()),
    ])
}

fn warm(bench: &Bench<'_>, server: &Server, first: Ask, at: &Place, has_index: bool) -> anyhow::Result<Warm> {
    let mut session = Session::start(&bench.dir, server, bench.options.timeout())?;
    let document = session.open(&at.file)?;
    if has_index {
        session.index_end()?;
    }
    session.first_answer(first, &document, at)?;
    let mut silent = 0;
    let mut timed = |ask: Ask| -> anyhow::Result<Samples> {
        for _ in 0..UNTIMED {
            session.ask(ask, &document, at)?;
        }
        let mut times = Vec::new();
        for _ in 0..bench.options.requests {
            let answer = session.ask(ask, &document, at)?;
            silent += usize::from(answer::says_nothing(&answer.value));
            times.push(answer.took());
        }
        Ok(Samples::times(times))
    };
    let hover = timed(Ask::Hover)?;
    let definition = timed(Ask::Definition)?;
    report::note(&format!("{}: at {at}", server.name));
    if silent > 0 {
        report::note(&format!("  {silent} of the answers said nothing"));
    }
    session.stop()?;
    Ok(Warm { hover, definition })
}
