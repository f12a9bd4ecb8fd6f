//! What clap has to say, in one line.

use std::io::{self, IsTerminal, Write};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error};

use super::{Cli, stop::Stop};

/// Prints help or the version, or says in one line what is wrong with the arguments.
pub fn print(error: &Error) -> Result<(), Stop> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ok(error.print()?),
        // who types the bare name wants to know what there is; an editor's log wants a reason
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            if io::stdin().is_terminal() && io::stdout().is_terminal() =>
        {
            Ok(write!(anstream::stdout().lock(), "{}", Cli::command().render_help().ansi())?)
        }
        _ => Err(Stop::Wrong(line(error))),
    }
}

fn line(error: &Error) -> String {
    let said = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = said(ContextKind::InvalidArg);
    let argument = match argument.split(' ').next() {
        Some(name) if name.starts_with('-') => name,
        _ => argument.trim_matches(['<', '>']),
    };
    let meant = |kind, otherwise: &str| match said(kind) {
        nothing if nothing.is_empty() => otherwise.to_owned(),
        word => format!("did you mean {word}?"),
    };
    match error.kind() {
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "no command given: editors start `routewright lsp`, people `routewright endpoints`".to_owned()
        }
        ErrorKind::InvalidSubcommand => {
            let verb = said(ContextKind::InvalidSubcommand);
            format!(
                "there is no command {verb}: {}",
                meant(ContextKind::SuggestedSubcommand, "see `routewright --help`")
            )
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("there is no option {argument}: {}", meant(ContextKind::SuggestedArg, "see `routewright --help`"))
        }
        ErrorKind::UnknownArgument => {
            format!("{argument} is one argument too many: leave it out, or quote a path with blanks")
        }
        ErrorKind::InvalidValue if said(ContextKind::InvalidValue).is_empty() => {
            format!("{argument} lacks its value: give {}", said(ContextKind::ValidValue))
        }
        ErrorKind::InvalidValue => {
            let (value, valid) = (said(ContextKind::InvalidValue), said(ContextKind::ValidValue));
            format!("{value} is no value of {argument}: give {valid}")
        }
        ErrorKind::MissingRequiredArgument if argument.starts_with("--to") => {
            "--to is missing: give route, action or both".to_owned()
        }
        ErrorKind::MissingRequiredArgument => {
            format!("{argument} is missing: add a place such as app/actions.ts:8:23")
        }
        ErrorKind::ArgumentConflict => match said(ContextKind::PriorArg).split(' ').next() {
            Some(other) if other.starts_with('-') && other != argument => {
                format!("{argument} and {other} don't go together: leave one out")
            }
            _ => format!("{argument} is given twice: leave one out"),
        },
        _ => {
            let text = error.render().to_string();
            let first = text.lines().next().unwrap_or_default();
            format!("{}: see `routewright --help`", first.strip_prefix("error: ").unwrap_or(first))
        }
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => match all.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, front)) => format!("{} or {last}", front.join(", ")),
            None => String::new(),
        },
        ContextValue::String(text) => text.clone(),
        other => other.to_string(),
    }
}
