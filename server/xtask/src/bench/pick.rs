//! Finding a place to ask at when the command line names none.

use super::Bench;
use crate::lsp::place::Place;
use crate::lsp::process;
use anyhow::{Context, bail};
use serde_json::Value;

/// The place given, or the one that Routewright's own list of calls suggests: an action called
/// without doubt, because TypeScript can follow that one, too; failing that, any linked call.
pub fn place(bench: &Bench<'_>, given: Option<&Place>) -> anyhow::Result<Place> {
    if let Some(place) = given {
        return Ok(place.clone());
    }
    let Some(ours) = &bench.ours else {
        bail!("without Routewright to choose one, the place has to be named: FILE:LINE:COL");
    };
    let dir = bench.dir.to_string_lossy();
    let args = ["calls", &dir, "--format", "json"];
    let listing = process::run(&ours.program, &args, &bench.dir)?.stdout;
    let listing: Value = serde_json::from_slice(&listing).context("`routewright calls` printed no JSON")?;
    let calls = listing["calls"].as_array().map_or(&[][..], Vec::as_slice);
    let linked = || calls.iter().filter(|call| call["targets"].get(0).is_some());
    linked()
        .find(|call| call["certainty"] == "exact" && call["targets"][0]["kind"] == "action")
        .or_else(|| linked().next())
        .and_then(place_of)
        .context("`routewright calls` lists no linked call; name a place: FILE:LINE:COL")
}

fn place_of(call: &Value) -> Option<Place> {
    let number = |key: &str| usize::try_from(call[key].as_u64()?).ok();
    Some(Place { file: call["file"].as_str()?.into(), line: number("line")?, column: number("column")? })
}
