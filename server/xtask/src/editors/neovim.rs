//! Neovim: a script inside it does what a person does (`tests/editors/neovim.lua`), with the
//! configuration that our instructions tell people to have. A second time in a terminal, for its screen.

use super::install::{Editor, Terminal};
use super::report::Report;
use super::sandbox::{Sandbox, within};
use super::screen::Screen;
use super::shots;
use crate::{install, tree};
use anyhow::Context;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// The functions of the script.
const SCENARIOS: [(&str, &str); 4] = [
    ("tour", "what is here, who calls it, what changes outside"),
    ("there_and_back", "an action becomes a handler, and an action again"),
    ("undo", "a conversion is undone"),
    ("killed", "the server is killed"),
];

/// One of them takes ten seconds on an idle machine.
const MOST: Duration = Duration::from_secs(120);

/// Runs everything.
pub fn check(editor: &Editor, terminal: &Terminal, binary: &Path) -> anyhow::Result<Report> {
    let mut report = Report::default();
    for (scenario, about) in SCENARIOS {
        println!(" {about}");
        headless(editor, scenario, binary, &mut report)?;
    }
    println!(" on the screen");
    on_screen(editor, terminal, binary, &mut report)?;
    Ok(report)
}

/// As people are told to install it.
fn sandbox(editor: &Editor, scenario: &str, binary: &Path) -> anyhow::Result<Sandbox> {
    let name = format!("{}-{scenario}", editor.name.to_lowercase().replace(' ', "-"));
    let sandbox = Sandbox::new(&name, binary)?;
    install::neovim_package(&sandbox.home.join(".local/share/nvim"))?;
    let config = sandbox.home.join(".config/nvim");
    fs::create_dir_all(&config)?;
    let init = tree::root().join("tests/editors/init.lua");
    fs::copy(&init, config.join("init.lua")).with_context(|| init.display().to_string())?;
    Ok(sandbox)
}

fn headless(editor: &Editor, scenario: &str, binary: &Path, report: &mut Report) -> anyhow::Result<()> {
    let sandbox = sandbox(editor, scenario, binary)?;
    let mut command = editor.command();
    command.args(["--headless", "-S"]).arg(tree::root().join("tests/editors/neovim.lua"));
    sandbox.furnish(&mut command);
    let log = fs::File::create(sandbox.home.join("stderr.txt"))?;
    command.env("SCENARIO", scenario).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
    let mut child = command.spawn().with_context(|| format!("cannot start {}", editor.name))?;

    let seen = Arc::new(AtomicBool::new(false));
    let mut ended_by_itself = false;
    let watched = Watched { child: &mut child };
    let lines = watched.child.stdout.take().context("its output is piped")?;
    let (sender, lines_read) = std::sync::mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(lines).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    // each line may take that long, so a script that hangs ends
    while let Ok(line) = lines_read.recv_timeout(MOST) {
        seen.fetch_or(!sandbox.servers().is_empty(), Ordering::Relaxed);
        ended_by_itself |= line.starts_with("done");
        report.read(&line);
    }
    ended_by_itself &= within(Duration::from_secs(5), || matches!(watched.child.try_wait(), Ok(Some(_))));
    drop(watched);
    report.is("the editor ends by itself", ended_by_itself);
    report.is("the server was the project's own", seen.load(Ordering::Relaxed));
    report.is("and is gone with the editor", sandbox.is_quiet());
    Ok(())
}

/// Ends the editor if it hasn't ended.
struct Watched<'c> {
    child: &'c mut Child,
}

impl Drop for Watched<'_> {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What a person sees.
fn on_screen(editor: &Editor, terminal: &Terminal, binary: &Path, report: &mut Report) -> anyhow::Result<()> {
    let sandbox = sandbox(editor, "screen", binary)?;
    let mut command = editor.command();
    command.args(["-c", "set noruler laststatus=0 shortmess+=I", "app/(shop)/_components/reviews.tsx"]);
    let screen = Screen::open(terminal, &sandbox, &command, &editor.variables)?;
    let name = editor.name.to_lowercase().replace(' ', "-");
    report.check("the file is shown", screen.expect("export function Reviews"));
    report.is("a server runs", within(Duration::from_secs(10), || !sandbox.servers().is_empty()));
    screen.command("/api.reviews");
    // as the server may still be starting, a second time if need be
    let hovered = (0..20).any(|_| {
        screen.press(&["K"]);
        within(Duration::from_millis(700), || screen.text().contains("Route Handler"))
    });
    report.check("hover", if hovered { Ok(()) } else { screen.expect("Route Handler") });
    shots::keep(&name, "hover", &screen)?;
    screen.press(&["Escape", "j", "k"]);
    screen.command(":LspRoutewrightEndpoints reviews");
    report.check("the endpoints picker", screen.expect("DELETE /api/reviews/[id]"));
    shots::keep(&name, "endpoints", &screen)?;
    screen.press(&["C-c", "Escape"]);
    screen.command(":e actions/cart.ts");
    screen.command("/addItem");
    screen.command(":LspRoutewrightConvert");
    report.check("the menu of conversions", screen.expect("Convert to Route Handler: POST /api/add-item"));
    shots::keep(&name, "convert", &screen)?;
    screen.press(&["C-c", "Escape"]);
    screen.command(":qa!");
    report.is("the editor ends", screen.is_over());
    drop(screen);
    report.is("and the server with it", sandbox.is_quiet());
    Ok(())
}
