//! What each colour means. Colour marks the method and what is uncertain; everything that the eye
//! may skip is dim; all else keeps the terminal's own colour.

use anstyle::{AnsiColor, Style};

/// Text in the terminal's own colour.
pub const PLAIN: Style = Style::new();
/// Headings.
pub const BOLD: Style = Style::new().bold();
/// What the eye may skip: places, notes, repetitions.
pub const DIM: Style = Style::new().dimmed();
/// Code within prose.
pub const CODE: Style = colored(AnsiColor::Cyan);
/// A guess that deserves a look.
pub const UNSURE: Style = colored(AnsiColor::Yellow);

/// A method in the colour that HTTP clients have taught everyone.
pub fn method(name: Option<&str>) -> Style {
    match name {
        Some("GET") => colored(AnsiColor::Green),
        Some("POST") => colored(AnsiColor::Yellow),
        Some("PUT") => colored(AnsiColor::Blue),
        Some("PATCH") => colored(AnsiColor::Magenta),
        Some("DELETE") => colored(AnsiColor::Red),
        _ => DIM,
    }
}

const fn colored(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi(color)))
}
