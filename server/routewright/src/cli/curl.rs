//! `routewright endpoints --curl`: a request to the endpoint at a place.

use std::io::{self, Write};

use ide::FilePosition;

use super::screen::Screen;
use super::{place, stop::Stop};

/// How a request is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    /// A `curl` command for a POSIX shell.
    Command,
    /// A request of an `.http` file.
    HttpFile,
    /// A command that posts a form as a browser without JavaScript does.
    Form,
}

/// Prints the requests; what has to be known beside a command goes to standard error, so that the
/// command can be piped on.
pub fn run(text: &str, form: As, screen: &Screen) -> Result<(), Stop> {
    let place::Found { snap, file, offset, .. } = place::find(text)?;
    let ask = if form == As::Form { ide::form_post } else { ide::curl };
    let mut found = ask(&snap, FilePosition { file, offset });
    if found.as_ref().is_some_and(|found| found.actions) {
        let place::Found { snap, file, offset, .. } = place::find_and_scan(text)?;
        snap.find_carriers();
        found = ask(&snap, FilePosition { file, offset });
    }
    let Some(found) = found else {
        return Err(Stop::Wrong(format!("no endpoint at {text}: name a handler, an action or a call of one")));
    };
    if found.requests.is_empty() {
        return Err(Stop::Wrong(found.refused.join("; ")));
    }
    let mut lines = vec![];
    for request in &found.requests {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let written = match form {
            As::Command | As::Form => request.curl(),
            As::HttpFile => request.http(),
        };
        lines.extend(written.lines().map(str::to_owned));
    }
    screen.print(&lines)?;
    let notes = found.requests.iter().flat_map(|r| &r.notes).filter(|_| form != As::HttpFile);
    for note in notes.chain(&found.refused) {
        let _ = writeln!(io::stderr(), "note: {note}");
    }
    Ok(())
}
