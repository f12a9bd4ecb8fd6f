//! `routewright hover`: what is known about the endpoint at a place.

use ide::FilePosition;

use super::screen::Screen;
use super::{Format, json, markdown, place, stop::Stop};

/// Shows the hover that an editor would show.
pub fn run(text: &str, format: Format, screen: &Screen) -> Result<(), Stop> {
    let hover = |found: &place::Found| {
        ide::hover(&found.snap, &ide::Config::default(), FilePosition { file: found.file, offset: found.offset })
    };
    let (place::Found { lines, .. }, hover) = place::ask(text, hover)?;
    match (format, hover) {
        (Format::Json, hover) => json::print(&json::Hover::new(hover.as_ref(), &lines)),
        (Format::Text, Some(hover)) => Ok(screen.print(&markdown::render(&hover.markdown))?),
        (Format::Text, None) => Ok(screen.print(&[format!("no endpoint at {text}")])?),
    }
}
