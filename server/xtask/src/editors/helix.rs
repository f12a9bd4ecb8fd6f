//! Helix, in a terminal: keys as a person presses them, and what has to be on the screen and on disk
//! for it.

use super::install::{Editor, Terminal};
use super::report::Report;
use super::sandbox::{Sandbox, within};
use super::screen::Screen;
use super::shots;
use crate::tree;
use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(10);
const REVIEWS: &str = "app/(shop)/_components/reviews.tsx";
const BOX: &str = "app/(shop)/_components/buy-box.tsx";
const CART: &str = "actions/cart.ts";
const ROUTE: &str = "app/api/add-item/route.ts";

/// Runs everything.
pub fn check(editor: &Editor, terminal: &Terminal, binary: &Path) -> anyhow::Result<Report> {
    let mut report = Report::default();
    println!(" what is here, who calls it, what changes outside");
    tour(&Session::open(editor, terminal, "tour", binary, &format!("{REVIEWS}:27:22"))?, &mut report)?;
    println!(" an action becomes a handler, and an action again");
    there_and_back(&Session::open(editor, terminal, "there-and-back", binary, CART)?, &mut report)?;
    println!(" a conversion is undone");
    undo(&Session::open(editor, terminal, "undo", binary, CART)?, &mut report)?;
    println!(" the server is killed");
    killed(&Session::open(editor, terminal, "killed", binary, CART)?, &mut report)?;
    Ok(report)
}

/// One Helix with one application.
struct Session<'t> {
    sandbox: Sandbox,
    screen: Screen<'t>,
    opened: Instant,
}

impl<'t> Session<'t> {
    fn open(editor: &Editor, terminal: &'t Terminal, name: &str, binary: &Path, file: &str) -> anyhow::Result<Self> {
        let sandbox = Sandbox::new(&format!("helix-{name}"), binary)?;
        let config = sandbox.home.join(".config/helix");
        fs::create_dir_all(&config)?;
        fs::write(config.join("languages.toml"), languages()?)?;
        fs::write(config.join("config.toml"), "[editor.lsp]\ndisplay-messages = true\n")?;
        let path = std::env::var_os("PATH").unwrap_or_default();
        let own = sandbox.server.parent().map(Path::to_owned).into_iter();
        let path = std::env::join_paths(own.chain(std::env::split_paths(&path)))?;
        let mut command = editor.command();
        command.arg("-v").arg("--log").arg(sandbox.home.join("helix.log")).arg(file);
        let mut variables = editor.variables.clone();
        variables.push(("PATH", PathBuf::from(path)));
        let opened = Instant::now();
        let screen = Screen::open(terminal, &sandbox, &command, &variables)?;
        Ok(Self { sandbox, screen, opened })
    }

    /// Opens a file with the cursor on the first letter of what is searched for.
    fn go(&self, file: &str, needle: &str) {
        self.screen.command(&format!(":o {file}"));
        self.screen.press(&["g", "g"]);
        self.screen.command(&format!("/{needle}"));
    }

    /// `Space k` there, again and again until it shows something: a starting server answers later.
    fn hovers(&self, file: &str, needle: &str, what: &str) -> Result<(), String> {
        let shown = (0..10).any(|_| {
            self.go(file, needle);
            self.screen.press(&["Space", "k"]);
            within(Duration::from_millis(700), || self.screen.text().contains(what))
        });
        if shown { Ok(()) } else { self.screen.expect(what) }
    }

    /// The symbols of the workspace that fit; asked again while they don't.
    fn finds(&self, query: &str, what: &str) -> Result<(), String> {
        let found = (0..15).any(|_| {
            self.screen.press(&["Escape", "Escape", "Space", "S"]);
            self.screen.type_in(query);
            within(Duration::from_secs(1), || self.screen.text().contains(what))
        });
        if found { Ok(()) } else { self.screen.expect(what) }
    }

    /// Chooses a code action by its place in the menu there.
    fn choose(&self, file: &str, needle: &str, title: &str) -> Result<(), String> {
        let shown = (0..10).any(|_| {
            self.go(file, needle);
            self.screen.press(&["Space", "a"]);
            within(Duration::from_secs(1), || self.screen.text().contains(title))
        });
        if !shown {
            return self.screen.expect(title);
        }
        // a menu opens with its first row chosen
        let text = self.screen.text();
        let rows: Vec<_> =
            text.lines().filter(|line| ["Convert", "Add a", "Copy as"].iter().any(|t| line.contains(t))).collect();
        let row = rows.iter().position(|line| line.contains(title)).unwrap_or_default();
        self.screen.press(&vec!["Down"; row]);
        self.screen.press(&["Enter"]);
        Ok(())
    }

    fn on_disk(&self, file: &str) -> String {
        fs::read_to_string(self.sandbox.app.join(file)).unwrap_or_default()
    }

    fn has(&self, file: &str) -> bool {
        self.sandbox.app.join(file).exists()
    }

    /// Saves everything; the new text of one file says when that is done.
    fn save(&self, file: &str, holds: &str) -> Result<(), String> {
        self.screen.command(":wa");
        let saved = within(SOON, || self.on_disk(file).contains(holds));
        if saved { Ok(()) } else { Err(format!("{file} holds {:?}\n{}", self.on_disk(file), self.screen.text())) }
    }

    fn leave(&self, report: &mut Report) {
        report.is("a server runs", !self.sandbox.servers().is_empty());
        self.screen.command(":qa!");
        report.is("the editor ends", self.screen.is_over());
        report.is("and the server with it", self.sandbox.is_quiet());
    }
}

/// The languages as people are told to write them for this release, where Routewright is alone.
fn languages() -> anyhow::Result<String> {
    let path = tree::root().join("editors/helix/languages.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let alone = text
        .replace("\"typescript-language-server\", ", "")
        .replace("\"vscode-json-language-server\", ", "")
        .replace("typescriptServer = true", "typescriptServer = false");
    ensure!(alone.contains("[\"routewright\"]"), "{} names no servers in a list", path.display());
    Ok(alone)
}

fn tour(session: &Session<'_>, report: &mut Report) -> anyhow::Result<()> {
    let screen = &session.screen;
    report.check("the file is shown", screen.expect("async function remove"));
    // the cursor is there; popups are closed by Escape, which takes its time
    let hovered = (0..20).any(|_| {
        screen.press(&["Space", "k"]);
        within(Duration::from_millis(300), || screen.text().contains("DELETE /api/reviews/[id]"))
    });
    let hovered = if hovered { Ok(()) } else { session.hovers(REVIEWS, "api.reviews", "DELETE /api/reviews/[id]") };
    report.first_hover = hovered.is_ok().then(|| session.opened.elapsed());
    report.check("hover on a fetch URL", hovered);
    shots::keep("helix-25.01.1", "hover", screen)?;
    screen.press(&["Escape", "g", "d"]);
    report.check("definition from a fetch URL", screen.expect("export const DELETE = withAuth"));
    session.go(BOX, "addToCart,");
    screen.press(&["g", "d"]);
    report.check("definition from an action in a hook", screen.expect("export async function addItem"));
    report.check("endpoints that fit", session.finds("DELETE reviews", "DELETE /api/reviews/[id]"));
    shots::keep("helix-25.01.1", "endpoints", screen)?;
    screen.press(&["Escape", "Escape"]);
    let hovered = session.hovers(CART, "addItem", "Server Action");
    report.check("hover on an action", hovered.and_then(|()| screen.expect("POST /product/[slug]")));
    shots::keep("helix-25.01.1", "hover-action", screen)?;
    screen.press(&["Escape", "g", "r"]);
    for row in ["buy-box.tsx:14", "buy-box.tsx:21"] {
        report.check("references of an action", screen.expect(row));
    }
    shots::keep("helix-25.01.1", "references", screen)?;
    screen.press(&["Escape", "Escape"]);

    let stars = session.sandbox.app.join("app/api/stars/route.ts");
    fs::create_dir_all(stars.parent().context("in a folder")?)?;
    fs::write(&stars, "export async function GET() {\n  return Response.json(5);\n}\n")?;
    report.check("a file made outside is seen", session.finds("stars", "GET /api/stars"));
    screen.press(&["Escape", "Escape"]);
    session.leave(report);
    Ok(())
}

/// `addItem` as a handler, saved.
fn to_route(session: &Session<'_>, report: &mut Report) -> Result<(), String> {
    session.screen.expect("'use server'")?;
    // offered at once, made when the workspace is known
    session.finds("addItem", "POST addItem")?;
    session.screen.press(&["Escape", "Escape"]);
    session.choose(CART, "addItem", "Convert to Route Handler: POST /api/add-item")?;
    report.is("action → route: the new file is on disk", within(SOON, || session.has(ROUTE)));
    session.save(ROUTE, "export async function POST")?;
    session.save(BOX, "useAddItem()")
}

fn there_and_back(session: &Session<'_>, report: &mut Report) -> anyhow::Result<()> {
    let before = session.sandbox.files()?;
    let converted = to_route(session, report);
    report.check("… with its text once saved", converted);
    let changed = session.sandbox.changed(&before);
    let wrong = if changed == [CART, BOX] { Ok(()) } else { Err(changed.join(" ")) };
    report.check("… its callers and the old file, too", wrong);
    report.check("the new handler is known", session.hovers(ROUTE, "POST", "POST /api/add-item"));
    report.check("the way back is offered", session.choose(ROUTE, "POST", "to a Server Action"));
    report.is("… the handler is gone", within(SOON, || !session.has(ROUTE)));
    report.check("… the new file is on disk", session.save("app/actions/add-item.ts", "export async function addItem"));
    report.check("… its caller takes the action", session.save(BOX, "from '@/app/actions/add-item'"));
    // Helix leaves out what is disabled, and so the reason
    session.go(CART, "setQuantity");
    session.screen.press(&["Space", "a"]);
    report.check("a menu at an action that stays", session.screen.expect("Copy as curl"));
    report.is("… doesn't offer what is refused", !session.screen.text().contains("Convert to Route Handler"));
    session.leave(report);
    Ok(())
}

fn undo(session: &Session<'_>, report: &mut Report) -> anyhow::Result<()> {
    let before = session.sandbox.files()?;
    let converted = to_route(session, report);
    report.check("converted and saved", converted);
    for file in [CART, BOX] {
        session.screen.command(&format!(":o {file}"));
        session.screen.press(&["u"]);
    }
    session.screen.command(":wa");
    let restored = within(SOON, || session.sandbox.changed(&before).is_empty());
    let wrong = if restored { Ok(()) } else { Err(session.sandbox.changed(&before).join(" ")) };
    report.check("one undo a file restores every byte", wrong);
    session.leave(report);
    Ok(())
}

/// Helix leaves a server that ended alone, and has a command for it.
fn killed(session: &Session<'_>, report: &mut Report) -> anyhow::Result<()> {
    // keys before that would be lost, or be text
    report.check("the file is shown", session.screen.expect("'use server'"));
    report.check("hover", session.hovers(CART, "addItem", "Server Action"));
    session.go(CART, "addItem");
    session.screen.press(&["Escape", "i", "x", "Escape"]); // what isn't saved has to be in the new server, too
    session.sandbox.kill_servers()?;
    report.is("the server is killed", session.sandbox.is_quiet());
    let back = (0..10).any(|_| {
        session.screen.command(":lsp-restart");
        within(Duration::from_secs(1), || !session.sandbox.servers().is_empty())
    });
    report.is(":lsp-restart starts it", back);
    report.check("and it knows what is unsaved", session.hovers(CART, "xaddItem", "POST xaddItem · Server Action"));
    session.leave(report);
    Ok(())
}
