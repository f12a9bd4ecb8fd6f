//! The command line: a verb a file, text for people, JSON for programs.
//!
//! Every verb builds a document ([`json`]); text is drawn from that document, so both say the same.
//! Whatever goes wrong is one line on standard error and exit code 2.

mod calls;
mod color;
mod convert;
mod curl;
mod definition;
mod endpoints;
mod hover;
mod json;
mod markdown;
mod place;
mod references;
mod scan;
mod screen;
mod stop;
mod table;
mod unresolved;
mod words;
mod write;
mod wrong;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use screen::{Color, Screen};
use stop::Stop;

/// Language server for Next.js Server Actions and Route Handlers.
///
/// Knows every HTTP endpoint that a Next.js application opens and who calls it.
/// Editors start `routewright lsp`; the other commands answer in a terminal.
#[derive(Parser)]
#[command(name = "routewright", version, after_help = EXAMPLES, verbatim_doc_comment)]
struct Cli {
    /// When to colour; `auto`: on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    color: Color,
    #[command(subcommand)]
    verb: Verb,
}

const EXAMPLES: &str = "\
Examples:
  routewright endpoints                        what this folder's applications serve
  routewright endpoints --curl app/a.ts:8:23   a request to the action there, as a command
  routewright calls apps/web --format json     who calls it, for programs
  routewright hover app/actions.ts:8:23        what is known about the action there
  routewright definition app/cart.tsx:31:9     the handler that a fetch reaches
  routewright references app/actions.ts:8:23   who calls the action
  routewright convert app/actions.ts:8:23 --to route
                                               the action as a route handler, as a patch

Exit code 0; 1 for a conversion that is refused; 2 for a wrong call or a folder that can't be read, with
one line on standard error.";

#[derive(Subcommand)]
enum Verb {
    /// Speak the Language Server Protocol on standard input and output.
    Lsp(Lsp),
    /// List what answers HTTP: route handlers, server actions, pages/api.
    #[command(after_help = "Examples:\n  routewright endpoints\n  routewright endpoints apps/web --format json\n  \
        routewright endpoints --find 'POST /api/users/17'\n  \
        routewright endpoints --curl 'app/api/users/[id]/route.ts:12:23'\n\n\
        Paths are relative to DIR; lines and columns are counted from 1, columns in Unicode characters.\n\
        Requests go to http://localhost:3000, commands to $BASE where it is set; <names> are yours to fill in.")]
    Endpoints {
        /// List only what a text is about: an action's ID, `POST /x`, a curl command, a line of a log.
        #[arg(long, value_name = "TEXT", conflicts_with_all = ["curl", "http"])]
        find: Option<String>,
        /// Print a request to the endpoint at a place instead, as a curl command.
        #[arg(long, value_name = "FILE:LINE:COL", conflicts_with = "http")]
        curl: Option<String>,
        /// The same, as a request of an .http file.
        #[arg(long, value_name = "FILE:LINE:COL")]
        http: Option<String>,
        /// The post of a form with that action, as a browser without JavaScript sends it.
        #[arg(long, value_name = "FILE:LINE:COL", conflicts_with_all = ["curl", "http", "find"])]
        form: Option<String>,
        #[command(flatten)]
        folder: Folder,
    },
    /// List who reaches an endpoint: calls of actions, forms, fetch URLs.
    #[command(after_help = "Examples:\n  routewright calls\n  routewright calls apps/web --format json\n  \
        routewright calls --unresolved\n\n\
        ~ marks a URL whose holes fit dynamic segments, ? one that several endpoints fit.\n\
        Paths are relative to DIR; lines and columns are counted from 1, columns in Unicode characters.")]
    Calls {
        /// List the requests that reach no endpoint instead, each with the reason.
        #[arg(long)]
        unresolved: bool,
        #[command(flatten)]
        folder: Folder,
    },
    /// Show what is known about the endpoint at a place.
    #[command(after_help = "Examples:\n  routewright hover app/actions.ts:8:23\n  \
        routewright hover 'app/api/users/[id]/route.ts:12:23' --format json")]
    Hover(At),
    /// Go from a use of an endpoint to its declaration, best first.
    #[command(after_help = "Examples:\n  routewright definition components/cart.tsx:31:9\n\n\
        Prints FILE:LINE:COL and the name there; files are relative to the current folder.")]
    Definition(At),
    /// List who calls the endpoint at a place: its declaration, a URL, any use of it.
    #[command(after_help = "Examples:\n  routewright references app/actions.ts:8:23\n  \
        routewright references 'app/api/users/[id]/route.ts:1:1' --format json\n\n\
        The first word of a route file stands for all of its methods. Calls in tests come last.\n\
        ~ marks a URL whose holes fit dynamic segments, ? one that several endpoints fit.\n\
        Files are relative to the current folder.")]
    References(At),
    /// Turn an action into a route handler or the other way round, with its callers, as a patch.
    #[command(after_help = "Examples:\n  routewright convert app/actions.ts:8:23 --to route | git apply\n  \
        routewright convert app/actions.ts:8:23 --to route --method PUT --write\n  \
        routewright convert app/api/posts/route.ts:3:23 --to action --format json\n\n\
        Keeps behaviour, or refuses and says why (exit code 1). What a person has to look at is a note on\n\
        standard error. The patch's paths start at the workspace's root: apply it there, with `git apply` or\n\
        `patch -p1`. With --write all files are written, or none.")]
    Convert {
        /// The place, counted from 1; columns count Unicode characters.
        #[arg(value_name = "FILE:LINE:COL")]
        place: String,
        /// What the endpoint becomes; `both`: one function, with an action and a handler that call it.
        #[arg(long, value_enum)]
        to: convert::To,
        /// The new handler's method; POST unless said otherwise.
        #[arg(long, value_enum, value_name = "METHOD", ignore_case = true)]
        method: Option<convert::As>,
        /// The new handler takes requests of other origins.
        #[arg(long)]
        public: bool,
        /// Change the files.
        #[arg(long)]
        write: bool,
        /// `text` for people, `json` for programs.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}

#[derive(Args)]
struct Lsp {
    /// What editors' client libraries add; it is the only way anyhow.
    #[arg(long, hide = true)]
    stdio: bool,
    /// Likewise; the process to watch is named in `initialize`.
    #[arg(long = "clientProcessId", hide = true)]
    client_process_id: Option<String>,
}

#[derive(Args)]
struct Folder {
    /// The folder to look through: an application or a monorepo.
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// `text` for people, `json` for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Args)]
struct At {
    /// The place, counted from 1; columns count Unicode characters.
    #[arg(value_name = "FILE:LINE:COL")]
    place: String,
    /// `text` for people, `json` for programs.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs what the arguments say; `lsp` is the language server.
pub fn run(lsp: impl FnOnce() -> ExitCode) -> ExitCode {
    let Cli { color, verb } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return finish(wrong::print(&error)),
    };
    let screen = Screen::new(color);
    finish(match verb {
        Verb::Lsp(_) => return lsp(),
        Verb::Endpoints { find: Some(text), folder: Folder { dir, format }, .. } => {
            endpoints::find(&dir, &text, format, &screen)
        }
        Verb::Endpoints { curl: Some(place), .. } => curl::run(&place, curl::As::Command, &screen),
        Verb::Endpoints { form: Some(place), .. } => curl::run(&place, curl::As::Form, &screen),
        Verb::Endpoints { http: Some(place), .. } => curl::run(&place, curl::As::HttpFile, &screen),
        Verb::Endpoints { folder: Folder { dir, format }, .. } => endpoints::run(&dir, format, &screen),
        Verb::Calls { unresolved: false, folder: Folder { dir, format } } => calls::run(&dir, format, &screen),
        Verb::Calls { unresolved: true, folder: Folder { dir, format } } => unresolved::run(&dir, format, &screen),
        Verb::Hover(At { place, format }) => hover::run(&place, format, &screen),
        Verb::Definition(At { place, format }) => definition::run(&place, format, &screen),
        Verb::References(At { place, format }) => references::run(&place, format, &screen),
        Verb::Convert { place, to, method, public, write, format } => {
            convert::run(&place, convert::Wish { to, method, public, write, format }, &screen)
        }
    })
}

/// A reader that has seen enough (`| head`) is no failure.
fn finish(answer: Result<(), Stop>) -> ExitCode {
    let (line, code) = match answer {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Stop::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
        Err(Stop::Output(error)) => {
            (format!("the answer can't be written ({}): write it elsewhere", stop::reason(&error)), 2)
        }
        Err(Stop::Wrong(line)) => (line, 2),
        Err(Stop::Refused(line)) => (format!("refused: {line}"), 1),
    };
    // with standard error closed, the exit code has to do
    let _ = writeln!(io::stderr(), "routewright: {}", line.replace(char::is_control, "\u{fffd}"));
    ExitCode::from(code)
}
