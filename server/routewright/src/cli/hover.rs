//! `routewright hover`: what is known about the endpoint at a place.

use ide::FilePosition;

use super::screen::Screen;
use super::{Format, json, markdown, place, stop::Stop};

/// Shows the hover that an editor would show: who calls and which pages carry an action is known once
/// the whole workspace is, and here nobody minds waiting for that.
pub fn run(text: &str, format: Format, screen: &Screen) -> Result<(), Stop> {
    let place::Found { snap, file, offset, lines } = place::find_and_scan(text)?;
    snap.find_carriers();
    let hover = ide::hover(&snap, &ide::Config::default(), FilePosition { file, offset });
    match (format, hover) {
        (Format::Json, hover) => json::print(&json::Hover::new(hover.as_ref(), &lines)),
        (Format::Text, Some(hover)) => Ok(screen.print(&markdown::render(&hover.markdown))?),
        (Format::Text, None) => Ok(screen.print(&[format!("no endpoint at {text}")])?),
    }
}
